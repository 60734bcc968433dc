"""A plan as an outline: what the tree says of documents, groups, items, goals and figures, in which words. Pure.

Each node is a row of runs, text with the component class it is drawn in. Documents come first, then goals and targets
by their deadline, then the groups in the text's order.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count

from msgspec import Struct, field

from feeds.model import Document, Goal, Group, Item, Plan, Span, Target
from tui.words import _, ngettext

DOUBTFUL = 0.6
_COMPARATORS = {"ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< ", "approx": "≈ ", "eq": ""}
_DIRECTIONS = {"up": "↑ ", "down": "↓ ", "level": ""}
_LATEST = "9999"

Run = tuple[str, str]
"""A text and the component class it is drawn in."""


class Node(Struct, eq=False):
    """One line of the outline. `lead` stands before its runs, which hang behind it; `depth` counts from 0."""

    runs: tuple[Run, ...]
    span: Span | None = None
    lead: Run = ("", "")
    doubtful: bool = False
    children: list["Node"] = field(default_factory=list)
    depth: int = 0
    parent: "Node | None" = None
    folded: bool = False

    @property
    def text(self) -> str:
        """Everything it says, without its lead."""
        return "".join(text for text, _part in self.runs)

    def walk(self) -> Iterator["Node"]:
        """The node and all beneath it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def visible_nodes(self) -> Iterator["Node"]:
        """The node and what is not folded away beneath it."""
        yield self
        if not self.folded:
            for child in self.children:
                yield from child.visible_nodes()


def outline_of(plan: Plan) -> list[Node]:
    """The top nodes, their depths and parents set."""
    roots = [_document(document) for document in plan.documents]
    if not plan.documents and plan.agencies:
        roots.append(Node((("、".join(plan.agencies), "issuers"),)))
    due = [(goal.deadline, goal_node(goal)) for goal in plan.goals]
    roots += by_deadline(due + [(target.deadline, target_node(target)) for target in plan.targets])
    if plan.code and plan.groups:
        roots.append(Node(((plan.code, "code"), ("  " + _("in the text's own shorthand"), "note"))))
    roots += [group_node(group) for group in plan.groups]
    for root in roots:
        hang(root)
    return roots


def hang(node: Node) -> None:
    """Set the depths and parents of all nodes beneath this one."""
    for child in node.children:
        child.parent = node
        child.depth = node.depth + 1
        hang(child)


def _document(document: Document) -> Node:
    children = []
    if document.number:
        children.append(Node(((document.number, "number"),), document.span))
    if document.issuers:
        children.append(Node((("、".join(document.issuers), "issuers"),), document.span))
    return Node(((f"《{document.title}》", "document"),), document.span, children=children)


def group_node(group: Group) -> Node:
    """A group with its count, and its items beneath it."""
    runs = [(group.label or _("List"), "group"), *_count_runs(group)]
    numbers = (number for number in count(1) if number not in group.missing)
    children = [_item(item, number) for item, number in zip(group.items, numbers, strict=False)]
    return Node(tuple(runs), group.span, doubtful=group.confidence < DOUBTFUL, children=children)


def _count_runs(group: Group) -> list[Run]:
    """Whether a group lists what it counts: a badge, and words where it does not."""
    found, declared = len(group.items), group.declared or 0
    match group.status:
        case "complete":
            return [(f"  {found}/{declared}", "kept")]
        case "short":
            if len(group.missing) == declared - found:
                words = _gap_note(group)
            else:
                words = ngettext("{n} is missing", "{n} are missing", declared - found)
        case "over":
            words = ngettext("{n} more than counted", "{n} more than counted", found - declared)
        case "unlisted":
            return [(f"  –/{declared}", "open"), (" " + _("counted, not listed"), "note")]
        case "open":
            return [(f"  {found}/{declared}…", "open"), (" " + _("open list"), "note")]
        case "undeclared":
            skipped = [] if not group.missing else [(" " + _gap_note(group), "short")]
            return [(f"  {found}…" if group.open else f"  {found}", "note"), *skipped]
    return [(f"  {found}/{declared}", "short"), (" " + words, "short")]


def _gap_note(group: Group) -> str:
    """Which of its ordinals the text leaves out."""
    return _("no. {numbers} missing").format(numbers=_(", ").join(map(str, group.missing)))


def _item(item: Item, number: int) -> Node:
    children = [_item(part, place) for place, part in enumerate(item.items, 1)]
    children += [group_node(group) for group in item.groups]
    return Node(((item.title, "item"),), item.span, (f"{number} ", "lead"), children=children)


def goal_node(goal: Goal) -> Node:
    """A goal in its words."""
    return Node(((goal.text, "goal"),), goal.span, doubtful=goal.confidence < DOUBTFUL)


def target_node(target: Target) -> Node:
    """A target: its figure, its indicator, its baseline."""
    runs = [(figure_of(target), "figure"), (f"  {target.indicator}", "goal")]
    if target.baseline:
        runs.append(("  " + _("against {baseline}").format(baseline=target.baseline), "note"))
    return Node(tuple(runs), target.span, doubtful=target.confidence < DOUBTFUL)


def by_deadline(due: Iterable[tuple[str, Node]]) -> list[Node]:
    """Nodes in the text's order, under the time that they are for."""
    nodes: dict[str, list[Node]] = defaultdict(list)
    for deadline, node in due:
        nodes[deadline].append(node)
    found = []
    for deadline in sorted(nodes, key=lambda key: key.rpartition("/")[2] or _LATEST):
        children = sorted(nodes[deadline], key=lambda node: (node.span.p, node.span.start) if node.span else (0, 0))
        found.append(Node(((time_of(deadline), "year"),), children=children))
    return found


def figure_of(target: Target) -> str:
    """A figure as one writes it: `≥ 70%`, `↓ 13.5%`."""
    return f"{_DIRECTIONS[target.direction]}{_COMPARATORS[target.comparator]}{target.value}{target.unit}"


def time_of(deadline: str) -> str:
    """A deadline in words: `2025`, `2025-06`, `2021/2025`."""
    start, slash, end = deadline.partition("/")
    if slash:
        return _("From {start} to {end}").format(start=start, end=end)
    if not deadline:
        return _("No time given")
    return _("By {month}").format(month=deadline) if "-" in deadline else _("By {year}").format(year=deadline)


def best_fit(nodes: Iterable[Node], p: int, start: int, end: int) -> Node | None:
    """The node that shares most with this stretch of the text; of equals the deepest, None when none touches it."""
    best: tuple[float, int] = (0.0, 0)
    found = None
    for node in nodes:
        span = node.span
        if span is None or span.p != p:
            continue
        shared = min(end, span.end) - max(start, span.start)
        if shared <= 0:
            continue
        fit = (shared / (max(end, span.end) - min(start, span.start)), node.depth if node.children else node.depth + 1)
        if fit > best and not _repeats(node):
            best, found = fit, node
    return found


def _repeats(node: Node) -> bool:
    """Whether it only repeats its parent's place, as a document's number and issuers do."""
    return node.parent is not None and node.parent.span == node.span
