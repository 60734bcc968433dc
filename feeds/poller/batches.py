"""Batches: the articles of several polls are stored together, so that each day's file is written once for all.

Feeds that are polled together list articles of the same days. Fifty polls that store separately write each of those
days' files fifty times. That was most of the time of a refresh.
"""

import asyncio
from collections.abc import Callable, Sequence
from itertools import chain, islice

from feeds.archive import Stored, WritingEngine
from feeds.archive.writer import mark_edited_unread
from feeds.bugs import fault_of_bug
from feeds.errors import ArchiveError
from feeds.model import Article, Fault

Waiting = Sequence[tuple[Sequence[Article], "asyncio.Future[list[Stored]]"]]
"""The articles of each poll that wait to be stored, and the future that its poll awaits."""

PAUSE = 0.02  # seconds that the first articles of a batch wait for others
PATIENCE = 0.5  # seconds that they wait while workers are still reading
ENOUGH = 800  # articles that are stored without waiting
FEW = 50  # articles whose texts enter the search index as they are stored


class BatchStore:
    """Stores articles of many polls together. A caller waits until its articles are on disk.

    `busy` says whether workers are reading at this moment. If they are, or if the batch is large, its texts enter the
    search index later. `postponed` is set while such work remains. With `unread_when_changed` an edited article is
    unread again.
    """

    def __init__(self, archive: WritingEngine, busy: Callable[[], bool], *, unread_when_changed: bool = False) -> None:
        self._archive = archive
        self._busy = busy
        self._unread_when_changed = unread_when_changed
        self._waiting: list[tuple[Sequence[Article], asyncio.Future[list[Stored]]]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._since = 0.0
        self.postponed = asyncio.Event()
        self.postponed.set()  # an earlier run may have left work

    async def store(self, articles: Sequence[Article]) -> list[Stored]:
        """Store articles in their order. They are on disk when this returns. Raises ArchiveError."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[list[Stored]] = loop.create_future()
        self._waiting.append((articles, future))
        if sum(len(batch) for batch, _ in self._waiting) >= ENOUGH:
            self._store_all()
        elif self._timer is None:
            self._since = loop.time()
            self._timer = loop.call_later(PAUSE, self._store_unless_busy)
        stored = await future
        if self._unread_when_changed:
            mark_edited_unread(self._archive, stored)
        return stored

    def _store_unless_busy(self) -> None:
        loop = asyncio.get_running_loop()
        if self._busy() and loop.time() - self._since < PATIENCE:
            self._timer = loop.call_later(PAUSE, self._store_unless_busy)
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
            self.postponed.set()
        try:
            stored = iter(self._archive.store_many(articles, search_later=later))
        except OSError as error:
            fault = ArchiveError("the archive cannot be written: {reason}", reason=str(error.strerror))
            _fail(waiting, fault)
        except ArchiveError as fault:
            _fail(waiting, fault)
        except Exception as bug:  # noqa: BLE001 -- a bug over one article must not cost the others
            self._store_each(waiting, fault_of_bug(bug), later=later)
        else:
            for batch, future in waiting:
                future.set_result(list(islice(stored, len(batch))))

    def _store_each(self, waiting: Waiting, fault: Fault, *, later: bool) -> None:
        """Store the articles of a batch one by one, after a bug over one of them stopped the batch with `fault`."""
        is_one = sum(len(batch) for batch, _ in waiting) == 1
        for batch, future in waiting:
            try:
                future.set_result(
                    [
                        Stored(article.id, "refused", fault) if is_one else self._store_alone(article, later=later)
                        for article in batch
                    ]
                )
            except OSError as error:
                reason = str(error.strerror)
                future.set_exception(ArchiveError("the archive cannot be written: {reason}", reason=reason))
            except ArchiveError as error:
                future.set_exception(error)

    def _store_alone(self, article: Article, *, later: bool) -> Stored:
        """Store one article. If a bug prevents that, it is refused, and its fault says why."""
        try:
            (stored,) = self._archive.store_many([article], search_later=later)
            # The batch may have stored it before it was stopped.
            is_new = stored.outcome == "same" and self._archive.get(stored.id).seen == article.seen
        except (OSError, ArchiveError):
            raise
        except Exception as bug:  # noqa: BLE001 -- a bug over one article must not cost the others
            return Stored(article.id, "refused", fault_of_bug(bug))
        return Stored(stored.id, "new") if is_new else stored


def _fail(waiting: Waiting, fault: Exception) -> None:
    for _, future in waiting:
        future.set_exception(fault)
