"""The conductor: due → fetch → workers → archive, for every source, telling what happens.

Each source has its own round and its own failures; none waits for another. This process asks and stores; whatever is
parsed the workers parse. Clock, chance, archive, fetcher and workers are passed in.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from msgspec import structs

from feeds.archive import Archive
from feeds.bugs import fault_of_bug
from feeds.config import Config
from feeds.errors import ArchiveError, BadStatus, FeedError
from feeds.fetch import Fetcher
from feeds.model import (
    ArticleSetAside,
    Fault,
    Outcome,
    PollerStarted,
    PollerStopped,
    PollEvent,
    Source,
    SourceAnswered,
    SourceAsked,
)
from feeds.poller.again import fetch_again
from feeds.poller.claims import Claims
from feeds.poller.doubts import Review
from feeds.poller.gathering import Gathering
from feeds.poller.memory import Memory
from feeds.poller.turn import Desk, Turn
from feeds.schedule import due_of, held, hold_of, next_due
from feeds.workers.pool import WorkerPool

__all__ = ["Poller"]

TURNS = 24  # sources in flight at once: while some are stored, others are fetched and read
_LOOK = 30.0  # seconds between two looks at the clock: a machine that slept has lost none of its turns
_REVIEWED_FIRST = 30  # days that are looked through for wrong texts before the first turns
_UPKEEP = 0.05  # seconds between two pieces of the archive's upkeep


class Poller:
    """Polls `config.sources` into `archive`, which it must be the writer of."""

    def __init__(
        self,
        config: Config,
        archive: Archive,
        fetcher: Fetcher,
        workers: WorkerPool,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._sources = config.sources
        self._archive = archive
        self._workers = workers
        self._clock = clock
        self._chance = chance
        self._events: asyncio.Queue[PollEvent | None] = asyncio.Queue()
        self._memory = Memory(archive, lambda: asyncio.get_running_loop().time())
        self._gathering = Gathering(archive, lambda: workers.busy)
        tell = self._events.put_nowait
        self._desk = Desk(archive, self._gathering, fetcher, workers, self._memory, Claims(), clock, chance, tell)
        self._calls = {source.name: asyncio.Event() for source in config.sources}
        self._again: asyncio.Queue[Sequence[str]] = asyncio.Queue()
        self._review = Review(archive, self._memory, config.sources, clock)
        self._stopping = asyncio.Event()
        self._turns = asyncio.Semaphore(TURNS)
        self._aside = 0

    async def run(self, *, once: bool = False, fetch: Sequence[str] = ()) -> AsyncIterator[PollEvent]:
        """What happens, until `stop()`; with `once` until every source had one turn. Ends with PollerStopped.

        With `fetch` no source is polled: the pages of these articles (ids) are asked for.

        Raises IndexDamaged at its end when the archive must be opened again.
        """
        self._tell_damaged()
        yield PollerStarted(self._clock(), tuple(source.name for source in self._sources))
        rounds = self._fetch_again(fetch) if fetch else self._rounds(once=once)
        conducting = asyncio.create_task(self._conduct(rounds))
        conducting.add_done_callback(lambda _: self._events.put_nowait(None))
        try:
            while (event := await self._events.get()) is not None:
                yield event
        finally:
            conducting.cancel()
            with suppress(asyncio.CancelledError):
                await conducting
            fault = self._saved()
        if damage := self._archive.damage:
            raise damage
        yield PollerStopped(self._clock(), fault)

    def reload(self, names: Sequence[str] = ()) -> None:
        """Ask these sources now, all where none is named; unknown names are passed over."""
        for name in names or self._calls:
            if name in self._calls:
                self._calls[name].set()

    def fetch(self, names: Sequence[str]) -> None:
        """Ask for the pages of these articles (ids) again."""
        self._again.put_nowait(names)

    def fold_flags(self) -> None:
        """Write what readers marked into the archive's files."""
        with suppress(ArchiveError):  # the marks wait in flags.sqlite; why nothing can be written the sources tell
            self._archive.fold_flags()

    def stop(self) -> None:
        """Begin no other article and end."""
        self._stopping.set()

    async def _conduct(self, work: Coroutine[None, None, None]) -> None:
        """Every source's round, or what else is the work, and the archive's upkeep beside it."""
        self.fold_flags()
        rounds = asyncio.create_task(work)
        upkeep = asyncio.create_task(self._upkeep())
        stopping = asyncio.create_task(self._stopping.wait())
        tasks = (rounds, upkeep, stopping)
        try:
            while not (rounds.done() or stopping.done()):
                waiting = [task for task in tasks if not task.done()]
                await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                if upkeep.done():
                    upkeep.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        if not rounds.cancelled():
            rounds.result()

    async def _rounds(self, *, once: bool) -> None:
        with suppress(ArchiveError):  # the sources' turns tell it
            for _day in range(_REVIEWED_FIRST):
                if not self._review.done:
                    self._review.step()
                    await asyncio.sleep(0)
        async with asyncio.TaskGroup() as rounds:
            for source in self._sources:
                rounds.create_task(self._round(source, once=once))
            if not once:
                rounds.create_task(self._stopping.wait())
                rounds.create_task(self._serve())

    async def _serve(self) -> None:
        """Fetch again what is asked for, one request after the other."""
        while True:
            await self._fetch_again(await self._again.get())

    async def _fetch_again(self, names: Sequence[str]) -> None:
        await fetch_again(names, {source.name: source for source in self._sources}, self._desk)

    async def _round(self, source: Source, *, once: bool) -> None:
        now = self._clock()
        due = now if once else due_of(self._memory.of(source.name), source, now)
        while True:
            await self._sleep_until(due, self._calls[source.name])
            async with self._turns:
                due = await self._turn(source)
            self._tell_damaged()
            self._calls[source.name].clear()  # a reload asked for meanwhile has been had
            if once:
                return

    async def _sleep_until(self, due: datetime, call: asyncio.Event) -> None:
        self._mind_damage()
        while (left := (due - self._clock()).total_seconds()) > 0 and not call.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(min(left, _LOOK)):
                    await call.wait()
            self._mind_damage()
        call.clear()

    def _mind_damage(self) -> None:
        """End when the index must be made anew: who starts the poller again opens the archive, and that does it."""
        if self._archive.damage:
            self.stop()

    async def _turn(self, source: Source) -> datetime:
        """One turn, told and remembered; when the next one is due."""
        turn = Turn(source, self._desk)
        if hold := hold_of(turn.state, self._clock()):
            fault = turn.state.fault
            self._events.put_nowait(SourceAnswered(self._clock(), source.name, "failed", hold, fault=fault))
            return hold
        self._events.put_nowait(SourceAsked(self._clock(), source.name))
        try:
            await turn.take()
        except FeedError as error:
            return self._conclude(turn, "failed", error)
        except Exception as bug:  # noqa: BLE001 -- whatever one source does to us, the others are polled
            fault = fault_of_bug(bug)
            return self._conclude(turn, "failed", FeedError(fault.template, **fault.values))
        return self._conclude(turn, "unchanged" if turn.unchanged else "ok", None)

    def _conclude(self, turn: Turn, outcome: Outcome, error: FeedError | None) -> datetime:
        now = self._clock()
        retry_after = error.retry_after if isinstance(error, BadStatus) else None
        failures = turn.state.failures + 1 if error else 0
        due = next_due(now, turn.source.interval, failures=failures, chance=self._chance(), retry_after=retry_after)
        hold = now + timedelta(seconds=held(retry_after)) if retry_after else None
        fault = error.fault if error else turn.fault
        state = structs.replace(turn.state, failures=failures, due=due, hold=hold, last_checked=now, fault=fault)
        try:
            self._memory.keep(turn.source.name, state)
        except ArchiveError as unkept:
            outcome, fault = "failed", unkept.fault  # in memory it is kept
        self._events.put_nowait(
            SourceAnswered(now, turn.source.name, outcome, due, turn.new, turn.changed, state.newest, fault)
        )
        return due

    async def _upkeep(self) -> None:
        """What the archive left for later, whenever no article is being read."""
        left = self._gathering.left
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK):
                    await left.wait()
            self._workers.end_idle()
            try:
                if left.is_set() and not self._workers.busy and not self._archive.upkeep():
                    left.clear()
                    if not self._review.done:
                        self._review.step()
                        left.set()
            except ArchiveError:
                self._mind_damage()
                left.clear()
                await asyncio.sleep(_LOOK)  # a full disk may have room again
                left.set()
            await asyncio.sleep(_UPKEEP)

    def _saved(self) -> Fault | None:
        """Write down what is remembered; why that failed, if it did."""
        try:
            self._memory.save()
        except ArchiveError as error:
            return error.fault
        return None

    def _tell_damaged(self) -> None:
        """Archive files found damaged since we last looked."""
        for fault in self._archive.set_aside[self._aside :]:
            self._events.put_nowait(ArticleSetAside(self._clock(), str(fault.values.get("name", "")), fault))
        self._aside = len(self._archive.set_aside)
