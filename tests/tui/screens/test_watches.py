"""Watches in the dashboard: W follows a filter; what was told has a mark and a count."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from feeds.archive.sqlite.watches import WatchJournal, WatchMatch
from feeds.config import NotifySettings, View, load
from feeds.events import ArticlesTold, TellingFailed
from feeds.model import Fault
from tests.tui.sample import HOSTILE, NOW, dashboard_of, made, screen_text, until
from tui.app import DashboardApp
from tui.messages import PollEventsArrived
from tui.screens.dialogs.name import NameScreen

VIEWS = (View(name="园区", query="title:园区", notify=True), View(name="规划", query="has:plan"))


def tell(archive: Path, watch: str, *numbers: int) -> None:
    journal = WatchJournal.open(archive)
    journal.keep_matches([WatchMatch(watch, made(number).id, at=number) for number in numbers])
    journal.close()


def written_by(app: DashboardApp, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    written: list[str] = []
    monkeypatch.setattr(app, "write_sequence", written.append)
    return written


async def shown(pilot: Pilot[None], app: DashboardApp, count: int) -> None:
    app.main_screen.watches.look()
    await until(pilot, lambda: len(app.main_screen.watches.told.ids) == count, f"{count} told articles")
    await pilot.pause()


async def test_what_was_told_is_marked_until_it_is_read(archive_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(archive_path, "园区", 1, 3, 4)  # number 4 is read
    tell(archive_path, "别处", 6)
    settings = NotifySettings(bell=True, osc=777)
    async with dashboard_of(archive_path, size=(100, 40), views=VIEWS, notify=settings) as (app, pilot):
        written = written_by(app, monkeypatch)
        await shown(pilot, app, 2)
        await until(pilot, lambda: " ◆2 " in screen_text(app), "the count in the strip of views")
        assert screen_text(app).count("◆") == 3
        assert written == ["\x1b[22;2t\x1b]2;(2) 园区 – 政闻\x07"]
        await pilot.press("v")
        await until(pilot, lambda: screen_text(app).count("◆2") > 1, "the count at the view")
        await pilot.press("escape", "j", "m")
        await shown(pilot, app, 1)
        await until(pilot, lambda: " ◆1 " in screen_text(app), "the count in the strip of views")
        assert screen_text(app).count("◆") == 2
        assert written[1:] == ["\x1b]2;(1) 园区 – 政闻\x07"]
        events = (
            ArticlesTold(NOW, ("园区",), 7, (HOSTILE, "第二")),
            TellingFailed(NOW, Fault("[b]{name}", {"name": "x"})),
        )
        app.main_screen.post_message(PollEventsArrived(events))
        await until(pilot, lambda: len(written) > 2, "a notification")
        assert written[2].startswith("\x07\x1b]777;notify;园区;[@click=app.quit]点我[/] 关于[bold]红色")
        assert written[2].count("\x1b") == 1
        assert "(+5)" in written[2]
    assert written[-1] == "\x1b]2;\x07\x1b[23;2t"


async def test_the_title_waits_for_the_end_of_the_quiet_hours(
    archive_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(archive_path, "园区", 1, 3)
    hours = {"22:00-07:00": True}
    monkeypatch.setattr("feeds.watches.quiet.is_quiet", lambda written, _now: hours[written])
    settings = NotifySettings(quiet="22:00-07:00")
    async with dashboard_of(archive_path, views=VIEWS, notify=settings) as (app, pilot):
        written = written_by(app, monkeypatch)
        await shown(pilot, app, 2)
        app.main_screen.watches.look()
        assert written == []
        hours["22:00-07:00"] = False
        app.main_screen.watches.look()
        assert written == ["\x1b[22;2t\x1b]2;(2) 园区 – 政闻\x07"]
        app.main_screen.watches.look()
        assert len(written) == 1


async def test_without_watches_the_terminal_keeps_its_title(
    archive_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(archive_path, "园区", 1)
    async with dashboard_of(archive_path, views=VIEWS[1:]) as (app, pilot):
        written = written_by(app, monkeypatch)
        app.main_screen.watches.look()
        await pilot.pause(0.05)
        assert "◆" not in screen_text(app)
    assert written == []


async def test_w_follows_the_filter_in_force_and_again_no_longer(
    archive_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = archive_path / "config.toml"
    file.write_text('# mine\n[[view]]\nname = "规划"\nquery = "has:plan"\n', "utf-8")
    async with dashboard_of(archive_path, views=VIEWS[1:]) as (app, pilot):
        written_by(app, monkeypatch)
        await pilot.press("W")
        assert "No filter is in force" in screen_text(app)
        await pilot.press("apostrophe", "1", "W")
        await pilot.pause()
        assert load(file).view("规划").notify
        assert "规划 is followed" in screen_text(app)
        await pilot.press("W")
        await pilot.pause()
        assert not load(file).view("规划").notify
        assert file.read_text("utf-8") == '# mine\n[[view]]\nname = "规划"\nquery = "has:plan"\n'
        await pilot.press("U", "W")
        await until(pilot, lambda: isinstance(app.screen, NameScreen), "the name")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.main_screen, "the main screen")
        assert [(view.name, view.query) for view in load(file).watches] == [
            ("has:plan is:unread", "has:plan is:unread")
        ]
        await pilot.press("c")
        await app.main_screen.command_line.run_line("关注 规划")
        await app.main_screen.command_line.run_line("filter title:园区")
        await app.main_screen.command_line.run_line("watch 园区动向")
        await pilot.pause()
        assert [view.name for view in load(file).watches] == ["规划", "has:plan is:unread", "园区动向"]
        assert load(file).view("园区动向").query == "title:园区"
