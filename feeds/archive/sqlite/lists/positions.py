"""Where each row of a list is, at a cost that does not grow with the archive.

A list never holds its articles. It knows its number of rows and some anchors: positions whose rowid it has met. Rows
are read from the nearest anchor, forwards or backwards. The whole list has an anchor at the start of every day, from
the days' counts. After a change only the part that changed is counted again.

Where no maintained count gives the number, the rows are counted in slices, from the newest on, each about ten
milliseconds. Every slice leaves an anchor.
"""

from collections.abc import Sequence
from datetime import date

from feeds.archive.sqlite.lists.anchors import Anchors
from feeds.archive.sqlite.lists.selection import Selection, Values
from feeds.archive.sqlite.rowids import day_end

_TEXTS, _ROWS, _SURE = 400, 5_000, 20_000  # rows a slice: the text is read; a condition is checked; nothing is checked
_PAGE = 64  # rows that a list begins with
_RECOUNTED = 2000  # rows: if more than these lie between the anchors around a change, the list begins again
_NEAR = 500  # rows: nearer than this to an anchor, no better one is looked for
FIRST_SLICES = 8  # a list begins with so many slices at most, until it has a page


class Positions:
    """The positions of the rows of one selection, from 0 at the newest. `counted` rows are known so far.

    `kept` are the rowids that stay in the list whatever their flags become.
    """

    def __init__(self, selection: Selection, kept: Sequence[int], *, is_whole: bool) -> None:
        self.selection = selection
        self._kept = kept
        self._is_whole = is_whole
        self._begin()

    def _begin(self) -> None:
        """Forget all positions. Count the first page, or a few slices that have less than a page."""
        self._anchors = Anchors()
        self._days_known = not self._is_whole  # only the whole list has the days' counts
        self.counted, self.exact = 0, False
        self._bound: int | None = None
        self.slices = 0
        while not self.exact and self.counted < _PAGE and self.slices < FIRST_SLICES:
            self.count_slice()

    def recount(self, low: int, high: int) -> None:
        """Count again the rows between the anchors around a change. All anchors below move by the difference."""
        above, below = self._anchors.around(low, high)
        begin, top = above[-1] if above else (0, None)
        last = None if self.exact or self._bound is None else self._bound - 1
        end, bottom = below[0] if below else (self.counted, last)
        if end - begin > _RECOUNTED:
            self._begin()
            return
        shift = begin + self.selection.count(bottom, top) - end
        self._anchors = Anchors(above + [(position + shift, rowid) for position, rowid in below])
        self.counted += shift
        if self.selection.condition.counted is not None:
            self.count_slice()

    def count_slice(self) -> None:
        """Take the maintained count, or count one more slice."""
        self.slices += 1
        condition = self.selection.condition
        if condition.counted is not None:
            self.counted, self.exact = self.selection.maintained_count(self._kept), True
            return
        size = _TEXTS if condition.costly else _SURE if condition.sure else _ROWS
        rows, hits, lowest = self.selection.slice(self._bound, size)
        self.counted += hits
        self.exact = rows < size
        if self.exact:
            self._bound = None
        else:
            self._bound = lowest
            self._anchors.add(self.counted, lowest - 1)  # the next row is not above this

    def count_to(self, number: int) -> None:
        """Count slices until `number` rows are counted, or all."""
        while not self.exact and self.counted < number:
            self.count_slice()

    @property
    def last_counted(self) -> int:
        """A rowid below all rows that are counted."""
        return (self._bound or 0) - 1

    def read(self, start: int, stop: int) -> list[Values]:
        """Read the counted rows from `start` to before `stop`, from the nearest anchor. Leave anchors at both ends.

        Any thread may call this while no other method runs.
        """
        counted, anchors = self.counted, self._anchors
        count = min(stop, counted) - start
        if count <= 0:
            return []
        begin, rowid = self._place_before(start)
        if self.exact and start - begin > _NEAR and counted - start < start - begin:
            rows = self.selection.last_rows(counted - start - count, count)
        else:
            rows = self.selection.rows(rowid, start - begin, count, anchors.behind(start + count))
        for position, row in ((start, rows[0]), (start + len(rows) - 1, rows[-1])) if rows else ():
            anchors.add(position, int(row[0]))
        return rows

    def _place_before(self, position: int) -> tuple[int, int | None]:
        """The last known (position, rowid) at or before a position; (0, None) is the top."""
        found = self._anchors.before(position)
        if position - found[0] >= _NEAR and not self._days_known:
            self._learn_days()
            found = self._anchors.before(position)
        return found

    def _learn_days(self) -> None:
        """Take an anchor at the start of every day, from the days' counts."""
        self._days_known = True
        position = 0
        anchors = []
        for day, total in self.selection.days():
            anchors.append((position, day_end(date.fromisoformat(day))))
            position += total
        self._anchors.replace(anchors)

    def rowid_at(self, position: int) -> int | None:
        """The rowid at a position; None outside the list."""
        begin, top = self._place_before(position)
        rowid = self.selection.rowid(top, position - begin)
        if rowid is not None:
            self._anchors.add(position, rowid)
        return rowid

    def position_of(self, rowid: int) -> int:
        """The position of a rowid that is in the list. Counts the list as far as that."""
        while not self.exact and (self._bound is None or self._bound > rowid):
            self.count_slice()
        found = self._anchors.above(rowid)
        if found is None and not self._days_known:
            self._learn_days()
            found = self._anchors.above(rowid)
        begin, top = found or (0, None)
        return begin + self.selection.count(rowid, top)
