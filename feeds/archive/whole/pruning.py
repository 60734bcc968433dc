"""Which articles go when an archive is pruned, and how many went.

The day is the Beijing day of an article's own time, not that of the file it lies in: a time that was corrected may
lie elsewhere. What the reader starred or tagged is asked of the index, which knows what no file holds yet.
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
    """What went so far: articles, whole days, bytes of day files."""

    articles: int = 0
    days: int = 0
    bytes: int = 0

    def count(self, articles: int, size: int, *, whole: bool) -> None:
        """One day's share."""
        self.articles += articles
        self.bytes += size
        self.days += whole and articles > 0


def prospect_of(index: Index, before: date, *, everything: bool) -> Prospect:
    """What pruning would do, counted in the index."""
    total, kept = counts_before(index, before)
    return Prospect(total, 0) if everything else Prospect(total - kept, kept)


def is_pruned_by(index: Index, before: date, *, everything: bool) -> Callable[[Record], bool]:
    """Whether an article goes."""

    def is_pruned(record: Record) -> bool:
        if day_of(record.published) >= before:
            return False
        return everything or not (is_kept(index.flags(record.id) or record.flags) or is_kept(record.flags))

    return is_pruned
