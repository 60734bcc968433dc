"""The rows of a joined table by position. The listing holds the numbers of the rows that it has met, eight bytes each.

It meets them in slices, in the order of the table. So the first page comes at once, and the last one after all slices.
"""

from array import array
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Generic, Protocol, TypeVar

from feeds.archive.engine import FetchedRows
from feeds.archive.sqlite.conditions.condition import EVERY
from feeds.archive.sqlite.index import Index
from feeds.archive.sqlite.joined.walks import Found, Keys, Order, TableWalk
from feeds.archive.sqlite.schema import one_moment

T = TypeVar("T")
_PAGE = 64  # rows that a listing begins with
_FIRST, _LARGEST, _COSTLY = 256, 8192, 256  # rows of a slice: the first without a filter, at most, where texts are read


class JoinedTable(Protocol[T]):
    """The members of a table that its listing uses. Any thread may call them."""

    def order(self) -> Order:
        """All rows that are listed, in their order, as of now."""

    def read(self, numbers: Sequence[int]) -> list[T]:
        """The rows with these numbers, in their order. A row that is gone is left out."""

    def number_of(self, key: str) -> int | None:
        """The number of the row that has or had this key; None if it is not listed."""

    def has_changed(self) -> bool:
        """Whether other rows may be listed than at the last call of `order`."""


class JoinedListing(Generic[T]):
    """The rows of a table, by position from 0."""

    def __init__(self, index: Index, table: JoinedTable[T]) -> None:
        self.version = 0
        self._index = index
        self._table = table
        self._begin()

    def _begin(self) -> None:
        """Forget all positions. Meet the first page."""
        self._numbers = array("q")
        self._walks: list[TableWalk] = []
        self._after: Keys | None = None
        self._size = _PAGE
        order = self._table.order()
        if isinstance(order, Found):
            self._numbers.extend(order.read(self._index.connection))
        else:
            self._walks = list(order)
            # Under a filter a row may take long to find, so a slice begins with what a page shows.
            self._size = _FIRST if all(walk.bound == EVERY for walk in order[:1]) else _PAGE
        self._meet(_PAGE)

    @property
    def total(self) -> int:
        """The number of rows that are met so far. `exact` says whether these are all."""
        return len(self._numbers)

    @property
    def exact(self) -> bool:
        """Whether all rows are met."""
        return not self._walks

    def count_on(self) -> bool:
        """Meet the rows of one more slice. Return False if all are met."""
        if not self._walks:
            return False
        walk = self._walks[0]
        size = min(self._size, _COSTLY) if walk.hit.costly else self._size
        rows = walk.read(self._index.connection, self._after, size)
        hits = [row[-2] for row in rows if row[-1]]
        self._numbers.extend(hits)
        # A row may take long to find. So slices grow only behind the first page, and where few rows are hits.
        if len(self._numbers) >= _PAGE or 2 * len(hits) < size:
            self._size = min(self._size * 2, _LARGEST)
        if len(rows) < size:
            self._walks.pop(0)
            self._after = None
        else:
            self._after = rows[-1][:-1]
        return True

    def _meet(self, number: int) -> None:
        """Meet rows until there are `number`, or all."""
        while len(self._numbers) < number and self.count_on():
            pass

    def window(self, start: int, count: int, /) -> Sequence[T]:
        """The rows from `start` on, at most `count`."""
        start = max(start, 0)
        self._meet(start + count)
        return self._table.read(self._numbers[start : start + max(count, 0)])

    def fetch(self, start: int, stop: int, /) -> FetchedRows[T]:
        """The rows from `start` to before `stop`, as far as they are met. Any thread may call this."""
        version, numbers = self.version, self._numbers[max(start, 0) : max(stop, 0)]
        with self._index.reading() as is_open:
            rows = self._table.read(numbers) if is_open else []
        return FetchedRows(start, tuple(rows) if version == self.version else (), version)

    def index_of(self, key: str, /) -> int | None:
        """The position of a row; None if it is not listed. Meets rows as far as that."""
        number = self._table.number_of(key)
        if number is None:
            return None
        met = 0
        while True:
            try:
                return self._numbers.index(number, met)
            except ValueError:
                met = len(self._numbers)
            if not self.count_on():
                return None

    def refresh(self) -> bool:
        """Take in what changed. Return whether anything did."""
        if not self._table.has_changed():
            return False
        self.version += 1
        self._begin()
        return True

    def steady(self) -> AbstractContextManager[None]:
        """Answer all questions inside the `with` block as of one moment, whatever a writer does."""
        return one_moment(self._index.connection)


class ChangeWatch:
    """Notices that rows may have changed: the joined tables, or with a filter anything in the index."""

    def __init__(self, index: Index, *, filtered: bool) -> None:
        self._count: Callable[[], int] = lambda: index.change_count if filtered else index.joined_count
        self._seen = self._count()

    def has_changed(self) -> bool:
        """Whether something changed since the last call."""
        if (count := self._count()) == self._seen:
            return False
        self._seen = count
        return True
