"""A comparison in two columns: each side's words on its side, inside the width, with one line between them."""

import pytest

from feeds.compare import compare, compare_texts
from tests.compare.conftest import demo_articles
from tui.text import cells
from tui.widgets.layout.sides import side_lines, two_columns

DRAFT, FINAL = (demo_articles()[f"ministries/charging-{name}"] for name in ("draft", "final"))


@pytest.mark.parametrize("width", [90, 96, 117, 200])
def test_both_sides_stand_beside_each_other(width: int) -> None:
    found = [*compare(DRAFT.plan, FINAL.plan).pairings, *compare_texts(DRAFT.paragraphs, FINAL.paragraphs).pairings]
    lines = [side_lines(pairing, width) for pairing in found]
    assert all(cells(line) <= width for ones in lines for line in ones)
    assert len({cells(line.partition("│")[0]) for ones in lines for line in ones}) == 1
    for pairing, ones in zip(found, lines, strict=True):
        columns = [[line.partition("│")[side].strip() for line in ones] for side in (0, 2)]
        left, right = ("".join("".join(column).split()) for column in columns)
        assert bool(right) == (pairing.after is not None)
        assert ("[-" in left, "{+" in right) == (False, False) or pairing.change == "changed"
        assert left.lstrip("~>+-") or pairing.before is None
        if pairing.change == "same" and pairing.kind != "clause":  # the number of a clause may differ
            assert left.lstrip(">") == right


def test_what_differs_is_marked_on_its_own_side() -> None:
    lines = "\n".join(line for pairing in compare(DRAFT.plan, FINAL.plan).pairings for line in side_lines(pairing, 96))
    for words in (
        "~  [-五-]项重点任务 ",
        "│ {+六+}项重点任务",
        "快充覆盖率  [-≥ 95%-]",
        "│ 2030  充电设施运行数据接入率  100%",
    ):
        assert words in lines


def test_one_side_may_be_longer_or_empty() -> None:
    assert two_columns("", "", "~  ", 40) == ["~"]
    assert two_columns("甲" * 20, "乙", "", 23) == ["甲甲甲甲甲  │ 乙", *(["甲甲甲甲甲  │"] * 3)]
