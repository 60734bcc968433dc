"""The phrases and word classes: each row compiles, is used, and names only classes that there are."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.plan import genre, lexicon
from feeds.plan.genre import Worded
from feeds.plan.goals import runs
from feeds.plan.lexicon import classes, expand, phrases, templates

ROOM = Path(lexicon.__file__).resolve().parents[1]
SOURCE = "\n".join(path.read_text("utf-8") for path in ROOM.rglob("*.py"))
USED = set(re.findall(r"\bphrases\.([A-Z][A-Z_]+)\b", SOURCE))


@pytest.mark.parametrize("name", sorted(templates()))
def test_a_row_is_a_pattern(name: str) -> None:
    assert isinstance(getattr(phrases, name), re.Pattern)
    assert "<" not in re.sub(r"\(\?P?<[^>]*>|\(\?<[=!]|[<＜]\]|[<＜][^a-z]", "", expand(templates()[name]))


def test_every_row_is_used_and_every_phrase_has_a_row() -> None:
    assert set(templates()) == USED


def test_a_phrase_without_a_row_is_an_error() -> None:
    with pytest.raises(AttributeError, match="no row NO_SUCH"):
        phrases.NO_SUCH  # noqa: B018 -- reading it is the test


def alternatives(template: str) -> Iterator[list[str]]:
    """What stands between the bars of each group of the template, those inside one another first."""
    groups: list[list[str]] = [[""]]
    for part in re.findall(r"\\.|\[(?:\\.|[^\]])*\]|\(\?(?:[:=!]|<[=!]|P<\w+>)|.", template):
        if part.startswith("("):
            groups.append([part if part.endswith(("=", "!")) else "", ""])
        elif part == ")":
            kind, *said = groups.pop()
            yield said
            groups[-1][-1] += f"{kind}({'|'.join(said)})"
        elif part == "|":
            groups[-1].append("")
        else:
            groups[-1][-1] += part
    yield groups[0]


@pytest.mark.parametrize("name", sorted(templates()))
def test_no_alternative_of_a_row_is_written_twice(name: str) -> None:
    for said in alternatives(expand(templates()[name])):
        assert len(said) == len(set(said)), said


def test_every_word_class_is_used() -> None:
    said = SOURCE + "".join(templates().values())
    assert [name for name in classes() if f"<{name}>" not in said and f'"{name}"' not in said] == []


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("WANTS", "将完成", True), ("WANTS", "将近三年", False), ("WANTS", "主要任务", False),
        ("WANTS", "确保完成", True),
        ("STATED", "同比增长", True), ("STATED", "将增长", False),
        ("NEW_FRAME", "《规划》还提出", True), ("NEW_FRAME", "推动夜市升级", False),
    ],
)  # fmt: skip
def test_a_class_stands_for_its_words(name: str, text: str, found: bool) -> None:  # noqa: FBT001 -- a table's column
    assert (getattr(phrases, name).match(text) is not None) == found


LOOKS = {
    "ORDINAL": (runs._ORDINALS, ""),
    "MUST": (runs._MUST, ""),
    "FRAMING": ("", runs._FRAMES),
    "CLOSES": (runs._CLOSERS, runs._PARTS),
}
"""First and last characters without one of which a row is not asked."""
CHARACTERS = re.findall(r"[^\x00-\x7f]|[0-9.]", "0123456789." + "".join(expand(templates()[name]) for name in LOOKS))


@pytest.mark.parametrize("name", LOOKS)
@settings(max_examples=50)
@given(data=st.data())
def test_no_text_of_a_row_is_refused_by_a_look_at_one_character(name: str, data: st.DataObject) -> None:
    first, last = LOOKS[name]
    alphabet = st.sampled_from(sorted(set(CHARACTERS)))
    text = data.draw(st.from_regex(getattr(phrases, name), fullmatch=True, alphabet=alphabet))
    assert text[0] in first or text[-1] in last


WORDED = [way for way in genre._OUTSIDE if isinstance(way, Worded)]


@pytest.mark.parametrize("worded", WORDED, ids=lambda worded: worded.words[0])
@settings(max_examples=20)
@given(data=st.data())
def test_no_text_of_a_pattern_is_without_its_words(worded: Worded, data: st.DataObject) -> None:
    text = "".join(
        data.draw(st.lists(st.from_regex(worded.said, fullmatch=True) | st.text("甲。，", max_size=3), max_size=3))
    )
    assert (worded.search(text) is None) == (worded.said.search(text) is None)
