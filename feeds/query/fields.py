"""The fields of the filter language: one `Field` value each, in one table.

Reading, completion, the help screen, the table in docs/query.md and the labels that the archive counts are made from
this table. A field of labels needs one entry here and nothing else. A field that compares (`due:`, `groups:`) also
needs a term in feeds.query.terms and its condition in feeds.archive.sqlite.conditions.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Literal, cast

from msgspec import Struct

from feeds.errors import QueryError, phrase
from feeds.model import Plan
from feeds.query.amounts import value_of
from feeds.query.dates import dates_of, due_of, seconds_of
from feeds.query.terms import (
    DATE_WORDS,
    ORDERS,
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
    OrderName,
    Part,
    Seen,
    State,
    Term,
    TextTerm,
    TitleTerm,
)

FacetKind = Literal["category", "source", "agency", "tag", "number", "indicator", "unit", "document", "day", "month"]
"""The kinds of label that the archive counts for the reader."""

# Each character becomes one character, so that positions are the same in both texts.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_BRACKETS = str.maketrans("〔〕［］【】（）", "[][][]()")
_COUNT = r"(>=|<=|>|<|=)?([0-9]{1,6})"


class Field(Struct, frozen=True):
    """One field of the filter language: how it is read, completed, explained and counted."""

    name: str
    hint: str
    """Its meaning in a few words, shown beside the completion (a key of the catalogue)."""
    example: str
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


def _read_label(field: Field, value: str, _today: date, _position: int) -> LabelTerm:
    return LabelTerm(field.name, field.proper(value))


def _read_date(_field: Field, value: str, today: date, position: int) -> Dates:
    return dates_of(value, today, position)


def _read_due(_field: Field, value: str, _today: date, position: int) -> Due:
    return due_of(value, position)


def _read_seen(_field: Field, value: str, today: date, position: int) -> Seen:
    return Seen(*seconds_of(dates_of(value, today, position)))


def _read_changed(_field: Field, value: str, today: date, position: int) -> Edited:
    return Edited(*seconds_of(dates_of(value, today, position)))


def _read_state(_field: Field, value: str, _today: date, position: int) -> Is:
    return Is(cast("State", _choice_of(value, STATES, position)))


def _read_part(_field: Field, value: str, _today: date, position: int) -> Has:
    return Has(cast("Part", _choice_of(value, PARTS, position)))


def _read_groups(_field: Field, value: str, _today: date, position: int) -> Groups:
    found = re.fullmatch(_COUNT, value)
    if found is None:
        raise QueryError("expected a number such as 4 or >=4, not “{given}”", position=position, given=value)
    return Groups(cast("Comparison", found[1] or "="), int(found[2]))


def _read_title(_field: Field, value: str, _today: date, _position: int) -> TitleTerm:
    return TitleTerm(value)


def _read_text(_field: Field, value: str, _today: date, _position: int) -> TextTerm:
    return TextTerm(value)


def _agency_names(name: str) -> tuple[str, ...]:
    from feeds.agencies import names_of  # read with its tables when a filter names an agency

    return names_of(name)


def _agency_name(name: str) -> str:
    from feeds.agencies import official_name

    return official_name(name)


def _read_value(_field: Field, value: str, _today: date, position: int) -> Amount:
    return value_of(value, position)


def _numbers_of(number: str) -> tuple[str, ...]:
    """The number of a document as printed, and with the brackets of a keyboard."""
    return (number, number.translate(_BRACKETS))


def _choice_of(text: str, choices: tuple[str, ...], position: int) -> str:
    if text.lower() not in choices:
        raise QueryError(
            "expected one of {choices}, not “{given}”", position=position, choices=", ".join(choices), given=text
        )
    return text.lower()


FIELDS = (
    Field(
        "cat",
        phrase("a category, at any level"),
        "cat:部委动态",
        phrase("a category, at any level; cat:金融/新浪财经 a path"),
        read=_read_label,
        kind="category",
        in_levels=True,
    ),
    Field(
        "agency",
        phrase("who issues it or speaks, by any of its names"),
        "agency:工信部",
        phrase("who issues it or speaks, by any of its names"),
        read=_read_label,
        kind="agency",
        of_plan=lambda plan: plan.agencies,
        names=_agency_names,
        proper=_agency_name,
    ),
    Field(
        "source",
        phrase("the source it came from"),
        "source:7x24",
        phrase("the source it came from"),
        read=_read_label,
        kind="source",
    ),
    Field(
        "tag",
        phrase("a tag of yours"),
        "tag:制造",
        phrase("a tag you gave"),
        read=_read_label,
        several=True,
        kind="tag",
    ),
    Field(
        "date",
        phrase("when it was published"),
        "date:today",
        phrase("also yesterday, week, month, 2026, 2026-10, 2026-09..2026-11"),
        read=_read_date,
        term=Dates,
        words=DATE_WORDS,
        kind="month",
        in_order=True,
    ),
    Field(
        "due",
        phrase("when a goal or target of its plan ends"),
        "due:<=2027",
        phrase("a goal or target of its plan ends by then; also due:2027-06, due:2025..2030"),
        read=_read_due,
        term=Due,
        several=True,
        words=("<=", ">=", "2025..2030"),
    ),
    Field(
        "seen",
        phrase("when it came into your archive"),
        "seen:today",
        phrase("when it came into your archive, in the words of date:"),
        read=_read_seen,
        term=Seen,
        words=("today", "week", "month"),
    ),
    Field(
        "changed",
        phrase("when its publisher edited it"),
        "changed:today",
        phrase("when its publisher last edited it, in the words of date:"),
        read=_read_changed,
        term=Edited,
        words=("today", "week", "month"),
    ),
    Field(
        "is",
        phrase("what you or its publisher did with it"),
        "is:unread",
        phrase("also read, starred, plan, changed"),
        read=_read_state,
        term=Is,
        several=True,
        words=STATES,
    ),
    Field(
        "has",
        phrase("what its plan has"),
        "has:targets",
        phrase("also goals, groups, plan"),
        read=_read_part,
        term=Has,
        several=True,
        words=PARTS,
    ),
    Field(
        "groups",
        phrase("how many groups its plan has"),
        "groups:>=4",
        phrase("how many groups its plan has"),
        read=_read_groups,
        term=Groups,
        several=True,
        words=(">=", "<="),
    ),
    Field(
        "number",
        phrase("the number of a document it is about"),
        "number:林改发〔2026〕",
        phrase("the number of a document it is about (文号), or a part of it"),
        read=_read_label,
        several=True,
        kind="number",
        of_plan=lambda plan: [document.number for document in plan.documents if document.number],
        names=_numbers_of,
    ),
    Field(
        "indicator",
        phrase("an indicator of a target, or a part of it"),
        "indicator:充电桩",
        phrase("an indicator of a target, or a part of it"),
        read=_read_label,
        several=True,
        kind="indicator",
        in_part=True,
    ),
    Field(
        "value",
        phrase("the value of a target"),
        "value:>=1万亿元",
        phrase("by its amount, in the same unit; also value:50%, value:10%..20%"),
        read=_read_value,
        term=Amount,
        several=True,
        words=(">=", "<="),
    ),
    Field(
        "unit",
        phrase("the unit of a target's value"),
        "unit:元",
        phrase("the unit of a target's value (元 finds 亿元 too)"),
        read=_read_label,
        kind="unit",
    ),
    Field(
        "document",
        phrase("a document that it is about"),
        "document:冷链物流提升规划",
        phrase("its title, or a part of it, as in its drafts and notices"),
        read=_read_label,
        several=True,
        kind="document",
    ),
    Field(
        "title",
        phrase("the title holds it"),
        "title:规划",
        phrase("the title holds it"),
        read=_read_title,
        term=TitleTerm,
    ),
    Field(
        "order",
        phrase("the order of the list"),
        "order:rank",
        phrase("the best of the newest first; without it the newest first"),
        words=ORDERS,
    ),
)
"""All fields, in the order of completion."""

_BY_NAME = {field.name: field for field in FIELDS}
_WORDS = Field("text", "", "", "", read=_read_text, term=TextTerm, several=True)  # nobody can type `text:`
_BY_TERM = {field.term: field for field in (*FIELDS, _WORDS) if field.read and field.term is not LabelTerm}


def field_named(name: str) -> Field | None:
    """The field of this name, or None."""
    return _BY_NAME.get(name)


def field_of(node: Node) -> str:
    """The name of a node's field: `text` for words, "" for `And`, `Or` and `Not`."""
    if isinstance(node, LabelTerm):
        return node.field
    field = _BY_TERM.get(type(node))
    return field.name if field else ""


def may_repeat(name: str) -> bool:
    """Whether a query may have several terms of the field."""
    return _BY_NAME.get(name, _WORDS).several


def folded_width(text: str) -> str:
    """The text in half width, each character for one. Half a surrogate pair, which SQLite refuses, becomes “?”."""
    return text.encode(errors="replace").decode().translate(_HALF_WIDTH)


def text_term(value: str, position: int) -> Term:
    """The term for words in title or text."""
    return _term_in(_WORDS, value, date.min, position)


def term_of(name: str, value: str, today: date, position: int) -> Term:
    """The term for `name:value`, or for words if the name is `text`. `position` is the position of the value."""
    return _term_in(_WORDS if name == "text" else known_field(name, position), value, today, position)


def known_field(name: str, position: int) -> Field:
    """The field of this name. Raises a QueryError that names all fields."""
    field = _BY_NAME.get(name)
    if field is None:
        raise QueryError(
            "no field is called “{given}”; there are {choices} (put quotes around words with a colon)",
            position=position,
            given=name,
            choices=", ".join(_BY_NAME),
        )
    return field


def _term_in(field: Field, value: str, today: date, position: int) -> Term:
    value = folded_width(value).strip()
    if not value:
        raise QueryError("expected a value", position=position)
    if field.read is None:
        raise QueryError("“order:” can be neither negated nor in parentheses", position=position)
    return field.read(field, value, today, position)


def order_of(value: str, position: int) -> OrderName:
    """The value of `order:`."""
    return cast("OrderName", _choice_of(folded_width(value).strip(), ORDERS, position))
