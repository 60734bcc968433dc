"""The list against a made-up listing of a million rows: what it asks for, where it stays, what it says."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.app import App, ComposeResult
from textual.geometry import Size

from feeds.archive.engine import FetchedRows
from feeds.model import BEIJING
from feeds.query.results import Row
from tests.tui.sample import until
from tui.text import cells
from tui.widgets import article_list
from tui.widgets.article_list import ArticleList
from tui.widgets.lists.article_table import ARTICLES

NOW = datetime(2021, 12, 28, 17, 5, tzinfo=BEIJING)
STYLES = Path(article_list.__file__).with_suffix(".tcss")


ROW = Row(
    id="",
    title="",
    source="部委动态",
    category=("金融", "新浪财经", "国内"),
    origin="工信部网站",
    agency="工业和信息化部",
    badge="3/4",
    published=NOW - timedelta(minutes=5),
    unread=True,
    starred=True,
    url="",
    flash=False,
    has_plan=True,
    tasks=8,
    targets=3,
    end_year=2030,
)


def row_named(name: str, title: str, **changes: object) -> Row:
    return replace(ROW, id=name, title=title, **changes)


@dataclass
class FakeListing:
    """Rows numbered from the oldest; number `total - 1` stands on top. `gone` are listed no longer."""

    total: int = 1_000_000
    arriving: int = 0
    gone: set[int] = field(default_factory=set)
    asked: list[tuple[int, int]] = field(default_factory=list)
    read: set[int] = field(default_factory=set)

    exact: bool = True
    uncounted: int = 0
    version: int = 0

    def count_on(self) -> bool:
        if self.exact:
            return False
        step = min(400, self.uncounted)
        self.total, self.uncounted, self.exact = self.total + step, self.uncounted - step, self.uncounted == step
        return True

    def _numbers(self) -> list[int]:
        return [number for number in range(self.total + len(self.gone) - 1, -1, -1) if number not in self.gone]

    def window(self, start: int, count: int, /) -> Sequence[Row]:
        self.asked.append((start, count))
        if self.gone:
            numbers: Sequence[int] = self._numbers()[start : start + count]
        else:
            numbers = range(self.total - 1 - start, self.total - 1 - start - count, -1)
        return [row_named(str(n), f"关于第{n}号规划的通知", unread=n not in self.read) for n in numbers]

    def fetch(self, start: int, stop: int, /) -> FetchedRows[Row]:
        version = self.version
        return FetchedRows(start, tuple(self.window(start, stop - start)), version)

    def index_of(self, id: str, /) -> int | None:  # noqa: A002 -- the archive's own name
        number = int(id)
        if self.gone:
            return None if number in self.gone else self._numbers().index(number)
        return self.total - 1 - number if number < self.total else None

    def next_unread(self, after: int, /) -> int | None:
        return next((at for at in range(after + 1, self.total) if self.total - 1 - at not in self.read), None)

    def previous_unread(self, before: int, /) -> int | None:
        return next((at for at in range(before - 1, -1, -1) if self.total - 1 - at not in self.read), None)

    def refresh(self) -> bool:
        self.total += self.arriving - len(self.gone)
        self.version += 1
        return True

    def steady(self) -> AbstractContextManager[None]:
        return nullcontext()


class ListApp(App[None]):
    CSS_PATH = [STYLES]  # noqa: RUF012 -- Textual's own manner

    def __init__(self, listing: FakeListing | None) -> None:
        super().__init__()
        self.listing = listing
        self.moves: list[str | None] = []
        self.chosen: list[str | None] = []

    def compose(self) -> ComposeResult:
        yield ArticleList(clock=lambda: NOW)

    def on_mount(self) -> None:
        self.articles.show(self.listing)
        self.articles.focus()

    def on_list_pane_selection_moved(self, event: ArticleList.SelectionMoved) -> None:
        self.moves.append(event.row.id if event.row else None)

    def on_list_pane_row_opened(self, event: ArticleList.RowOpened) -> None:
        self.chosen.append(event.row.id if event.row else None)

    @property
    def articles(self) -> ArticleList:
        return self.query_one(ArticleList)

    def lines(self) -> list[str]:
        pane = self.articles
        return [pane.render_line(y).text.rstrip() for y in range(pane.size.height)]

    def line_of_selected(self) -> int:
        """The line of the selected row; -1 while it is blank, because its thread still reads it."""
        selected = self.articles.selected
        assert selected is not None
        return next((y for y, line in enumerate(self.lines()) if f"第{selected.id}号" in line), -1)


async def test_a_million_rows_cost_what_a_screen_costs() -> None:
    listing = FakeListing()
    app = ListApp(listing)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.articles.position == (0, 1_000_000)
        assert sum(count for _start, count in listing.asked) <= 64
        await pilot.press("G")
        await pilot.pause()
        assert app.articles.position == (999_999, 1_000_000)
        await until(pilot, lambda: "第0号" in "".join(app.lines()))
        assert sum(count for _start, count in listing.asked) <= 3 * 64
        listing.asked.clear()
        await pilot.press("k", "k", "j")
        await pilot.pause()
        assert listing.asked == []


async def test_moves_are_told() -> None:
    app = ListApp(FakeListing(100))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "j", "k", "enter")
        await pilot.pause()
        assert app.moves == ["99", "98", "97", "98"]
        assert app.chosen == ["98"]


@pytest.mark.parametrize("key", ["j", "ctrl+d", "ctrl+f", "G"])
async def test_selected_row_is_in_view_after_each_move(key: str) -> None:
    app = ListApp(FakeListing(100))
    async with app.run_test(size=(60, 15)) as pilot:
        for _ in range(9):
            await pilot.press(key)
            await until(pilot, lambda: app.line_of_selected() >= 0)


async def test_selected_row_stays_in_view_when_the_pane_shrinks() -> None:
    app = ListApp(FakeListing(500))
    async with app.run_test(size=(110, 30)) as pilot:
        await pilot.press(*["j"] * 12)
        await pilot.resize_terminal(110, 5)
        await until(pilot, lambda: 0 <= app.line_of_selected() < 5)


async def test_arrivals_move_neither_selection_nor_view() -> None:
    listing = FakeListing(1000, arriving=7)
    app = ListApp(listing)
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.press(*"jjjjjjjjjjjjjjjjjjjj")
        await pilot.pause()
        before, selected = app.lines(), app.articles.selected
        app.articles.refresh_rows()
        await pilot.pause()
        assert app.lines() == before
        assert app.articles.selected == selected
        assert app.articles.position == (27, 1007)
        assert app.articles.above == 7
        assert app.moves[-1] == "979"
        assert len(app.moves) == 21


async def test_arrivals_do_not_move_the_view_from_its_top() -> None:
    app = ListApp(FakeListing(1000, arriving=2))
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        before = app.lines()
        app.articles.refresh_rows()
        await pilot.pause()
        assert app.lines() == before
        await pilot.press("g")
        await pilot.pause()
        assert app.articles.above == 0
        assert "第1001号" in app.lines()[0]


async def test_view_stays_when_the_selected_row_is_out_of_it() -> None:
    app = ListApp(FakeListing(1000, arriving=5))
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        app.articles.scroll_to_line(400)
        await pilot.pause()
        before = app.lines()
        app.articles.refresh_rows()
        await pilot.pause()
        assert app.lines() == before
        assert app.articles.position == (5, 1005)


async def test_vanished_row_is_followed_by_its_neighbour() -> None:
    listing = FakeListing(50)
    app = ListApp(listing)
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.press("j", "j", "j")
        line = app.line_of_selected()
        listing.gone = {46, 45}
        app.articles.refresh_rows()
        await pilot.pause()
        assert app.moves[-1] == "44"
        await until(pilot, lambda: app.line_of_selected() == line)


async def test_selects_by_id_and_knows_a_stranger() -> None:
    app = ListApp(FakeListing(1000))
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        assert app.articles.select("500")
        assert not app.articles.select("5000")
        await pilot.pause()
        assert app.articles.position == (499, 1000)
        await until(pilot, lambda: app.line_of_selected() >= 0)


async def test_unread_are_found_round_the_end() -> None:
    listing = FakeListing(20, read=set(range(20)) - {5, 15})
    app = ListApp(listing)
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        found = []
        for _ in range(3):
            assert app.articles.select_unread(1)
            found.append(app.articles.position[0])
        assert app.articles.select_unread(-1)
        found.append(app.articles.position[0])
        assert found == [4, 14, 4, 14]
        listing.read = set(range(20))
        assert not app.articles.select_unread(1)
        assert not app.articles.select_unread(-1)


async def test_click_selects_and_double_click_opens() -> None:
    app = ListApp(FakeListing(100))
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.click(ArticleList, offset=(10, 5))
        await pilot.pause()
        assert app.articles.position[0] == 2
        assert app.chosen == []
        await pilot.click(ArticleList, offset=(10, 5), times=2)
        await pilot.pause()
        assert app.chosen == ["97"]


async def test_empty_list_says_so() -> None:
    app = ListApp(FakeListing(0))
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.press("j", "G", "ctrl+d", "enter")
        await pilot.pause()
        assert "No articles here yet" in "".join(app.lines())
        app.articles.show(FakeListing(0), empty="Nothing matches [b]this[/b]")
        assert "Nothing matches [b]this[/b]" in "".join(app.lines())
        app.articles.show(None)
        assert app.articles.position == (-1, 0)


@pytest.mark.parametrize("width", [0, 1, 2, 3, 10, 24, 40, 60, 80, 120, 200, 300])
@pytest.mark.parametrize("height", [0, 1, 5, 24])
async def test_any_size_is_drawn(width: int, height: int) -> None:
    app = ListApp(FakeListing(100))
    async with app.run_test(size=(80, 24)) as pilot:
        app.articles.styles.width, app.articles.styles.height = width, height
        await pilot.pause()
        await pilot.press("j", "G", "g", "ctrl+d")
        pane = app.articles
        for y in range(pane.size.height):
            assert pane.render_line(y).cell_length == pane.room.width


@pytest.mark.parametrize("ambiguous", [1, 2])
@pytest.mark.parametrize("height", [5, 24])
def test_no_row_is_wider_than_its_pane(height: int, ambiguous: int) -> None:
    row = row_named("1", "八部门印发“智慧制造”五年规划——两步走……" * 3, tasks=128, targets=1046)
    for width in range(300):
        layout = ARTICLES.layout_for(Size(width, height), ambiguous)
        for line in range(layout.height):
            said = "".join(text for text, _part in ARTICLES.parts(row, line, layout, NOW))
            assert cells(said, ambiguous) <= width, (width, said)


def test_title_stays_readable() -> None:
    row = row_named("1", "规" * 100)
    for width in range(24, 200):
        for height in (5, 24):
            layout = ARTICLES.layout_for(Size(width, height))
            said = "".join(text for text, _part in ARTICLES.parts(row, 0, layout, NOW))
            assert said.count("规") >= min(8, width // 4), width


def test_narrow_high_pane_gives_two_lines_a_row() -> None:
    layout = ARTICLES.layout_for(Size(70, 30))
    above, below = (
        "".join(text for text, _part in ARTICLES.parts(row_named("1", "制造规划"), line, layout, NOW))
        for line in (0, 1)
    )
    assert above.split() == ["●★", "制造规划"]
    assert below.endswith(" tasks 8 targets 3 →2030")
    assert below.removesuffix(" tasks 8 targets 3 →2030").rstrip().split(" · ") == [
        "   5 min ago", "工信部", "部委动态", "国内",
    ]  # fmt: skip


def line_of(row: Row, width: int, height: int = 5) -> str:
    layout = ARTICLES.layout_for(Size(width, height))
    return "".join(text for text, _part in ARTICLES.parts(row, 0, layout, NOW))


def test_a_plan_in_numbers_gets_shorter_with_the_pane() -> None:
    row = row_named("1", "制造规划")
    assert line_of(row, 120).split()[-5:] == ["tasks", "8", "targets", "3", "→2030"]
    assert line_of(row, 80).endswith(" tasks 8 targets 3 →2030")
    assert line_of(row, 44).endswith(" targets 3")
    assert line_of(replace(row, targets=0), 40).endswith(" →2030")
    assert line_of(row, 26).split() == ["●★", "制造规划"]


@pytest.mark.parametrize(("tasks", "targets", "year"), [(0, 0, 0), (0, 2, 0), (5, 0, 0), (0, 0, 2027), (5, 0, 2027)])
def test_what_a_plan_does_not_have_is_not_said(tasks: int, targets: int, year: int) -> None:
    row = row_named("1", "制造规划", tasks=tasks, targets=targets, end_year=year)
    for width in (80, 120):
        said = line_of(row, width)
        assert ("tasks 5" in said, "targets 2" in said, "→2027" in said) == (tasks > 0, targets > 0, year > 0)
        assert ("§" in said) == (not any((tasks, targets, year)))
        assert "§" not in line_of(replace(row, has_plan=False), width)


def test_signs_differ_without_colours() -> None:
    row = row_named("1", "制造规划", changed=NOW, noted=True, files=2, copies=3)
    assert line_of(row, 80).split()[-7:-5] == ["[ENA]", "×3"]
    signs = {line_of(replace(row, **one), 80) for one in ({"changed": None}, {"noted": False}, {"files": 0})}
    assert len(signs) == 3
    marks = {line_of(replace(row, unread=unread, starred=starred), 80)[:2] for unread, starred in MARKS}
    assert len(marks) == 4


MARKS = [(True, True), (True, False), (False, True), (False, False)]


def test_a_column_that_is_the_same_in_every_row_is_left_out() -> None:
    one, other = row_named("1", "甲", source="海事要闻"), row_named("2", "乙", source="海事要闻", agency="商务部")
    table = ARTICLES.for_new_list().for_rows([one, other])
    layout = table.layout_for(Size(200, 5))
    assert [column.name for column in layout.columns[:3]] == ["time", "agency", "tasks"]
    assert [column.name for column in table.columns_below] == ["time", "tags", "agency"]
    later = table.for_rows([replace(other, id="3", source="水利快报", category=("农业",))])
    assert {"source", "category"} <= {column.name for column in later.layout_for(Size(200, 5)).columns}
    assert later.for_rows([one]) is later


def test_one_row_alone_says_everything() -> None:
    table = ARTICLES.for_new_list().for_rows([row_named("1", "甲")])
    names = [column.name for column in table.layout_for(Size(200, 5)).columns]
    assert names == [column.name for column in ARTICLES.layout_for(Size(200, 5)).columns]
    assert "source" in names


def test_hits_are_marked_in_the_title() -> None:
    layout = ARTICLES.layout_for(Size(70, 30))
    parts = ARTICLES.parts(row_named("1", "制造业规划与制造"), 0, layout, NOW, ["制造"])
    assert [text for text, part in parts if part == "hit"] == ["制造", "制造"]


def test_tags_stand_behind_the_title_and_never_take_more_than_a_third_of_it() -> None:
    row = row_named("1", "制造业规划与制造" * 9, tags=("制造", "要看" * 20))
    for width in (30, 60, 90, 200):
        parts = ARTICLES.parts(row, 0, ARTICLES.layout_for(Size(width, 5)), NOW)
        tags = "".join(text for text, part in parts if part == "tag")
        assert sum(cells(text) for text, _part in parts) <= width
        assert tags.strip().startswith("#制造") == (width > 50)
        assert cells(tags) <= width // 3 + 1
    below = ARTICLES.parts(row, 1, ARTICLES.layout_for(Size(60, 30)), NOW)
    assert next(text for text, part in below if part == "tag").startswith("#制造 #要看")


async def test_badge_is_whole_beside_the_scroll_bar() -> None:
    app = ListApp(FakeListing(100))
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        assert app.lines()[1].endswith("targets 3")


async def test_markup_in_a_title_is_text() -> None:
    class Hostile(FakeListing):
        def window(self, start: int, count: int, /) -> Sequence[Row]:
            return [row_named("1", "[@click=app.quit]规划[/]")]

    app = ListApp(Hostile(1))
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        assert "[@click=app.quit]规划[/]" in app.lines()[0]


async def test_a_list_that_is_being_counted_grows_at_its_end() -> None:
    app = ListApp(FakeListing(500, exact=False, uncounted=700))
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.pause()
        assert app.articles.position == (0, 500)
        app.articles.count_on()
        assert app.articles.position == (0, 900)
        app.articles.action_bottom()
        assert app.articles.position == (1199, 1200)


@pytest.mark.parametrize("leaves", [False, True])
async def test_who_went_to_the_end_goes_on_to_the_true_one(leaves: bool) -> None:  # noqa: FBT001 -- a case
    listing = FakeListing(500, exact=False, uncounted=9000)
    app = ListApp(listing)
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.pause()
        await pilot.press("G")
        assert app.articles.position == (4499, 4500)
        if leaves:
            await pilot.press("k")
        while not listing.exact:
            app.articles.count_on()
            await pilot.pause()
        assert app.articles.position == (4498 if leaves else 9499, 9500)
        await pilot.press("g")
        app.articles.count_on()
        assert app.articles.position == (0, 9500)


async def test_nothing_found_yet_is_not_nothing() -> None:
    app = ListApp(FakeListing(0, exact=False, uncounted=500))
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.pause()
        assert "Searching…" in "".join(piece.text for y in range(10) for piece in app.articles.render_line(y))
        app.articles.count_on()
        assert app.articles.position == (0, 400)


def test_a_piece_of_several_printings_says_how_many() -> None:
    row = row_named("1", "多家刊发的规划通稿", copies=3)
    for size, line in ((Size(60, 30), 0), (Size(120, 10), 0)):
        layout = ARTICLES.layout_for(size)
        parts = ARTICLES.parts(row, line, layout, NOW)
        assert (" ×3", "place") in parts
        assert sum(cells(text) for text, _part in parts) <= size.width
        assert all("×" not in text for text, _part in ARTICLES.parts(replace(row, copies=1), line, layout, NOW))


def test_a_very_narrow_row_keeps_its_title_rather() -> None:
    layout = ARTICLES.layout_for(Size(12, 10))
    assert all("×" not in text for text, _part in ARTICLES.parts(row_named("1", "通稿", copies=3), 0, layout, NOW))


@pytest.mark.parametrize("width", [136, 175, 176, 177, 220])
def test_a_wide_list_names_the_house_that_wrote_the_article(width: int) -> None:
    layout = ARTICLES.layout_for(Size(width, 30))

    def text_of(row: Row) -> str:
        return "".join(text for text, _part in ARTICLES.parts(row, 0, layout, NOW))

    row = row_named("1", "制造规划")
    assert ("工信部网站" in text_of(row)) == (width >= 176)
    same = text_of(replace(row, origin=row.source))
    assert same.count(row.source) == 1  # the source stands beside it
    assert cells(same) == cells(text_of(row)) == width
