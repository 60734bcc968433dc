"""Dates that a wrong clock took or judged, and dates that are still to come."""

from datetime import datetime

from feeds.model import CLOCK_SLACK, FIRST_CLOCK, Article, Entry


def is_ahead(when: datetime | None, now: datetime) -> bool:
    """Whether a date lies so far ahead that it is not believed."""
    return when is not None and when > now + CLOCK_SLACK


def is_misdated(entry: Entry, archived: Article, now: datetime) -> bool:
    """Whether the archive has a date of an article that is no more believed, or none where there is one now."""
    if is_ahead(archived.published, now) or is_ahead(archived.seen, now):
        return True
    if not archived.dated and entry.published is not None and not entry.counted:
        return not is_ahead(entry.published, now)
    return archived.seen < FIRST_CLOCK <= now
