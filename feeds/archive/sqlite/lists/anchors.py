"""Known places of a list: positions from 0 with the rowid that stands there or above it.

Any thread may use them: a window of rows is fetched beside the thread that draws.
"""

import threading
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

Anchor = tuple[int, int]
"""Position and rowid. The list goes on at this position with rows at or below this rowid."""


class Anchors:
    """Anchors of one list, from the top down. A list that begins again gets new ones."""

    def __init__(self, anchors: Iterable[Anchor] = ()) -> None:
        self._anchors = list(anchors)
        self._lock = threading.Lock()

    def add(self, position: int, rowid: int) -> None:
        """Add an anchor, unless its position has one."""
        with self._lock:
            place = bisect_right(self._anchors, position, key=lambda known: known[0])
            if place == 0 or self._anchors[place - 1][0] != position:
                self._anchors.insert(place, (position, rowid))

    def replace(self, anchors: Iterable[Anchor]) -> None:
        """Replace all anchors."""
        with self._lock:
            self._anchors = list(anchors)

    def before(self, position: int) -> tuple[int, int | None]:
        """The last anchor at or before a position; (0, None) is the top."""
        with self._lock:
            place = bisect_right(self._anchors, position, key=lambda known: known[0])
            return self._anchors[place - 1] if place else (0, None)

    def behind(self, position: int) -> int | None:
        """A rowid that has nothing above it behind a position; None if no anchor stands there."""
        with self._lock:
            place = bisect_left(self._anchors, position, key=lambda known: known[0])
            return self._anchors[place][1] if place < len(self._anchors) else None

    def above(self, rowid: int) -> Anchor | None:
        """The last anchor whose rowid is not below a rowid; None if all are."""
        with self._lock:
            place = bisect_right(self._anchors, -rowid, key=lambda known: -known[1])
            return self._anchors[place - 1] if place else None

    def around(self, low: int, high: int) -> tuple[list[Anchor], list[Anchor]]:
        """The anchors at or above the rowid `high`, and those below `low`."""
        with self._lock:
            above = [anchor for anchor in self._anchors if anchor[1] >= high]
            return above, [anchor for anchor in self._anchors if anchor[1] < low]
