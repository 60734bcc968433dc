"""What is told stands in the lowest line, covers nothing, and goes; the app's own keys work in every dialog."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from feeds.config import View
from feeds.model import Fault
from tests.tui.sample import NOW, dashboard_of, screen_text, until
from tui.app import DashboardApp
from tui.polling import Polling
from tui.polling.status import PollingChanged, PollingEvent, PollingState
from tui.screens.dialogs.dialog import Dialog
from tui.widgets.bars.key_line import KeyLine


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (200, 60)])
async def test_a_notice_stands_in_the_lowest_line_and_nowhere_else(archive_path: Path, size: tuple[int, int]) -> None:
    async with dashboard_of(archive_path, size=size) as (app, pilot):
        before = screen_text(app).splitlines()
        await pilot.press("u")
        await until(pilot, lambda: "Nothing to undo." in screen_text(app), "the words")
        lines = screen_text(app).splitlines()
        assert lines[:-1] == before[:-1]
        assert lines[-1].strip() == "Nothing to undo."


async def test_the_newest_notice_takes_the_place_of_the_one_before(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        for _time in range(4):
            await pilot.press("apostrophe", "5")
        await until(pilot, lambda: screen_text(app).count("There is no view 5") == 1, "one of four")
        await pilot.press("u")
        await until(pilot, lambda: "Nothing to undo." in screen_text(app), "the newest")
        assert "no view" not in screen_text(app)
        assert len(app._notifications) == 1


async def test_a_notice_from_before_does_not_cover_the_keys_of_a_dialog(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        for key, words in (("F", "Space Add"), ("v", "Rename"), ("question_mark", "/ Find"), ("L", "Sentence")):
            await pilot.press("u")
            await until(pilot, lambda: "Nothing to undo." in screen_text(app), "the words")
            await pilot.press(key)
            await until(pilot, lambda: words in screen_text(app), words)  # noqa: B023
            assert "Nothing to undo." not in screen_text(app)
            await pilot.press("q")
            await until(pilot, lambda: app.screen is app.main_screen, "the main screen")


async def test_the_keys_come_back(archive_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        before = screen_text(app).splitlines()[-1]
        app.notify("gone at once", timeout=0.2)
        await until(pilot, lambda: "gone at once" in screen_text(app), "the words")
        await until(pilot, lambda: screen_text(app).splitlines()[-1] == before, "the keys")


async def test_a_long_notice_takes_lines_and_covers_nothing(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(80, 24)) as (app, pilot):
        status = screen_text(app).splitlines()[-2]
        app.notify("磁盘已满，" * 25 + "完", severity="error", markup=False)
        await until(pilot, lambda: "磁盘已满" in screen_text(app), "the words")
        line = app.screen.query_one(KeyLine)
        await until(pilot, lambda: line.region.height == 3, "three lines")
        lines = screen_text(app).splitlines()
        assert lines[-3].startswith(" ✗ 磁盘已满")
        assert lines[-4] == status
        assert lines[-1].rstrip().endswith("…")
        app.clear_notifications()
        await until(pilot, lambda: screen_text(app).splitlines()[-2] == status, "the line as it was")


@pytest.mark.parametrize("key", ["question_mark", "s", "colon", "F", "v"])
async def test_the_apps_keys_work_in_every_dialog(archive_path: Path, key: str) -> None:
    async with dashboard_of(archive_path, views=(View(name="全部", query="is:unread"),)) as (app, pilot):
        await pilot.press(key)
        await until(pilot, lambda: isinstance(app.screen, Dialog) and app.screen.query(KeyLine), "the dialog")
        await pilot.press("ctrl+c")
        await until(pilot, lambda: "^q" in notice_of(app), "the way out, in the dialog")
        assert app.main_screen.query_one(KeyLine).notice is None
        assert app.is_running
        await pilot.press("ctrl+c")
    assert not app.is_running


@pytest.mark.parametrize("key", ["question_mark", "s", "colon", "F", "v", "slash", "number_sign", "enter"])
async def test_control_q_quits_wherever_the_reader_is(archive_path: Path, key: str) -> None:
    async with dashboard_of(archive_path, views=(View(name="全部", query="is:unread"),)) as (app, pilot):
        await pilot.press(key)
        await pilot.press("ctrl+q")
    assert not app.is_running


def notice_of(app: DashboardApp) -> str:
    notice = app.screen.query_one(KeyLine).notice
    return notice.words if notice else ""


class Second(Polling):
    """A poller that stands in one state and listens to nobody."""

    state: PollingState = "reading-only"

    async def events(self) -> AsyncIterator[PollingEvent]:
        yield PollingChanged(self.state, NOW)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("reading-only", "Another zhengwen polls this archive"), ("stopped", "poller stopped"),
        ("starting", "poller starts"), ("waiting", "poller restarts"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("keys", ["r", "R", "s r", "s R"])
async def test_who_asks_the_sources_is_said(archive_path: Path, state: PollingState, words: str, keys: str) -> None:
    second = Second(archive_path / "config.toml", archive_path, command=[sys.executable, "-c", "input()"])
    second.state = state
    async with dashboard_of(archive_path, polling=second) as (app, pilot):
        await until(pilot, lambda: app.main_screen.status.state == state, "the state")
        await pilot.press(*keys.split())
        await until(pilot, lambda: words in notice_of(app), "the words")


async def test_a_dashboard_that_polls_nothing_says_so(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("R")
        await until(pilot, lambda: "No source can be asked: not polling" in screen_text(app), "the words")


async def test_all_that_was_odd_at_the_start_is_told_together(
    archive_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        view = SimpleNamespace(oddities=(Fault("the first oddity"), Fault("the second oddity")))
        with monkeypatch.context() as patch:
            patch.setattr(app.archive, "view", view)
            app._begin()
        await until(pilot, lambda: "the first oddity · the second oddity" in screen_text(app), "both")
