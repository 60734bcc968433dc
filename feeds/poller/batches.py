"""Batches: the articles of several polls are stored together, so that each day's file is written once for all.

Feeds that are polled together list articles of the same days. Fifty polls that store separately write each of those
days' files fifty times. That was most of the time of a refresh.
"""

import asyncio
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Protocol

from msgspec import Struct

from feeds.archive import Stored, WritingEngine
from feeds.archive.preparation.ready import ReadyArticle
from feeds.archive.writer import mark_edited_unread
from feeds.bugs import fault_of_bug
from feeds.errors import ArchiveError, reason_of
from feeds.model import Article, Fault
from feeds.query.rules import StoreRule

PAUSE = 0.02  # seconds that the first articles of a batch wait for others
PATIENCE = 0.5  # seconds that they wait while workers are still reading
ENOUGH = 800  # articles that are stored without waiting
QUIET = 0.3  # seconds without an article in which polls may go on; upkeep between two batches was a fifth of a refresh
FEW = 50  # articles whose texts enter the search index as they are stored


class ArrivedArticle(Struct, frozen=True):
    """An article to store, and the same made ready by the worker that read it, if nothing was changed since."""

    article: Article
    ready: ReadyArticle | None = None


class _Waiting(Struct, frozen=True):
    """The articles of one poll that wait to be stored, and the future that the poll awaits."""

    articles: Sequence[ArrivedArticle]
    stored: "asyncio.Future[list[Stored]]"


class StoreObserver(Protocol):
    """An object that is told before and after a batch is stored. The number that `note` gives comes back in `take`."""

    def note(self, articles: Sequence[Article], /) -> int | None:
        """Take note of articles that will be stored now."""

    def take(self, number: int | None, stored: Sequence[Stored], /) -> None:
        """Take the results. After a failure of the whole batch this is not called."""


class BatchStore:
    """Stores articles of many polls together. A caller waits until its articles are on disk.

    `busy` says whether workers are reading at this moment. If they are, if the batch is large, or if the work of such
    a batch still waits, its texts enter the search index later. `postponed` is set while such work remains. With
    `unread_when_changed` an edited article is unread again. `observer` is told of each batch. `rules` gives the rules
    that are in force for new articles.
    """

    def __init__(
        self,
        archive: WritingEngine,
        busy: Callable[[], bool],
        *,
        unread_when_changed: bool = False,
        observer: StoreObserver | None = None,
        rules: Callable[[], Sequence[StoreRule]] = tuple,
    ) -> None:
        self._observer = observer
        self._archive = archive
        self._rules = rules
        self._busy = busy
        self._unread_when_changed = unread_when_changed
        self._waiting: list[_Waiting] = []
        self._timer: asyncio.TimerHandle | None = None
        self._since = 0.0
        self._last_active = float("-inf")
        self.postponed = asyncio.Event()
        self.postponed.set()  # an earlier run may have left work
        self._has_left_work = False  # whether this run did

    @property
    def is_quiet(self) -> bool:
        """Whether no article is read or waits to be stored, and `note_activity` saw none just now."""
        return not self._is_active and asyncio.get_running_loop().time() - self._last_active > QUIET

    @property
    def _is_active(self) -> bool:
        return self._busy() or bool(self._waiting)

    def note_activity(self) -> None:
        """Note the moment if an article is read or waits to be stored. Who asks for quiet calls this each time."""
        if self._is_active:
            self._last_active = asyncio.get_running_loop().time()

    async def store(self, articles: Sequence[ArrivedArticle]) -> list[Stored]:
        """Store articles in their order. They are on disk when this returns. Raises ArchiveError."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[list[Stored]] = loop.create_future()
        self._waiting.append(_Waiting(articles, future))
        if sum(len(poll.articles) for poll in self._waiting) >= ENOUGH:
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
        waiting = [poll for poll in self._waiting if not poll.stored.done()]
        self._waiting = []
        arrived = [one for poll in waiting for one in poll.articles]
        # A small batch would do a step of what large ones left, and all polls would wait for it: in 4 of 15
        # refreshes of 2,500 articles the poller took 2.5 – 3.4 s of CPU time until the last was on disk, 1.4 s without.
        is_behind = self._has_left_work and self.postponed.is_set()
        later = self._busy() or len(arrived) > FEW or is_behind
        if later:
            self._has_left_work = True
            self.postponed.set()
        articles, ready = [one.article for one in arrived], [one.ready for one in arrived]
        noted = self._observer.note(articles) if self._observer else None
        try:
            stored = self._archive.store_many(articles, search_later=later, ready=ready, rules=self._rules())
        except OSError as error:
            _fail(waiting, _writing_error(error))
        except ArchiveError as fault:
            _fail(waiting, fault)
        except Exception as bug:  # noqa: BLE001 -- a bug over one article must not cost the others
            self._store_each(waiting, fault_of_bug(bug), later=later)
        else:
            if self._observer:
                self._observer.take(noted, stored)
            results = iter(stored)
            for poll in waiting:
                poll.stored.set_result(list(islice(results, len(poll.articles))))
        self._last_active = asyncio.get_running_loop().time()

    def _store_each(self, waiting: Sequence[_Waiting], fault: Fault, *, later: bool) -> None:
        """Store the articles of a batch one by one, after a bug over one of them stopped the batch with `fault`."""
        is_one = sum(len(poll.articles) for poll in waiting) == 1
        for poll in waiting:
            articles = [one.article for one in poll.articles]
            try:
                poll.stored.set_result(
                    [
                        Stored(article.id, "refused", fault) if is_one else self._store_alone(article, later=later)
                        for article in articles
                    ]
                )
            except OSError as error:
                poll.stored.set_exception(_writing_error(error))
            except ArchiveError as error:
                poll.stored.set_exception(error)

    def _store_alone(self, article: Article, *, later: bool) -> Stored:
        """Store one article. If a bug prevents that, it is refused, and its fault says why."""
        try:
            (stored,) = self._archive.store_many([article], search_later=later, rules=self._rules())
            # The batch may have stored it before it was stopped.
            is_new = stored.outcome == "same" and self._archive.get(stored.id).seen == article.seen
        except (OSError, ArchiveError):
            raise
        except Exception as bug:  # noqa: BLE001 -- a bug over one article must not cost the others
            return Stored(article.id, "refused", fault_of_bug(bug))
        return Stored(stored.id, "new") if is_new else stored


def _fail(waiting: Sequence[_Waiting], fault: Exception) -> None:
    for poll in waiting:
        poll.stored.set_exception(fault)


def _writing_error(error: OSError) -> ArchiveError:
    return ArchiveError("the archive cannot be written: {reason}", reason=reason_of(error))
