"""Groups and items side by side: matched level by level, then the rest over all groups; and what stands elsewhere."""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from feeds.compare.comparison import Pairing, Part, PartKind, Place
from feeds.compare.matching import best_pairs, equal_pairs, like_pairs, likeness, moved_of
from feeds.compare.nodes import PlanNode, nodes_of
from feeds.model import Group

Pairer = Callable[[PartKind, Part | None, Part | None, Place | None, Place | None], Pairing]

_LIKE_ITEM = 0.45  # likeness of two items of one group from which they are one item with another wording
_MOVED_ITEM = 0.8  # the same where they stand in different groups
_LIKE_GROUP = 0.35
_MOST_GROUPS = 80  # beyond, only groups with one label are compared


def structure_pairings(before: Sequence[Group], after: Sequence[Group], pairing: Pairer) -> list[Pairing]:
    """The pairings of all groups and items; `pairing` makes one of two parts and their places."""
    left, right = nodes_of(before), nodes_of(after)
    matched = _Matched()
    matched.match(left, right)
    matched.match_rest(left, right)
    moved = matched.moved_nodes()
    found: list[Pairing] = []
    for node in (node for root in left for node in root.walk()):
        other = matched.forth.get(node)
        kind: PartKind = "group" if node.is_group else "item"
        if other is None:
            gone = pairing(kind, node.part, None, node.place, None)
            found.append(replace(gone, whole=node.parent is not None and node.parent not in matched.forth))
        else:
            found.append(replace(pairing(kind, node.part, other.part, node.place, other.place), moved=node in moved))
    for node in (node for root in right for node in root.walk()):
        if node not in matched.back:
            new = pairing("group" if node.is_group else "item", None, node.part, None, node.place)
            found.append(replace(new, whole=node.parent is not None and node.parent not in matched.back))
    return found


class _Matched:
    """Which node of the one side belongs to which of the other."""

    def __init__(self) -> None:
        self.forth: dict[PlanNode, PlanNode] = {}
        self.back: dict[PlanNode, PlanNode] = {}

    def match(self, left: Sequence[PlanNode], right: Sequence[PlanNode]) -> None:
        """Match the members of one place with those of its counterpart, and what stands in them."""
        if not (left and right):
            return
        for lefts, rights, pairs_of in (
            ([node for node in left if node.is_group], [node for node in right if node.is_group], _group_pairs),
            ([node for node in left if not node.is_group], [node for node in right if not node.is_group], _item_pairs),
        ):
            for first, second in pairs_of(lefts, rights):
                self._join(lefts[first], rights[second])

    def match_rest(self, left: Sequence[PlanNode], right: Sequence[PlanNode]) -> None:
        """Match what stands in another group, or a group in another item: only what says nearly the same."""
        for groups in (True, False):
            lefts = [n for root in left for n in root.walk() if n.is_group is groups and n not in self.forth]
            rights = [n for root in right for n in root.walk() if n.is_group is groups and n not in self.back]
            for first, second in _group_pairs(lefts, rights) if groups else _item_pairs(lefts, rights, _MOVED_ITEM):
                if lefts[first] not in self.forth and rights[second] not in self.back:
                    self._join(lefts[first], rights[second])

    def _join(self, node: PlanNode, other: PlanNode) -> None:
        self.forth[node], self.back[other] = other, node
        self.match(
            [inner for inner in node.inner if inner not in self.forth],
            [inner for inner in other.inner if inner not in self.back],
        )

    def moved_nodes(self) -> set[PlanNode]:
        """The nodes of the left side that stand elsewhere: under another parent, or in another order."""
        found: set[PlanNode] = set()
        ranks: dict[tuple[PlanNode | None, bool], dict[tuple[int, int], PlanNode]] = {}
        for node, other in self.forth.items():
            if (node.parent is None) != (other.parent is None) or (
                node.parent is not None and self.forth.get(node.parent) is not other.parent
            ):
                found.add(node)
            else:
                ranks.setdefault((node.parent, node.is_group), {})[node.place[-1], other.place[-1]] = node
        for members in ranks.values():
            found |= {members[pair] for pair in moved_of(members)}
        return found


def _item_pairs(
    left: Sequence[PlanNode], right: Sequence[PlanNode], floor: float = _LIKE_ITEM
) -> list[tuple[int, int]]:
    """Equal texts first, then alike ones."""
    if not (left and right):
        return []
    pairs = equal_pairs([node.plain for node in left], [node.plain for node in right])
    lefts = [number for number in range(len(left)) if number not in {first for first, _second in pairs}]
    rights = [number for number in range(len(right)) if number not in {second for _first, second in pairs}]
    alike = like_pairs([left[number].grams for number in lefts], [right[number].grams for number in rights], floor)
    return pairs + [(lefts[first], rights[second]) for first, second in alike]


def _group_pairs(left: Sequence[PlanNode], right: Sequence[PlanNode]) -> list[tuple[int, int]]:
    """The groups that are most alike in their kind and their items."""
    few = max(len(left), len(right)) <= _MOST_GROUPS
    return best_pairs(
        (score, first, second)
        for first, node in enumerate(left)
        for second, other in enumerate(right)
        if (few or node.plain == other.plain) and (score := _group_likeness(node, other)) >= _LIKE_GROUP
    )


def _group_likeness(left: PlanNode, right: PlanNode) -> float:
    items = likeness(left.grams, right.grams)
    if left.kind and left.kind == right.kind:
        return 0.5 + 0.4 * items + 0.1 * (left.plain == right.plain)
    return 0.8 * items
