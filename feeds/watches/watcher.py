"""The watches in the poller: what is stored is matched, and what matches is told once.

The order keeps every match. The keys of a batch are noted before it is stored. After it was stored and matched, one
transaction keeps the matches and removes the note. A process that is killed between leaves the note, and the next one
matches the batch. The journal has one row for a watch and an article, so that nothing is matched twice. Later one
transaction makes tellings of the matches that wait; programs outside get them from the outbox.
"""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime

from feeds.archive import Stored, WritingEngine
from feeds.archive.sqlite.watches import WatchJournal, WatchMatch
from feeds.config import Config, NotifySettings, View
from feeds.errors import ArchiveError, reason_of
from feeds.events import ArticlesTold, PollEvent, TellingFailed
from feeds.model import BEIJING, Article, Fault
from feeds.watches.forms import clean_line, groups_of, telling_json
from feeds.watches.matching import Watch, matches_of_due, matches_of_stored, parsed_watches
from feeds.watches.outbox import Outbox, launching_words, sending_words
from feeds.watches.quiet import is_quiet

_GATHER = 0.5  # seconds for which stored articles wait for others before they are matched
_STORM = 60.0  # seconds in which tellings are counted: more than `digest` in them are a storm
_LONGEST_GATHER = 30.0  # seconds between two digests of a storm that goes on
_LOOK = 1.0  # seconds between two looks while a program runs
_SOON = 0.05  # seconds between two looks while the poller ends
_IDLE = 20.0  # seconds between two looks otherwise: whether quiet hours ended, whether the day is another
_SHOWN = 5  # articles of a telling whose titles its event has
_PATIENCE = 10.0  # seconds for which a poller that ends by itself waits for programs


class Watcher:
    """The watches of a configuration over one archive. A watcher without watches opens no journal and costs nothing."""

    def __init__(
        self,
        archive: WritingEngine,
        config: Config,
        clock: Callable[[], datetime],
        emit: Callable[[PollEvent], None],
    ) -> None:
        self._archive = archive
        self._clock = clock
        self._emit = emit
        self._config_path = config.path
        self._journal: WatchJournal | None = None
        self._outbox: Outbox | None = None
        self._views: dict[str, View] = {}
        self._since: dict[str, float] = {}
        self._settings = NotifySettings()
        self._fresh: dict[int, set[str]] = {}  # batches that were stored: their numbers, and the ids that are new
        self._touched: dict[int, set[str]] = {}  # the ids of such a batch that are new or changed
        self._told: list[float] = []  # when tellings were made
        self._pause = _GATHER
        self._due_day: tuple[object, ...] = ()
        self._was_quiet = False
        self._wake = asyncio.Event()
        self._fault = ""
        self.configure(config)

    def configure(self, config: Config) -> None:
        """Take the watches of a configuration. A watch that is new begins now."""
        self._settings, self._config_path = config.notify, config.path
        self._views = {view.name: view for view in config.watches}
        try:
            if self._views and self._journal is None:
                self._journal = WatchJournal.open(self._archive.path)
                self._outbox = Outbox(self._archive.path, self._journal)
                self._outbox.remove_strays()
            if self._journal:
                self._since = self._journal.begin_watches(list(self._views), self._now)
        except (ArchiveError, OSError) as error:
            self._complain(error)
        self._wake.set()

    def note(self, articles: Sequence[Article]) -> int | None:
        """Note articles that will be stored now. Return the number for `take`."""
        if not (self._journal and self._since):
            return None
        try:
            return self._journal.note_batch([article.keys for article in articles])
        except ArchiveError as error:
            self._complain(error)
            return None

    def take(self, number: int | None, stored: Sequence[Stored]) -> None:
        """Take articles that were stored. They are matched soon."""
        if number is not None:
            self._fresh[number] = {one.id for one in stored if one.new}
            self._touched[number] = {one.id for one in stored if one.new or one.changed}
            self._wake.set()

    async def run(self) -> None:
        """Match and tell until it is cancelled."""
        while True:
            busy = await self._step()
            if not busy:
                self._wake.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK if busy else _IDLE):
                    await self._wake.wait()
            await asyncio.sleep(self._pause)

    async def finish(self, *, wait: bool) -> None:
        """Match and tell what was stored last. With `wait` also wait for the programs, but not for long."""
        until = time.monotonic() + _PATIENCE
        while await self._step() and wait and time.monotonic() < until:  # noqa: ASYNC110 -- see below
            await asyncio.sleep(_SOON)  # a program outside ends without an event
        if self._journal:
            self._journal.close()
            self._journal = None

    async def _step(self) -> bool:
        """Match what was stored, tell what waits. Return whether a program runs or waits to run."""
        if not self._journal or not self._outbox:
            return False
        try:
            await self._match(self._journal)
            self._tell(self._journal)
            busy = self._outbox.step(self._routes(), self._now)
            for route, code in self._outbox.failures:
                values: dict[str, str | int | Fault] = {"name": route, "code": code}
                self._emit(TellingFailed(self._clock(), Fault("{name} of [notify] ended with code {code}", values)))
            self._outbox.failures = []
        except (ArchiveError, OSError) as error:
            self._complain(error)
            return False
        return busy

    @property
    def _now(self) -> float:
        return self._clock().timestamp()

    @property
    def _today(self) -> date:
        return self._clock().astimezone(BEIJING).date()

    def _routes(self) -> Mapping[str, Sequence[str]]:
        """The programs of config.toml."""
        routes: dict[str, Sequence[str]] = {}
        if self._settings.command:
            routes["command"] = launching_words(self._settings.command)
        for number in range(1, len(self._settings.apprise) + 1):
            routes[f"apprise{number}"] = sending_words(self._config_path, number)
        return routes

    # Matching

    async def _match(self, journal: WatchJournal) -> None:
        left = journal.batches()
        if not left and not self._is_new_day():
            return
        numbers = list(left)
        names, new = self._names_of(left)
        matches: list[WatchMatch] = []
        watches = parsed_watches(self._views, self._since, self._today)
        for watch in watches:
            matches += matches_of_stored(self._archive, watch, names, new, self._now)
            await asyncio.sleep(0)  # another source may be stored between
        matches += self._due_matches(watches)
        journal.keep_matches(matches, numbers)
        for number in numbers:
            self._fresh.pop(number, None)
            self._touched.pop(number, None)

    def _names_of(self, batches: Mapping[int, Sequence[Sequence[str]]]) -> tuple[list[str], set[str]]:
        """The ids of the articles of these batches, and those of them that are known to be new.

        The outcome of a batch that another process stored, or that failed, is unknown: its articles are looked up.
        """
        names: dict[str, None] = {}
        new: set[str] = set()
        for number, keys in batches.items():
            if number in self._fresh:
                new |= self._fresh[number]
                names.update(dict.fromkeys(self._touched[number]))
            else:
                found = (self._archive.find(one) for one in keys)
                names.update(dict.fromkeys(name for name in found if name))
        return list(names), new

    def _is_new_day(self) -> bool:
        """Whether the deadlines were not looked at today, with these watches."""
        return bool(self._views) and self._due_day != (self._today, *self._views.values())

    def _due_matches(self, watches: Sequence[Watch]) -> list[WatchMatch]:
        today = self._today
        found = [match for watch in watches for match in matches_of_due(self._archive, watch, today, self._now)]
        self._due_day = (today, *self._views.values())
        return found

    # Telling

    def _tell(self, journal: WatchJournal) -> None:
        if is_quiet(self._settings.quiet, self._local(self._now)):
            self._was_quiet = True
            return
        groups = groups_of(journal.waiting())
        if not groups:
            self._was_quiet = False
            self._pause = _GATHER
            return
        now = self._now
        self._told = [at for at in self._told if now - at < _STORM]
        storm = len(groups) + len(self._told) > self._settings.digest and len(groups) > 1
        after_quiet = self._was_quiet or any(
            is_quiet(self._settings.quiet, self._local(one.at)) for group in groups for one in group
        )
        tellings = [groups] if storm or after_quiet else [[group] for group in groups]
        self._pause = min(_LONGEST_GATHER, self._pause * 2) if storm else _GATHER
        articles = {article.id: article for article in self._archive.get_many([group[0].article for group in groups])}
        texts = [(telling_json(told, articles), [one for group in told for one in group]) for told in tellings]
        journal.keep_tellings(texts, list(self._routes()))
        self._told += [now] * len(tellings)
        self._was_quiet = False
        for told in tellings:
            ids = [group[0].article for group in told]
            watches = dict.fromkeys(clean_line(one.watch, 100) for group in told for one in group)
            titles = tuple(clean_line(articles[name].title, 200) for name in ids[:_SHOWN] if name in articles)
            self._emit(ArticlesTold(self._clock(), tuple(watches), len(ids), titles))

    def _local(self, moment: float) -> datetime:
        return datetime.fromtimestamp(moment).astimezone()

    def _complain(self, error: ArchiveError | OSError) -> None:
        """Emit a failure, once until another one comes."""
        if isinstance(error, ArchiveError):
            fault = error.fault
        else:
            fault = Fault("the journal of the watches cannot be used: {reason}", {"reason": reason_of(error)})
        if str(fault) != self._fault:
            self._fault = str(fault)
            self._emit(TellingFailed(self._clock(), fault))
