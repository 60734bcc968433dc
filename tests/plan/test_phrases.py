"""The phrases and word classes: each row compiles, is used, and names only classes that there are."""

import re
from pathlib import Path

import pytest

from feeds.plan import lexicon
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
