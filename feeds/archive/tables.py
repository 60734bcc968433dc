"""The tables of targets and documents of an open archive. See `feeds.archive.engine.TableEngine`."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from feeds.archive.engine import DocumentSort, TableListing, TargetSort
from feeds.archive.opening import Parts
from feeds.errors import DiskRefused
from feeds.model import BEIJING, Article
from feeds.query import Query

if TYPE_CHECKING:  # the list of articles starts without them
    from feeds.documents import DocumentRow, JoinedDocument, Separation
    from feeds.targets import DueBy, DueCount, TargetRow


def check_flags_writable(parts: Parts) -> None:
    """Raise an error if the reader's flags and separations cannot be saved, so that none is accepted and lost."""
    if parts.view:
        raise DiskRefused(parts.view.why.template, **parts.view.why.values)
    parts.index.check_place()


class TableReader:
    """The tables of an archive that is open."""

    parts: Parts

    def get_many(self, names: Iterable[str]) -> Iterator[Article]:
        """See ArchiveReader."""
        raise NotImplementedError

    def targets(self, query: Query | None = None, sort: TargetSort = "deadline") -> "TableListing[TargetRow]":
        """The targets and goals in the articles that a query finds, each once.

        The outermost `due:` of a query also chooses the targets themselves.
        """
        from feeds.archive.sqlite.joined.listing import JoinedListing
        from feeds.archive.sqlite.joined.target_rows import TargetRows

        return JoinedListing(self.parts.index, TargetRows(self.parts.index, query, sort))

    def documents(
        self, query: Query | None = None, sort: DocumentSort = "seen", *, since: int = 0
    ) -> "TableListing[DocumentRow]":
        """The documents that the articles of a query speak of, each with all its articles.

        With `since`, a second since 1970, only those of which the archive has had no article before.
        """
        from feeds.archive.sqlite.joined.document_rows import DocumentRows
        from feeds.archive.sqlite.joined.listing import JoinedListing

        table = DocumentRows(self.parts.index, query, sort, _today(query), self.get_many, since)
        return JoinedListing(self.parts.index, table)

    def document(self, key: str) -> "JoinedDocument | None":
        """The document with this key, with its mentions; None if no article speaks of it."""
        from feeds.archive.sqlite.joined.document_rows import document_named, joined_document

        number = document_named(self.parts.index, key)
        return None if number is None else joined_document(self.parts.index, number)

    def document_of(self, name: str) -> list[str]:
        """The keys of the documents that an article is about, in the order of its plan."""
        from feeds.archive.sqlite.joined.document_rows import keys_of

        return keys_of(self.parts.index, name)

    def change_separations(self, added: "Sequence[Separation]", removed: "Sequence[Separation]" = ()) -> None:
        """Keep the mentions of new separations apart for good, or forget separations; see `separations_from`.

        All of them are of one document. Raises DiskRefused.
        """
        check_flags_writable(self.parts)
        if added or removed:
            _change_separations(self.parts, added, removed)

    def due_counts(self, query: Query | None, by: "DueBy") -> "list[DueCount]":
        """How many of the rows of `targets` end in each year, half-year or month, or are of each agency."""
        from feeds.archive.sqlite.joined.counts import due_counts

        return due_counts(self.parts.index, query, by)

    def join_documents(self, limit: int = 0) -> int:
        """Join the mentions of up to `limit` titles and numbers that wait. Return how many still wait.

        An import and a rebuild leave them, and until then their documents are in no table. The poller joins them in
        its pauses. A command that reads the tables joins them first, but not where the archive cannot be written to.
        """
        from feeds.archive.sqlite.census import titles_waiting

        if not limit or self.parts.view:
            return titles_waiting(self.parts.index)
        from feeds.archive.sqlite.rows.articles import ArticleRows

        return ArticleRows(self.parts.index).join_documents(limit)


def _change_separations(parts: Parts, added: "Sequence[Separation]", removed: "Sequence[Separation]") -> None:
    """Change the file of separations and join the mentions that they name again, both in one transaction."""
    from feeds.archive.separations import load_separations, save_separations
    from feeds.archive.sqlite.joined.document_rows import names_of_documents

    with parts.index.change():
        known = [one for one in load_separations(parts.path) if one not in removed]
        save_separations(parts.path, [*known, *(one for one in added if one not in known)])
        mentions = {name for one in (*added, *removed) for name in (one.left, one.right)}
        parts.index.rows.joins.note_names(names_of_documents(parts.index, mentions))


def _today(query: Query | None) -> date:
    """The day on which a query was typed, else today."""
    return query.today if query and query.today > date.min else datetime.now(BEIJING).date()
