"""A range of rows that the reader chooses: from the row at which it began to the selected one."""

from collections.abc import Callable


class RowRange:
    """Knows the row at which the range began by its id and its position. There may be no range."""

    def __init__(self) -> None:
        self._first: tuple[str, int] | None = None

    def begin(self, name: str, position: int) -> None:
        """Begin a range at a row."""
        self._first = (name, position)

    def end(self) -> bool:
        """End the range. Return whether there was one."""
        had, self._first = self._first is not None, None
        return had

    def positions(self, cursor: int) -> range:
        """The positions from its beginning to the cursor, in the list's order; none without a range."""
        if self._first is None:
            return range(0)
        first, last = sorted((self._first[1], cursor))
        return range(first, last + 1)

    def follow(self, index_of: Callable[[str], int | None]) -> None:
        """Take the new position of its first row. Without that row the range ends."""
        if self._first is not None:
            name = self._first[0]
            place = index_of(name)
            self._first = None if place is None else (name, place)
