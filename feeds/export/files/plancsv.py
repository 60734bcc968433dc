"""The parts of plans as a table for spreadsheets: a row for each document, group, item, goal and target."""

from collections.abc import Iterator

from feeds.export.csvtext import MARK, csv_lines
from feeds.model import BEIJING, Article, Flags, Group, Item, Span

COLUMNS = (
    "article", "title", "published", "kind", "depth", "text", "number", "issuers", "found", "declared",
    "comparator", "direction", "value", "unit", "deadline", "baseline", "paragraph", "start", "end",
)  # fmt: skip


def csv_head(_title: str, _moment: object) -> str:
    """The mark of the encoding and the names of the columns."""
    return MARK + csv_lines([COLUMNS])


def plan_rows(article: Article, _flags: Flags) -> str:
    """The rows of one article's plan."""
    published = article.published.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M") if article.dated else ""
    start: dict[str, object] = {"article": article.id, "title": article.title, "published": published}
    return csv_lines([str(cells.get(name, "")) for name in COLUMNS] for cells in _rows(article, start))


def _rows(article: Article, start: dict[str, object]) -> Iterator[dict[str, object]]:
    plan = article.plan
    for document in plan.documents:
        issuers = "、".join(document.issuers)
        told = {"kind": "document", "text": document.title, "number": document.number or "", "issuers": issuers}
        yield start | told | {"depth": 0} | (_place(document.span) if document.span else {})
    for group in plan.groups:
        yield from (start | cells for cells in _group_rows(group, 0))
    for goal in plan.goals:
        yield start | {"kind": "goal", "text": goal.text, "deadline": goal.deadline, "depth": 0} | _place(goal.span)
    for target in plan.targets:
        yield (
            start
            | {"kind": "target", "text": target.indicator, "comparator": target.comparator, "depth": 0}
            | {"direction": target.direction, "value": target.value, "unit": target.unit}
            | {"deadline": target.deadline, "baseline": target.baseline or ""}
            | _place(target.span)
        )


def _group_rows(group: Group, depth: int) -> Iterator[dict[str, object]]:
    declared = "" if group.declared is None else group.declared
    counts = {"found": len(group.items), "declared": declared, "depth": depth}
    yield {"kind": "group", "text": group.label} | counts | _place(group.span)
    for item in group.items:
        yield from _item_rows(item, depth + 1)


def _item_rows(item: Item, depth: int) -> Iterator[dict[str, object]]:
    yield {"kind": "item", "text": item.title, "depth": depth} | _place(item.span)
    for inner in item.items:
        yield from _item_rows(inner, depth + 1)
    for group in item.groups:
        yield from _group_rows(group, depth + 1)


def _place(span: Span) -> dict[str, object]:
    return {"paragraph": span.p, "start": span.start, "end": span.end}
