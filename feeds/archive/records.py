"""What the archive keeps of an article: itself and the reader's flags, and how a second reading joins the first.

How it is written stands in shards.lines.
"""

import calendar
import json
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
    """What became of an article that was handed in; by the time this is returned it is on disk, unless it is `refused`.

    `changed` speaks of the text: a source or category that joins an archived article leaves it `same`. An article is
    refused where the file of its day cannot be used, which `fault` tells; the articles of other days are stored.
    """

    id: str
    outcome: StoreOutcome
    fault: Fault | None = None

    @property
    def new(self) -> bool:
        """The archive did not have it."""
        return self.outcome == "new"

    @property
    def changed(self) -> bool:
        """Title or text differ from what the archive had."""
        return self.outcome == "changed"


class Pending(Struct, frozen=True):
    """What a reader marked of an article and its record does not say yet; None where nothing was marked."""

    id: str
    read: bool | None
    starred: bool | None
    tags: tuple[str, ...] | None
    apart: bool | None
    turn: int

    def over(self, flags: Flags) -> Flags:
        """The record's flags with what was marked since."""
        return Flags(
            read=flags.read if self.read is None else self.read,
            starred=flags.starred if self.starred is None else self.starred,
            tags=flags.tags if self.tags is None else self.tags,
            apart=flags.apart if self.apart is None else self.apart,
        )


def tags_of(text: Any) -> tuple[str, ...] | None:
    """Tags from their JSON (text or bytes); None where it is none."""
    try:
        found = json.loads(text)
    except (TypeError, ValueError, RecursionError):
        return None
    whole = isinstance(found, list) and all(isinstance(tag, str) for tag in found)
    return tuple(found) if whole else None


def is_mark(name: Any, tags: Any) -> bool:
    """Whether an id and tags (bytes, as they are kept) are those of a mark."""
    return isinstance(name, bytes) and name.isalnum() and (tags is None or tags_of(tags) is not None)


def pending_of(row: tuple[Any, ...]) -> Pending:
    """A row of the pending marks: id, read, starred, tags (JSON), apart, turn. Tags that cannot be read are not set."""
    name, read, starred, tags, apart, turn = row
    return Pending(
        name.decode(errors="replace") if isinstance(name, bytes) else str(name),
        None if read is None else bool(read),
        None if starred is None else bool(starred),
        tags_of(tags),
        None if apart is None else bool(apart),
        turn,
    )


def record_of(article: Article, flags: Flags) -> Record:
    """The article with its flags."""
    return Record(**{name: getattr(article, name) for name in Article.__struct_fields__}, flags=flags)


def in_time(records: Iterable[Record]) -> list[Record]:
    """The earliest first, the order in which the index's pages are filled; of one moment as they came."""
    return sorted(records, key=lambda record: record.published)


def day_of(moment: datetime) -> date:
    """The Beijing date of a moment."""
    return moment.astimezone(BEIJING).date()


_DEADLINE = re.compile(r"(?:.*/)?(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)


def last_day(deadline: str) -> date | None:
    """The day on which a deadline (`2025`, `2025-06`, `2021/2025`) is over; None where it names none."""
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


def _joined(first: Sequence[T], second: Sequence[T]) -> tuple[T, ...]:
    """Both without repeats, the first one's order kept."""
    return tuple(dict.fromkeys(chain(first, second)))


def _brings_text(old: Article, new: Article) -> bool:
    """Whether `new` is another text than the one we have, and not one that we have already seen replaced.

    Two sources may print one article under two titles for ever; were each change back a revision too, every poll
    would add one.
    """
    if not new.blocks and old.blocks:
        return False
    text = (new.title, new.blocks)
    return text != (old.title, old.blocks) and all(text != (past.title, past.blocks) for past in old.earlier)


def with_text(record: Record, article: Article) -> Record:
    """The record with the title, text, plan, earlier texts and `instead` of an article."""
    fields = ("title", "blocks", "plan", "earlier", "instead")
    return structs.replace(record, **{name: getattr(article, name) for name in fields})


def merged(old: Record, new: Article) -> tuple[Record, StoreOutcome]:
    """The archived article with what `new` knows of it, and whether its text changed.

    Names, sources and categories add up; id and day stay; of other fields the newer wins where it says anything. An
    address is another only where the source says so that brought the article: others link to it as they like.
    """
    changed = _brings_text(old, new)
    same_text = (new.title, new.blocks) == (old.title, old.blocks)
    values: dict[str, Any] = {
        name: getattr(new, name) or getattr(old, name)
        for name in ("origin", "author", "editor", "keywords", "updated", "summary", "headimg", "thumbnail", "guid")
    }
    values.update(
        keys=_joined(old.keys, new.keys),
        sources=_joined(old.sources, new.sources),
        categories=_joined(old.categories, new.categories),
        url=new.url if new.url and new.sources[:1] == old.sources[:1] else old.url or new.url,
        flash=old.flash and new.flash,
        dated=old.dated or new.dated,
    )
    late = new.seen + CLOCK_SLACK
    if old.seen > late or old.seen < FIRST_CLOCK <= new.seen:  # it was seen by a clock that was wrong
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
