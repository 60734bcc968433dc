"""The filter's expression tree. Each node's `str` is its canonical spelling."""

import re
from datetime import date
from typing import Literal

from msgspec import Struct

State = Literal["unread", "read", "starred", "plan"]
Part = Literal["targets", "goals", "groups", "plan"]
Comparison = Literal[">=", "<=", ">", "<", "="]
OrderName = Literal["date", "rank"]

STATES: tuple[State, ...] = ("unread", "read", "starred", "plan")
PARTS: tuple[Part, ...] = ("targets", "goals", "groups", "plan")
ORDERS: tuple[OrderName, ...] = ("date", "rank")
DATE_WORDS = ("today", "yesterday", "week", "month")

FIELD = re.compile(r"([A-Za-z]+):(?!//)")
_PLAIN = re.compile(r'[^\s()"“”]+')


def spelled_value(value: str, *, bare: bool = False) -> str:
    """A value as it is typed: as it is, or in quotes where something in it would be read otherwise.

    `bare` is for a word without a field, which could also be `or`, `star`, a negation or a field.
    """
    plain = _PLAIN.fullmatch(value) is not None
    if plain and bare:
        plain = not value.startswith("-") and value.lower() not in ("or", "star") and not FIELD.match(value)
    return value if plain else '"' + value.replace('"', '""') + '"'


class TextTerm(Struct, frozen=True):
    """Title or text hold this."""

    value: str

    def __str__(self) -> str:
        return spelled_value(self.value, bare=True)


class TitleTerm(Struct, frozen=True):
    """The title holds this."""

    value: str

    def __str__(self) -> str:
        return f"title:{spelled_value(self.value)}"


class LabelTerm(Struct, frozen=True):
    """Filed under a label of the field: a category, a source, an agency, a tag of the reader's."""

    field: str
    value: str

    def __str__(self) -> str:
        return f"{self.field}:{spelled_value(self.value)}"


class Dates(Struct, frozen=True):
    """Published between two Beijing days, both included, None where open. `typed` is how it was said."""

    typed: str
    first: date | None
    last: date | None

    def __str__(self) -> str:
        return f"date:{self.typed}"


class Due(Struct, frozen=True):
    """Its plan has a goal or target whose last day lies between two days, both included, None where open."""

    typed: str
    first: date | None
    last: date | None

    def __str__(self) -> str:
        return f"due:{self.typed}"


class Is(Struct, frozen=True):
    """What the reader did with it, or that it has a plan."""

    state: State

    def __str__(self) -> str:
        return f"is:{self.state}"


class Has(Struct, frozen=True):
    """Its plan has such parts."""

    part: Part

    def __str__(self) -> str:
        return f"has:{self.part}"


class Groups(Struct, frozen=True):
    """How many groups its plan has."""

    comparison: Comparison
    number: int

    def __str__(self) -> str:
        return f"groups:{'' if self.comparison == '=' else self.comparison}{self.number}"


Term = TextTerm | TitleTerm | LabelTerm | Dates | Due | Is | Has | Groups


class Not(Struct, frozen=True):
    """The opposite."""

    node: "Node"

    def __str__(self) -> str:
        return f"-({self.node})" if isinstance(self.node, And | Or) else f"-{self.node}"


class And(Struct, frozen=True):
    """All of these; of none, everything."""

    nodes: tuple["Node", ...] = ()

    def __str__(self) -> str:
        return " ".join(f"({node})" if isinstance(node, And | Or) else str(node) for node in self.nodes)


class Or(Struct, frozen=True):
    """Any of these."""

    nodes: tuple["Node", ...]

    def __str__(self) -> str:
        return " or ".join(f"({node})" if isinstance(node, Or) else str(node) for node in self.nodes)


Node = TextTerm | TitleTerm | LabelTerm | Dates | Due | Is | Has | Groups | Not | And | Or
