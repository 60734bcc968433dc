"""One entry after another: what goes wrong with one costs no other, and none goes without a word."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from feeds.errors import ParseError, phrase
from feeds.model import Entry, Fault

Failed = Callable[[Exception], object]  # is told what went wrong with one entry
NOTHING = Entry(source="", title="")  # what `read` makes of an item that has nothing to be shown
_SILENT = phrase("they have no title, text or address")


def raise_it(bug: Exception) -> None:
    """Let the first bug end the reading of all, as a test or a command wants it; what is expected costs the entry."""
    if not isinstance(bug, ParseError):
        raise bug


def each(items: Iterable[object], read: Callable[[Any], Entry | None], failed: Failed) -> Iterator[Entry]:
    """The entries that `read` makes of items.

    One that the source itself has taken back is None, and nobody misses it. An item that is no object, or has nothing
    to be shown, is left out; `failed` is told how many there are.
    """
    silent = 0
    for item in items:
        try:
            entry = read(item) if isinstance(item, dict) else NOTHING
        except Exception as bug:  # noqa: BLE001 -- whatever a feed holds, its other entries are read
            failed(bug)
            continue
        if entry is None:
            continue
        if entry.title or entry.url or entry.guid or entry.body:
            yield entry
        else:
            silent += 1
    if silent:
        failed(ParseError("left out {count} of its entries: {reason}", count=silent, reason=Fault(_SILENT)))
