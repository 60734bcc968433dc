"""A rowid is a row's number and its time: the second of publication, and a slot among the articles of that second.

So everything that ends in a rowid stands in time order. A rowid is seconds since 1970, shifted by `SLOTS` bits.
"""

from datetime import date, datetime, time

from feeds.model import BEIJING

SLOTS = 6  # bits of a rowid below the second
PER_SECOND = 1 << SLOTS
_DAY = 86_400


def first_rowid(seconds: int) -> int:
    """The first rowid of a second."""
    return seconds << SLOTS


def second_of(rowid: int) -> int:
    """The second that a rowid belongs to."""
    return rowid >> SLOTS


def day_start(day: date) -> int:
    """The first rowid of a Beijing day."""
    return first_rowid(int(datetime.combine(day, time(), BEIJING).timestamp()))


def day_end(day: date) -> int:
    """The last rowid of a Beijing day."""
    return day_start(day) + (_DAY << SLOTS) - 1
