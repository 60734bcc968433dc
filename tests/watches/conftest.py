from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from feeds.archive import Archive, Stored
from feeds.config import Config, NotifySettings, View
from feeds.events import ArticlesTold, PollEvent
from feeds.model import Article, Block, FetchLimits, Goal, Plan, Span
from feeds.watches import Watcher
from tests.archive.corpus import article

NOON = datetime(2026, 11, 3, 4, 0, tzinfo=UTC)


class WatchedArchive:
    """An archive with watches, without a poller."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = NOON
        self.events: list[PollEvent] = []
        self.views: tuple[View, ...] = (View(name="全部", query="", notify=True),)
        self.settings = NotifySettings()
        self.archive = Archive.open(folder, write=True)
        self.watcher = Watcher(self.archive, self.config, lambda: self.now, self.events.append)

    @property
    def config(self) -> Config:
        return Config(
            path=self.folder / "config.toml", language="zh", theme="auto", archive=self.folder, ambiguous_width=1,
            fetch=FetchLimits(), sources=(), views=self.views, notify=self.settings,
        )  # fmt: skip

    def start(self) -> Watcher:
        """A watcher that knows only what the archive kept."""
        self.close_journal()
        return Watcher(self.archive, self.config, lambda: self.now, self.events.append)

    def close_journal(self) -> None:
        if self.watcher._journal:
            self.watcher._journal.close()

    def follow(self, *views: View, **settings: Any) -> None:
        self.views, self.settings = views, NotifySettings(**settings)
        self.watcher.configure(self.config)

    def store(self, *articles: Article) -> list[Stored]:
        noted = self.watcher.note(articles)
        stored = self.archive.store_many(articles)
        self.watcher.take(noted, stored)
        return stored

    def article(self, number: int, title: str = "", text: str = "", due: str = "") -> Article:
        made = structs.replace(article(number), seen=self.now)
        if title:
            made = structs.replace(made, title=title)
        if text:
            goals = (Goal(due, text, Span(0, 0, len(text))),) if due else ()
            made = structs.replace(made, blocks=(Block(text),), plan=Plan(goals=goals))
        return made

    async def told(self) -> list[tuple[tuple[str, ...], int, tuple[str, ...]]]:
        """The tellings since the last call: watches, number of articles, titles."""
        await self.watcher._step()
        found = [(one.watches, one.count, one.titles) for one in self.events if isinstance(one, ArticlesTold)]
        self.events.clear()
        self.now += timedelta(minutes=2)
        return found


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[WatchedArchive]:
    made = WatchedArchive(tmp_path / "archive")
    yield made
    made.close_journal()
    made.archive.close()
