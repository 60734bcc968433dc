"""config.toml changes under the open dashboard: sources and views follow, a fault is told and nothing is lost."""

import asyncio
import threading
from pathlib import Path

import pytest

from feeds import config
from feeds.config.watching import ConfigWatch
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


async def test_what_is_read_while_the_reader_changes_the_file_is_too_old(
    archive_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feeds.config.watching.LOOK", 0.02)
    looks, look = 0, ConfigWatch.look
    changed = threading.Event()

    def look_slowly(watch: ConfigWatch) -> config.Config | None:
        nonlocal looks
        looks += 1
        found = look(watch)
        if found is not None and not changed.is_set():
            changed.wait(10)
        return found

    monkeypatch.setattr(ConfigWatch, "look", look_slowly)
    path = archive_path / "config.toml"
    async with dashboard_of(archive_path) as (app, pilot):
        path.write_text(TEXT, "utf-8")
        await until(pilot, lambda: looks > 0, "a look")
        await asyncio.sleep(0.1)
        path.write_text(TEXT.replace("改后", "里面改的"), "utf-8")
        app.main_screen.context.config = config.load(path)
        seen = {view.name for view in app.main_screen.context.config.views}
        changed.set()
        for _ in range(30):
            await pilot.pause(0.02)
            seen |= {view.name for view in app.main_screen.context.config.views}
        assert seen == {"里面改的"}
        assert [one.name for one in app.main_screen.status.sources] == ["部网", "旧网"]
