"""What the turns of several sources want stored, gathered for a moment so that each day's file is written once for all.

Feeds that are asked together tell of the same days. Fifty turns that stored by themselves would write each of those
days' files fifty times, and that was most of what a refresh took.
"""

import asyncio
from collections.abc import Sequence
from itertools import chain, islice

from feeds.archive import Archive, Stored
from feeds.errors import ArchiveError
from feeds.model import Article

PAUSE = 0.02  # seconds that the first of a gathering waits for others
ENOUGH = 400  # articles that are stored without waiting


class Gathering:
    """Stores for many turns at once. Who hands in articles waits until they are on disk."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._waiting: list[tuple[Sequence[Article], asyncio.Future[list[Stored]]]] = []
        self._timer: asyncio.TimerHandle | None = None

    async def store(self, articles: Sequence[Article]) -> list[Stored]:
        """Keep articles; all are on disk when this returns, in the order given. ArchiveError when they cannot be."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[list[Stored]] = loop.create_future()
        self._waiting.append((articles, future))
        if sum(len(batch) for batch, _ in self._waiting) >= ENOUGH:
            self._store_all()
        elif self._timer is None:
            self._timer = loop.call_later(PAUSE, self._store_all)
        return await future

    def _store_all(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        waiting = [(batch, future) for batch, future in self._waiting if not future.done()]
        self._waiting = []
        try:
            stored = iter(self._archive.store_many(chain.from_iterable(batch for batch, _ in waiting)))
        except OSError as error:
            fault = ArchiveError("the archive cannot be written: {reason}", reason=str(error.strerror))
            _fail(waiting, fault)
        except ArchiveError as fault:
            _fail(waiting, fault)
        else:
            for batch, future in waiting:
                future.set_result(list(islice(stored, len(batch))))


def _fail(waiting: Sequence[tuple[Sequence[Article], "asyncio.Future[list[Stored]]"]], fault: ArchiveError) -> None:
    for _, future in waiting:
        future.set_exception(fault)
