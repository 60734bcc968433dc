"""A small Sina for the poller: a test sets its rows, pages and faults."""

import atexit
import json
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from feeds.archive import Archive
from feeds.config import Config
from feeds.config.values import MarkRule
from feeds.events import ArticleSetAside, ArticleStored, PollEvent, SourceAnswered
from feeds.fetch import Fetcher
from feeds.model import FetchLimits, Source
from feeds.poller import Poller
from feeds.workers.pool import WorkerPool

HOST = "https://finance.example.cn"
NOW = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)


class Site:
    """Lists `channels` (lid → titles' numbers, newest first) a few rows a page, and serves each article's page."""

    def __init__(self) -> None:
        self.channels: dict[str, list[int]] = {}
        self.rows_a_page = 50
        self.etag = ""
        self.updated: dict[int, datetime] = {}
        self.texts: dict[int, str] = {}
        self.answers: dict[str, httpx.Response | Exception] = {}  # by path and query, in place of the right one
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        path = request.url.raw_path.decode()
        wrong = next((answer for part, answer in self.answers.items() if part in path), None)
        if isinstance(wrong, Exception):
            raise wrong
        if wrong:
            return httpx.Response(wrong.status_code, headers=wrong.headers, stream=wrong.stream)
        if request.url.path == "/roll":
            return self.roll(dict(request.url.params))
        return reply(self.page(int(request.url.path.rsplit("-", 1)[-1].removesuffix(".html"))))

    @property
    def paths(self) -> list[str]:
        return [request.url.raw_path.decode() for request in self.asked]

    @property
    def pages_asked(self) -> list[str]:
        return [path for path in self.paths if path.startswith("/china/")]

    def url(self, number: int) -> str:
        return f"{HOST}/china/article-{number}.html"

    def page(self, number: int) -> str:
        text = self.texts.get(number, f"国家发展改革委印发第{number}号方案，提出四项措施。")
        return (
            f'<html><head><meta charset="utf-8"><title>{self.title(number)}</title></head><body>'
            f'<h1 class="main-title">{self.title(number)}</h1><div class="article" id="artibody">'
            f"<p>　　{text}</p><p>　　各地要抓好落实，重要情况及时报告。</p></div></body></html>"
        )

    def title(self, number: int) -> str:
        return f"第{number}号方案印发"

    def roll(self, fields: dict[str, str]) -> httpx.Response:
        start = (int(fields["page"]) - 1) * self.rows_a_page
        numbers = self.channels[fields["lid"]][start : start + self.rows_a_page]
        rows = [
            {
                "docid": f"comos:plan{number:07}",
                "url": self.url(number),
                "title": self.title(number),
                "intro": f"第{number}号方案的提要",
                "intime": str(int((NOW - timedelta(hours=100 - number)).timestamp())),
                "ctime": str(int((NOW - timedelta(hours=100 - number)).timestamp())),
                "mtime": str(int(self.updated.get(number, NOW - timedelta(hours=100 - number)).timestamp())),
            }
            for number in numbers
        ]
        return reply(
            json.dumps({"result": {"status": {"code": 0, "msg": "succ"}, "total": 9, "data": rows}}), ETag=self.etag
        )


def reply(text: str = "", status: int = 200, **headers: str) -> httpx.Response:
    content = text.encode()
    return httpx.Response(status, headers={"Content-Type": "text/html", **headers}, stream=httpx.ByteStream(content))


@cache
def common_workers() -> WorkerPool:
    """One process that reads for all tests."""
    workers = WorkerPool(most=1)
    atexit.register(workers.__exit__, None, None, None)
    return workers


class Bench:
    """A poller's surroundings that outlive it: site, archive folder and clock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.site = Site()
        self.now = NOW
        self.workers = common_workers()
        self.sources: tuple[Source, ...] = (self.roll("部委动态", "1689"),)
        self.rules: tuple[MarkRule, ...] = ()

    def roll(self, name: str, lid: str, **more: int) -> Source:
        fields: dict[str, Any] = {"interval": 300, "pages": 3, **more}
        path = ("金融", name)
        return Source(name=name, kind="roll", url=f"{HOST}/roll", channel=f"155/{lid}", category=path, **fields)

    @property
    def config(self) -> Config:
        return Config(
            path=self.folder / "config.toml",
            language="zh",
            theme="auto",
            archive=self.folder,
            ambiguous_width=1,
            fetch=FetchLimits(pause=0.0, retries=0, deadline=5.0),
            sources=self.sources,
            rules=self.rules,
        )

    async def poll(self, *, stop_at: type[PollEvent] | None = None) -> list[PollEvent]:
        """One poll of every source, by a poller that knows only what the archive kept. Time then goes on a bit."""
        events = []
        with Archive.open(self.folder, write=True) as archive:
            async with Fetcher(self.config.fetch, transport=httpx.MockTransport(self.site)) as fetcher:
                poller = Poller(self.config, archive, fetcher, self.workers, clock=lambda: self.now, chance=lambda: 0.0)
                async for event in poller.run(once=True):
                    events.append(event)
                    if stop_at and isinstance(event, stop_at):
                        poller.stop()
        self.now += timedelta(seconds=1)
        return events

    def archive(self) -> Archive:
        return Archive.open(self.folder)

    def titles(self) -> set[str]:
        with self.archive() as archive:
            return {row.title for row in archive.listing().window(0, 1000)}


def answered(events: list[PollEvent], source: str = "部委动态") -> SourceAnswered:
    return next(event for event in events if isinstance(event, SourceAnswered) and event.source == source)


def stored(events: list[PollEvent]) -> list[ArticleStored]:
    return [event for event in events if isinstance(event, ArticleStored)]


def set_aside(events: list[PollEvent]) -> list[ArticleSetAside]:
    return [event for event in events if isinstance(event, ArticleSetAside)]
