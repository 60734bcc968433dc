"""A plan as an outline without words of its own, so that it is the same in each language. Markdown and markmap from it.

Documents come first, then groups with their counts, then goals and targets under their deadlines.
"""

from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct

from feeds.controls import drop_controls
from feeds.export.files.plaintext import facts_of
from feeds.model import Article, Document, Flags, Goal, Group, Item, Plan, Target
from feeds.posts.spelling import spelling_of

_COMPARATORS = {"ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< ", "approx": "≈ ", "eq": ""}
_DIRECTIONS = {"up": "↑ ", "down": "↓ ", "level": ""}
_LATEST = "9999"
_MARKMAP = "---\nmarkmap:\n  colorFreezeLevel: 2\n---\n\n"


class OutlineLine(Struct, frozen=True):
    """A line of an outline and the lines below it."""

    text: str
    lines: tuple["OutlineLine", ...] = ()


def plan_outline(plan: Plan) -> tuple[OutlineLine, ...]:
    """The lines of a plan."""
    lines = [_document(document) for document in plan.documents]
    if not plan.documents and plan.agencies:
        lines.append(OutlineLine("、".join(plan.agencies)))
    if plan.code:
        lines.append(OutlineLine(plan.code))
    return (*lines, *map(_group, plan.groups), *_by_deadline(plan))


def _document(document: Document) -> OutlineLine:
    inner = filter(None, (document.number or "", "、".join(document.issuers)))
    return OutlineLine(f"《{document.title}》", tuple(map(OutlineLine, inner)))


def _group(group: Group) -> OutlineLine:
    count = f"{len(group.items)}/{group.declared}" if group.declared else f"{len(group.items)}"
    label = f"{group.label}（{count}{'…' if group.open else ''}）"
    return OutlineLine(label, tuple(map(_item, group.items)))


def _item(item: Item) -> OutlineLine:
    return OutlineLine(item.title, (*map(_item, item.items), *map(_group, item.groups)))


def _by_deadline(plan: Plan) -> Iterator[OutlineLine]:
    found: dict[str, list[Goal | Target]] = defaultdict(list)
    parts: list[Goal | Target] = [*plan.goals, *plan.targets]
    for part in sorted(parts, key=lambda part: (part.span.p, part.span.start)):
        found[part.deadline].append(part)
    for deadline in sorted(found, key=lambda each: each.rpartition("/")[2] or _LATEST):
        yield OutlineLine(deadline.replace("/", "–") or "–", tuple(map(_line, found[deadline])))


def _line(part: Goal | Target) -> OutlineLine:
    if isinstance(part, Goal):
        return OutlineLine(part.text)
    figure = f"{_DIRECTIONS[part.direction]}{_COMPARATORS[part.comparator]}{part.value}{part.unit}"
    return OutlineLine(f"{part.indicator}：{figure}" + (f"（{part.baseline}）" if part.baseline else ""))


def plan_markdown(article: Article, _flags: Flags) -> str:
    """The plan as Markdown: the title as heading, the outline as nested lists."""
    facts = [spelling_of(fact) for fact in (*facts_of(article), drop_controls(article.url)) if fact]
    lines = [f"# {spelling_of(article.title)}", "", " · ".join(facts), ""]
    for line in plan_outline(article.plan):
        lines += _list_lines(line, 0)
    return "\n".join(lines).rstrip("\n") + "\n"


def plan_markmap(article: Article, _flags: Flags) -> str:
    """The plan for markmap: the title is the root, each top line a branch."""
    lines = [f"# {spelling_of(article.title)}"]
    for line in plan_outline(article.plan):
        lines += ["", f"## {spelling_of(line.text)}", ""]
        for inner in line.lines:
            lines += _list_lines(inner, 0)
    return "\n".join(lines).rstrip("\n") + "\n"


def markmap_head(_title: str, _moment: object) -> str:
    """The settings of markmap at the head of a file."""
    return _MARKMAP


def _list_lines(line: OutlineLine, depth: int) -> Iterator[str]:
    yield f"{'  ' * depth}- {spelling_of(line.text)}"
    for inner in line.lines:
        yield from _list_lines(inner, depth + 1)
