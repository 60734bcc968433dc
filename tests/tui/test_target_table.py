"""The table of targets: every line has the width of its pane, and a disagreement is said in the narrowest too."""

from datetime import timedelta

import pytest
from msgspec import structs
from textual.geometry import Size

from feeds.model import BEIJING, Goal, Span, Target
from feeds.targets import TargetRow, TargetStatement, rows_of
from tests.compare.conftest import demo_articles
from tests.tui.sample import HOSTILE, NOW
from tui.text import cells
from tui.widgets.lists.grouped_rows import Heading
from tui.widgets.lists.target_table import TARGETS, date_of, figure_in, name_of


def stated(value: str, deadline: str = "2028", *, days: int = 0, document: str = "示例方案") -> TargetStatement:
    target = Target("公交站台无障碍改造率", "ge", "level", value, "%", deadline, "61%", Span(0, 0, 4))
    return TargetStatement(
        article=f"a{days}",
        published=NOW - timedelta(days=days),
        part=target,
        text="改造率达",
        document=document,
        agencies=("国家发展改革委", "交通运输部"),
    )


DISPUTED = TargetRow((stated("90"), stated("85", days=3)), "示例方案")


def line_of(row: TargetRow | Heading, width: int, height: int = 24, *, ambiguous: int = 1, line: int = 0) -> str:
    layout = TARGETS.layout_for(Size(width, height), ambiguous)
    return "".join(text for text, _name in TARGETS.parts(row, line, layout, NOW))


@pytest.mark.parametrize("ambiguous", [1, 2])
@pytest.mark.parametrize("width", [1, 8, 20, 40, 59, 60, 63, 64, 80, 96, 109, 110, 140, 200])
def test_no_line_is_wider_than_its_pane(width: int, ambiguous: int) -> None:
    rows: list[TargetRow | Heading] = [*rows_of(demo_articles().values()), DISPUTED, Heading("2028", 3), Heading("", 1)]
    for height in (8, 24):
        layout = TARGETS.layout_for(Size(width, height), ambiguous)
        for row in rows:
            for line in range(layout.height):
                text = line_of(row, width, height, ambiguous=ambiguous, line=line)
                assert cells(text, ambiguous) <= max(width, 40 if layout.height == 1 else 3), text


@pytest.mark.parametrize("width", [80, 110, 150])
def test_the_words_of_a_goal_take_the_room_of_its_figure(width: int) -> None:
    goal = Goal("2028", "城乡公交一体化服务网络和换乘信息系统全面建成并稳定运行", Span(0, 0, 4))
    row = TargetRow((structs.replace(stated("90"), part=goal),), "示例方案")
    line = line_of(row, width)
    assert cells(line) <= width
    assert "城乡公交一体化服务网络和" in line
    assert ("并稳定运行" in line) == (width >= 150)


@pytest.mark.parametrize(
    ("width", "shown", "hidden"),
    [
        (40, ["公交站台", "90% / 85%", "不一致"], ["发改委"]),
        (80, ["2028", "公交站台", "90% / 85%", "发改委 +1", "示例方案"], ["2026-03-18", "61%"]),
        (100, ["2028", "发改委", "示例方案", "2026-03-18", "×2"], ["61%"]),
        (150, ["2028", "(61%)", "发改委", "示例方案", "2026-03-18"], []),
    ],
)
def test_columns_give_way_in_an_order(width: int, shown: list[str], hidden: list[str]) -> None:
    text = line_of(DISPUTED, width).replace("disagree", "不一致")
    assert [words for words in shown if words not in text] == []
    assert [words for words in hidden if words in text] == []


def test_a_narrow_row_says_the_rest_below() -> None:
    below = line_of(DISPUTED, 48, line=1)
    assert [words for words in ("2028", "发改委", "示例方案", "2026-03-18") if words not in below] == []


@pytest.mark.parametrize(
    ("deadline", "shown"),
    [("2028", "2028"), ("2026/2030", "2026/2030"), ("2027-03/2027-09", "–2027-09"), ("2027-06-30", "2027-06-30")],
)
def test_a_deadline_is_never_cut(deadline: str, shown: str) -> None:
    assert line_of(TargetRow((stated("90", deadline),)), 80).startswith(f" {shown} ")


def test_a_goal_stands_there_in_its_own_words() -> None:
    goal = Goal("2030", "形成覆盖城乡的慢行网络", Span(0, 0, 11))
    statement = TargetStatement(article="a", published=NOW.astimezone(BEIJING), part=goal, text=goal.text)
    row = TargetRow((statement,))
    assert (name_of(row), figure_in(row), date_of(row)) == ("形成覆盖城乡的慢行网络", "", "2026-03-18")


def test_hostile_text_stays_text() -> None:
    row = TargetRow((stated("90", document=HOSTILE),), HOSTILE)
    assert "[@click=app.quit]" in line_of(row, 120)


def test_the_heading_counts_its_rows() -> None:
    assert line_of(Heading("2028", 12), 80).strip() == "2028  (12)"
    assert line_of(Heading("", 2), 40, line=1).strip() == "No time given  (2)"
    assert not line_of(Heading("2028", 12), 40).strip()
