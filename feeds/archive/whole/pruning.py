"""The articles that pruning removes, and their number.

The day is the Beijing day of an article's own time, not that of the file it lies in: a time that was corrected may
lie elsewhere. The index says what the reader starred or tagged, because the day files may not have it yet.
"""

from collections.abc import Callable
from datetime import date

from msgspec import Struct

from feeds.archive.records import Record, day_of
from feeds.archive.sqlite.census import counts_before
from feeds.archive.sqlite.index import Index
from feeds.flags import is_kept


class Prospect(Struct, frozen=True):
    """How many articles would go, and how many of the same age would stay because they are starred or tagged."""

    going: int
    staying: int


class Leaving(Struct):
    """The removed articles, whole days and bytes of day files so far."""

    articles: int = 0
    days: int = 0
    bytes: int = 0

    def count(self, articles: int, size: int, *, whole: bool) -> None:
        """Add the articles and bytes of one day."""
        self.articles += articles
        self.bytes += size
        self.days += whole and articles > 0


def prospect_of(index: Index, before: date, *, everything: bool) -> Prospect:
    """The numbers that pruning would remove and keep, counted in the index."""
    total, kept = counts_before(index, before)
    return Prospect(total, 0) if everything else Prospect(total - kept, kept)


def is_pruned_by(index: Index, before: date, *, everything: bool) -> Callable[[Record], bool]:
    """The function that says whether an article goes."""

    def is_pruned(record: Record) -> bool:
        if day_of(record.published) >= before:
            return False
        return everything or not (is_kept(index.flags(record.id) or record.flags) or is_kept(record.flags))

    return is_pruned
