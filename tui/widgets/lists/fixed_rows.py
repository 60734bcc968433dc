"""Rows that are all at hand, such as the sources: a RowSource over a sequence."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Generic, TypeVar

T = TypeVar("T")


class FixedRows(Generic[T]):
    """The rows of a sequence, known by `id_of`. Set `rows` to list other ones, then have the list ask again."""

    exact = True

    def __init__(self, id_of: Callable[[T], str], rows: Sequence[T] = ()) -> None:
        self.rows = rows
        self.start = 0
        self.version = 0
        self._id_of = id_of

    @property
    def total(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def count_on(self) -> bool:
        """Return False: they are all counted."""
        return False

    def fetch(self, start: int, stop: int, /) -> "FixedRows[T]":
        """The rows from `start` to before `stop`."""
        found = FixedRows(self._id_of, self.rows[start:stop])
        found.start, found.version = start, self.version
        return found

    def window(self, start: int, count: int, /) -> Sequence[T]:
        """The rows from `start` on, at most `count`."""
        return self.rows[start : start + count]

    def index_of(self, id: str, /) -> int | None:  # noqa: A002 -- as RowSource calls it
        """The position of the row with this id."""
        return next((place for place, row in enumerate(self.rows) if self._id_of(row) == id), None)

    def refresh(self) -> bool:
        """Return True: the rows may have been set."""
        self.version += 1
        return True

    def steady(self) -> AbstractContextManager[None]:
        """Nothing changes by itself."""
        return nullcontext()
