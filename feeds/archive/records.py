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

from feeds.attachments import joined_attachments
from feeds.model import BEIJING, CLOCK_SLACK, FIRST_CLOCK, Article, Fault, Flags, Plan, Revision

StoreOutcome = Literal["new", "changed", "same", "refused"]
T = TypeVar("T")


class Record(Article, frozen=True, kw_only=True):
    """An article as the archive keeps it."""

    flags: Flags = Flags()


class Part(Struct, frozen=True, kw_only=True):
    """One of the articles that a record was taken for, as its source names it now (feeds.archive.naming.splitting)."""

    keys: tuple[str, ...]
    title: str
    url: str = ""
    guid: str = ""
    published: datetime | None = None


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


TextOutcome = Literal["same", "reset", "edit", "kept"]


def _text_outcome(old: Record, new: Article) -> TextOutcome:
    """The outcome for the text of an archived article that comes again.

    `same`: nothing. `edit`: the new text replaces it, and it stays as a revision. `reset`: the new text replaces it
    without a revision, because a reader sees no difference. `kept`: it stays, because the new text is missing, is an
    earlier one, or says the same and comes from another source. Two sources may print one article under two titles. If
    each change back were a revision, every poll would add one.
    """
    text = (new.title, new.blocks)
    if text == (old.title, old.blocks):
        return "same"
    if (old.blocks and not new.blocks) or any(text == (past.title, past.blocks) for past in old.earlier):
        return "kept"
    if not old.blocks and new.blocks:
        return "edit"
    from feeds.compare.edits import is_edit  # few articles come again with another text

    if not is_edit(old, new):
        return "reset" if new.sources[:1] == old.sources[:1] and not new.title.endswith(("…", "...")) else "kept"
    return "edit" if all(is_edit(past, new) for past in old.earlier) else "kept"


def with_text(record: Record, article: Article) -> Record:
    """The record with the title, text, plan, earlier texts and `instead` of an article."""
    fields = ("title", "blocks", "plan", "earlier", "instead")
    return structs.replace(record, **{name: getattr(article, name) for name in fields})


def merged_record(old: Record, new: Article) -> tuple[Record, StoreOutcome]:
    """The archived record with the values of `new`, and whether its text changed in a way that a reader cares for.

    Keys, sources, categories and attachments are united. Id and day stay. Other fields take the newer value if it is
    not empty. The address changes only if `new` comes from the source that listed the article first.
    """
    text = _text_outcome(old, new)
    values: dict[str, Any] = {
        name: getattr(new, name) or getattr(old, name)
        for name in ("origin", "author", "editor", "keywords", "updated", "summary", "headimg", "thumbnail", "guid")
    }
    values.update(
        keys=_union(old.keys, new.keys),
        sources=_union(old.sources, new.sources),
        categories=_union(old.categories, new.categories),
        url=new.url if new.url and new.sources[:1] == old.sources[:1] else old.url or new.url,
        attachments=joined_attachments(old.attachments, new.attachments),
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
    if text != "kept":
        values["plan"] = new.plan
    has_text = bool(new.blocks or old.blocks)
    values["instead"] = None if has_text else new.instead or old.instead
    if text in ("edit", "reset"):
        values.update(title=new.title, blocks=new.blocks)
        if old.blocks and text == "edit":
            values["earlier"] = (*old.earlier, Revision(new.seen, old.title, old.blocks, old.plan))
    return structs.replace(old, **values), "changed" if text == "edit" else "same"
