"""Quiet hours: the part of a day in which nothing is told. Pure."""

from datetime import datetime, time


def is_quiet(hours: str, moment: datetime) -> bool:
    """Whether a moment is in `hours` (`22:00-07:00`), by the clock of the moment's own time zone.

    The first minute belongs to the hours, the last one does not. Equal ends are the whole day. "" is never.
    """
    if not hours:
        return False
    first, last = (time.fromisoformat(part) for part in hours.split("-"))
    now = moment.time()
    if first < last:
        return first <= now < last
    return now >= first or now < last
