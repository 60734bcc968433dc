"""Records: an article with the reader's flags, as the archive keeps it, and how a later reading merges into it.

shards.lines writes and reads them.
"""

import calendar
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain
from typing import Any, Literal, TypeVar

from msgspec import Struct, structs

from feeds.model import BEIJING, CLOCK_SLACK, FIRST_CLOCK, Article, Fault, Flags, Plan, Revision

StoreOutcome = Literal["new", "changed", "same", "refused"]
T = TypeVar("T")


class Record(Article, frozen=True, kw_only=True):
    """An article as the archive keeps it."""

    flags: Flags = Flags()


class Stored(Struct, frozen=True):
    """The result of storing an article. It is on disk, unless the outcome is `refused`.

    `changed` means a new text. An archived article with a new source or category is the `same`. An article is refused
    if the file of its day cannot be used. `fault` gives the reason. Articles of other days are stored.
    """

    id: str
    outcome: StoreOutcome
    fault: Fault | None = None

    @property
    def new(self) -> bool:
        """Whether the archive did not have the article."""
        return self.outcome == "new"

    @property
    def changed(self) -> bool:
        """Whether title or text differ from the archived ones."""
        return self.outcome == "changed"


def record_of(article: Article, flags: Flags) -> Record:
    """The article with its flags."""
    return Record(**{name: getattr(article, name) for name in Article.__struct_fields__}, flags=flags)


def by_time(records: Iterable[Record]) -> list[Record]:
    """The records, the earliest first: this order fills the index's pages. Records of one moment keep their order."""
    return sorted(records, key=lambda record: record.published)


def day_of(moment: datetime) -> date:
    """The Beijing date of a moment."""
    return moment.astimezone(BEIJING).date()


_DEADLINE = re.compile(r"(?:.*/)?(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)


def last_day(deadline: str) -> date | None:
    """The last day of a deadline (`2025`, `2025-06`, `2021/2025`); None for anything else."""
    found = _DEADLINE.fullmatch(deadline)
    if found is None:
        return None
    year, month = int(found[1]), int(found[2] or 12)
    try:
        return date(year, month, int(found[3] or calendar.monthrange(year, month)[1]))
    except (ValueError, calendar.IllegalMonthError):
        return None


def days_due(plan: Plan) -> Iterator[date]:
    """The last days of a plan's goals and targets."""
    for deadline in [goal.deadline for goal in plan.goals] + [target.deadline for target in plan.targets]:
        if day := last_day(deadline):
            yield day


def _union(first: Sequence[T], second: Sequence[T]) -> tuple[T, ...]:
    """The elements of both without repeats, in their order."""
    return tuple(dict.fromkeys(chain(first, second)))


def _brings_text(old: Article, new: Article) -> bool:
    """Whether `new` has a text that is neither the present one nor an earlier one.

    Two sources may print one article under two titles. If each change back were a revision, every poll would add one.
    """
    if not new.blocks and old.blocks:
        return False
    text = (new.title, new.blocks)
    return text != (old.title, old.blocks) and all(text != (past.title, past.blocks) for past in old.earlier)


def with_text(record: Record, article: Article) -> Record:
    """The record with the title, text, plan, earlier texts and `instead` of an article."""
    fields = ("title", "blocks", "plan", "earlier", "instead")
    return structs.replace(record, **{name: getattr(article, name) for name in fields})


def merged_record(old: Record, new: Article) -> tuple[Record, StoreOutcome]:
    """The archived record with the values of `new`, and whether its text changed.

    Keys, sources and categories are united. Id and day stay. Other fields take the newer value if it is not empty. The
    address changes only if `new` comes from the source that listed the article first.
    """
    changed = _brings_text(old, new)
    same_text = (new.title, new.blocks) == (old.title, old.blocks)
    values: dict[str, Any] = {
        name: getattr(new, name) or getattr(old, name)
        for name in ("origin", "author", "editor", "keywords", "updated", "summary", "headimg", "thumbnail", "guid")
    }
    values.update(
        keys=_union(old.keys, new.keys),
        sources=_union(old.sources, new.sources),
        categories=_union(old.categories, new.categories),
        url=new.url if new.url and new.sources[:1] == old.sources[:1] else old.url or new.url,
        flash=old.flash and new.flash,
        dated=old.dated or new.dated,
    )
    late = new.seen + CLOCK_SLACK
    if old.seen > late or old.seen < FIRST_CLOCK <= new.seen:  # a wrong clock made `seen`
        values["seen"] = new.seen
    if new.dated:
        values["published"] = new.published
    elif old.published > late or ("seen" in values and not old.dated):
        values.update(published=new.published, dated=False)
    if changed or same_text:
        values["plan"] = new.plan
    has_text = bool(new.blocks or old.blocks)
    values["instead"] = None if has_text else new.instead or old.instead
    if changed:
        values.update(title=new.title, blocks=new.blocks)
        if old.blocks:
            values["earlier"] = (*old.earlier, Revision(new.seen, old.title, old.blocks))
    return structs.replace(old, **values), "changed" if changed else "same"
