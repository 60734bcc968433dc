"""From what a person types to the expression tree.

A descent written by hand, so that every refusal knows its place and says what was expected there.

    query  = either ;            either = all, { "or", all } ;         all = unit, { unit } ;
    unit   = { "-" }, ( "(", either, ")" | term ) ;
    term   = field, ":", value | "star" | value ;      value = word | quoted ;

`order:` is no condition: it stands among the outermost terms and is kept beside the tree.
"""

import calendar
import re
from datetime import date, timedelta
from typing import cast

from feeds.agencies import official_name
from feeds.errors import QueryError, phrase
from feeds.query.terms import (
    DATE_WORDS,
    FIELD,
    FIELDS,
    ORDERS,
    PARTS,
    STATES,
    And,
    Comparison,
    Dates,
    Due,
    Groups,
    Has,
    Is,
    Named,
    Node,
    Not,
    Or,
    OrderName,
    Part,
    State,
    Term,
    Text,
    Title,
)

# One character for one, so that a position in the folded text is one in the typed text.
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_WORD = re.compile(r'[^\s()"“”]+')
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_SIGN = re.compile(r">=|<=|>|<|=")
_COUNT = re.compile(r"(>=|<=|>|<|=)?(\d{1,6})", re.ASCII)
_A_DATE = phrase("expected a date such as 2022-01-12, 2021-12..2022-03, today, yesterday, week or month, not “{given}”")
_A_DEADLINE = phrase("expected a deadline such as 2025, 2025-06, <=2027 or 2025..2030, not “{given}”")
_NEVER = (date.max, date.min)
_DEPTH = 40
_TERMS = 200  # SQLite reads an expression of a thousand levels, and a chain of terms has a level each


def _day_range(text: str, position: int, refusal: str = _A_DATE) -> tuple[date, date]:
    """First and last day of a year, a month or a day."""
    found = _DATE.fullmatch(text)
    try:
        if found is None:
            raise ValueError  # noqa: TRY301 -- one refusal for every way a date can be wrong
        year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
        if day:
            return date(year, month, day), date(year, month, day)
        if month:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except (ValueError, calendar.IllegalMonthError):
        raise QueryError(refusal, position=position, given=text) from None


def _dates_of(text: str, today: date, position: int) -> Dates:
    word = text.lower()
    if word in DATE_WORDS:
        try:
            first, last = {
                "today": lambda: (today, today),
                "yesterday": lambda: (today - timedelta(days=1),) * 2,
                "week": lambda: (today - timedelta(days=today.weekday()), today + timedelta(days=6 - today.weekday())),
                "month": lambda: _day_range(f"{today.year:04}-{today.month}", position),
            }[word]()
        except OverflowError:
            first = last = today
        return Dates(word, first, last)
    return Dates(text, *_range_of(text, position))


def _range_of(text: str, position: int, refusal: str = _A_DATE) -> tuple[date | None, date | None]:
    """Days from `a..b`, `a..` or `..b`, both ends included; of one date without dots, its own days."""
    start, dots, end = text.partition("..")
    if not dots:
        return _day_range(text, position, refusal)
    if not start and not end:
        raise QueryError("expected a date before or after the two dots", position=position)
    opening = _day_range(start, position, refusal)[0] if start else None
    closing = _day_range(end, position + len(start) + 2, refusal)[1] if end else None
    if opening and closing and opening > closing:
        raise QueryError("the range ends before it begins", position=position)
    return opening, closing


def _due_of(text: str, position: int) -> Due:
    """A deadline's last day compared with a date's days, or within a range."""
    found = _SIGN.match(text)
    sign, rest = (found[0], text[found.end() :]) if found else ("=", text)
    position += len(text) - len(rest)
    if sign == "=":
        return Due(text, *_range_of(rest, position, _A_DEADLINE))
    first, last = _day_range(rest, position, _A_DEADLINE)
    if sign in (">=", "<="):
        return Due(text, first, None) if sign == ">=" else Due(text, None, last)
    if (first if sign == "<" else last) in _NEVER:  # before the calendar's first day or after its last
        return Due(text, *_NEVER)
    step = timedelta(days=1)
    return Due(text, None, first - step) if sign == "<" else Due(text, last + step, None)


def _groups_of(text: str, position: int) -> Groups:
    found = _COUNT.fullmatch(text)
    if found is None:
        raise QueryError("expected a number such as 4 or >=4, not “{given}”", position=position, given=text)
    return Groups(cast("Comparison", found[1] or "="), int(found[2]))


def _choice_of(text: str, choices: tuple[str, ...], position: int) -> str:
    if text.lower() not in choices:
        raise QueryError(
            "expected one of {choices}, not “{given}”", position=position, choices=", ".join(choices), given=text
        )
    return text.lower()


def term_of(field: str, value: str, today: date, position: int) -> Term:
    """`field:value` as a node; `position` is where the value stands, for the refusal."""
    value = value.encode(errors="replace").decode().translate(_FOLD).strip()
    if not value:
        raise QueryError("expected a value", position=position)
    term: Term
    match field:
        case "text":
            term = Text(value)
        case "title":
            term = Title(value)
        case "cat" | "agency" | "source" | "tag":
            term = Named(field, official_name(value) if field == "agency" else value)
        case "date":
            term = _dates_of(value, today, position)
        case "due":
            term = _due_of(value, position)
        case "is":
            term = Is(cast("State", _choice_of(value, STATES, position)))
        case "has":
            term = Has(cast("Part", _choice_of(value, PARTS, position)))
        case "groups":
            term = _groups_of(value, position)
        case _:
            raise QueryError(
                "no field is called “{given}”; there are {choices} (put quotes around words with a colon)",
                position=position,
                given=field,
                choices=", ".join(FIELDS),
            )
    return term


def order_of(value: str, position: int) -> OrderName:
    """`order:value`'s value."""
    typed = value.encode(errors="replace").decode().translate(_FOLD).strip()
    return cast("OrderName", _choice_of(typed, ORDERS, position))


class Grammar:
    """One text being read. `order` is what its last `order:` said."""

    def __init__(self, text: str, today: date) -> None:
        # Half a surrogate pair is no character: SQLite could not be asked for it.
        self._text = text.encode(errors="replace").decode().translate(_FOLD)
        self._today = today
        self._at = 0
        self._depth = 0
        self._terms = 0
        self.order: OrderName = "date"

    def query(self) -> Node:
        """The whole text."""
        self._skip()
        if self._at == len(self._text):
            return And()
        node = self._either()
        if self._at < len(self._text):  # only a parenthesis ends an expression before the text does
            raise QueryError("this parenthesis was never opened", position=self._at)
        return node

    def _skip(self) -> None:
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1

    def _or_ahead(self) -> bool:
        found = _WORD.match(self._text, self._at)
        return found is not None and found[0].lower() == "or"

    def _either(self) -> Node:
        nodes = [self._all()]
        while self._or_ahead():
            self._at += 2
            self._skip()
            nodes.append(self._all())
        if len(nodes) > 1 and And() in nodes:
            raise QueryError("expected a word or a field on either side of “or”", position=self._at)
        flat = [part for node in nodes for part in (node.nodes if isinstance(node, Or) else (node,))]
        return flat[0] if len(flat) == 1 else Or(tuple(flat))

    def _all(self) -> Node:
        nodes: list[Node] = []
        begin = self._at
        while self._at < len(self._text) and self._text[self._at] != ")" and not self._or_ahead():
            node = self._unit()
            nodes += node.nodes if isinstance(node, And) else (node,)
            self._skip()
        if self._at == begin:
            raise QueryError("expected a word or a field here", position=self._at)
        return nodes[0] if len(nodes) == 1 else And(tuple(nodes))

    def _unit(self) -> Node:
        self._depth += 1
        if self._depth > _DEPTH:
            raise QueryError("nested too deeply", position=self._at)
        try:
            if self._text.startswith("-", self._at):
                self._at += 1
                self._skip()
                if self._at == len(self._text) or self._text[self._at] == ")":
                    raise QueryError("expected something to exclude after “-”", position=self._at)
                return Not(self._unit())
            if self._text.startswith("(", self._at):
                return self._parenthesis()
            return self._term()
        finally:
            self._depth -= 1

    def _parenthesis(self) -> Node:
        opened = self._at
        self._at += 1
        self._skip()
        node = self._either()
        if not self._text.startswith(")", self._at):
            raise QueryError("this parenthesis is never closed", position=opened)
        self._at += 1
        return node

    def _term(self) -> Node:
        self._terms += 1
        if self._terms > _TERMS:
            raise QueryError("more than {limit} terms", position=self._at, limit=_TERMS)
        if found := FIELD.match(self._text, self._at):
            start = self._at
            field = found[1].lower()
            if field not in FIELDS:
                return term_of(field, "?", self._today, start)
            if field == "order" and self._depth > 1:
                raise QueryError("“order:” can be neither negated nor in parentheses", position=start)
            self._at = found.end()
            start = self._at
            if field == "order":
                self.order = order_of(self._value(), start)
                return And()
            return term_of(field, self._value(), self._today, start)
        if (found := _WORD.match(self._text, self._at)) and found[0].lower() == "star":
            self._at = found.end()
            return Is("starred")
        start = self._at
        return term_of("text", self._value(), self._today, start)

    def _value(self) -> str:
        opening = self._text[self._at : self._at + 1]
        if opening and opening in '"“':
            return self._quoted("”" if opening == "“" else '"')
        found = _WORD.match(self._text, self._at)
        if found is None and opening == "”":
            raise QueryError("this quote was never opened", position=self._at)
        if found is None:
            raise QueryError("expected a value", position=self._at)
        self._at = found.end()
        return found[0]

    def _quoted(self, closing: str) -> str:
        opened = self._at
        parts = []
        self._at += 1
        while True:
            end = self._text.find(closing, self._at)
            if end < 0:
                raise QueryError("this quote is never closed", position=opened)
            parts.append(self._text[self._at : end])
            self._at = end + 1
            if closing != '"' or not self._text.startswith('"', self._at):
                return "".join(parts)
            parts.append('"')
            self._at += 1
