"""The tables of targets and documents of an open archive. See `feeds.archive.engine.TableEngine`."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from feeds.archive.engine import DocumentSort, FetchedRows, Listing, TableListing, TargetSort
from feeds.archive.opening import Parts
from feeds.model import BEIJING, Article
from feeds.query import Query
from feeds.query.terms import And, Has, Or

if TYPE_CHECKING:
    from feeds.documents import DocumentRow, JoinedDocument
    from feeds.targets import DueBy, DueCount, TargetRow


class Keyed(Protocol):
    """A row with an id."""

    @property
    def key(self) -> str:
        """The row's id."""


K = TypeVar("K", bound=Keyed)
_WITH_TARGETS = Query(And((Or((Has("targets"), Has("goals"))),)))
_WITH_PLAN = Query(And((Has("plan"),)))


class ComputedTable(Generic[K]):
    """The rows that a function makes of the archive, made again after each change of the archive."""

    exact = True

    def __init__(self, rows_of: Callable[[], Sequence[K]], change_count: Callable[[], int]) -> None:
        self.version = 0
        self._rows_of = rows_of
        self._change_count = change_count
        self._seen = change_count()
        self._rows = rows_of()

    @property
    def total(self) -> int:
        """The number of rows."""
        return len(self._rows)

    def count_on(self) -> bool:
        """Return False: all rows are counted."""
        return False

    def window(self, start: int, count: int, /) -> Sequence[K]:
        """The rows from `start` on, at most `count`."""
        return self._rows[max(start, 0) : start + count]

    def fetch(self, start: int, stop: int, /) -> FetchedRows[K]:
        """The rows from `start` to before `stop`."""
        return FetchedRows(start, tuple(self.window(start, stop - start)), self.version)

    def index_of(self, key: str, /) -> int | None:
        """The position of a row."""
        return next((place for place, row in enumerate(self._rows) if row.key == key), None)

    def refresh(self) -> bool:
        """Take in what changed. Return whether anything did."""
        if (count := self._change_count()) == self._seen:
            return False
        self._seen, self._rows, self.version = count, self._rows_of(), self.version + 1
        return True

    def steady(self) -> AbstractContextManager[None]:
        """Nothing changes between two calls of `refresh`."""
        return nullcontext()


class TableReader:
    """The tables of an archive that is open."""

    parts: Parts

    def get_many(self, names: Iterable[str]) -> Iterator[Article]:
        """See ArchiveReader."""
        raise NotImplementedError

    def listing(self, query: Query | None = None) -> Listing:
        """See ArchiveReader."""
        raise NotImplementedError

    def targets(self, query: Query | None = None, sort: TargetSort = "deadline") -> "TableListing[TargetRow]":
        """The targets and goals of the articles that a query finds, each once; its `due:` also chooses the rows."""
        from feeds.targets import in_sort_order, is_asked_for, rows_of

        wish = query or Query()

        def rows() -> "list[TargetRow]":
            articles = self.get_many(self.listing(wish.and_also(_WITH_TARGETS)).ids())
            return in_sort_order((row for row in rows_of(articles) if is_asked_for(row, wish)), sort)

        return ComputedTable(rows, lambda: self.parts.index.change_count)

    def documents(self, query: Query | None = None, sort: DocumentSort = "seen") -> "TableListing[DocumentRow]":
        """The documents that the articles of a query are about."""
        from feeds.documents import document_rows, documents_in_order

        today = _today(query)

        def rows() -> "list[DocumentRow]":
            articles = self.get_many(self.listing((query or Query()).and_also(_WITH_PLAN)).ids())
            return documents_in_order(document_rows(articles), sort, today)

        return ComputedTable(rows, lambda: self.parts.index.change_count)

    def document(self, key: str) -> "JoinedDocument | None":
        """The document with this key, with its mentions; None if no article speaks of it."""
        from feeds.documents import join_mentions, mentions_of

        articles = self.get_many(self.listing(_WITH_PLAN).ids())
        found = join_mentions([mention for article in articles for mention in mentions_of(article)])
        return next((one for one in found if any(member.mention.name == key for member in one.members)), None)

    def document_of(self, name: str) -> list[str]:
        """The keys of the documents that an article is about, in the order of its plan."""
        from feeds.documents import mentions_of

        names = [mention.name for article in self.get_many([name]) for mention in mentions_of(article)]
        return list(dict.fromkeys(found.key for one in names if (found := self.document(one))))

    def due_counts(self, query: Query | None, by: "DueBy") -> "list[DueCount]":
        """How many of the rows of `targets` end in each year, half-year or month, or are of each agency."""
        from feeds.targets import due_counts_of

        table = self.targets(query)
        return due_counts_of(table.window(0, table.total), by)


def _today(query: Query | None) -> date:
    """The day on which a query was typed, else today."""
    return query.today if query and query.today > date.min else datetime.now(BEIJING).date()
