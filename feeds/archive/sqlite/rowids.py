"""A rowid is a row's number and its time: the second of publication, and a slot among the articles of that second.

So everything that ends in a rowid stands in time order. A rowid is seconds since 1970, shifted by `SLOTS` bits.
"""

from datetime import date, datetime, time

from feeds.model import BEIJING

SLOTS = 6  # bits of a rowid below the second
PER_SECOND = 1 << SLOTS
PLACES = 12  # bits of a row's number below the rowid of its article
MOST_PLACES = 1 << PLACES
_DAY = 86_400


def first_rowid(seconds: int) -> int:
    """The first rowid of a second."""
    return seconds << SLOTS


def second_of(rowid: int) -> int:
    """The second that a rowid belongs to."""
    return rowid >> SLOTS


_HIDDEN = 1 << 50  # more than any rowid
HIDDEN_BELOW = -(_HIDDEN >> 1)
"""The column `leader` of a hidden article is below this; see `hidden_leader`."""


def hidden_leader(at: int) -> int:
    """The leader of a hidden article: a number that is no rowid, and another one for each article."""
    return -_HIDDEN - at


def day_start(day: date) -> int:
    """The first rowid of a Beijing day."""
    return first_rowid(int(datetime.combine(day, time(), BEIJING).timestamp()))


def day_end(day: date) -> int:
    """The last rowid of a Beijing day."""
    return day_start(day) + (_DAY << SLOTS) - 1


def place_number(at: int, place: int) -> int:
    """The number of a row in an article: the rows of the newest article come first, and the first place of each."""
    return (-at << PLACES) + place


def place_of(number: int) -> tuple[int, int]:
    """The rowid of the article and the place in it."""
    return -(number >> PLACES), number & (MOST_PLACES - 1)


def numbers_of(at: int) -> tuple[int, int]:
    """The lowest and the highest number of an article's rows."""
    return -at << PLACES, (-at << PLACES) + MOST_PLACES - 1


ARTICLE_OF = f"-({{number}} >> {PLACES})"
"""`place_of` as an SQL expression: the rowid of the article of a row's number."""

WITHIN = f"{{number}} BETWEEN (-({{at}}) << {PLACES}) AND (-({{at}}) << {PLACES}) + {MOST_PLACES - 1}"
"""`numbers_of` as an SQL expression: the number is one of the article's."""
