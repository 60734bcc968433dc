"""A plan's groups and items as one flat list of nodes that know where they stand."""

from collections.abc import Iterator, Sequence

from feeds.compare.comparison import Place
from feeds.compare.matching import grams_of
from feeds.compare.wording import plain_of
from feeds.model import Group, Item

_COUNT = "第以下几等〇零一二三四五六七八九十百两0123456789大项个条类种点步方面是的"
"""Characters of counts and measures at the beginning of a label: what follows them is the kind of the group."""


class PlanNode:
    """A group or item, what holds it, and what it is compared by."""

    __slots__ = ("grams", "inner", "kind", "parent", "part", "place", "plain")

    def __init__(self, part: Group | Item, place: Place, parent: "PlanNode | None") -> None:
        self.part = part
        self.place = place
        self.parent = parent
        self.plain = plain_of(part.label if isinstance(part, Group) else part.title)
        self.kind = self.plain.lstrip(_COUNT) or self.plain if isinstance(part, Group) else ""
        self.inner = [PlanNode(inner, (*place, number), self) for number, inner in enumerate(_inner_of(part))]
        self.grams = grams_of(self.plain) if isinstance(part, Item) else self._grams_of_items()

    @property
    def is_group(self) -> bool:
        """Whether it is a group and no item."""
        return isinstance(self.part, Group)

    def walk(self) -> Iterator["PlanNode"]:
        """The node and everything in it."""
        yield self
        for node in self.inner:
            yield from node.walk()

    def _grams_of_items(self) -> frozenset[str]:
        return frozenset().union(*(node.grams for node in self.inner if not node.is_group))


def nodes_of(groups: Sequence[Group]) -> list[PlanNode]:
    """The nodes of the groups that stand in no item."""
    return [PlanNode(group, (number,), None) for number, group in enumerate(groups)]


def _inner_of(part: Group | Item) -> tuple[Group | Item, ...]:
    return part.items if isinstance(part, Group) else (*part.items, *part.groups)
