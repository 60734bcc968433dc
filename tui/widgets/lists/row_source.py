"""Where the rows of a list come from. The archive's list of articles fits this protocol by its shape.

The protocol stands here, so that a list is drawn from any source of rows (a test gives a million invented ones), and no
widget imports the archive.
"""

# ruff: noqa: D102 -- the class says what each member is

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

T_co = TypeVar("T_co", covariant=True)


class Fetched(Protocol[T_co]):
    """Rows from the position `start` on. They hold as long as their source has this `version`."""

    @property
    def start(self) -> int: ...
    @property
    def rows(self) -> Sequence[T_co]: ...
    @property
    def version(self) -> int: ...


class RowSource(Protocol[T_co]):
    """Rows in an order, as it was at the last `refresh()`. Positions count from 0.

    - `total` is the number of rows that are known; `exact` says whether these are all. `count_on` counts a little
      further and returns whether there was something to count.
    - `fetch` returns the rows from `start` to before `stop`, or fewer. It may take long: a list calls it in a thread
      of its own, while the event loop may call the other methods.
    - `window` returns the rows from `start` on, at most `count`, in the thread that calls all the others.
    - `version` is another after each change of positions.
    - `index_of` returns the position of the row with this id, None where it is not listed.
    - `refresh` takes in what has changed and returns whether anything has. Within `steady()` everything is answered
      as of one moment.
    """

    @property
    def total(self) -> int: ...
    @property
    def exact(self) -> bool: ...
    def count_on(self) -> bool: ...
    @property
    def version(self) -> int: ...
    def fetch(self, start: int, stop: int, /) -> Fetched[T_co]: ...
    def window(self, start: int, count: int, /) -> Sequence[T_co]: ...
    def index_of(self, id: str, /) -> int | None: ...  # noqa: A002 -- the archive's own name for it
    def refresh(self) -> bool: ...
    def steady(self) -> AbstractContextManager[object]: ...


class UnreadSource(RowSource[T_co], Protocol[T_co]):
    """Rows that can be unread. `next_unread` looks below a position, `previous_unread` above one."""

    def next_unread(self, after: int, /) -> int | None: ...
    def previous_unread(self, before: int, /) -> int | None: ...
