"""Lists, newest first, at a cost that does not grow with the archive. One thread owns a listing.

`Positions` knows where each row is. Positions hold until `refresh` says that something changed. `fetch` is for every
other thread.
"""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager

from feeds.archive.engine import FetchedRows, FoundArticle
from feeds.archive.sqlite.conditions import condition_of
from feeds.archive.sqlite.index import Index
from feeds.archive.sqlite.lists.positions import Positions
from feeds.archive.sqlite.lists.selection import Selection, row_of
from feeds.archive.sqlite.schema import one_moment
from feeds.query import Query
from feeds.query.results import Row


class DatedListing:
    """The articles that a query finds, newest first, by position from 0."""

    def __init__(self, index: Index, query: Query | None = None) -> None:
        self.query = query
        self.version = 0
        self._index = index
        self._change_count = index.change_count
        self._kept: list[int] = []
        self._positions = self._new_positions()

    def _new_positions(self) -> Positions:
        condition = condition_of(self.query, self._index.connection, self._kept)
        is_whole = not (self.query and self.query.root.nodes)
        return Positions(Selection(self._index, condition), self._kept, is_whole=is_whole)

    def steady(self) -> AbstractContextManager[None]:
        """Answer all questions inside the `with` block as of one moment, whatever a writer does."""
        return one_moment(self._index.connection)

    def refresh(self) -> bool:
        """Take in what changed since the last look. Return whether anything did."""
        count = self._index.change_count
        if count == self._change_count:
            return False
        with self._changing():
            condition = condition_of(self.query, self._index.connection, self._kept)
            touched = self._index.changed_range(self._change_count)
            self._change_count = count
            if touched is None or condition != self._positions.selection.condition:
                self._positions = self._new_positions()
            elif touched[1]:  # else nothing changed that a list shows
                self._positions.recount(*touched)
        return True

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Change positions. Rows that another thread fetches meanwhile get a version that does not hold."""
        self.version += 1
        try:
            yield
        finally:
            self.version += 1

    def keep(self, names: Iterable[str]) -> None:
        """Keep those of these articles that are listed in the list, whatever flags they get from now on.

        So under `is:unread` an article that the reader reads stays in its place.
        """
        selection = self._positions.selection
        rowids = [selection.rowid_of(name) for name in names]
        if new := [rowid for rowid in rowids if rowid is not None and rowid not in self._kept]:
            self._kept += new
            condition = condition_of(self.query, self._index.connection, self._kept)
            self._positions.selection = Selection(self._index, condition)

    @property
    def total(self) -> int:
        """The number of articles that is known so far. `exact` says whether that is all."""
        return self._positions.counted

    @property
    def exact(self) -> bool:
        """Whether `total` is the number of all articles in the list."""
        return self._positions.exact

    def count_on(self, slices: int = 1) -> bool:
        """Count some slices further. Return False if `total` was exact already."""
        if self.exact:
            return False
        for _slice in range(slices):
            if not self.exact:
                self._positions.count_slice()
        return True

    def count(self) -> int:
        """The number of articles, counted to the end. The time grows with the list."""
        while self.count_on():
            pass
        return self.total

    def window(self, start: int, count: int) -> list[Row]:
        """The rows at `start` and the `count` - 1 after it, fewer at the end. Counts on if it has to."""
        start, count = max(start, 0), max(count, 0)
        self._positions.count_to(start + count)
        return self._rows_counted(start, start + count)

    def fetch(self, start: int, stop: int) -> FetchedRows[Row]:
        """The rows from `start` to before `stop`, as far as they are counted. Any thread may call this.

        It never makes the thread that owns the listing wait. A thread that fetches often should stay, because each
        thread gets a connection of its own. If the archive was closed or the listing changed meanwhile, there are no
        rows.
        """
        version = self.version
        with self._index.reading() as is_open:
            rows = self._rows_counted(max(start, 0), stop) if is_open and version % 2 == 0 else []
        return FetchedRows(start, tuple(rows) if version == self.version else (), version)

    def _rows_counted(self, start: int, stop: int) -> list[Row]:
        """The rows from `start` to before `stop`, as far as they are counted."""
        return [row_of(row[1:]) for row in self._positions.read(start, stop)]

    def index_of(self, name: str) -> int | None:
        """The position of an article, or of its duplicate group; None if it is not in this list."""
        rowid = self._positions.selection.rowid_of(name)
        return None if rowid is None else self._position_of(rowid)

    def _position_of(self, rowid: int) -> int:
        return self._positions.position_of(rowid)

    def next_unread(self, after: int) -> int | None:
        """The position of the first unread article below `after`; -1 begins at the top."""
        if after < 0:
            return self._unread_below(None)
        rowid = self._positions.rowid_at(after)
        return None if rowid is None else self._unread_below(rowid)

    def _unread_below(self, rowid: int | None) -> int | None:
        """The position of the first unread article below a rowid, or of the list."""
        found = self._positions.selection.unread(rowid, below=True)
        return None if found is None else self._position_of(found)

    def previous_unread(self, before: int) -> int | None:
        """The position of the last unread article above `before`."""
        self._positions.count_to(before)
        rowid: int | None
        if before >= self.total:
            rowid = self._positions.last_counted
        elif before <= 0 or (rowid := self._positions.rowid_at(before)) is None:
            return None
        found = self._positions.selection.unread(rowid, below=False)
        return None if found is None else self._position_of(found)

    def ids(self) -> list[str]:
        """Every id of the list, for an action on all of it (mark all as read). The time grows with the list."""
        return self._positions.selection.ids()

    def among(self, names: Iterable[str], query: Query) -> list[FoundArticle]:
        """The articles with these ids that the list has and the query finds. The time does not grow with the list."""
        from feeds.archive.sqlite.lists.among import articles_among  # the first frame asks nothing of this

        own = self.query.root.nodes if self.query else ()
        return articles_among(self._index, (*own, *query.root.nodes), names)
