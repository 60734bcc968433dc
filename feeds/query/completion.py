"""What may follow where the cursor stands in a filter: fields, and what a field may hold. Pure; labels are passed in.

A completion says which stretch of the text it replaces. Values begin with what is typed, then hold it anywhere; among
these the commonest come first.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from feeds.agencies import names_of, official_name
from feeds.errors import phrase
from feeds.folding import folded
from feeds.query.terms import DATE_WORDS, FIELDS, ORDERS, PARTS, STATES, quoted

Labels = Callable[[str], Sequence[tuple[str, int]]]
"""The values that a field (cat, agency, source, tag, date) has in the archive, each with its number of articles."""

_TOKEN = re.compile(r'[-－(（]*(?:([A-Za-z]+)[:：])?(?:["＂“](?:[^"＂”])*["＂”]?|[^\s()（）"＂“”]*)')
_FIELD_HINTS = {
    "cat": phrase("a category, at any level"),
    "agency": phrase("who issues it or speaks"),
    "source": phrase("the source it came from"),
    "tag": phrase("a tag of yours"),
    "date": phrase("when it was published"),
    "due": phrase("when a goal or target of its plan ends"),
    "is": phrase("what you did with it"),
    "has": phrase("what its plan has"),
    "groups": phrase("how many groups its plan has"),
    "title": phrase("the title holds it"),
    "order": phrase("the order of the list"),
}
_WORDS = {"is": STATES, "has": PARTS, "order": ORDERS, "date": DATE_WORDS}
_SAMPLES = {"due": ("<=", ">=", "2025..2030"), "groups": (">=", "<=")}
_WIDE = str.maketrans("：＂", ':"')


class Completion(Struct, frozen=True):
    """`text` for what stands from `start` to `end`. `total` counts articles; `hint` is a key of the catalogue."""

    start: int
    end: int
    text: str
    total: int | None = None
    hint: str = ""


def completions(text: str, cursor: int, labels: Labels, limit: int = 20) -> list[Completion]:
    """What the term at the cursor may become, the best first, at most `limit`."""
    start, end = _term_at(text, cursor)
    term = text[start:end].translate(_WIDE)
    start += len(term) - len(term.lstrip("-－(（"))
    if cursor < start:
        return []
    term = text[start:end].translate(_WIDE)
    field, colon, typed = term.partition(":")
    place = start + len(field) + 1
    if colon and cursor < place:
        end = place
    if colon and cursor >= place and field.lower() in FIELDS:
        wanted = text[place:cursor]
        found = _values(field.lower(), wanted.strip('"＂“”'), labels)
        offered = [Completion(place, end, value, total) for value, total in found if value != typed]
    elif term.startswith(('"', "“")):
        offered = []
    else:
        wanted = text[start:cursor].lower()
        offered = [
            Completion(start, end, f"{name}:", None, _FIELD_HINTS[name]) for name in FIELDS if name.startswith(wanted)
        ]
    return offered[:limit]


def _term_at(text: str, cursor: int) -> tuple[int, int]:
    """The stretch of the term that the cursor stands in or behind; an empty one between blanks."""
    at = 0
    while at <= cursor:
        found = _TOKEN.match(text, at)
        end = found.end() if found else at
        if at <= cursor <= end:
            return at, end
        at = max(end, at + 1)
    return cursor, cursor


def _values(field: str, typed: str, labels: Labels) -> Iterator[tuple[str, int | None]]:
    """What a field may hold, as it is spelled in a filter."""
    wanted = folded(typed)
    for word in (*_WORDS.get(field, ()), *_SAMPLES.get(field, ())):
        if word.startswith(wanted):
            yield word, None
    if field in ("cat", "agency", "source", "tag", "date"):
        known = labels(field)
        ranked = _ranked(wanted, known, field)
        if not ranked and field == "agency":
            ranked = _ranked(folded(official_name(typed)), known, field)
        yield from ((quoted(value), total) for value, total in ranked)


def _ranked(wanted: str, labels: Iterable[tuple[str, int]], field: str) -> list[tuple[str, int]]:
    """The labels that hold what is wanted: those that begin so, a path at any of its levels, then the others.

    An agency is found by any of its names.
    """
    places: list[tuple[int, int, str, int]] = []
    for number, (value, total) in enumerate(labels):
        names = [folded(name) for name in (names_of(value) if field == "agency" else (value,))]
        if any(wanted in name for name in names):
            begins = any(name.startswith(wanted) or "/" + wanted in name for name in names)
            places.append((not begins, number if field == "date" else -total, value, total))
    return [(value, total) for _begins, _rank, value, total in sorted(places)]
