"""Groups while they are being put together: positions only, no strings. Frozen into the model at the end.

A draft knows how far each item's text reaches, because a count inside that text belongs to the item, not to the
article.
"""

from bisect import bisect_left
from collections.abc import Sequence

from msgspec import Struct

from feeds.model import Group, Item, Span
from feeds.plan.clauses import Line, Paper
from feeds.plan.lexicon import phrases

Place = tuple[int, int]
"""(paragraph, offset): ordered as the text is read."""


def turn_after(paper: Paper, p: int) -> int:
    """The paragraph after `p` in which the report goes on, the article's end where none is."""
    if paper.turns is None:
        paper.turns = [line.p for line in paper.lines if phrases.TURN.match(line.plain)]
    following = bisect_left(paper.turns, p + 1)
    return paper.turns[following] if following < len(paper.turns) else len(paper.lines)


class DraftItem:
    """An item: its title's stretch, and the text that belongs to it as [begin, finish)."""

    __slots__ = ("begin", "end", "finish", "groups", "items", "p", "rank", "start")

    def __init__(
        self, p: int, start: int, end: int, *, begin: Place | None = None, finish: Place | None = None
    ) -> None:
        self.p = p
        self.start = start
        self.end = end
        self.begin = begin or (p, start)
        self.finish = finish or (p, end)
        self.rank: int | None = None
        self.items: list[DraftItem] = []
        self.groups: list[Draft] = []

    def holds(self, place: Place) -> bool:
        """Whether `place` lies in the item's text."""
        return self.begin <= place < self.finish

    def to_model(self, lines: Sequence[Line]) -> Item:
        """The item as the model has it."""
        return Item(
            lines[self.p].text[self.start : self.end],
            Span(self.p, self.start, self.end),
            tuple(item.to_model(lines) for item in self.items),
            tuple(group.to_model(lines) for group in self.groups),
        )


class Draft(Struct, eq=False):
    """A group: its label's place, its number, its items, and the place that decides what it is nested in."""

    label: tuple[int, int, int]
    n: int | None
    items: list[DraftItem]
    key: tuple[int | None, str] = (None, "")
    home: Place = (-1, 0)
    is_open: bool = False
    missing: tuple[int, ...] = ()
    section: bool = False
    led_in: bool = False
    rank: int | None = None
    rule: str = ""
    beside: bool = False
    confidence: float = 1.0

    def __post_init__(self) -> None:
        """A group is nested by its label's place, unless its list stands elsewhere."""
        self.home = self.label[:2]

    @property
    def said(self) -> str:
        """How many items it has of how many declared."""
        return f"{len(self.items)} of {self.n or 'no declared number'}"

    def titles(self, paper: Paper) -> list[str]:
        """The items' titles as printed."""
        return [paper.lines[item.p].text[item.start : item.end] for item in self.items]

    def to_model(self, lines: Sequence[Line]) -> Group:
        """The group as the model has it."""
        p, start, end = self.label
        return Group(
            lines[p].text[start:end],
            self.n,
            Span(p, start, end),
            tuple(item.to_model(lines) for item in self.items),
            self.is_open,
            round(self.confidence, 2),
            self.missing,
        )
