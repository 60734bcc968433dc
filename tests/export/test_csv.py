"""CSV that a spreadsheet opens as it is, and in which nothing is run."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.export.csvtext import MARK, csv_text, harmless

cells = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=12)


@given(st.lists(st.lists(cells, min_size=2, max_size=2), max_size=5))
def test_every_cell_comes_back(rows: list[list[str]]) -> None:
    text = csv_text(("甲", "乙"), rows)
    assert text.startswith(MARK)
    found = list(csv.reader(io.StringIO(text.removeprefix(MARK), newline="")))
    assert found[0] == ["甲", "乙"]
    assert found[1:] == [[harmless(cell) for cell in row] for row in rows]


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        " =1",
        "＝1+1",
        "\t=1",
        "=",
        "-",
        "－甲",
        "-3.5",
        "＋1",
        "＠SUM(A1)",
        "\u3000＝1",
        "\u200b=1",
        "\ufeff+1",
        "\u2060\u00ad@a",
        "﹦1",
        "\u0301=1",
        "\u20dd\ufe0f=1",
        "\u034f\u180e@a",
        "\U000e0041=1",
        "\U000e0100-1",
        "\u3164＝1",
        "\u2800\u115f\uffa0+1",
        "\u2062 \u00a0\u0903=1",
        "\ue000@a",
    ],
)
def test_a_formula_is_made_harmless(cell: str) -> None:
    assert harmless(cell) == "'" + cell


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("\r=1", "' =1"),
        ("\n@a", "' @a"),
        ("\r\n+1", "' +1"),
        ("\x1b[31m=1", "'=1"),
        ("\u202e＝1", "'＝1"),
        ("\u200e\u061c=1", "'=1"),
        ("\u0301\x1b]0;x\x07\ufe0f@a", "'\u0301\ufe0f@a"),
        ("\x00-1", "'-1"),
    ],
)
def test_a_formula_behind_a_control_character_is_made_harmless(cell: str, written: str) -> None:
    assert harmless(cell) == written


@pytest.mark.parametrize("cell", ["12", "3.5", "甲=乙", "", "3-5%", "2026-11-20"])
def test_figures_and_plain_words_stay(cell: str) -> None:
    assert harmless(cell) == cell
