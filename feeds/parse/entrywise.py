"""Reads entries one by one. A failure of one does not affect the others, and each failure is reported."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from feeds.errors import ParseError, phrase
from feeds.model import Entry, Fault

FailureCallback = Callable[[Exception], object]  # gets the exception of one entry
NOTHING = Entry(source="", title="")  # the result of `read` for an item without any content
_SILENT = phrase("they have no title, text or address")


def raise_bug(bug: Exception) -> None:
    """Raise a bug, as tests and commands need it. An expected failure only leaves out its entry."""
    if not isinstance(bug, ParseError):
        raise bug


def read_each(
    items: Iterable[object], read: Callable[[Any], Entry | None], on_failure: FailureCallback
) -> Iterator[Entry]:
    """The entries that `read` makes of items.

    The result of `read` is `None` for an item that the source has deleted. An item that is not an object, or has no
    content, is left out; `on_failure` gets their number.
    """
    silent = 0
    for item in items:
        try:
            entry = read(item) if isinstance(item, dict) else NOTHING
        except Exception as bug:  # noqa: BLE001 -- a bug in one entry must not stop the others
            on_failure(bug)
            continue
        if entry is None:
            continue
        if entry.title or entry.url or entry.guid or entry.body:
            yield entry
        else:
            silent += 1
    if silent:
        on_failure(ParseError("left out {count} of its entries: {reason}", count=silent, reason=Fault(_SILENT)))
