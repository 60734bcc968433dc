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


_NAMES = 200  # titles that are joined in one transaction: about a fifth of a second


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

    def documents(self, query: Query | None = None, sort: DocumentSort = "seen") -> "TableListing[DocumentRow]":
        """The documents that the articles of a query speak of, each with all its articles."""
        from feeds.archive.sqlite.joined.document_rows import DocumentRows
        from feeds.archive.sqlite.joined.listing import JoinedListing

        table = DocumentRows(self.parts.index, query, sort, _today(query), self.get_many)
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

    def separate_mention(self, mention: str) -> "tuple[Separation, ...]":
        """Take a mention (its name) out of its document, for good. Return the separations that this adds.

        Raises DiskRefused.
        """
        from feeds.documents import Separation

        document = self.document(mention)
        others = [one.mention.name for one in document.members if one.mention.name != mention] if document else []
        added = tuple(Separation(mention, other) for other in others)
        _change_separations(self.parts, document, added, ())
        return added

    def rejoin_mentions(self, separations: "Sequence[Separation]") -> None:
        """Remove separations, as `separate_mention` returned them. Raises DiskRefused."""
        _change_separations(self.parts, self.document(separations[0].left) if separations else None, (), separations)

    def due_counts(self, query: Query | None, by: "DueBy") -> "list[DueCount]":
        """How many of the rows of `targets` end in each year, half-year or month, or are of each agency."""
        from feeds.archive.sqlite.joined.counts import due_counts

        return due_counts(self.parts.index, query, by)

    def titles_waiting(self) -> int:
        """How many titles and numbers wait until their mentions are joined to documents; see `join_documents`.

        An import and a rebuild leave them. Until then their documents are in no table.
        """
        from feeds.archive.sqlite.census import titles_waiting

        return titles_waiting(self.parts.index)

    def join_documents(self, limit: int = _NAMES) -> int:
        """Join the mentions of up to `limit` titles and numbers that wait. Return how many still wait.

        The poller does it in its pauses. A command that reads the tables does it first. An archive that cannot be
        written to stays as it is.
        """
        if self.parts.view or not self.titles_waiting():
            return 0
        from feeds.archive.sqlite.rows.articles import ArticleRows

        return ArticleRows(self.parts.index).join_documents(limit)


def _change_separations(
    parts: Parts,
    document: "JoinedDocument | None",
    added: "Sequence[Separation]",
    removed: "Sequence[Separation]",
) -> None:
    """Change the file of separations and join the mentions of this title again, both in one transaction."""
    from feeds.archive.separations import load_separations, save_separations

    check_flags_writable(parts)
    if document is None or not (added or removed):
        return
    with parts.index.change():
        known = [one for one in load_separations(parts.path) if one not in removed]
        save_separations(parts.path, [*known, *(one for one in added if one not in known)])
        parts.index.rows.joins.note_names(
            name for member in document.members for name in (member.mention.key.key, member.mention.number) if name
        )


def _today(query: Query | None) -> date:
    """The day on which a query was typed, else today."""
    return query.today if query and query.today > date.min else datetime.now(BEIJING).date()
