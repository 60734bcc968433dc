"""The sources screen changes config.toml: a source is paused, removed and brought back, its details are shown."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import Input

from feeds import config
from feeds.config import Candidate
from feeds.model import Fault, Source
from tests.tui.sample import NOW, dashboard_of, screen_text, until
from tui.polling.status import PollingStatus, SourceStatus
from tui.screens.dialogs import source_forms
from tui.screens.dialogs.name import NameScreen
from tui.screens.sources import SourcesScreen, details_of

TEXT = """# 我的来源
[[source]]
name = "部网"
kind = "rss"
url = "https://u:ge@heim@a.example.cn/rss"  # 要登录

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
        assert "heim" not in screen_text(app)
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


async def test_an_address_becomes_a_source_after_a_test_and_is_edited(
    archive_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive_path / "config.toml"
    path.write_text(TEXT, "utf-8")
    asked: list[str] = []

    async def find(address: str, _config: Path) -> list[Candidate] | str:
        asked.append(address)
        if "nothing" in address:
            return "it is no feed"
        feeds = [
            Candidate(Source(name="部网", kind="rss", url="https://c.example.cn/a"), 12, "海水淡化标准公布"),
            Candidate(Source(name="坏网", kind="rss", url="https://c.example.cn/b"), fault=Fault("it is empty")),
        ]
        return feeds if "two" in address else feeds[:1]

    monkeypatch.setattr(source_forms, "find_sources", find)
    async with dashboard_of(archive_path, sources=config.load(path).sources) as (app, pilot):
        await pilot.press("s")
        await until(pilot, lambda: "旧网" in screen_text(app), "rows")
        await pilot.press("a", *"nothing", "enter")
        await until(pilot, lambda: "it is no feed" in screen_text(app), "the reason")
        await pilot.press("a", *"two", "enter")
        await until(pilot, lambda: "it is empty" in screen_text(app), "both feeds")
        await pilot.press("enter")
        await until(pilot, lambda: "12 articles · newest: 海水淡化标准公布" in screen_text(app), "the test")
        assert app.screen.query_one(Input).value == "部网 2"  # the name is taken
        await pilot.press("enter")
        await until(pilot, lambda: "Category" in screen_text(app), "the category")
        await pilot.press(*"a/b", "enter")
        added = '\n[[source]]\nname = "部网 2"\nkind = "rss"\nurl = "https://c.example.cn/a"\ncategory = "a/b"\n'
        await until(pilot, lambda: path.read_text("utf-8") == TEXT + added, "the new entry")
        assert asked == ["nothing", "two"]
        await pilot.press("a", *"one", "enter")
        await until(pilot, lambda: isinstance(app.screen, NameScreen) and "12 articles" in screen_text(app), "the name")
        await pilot.press("escape", "e")  # left: nothing is added
        await until(pilot, lambda: isinstance(app.screen, NameScreen), "the name to edit")
        await pilot.press("x", "enter")
        await until(pilot, lambda: "https://a.example.cn/rss" in screen_text(app), "the address without its login")
        await pilot.press("enter")
        await until(pilot, lambda: "Category" in screen_text(app), "the category")
        await pilot.press("enter")
        await until(pilot, lambda: "Mute words" in screen_text(app), "the mute words")
        await pilot.press("a", "d", "comma", "b", "enter")
        login = "# 要登录\n"
        edited = (
            TEXT.replace('"部网"', '"部网x"').replace(login, f'{login}mute = ["ad", "b"]\ncategory = "部网"\n') + added
        )
        await until(
            pilot, lambda: path.read_text("utf-8") != TEXT + added and "部网x" in path.read_text("utf-8"), "the edit"
        )
        assert path.read_text("utf-8") == edited


async def test_a_folder_is_tested_in_a_process_and_what_fails_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(TEXT, "utf-8")
    posts = tmp_path / "简报"
    posts.mkdir()
    (posts / "1.md").write_text("---\ntitle: 渔港建设\ndate: 2026-03-01\n---\n\n正文。\n", "utf-8")
    found = await source_forms.find_sources(str(posts), tmp_path / "config.toml")
    assert isinstance(found, list)
    assert [(one.source.kind, one.articles, one.newest) for one in found] == [("posts", 1, "渔港建设")]
    said = await source_forms.find_sources("--none", tmp_path / "config.toml")
    assert isinstance(said, str)
    assert "\n" not in said


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


class EndlessProcess:
    """A child process that never answers. It ends when it is killed."""

    returncode: int | None = None

    async def communicate(self) -> tuple[bytes, bytes]:
        await asyncio.Event().wait()
        return b"", b""

    def kill(self) -> None:
        self.returncode = -9

    async def wait(self) -> None:
        assert self.returncode


async def test_the_test_of_an_address_leaves_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    processes: list[EndlessProcess] = []

    async def start(*_: object, **_named: object) -> EndlessProcess:
        processes.append(EndlessProcess())
        return processes[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", start)
    asking = asyncio.create_task(source_forms.find_sources("https://a.example.cn", tmp_path))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    monkeypatch.setattr(source_forms, "PATIENCE", 0.01)
    said = await source_forms.find_sources("https://a.example.cn", tmp_path)
    assert isinstance(said, str)
    assert "does not answer" in said
    assert [process.returncode for process in processes] == [-9, -9]


async def test_a_test_that_cannot_begin_is_told(archive_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(*_: object, **_named: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(asyncio, "create_subprocess_exec", refuse)
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, SourcesScreen), "the sources")
        await pilot.press("a", "b", "enter")
        await until(pilot, lambda: "Resource temporarily unavailable" in screen_text(app), "the reason")
