"""An event of the poller costs the cells it changes: counted in bytes and lines of what the terminal is sent."""

import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.app import App, ComposeResult
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip

from feeds.archive import Archive
from feeds.events import ArticleSetAside, ArticleStored, PollEvent, SourceAnswered, SourceAsked
from feeds.model import Fault
from tests.tui.sample import NOW, dashboard_of, made, until
from tui.messages import PollEventsArrived
from tui.polling.status import PollingStatus, SourceStatus, status_after
from tui.textual_fixes.changed_cells import ChangedCells
from tui.widgets.article_list import ArticleList
from tui.widgets.bars.status_line import StatusLine
from tui.widgets.menus.row_list import RowList

CONSOLE = Console(file=io.StringIO(), force_terminal=True, color_system="truecolor")
RED = Style(color="red")
MANY = tuple(SourceStatus(name=f"来源{n}", answered=NOW, due=NOW + timedelta(minutes=3)) for n in range(200))
_PLACE = re.compile(r"\x1b\[(\d+);(\d+)H")


def written(cells: ChangedCells, y: int, *lines: list[Segment]) -> str:
    width = Segment.get_line_length(lines[0])
    chops: list[dict[int, Strip | None]] = [{} for _ in range(y)]
    chops += [{0: Strip(line)} for line in lines]
    spans = [(y + n, 0, width) for n in range(len(lines))]
    return cells.rest_of(ChopsUpdate(chops, spans, [[width]] * len(chops)), CONSOLE).text


def test_what_stands_there_already_is_not_written_again() -> None:
    cells = ChangedCells()
    line = [Segment("工作方案 5 min ago  ", None)]
    assert "工作方案" in written(cells, 3, line)
    assert written(cells, 3, list(line)) == ""
    assert "工作方案" in written(cells, 4, list(line))  # another line
    cells.forget()
    assert "工作方案" in written(cells, 3, list(line))


def test_only_the_changed_part_of_a_line_is_written() -> None:
    cells = ChangedCells()
    written(cells, 0, [Segment("工作方案", RED), Segment(" 5 min ago  ", None), Segment("rest", RED)])
    text = written(cells, 0, [Segment("工作方案", RED), Segment(" 6 min ago  ", None), Segment("rest", RED)])
    assert text == "\x1b[1;10H6"


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_stretch_without_a_cell_is_passed_over(place: int) -> None:
    """A list that has no room yet draws lines of no width, at the end of a line too."""
    cells = ChangedCells()
    for words in ("first line", "other line", "third line"):
        strips = [Strip([Segment(words[:5])]), Strip([Segment(words[5:])])]
        strips.insert(place, Strip.blank(0))
        update = LayoutUpdate([strips], Region(0, 0, 10, 1))
        assert words[:3] in cells.rest_of(update, CONSOLE).text


def test_a_colour_alone_is_a_change() -> None:
    cells = ChangedCells()
    written(cells, 0, [Segment("工作方案" + " " * 12, None)])
    assert "\x1b[31m" in written(cells, 0, [Segment("工作方案" + " " * 12, RED)])


def test_a_line_with_a_character_of_doubtful_width_is_written_whole() -> None:
    for doubtful in ("✔️", "“", "👨‍👩‍👧"):
        cells = ChangedCells()
        written(cells, 0, [Segment(doubtful, RED), Segment(" 5 s", None)])
        assert doubtful in written(cells, 0, [Segment(doubtful, RED), Segment(" 6 s", None)])


def test_a_piece_that_covers_others_makes_them_unknown() -> None:
    cells = ChangedCells()
    left, right, both = Strip([Segment("a" * 10)]), Strip([Segment("b" * 10)]), Strip([Segment("c" * 20)])
    apart = ChopsUpdate([{0: left, 10: right}], [(0, 0, 20)], [[10, 20]])
    cells.rest_of(apart, CONSOLE)
    cells.rest_of(ChopsUpdate([{0: both}], [(0, 0, 20)], [[20]]), CONSOLE)
    text = cells.rest_of(apart, CONSOLE).text
    assert "a" * 10 in text
    assert "b" * 10 in text


@pytest.mark.parametrize("sure", ["工作方案", "abc ", "│──", "12，。"])
def test_the_cursor_is_moved_only_where_it_does_not_stand(sure: str) -> None:
    cells = ChangedCells()
    width = Segment.get_line_length([Segment(sure)])
    blank = [Segment(" " * width, RED), Segment("    ", None)]
    written(cells, 3, blank, blank)
    line = [Segment(sure, RED), Segment("new ", None)]
    text = written(cells, 3, line, line)
    assert _PLACE.findall(text) == [("4", "1")]
    assert text.count("\r\n") == 1


@pytest.mark.parametrize("doubtful", ["●", "…", "↓", "é", "𠮷"])
def test_behind_a_character_that_may_be_drawn_wider_each_line_is_found_by_its_number(doubtful: str) -> None:
    cells = ChangedCells()
    width = Segment.get_line_length([Segment(doubtful)])
    blank = [Segment(" " * width + "old", RED)]
    written(cells, 0, blank, blank)
    text = written(cells, 0, *[[Segment(f"{doubtful}new", RED)]] * 2)
    assert "\r\n" not in text
    assert {line for line, _column in _PLACE.findall(text)} == {"1", "2"}


def test_what_lies_outside_the_span_is_not_written() -> None:
    cells = ChangedCells()
    strips: dict[int, Strip | None] = {0: Strip([Segment("a" * 10)]), 10: Strip([Segment("b" * 10)])}
    assert cells.rest_of(ChopsUpdate([strips], [(0, 10, 20)], [[10, 20]]), CONSOLE).text == "\x1b[1;11Hbbbbbbbbbb"


class Screenful:
    """All that the dashboard sends to its terminal."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sent = ""
        screenful = self

        def display(app: App[None], _screen: object, update: CompositorUpdate | None) -> None:
            if update is not None:
                screenful.sent += update.render_segments(app.console)

        monkeypatch.setattr(App, "_display", display)

    @property
    def lines(self) -> set[int]:
        """The lines that were written to, from 0."""
        return {int(line) - 1 for line, _column in _PLACE.findall(self.sent)}


@pytest.fixture
def screenful(monkeypatch: pytest.MonkeyPatch) -> Screenful:
    return Screenful(monkeypatch)


EVENTS = (
    SourceAsked(NOW, "来源7"),
    SourceAnswered(NOW, "来源7", "ok", due=NOW + timedelta(minutes=1), newest=NOW),
    SourceAnswered(NOW, "来源9", "failed", due=NOW, fault=Fault("{host} is not there", {"host": "news.example.cn"})),
    ArticleSetAside(NOW, "2026-03-18.json", Fault("fails its checksum")),
)


@pytest.mark.parametrize("event", EVENTS)
async def test_an_event_of_the_poller_draws_the_status_line_alone(
    archive_path: Path, screenful: Screenful, event: PollEvent
) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        app.main_screen.status = status = PollingStatus(sources=MANY, state="running")
        await pilot.pause()
        app.main_screen.query_one(StatusLine).refresh()
        await pilot.pause()
        screenful.sent = ""
        app.main_screen.status = status_after(status, event)
        await pilot.pause()
        assert screenful.sent
        assert screenful.lines == {app.size.height - 2}
        assert len(screenful.sent.encode()) < 500


async def test_an_article_that_arrives_above_costs_the_numbers_and_not_the_list(
    archive_path: Path, writer: Archive, screenful: Screenful
) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        app.main_screen.query_one(ArticleList).refresh()
        await pilot.pause()
        writer.store_many([made(100, at=NOW + timedelta(days=40))])
        app.main_screen.post_message(
            PollEventsArrived((ArticleStored(NOW, made(100).id, "国内滚动", made(100).title, new=True),))
        )
        await until(pilot, lambda: app.main_screen.query_one(ArticleList).above == 1, "the article")
        screenful.sent = ""
        await pilot.pause()
        writer.store_many([made(101, at=NOW + timedelta(days=41))])
        app.main_screen.post_message(
            PollEventsArrived((ArticleStored(NOW, made(101).id, "国内滚动", made(101).title, new=True),))
        )
        await until(pilot, lambda: app.main_screen.query_one(ArticleList).above == 2, "the other article")
        await pilot.pause()
        assert "示例新闻" not in screenful.sent
        assert "2 new" in screenful.sent
        assert len(screenful.sent.encode()) < 1000


async def test_what_another_program_wrote_over_is_drawn_again_after_a_resize(
    archive_path: Path, screenful: Screenful
) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        articles = app.main_screen.query_one(ArticleList)
        for known in (False, True):
            articles.refresh()
            await pilot.pause()
            screenful.sent = ""
            articles.refresh()
            await pilot.pause()
            assert screenful.sent == "", known
        app.post_message(events.Resize(app.size, app.size))
        await pilot.pause()
        articles.refresh()
        await pilot.pause()
        assert "示例新闻" in screenful.sent


@pytest.mark.parametrize("cursor", [0, 1, 7])
async def test_a_list_whose_cursor_is_in_the_first_lines_opens_without_a_second_frame(cursor: int) -> None:
    seen: set[int] = set()

    class Rows(RowList):
        def render_line(self, y: int) -> Strip:
            seen.add(self.scroll_offset.y)
            return super().render_line(y)

    class Opening(App[None]):
        def compose(self) -> ComposeResult:
            yield Rows()

        def on_mount(self) -> None:
            self.query_one(Rows).show([Content(f"第{number}行") for number in range(80)], cursor)

    async with Opening().run_test(size=(40, 8)) as pilot:
        await pilot.pause()
    assert seen == {0}
