"""The labels of an article, as (kind, value): it is counted and found under them. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct

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
    return len(plan.groups) + sum(_groups_under(group.items) for group in plan.groups)


def _groups_under(items: tuple[Item, ...]) -> int:
    return sum(
        _groups_under(item.items) + len(item.groups) + sum(_groups_under(group.items) for group in item.groups)
        for item in items
    )


def files_of(record: Record) -> int:
    """The number of an article's attachments. The file to which its link leads instead of a text is one of them."""
    is_file = record.instead is not None and not record.instead.is_page
    return len(record.attachments) + (is_file and all(one.url != record.url for one in record.attachments))


Label = tuple[str, str]
"""Kind and value."""


class Labels(Struct, frozen=True, array_like=True):
    """The labels that follow from a record alone, without its tags: those `before` the tags and those `after`."""

    before: tuple[Label, ...]
    after: tuple[Label, ...]

    def complete(self, tags: Sequence[str], at: int) -> list[Label]:
        """Everything the article is counted under, with its tags; its day is its row number's."""
        day = day_of(datetime.fromtimestamp(second_of(at), BEIJING)).isoformat()
        dated: list[Label] = [("all", ""), ("day", day), ("month", day[:7])]
        return list(dict.fromkeys((*dated, *self.before, *(("tag", tag) for tag in tags), *self.after)))


def labels_of(record: Record) -> Labels:
    """The labels of an article."""
    before: list[Label] = [("source", source) for source in record.sources]
    for field in FIELDS:
        if field.kind and field.of_plan:
            before += [(field.kind, label) for label in field.of_plan(record.plan)]
    before += [("category", path_text(path[:depth])) for path in record.categories for depth in range(1, len(path) + 1)]
    parts = {
        "plan": record.plan,
        "groups": record.plan.groups,
        "goals": record.plan.goals,
        "targets": record.plan.targets,
        "attachment": files_of(record),
    }
    after: list[Label] = [("has", part) for part, held in parts.items() if held]
    if record.plan.targets or record.plan.documents:
        from feeds.archive.sqlite.rows.plan_labels import plan_labels  # a reader's start needs none of it

        after += plan_labels(record.plan)
    return Labels(tuple(before), tuple(after))
