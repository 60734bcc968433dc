"""How one field of the filter language is described and read: the type `Field`, and a reading function for each kind.

The table of all fields, which uses them, stands in feeds.query.fields.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Literal, cast

from msgspec import Struct

from feeds.errors import QueryError
from feeds.model import Plan
from feeds.query.amounts import value_of
from feeds.query.dates import dates_of, due_of, seconds_of
from feeds.query.terms import (
    PARTS,
    STATES,
    Amount,
    Comparison,
    Dates,
    Due,
    Edited,
    Groups,
    Has,
    Is,
    LabelTerm,
    Node,
    NoteTerm,
    Part,
    Seen,
    State,
    Term,
    TextTerm,
    TitleTerm,
)

FacetKind = Literal["category", "source", "agency", "tag", "number", "indicator", "unit", "document", "day", "month"]
"""The kinds of label that the archive counts for the reader."""

_BRACKETS = str.maketrans("〔〕［］【】（）", "[][][]()")
_COUNT = r"(>=|<=|>|<|=)?([0-9]{1,6})"


class Field(Struct, frozen=True):
    """One field of the filter language: how it is read, completed, explained and counted."""

    name: str
    hint: str
    """Its meaning in a few words, shown beside the completion (a key of the catalogue)."""
    example: str
    chinese: tuple[str, ...]
    """Its Chinese names, of one or two characters each; the first is the one that is shown."""
    help: str
    """The example's meaning, in the help and in docs/query.md (a key of the catalogue)."""
    read: Callable[["Field", str, date, int], Term] | None = None
    """From value, today and the value's position to a term; QueryError. None for `order:`, which is not a condition."""
    term: type[Node] = LabelTerm
    """The type of the term that `read` makes."""
    several: bool = False
    """Whether a query may have several terms of this field. If not, a new term replaces the old one."""
    words: tuple[str, ...] = ()
    """Values that are completed in any archive."""
    chinese_words: tuple[tuple[str, str], ...] = ()
    """Chinese words, each with the value that it means; the first for a value is the one that is shown."""
    kind: FacetKind | None = None
    """The kind of the archive's labels that are the values of this field; a `LabelTerm` finds articles by them."""
    of_plan: Callable[[Plan], Iterable[str]] | None = None
    """The labels that an article gets from its plan."""
    names: Callable[[str], Sequence[str]] = lambda value: (value,)
    """All names by which a label is found."""
    proper: Callable[[str], str] = lambda value: value
    """The name that the archive uses for a value."""
    in_levels: bool = False
    """Whether a label is a path; then a value is the end of a path, at any level."""
    in_part: bool = False
    """Whether a value always finds the labels that have it in them, also where one label is this value."""
    in_order: bool = False
    """Whether completion keeps the archive's order. If not, it sorts labels by their number of articles."""


def read_label(field: Field, value: str, _today: date, _position: int) -> LabelTerm:
    """A term for a label, by the name that the archive uses."""
    return LabelTerm(field.name, field.proper(value))


def read_date(_field: Field, value: str, today: date, position: int) -> Dates:
    """A term for the day of publication."""
    return dates_of(value, today, position)


def read_due(_field: Field, value: str, _today: date, position: int) -> Due:
    """A term for a deadline."""
    return due_of(value, position)


def read_seen(_field: Field, value: str, today: date, position: int) -> Seen:
    """A term for the moment when an article came into the archive."""
    return Seen(*seconds_of(dates_of(value, today, position)))


def read_changed(_field: Field, value: str, today: date, position: int) -> Edited:
    """A term for the moment of the last edit."""
    return Edited(*seconds_of(dates_of(value, today, position)))


def read_state(_field: Field, value: str, _today: date, position: int) -> Is:
    """A term for what was done with an article."""
    return Is(cast("State", choice_of(value, STATES, position)))


def read_part(_field: Field, value: str, _today: date, position: int) -> Has:
    """A term for parts of a plan."""
    return Has(cast("Part", choice_of(value, PARTS, position)))


def read_groups(_field: Field, value: str, _today: date, position: int) -> Groups:
    """A term for the number of groups."""
    found = re.fullmatch(_COUNT, value)
    if found is None:
        raise QueryError("expected a number such as 4 or >=4, not “{given}”", position=position, given=value)
    return Groups(cast("Comparison", found[1] or "="), int(found[2]))


def read_title(_field: Field, value: str, _today: date, _position: int) -> TitleTerm:
    """A term for words in the title."""
    return TitleTerm(value)


def read_note(_field: Field, value: str, _today: date, _position: int) -> NoteTerm:
    """A term for words in the reader's note."""
    return NoteTerm(value)


def read_text(_field: Field, value: str, _today: date, _position: int) -> TextTerm:
    """A term for words in title or text."""
    return TextTerm(value)


def agency_names(name: str) -> tuple[str, ...]:
    """All names of an agency."""
    from feeds.agencies import names_of  # read with its tables when a filter names an agency

    return names_of(name)


def agency_name(name: str) -> str:
    """The official name of an agency."""
    from feeds.agencies import official_name

    return official_name(name)


def read_value(_field: Field, value: str, _today: date, position: int) -> Amount:
    """A term for a target's amount."""
    return value_of(value, position)


def numbers_of(number: str) -> tuple[str, ...]:
    """The number of a document as printed, and with the brackets of a keyboard."""
    return (number, number.translate(_BRACKETS))


def choice_of(text: str, choices: tuple[str, ...], position: int) -> str:
    """One of the choices, in any letter case. Raises QueryError."""
    if text.lower() not in choices:
        raise QueryError(
            "expected one of {choices}, not “{given}”", position=position, choices=", ".join(choices), given=text
        )
    return text.lower()
