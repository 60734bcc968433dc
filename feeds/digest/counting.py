"""The news of an archive since a moment: new articles, new documents, edits, and what falls due soon."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import ceil

from msgspec import Struct

from feeds.archive import Engine
from feeds.config import View
from feeds.documents import DocumentRow
from feeds.model import BEIJING
from feeds.query import Query, parse
from feeds.query.results import Row
from feeds.query.terms import And, Due, Edited, Node, Not, Seen
from feeds.targets import TargetRow

DAYS = 30  # in which something falls due soon
_ROWS = 20  # rows kept of each kind


class CountedName(Struct, frozen=True):
    """A view or an agency, with its number of new articles."""

    name: str
    count: int


class Digest(Struct, frozen=True, kw_only=True):
    """The news between two moments. The first rows of each kind are kept, beside the number of all."""

    since: datetime
    until: datetime
    new: int = 0
    views: tuple[CountedName, ...] = ()
    agencies: tuple[CountedName, ...] = ()
    documents: tuple[DocumentRow, ...] = ()
    documents_total: int = 0
    edited: tuple[Row, ...] = ()
    edited_total: int = 0
    due: tuple[TargetRow, ...] = ()
    due_total: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened. A deadline that comes near does not count."""
        return not (self.new or self.edited_total)


def digest_of(
    archive: Engine, views: Iterable[View], since: datetime, until: datetime, query: Query | None = None
) -> Digest:
    """Count what happened since a moment among the articles that a query finds. It is slow: call it in a thread.

    Raises ArchiveError.
    """
    today = until.astimezone(BEIJING).date()
    base = query or Query(today=today)
    first = ceil(since.timestamp())
    arrived = Seen(since.astimezone(BEIJING).isoformat(), first, None)
    new = _with(base, arrived)
    edited = archive.listing(_with(base, Edited(arrived.typed, first, None), Not(arrived)))
    due = archive.targets(_with(base, Due("", today, today + timedelta(days=DAYS))))
    while not due.exact:
        due.count_on()
    count = archive.listing(new).count()
    documents = archive.documents(new, since=first)
    while count and not documents.exact:
        documents.count_on()
    by_view = ((view.name, archive.listing(parse(view.query, today).and_also(new)).count()) for view in views)
    by_agency = ((facet.path[0], facet.total) for facet in archive.facets(new, "agency") if count)
    return Digest(
        since=since,
        until=until,
        new=count,
        views=_names_with_counts(by_view) if count else (),
        agencies=_names_with_counts(by_agency),
        documents=tuple(documents.window(0, _ROWS)) if count else (),
        documents_total=documents.total if count else 0,
        edited=tuple(edited.window(0, _ROWS)),
        edited_total=edited.count(),
        due=tuple(due.window(0, _ROWS)),
        due_total=due.total,
    )


def _with(query: Query, *nodes: Node) -> Query:
    return Query(And((*query.root.nodes, *nodes)), query.today)


def _names_with_counts(pairs: Iterable[tuple[str, int]]) -> tuple[CountedName, ...]:
    return tuple(CountedName(name, count) for name, count in pairs if count)[:_ROWS]
