"""Whether two printings of one text are one piece: their titles and who prints them have a say. Pure.

A text may be none's own: a line that asks for a subscription, a page that asks for a verification, a footer. It stands
under other titles then, and in articles of one house, which prints a piece once. So a short text joins only what has
one title, a house's articles too; and a text that a house prints under several titles is no evidence for anybody.
"""

import re
from collections.abc import Sequence
from itertools import combinations

from msgspec import Struct

from feeds.archive.twins.likeness import Body

_MARKS = re.compile(r"[\W_]+")
_LEAST = 6  # letters of a title that may stand for a longer one
_MOST_OF = 0.6


class Printing(Struct, frozen=True):
    """An article as it is compared: its row, its folded title, its source and medium, its folded text."""

    at: int
    published: int
    title: str
    house: tuple[str, ...]
    body: Body


def are_twins(one: Printing, other: Printing, *, common: bool) -> bool:
    """Whether two printings whose texts are alike are one piece. `common`: the text is one that is none's own."""
    if _one_title(one.title, other.title):
        return True
    return not (common or one.body.short or other.body.short or _one_house(one, other))


def is_common(printings: Sequence[Printing]) -> bool:
    """Whether a house prints the text that these have under several titles."""
    return any(
        _one_house(one, other) and not _one_title(one.title, other.title) for one, other in combinations(printings, 2)
    )


def _one_house(one: Printing, other: Printing) -> bool:
    return any(one.house) and one.house == other.house


def _one_title(one: str, other: str) -> bool:
    fewer, more = sorted((_MARKS.sub("", one), _MARKS.sub("", other)), key=len)
    return fewer == more or (len(fewer) >= max(_LEAST, _MOST_OF * len(more)) and fewer in more)
