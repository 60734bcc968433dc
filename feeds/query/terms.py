"""The expression tree of a filter. `str(node)` is the one spelling of a node."""

import re
from datetime import date
from typing import Literal

from msgspec import Struct

State = Literal["unread", "read", "starred", "plan", "changed", "hidden"]
Part = Literal["targets", "goals", "groups", "plan", "attachment", "agency"]
Comparison = Literal[">=", "<=", ">", "<", "="]
OrderName = Literal["date", "rank", "oldest", "due", "agency", "targets"]

STATES: tuple[State, ...] = ("unread", "read", "starred", "plan", "changed", "hidden")
PARTS: tuple[Part, ...] = ("targets", "goals", "groups", "plan", "attachment", "agency")
ORDERS: tuple[OrderName, ...] = ("date", "rank", "oldest", "due", "agency", "targets")
DATE_WORDS = ("today", "yesterday", "week", "month")

FIELD = re.compile(r"([A-Za-z]+|[\u4e00-\u9fff]{1,2}):(?!//)")
"""The form of a field's name. An English name is always one of a field; a Chinese one is if the field is known."""
_PLAIN = re.compile(r'[^\s()"“][^\s()]*')


def spelled_value(value: str, *, bare: bool = False) -> str:
    """The spelling of a value in a filter: the value itself, or the value in quotes if it would be misunderstood.

    `bare` is for a word without a field, which could be taken for `or`, `star`, a negation or a field.
    """
    plain = _PLAIN.fullmatch(value) is not None
    if plain and bare:
        plain = not value.startswith("-") and value.lower() not in ("or", "star") and not FIELD.match(value)
    return value if plain else '"' + value.replace('"', '""') + '"'


class TextTerm(Struct, frozen=True):
    """The title or the text contains this value."""

    value: str

    def __str__(self) -> str:
        return spelled_value(self.value, bare=True)


class TitleTerm(Struct, frozen=True):
    """The title contains this value."""

    value: str

    def __str__(self) -> str:
        return f"title:{spelled_value(self.value)}"


class LabelTerm(Struct, frozen=True):
    """The article has a label of this field: a category, a source, an agency, a tag."""

    field: str
    value: str

    def __str__(self) -> str:
        return f"{self.field}:{spelled_value(self.value)}"


class NoteTerm(Struct, frozen=True):
    """The reader's note has these words in it; `*` stands for any note."""

    value: str

    def __str__(self) -> str:
        return f"note:{spelled_value(self.value)}"


class Dates(Struct, frozen=True):
    """The article was published between two Beijing days, both included. None means open. `typed` is as typed."""

    typed: str
    first: date | None
    last: date | None

    def __str__(self) -> str:
        return f"date:{self.typed}"


class Due(Struct, frozen=True):
    """The plan has a goal or target whose last day is between two days, both included. None means open."""

    typed: str
    first: date | None
    last: date | None

    def __str__(self) -> str:
        return f"due:{self.typed}"


class Seen(Struct, frozen=True):
    """The article came into the archive between two moments, in seconds since 1970. None means open."""

    typed: str
    first: int | None
    last: int | None

    def __str__(self) -> str:
        return f"seen:{self.typed}"


class Edited(Struct, frozen=True):
    """The publisher last edited the article between two moments, in seconds since 1970. None means open."""

    typed: str
    first: int | None
    last: int | None

    def __str__(self) -> str:
        return f"changed:{self.typed}"


class Is(Struct, frozen=True):
    """The article has this state: a mark of the reader, it has a plan, or its publisher edited it."""

    state: State

    def __str__(self) -> str:
        return f"is:{self.state}"


class Has(Struct, frozen=True):
    """The plan has parts of this kind, the article has an attachment, or it names an agency."""

    part: Part

    def __str__(self) -> str:
        return f"has:{self.part}"


class Groups(Struct, frozen=True):
    """The number of groups in the plan."""

    comparison: Comparison
    number: int

    def __str__(self) -> str:
        return f"groups:{'' if self.comparison == '=' else self.comparison}{self.number}"


class Amount(Struct, frozen=True):
    """The plan has a target whose amount is between two amounts, both included. None means open.

    `unit` is that of the amounts without a multiplier (元 of 万亿元); "" stands for any. `typed` is as typed.
    """

    typed: str
    least: float | None
    most: float | None
    unit: str = ""

    def __str__(self) -> str:
        return f"value:{spelled_value(self.typed)}"


Term = TextTerm | TitleTerm | NoteTerm | LabelTerm | Dates | Due | Seen | Edited | Is | Has | Groups | Amount


class Not(Struct, frozen=True):
    """The node does not hold."""

    node: "Node"

    def __str__(self) -> str:
        return f"-({self.node})" if isinstance(self.node, And | Or) else f"-{self.node}"


NO_AGENCY = Not(Has("agency"))
"""The article names no agency."""


class And(Struct, frozen=True):
    """All nodes hold. Without nodes, every article is found."""

    nodes: tuple["Node", ...] = ()

    def __str__(self) -> str:
        return " ".join(f"({node})" if isinstance(node, And | Or) else str(node) for node in self.nodes)


class Or(Struct, frozen=True):
    """At least one node holds."""

    nodes: tuple["Node", ...]

    def __str__(self) -> str:
        return " or ".join(f"({node})" if isinstance(node, Or) else str(node) for node in self.nodes)


Node = (
    TextTerm
    | TitleTerm
    | NoteTerm
    | LabelTerm
    | Dates
    | Due
    | Seen
    | Edited
    | Is
    | Has
    | Groups
    | Amount
    | Not
    | And
    | Or
)
