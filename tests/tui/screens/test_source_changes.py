"""The sources screen changes config.toml: a source is paused, removed and brought back, its details are shown."""

from datetime import timedelta
from pathlib import Path

import pytest

from feeds import config
from feeds.model import Fault
from tests.tui.sample import NOW, dashboard_of, screen_text, until
from tui.polling.status import PollingStatus, SourceStatus
from tui.screens.sources import SourcesScreen, details_of

TEXT = """# 我的来源
[[source]]
name = "部网"
kind = "rss"
url = "https://u:geheim@a.example.cn/rss"  # 要登录

[[source]]
name = "旧网"
kind = "rss"
url = "https://b.example.cn/rss"
"""


async def test_a_source_is_paused_removed_and_brought_back(archive_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.config.watching.LOOK", 0.02)
    path = archive_path / "config.toml"
    path.write_text(TEXT, "utf-8")
    sources = config.load(path).sources
    async with dashboard_of(archive_path, sources=sources) as (app, pilot):
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, SourcesScreen) and "旧网" in screen_text(app), "rows")
        failing = SourceStatus(name="旧网", fault=Fault("{host} refused", {"host": "b"}), failures=3, failing_since=NOW)
        app.poller.status = PollingStatus(sources=(SourceStatus(name="部网"), failing), state="running")
        app.show_status(app.poller.status)
        await pilot.press("enter")
        await until(pilot, lambda: "https://a.example.cn/rss" in screen_text(app), "the details")
        assert "geheim" not in screen_text(app)
        await pilot.press("j")
        await until(pilot, lambda: "failed 3 times in a row" in screen_text(app), "the other's details")
        await pilot.press("space")
        await until(pilot, lambda: app.screen.query_one("#note") and "paused" in screen_text(app), "the pause")
        assert path.read_text("utf-8") == TEXT + "paused = true\n"
        await until(pilot, lambda: app.main_screen.status.source("旧网").paused, "the status")
        await pilot.press("d")
        await until(pilot, lambda: len(app.main_screen.status.sources) == 1, "the removal")
        await pilot.press("u", "u")
        await until(pilot, lambda: path.read_text("utf-8") == TEXT, "the text before")
        await until(pilot, lambda: len(app.main_screen.status.sources) == 2, "both sources")
        await pilot.press("u")
        await until(pilot, lambda: "nothing to undo" in screen_text(app), "the answer")


def test_details_have_the_whole_reason_and_no_login() -> None:
    source = config.load(config.shipped_path()).sources[0]
    status = SourceStatus(
        name="甲", fault=Fault("{host} " + "很长" * 200, {"host": "a"}), failures=1, failing_since=NOW,
        answered=NOW - timedelta(days=1), due=NOW + timedelta(minutes=5),
    )  # fmt: skip
    words = details_of(status, source, NOW).plain
    assert "很长" * 200 in words
    assert "failed 1 time · since 2026-03-18 14:30" in words
    assert "last success 2026-03-17 14:30" in words
    assert "155/1686" in words
