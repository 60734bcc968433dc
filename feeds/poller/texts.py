"""Entries to articles: what their text needs is fetched, a few ahead of the reading, and read by the workers, in order.

A page that does not load is a value beside its entry. A host whose pages fail one after another is left alone for the
rest of the turn: its articles wait together, and the turn ends.
"""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby, islice
from urllib.parse import urlsplit

from msgspec import Struct

from feeds.addresses import address_of, needs_page
from feeds.answers.media import medium_of
from feeds.bugs import fault_of_bug
from feeds.errors import BadAddress, BadStatus, FetchError, WallMet
from feeds.fetch import Fetcher
from feeds.model import Entry, Instead, Page, Source
from feeds.workers.pool import WorkerPool
from feeds.workers.tasks import Answer, Text

AHEAD = 4
ROW = 15  # entries whose text came with the feed that are read in one go
_ENOUGH = 3  # failures in a row of one host


class Told(Struct, frozen=True):
    """An entry read: the worker's answer, and what kept its page from coming."""

    entry: Entry
    answer: Answer
    unfetched: FetchError | None = None


class Texts:
    """The articles of a source's entries, one row after another."""

    def __init__(
        self,
        source: Source,
        entries: Sequence[Entry],
        fetcher: Fetcher,
        workers: WorkerPool,
        clock: Callable[[], datetime],
    ) -> None:
        self._source = source
        self._rest = _rows(entries)
        self._fetcher = fetcher
        self._workers = workers
        self._clock = clock
        self._ahead: deque[asyncio.Task[list[Told]]] = deque()
        self._refused: Counter[str] = Counter()
        self._last: dict[str, FetchError] = {}

    @property
    def ready(self) -> bool:
        """Whether the next row is there already, so that nobody would have to wait for it."""
        return bool(self._ahead) and self._ahead[0].done()

    async def rows(self) -> AsyncGenerator[list[Told], None]:
        """What is read, a row at a time. Close it (`aclosing`), so that nothing stays in flight."""
        try:
            self._look_ahead()
            while self._ahead:
                told = await self._ahead[0]
                self._ahead.popleft()
                self._look_ahead()
                yield told
        finally:
            for task in self._ahead:
                task.cancel()
            await asyncio.gather(*self._ahead, return_exceptions=True)

    def _look_ahead(self) -> None:
        while len(self._ahead) < AHEAD and (row := next(self._rest, None)):
            self._ahead.append(asyncio.create_task(self._told(row)))

    async def _told(self, row: Sequence[Entry]) -> list[Told]:
        """A row read: entries that need no page, or one that does."""
        pages = [await self._page_of(entry) if needs_page(entry) else None for entry in row]
        answers = await self._workers.read([self._task(entry, page) for entry, page in zip(row, pages, strict=True)])
        for entry, page, answer in zip(row, pages, answers, strict=True):
            if isinstance(page, Page):
                self._count_wall(entry, answer)
        return [
            Told(entry, answer, page if isinstance(page, FetchError) else None)
            for entry, page, answer in zip(row, pages, answers, strict=True)
        ]

    def _task(self, entry: Entry, page: Page | FetchError | None) -> Text:
        """The task for an entry; a file that is no page is told by what it is and not handed over."""
        seen, filed = self._clock(), self._source.category
        if not isinstance(page, Page):
            return Text(entry, None, seen, filed)
        instead = medium_of(page)
        return Text(entry, None if instead else page, seen, filed, instead)

    def _count_wall(self, entry: Entry, answer: Answer) -> None:
        """Leave a host alone that answers with walls, like one that fails."""
        host = urlsplit(entry.url).hostname or ""
        instead = answer.article.instead if answer.article else None
        if instead and is_wall(instead):
            self._last[host] = wall_met(entry)
            self._refused[host] += 1
        else:
            self._refused[host] = 0

    async def _page_of(self, entry: Entry) -> Page | FetchError:
        try:
            host = urlsplit(entry.url).hostname or ""
            if self._refused[host] >= _ENOUGH:
                return self._last[host]
            page = await self._fetcher.get(entry.url, linked_from=address_of(self._source))
        except FetchError as error:
            if not is_final(error):
                self._last[host] = error
                self._refused[host] += _ENOUGH if isinstance(error, BadStatus) and error.status == 429 else 1
            return error
        except Exception as bug:  # noqa: BLE001 -- whatever one page does to us, the others are fetched
            fault = fault_of_bug(bug)
            return FetchError(fault.template, **fault.values)
        return page


def _rows(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """The entries in their order, one that needs a page by itself."""
    for alone, group in groupby(entries, needs_page):
        while row := list(islice(group, 1 if alone else ROW)):
            yield row


def is_wall(instead: Instead) -> bool:
    """Whether the page asks for something or fails; of the others the host answers."""
    return instead.kind in ("check", "login", "cookies", "error")


def wall_met(entry: Entry) -> WallMet:
    """What is said of a page that is a wall."""
    return WallMet("{host} shows a page that is not the article", host=urlsplit(entry.url).hostname or "")


def is_final(error: FetchError) -> bool:
    """Whether asking again will bring the same: the page is gone, or its address is none we follow."""
    return isinstance(error, BadAddress) or (isinstance(error, BadStatus) and error.status in (404, 410, 451))
