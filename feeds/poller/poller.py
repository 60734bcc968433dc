"""The poller: due → fetch → workers → archive, for every source. It yields an event for each thing that happens.

Each source has its own task and its own failures. No source waits for another. This process fetches and stores; the
workers parse. Clock, chance, archive, fetcher and workers are parameters.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec import structs

from feeds.archive import WritingEngine
from feeds.bugs import fault_of_bug
from feeds.config import Config
from feeds.config.sources.rules import RulesInForce
from feeds.errors import ArchiveError, BadStatus, FeedError
from feeds.events import (
    ArticleSetAside,
    Outcome,
    PollerStarted,
    PollerStopped,
    PollEvent,
    SourceAnswered,
    SourceAsked,
    SourcesChanged,
)
from feeds.fetch import Fetcher
from feeds.model import Fault, Source
from feeds.poller.batches import BatchStore
from feeds.poller.claims import Claims
from feeds.poller.refetch import fetch_again
from feeds.poller.source_poll import PollContext, SourcePoll
from feeds.poller.states import StateStore
from feeds.poller.wrong_texts import Review
from feeds.schedule import due_of, hold_until, next_due, obeyed_wait
from feeds.watches import Watcher
from feeds.workers.memory import give_back_memory
from feeds.workers.pool import WorkerPool

POLLS_AT_ONCE = 24  # sources that are polled at the same time: some are stored while others are fetched and read
_CLOCK_CHECK = 30.0  # seconds between two checks of the clock, so that no poll is missed after the machine slept
_DAYS_REVIEWED_FIRST = 30  # days that are searched for wrong texts before the first polls
_UPKEEP_PAUSE = 0.05  # seconds between two steps of the archive's upkeep


class Poller:
    """Polls `config.sources` into `archive`, which must be open for writing."""

    def __init__(
        self,
        config: Config,
        archive: WritingEngine,
        fetcher: Fetcher,
        workers: WorkerPool,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._sources = {source.name: source for source in config.sources}
        self._archive = archive
        self._workers = workers
        self._clock = clock
        self._chance = chance
        self._events: asyncio.Queue[PollEvent | None] = asyncio.Queue()
        self._states = StateStore(archive, lambda: asyncio.get_running_loop().time())
        self._rules = RulesInForce(config)
        emit = self._events.put_nowait
        self._watcher = Watcher(archive, config, clock, emit)
        self._batches = BatchStore(
            archive,
            lambda: workers.busy,
            unread_when_changed=config.unread_when_changed,
            observer=self._watcher,
            rules=lambda: self._rules.at(clock()),
        )
        self._context = PollContext(
            archive, self._batches, fetcher, workers, self._states, Claims(), clock, chance, emit
        )
        self._reload_calls: dict[str, asyncio.Event] = {}  # of the sources that are polled again and again
        self._group: asyncio.TaskGroup | None = None
        self._refetch_queue: asyncio.Queue[Sequence[str]] = asyncio.Queue()
        self._review = Review(archive, self._states, config.sources, clock)
        self._stopping = asyncio.Event()
        self._poll_slots = asyncio.Semaphore(POLLS_AT_ONCE)
        self._damage_reported = 0  # damaged files for which an event was emitted

    async def run(self, *, once: bool = False, fetch: Sequence[str] = ()) -> AsyncIterator[PollEvent]:
        """Poll until `stop()`, with `once` until every source was polled once. The last event is PollerStopped.

        With `fetch` no source is polled: the pages of these articles (ids) are requested.

        Raises IndexDamaged at its end when the archive must be opened again.
        """
        self._emit_damaged()
        yield PollerStarted(self._clock(), tuple(self._sources))
        work = fetch_again(fetch, self._sources, self._context) if fetch else self._poll_all(once=once)
        running = asyncio.create_task(self._run_tasks(work, ends=once or bool(fetch)))
        running.add_done_callback(lambda _: self._events.put_nowait(None))
        try:
            while (event := await self._events.get()) is not None:
                yield event
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
            fault = self._save_states()
        if damage := self._archive.damage:
            raise damage
        yield PollerStopped(self._clock(), fault)

    def reload(self, names: Sequence[str] = ()) -> None:
        """Poll these sources now, or all if `names` is empty. Unknown names are ignored."""
        for name in names or self._reload_calls:
            if name in self._reload_calls:
                self._reload_calls[name].set()

    def take_sources(self, sources: Sequence[Source], fault: Fault | None = None) -> None:
        """Poll these sources from now on. A poll that runs ends as it began. `fault`: the file that has them is faulty.

        A source that is new or asks something else than before is polled at once.
        """
        before = self._sources
        if fault is None:
            self._sources = {source.name: source for source in sources}
            for name, call in self._reload_calls.items():
                if _question(before.get(name)) != _question(self._sources.get(name)):
                    call.set()
            self._start_loops(at_once=True)
        self._events.put_nowait(SourcesChanged(self._clock(), tuple(self._sources), fault))

    def take_settings(self, config: Config) -> None:
        """Follow the watches and rules of this configuration from now on, and tell as its [notify] says."""
        self._watcher.configure(config)
        self._rules = RulesInForce(config)

    def fetch(self, names: Sequence[str]) -> None:
        """Request the pages of these articles (ids) again."""
        self._refetch_queue.put_nowait(names)

    def fold_flags(self) -> None:
        """Write the pending flags into the archive's files, after the rules that still wait."""
        with suppress(ArchiveError):  # the flags stay pending in flags.sqlite; the next poll reports the error
            self._archive.fold_flags(rules=self._rules.at(self._clock()))

    def stop(self) -> None:
        """Start no other article and end."""
        self._stopping.set()

    async def _run_tasks(self, work: Coroutine[None, None, None], *, ends: bool) -> None:
        """Run `work`, and beside it the archive's upkeep and the watches, until the work ends or `stop()` is called."""
        self.fold_flags()
        working = asyncio.create_task(work)
        upkeep = asyncio.create_task(self._upkeep())
        watching = asyncio.create_task(self._watcher.run())
        stopping = asyncio.create_task(self._stopping.wait())
        tasks: tuple[asyncio.Task[Any], ...] = (working, upkeep, watching, stopping)
        try:
            while not (working.done() or stopping.done()):
                waiting = [task for task in tasks if not task.done()]
                await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                for task in (upkeep, watching):
                    if task.done():
                        task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._watcher.finish(wait=ends)
        if not working.cancelled():
            working.result()

    async def _poll_all(self, *, once: bool) -> None:
        with suppress(ArchiveError):  # the polls of the sources report it
            for _day in range(_DAYS_REVIEWED_FIRST):
                if not self._review.is_finished:
                    self._review.step()
                    await asyncio.sleep(0)
        async with asyncio.TaskGroup() as group:
            self._group = group
            self._start_loops(once=once)
            if not once:
                group.create_task(self._stopping.wait())
                group.create_task(self._serve_refetches())

    def _start_loops(self, *, once: bool = False, at_once: bool = False) -> None:
        """Poll each source that no loop polls yet, with `once` one time."""
        for source in self._sources.values():
            if self._group and source.name not in self._reload_calls and not source.paused:
                call = self._reload_calls[source.name] = asyncio.Event()
                if once or at_once:
                    call.set()
                self._group.create_task(self._poll_repeatedly(source.name, call, once=once))

    async def _serve_refetches(self) -> None:
        """Fetch the articles that a reader wants again, one request after the other."""
        while True:
            await fetch_again(await self._refetch_queue.get(), self._sources, self._context)

    async def _poll_repeatedly(self, name: str, call: asyncio.Event, *, once: bool) -> None:
        """Poll a source until config.toml has it no longer, or it is paused."""
        due = due_of(self._states.of(name), self._sources[name], self._clock())
        while True:
            await self._sleep_until(due, call)
            source = self._sources.get(name)
            if source is None or source.paused:
                del self._reload_calls[name]
                return
            async with self._poll_slots:
                due = await self._poll_source(source)
            self._emit_damaged()
            if once:
                return
            if self._sources.get(name) == source:
                call.clear()  # this poll also answers a reload that came during it

    async def _sleep_until(self, due: datetime, call: asyncio.Event) -> None:
        self._stop_if_damaged()
        while (left := (due - self._clock()).total_seconds()) > 0 and not call.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(min(left, _CLOCK_CHECK)):
                    await call.wait()
            self._stop_if_damaged()
        call.clear()

    def _stop_if_damaged(self) -> None:
        """Stop when the index must be rebuilt. Opening the archive at the next start rebuilds it."""
        if self._archive.damage:
            self.stop()

    async def _poll_source(self, source: Source) -> datetime:
        """Poll the source once, emit the events and keep its state. Return when the next poll is due."""
        poll = SourcePoll(source, self._context)
        if hold := hold_until(poll.state, self._clock()):
            fault = poll.state.fault
            failures, since = poll.state.failures, poll.state.failing_since
            self._events.put_nowait(
                SourceAnswered(
                    self._clock(), source.name, "failed", hold, fault=fault, failures=failures, failing_since=since
                )
            )
            return hold
        self._events.put_nowait(SourceAsked(self._clock(), source.name))
        try:
            await poll.run()
        except FeedError as error:
            return self._conclude(poll, "failed", error)
        except Exception as bug:  # noqa: BLE001 -- a bug in one source must not stop the others
            fault = fault_of_bug(bug)
            return self._conclude(poll, "failed", FeedError.of(fault))
        return self._conclude(poll, "unchanged" if poll.unchanged else "ok", None)

    def _conclude(self, poll: SourcePoll, outcome: Outcome, error: FeedError | None) -> datetime:
        now = self._clock()
        retry_after = error.retry_after if isinstance(error, BadStatus) else None
        failures = poll.state.failures + 1 if error else 0
        due = next_due(now, poll.source.interval, failures=failures, chance=self._chance(), retry_after=retry_after)
        hold = now + timedelta(seconds=obeyed_wait(retry_after)) if retry_after else None
        fault = error.fault if error else poll.fault
        since = (poll.state.failing_since or now) if error else None
        answered = poll.state.answered if error else now
        state = structs.replace(poll.state, failures=failures, due=due, hold=hold, last_checked=now, fault=fault)
        state = structs.replace(state, failing_since=since, answered=answered)
        try:
            self._states.keep(poll.source.name, state)
        except ArchiveError as write_error:
            outcome, fault = "failed", write_error.fault  # the state is kept in memory
        self._events.put_nowait(
            SourceAnswered(
                now, poll.source.name, outcome, due, poll.new, poll.changed, state.newest, fault, failures, since
            )
        )
        return due

    async def _upkeep(self) -> None:
        """Do the archive's postponed work while no article is read or stored. End idle workers."""
        postponed = self._batches.postponed
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(_CLOCK_CHECK):
                    await postponed.wait()
            self._workers.end_idle()
            self._batches.note_activity()
            try:
                if postponed.is_set() and self._batches.is_quiet and not self._archive.upkeep():
                    postponed.clear()
                    give_back_memory()
                    if not self._review.is_finished:
                        self._review.step()
                        postponed.set()
            except ArchiveError:
                self._stop_if_damaged()
                postponed.clear()
                await asyncio.sleep(_CLOCK_CHECK)  # a full disk may have space again later
                postponed.set()
            await asyncio.sleep(_UPKEEP_PAUSE)

    def _save_states(self) -> Fault | None:
        """Write the sources' states. Return the fault if that fails."""
        try:
            self._states.save()
        except ArchiveError as error:
            return error.fault
        return None

    def _emit_damaged(self) -> None:
        """Emit an event for each archive file that was found damaged since the last call."""
        for fault in self._archive.set_aside[self._damage_reported :]:
            self._events.put_nowait(ArticleSetAside(self._clock(), str(fault.values.get("name", "")), fault))
        self._damage_reported = len(self._archive.set_aside)


def _question(source: Source | None) -> tuple[object, ...] | None:
    """All that a poll of the source depends on; None without a poll."""
    if source is None or source.paused:
        return None
    return source.kind, source.url, source.channel, source.options, source.page, source.request
