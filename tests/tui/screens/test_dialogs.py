"""Help, palette and sources: made from the table of commands and from how the sources stand."""

import sys
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from textual.geometry import Size

from feeds.errors import FeedError
from feeds.events import ArticleSetAside
from feeds.model import Fault
from tests.tui.sample import NOW, dashboard_of, made, screen_text, until
from tui.commands import COMMANDS, Place
from tui.polling import Polling
from tui.polling.status import PollingEvent, PollingStatus, SourceStatus
from tui.screens.dialogs.help import HelpScreen, found_lines, sections_of
from tui.screens.dialogs.palette import PaletteScreen, matching_commands
from tui.screens.lasting import LastingScreen
from tui.screens.sources import SourcesScreen, note_of, source_table
from tui.widgets.lists.list_pane import ListPane
from tui.widgets.menus.row_list import RowList
from tui.words import speak

REFUSED = Fault("{host} did not answer within {seconds} s", {"host": "feed.example.cn", "seconds": 30})


def test_the_help_has_every_command_with_its_keys() -> None:
    told = {line.command.id: line.content.plain for line in found_lines(sections_of()) if line.command}
    assert set(told) == {command.id for command in COMMANDS}
    for command in COMMANDS:
        assert all(key in told[command.id] for key in command.shown_keys)
        assert command.tooltip in told[command.id]


async def test_a_line_of_the_help_runs_its_command(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen), "the help")
        place = next(
            n
            for n, line in enumerate(found_lines(sections_of(app.main_screen.panes.places)))
            if line.command and line.command.id == "unread-only"
        )
        app.screen.query_one(RowList).cursor = place
        await pilot.press("enter")
        await until(pilot, lambda: str(app.main_screen.state.query) == "is:unread", "the filter")
        assert app.screen is app.main_screen


@pytest.mark.parametrize(
    ("places", "title", "first"),
    [
        (("list", "last", "main"), "In the list", "open"),
        (("plan", "main"), "In the plan", "cursor-down"),
        (("rows", "table", "targets", "dialog"), "In a table", "write-filter"),
        (("rows", "sources"), "In the list of sources", "show-details"),
        ((), "Reading", "open"),
    ],
)
def test_the_help_begins_with_the_pane_in_focus(places: tuple[Place, ...], title: str, first: str) -> None:
    lines = found_lines(sections_of(places))
    assert lines[0].content.plain == title
    command = lines[1].command
    assert command is not None
    assert command.id == first
    assert len([line for line in lines if line.command and line.command.id == first]) == 1


@pytest.mark.parametrize(
    ("text", "ids"), [("STAR", {"toggle-star", "starred-only"}), ("to  target", {"to-targets"}), ("}", {"next-place"})]
)
def test_the_help_finds_lines_by_their_words(text: str, ids: set[str]) -> None:
    lines = found_lines(sections_of(("list", "main")), text)
    assert ids <= {line.command.id for line in lines if line.command}
    assert len(lines) < len(found_lines(sections_of())) / 4
    assert "no line" in found_lines(sections_of(), "xyzzy")[0].content.plain.lower()


async def test_the_help_is_searched_over_any_screen(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(80, 24)) as (app, pilot):
        await pilot.press("question_mark", "slash", *"light theme", "up", "down", "enter", "enter")
        await until(pilot, lambda: app.screen is app.main_screen and not app.current_theme.dark, "the light theme")
        await pilot.press("L")
        await until(pilot, lambda: app.screen is not app.main_screen, "the table")
        table = app.screen
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen), "the help")
        await pilot.press("slash", *"zzz")
        await until(pilot, lambda: "No line of the help" in screen_text(app), "nothing")
        await pilot.press("escape")
        await until(pilot, lambda: "In a table" in screen_text(app), "all lines again")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is table, "the table")


async def test_the_help_is_moved_in_with_the_same_keys(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(80, 24)) as (app, pilot):
        await pilot.press("question_mark", "G")
        await until(pilot, lambda: app.screen.query_one(RowList).scroll_offset.y > 0, "the end")
        await pilot.press("g")
        await until(pilot, lambda: app.screen.query_one(RowList).scroll_offset.y == 0, "the top")
        await pilot.press("q")
        await until(pilot, lambda: app.screen is app.main_screen, "the main screen")


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("unread only", "unread-only"),
        ("undo", "undo"),
        ("light", "toggle-theme"),
        ("documents", "documents"),
        ("targets", "targets"),
    ],
)
def test_the_palette_finds_by_parts_of_a_name(text: str, command: str) -> None:
    assert matching_commands(text)[0].id == command
    speak("zh")
    try:
        assert matching_commands(command)[0].id == command  # an id is found in every language
    finally:
        speak("en")


def test_the_palette_offers_nothing_that_only_a_key_can_do() -> None:
    assert {command.id for command in matching_commands("")} == {command.id for command in COMMANDS if command.palette}
    assert matching_commands("no such thing") == []


async def test_the_palette_runs_what_is_typed(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("colon", *"starred", "enter")
        await until(pilot, lambda: str(app.main_screen.state.query) == "is:starred", "the filter")


async def test_the_palette_moves_and_is_left_without_doing_anything(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("colon", "down", "down", "up")
        await until(pilot, lambda: isinstance(app.screen, PaletteScreen), "the palette")
        assert app.screen.query_one(RowList).cursor == 1
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.main_screen, "the main screen")
        await pilot.press("colon", *"xyzzy", "enter")
        await until(pilot, lambda: "no command “xyzzy”" in screen_text(app), "the mistake")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.main_screen, "the main screen")


@pytest.mark.parametrize("name", [command.id for command in COMMANDS if command.palette and command.id != "quit"])
async def test_every_command_of_the_palette_runs(
    archive_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.browsing.open_url", lambda _url: True)
    async with dashboard_of(archive_path) as (app, pilot):
        await app.main_screen.run_command(name)
        await pilot.pause()
        assert app.is_running


def row_text(source: SourceStatus, *, polled: bool) -> str:
    table = source_table([source], polled=polled)
    layout = table.layout_for(Size(120, 10))
    return "".join(text for text, _part in table.parts(source, 0, layout, NOW)).strip()


def test_a_row_tells_all_of_a_source() -> None:
    source = SourceStatus(
        name="部委动态", newest=NOW - timedelta(minutes=3), due=NOW + timedelta(minutes=4), fault=REFUSED, new=7
    )
    assert row_text(source, polled=True) == (
        "✗ 部委动态  last article 3 min ago  7 new  next in 4 min  feed.example.cn did not answer within 30 s"
    )
    assert "next" not in row_text(source, polled=False)
    assert "is being asked" in row_text(SourceStatus(name="7x24", asking=True), polled=True)


def test_the_note_names_what_was_set_aside_and_what_died() -> None:
    aside = ArticleSetAside(NOW, "2026-03-18.json", Fault("fails its checksum"))
    note = note_of(PollingStatus(state="running", restarts=2, aside=(aside,)), NOW).plain
    assert "restarted 2 times" in note
    assert "2026-03-18.json: fails its checksum" in note


class Deaf(Polling):
    """A poller that only remembers what it was asked."""

    asked: list[tuple[str, ...]]

    async def events(self) -> AsyncIterator[PollingEvent]:
        self.asked = []
        return
        yield

    async def reload(self, names: Sequence[str] = ()) -> bool:
        self.asked.append(tuple(names))
        return True


async def test_the_sources_screen_follows_asks_and_limits_the_list(archive_path: Path) -> None:
    deaf = Deaf(archive_path / "config.toml", archive_path, command=[sys.executable, "-c", "input()"])
    async with dashboard_of(archive_path, polling=deaf) as (app, pilot):
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, SourcesScreen), "the screen")
        await until(pilot, lambda: app.screen.query_one(ListPane).count, "rows")
        failing = SourceStatus(name="部委动态", fault=REFUSED)
        app.show_status(PollingStatus(sources=(SourceStatus(name="国内滚动"), failing), state="running"))
        await until(pilot, lambda: "feed.example.cn did not answer" in screen_text(app), "the failure")
        await pilot.press("j", "r", "R")
        await until(pilot, lambda: deaf.asked == [("部委动态",), ()], "both questions")
        await pilot.press("slash")
        await until(pilot, lambda: str(app.main_screen.state.query) == "source:部委动态", "the filter")


async def test_the_sources_screen_is_made_once_and_keeps_its_place(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, SourcesScreen), "the screen")
        await until(pilot, lambda: app.screen.query_one(ListPane).count, "rows")
        first, rows = app.screen, app.screen.query_one(ListPane)
        await pilot.press("j", "j", "q")
        await until(pilot, lambda: app.screen is app.main_screen, "the main screen")
        failing = SourceStatus(name="7x24", fault=REFUSED)
        app.show_status(PollingStatus(sources=(SourceStatus(name="国内滚动"), failing), state="running"))
        await pilot.pause()
        assert rows.count == 3  # a screen that nobody sees draws nothing
        await pilot.press("k", "s")
        await until(pilot, lambda: "feed.example.cn did not answer" in screen_text(app), "the failure meanwhile")
        assert app.screen is first
        assert rows.cursor == 1  # the last one that there is
        await pilot.press("slash")
        await until(pilot, lambda: str(app.main_screen.state.query) == "source:7x24", "the filter")
        assert app.screen is app.main_screen


async def test_a_lasting_screen_is_told_at_which_article_it_was_opened(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, SourcesScreen), "the screen")
        assert isinstance(app.screen, LastingScreen)
        assert app.screen.article == made(0).id
        await pilot.press("q", "j", "j", "s")
        await until(pilot, lambda: isinstance(app.screen, LastingScreen) and app.screen.article == made(2).id, "it")


@pytest.mark.parametrize("size", [(80, 24), (120, 30), (200, 60)])
async def test_the_sources_are_drawn(archive_path: Path, size: tuple[int, int]) -> None:
    async with dashboard_of(archive_path, size=size) as (app, pilot):
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, SourcesScreen), "the screen")
        await until(pilot, lambda: "no article yet" in screen_text(app), "the rows")


@pytest.mark.parametrize("size", [(80, 24), (120, 30), (200, 60)])
async def test_the_sources_stand_in_a_box_over_the_main_screen(archive_path: Path, size: tuple[int, int]) -> None:
    async with dashboard_of(archive_path, size=size) as (app, pilot):
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, SourcesScreen) and "国内滚动" in screen_text(app), "rows")
        box = app.screen.query_one("#box")
        assert 0 < box.region.width < size[0]
        assert 0 < box.region.height < size[1]
        lines = screen_text(app).splitlines()
        assert "─ Sources ─" in lines[box.region.y]
        assert "40 articles" in lines[0]  # the main screen is seen around the box


@pytest.mark.parametrize("size", [(80, 24), (60, 12), (120, 30)])
async def test_many_sources_leave_room_for_the_note_and_the_keys(archive_path: Path, size: tuple[int, int]) -> None:
    async with dashboard_of(archive_path, size=size) as (app, pilot):
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, SourcesScreen) and "国内滚动" in screen_text(app), "rows")
        for count in (40, 2, 25):
            sources = tuple(SourceStatus(name=f"来源{number}") for number in range(count))
            app.show_status(PollingStatus(sources=sources, state="running", restarts=3))
            await until(pilot, lambda: "restarted 3 times" in screen_text(app), "the note")
            await pilot.pause()
            box = app.screen.query_one("#box").region
            assert "Esc Close" in screen_text(app).splitlines()[box.bottom - 2]
            assert box.height <= size[1] * 0.9
            assert box.height == min(count + 7, int(size[1] * 0.9))


@pytest.mark.parametrize(
    ("failure", "reason"),
    [(FeedError("the disk is full"), "the disk is full"), (OSError(28, "full"), "no space is left on the disk")],
)
async def test_an_answer_that_cannot_be_carried_out_is_told(
    archive_path: Path, monkeypatch: pytest.MonkeyPatch, failure: Exception, reason: str
) -> None:
    def refuse(*_: object, **_named: object) -> None:
        raise failure

    async with dashboard_of(archive_path) as (app, pilot):
        monkeypatch.setattr(app.archive, "set_flags", refuse)
        monkeypatch.setattr(app.main_screen.piping, "_input_of", refuse)
        for keys in (("a", *"甲", "ctrl+s"), ("colon", *"star", "enter"), ("vertical_line", *"wc", "enter")):
            app.clear_notifications()
            await pilot.press("j")
            await pilot.press(*keys)
            await until(pilot, lambda: reason in screen_text(app), "the reason")
            assert app.screen is app.main_screen
        assert app.failure is None
