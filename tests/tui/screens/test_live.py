"""The whole: the dashboard, the real poller as its child, and the embedded Sina over real HTTP."""

import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from textual.pilot import Pilot

from feeds.archive import Archive
from feeds.config import load
from feeds.demo import DemoServer, demo_config
from feeds.model import BEIJING
from tests.tui.sample import screen_text, until
from tui.app import DashboardApp
from tui.polling import Polling
from tui.polling.process import Backoff
from tui.widgets.article_list import ArticleList
from tui.widgets.reader import Reader


@asynccontextmanager
async def live(folder: Path, interval: int = 1) -> AsyncIterator[tuple[DemoServer, DashboardApp, Pilot[None]]]:
    """A server, a dashboard and a poller between them."""
    async with DemoServer(start=datetime(2026, 3, 18, 9, tzinfo=BEIJING)) as server:
        path, archive = folder / "config.toml", folder / "archive"
        path.write_text(demo_config(server.url, archive, interval=interval), encoding="utf-8")
        polling = Polling(path, archive, backoff=Backoff(first=0.05, locked=0.2))
        app = DashboardApp(load(path), archive, polling, now=server.now)
        async with app.run_test(size=(180, 40), notifications=True) as pilot:
            yield server, app, pilot


def total(app: DashboardApp) -> int:
    return app.main_screen.query_one(ArticleList).position[1]


async def all_answered(app: DashboardApp, pilot: Pilot[None]) -> None:
    await until(pilot, lambda: app.main_screen.status.state == "running", "a running poller")
    await until(
        pilot, lambda: all(source.due for source in app.main_screen.status.sources), "an answer of every source"
    )


async def test_articles_come_are_read_and_structured(tmp_path: Path) -> None:
    async with live(tmp_path) as (server, app, pilot):
        await all_answered(app, pilot)
        await until(pilot, lambda: total(app) >= len({story.title for story in server.stories()}), "the articles")
        assert app.archive.listing(app.main_screen.filtering.query_of("has:plan")).total > 0
        assert "国内滚动" in screen_text(app).splitlines()[-2]
        await pilot.press("enter")
        await until(pilot, lambda: app.main_screen.query_one(Reader).article, "an article")


async def test_a_new_article_arrives_while_one_reads(tmp_path: Path) -> None:
    async with live(tmp_path) as (server, app, pilot):
        await all_answered(app, pilot)
        await pilot.press("j", "j", "enter")
        await until(pilot, lambda: app.main_screen.query_one(Reader).article, "an article")
        reading, before = app.main_screen.query_one(Reader).article, total(app)
        title = server.publish_next().title
        await until(pilot, lambda: total(app) > before, "the new one")
        assert app.main_screen.query_one(Reader).article is reading
        assert reading is not None
        assert app.main_screen.state.selected_id == reading.id
        found = app.archive.listing(None).window(0, total(app))
        assert title in {row.title for row in found}


async def test_r_asks_every_source_at_once(tmp_path: Path) -> None:
    async with live(tmp_path, interval=3600) as (server, app, pilot):
        await all_answered(app, pilot)
        before = total(app)
        server.publish_next()
        await pilot.press("R")
        await until(pilot, lambda: total(app) > before, "the new one")


async def test_a_source_that_fails_is_told_in_words_and_the_others_go_on(tmp_path: Path) -> None:
    async with live(tmp_path) as (server, app, pilot):
        server.faults["152"] = "down"
        await until(pilot, lambda: app.main_screen.status.source("7x24").fault, "the failure")
        await until(pilot, lambda: "✗ 7x24" in screen_text(app), "the words")
        await all_answered(app, pilot)
        assert [source.name for source in app.main_screen.status.failing] == ["7x24"]


async def test_a_poller_that_is_killed_is_started_again(tmp_path: Path) -> None:
    async with live(tmp_path) as (server, app, pilot):
        await all_answered(app, pilot)
        polling = app.poller.polling
        assert polling is not None
        first = polling.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        await until(pilot, lambda: polling.pid not in {None, first}, "another child")
        await until(pilot, lambda: app.main_screen.status.state == "running", "a running poller")
        before = total(app)
        server.publish_next()
        await until(pilot, lambda: total(app) > before, "an article by the new poller")


async def test_a_second_dashboard_reads_only_and_polls_once_the_first_is_gone(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive", write=True):
        async with live(tmp_path) as (_server, app, pilot):
            await until(pilot, lambda: app.main_screen.status.state == "reading-only", "the lock")
            await until(pilot, lambda: "another zhengwen polls" in screen_text(app), "the words")
    async with live(tmp_path) as (_server, app, pilot):
        await all_answered(app, pilot)


async def test_no_poller_outlives_the_dashboard(tmp_path: Path) -> None:
    async with live(tmp_path) as (_server, app, pilot):
        await all_answered(app, pilot)
        assert app.poller.polling
        pid = app.poller.polling.pid
        assert pid
    with Archive.open(tmp_path / "archive", write=True) as archive:
        assert archive.listing(None).total > 0


async def test_marks_reach_the_archives_files(tmp_path: Path) -> None:
    async with live(tmp_path) as (_server, app, pilot):
        await all_answered(app, pilot)
        await pilot.press("enter")
        await until(pilot, lambda: app.main_screen.query_one(Reader).article, "an article")
        article = app.main_screen.query_one(Reader).article
        assert article is not None
        assert app.poller.polling is not None
        await app.poller.polling.fold_flags()
    folder = tmp_path / "archive"
    for index in folder.glob("index.sqlite*"):
        index.unlink()
    with Archive.open(folder) as archive:
        assert archive.flags(article.id).read
