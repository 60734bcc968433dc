"""One entry after another: what goes wrong with one costs no other."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from feeds.errors import ParseError
from feeds.model import Entry

Failed = Callable[[Exception], object]  # is told what went wrong with one entry
_Item = TypeVar("_Item")


def raise_it(bug: Exception) -> None:
    """Let the first bug end the reading of all, as a test or a command wants it; what is expected costs the entry."""
    if not isinstance(bug, ParseError):
        raise bug


def each(items: Iterable[_Item], read: Callable[[_Item], Entry | None], failed: Failed) -> Iterator[Entry]:
    """The entries that `read` makes of items, without those that are none (None)."""
    for item in items:
        try:
            entry = read(item)
        except Exception as bug:  # noqa: BLE001 -- whatever a feed holds, its other entries are read
            failed(bug)
        else:
            if entry is not None:
                yield entry
