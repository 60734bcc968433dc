"""How many items of one answer are taken."""

from collections.abc import Sequence
from datetime import UTC, datetime

from feeds.model import Entry

ENTRIES = 500

_OLDEST = datetime.min.replace(tzinfo=UTC)


def newest_of(entries: Sequence[Entry], limit: int = ENTRIES) -> Sequence[Entry]:
    """The newest entries, in the order of their answer, whatever order that is.

    One without a time is taken to be of the time of the one before it; where none has a time the first are kept.
    """
    if len(entries) <= limit:
        return entries
    moments = []
    last = next((entry.published for entry in entries if entry.published), _OLDEST)
    for entry in entries:
        last = entry.published or last
        moments.append(last)
    kept = sorted(range(len(entries)), key=lambda place: moments[place], reverse=True)[:limit]
    return [entries[place] for place in sorted(kept)]
