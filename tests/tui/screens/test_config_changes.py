"""config.toml changes under the open dashboard: sources and views follow, a fault is told and nothing is lost."""

from pathlib import Path

import pytest

from feeds import config
from tests.tui.sample import dashboard_of, screen_text, until

TEXT = """
[[source]]
name = "部网"
kind = "rss"
url = "https://a.example.cn/rss"

[[source]]
name = "旧网"
kind = "rss"
url = "https://b.example.cn/rss"
paused = true

[[view]]
name = "改后"
query = "is:starred"
"""


async def test_a_change_is_taken_over_and_a_fault_is_told(archive_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.config.watching.LOOK", 0.02)
    path = archive_path / "config.toml"
    async with dashboard_of(archive_path) as (app, pilot):
        path.write_text(TEXT, "utf-8")
        await until(pilot, lambda: [one.name for one in app.main_screen.status.sources] == ["部网", "旧网"], "sources")
        assert [one.paused for one in app.main_screen.status.sources] == [False, True]
        await pilot.press("asterisk")
        await until(pilot, lambda: "改后" in screen_text(app).splitlines()[0], "the view's name")
        path.write_text(TEXT.replace('"rss"', '"rrs"'), "utf-8")
        await until(pilot, lambda: "source[1].kind" in screen_text(app), "the fault")
        assert len(app.main_screen.status.sources) == 2
        path.write_text(TEXT.replace("改后", "又改"), "utf-8")
        await until(pilot, lambda: "又改" in screen_text(app).splitlines()[0], "the view's new name")
    assert config.load(path).views[0].name == "又改"
