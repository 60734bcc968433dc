"""Whether two articles with similar texts are duplicates. Their titles and publishers decide. Pure.

Some texts belong to no article: a line that asks for a subscription, a page that asks for a verification, a footer.
Such a text appears under different titles, and several times at one publisher, who prints a report only once. So
articles with a short text, or of one publisher, are duplicates only if their titles agree. If a publisher prints a text
under several titles, the text alone proves nothing for any article.
"""

import re
from collections.abc import Sequence
from itertools import combinations

from msgspec import Struct

from feeds.archive.duplicates.similarity import ComparedText

_MARKS = re.compile(r"[\W_]+")
_LEAST = 6  # letters of a title that may stand for a longer one
_LEAST_SHARE = 0.6  # of the longer title that the shorter one must have


class Printing(Struct, frozen=True):
    """An article as it is compared: row number, time, folded title, publisher (source and origin), folded text."""

    at: int
    published: int
    title: str
    publisher: tuple[str, ...]
    text: ComparedText


def are_duplicates(one: Printing, other: Printing, *, common: bool) -> bool:
    """Whether two articles with similar texts are duplicates. `common`: the text belongs to no article."""
    if _titles_agree(one.title, other.title):
        return True
    return not (common or one.text.short or other.text.short or _same_publisher(one, other))


def is_common(printings: Sequence[Printing]) -> bool:
    """Whether one publisher prints the text of these articles under several titles."""
    return any(
        _same_publisher(one, other) and not _titles_agree(one.title, other.title)
        for one, other in combinations(printings, 2)
    )


def _same_publisher(one: Printing, other: Printing) -> bool:
    return any(one.publisher) and one.publisher == other.publisher


def _titles_agree(one: str, other: str) -> bool:
    fewer, more = sorted((_MARKS.sub("", one), _MARKS.sub("", other)), key=len)
    return fewer == more or (len(fewer) >= max(_LEAST, _LEAST_SHARE * len(more)) and fewer in more)
