"""Article pages for a row of entries: a few in flight ahead of the reading, in the entries' order.

A page that does not load is a value beside its entry. A host whose pages fail one after another is left alone for the
rest of the turn: its articles wait together, and the turn ends.
"""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncGenerator, Sequence
from urllib.parse import urlsplit

from feeds.errors import BadAddress, BadStatus, FetchError
from feeds.fetch import Fetcher
from feeds.identity import canonical_url
from feeds.model import Entry, Page

AHEAD = 4
_ENOUGH = 3  # failures in a row of one host

Answer = Page | FetchError | None


class Pages:
    """What `entries` need to be read, one after another; None where the feed carried the text or gave no address."""

    def __init__(self, fetcher: Fetcher, entries: Sequence[Entry], linked_from: str) -> None:
        self._fetcher = fetcher
        self._rest = iter(entries)
        self._linked_from = linked_from
        self._ahead: deque[tuple[Entry, asyncio.Task[Answer] | None]] = deque()
        self._refused: Counter[str] = Counter()
        self._last: dict[str, FetchError] = {}

    @property
    def ready(self) -> bool:
        """Whether the next answer is there already, so that nobody would have to wait for it."""
        return bool(self._ahead) and (self._ahead[0][1] is None or self._ahead[0][1].done())

    async def answers(self) -> AsyncGenerator[tuple[Entry, Answer], None]:
        """Each entry with its page. Close it (`aclosing`), so that nothing stays in flight."""
        try:
            self._look_ahead()
            while self._ahead:
                entry, task = self._ahead.popleft()
                answer = await task if task else None
                self._look_ahead()
                yield entry, answer
        finally:
            for _, task in self._ahead:
                if task:
                    task.cancel()

    def _look_ahead(self) -> None:
        while len(self._ahead) < AHEAD and (entry := next(self._rest, None)):
            self._ahead.append((entry, asyncio.create_task(self._answer(entry)) if needs_page(entry) else None))

    async def _answer(self, entry: Entry) -> Answer:
        host = urlsplit(entry.url).hostname or ""
        if self._refused[host] >= _ENOUGH:
            return self._last[host]
        try:
            page = await self._fetcher.get(entry.url, linked_from=self._linked_from)
        except FetchError as error:
            if not is_final(error):
                self._last[host] = error
                self._refused[host] += _ENOUGH if isinstance(error, BadStatus) and error.status == 429 else 1
            return error
        self._refused[host] = 0
        return page


def needs_page(entry: Entry) -> bool:
    """Whether the entry's text stands on its page and not in the feed."""
    return not entry.body and bool(canonical_url(entry.url))


def is_final(error: FetchError) -> bool:
    """Whether asking again will bring the same: the page is gone, or its address is none we follow."""
    return isinstance(error, BadAddress) or (isinstance(error, BadStatus) and error.status in (404, 410, 451))
