"""Short names of documents: whether one title is a shorter name of another, and which documents are one by that.

A flash says 《冷链物流提升规划》 where others say 《“十四五”冷链物流提升发展规划》. Other documents have such
titles, too. So two are one only if all of this holds: the short title consists of whole words of the long one, and
both end alike; a body issues both; both are mentioned first within a few days; no article names both; and the short
title fits no third one.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import Struct

SHORT_SECONDS = 3 * 86_400
"""The most seconds between the first mentions of a short and of a long title of one document."""

WORD = 2
"""The characters of the shortest word, whether left out or kept. A short title begins and ends with one."""

_LEAST = 6  # characters of a short title: 《规划》 and 《实施意见》 are names of too many
_GAPS = 2  # words that are left out
_FRONT = re.compile("^关于")
_DISTINCT = re.compile("第|[批期轮号版]$|补充|修订|修正|废止|取消|配套|细则|以外")
"""Words that make another document: 第二批, 补充, 修订."""


class NamedDocument(Struct, frozen=True):
    """A document as its short and long names are compared. `first` is the time of its first mention, in seconds.

    `bodies` are all that an article names as its issuers, `names` those of its mentions, and `apart` the names of
    mentions that a reader keeps apart from it.
    """

    first: float
    keys: set[str]
    numbers: set[str]
    articles: set[str]
    bodies: set[str]
    places: set[str]
    years: set[tuple[str, ...]]
    names: set[str]
    apart: set[str]


def compared_form(key: str) -> str:
    """The key of a title as its short and long forms are compared: without 关于 in front."""
    return _FRONT.sub("", key)


def is_short_of(short: str, long: str) -> bool:
    """Whether a title is a short form of another one; both are keys of titles, see TitleKey."""
    return _is_short(compared_form(short), compared_form(long))


def is_either_form(one: str, other: str) -> bool:
    """Whether one of two titles is a short form of the other; both as `compared_form` gives them."""
    return _is_short(one, other) if len(one) < len(other) else _is_short(other, one)


def _is_short(short: str, long: str) -> bool:
    if (
        not _LEAST <= len(short) < len(long) <= 2 * len(short)
        or short[:WORD] not in long  # the first word of the short title is whole in the long one
        or short[-WORD:] != long[-WORD:]
    ):
        return False
    return any(not any(map(_DISTINCT.search, words)) for words in _left_out(short, long, _GAPS))


def _left_out(short: str, long: str, most: int) -> Iterator[tuple[str, ...]]:
    """The ways to make the short title out of the long one, each by the words that it leaves out, at most `most`."""
    if short == long:
        yield ()
    elif most:
        for kept in range(len(short) - 1):
            if short[:kept] != long[:kept]:
                return
            rest = short[kept:]
            for end in range(kept + WORD, len(long) - len(rest) + 1):
                if kept != 1 and long.startswith(rest[:WORD], end):
                    yield from ((long[kept:end], *words) for words in _left_out(rest, long[end:], most - 1))


def long_forms(documents: Sequence[NamedDocument]) -> dict[int, int]:
    """By the numbers of documents with short titles: the number of the one with the long title that each is.

    A long title may itself be a short form of a longer one; then all are that one.
    """
    times = sorted((one.first, number) for number, one in enumerate(documents))
    found: dict[int, int] = {}
    for number in sorted(range(len(documents)), key=lambda number: -max(map(len, documents[number].keys))):
        first = documents[number].first
        begin, end = bisect_left(times, (first - SHORT_SECONDS, 0)), bisect_left(times, (first + SHORT_SECONDS + 1, 0))
        near = (other for _time, other in times[begin:end] if other != number)
        fits = {found.get(other, other) for other in near if _is_one(documents[number], documents[other])}
        if len(fits) == 1:
            found[number] = fits.pop()
    return found


def _is_one(short: NamedDocument, long: NamedDocument) -> bool:
    """Whether a document with a short title may be the one with the long title."""
    return (
        bool(short.bodies & long.bodies)
        and max(len(both) for both in (short.places | long.places, short.years | long.years, [0])) <= 1
        and not (short.numbers and long.numbers)
        and not short.articles & long.articles
        and not (short.apart & long.names or long.apart & short.names)
        and any(is_short_of(one, other) for one in short.keys for other in long.keys)
    )
