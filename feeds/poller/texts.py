"""Entries to articles, in order: pages are fetched a few ahead, and the workers read them.

A page that does not load is a value beside its entry. A host whose pages fail one after another gets no more requests
in this poll. Its articles wait together, and the poll ends.
"""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby, islice
from urllib.parse import urlsplit

from msgspec import Struct

from feeds.bugs import fault_of_bug
from feeds.errors import BadAddress, BadStatus, FetchError, WallMet
from feeds.fetch import Fetcher
from feeds.kinds import address_of
from feeds.model import Entry, Instead, Page, Source
from feeds.pages import needs_page
from feeds.workers.pool import WorkerPool
from feeds.workers.tasks import TextTask, WorkerAnswer

AHEAD = 4  # rows that are fetched and read ahead
ROW = 15  # entries with a text in the feed that form one row
_MOST_FAILURES = 3  # of one host in a row; then it gets no more requests


class ReadEntry(Struct, frozen=True):
    """An entry that was read: the worker's answer, and the error if its page did not load."""

    entry: Entry
    answer: WorkerAnswer
    page_error: FetchError | None = None


class TextReader:
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
        self._rest = _rows(entries, page=source.page)
        self._fetcher = fetcher
        self._workers = workers
        self._clock = clock
        self._ahead: deque[asyncio.Task[list[ReadEntry]]] = deque()
        self._failures: Counter[str] = Counter()  # in a row, by host
        self._last_error: dict[str, FetchError] = {}  # by host

    @property
    def ready(self) -> bool:
        """Whether the next row is read already."""
        return bool(self._ahead) and self._ahead[0].done()

    async def rows(self) -> AsyncGenerator[list[ReadEntry], None]:
        """Read the entries, a row at a time. Close the generator (`aclosing`), so that no task stays alive."""
        try:
            self._start_ahead()
            while self._ahead:
                row = await self._ahead[0]
                self._ahead.popleft()
                self._start_ahead()
                yield row
        finally:
            for task in self._ahead:
                task.cancel()
            await asyncio.gather(*self._ahead, return_exceptions=True)

    def _start_ahead(self) -> None:
        while len(self._ahead) < AHEAD and (row := next(self._rest, None)):
            self._ahead.append(asyncio.create_task(self._read_row(row)))

    async def _read_row(self, row: Sequence[Entry]) -> list[ReadEntry]:
        """Read a row: entries that need no page, or one entry that does."""
        setting = self._source.page
        pages = [await self._fetch_page(entry) if needs_page(entry, page=setting) else None for entry in row]
        answers = await self._workers.read([self._task_of(entry, page) for entry, page in zip(row, pages, strict=True)])
        for entry, page, answer in zip(row, pages, answers, strict=True):
            if isinstance(page, Page):
                self._count_wall(entry, answer)
        return [
            ReadEntry(entry, answer, page if isinstance(page, FetchError) else None)
            for entry, page, answer in zip(row, pages, answers, strict=True)
        ]

    def _task_of(self, entry: Entry, page: Page | FetchError | None) -> TextTask:
        """The task for an entry. A file is not passed to the worker; the task has only its kind."""
        seen, filed, setting = self._clock(), self._source.category, self._source.page
        if not isinstance(page, Page):
            return TextTask(entry, None, seen, filed, has_page=setting)
        from feeds.answers.media import medium_of  # the first requests need none of it

        instead = medium_of(page)
        return TextTask(entry, None if instead else page, seen, filed, instead, setting)

    def _count_wall(self, entry: Entry, answer: WorkerAnswer) -> None:
        """Count a wall as a failure of its host."""
        host = urlsplit(entry.url).hostname or ""
        instead = answer.article.instead if answer.article else None
        if instead and is_wall(instead):
            self._last_error[host] = wall_error(entry)
            self._failures[host] += 1
        else:
            self._failures[host] = 0

    async def _fetch_page(self, entry: Entry) -> Page | FetchError:
        try:
            host = urlsplit(entry.url).hostname or ""
            if self._failures[host] >= _MOST_FAILURES:
                return self._last_error[host]
            page = await self._fetcher.get(
                entry.url, linked_from=address_of(self._source), settings=self._source.request
            )
        except FetchError as error:
            if not is_final(error):
                self._last_error[host] = error
                self._failures[host] += _MOST_FAILURES if isinstance(error, BadStatus) and error.status == 429 else 1
            return error
        except Exception as bug:  # noqa: BLE001 -- a bug in one page must not stop the others
            fault = fault_of_bug(bug)
            return FetchError.of(fault)
        return page


def _rows(entries: Iterable[Entry], *, page: bool | None) -> Iterator[list[Entry]]:
    """The entries in their order. An entry that needs a page is a row of its own. `page` is the source's setting."""
    for alone, group in groupby(entries, lambda entry: needs_page(entry, page=page)):
        while row := list(islice(group, 1 if alone else ROW)):
            yield row


def is_wall(instead: Instead) -> bool:
    """Whether the page asks the reader for something or shows an error. Other pages show that the host works."""
    return instead.kind in ("check", "login", "cookies", "error")


def wall_error(entry: Entry) -> WallMet:
    """The error for a page that is a wall."""
    return WallMet("{host} shows a page that is not the article", host=urlsplit(entry.url).hostname or "")


def is_final(error: FetchError) -> bool:
    """Whether another request would fail too: the page is gone, or we do not follow its address."""
    return isinstance(error, BadAddress) or (isinstance(error, BadStatus) and error.status in (404, 410, 451))
