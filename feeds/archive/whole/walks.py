"""Work on the whole archive, a day at a time: verify, rebuild, measure, migrate, prune.

Each is a generator that yields its progress after every day. The caller may stop it between two days, and the process
may be killed at any moment: each day is either done or as it was, and the next walk does the rest.
"""

from collections.abc import Callable, Generator
from datetime import date
from functools import partial
from typing import Literal, TypeVar

from msgspec import Struct

from feeds.archive import Archive
from feeds.archive.sqlite.census import days_before, days_in, texts_waiting
from feeds.archive.sqlite.days import IndexedDays
from feeds.archive.whole.measuring import Stats, measure_day
from feeds.archive.whole.pruning import Leaving, Prospect, is_pruned_by, prospect_of
from feeds.archive.whole.verifying import faults_aside, faults_of_day, faults_of_index, faults_of_marks
from feeds.errors import DayUnusable, IndexDamaged
from feeds.model import Fault

T = TypeVar("T")
_TEXTS = 200  # documents that are joined, or texts taken into the search, at a time: about a fifth of a second


Stage = Literal["days", "texts", "documents"]


class Progressed(Struct, frozen=True):
    """One step: `done` of `total` days, texts or documents, as `stage` says. `faults` are those the step met."""

    done: int
    total: int
    faults: tuple[Fault, ...] = ()
    stage: Stage = "days"


Walk = Generator[Progressed, None, None]


class Whole:
    """All of one archive. Its writer may do everything, anybody may verify and measure."""

    def __init__(self, archive: Archive) -> None:
        self._path = archive.path
        self._archive = archive
        parts = archive.parts
        self._index, self._shards, self._writer = parts.index, parts.shards, parts.writer

    def verify(self) -> Walk:
        """Read every day's file and compare the index with it; what is wrong comes as faults, nothing is changed."""
        rotten: dict[str, Fault] = {}  # told once: every look at a rotten page meets it
        indexed = self._of_index(lambda: days_in(self._index), rotten) or []
        days = sorted({*self._shards.days(), *indexed}, reverse=True)
        for done, day in enumerate(days, 1):
            found = self._of_index(partial(faults_of_day, day, self._shards, self._index), rotten)
            yield Progressed(done, len(days), found or ())
        whole = self._of_index(lambda: faults_of_index(self._index) + faults_of_marks(self._index), rotten)
        yield Progressed(len(days), len(days), (*faults_aside(self._shards), *(whole or ()), *rotten.values()))

    def _of_index(self, ask: Callable[[], T], rotten: dict[str, Fault]) -> T | None:
        """The index's answer to a question; None if the index is damaged, which is noted."""
        try:
            return ask()
        except IndexDamaged as error:
            rotten[str(error)] = error.fault
            return None

    def rebuild(self) -> Walk:
        """Fill an index that was opened with `rebuild`: the latest days first, then the work that was postponed."""
        for done, total in IndexedDays(self._index, self._shards).catch_up(every=True):
            yield Progressed(done, total, self._new_faults())
        total = left = self._archive.upkeep(1)
        while left:
            # Texts that were prepared are in the search already. Then only titles and plans of documents wait.
            stage: Stage = "texts" if texts_waiting(self._index) else "documents"
            left = self._archive.upkeep(_TEXTS)
            total = max(total, left)
            yield Progressed(total - left, total, stage=stage)

    def measure(self, stats: Stats) -> Walk:
        """Count articles and bytes into `stats`."""
        days = self._shards.days()
        stats.take_files(self._path)
        stats.unsearched = texts_waiting(self._index)
        for done, day in enumerate(days, 1):
            yield Progressed(done, len(days), measure_day(day, self._shards, stats))

    def migrate(self) -> Walk:
        """Write the days of an earlier version in this one; they are its total."""
        days = [day for day in self._shards.days() if self._shards.is_old(day)]
        yield Progressed(0, len(days))
        for done, day in enumerate(days, 1):
            self._writer.migrate(day)
            yield Progressed(done, len(days), self._new_faults())

    def prospect(self, before: date, *, everything: bool) -> Prospect:
        """The numbers of articles that `prune` would remove and keep, by the index."""
        return prospect_of(self._index, before, everything=everything)

    def prune(self, before: date, leaving: Leaving, *, everything: bool) -> Walk:
        """Remove articles published before a Beijing day, and count them into `leaving`.

        Those that are starred or tagged stay, unless `everything` goes.
        """
        self._writer.fold_flags(None)
        (self._path / "import.journal").unlink(missing_ok=True)  # what it calls in may go
        days = days_before(self._index, before)
        is_pruned = is_pruned_by(self._index, before, everything=everything)
        for done, day in enumerate(days, 1):
            path = self._shards.path_of(day)
            size = path.stat().st_size if path.exists() else 0
            try:
                gone = self._writer.remove(day, is_pruned)
            except DayUnusable as error:
                yield Progressed(done, len(days), (error.fault,))
                continue
            leaving.count(len(gone), size - (path.stat().st_size if path.exists() else 0), whole=not path.exists())
            yield Progressed(done, len(days), self._new_faults())

    def _new_faults(self) -> tuple[Fault, ...]:
        """Damaged days that were met since the last look."""
        faults = tuple(self._shards.set_aside)
        self._shards.set_aside.clear()
        return faults
