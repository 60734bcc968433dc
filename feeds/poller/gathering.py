"""What the turns of several sources want stored, gathered for a moment so that each day's file is written once for all.

Feeds that are asked together tell of the same days. Fifty turns that stored by themselves would write each of those
days' files fifty times, and that was most of what a refresh took.
"""

import asyncio
from collections.abc import Callable, Sequence
from itertools import chain, islice

from feeds.archive import Archive, Stored
from feeds.errors import ArchiveError
from feeds.model import Article

PAUSE = 0.02  # seconds that the first of a gathering waits for others
PATIENCE = 0.5  # seconds that it waits while others are still being read
ENOUGH = 800  # articles that are stored without waiting
FEW = 50  # articles whose texts are taken into the search as they are stored


class Gathering:
    """Stores for many turns at once. Who hands in articles waits until they are on disk.

    `busy` says whether more are being read at this moment. While they are, or when there are many, taking the texts
    into the search is left for later; then `left` is set.
    """

    def __init__(self, archive: Archive, busy: Callable[[], bool]) -> None:
        self._archive = archive
        self._busy = busy
        self._waiting: list[tuple[Sequence[Article], asyncio.Future[list[Stored]]]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._since = 0.0
        self.left = asyncio.Event()
        self.left.set()  # by a run before

    async def store(self, articles: Sequence[Article]) -> list[Stored]:
        """Keep articles; all are on disk when this returns, in the order given. ArchiveError when they cannot be."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[list[Stored]] = loop.create_future()
        self._waiting.append((articles, future))
        if sum(len(batch) for batch, _ in self._waiting) >= ENOUGH:
            self._store_all()
        elif self._timer is None:
            self._since = loop.time()
            self._timer = loop.call_later(PAUSE, self._look)
        return await future

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        if self._busy() and loop.time() - self._since < PATIENCE:
            self._timer = loop.call_later(PAUSE, self._look)
        else:
            self._store_all()

    def _store_all(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        waiting = [(batch, future) for batch, future in self._waiting if not future.done()]
        self._waiting = []
        articles = list(chain.from_iterable(batch for batch, _ in waiting))
        later = self._busy() or len(articles) > FEW
        if later:
            self.left.set()
        try:
            stored = iter(self._archive.store_many(articles, search_later=later))
        except OSError as error:
            fault = ArchiveError("the archive cannot be written: {reason}", reason=str(error.strerror))
            _fail(waiting, fault)
        except ArchiveError as fault:
            _fail(waiting, fault)
        except Exception as bug:
            _fail(waiting, bug)  # or they would wait for ever
            raise
        else:
            for batch, future in waiting:
                future.set_result(list(islice(stored, len(batch))))


def _fail(waiting: Sequence[tuple[Sequence[Article], "asyncio.Future[list[Stored]]"]], fault: Exception) -> None:
    for _, future in waiting:
        future.set_exception(fault)
