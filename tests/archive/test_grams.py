"""The pairs of characters under which the search knows a text."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.archive.sqlite.grams import grams_of


def expected(text: str) -> set[str]:
    """The pairs, cut one by one."""
    runs = re.findall(r"[^\W_]+", text)
    return {one + other for run in runs for one, other in itertools.pairwise(run)} | {run[-1] for run in runs}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "。",
        "甲",
        "甲乙",
        "甲，乙",
        "甲乙丙。丁\n戊己",
        "a b_c",
        "，甲",
        "2030年，覆盖率85%",
        "𠮷野家 𠮷",
        "\n\n甲乙\n",
    ],
)
def test_each_run_gives_its_pairs_and_its_last_character(text: str) -> None:
    assert set(grams_of(text).split()) == expected(text)


@given(st.text(st.sampled_from("甲乙丙a1 _，。\n𠮷é\x00") | st.characters(codec="utf-8")))
def test_any_text_gives_its_pairs(text: str) -> None:
    assert set(grams_of(text).split(" ")) - {""} == expected(text)
