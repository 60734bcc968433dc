"""Which day files the index agrees with, and how it takes in the others.

The index notes the state of every day's file that it has read. A day is dirty while a writer changes it. If the writer
dies, the day stays dirty, and the next process that opens the archive reads its file.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date

from feeds.archive.files import FileState, in_runs, state_of
from feeds.archive.preparation.days import DayPart
from feeds.archive.preparation.pool import DayPool
from feeds.archive.records import by_time
from feeds.archive.shards import Shards
from feeds.archive.sqlite.index import Index
from feeds.archive.sqlite.rows.articles import ArticleRows
from feeds.archive.sqlite.rows.bulk import BulkRows
from feeds.archive.sqlite.schema.loading import loading

_FEW_DAYS = 3  # if more days are behind, they are prepared ahead


class IndexedDays:
    """The days of one archive, as its index knows them."""

    def __init__(self, index: Index, shards: Shards) -> None:
        self._index = index
        self._shards = shards
        self._articles = ArticleRows(index)
        self._rows = BulkRows(index)

    def mark_dirty(self, days: Iterable[date]) -> None:
        """Note the days that change next. If the process dies before `note`, they stay dirty."""
        self._index.check_place()
        with self._index.transaction():
            numbers = [(day.toordinal(),) for day in days]
            self._index.connection.executemany("INSERT OR IGNORE INTO dirty VALUES (?)", numbers)

    def note(self, day: date, state: FileState) -> None:
        """Note that the index agrees with the day's file in this state. Inside a transaction."""
        number, path = day.toordinal(), self._shards.path_of(day)
        if state is None:
            self._index.connection.execute("DELETE FROM shard WHERE day = ?", (number,))
        else:
            self._index.connection.execute("INSERT OR REPLACE INTO shard VALUES (?, ?, ?)", (number, *state))
        if state == state_of(path):
            self._index.connection.execute("DELETE FROM dirty WHERE day = ?", (number,))
        if path.parent.is_dir():
            self._note_years({path.parent.name: path.parent.stat().st_mtime_ns})

    def _note_years(self, years: dict[str, int]) -> None:
        """Note the times of the years' folders. A rename into a folder changes its time."""
        self._index.connection.executemany("INSERT OR REPLACE INTO folder VALUES (?, ?)", years.items())

    def behind(self, *, every: bool = False) -> tuple[set[int], set[str], dict[str, int]]:
        """The days that are behind, the years whose folders changed (only these are read, or `every`), all folders."""
        years = {year.name: year.stat().st_mtime_ns for year in self._shards.years()}
        noted = dict(self._index.connection.execute("SELECT year, modified FROM folder").fetchall())
        suspect = {year for year in years if every or noted.get(year) != years[year]} | (noted.keys() - years.keys())
        behind = {int(row[0]) for row in self._index.connection.execute("SELECT day FROM dirty")}
        with self._index.connection.trusting():
            for year in suspect:
                behind |= self._days_behind(year)
        return behind, suspect, years

    def catch_up(self, *, every: bool) -> Iterator[tuple[int, int]]:
        """Bring the index up to the day files, the latest day first. Yield the number of finished days and of all."""
        behind, suspect, years = self.behind(every=every)
        if behind or suspect:
            with self._index.connection.trusting():
                days = [date.fromordinal(number) for number in in_runs(behind)]
            self.mark_dirty(days)
            take = self._take_prepared if len(days) > _FEW_DAYS else self._take_each
            for done, _ in enumerate(take(days), 1):
                yield done, len(days)
            with self._index.transaction():
                self._note_years({year: years[year] for year in suspect & years.keys()})
                gone = [(year,) for year in suspect - years.keys()]
                self._index.connection.executemany("DELETE FROM folder WHERE year = ?", gone)

    def _take_each(self, days: Sequence[date]) -> Iterator[date]:
        for day in days:
            self.take_day(day, later=False)
            yield day

    def _take_prepared(self, days: Sequence[date]) -> Iterator[date]:
        """Bring the index up to many days' files, which are read and prepared ahead, in other processes if possible."""
        with loading(self._index.connection), DayPool([self._shards.path_of(day) for day in days]) as pool:
            for day, parts in zip(days, pool.days(), strict=True):
                if not self._take_parts(day, parts):
                    self.take_day(day, later=True)
                yield day

    def _take_parts(self, day: date, parts: Iterable[DayPart]) -> bool:
        """Bring the index up to a day's file, part by part. False if a part cannot be used, so that the day is dirty.

        The state of the file is checked inside each transaction, see `take_day`.
        """
        path, names = self._shards.path_of(day), set[str]()
        for part in parts:
            if part.failed:
                return False
            names.update(article.id for article in part.articles)
            with self._index.change():
                if part.state != state_of(path):
                    return False
                self._rows.put(part.articles, day)
                if part.last:
                    self._remove_others(day, names)
                    self.note(day, part.state)
        return True

    def _remove_others(self, day: date, names: Container[str]) -> None:
        """Remove the rows of a day's file except those of these articles. Inside a change."""
        rows = self._index.connection.execute("SELECT at, id FROM known WHERE shard = ?", (day.toordinal(),)).fetchall()
        for at, name in rows:
            if name not in names:
                self._articles.remove(at)

    def _days_behind(self, year: str) -> set[int]:
        """The days of a year whose file is not in the noted state."""
        first, last = date(int(year), 1, 1).toordinal(), date(int(year), 12, 31).toordinal()
        rows = self._index.connection.execute(
            "SELECT day, size, modified FROM shard WHERE day BETWEEN ? AND ?", (first, last)
        )
        known = {day: (size, modified) for day, size, modified in rows}
        behind = set()
        for day, path in self._shards.files_of(self._shards.folder / year):
            if known.pop(day.toordinal(), None) != state_of(path):
                behind.add(day.toordinal())
        return behind | known.keys()

    def take_day(self, day: date, *, later: bool) -> None:
        """Bring the index up to a day's file, in one transaction.

        The file is read inside the transaction. A writer that replaces the file meanwhile must wait with its rows, so
        our older rows never come after them. If the file cannot be read now, the rows stay as they are.
        """
        path = self._shards.path_of(day)
        with self._index.change():
            state = state_of(path)
            records = self._shards.records(day)
            if records is None and self._shards.is_left(day):
                if self._shards.is_later(day):  # this version will never read it, so do not check it again
                    self.note(day, state)
                return
            self._remove_others(day, records or {})
            for record in by_time((records or {}).values()):
                self._articles.put(record, day, later=later)
            if records is not None or state_of(path) is None:  # a writer sets a damaged file aside and notes it
                self.note(day, None if records is None else state)
