"""The plan as a tree: what it says of every promise, how it follows the text, where its keys go."""

from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.binding import Binding

from feeds.model import Document, Goal, Group, Item, Plan, Span, Target
from tui.widgets import plan_tree
from tui.widgets.layout.outline import Node, best_fit, figure_of, outline_of, time_of
from tui.widgets.plan_tree import PlanTree

STYLES = Path(plan_tree.__file__).with_suffix(".tcss")


def items(count: int, p: int = 2) -> tuple[Item, ...]:
    return tuple(Item(f"第{n}件事", Span(p, 10 * n, 10 * n + 8)) for n in range(count))


def group(label: str, declared: int | None, listed: int, **values: object) -> Group:
    return Group(label, declared, Span(1, 0, 4), items(listed), **values)  # type: ignore[arg-type]


def target(value: str = "70", unit: str = "%", **values: object) -> Target:
    fields: dict[str, object] = {
        "indicator": "数字化率", "comparator": "ge", "direction": "level", "deadline": "2025", "baseline": None,
        "span": Span(3, 20, 30),
    }  # fmt: skip
    return Target(value=value, unit=unit, **(fields | values))  # type: ignore[arg-type]


PLAN = Plan(
    documents=(
        Document("智慧工厂五年规划", ("工业和信息化部", "国家发展改革委"), "工信部联规〔2021〕000号", Span(0, 3, 13)),
    ),
    groups=(
        Group("两步走", 2, Span(1, 0, 3), items(2)),
        Group(
            "四大任务",
            4,
            Span(1, 8, 12),
            (
                Item("加快创新", Span(4, 0, 20), groups=(Group("三项工程", 3, Span(4, 5, 9), items(3, 5)),)),
                *items(2, 6),
            ),
        ),
    ),
    goals=(Goal("2035", "全面普及", Span(3, 40, 50)), Goal("2025", "显著提升", Span(3, 5, 15))),
    targets=(target(),),
    code="二四",
)


def said(nodes: list[Node]) -> list[str]:
    return ["  " * node.depth + node.lead[0] + node.text for root in nodes for node in root.walk()]


def test_outline_has_documents_then_years_then_groups() -> None:
    assert said(outline_of(PLAN)) == [
        "《智慧工厂五年规划》",
        "  工信部联规〔2021〕000号",
        "  工业和信息化部、国家发展改革委",
        "By 2025",
        "  显著提升",
        "  ≥ 70%  数字化率",
        "By 2035",
        "  全面普及",
        "二四  in the text's own shorthand",
        "两步走  2/2",
        "  1 第0件事",
        "  2 第1件事",
        "四大任务  3/4 1 is missing",
        "  1 加快创新",
        "    三项工程  3/3",
        "      1 第0件事",
        "      2 第1件事",
        "      3 第2件事",
        "  2 第0件事",
        "  3 第1件事",
    ]


@pytest.mark.parametrize(
    ("found", "words", "part"),
    [
        (group("任务", 4, 4), "任务  4/4", "kept"),
        (group("任务", 4, 3), "任务  3/4 1 is missing", "short"),
        (group("任务", 4, 1), "任务  1/4 3 are missing", "short"),
        (group("任务", 4, 2, missing=(1, 3)), "任务  2/4 no. 1, 3 missing", "short"),
        (group("任务", None, 2, missing=(2,)), "任务  2 no. 2 missing", "note"),
        (group("任务", 2, 3), "任务  3/2 1 more than counted", "short"),
        (group("任务", 4, 0), "任务  –/4 counted, not listed", "open"),
        (group("任务", 4, 2, open=True), "任务  2/4… open list", "open"),
        (group("", None, 2), "List  2", "note"),
        (group("", None, 2, open=True), "List  2…", "note"),
    ],
)
def test_group_says_whether_the_text_kept_its_promise(found: Group, words: str, part: str) -> None:
    node = outline_of(Plan(groups=(found,)))[0]
    assert node.text == words
    assert node.runs[1][1] == part


def test_figures_and_times_are_written_as_one_writes_them() -> None:
    assert figure_of(target("13.5", direction="down", comparator="eq")) == "↓ 13.5%"
    assert figure_of(target("500", "个", comparator="gt")) == "> 500个"
    assert time_of("2025") == "By 2025"
    assert time_of("2025-06") == "By 2025-06"
    assert time_of("2021/2025") == "From 2021 to 2025"
    assert time_of("") == "No time given"


def test_years_stand_in_order_and_no_year_last() -> None:
    goals = tuple(Goal(time, "事", Span(0, 0, 1)) for time in ("", "2035", "2021/2025", "2025-06", "2023"))
    assert [node.text for node in outline_of(Plan(goals=goals))] == [
        "By 2023", "From 2021 to 2025", "By 2025-06", "By 2035", "No time given",
    ]  # fmt: skip


def test_doubtful_finds_are_known_as_such() -> None:
    plan = Plan(groups=(group("任务", 2, 2, confidence=0.3),), targets=(target(confidence=0.9, baseline="2020年"),))
    roots = outline_of(plan)
    assert roots[1].doubtful
    assert not roots[0].children[0].doubtful
    assert roots[0].children[0].text == "≥ 70%  数字化率  against 2020年"


def test_best_fit_is_the_node_that_shares_most() -> None:
    nodes = [node for root in outline_of(PLAN) for node in root.walk()]

    def fit(p: int, start: int, end: int) -> str:
        node = best_fit(nodes, p, start, end)
        return node.text if node else ""

    assert fit(4, 4, 10) == "三项工程  3/3"
    assert fit(4, 0, 22) == "加快创新"
    assert fit(3, 18, 32) == "≥ 70%  数字化率"
    assert fit(0, 0, 20) == "《智慧工厂五年规划》"
    assert fit(3, 60, 70) == fit(9, 0, 5) == ""


class TreeApp(App[None]):
    CSS_PATH = [STYLES]  # noqa: RUF012 -- Textual's own manner
    BINDINGS = [Binding("h", "beyond('left')"), Binding("l", "beyond('right')")]  # noqa: RUF012 -- Textual's own manner

    def __init__(self, plan: Plan | None = PLAN) -> None:
        super().__init__()
        self.plan = plan
        self.chosen: list[Span] = []
        self.moved: list[Span] = []
        self.beyond: list[str] = []

    def action_beyond(self, side: str) -> None:
        self.beyond.append(side)

    def compose(self) -> ComposeResult:
        yield PlanTree()

    def on_mount(self) -> None:
        self.pane.show(self.plan)
        self.pane.focus()

    def on_plan_tree_node_chosen(self, event: PlanTree.NodeChosen) -> None:
        self.chosen.append(event.span)

    def on_plan_tree_node_selected(self, event: PlanTree.NodeSelected) -> None:
        self.moved.append(event.span)

    @property
    def pane(self) -> PlanTree:
        return self.query_one(PlanTree)

    def lines(self) -> list[str]:
        return [self.pane.render_line(y).text.rstrip() for y in range(self.pane.size.height)]

    def lit(self) -> str:
        wanted = self.pane.painter.look("cursor").bgcolor
        strips = [self.pane.render_line(y) for y in range(self.pane.size.height)]
        lit = [strip for strip in strips if strip._segments[-1].style.bgcolor == wanted]  # type: ignore[union-attr]
        return "".join(strip.text.removeprefix("▌").strip() for strip in lit)


async def test_enter_asks_for_the_place_of_the_node() -> None:
    app = TreeApp()
    async with app.run_test(size=(50, 40)) as pilot:
        await pilot.press(*"jjjjjjjjj", "enter")
        await pilot.pause()
        assert app.chosen == [Span(1, 0, 3)]
        assert app.moved[-1] == Span(1, 0, 3)


async def test_click_chooses_and_a_click_on_the_sign_folds() -> None:
    app = TreeApp()
    async with app.run_test(size=(50, 40)) as pilot:
        await pilot.pause()
        line = next(y for y, text in enumerate(app.lines()) if "两步走" in text)
        await pilot.click(PlanTree, offset=(0, line))
        await pilot.pause()
        assert app.chosen == []
        assert app.lines()[line].startswith("▸ 两步走")
        assert "四大任务" in app.lines()[line + 1]
        await pilot.click(PlanTree, offset=(8, line + 2))
        await pilot.pause()
        assert app.chosen == [Span(4, 0, 20)]


async def test_place_in_the_text_lights_its_node_and_says_nothing() -> None:
    app = TreeApp()
    async with app.run_test(size=(50, 40)) as pilot:
        app.set_focus(None)
        await pilot.pause()
        assert app.lit() == ""
        app.pane.highlight(4, 0, 19)
        await pilot.pause()
        assert app.lit() == "▾ 1 加快创新"
        app.pane.highlight(8, 0, 19)
        await pilot.pause()
        assert app.lit() == ""
        assert app.moved == app.chosen == []


async def test_place_inside_a_folded_node_lights_what_is_to_be_seen() -> None:
    app = TreeApp()
    async with app.run_test(size=(50, 40)) as pilot:
        await pilot.press(*"jjjjjjjjjjjj")
        app.pane.action_fold()
        app.pane.highlight(5, 0, 8)
        await pilot.pause()
        assert app.lit() == "▸ 四大任务  3/4 1 is missing"


async def test_folding_climbs_and_leaves_its_key_where_nothing_is_left_to_fold() -> None:
    app = TreeApp()
    async with app.run_test(size=(50, 40)) as pilot:
        await pilot.press(*"jjjjjjjjjj")
        assert app.lit().startswith("1 第0件事")
        lit = []
        for key in "hhhll":
            await pilot.press(key)
            await pilot.pause()
            lit.append(app.lit().split("  ")[0])
        assert lit == ["▾ 两步走", "▸ 两步走", "▸ 两步走", "▾ 两步走", "1 第0件事"]
        assert app.beyond == ["left"]
        await pilot.press("l")
        assert app.beyond == ["left", "right"]


async def test_long_titles_take_two_lines_and_all_of_them_under_the_cursor() -> None:
    plan = Plan(groups=(Group("任务", None, Span(0, 0, 2), tuple(Item("规" * 60, Span(0, n, n + 2)) for n in (3, 6))),))
    app = TreeApp(plan)
    async with app.run_test(size=(31, 24)) as pilot:
        await pilot.pause()
        assert app.lines()[1:4] == ["    1 " + "规" * 12, "      " + "规" * 11 + "…", "    2 " + "规" * 12]
        await pilot.press("j")
        await pilot.pause()
        assert sum("规" in line for line in app.lines()) == 7


async def test_many_nodes_are_walked_to_the_end() -> None:
    plan = Plan(groups=tuple(group(f"第{n}组", 3, 3) for n in range(300)))
    app = TreeApp(plan)
    async with app.run_test(size=(40, 20)) as pilot:
        await pilot.press("G")
        await pilot.pause()
        assert app.pane.cursor == 1199
        assert app.lit() == "3 第2件事"
        await pilot.press("ctrl+u", "k", "g")
        await pilot.pause()
        assert app.lit() == "▾ 第0组  3/3"


async def test_resize_keeps_the_node() -> None:
    app = TreeApp()
    async with app.run_test(size=(50, 12)) as pilot:
        await pilot.press(*"gjjjjjj")
        for width in (24, 100):
            await pilot.resize_terminal(width, 12)
            await pilot.pause()
            assert app.lit() == "▾ By 2035"


@pytest.mark.parametrize("plan", [None, Plan()])
async def test_no_plan_is_said_quietly(plan: Plan | None) -> None:
    app = TreeApp(plan)
    async with app.run_test(size=(50, 12)) as pilot:
        await pilot.press("j", "G", "ctrl+d")
        app.pane.action_choose()
        app.pane.highlight(0, 0, 5)
        assert not await app.run_action("fold", app.pane)
        await pilot.pause()
        assert "No plan found in this text." in "".join(app.lines())


@pytest.mark.parametrize("width", [0, 1, 2, 5, 11, 24, 76, 200])
@pytest.mark.parametrize("height", [0, 1, 3, 24])
async def test_any_size_is_drawn(width: int, height: int) -> None:
    app = TreeApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.pane.styles.width, app.pane.styles.height = width, height
        await pilot.pause()
        await pilot.press("j", "G", "g", "ctrl+d")
        for y in range(app.pane.size.height):
            assert app.pane.render_line(y).cell_length == app.pane.room.width


async def test_markup_in_a_title_is_text() -> None:
    app = TreeApp(Plan(groups=(Group("[@click=app.quit]四项[/]", 2, Span(0, 0, 2)),)))
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.pause()
        assert "[@click=app.quit]四项[/]" in app.lines()[0]
