"""The number of entries that are taken from one answer."""

from collections.abc import Sequence
from datetime import UTC, datetime

from feeds.model import Entry

ENTRIES = 500

_OLDEST = datetime.min.replace(tzinfo=UTC)


def newest_of(entries: Sequence[Entry], limit: int = ENTRIES) -> Sequence[Entry]:
    """The newest entries, in the order of their answer.

    An entry without a time counts as old as the one before it. If no entry has a time, the first entries stay.
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
