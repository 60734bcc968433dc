"""Commands with arguments on the main screen: bulk work is one step, mistakes stay in the line, lines come back."""

import shlex
import sys
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from feeds.errors import FeedError
from tests.tui.sample import dashboard_of, made, read_flags, screen_text, until
from tui.app import DashboardApp
from tui.screens.dialogs.palette import PaletteScreen
from tui.screens.main.command_line import reason_against_output
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
        (marks,) = app.main_screen.state.undos[0][0]
        assert len(marks) == 12
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
        await write(app, pilot, "star source:7x23")
        await until(pilot, lambda: "Nothing matches this filter. The archive has no source" in screen_text(app), "why")
        await write(app, pilot, "unstar source:7x24")
        await until(pilot, lambda: "No article needs that." in screen_text(app), "nothing to do")


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


async def test_a_line_exports_copies_and_pipes(
    archive_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.chdir(folder)
    async with dashboard_of(archive_path, size=(120, 40)) as (app, pilot):
        await pilot.press("j", "enter")
        await write(app, pilot, "export txt 一篇.txt")
        await until(pilot, (folder / "一篇.txt").exists, "the file")
        assert made(1).title in (folder / "一篇.txt").read_text("utf-8")
        await write(app, pilot, "export html 一篇.txt")
        await until(pilot, lambda: "exists; Enter again" in screen_text(app), "the question")
        await pilot.press("enter")
        await until(pilot, lambda: (folder / "一篇.txt").read_bytes().startswith(b"<!doctype"), "the page")
        await write(app, pilot, "复制 编号")
        assert app.clipboard == made(1).id
        await pilot.press("q")
        await write(app, pilot, f"pipe rows {shlex.quote(sys.executable)} -c 'print(len(open(0).readlines()), 6 * 7)'")
        await until(pilot, lambda: "40 42" in screen_text(app), "the output")
        await pilot.press("q")


@pytest.mark.parametrize(
    ("kind", "argument", "mistake"),
    [
        ("export", "plan-mt", "There is no format “plan-mt”. Did you mean plan-md?"),
        ("export", "docx 一.docx", "There is no format “docx”."),
        ("copy", "adress", "There is nothing to copy that is called “adress”. Did you mean address?"),
        ("copy", "句字", "There is nothing to copy that is called “句字”. Did you mean 句子?"),
        ("export", "html ~/a b.html", ""),
        ("copy", "ID", ""),
        ("pipe", "text wc", ""),
    ],
)
def test_what_cannot_be_given_out_is_told_with_the_nearest_name(kind: str, argument: str, mistake: str) -> None:
    assert reason_against_output(kind, argument) == mistake


@pytest.mark.parametrize("argument", ["text", "rows !", "text 'wc"])
def test_a_pipe_needs_a_command(argument: str) -> None:
    with pytest.raises(FeedError):
        reason_against_output("pipe", argument)
