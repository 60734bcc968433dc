"""Commands with arguments on the main screen: bulk work is one step, mistakes stay in the line, lines come back."""

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from tests.tui.sample import dashboard_of, made, read_flags, screen_text, until
from tui.app import DashboardApp
from tui.screens.dialogs.palette import PaletteScreen
from tui.widgets.article_list import ArticleList


async def write(app: DashboardApp, pilot: Pilot[None], line: str) -> None:
    await pilot.press("colon")
    await until(pilot, lambda: isinstance(app.screen, PaletteScreen) and app.screen.query(Input), "the line")
    app.screen.query_one(Input).value = line
    await pilot.press("enter")
    await pilot.pause()


async def test_bulk_work_by_a_filter_is_one_step_that_is_undone(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await write(app, pilot, "tag +种业 -旧 标题：示例 source:7x24")
        await until(pilot, lambda: app.main_screen.state.undos, "the tags")
        assert read_flags(archive_path, 5).tags == ("种业",)
        assert len(app.main_screen.state.undos[0][0]) == 12
        await write(app, pilot, "read %")
        await until(pilot, lambda: app.archive.unread() == 0, "everything read")
        await pilot.press("u")
        await until(pilot, lambda: app.archive.unread() == 30, "as before")
        await pilot.press("u")
        await until(pilot, lambda: read_flags(archive_path, 5).tags == (), "no tags")
        await write(app, pilot, "star")
        assert read_flags(archive_path, 0).starred
        await write(app, pilot, "unstar -种业")
        await until(pilot, lambda: not read_flags(archive_path, 5).starred, "no stars")


async def test_a_position_a_filter_and_the_lines_of_before(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await write(app, pilot, "12")
        assert app.main_screen.query_one(ArticleList).cursor == 11
        await write(app, pilot, "筛选 来源：7x24")
        assert str(app.main_screen.state.query) == "source:7x24"
        await pilot.press("colon")
        await until(pilot, lambda: isinstance(app.screen, PaletteScreen), "the line")
        await pilot.press("up", "up", "down")
        assert app.screen.query_one(Input).value == "筛选 来源：7x24"
        app.screen.query_one(Input).value = "view 到"
        await pilot.press("enter")
        await until(pilot, lambda: "There is no view “到”." in screen_text(app), "the mistake")
        app.screen.query_one(Input).value = "read due:soon"
        await pilot.press("enter")
        await until(pilot, lambda: "expected a deadline" in screen_text(app), "the mistake")
        app.screen.query_one(Input).value = "read age"
        await pilot.press("tab")
        assert app.screen.query_one(Input).value == "read agency:"
        await pilot.press("escape", "O")
        await until(pilot, lambda: isinstance(app.screen, PaletteScreen), "the orders")
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: str(app.main_screen.state.query) == "source:7x24 order:oldest", "the order")
        assert "oldest first ✕" in screen_text(app)
        await pilot.press("backspace")
        await until(pilot, lambda: str(app.main_screen.state.query) == "source:7x24", "by date again")
        assert read_flags(archive_path, 1) == app.archive.flags(made(1).id)
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("colon")
        await until(pilot, lambda: isinstance(app.screen, PaletteScreen), "the line")
        await pilot.press("up", "up", "up")
        assert app.screen.query_one(Input).value == "12"
