"""Rows in groups: a heading with its count stands before the first row of each group. A RowSource over another one.

The other source has the rows in the order of the groups. It may be long: only sizes are counted, and no row is read for
a heading.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import accumulate
from typing import Generic, TypeVar

from tui.widgets.lists.row_source import Fetched, RowSource

T = TypeVar("T")


@dataclass(frozen=True)
class Heading:
    """The heading of a group: its name, "" for rows that belong to none, and how many rows it has."""

    name: str
    count: int

    @property
    def id(self) -> str:
        """The name by which a list knows it."""
        return f"heading {self.name}"


@dataclass(frozen=True)
class _Places:
    """Headings with their positions, for one version of the rows."""

    version: int
    headings: tuple[Heading, ...]
    places: tuple[int, ...]

    def row_at(self, place: int) -> int:
        """How many rows stand before a position."""
        return place - bisect_right(self.places, place - 1)

    def with_headings(self, start: int, stop: int, rows: Sequence[T]) -> list[T | Heading]:
        """The rows from `start` on with the headings among them. They end where there are no more rows."""
        headings = dict(zip(self.places, self.headings, strict=True))
        left = iter(rows)
        found: list[T | Heading] = []
        for place in range(start, stop):
            row = headings.get(place) or next(left, None)
            if row is None:
                break
            found.append(row)
        return found


class FetchedWithHeadings(Generic[T]):
    """Rows and headings from the position `start` on."""

    def __init__(self, start: int, rows: Sequence[T | Heading], version: int) -> None:
        self.start = start
        self.rows = rows
        self.version = version


class GroupedRows(Generic[T]):
    """The rows of `source`, whose groups follow one another as `headings_of` says. Groups without rows are left out."""

    def __init__(self, source: RowSource[T], headings_of: Callable[[], Sequence[Heading]]) -> None:
        self._source = source
        self._headings_of = headings_of
        self._now = self._count_places()

    def _count_places(self) -> _Places:
        headings = tuple(heading for heading in self._headings_of() if heading.count)
        before = accumulate((heading.count for heading in headings), initial=0)
        places = tuple(number + rows for number, rows in zip(range(len(headings)), before, strict=False))
        return _Places(self._source.version, headings, places)

    @property
    def total(self) -> int:
        """How many rows and headings there are."""
        return self._source.total + len(self._now.headings)

    @property
    def count(self) -> int:
        """How many rows there are, without the headings."""
        return self._source.total

    @property
    def exact(self) -> bool:
        """Whether every row is counted."""
        return self._source.exact

    @property
    def version(self) -> int:
        """The version of the other source for which the headings are counted."""
        return self._now.version

    def count_on(self) -> bool:
        """Count the other source a little further."""
        return self._source.count_on()

    def fetch(self, start: int, stop: int, /) -> Fetched[T | Heading]:
        """Rows and headings from `start` to before `stop`, in any thread.

        Rows of a source that has changed meanwhile get an earlier version, so that no list takes them.
        """
        now = self._now
        first, last = now.row_at(start), now.row_at(stop)
        fetched = self._source.fetch(first, max(first, last))
        rows = fetched.rows if fetched.version == now.version else ()
        version = now.version if fetched.version == now.version else now.version - 1
        return FetchedWithHeadings(start, now.with_headings(start, stop, rows), version)

    def window(self, start: int, count: int, /) -> Sequence[T | Heading]:
        """Rows and headings from `start` on, at most `count`."""
        now = self._now
        first, last = now.row_at(start), now.row_at(start + count)
        rows = self._source.window(first, last - first) if first < last else ()
        return now.with_headings(start, start + count, rows)

    def index_of(self, id: str, /) -> int | None:  # noqa: A002 -- as RowSource calls it
        """The position of a row or heading."""
        now = self._now
        for heading, place in zip(now.headings, now.places, strict=True):
            if heading.id == id:
                return place
        found = self._source.index_of(id)
        if found is None:
            return None
        rows_before = [place - number for number, place in enumerate(now.places)]
        return found + bisect_right(rows_before, found)

    def refresh(self) -> bool:
        """Take in what has changed; count the groups again if anything has."""
        changed = self._source.refresh()
        if changed:
            self._now = self._count_places()
        return changed

    def steady(self) -> AbstractContextManager[object]:
        """Everything is answered as of one moment, as the other source answers it."""
        return self._source.steady()
