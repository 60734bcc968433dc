"""Which row takes a selected row's place when that row is listed no longer."""

from collections.abc import Callable
from typing import Generic, TypeVar

from tui.widgets.lists.row_window import RowWindow

T = TypeVar("T")

_MOST = 12


class Followers(Generic[T]):
    """The rows at hand from `index` on, then those before it: the nearest that is still listed takes the place."""

    def __init__(self, rows: RowWindow[T], id_of: Callable[[T], str], index: int) -> None:
        order = [*range(index, index + _MOST), *range(index - 1, index - 1 - _MOST, -1)]
        self._ids = [(place, id_of(row)) for place in order if (row := rows[place]) is not None]

    def survivor(self, rows: RowWindow[T]) -> tuple[int, int] | None:
        """The first that is still listed, as (index then, index now)."""
        if rows.source is None:
            return None
        for before, name in self._ids:
            if (now := rows.source.index_of(name)) is not None:
                return before, now
        return None
