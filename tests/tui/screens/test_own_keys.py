"""Keys of a reader's own in the dashboard: they run, and footer, help and palette show them."""

from pathlib import Path

import pytest

from feeds.config import Macro
from tests.tui.sample import dashboard_of, made, screen_text, until
from tui.app import DashboardApp
from tui.keyboard import dispatch
from tui.screens.dialogs.help import HelpScreen
from tui.screens.dialogs.palette import PaletteScreen
from tui.widgets.article_list import ArticleList

KEYS = {
    "list": {"toggle-star": ["x", "g s"], "compare": ""},
    "zoom": "Z",
    "top": "g g",
    "toggle-theme": "ctrl+t",
    "help": "f2",
    "brwose": "b",
}


async def test_own_keys_run_and_are_shown(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(200, 40), keys=KEYS) as (app, pilot):
        assert "there is no command brwose; perhaps browse" in screen_text(app)
        main = app.main_screen
        articles = main.query_one(ArticleList)
        name = str(main.state.selected_id)
        await pilot.press("f")
        assert not app.archive.flags(name).starred  # the key has gone from the list
        await pilot.press("g", "s")
        assert app.archive.flags(name).starred
        await pilot.press("x", "3", "j", "z", "g")
        assert not app.archive.flags(name).starred
        assert (articles.cursor, main.state.layout.zoomed) == (3, False)
        await pilot.press("g")
        assert articles.cursor == 0
        await pilot.press("g", "q", "Z", "ctrl+t")
        assert main.state.layout.zoomed
        assert app.theme == "zhengwen-light"
        app.clear_notifications()
        await pilot.pause()
        foot = screen_text(app).splitlines()[-1]
        assert "f2 Help" in foot or "F2 Help" in foot
        assert "x Star" in foot
        await pilot.press("Z", "enter", "f", "f2")
        assert app.archive.flags(name).starred  # in the text f is as ever
        await until(pilot, lambda: isinstance(app.screen, HelpScreen), "help")
        await pilot.press("escape", "colon", *"light")
        await until(pilot, lambda: isinstance(app.screen, PaletteScreen), "the palette")
        await until(pilot, lambda: "^t" in screen_text(app), "the key")


MACROS = (
    Macro(name="读完", commands=("toggle-star", "toggle-read", "cursor-down"), key="g m"),
    Macro(name="错", commands=("brows",)),
)


async def test_a_macro_runs_by_its_key_and_from_the_palette(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(200, 40), macros=MACROS) as (app, pilot):
        assert "macro[2].commands: there is no command brows; perhaps browse" in screen_text(app)
        name = str(app.main_screen.state.selected_id)
        articles = app.main_screen.query_one(ArticleList)
        await pilot.press("j", "g", "m")
        flags = app.archive.flags(str(made(1).id))
        assert (flags.read, flags.starred, articles.cursor) == (True, True, 2)
        await pilot.press("u")
        flags = app.archive.flags(made(1).id)
        assert (flags.read, flags.starred) == (False, False)
        assert "Undone: Macro 读完" in screen_text(app)
        await pilot.press("g", "g", "colon", *"读完", "enter")
        await until(pilot, lambda: app.archive.flags(name).starred, "the star")


BULK = (Macro(name="清空", commands=("toggle-star", "read-all", "toggle-star", "toggle-read"), key="g z"),)


async def test_a_macro_of_marks_on_all_that_a_filter_finds_is_one_step(archive_path: Path) -> None:
    def marks(app: DashboardApp) -> list[tuple[bool, bool]]:
        each = (app.archive.flags(made(number).id) for number in range(40))
        return [(flags.read, flags.starred) for flags in each]

    async with dashboard_of(archive_path, size=(200, 40), macros=BULK) as (app, pilot):
        before = marks(app)
        await pilot.press("2", "j", "f", "g", "z")
        await until(pilot, lambda: app.main_screen.state.undos[-1][1] == "Macro 清空", "the macro")
        assert [read for read, _starred in marks(app)] == [number != 2 for number in range(40)]
        await pilot.press("u")
        assert marks(app) == [(read, starred or number == 2) for number, (read, starred) in enumerate(before)]
        await pilot.press("u")
        assert marks(app) == before
        await pilot.press("u")
        assert "Nothing to undo." in screen_text(app)


async def test_a_key_that_begins_a_longer_one_waits_a_moment(
    archive_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "PATIENCE", 0.05)
    async with dashboard_of(archive_path, keys={"list": {"toggle-star": "g s"}}) as (app, pilot):
        articles = app.main_screen.query_one(ArticleList)
        await pilot.press("5", "j", "g")
        await until(pilot, lambda: articles.cursor == 0, "g alone")
