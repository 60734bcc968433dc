"""What the list asks of a listing, and the few rows it keeps. The archive's Listing fits these protocols by its shape.

They stand here, so that a widget is drawn from any source of rows (a test gives a million made-up ones) and enters
the archive by no import.
"""

# ruff: noqa: D102 -- what each member holds is said where it is made, in feeds.archive

from collections import OrderedDict
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Protocol

CHUNK = 64
_MOST_CHUNKS = 6


class Row(Protocol):
    """One article as the list shows it."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def category(self) -> tuple[str, ...]: ...
    @property
    def origin(self) -> str: ...
    @property
    def agency(self) -> str: ...
    @property
    def badge(self) -> str: ...
    @property
    def published(self) -> datetime: ...
    @property
    def unread(self) -> bool: ...
    @property
    def starred(self) -> bool: ...
    @property
    def url(self) -> str: ...
    @property
    def flash(self) -> bool: ...
    @property
    def has_plan(self) -> bool: ...
    @property
    def copies(self) -> int: ...
    @property
    def tags(self) -> tuple[str, ...]: ...


class Duplicate(Protocol):
    """Another printing of an article, as the reader's head names it."""

    @property
    def title(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def origin(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def published(self) -> datetime: ...


class Listing(Protocol):
    """A filtered, ordered view of the archive, newest first, as it stood at the last `refresh()`."""

    @property
    def total(self) -> int: ...
    @property
    def exact(self) -> bool: ...
    def count_on(self) -> bool: ...
    def window(self, start: int, count: int, /) -> Sequence[Row]: ...
    def index_of(self, id: str, /) -> int | None: ...  # noqa: A002 -- the archive's own name for it
    def next_unread(self, after: int, /) -> int | None: ...
    def previous_unread(self, before: int, /) -> int | None: ...
    def refresh(self) -> bool: ...
    def steady(self) -> AbstractContextManager[None]: ...


class RowWindow:
    """Rows of a listing around the view, asked for by chunks of 64, at most 384 kept."""

    def __init__(self, listing: Listing | None = None) -> None:
        self.listing = listing
        self.total = listing.total if listing else 0
        self._chunks: OrderedDict[int, Sequence[Row]] = OrderedDict()

    def __getitem__(self, index: int) -> Row | None:
        """The row at `index`, None outside the listing or where it has shrunk meanwhile."""
        if self.listing is None or not 0 <= index < self.total:
            return None
        number, place = divmod(index, CHUNK)
        chunk = self._chunks.get(number)
        if chunk is None:
            start = number * CHUNK
            chunk = self._chunks[number] = self.listing.window(start, min(CHUNK, self.total - start))
            if len(self._chunks) > _MOST_CHUNKS:
                self._chunks.popitem(last=False)
        self._chunks.move_to_end(number)
        return chunk[place] if place < len(chunk) else None

    def kept(self, index: int) -> Row | None:
        """The row at `index` if it is at hand; asks for nothing."""
        number, place = divmod(index, CHUNK)
        chunk = self._chunks.get(number, ())
        return chunk[place] if 0 <= place < len(chunk) else None

    def grow(self) -> bool:
        """Let the listing count on; False when it has been counted already."""
        if self.listing is None or not self.listing.count_on():
            return False
        self._chunks.pop(self.total // CHUNK, None)  # it may have been cut short where the count then ended
        self.total = self.listing.total
        return True

    def steady(self) -> AbstractContextManager[None]:
        """Around what must be asked of one moment: a place, and who stands there."""
        return self.listing.steady() if self.listing else nullcontext()

    def renew(self) -> None:
        """Let the listing look at the archive again; every row is asked for anew."""
        if self.listing is not None:
            self.listing.refresh()
            self.total = self.listing.total
        self._chunks.clear()
