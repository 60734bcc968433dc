"""Dates that a wrong clock made or judged, and dates in the future."""

from datetime import datetime

from feeds.model import CLOCK_SLACK, FIRST_CLOCK, Article, Entry


def is_ahead(when: datetime | None, now: datetime) -> bool:
    """Whether a date is too far in the future to be true."""
    return when is not None and when > now + CLOCK_SLACK


def is_misdated(entry: Entry, archived: Article, now: datetime) -> bool:
    """Whether an archived date is no longer believable, or is missing although the entry has one now."""
    if is_ahead(archived.published, now) or is_ahead(archived.seen, now):
        return True
    if not archived.dated and entry.published is not None and not entry.counted:
        return not is_ahead(entry.published, now)
    return archived.seen < FIRST_CLOCK <= now
