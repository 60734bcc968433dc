"""The labels of an article, as (kind, value): it is counted and found under them. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from feeds.archive.records import Record, day_of
from feeds.archive.sqlite.rowids import second_of
from feeds.model import BEIJING, Item, Plan
from feeds.query.fields import FIELDS
from feeds.query.terms import LabelTerm

# A duplicate group has the labels of all its articles in these kinds.
SHARED = tuple(field.kind for field in FIELDS if field.kind and field.term is LabelTerm)
LED = (*SHARED, "has")  # the kinds of label whose rows a list may be read from
_SEPARATOR = "/"


def path_text(path: Iterable[str]) -> str:
    """A category's path as one label; a slash inside a part would look like a new part."""
    return _SEPARATOR.join(part.replace(_SEPARATOR, "／") for part in path)


def groups_in(plan: Plan) -> int:
    """How many groups a plan shows, nested ones counted."""

    def inside(items: tuple[Item, ...]) -> int:
        return sum(
            inside(item.items) + len(item.groups) + sum(inside(group.items) for group in item.groups) for item in items
        )

    return len(plan.groups) + sum(inside(group.items) for group in plan.groups)


def labels_of(record: Record, tags: Sequence[str], at: int) -> list[tuple[str, str]]:
    """Everything an article is counted under, as (kind, value); its day is its row number's."""
    day = day_of(datetime.fromtimestamp(second_of(at), BEIJING)).isoformat()
    labels: list[tuple[str, str]] = [("all", ""), ("day", day), ("month", day[:7])]
    labels += [("source", source) for source in record.sources]
    for field in FIELDS:
        if field.kind and field.of_plan:
            labels += [(field.kind, label) for label in field.of_plan(record.plan)]
    labels += [("category", path_text(path[:depth])) for path in record.categories for depth in range(1, len(path) + 1)]
    labels += [("tag", tag) for tag in tags]
    parts = {
        "plan": record.plan,
        "groups": record.plan.groups,
        "goals": record.plan.goals,
        "targets": record.plan.targets,
    }
    labels += [("has", part) for part, held in parts.items() if held]
    return list(dict.fromkeys(labels))
