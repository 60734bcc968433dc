"""Lists in other orders than by date: the best first, or by deadline, agency, number of targets or age.

The best are titles that have a word, then texts that have it most often, then the newer.

Only the newest articles of the list are ranked, as many as a key press has time for. The older ones follow by date.
So the ranked ones are the list's first rows in another order, and all other positions are those of the list by date.
"""

from collections.abc import Iterable
from typing import Any

from feeds.archive.sqlite import grams
from feeds.archive.sqlite.index import Index
from feeds.archive.sqlite.known import rows_in
from feeds.archive.sqlite.lists import positions
from feeds.archive.sqlite.lists.listing import DatedListing
from feeds.archive.sqlite.lists.selection import COLUMNS, row_of
from feeds.folding import folded_text
from feeds.query import Query
from feeds.query.results import Row

RANKED = 500  # articles
_NEVER = 1 << 40  # a day after every deadline
SORTED = 20_000  # articles: their keys are read in about a twentieth of a second


class RankedListing(DatedListing):
    """The articles that a query finds, the best of the newest first, then by date."""

    def __init__(self, index: Index, query: Query) -> None:
        self._wish = query
        self._needles = [folded_text(word) for word in query.words()]
        self._order: list[int] = []
        self._places: dict[int, int] = {}
        super().__init__(index, query)
        self._rank()

    def refresh(self) -> bool:
        """Take in what changed since the last look, and rank again. Return whether anything changed."""
        changed = super().refresh()
        if changed:
            with self._changing():
                self._rank()
        return changed

    def _rank(self) -> None:
        """Bring the newest articles into the order of the list."""
        at = self._positions.selection.at
        rows = self._newest(RANKED, f"a.title, (SELECT text FROM body WHERE body.at = {at})")  # noqa: S608 -- a column of ours
        scored = sorted((self._score(str(title), text), -int(rowid), int(rowid)) for rowid, title, text in rows)
        self._set_order([rowid for *_better, rowid in scored])

    def _newest(self, most: int, values: str) -> Iterable[Any]:
        """The rowids of at most `most` articles, the newest first, each with these values (SQL)."""
        while not self.exact and self.total < most and self._positions.slices < 2 * positions.FIRST_SLICES:
            self.count_on()
        selection = self._positions.selection
        order = f"ORDER BY {selection.at} DESC LIMIT ?"
        return selection.select(f"{selection.at}, {values}", order, (min(most, self.total),), of_article=True)

    def _set_order(self, rowids: list[int]) -> None:
        self._order = rowids
        self._places = {rowid: place for place, rowid in enumerate(rowids)}

    def _score(self, title: str, packed: Any) -> tuple[int, int]:
        """How good an article is, less is better: words in its title, how often all words stand in its text."""
        head, text = folded_text(title), grams.unpack(packed)
        return -sum(word in head for word in self._needles), -sum(map(text.count, self._needles))

    def window(self, start: int, count: int) -> list[Row]:
        """The rows at `start` and the `count` - 1 after it, fewer at the end."""
        start, count = max(start, 0), max(count, 0)
        if start + count > len(self._order):
            self._positions.count_to(start + count)
        return self._rows_counted(start, start + count)

    def _rows_counted(self, start: int, stop: int) -> list[Row]:
        """The rows from `start` to before `stop`, as far as they are counted."""
        return self._best_rows(start, stop) + super()._rows_counted(max(start, len(self._order)), stop)

    def _best_rows(self, start: int, stop: int) -> list[Row]:
        """The ranked rows from `start` to before `stop`."""
        ranked = self._order[start:stop]
        found = rows_in(self._index, f"SELECT a.at, {COLUMNS} FROM article a WHERE a.at IN", ranked)  # noqa: S608 -- columns of ours
        rows = {values[0]: row_of(values[1:]) for values in found}
        return [rows[rowid] for rowid in ranked if rowid in rows]

    def next_unread(self, after: int) -> int | None:
        """The position of the first unread article below `after`; -1 begins at the top."""
        if after + 1 < len(self._order):
            unread = self._unread_places()
            if found := [place for place in unread if place > after]:
                return min(found)
        if not self._order:
            return super().next_unread(after)
        if after < len(self._order):
            return self._unread_below(min(self._order))
        return super().next_unread(after)

    def previous_unread(self, before: int) -> int | None:
        """The position of the last unread article above `before`."""
        if before > len(self._order):
            found = super().previous_unread(before)
            if found is None or found >= len(self._order):
                return found
        return max((place for place in self._unread_places() if place < before), default=None)

    def _unread_places(self) -> list[int]:
        rows = rows_in(self._index, "SELECT at FROM article WHERE unread = 1 AND at IN", self._order)
        return [self._places[row[0]] for row in rows]

    def _position_of(self, rowid: int) -> int:
        place = self._places.get(rowid)
        return super()._position_of(rowid) if place is None else place


class SortedListing(RankedListing):
    """The newest articles that a query finds, by deadline, agency, number of targets or age; older ones by date."""

    def _rank(self) -> None:
        rows = self._newest(SORTED, self._key(self._positions.selection.at))
        way = 1 if self._wish.order == "oldest" else -1
        self._set_order([int(rowid) for rowid, *_ in sorted(rows, key=lambda row: (row[1], way * int(row[0])))])

    def _key(self, at: str) -> str:
        """The value by which a row is sorted, the least first, as SQL."""
        match self._wish.order:
            case "due":
                today = self._wish.today.toordinal()
                least = f"SELECT MIN(day) FROM due WHERE due.at = {at} AND day >= {today}"  # noqa: S608 -- a column and a number of ours
                return f"COALESCE(({least}), {_NEVER})"
            case "agency":
                return "COALESCE(NULLIF(a.agency, ''), char(1114111))"
            case "targets":
                return "-a.targets"
        return "0"
