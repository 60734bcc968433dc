"""Completions for the term at the cursor of a filter: fields and their values. Pure; labels are passed in.

A completion says which part of the text it replaces. Values that begin with the typed text come first, then values that
contain it; among these the most frequent come first.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from feeds.errors import QueryError
from feeds.folding import folded_text
from feeds.query.fields import FIELDS, Field, chinese_value, field_named, order_of, term_of
from feeds.query.terms import LabelTerm, spelled_value

Labels = Callable[[str], Sequence[tuple[str, int]]]
"""The values that a field (see `Field.kind`) has in the archive, each with its number of articles."""

_TOKEN = re.compile(
    r"[-－(（]*(?:([A-Za-z]+|[\u4e00-\u9fff]{1,2})[:：])?"
    r'(?:["＂](?:[^"＂])*(?:["＂](?=[\s()（）]|$)|$)|“[^”]*(?:”(?=[\s()（）]|$)|$)|[^\s()（）]*)'
)
_WIDE = str.maketrans("：＂“”", ':"""')
_TAILS = (
    "1",
    "9",
    "99",
    "099",
    "2099",
    "0",
    "00",
    "000",
    "=1",
    ".2099",
    '"',
)  # one of them completes any value, except a name

_FIELDS_OF_A_WORD = ("cat", "agency", "source", "tag", "date", "is", "has")
_LEAST_LETTERS = 2  # so that one letter offers fields alone
_MOST_OF_A_WORD = 5


class Completion(Struct, frozen=True):
    """`text` replaces the part from `start` to `end`. `total` counts articles; `hint` is a key of the catalogue."""

    start: int
    end: int
    text: str
    total: int | None = None
    hint: str = ""


def completions(text: str, cursor: int, labels: Labels, limit: int = 20, *, chinese: bool = False) -> list[Completion]:
    """Completions of the term at the cursor, the best first, at most `limit`.

    A field is offered by the name that is begun; with `chinese`, by its Chinese name where none is begun. A word
    without a field is offered as the value that it begins: 工信 as 机构:工业和信息化部, unr as is:unread.
    """
    start, end = _term_at(text, cursor)
    term = text[start:end].translate(_WIDE)
    start += len(term) - len(term.lstrip("-－(（"))
    if cursor < start:
        return []
    term = text[start:end].translate(_WIDE)
    name, colon, typed = term.partition(":")
    field = field_named(name)
    place = start + len(name) + 1
    if colon and cursor < place:
        end = place
    if colon and cursor >= place and field:
        wanted = text[place:cursor]
        found = _values(field, wanted.strip('"＂“”'), labels, chinese=not name.isascii())
        offered = [Completion(place, end, value, total) for value, total in found if value != typed]
    elif term.startswith(('"', "“")):
        offered = []
    else:
        offered = [
            Completion(start, end, f"{name}:", None, field.hint)
            for field in FIELDS
            if (name := _name_beginning_with(text[start:cursor], field, chinese=chinese))
        ]
        if not colon:
            begun = _values_of_any_field(text[start:cursor], labels)
            offered += [Completion(start, end, value, total) for value, total in begun]
    return offered[:limit]


def _values_of_any_field(typed: str, labels: Labels) -> list[tuple[str, int | None]]:
    """The terms whose value a word begins: those with fixed words first, then those that most articles have."""
    chinese = not typed.isascii()
    wanted = folded_text(typed)
    if len(wanted) < (1 if chinese else _LEAST_LETTERS):
        return []
    fields = [field for field in FIELDS if field.name in _FIELDS_OF_A_WORD]
    found: list[tuple[str, int | None]] = []
    for field in fields:
        words = [word for word, _meant in field.chinese_words] if chinese else list(field.words)
        found += [(_term(field, word, chinese=chinese), None) for word in words if word.startswith(wanted)]
    named = [
        (total, _term(field, spelled_value(value), chinese=chinese))
        for field in fields
        for value, total in (labels(field.name) if field.kind and not field.in_order else ())
        if any(folded_text(name).startswith(wanted) for name in _short_names_of(field, value))
    ]
    return found + [(term, total) for total, term in sorted(named, reverse=True)[:_MOST_OF_A_WORD]]


def _short_names_of(field: Field, label: str) -> Sequence[str]:
    """The names of a label; for a path its last level alone."""
    return (label.rpartition("/")[2],) if field.in_levels else field.names(label)


def _term(field: Field, value: str, *, chinese: bool) -> str:
    return f"{field.chinese[0] if chinese else field.name}:{value}"


def _name_beginning_with(typed: str, field: Field, *, chinese: bool) -> str:
    """The name of a field that begins with what is typed; "" if none does."""
    if not typed.isascii() or (chinese and not typed):
        return next((name for name in field.chinese if name.startswith(typed)), "")
    return field.name if field.name.startswith(typed.lower()) else ""


def is_half_written(text: str, cursor: int, today: date, labels: Labels) -> bool:
    """Whether the term at the cursor is only the beginning of a field or of its value, and has no meaning yet.

    A word that is also a field's Chinese name (指标) may become one; it is searched after a blank or Enter.
    """
    start, end = _term_at(text, cursor)
    term = text[start:end].translate(_WIDE).lstrip("-－(（")
    if term.startswith('"'):
        return term.count('"') % 2 == 1
    name, colon, value = term.partition(":")
    if not colon:
        return bool(name) and any(_name_beginning_with(name, field, chinese=False) for field in FIELDS)
    field = field_named(name)
    if field is None or not value:
        return field is not None
    if field.kind and field.term is LabelTerm:
        names = (folded_text(name) for label, _total in labels(field.name) for name in _names_of(field, label))
        return folded_text(value.strip('"')) not in names and bool(completions(text, cursor, labels, 1))
    offered = (offer.text for offer in completions(text, cursor, labels))
    ends = (*offered, *(value + tail for tail in _TAILS))
    return not _is_whole(field, value, today) and any(_is_whole(field, end, today) for end in ends)


def _is_whole(field: Field, value: str, today: date) -> bool:
    """Whether a field takes this value."""
    if value.count('"') % 2:
        return False
    try:
        order_of(value, 0) if field.read is None else term_of(field.name, value.strip('"'), today, 0)
    except QueryError:
        return False
    return True


def _names_of(field: Field, label: str) -> Sequence[str]:
    """The names of a label; for a path also each of its levels."""
    return (*field.names(label), *(label.split("/") if field.in_levels else ()))


def _term_at(text: str, cursor: int) -> tuple[int, int]:
    """Start and end of the term at the cursor or just before it. Between blanks both are the cursor."""
    start = 0
    while start <= cursor:
        found = _TOKEN.match(text, start)
        end = found.end() if found else start
        if start <= cursor <= end:
            return start, end
        start = max(end, start + 1)
    return cursor, cursor


def _values(field: Field, typed: str, labels: Labels, *, chinese: bool) -> Iterator[tuple[str, int | None]]:
    """The values of a field that match, as a filter spells them, each with its number of articles.

    With `chinese`, a value that has a Chinese word is offered by that word.
    """
    wanted = folded_text(typed)
    words = [chinese_value(field, word) for word in field.words] if chinese else list(field.words)
    words += [word for word, _value in field.chinese_words if typed and word not in words]
    for word in words:
        if word.startswith(wanted):
            yield word, None
    if field.kind:
        known = labels(field.name)
        ranked = _matching_labels(wanted, known, field) or _matching_labels(
            folded_text(field.proper(typed)), known, field
        )
        yield from ((spelled_value(value), total) for value, total in ranked)


def _matching_labels(wanted: str, labels: Iterable[tuple[str, int]], field: Field) -> list[tuple[str, int]]:
    """The labels that contain `wanted`. Labels that begin with it come first; a path may begin so at any level.

    Each name of a label counts.
    """
    places: list[tuple[int, int, str, int]] = []
    for number, (value, total) in enumerate(labels):
        names = [folded_text(name) for name in field.names(value)]
        if any(wanted in name for name in names):
            begins = any(name.startswith(wanted) or "/" + wanted in name for name in names)
            places.append((not begins, number if field.in_order else -total, value, total))
    return [(value, total) for _begins, _rank, value, total in sorted(places)]
