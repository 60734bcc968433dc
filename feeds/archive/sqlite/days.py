"""Which day files the index agrees with, and how it takes in the others.

The index notes the state of every day's file that it has read. A day is dirty while a writer changes it. If the writer
dies, the day stays dirty, and the next process that opens the archive reads its file.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from feeds.archive.files import FileState, in_runs, state_of
from feeds.archive.records import by_time
from feeds.archive.shards import Shards
from feeds.archive.sqlite.index import Index
from feeds.archive.sqlite.rows.articles import ArticleRows

_FEW_DAYS = 3  # if more days are behind, rows come first and texts later


class IndexedDays:
    """The days of one archive, as its index knows them."""

    def __init__(self, index: Index, shards: Shards) -> None:
        self._index = index
        self._shards = shards
        self._articles = ArticleRows(index)

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
            for done, day in enumerate(days, 1):
                self.take_day(day, later=len(days) > _FEW_DAYS)
                yield done, len(days)
            with self._index.transaction():
                self._note_years({year: years[year] for year in suspect & years.keys()})
                gone = [(year,) for year in suspect - years.keys()]
                self._index.connection.executemany("DELETE FROM folder WHERE year = ?", gone)

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
        with self._index.change() as connection:
            state = state_of(path)
            records = self._shards.records(day)
            if records is None and self._shards.is_left(day):
                if self._shards.is_later(day):  # this version will never read it, so do not check it again
                    self.note(day, state)
                return
            for at, name in connection.execute(
                "SELECT at, id FROM known WHERE shard = ?", (day.toordinal(),)
            ).fetchall():
                if name not in (records or {}):
                    self._articles.remove(at)
            for record in by_time((records or {}).values()):
                self._articles.put(record, day, later=later)
            if records is not None or state_of(path) is None:  # a writer sets a damaged file aside and notes it
                self.note(day, None if records is None else state)
