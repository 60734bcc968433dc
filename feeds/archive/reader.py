"""An open archive as its readers use it: find, list, count, and mark with flags. See `feeds.archive.engine.Engine`."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from feeds.archive.engine import FlagChange, Listing, Undo
from feeds.archive.files import is_archive
from feeds.archive.opening import Parts
from feeds.archive.sqlite.index import Index
from feeds.archive.sqlite.lists.facets import Tally, facets_of, tally_of, unread_in
from feeds.archive.sqlite.lists.listing import DatedListing
from feeds.archive.tables import TableReader, check_flags_writable
from feeds.errors import AmbiguousId, ArchiveError, ArchiveGone, DayUnusable, NoSuchArticle, ShardDamaged
from feeds.flags import Words, clean_change
from feeds.model import Article, Fault, Flags
from feeds.query import FacetKind, Query
from feeds.query.fields import field_named
from feeds.query.results import Duplicate, Facet
from feeds.query.terms import Is

if TYPE_CHECKING:
    from feeds.archive.reading import ReadOnlyView


def _apply(index: Index, changes: Sequence[FlagChange]) -> Undo:
    from feeds.archive.sqlite.flags import apply_changes  # what writes is imported after the first frame

    return apply_changes(index, changes)


class ArchiveReader(TableReader):
    """An open archive, for any process, while one process writes."""

    def __init__(self, parts: Parts) -> None:
        self.path: Path = parts.path
        self.parts = parts
        self.view: ReadOnlyView | None = parts.view  # if the archive cannot be written to: why, and how it is read
        self._shards, self._index = parts.shards, parts.index
        self._tally: Tally | None = None

    def close(self) -> None:
        """Close all files and release the lock."""
        if self.view:
            self.view.close()
        self._index.close()
        if self.parts.unlock:
            self.parts.unlock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def set_aside(self) -> list[Fault]:
        """Day files that were found damaged since the archive was opened. A writer renames them (`values["aside"]`)."""
        return self._shards.set_aside

    @property
    def damage(self) -> ArchiveError | None:
        """Why the archive must be opened again (IndexDamaged, ArchiveChanged) or is gone (ArchiveGone), or None."""
        if self.view and (change := self.view.change):
            return change if is_archive(self.path) else ArchiveGone.at(str(self.path))
        return self._index.damage

    def find(self, keys: Iterable[str]) -> str | None:
        """The id of the article that has one of these keys (docid, canonical URL, GUID)."""
        return self._index.find(keys)

    def get(self, name: str) -> Article:
        """A whole article from its day's file. Raises NoSuchArticle, ShardDamaged."""
        day = self._index.day(name)
        if day is None:
            raise NoSuchArticle("no article has the id {id}", id=name)
        return self._shards.article(day, name)

    def get_many(self, names: Iterable[str]) -> Iterator[Article]:
        """The articles with these ids, in their order; each day's file is read once where its ids stand together.

        Leave out an id that no article has, and articles whose day cannot be read.
        """
        for day, group in groupby(names, self._index.day):
            if day is None:
                continue
            wanted = list(group)
            try:
                found = {article.id: article for article in self._shards.articles(day, wanted)}
            except (ShardDamaged, DayUnusable):
                continue
            yield from (found[name] for name in wanted if name in found)

    def resolve(self, prefix: str) -> str:
        """The id that begins with `prefix`, or the id of the article with this address. NoSuchArticle, AmbiguousId."""
        if found := self._index.find(filter(None, (prefix, *_names_of(prefix)))):
            return found
        names = self._index.beginning_with(prefix.lower()) if prefix.isascii() and prefix else []
        if not names:
            raise NoSuchArticle("no article has the id or address {id}", id=prefix)
        if len(names) > 1 and prefix.lower() not in names:
            raise AmbiguousId("several articles' ids begin with {id}; give more of it", id=prefix)
        return names[0]

    def flags(self, name: str) -> Flags:
        """The reader's flags of an article. Raises NoSuchArticle."""
        flags = self._index.flags(name)
        if flags is None:
            raise NoSuchArticle("no article has the id {id}", id=name)
        return flags

    def set_flags(
        self,
        ids: Sequence[str],
        *,
        tag: Sequence[str] = (),
        untag: Sequence[str] = (),
        **values: bool | str | None,
    ) -> Undo:
        """Set flags of articles and their duplicates, at once and from any process. The answer undoes it.

        `values` are new values of flags by the names of `feeds.model.Flags`; None leaves a flag as it is. `tag` adds
        tags, `untag` removes them. Texts and tags lose control characters and are trimmed; an empty tag is ignored.
        Raises TypeError for a name or value that no flag has.
        """
        change = clean_change({"tags": Words(tuple(tag), tuple(untag)), **values})
        check_flags_writable(self.parts)
        names = dict.fromkeys(member for name in ids for member in self._index.duplicates.members_of(name))
        return _apply(self._index, [FlagChange(name, change) for name in names])

    def duplicates(self, name: str) -> list[Duplicate]:
        """The other articles of an article's duplicate group, the earliest first."""
        return self._index.duplicates.duplicates_of(name)

    def split_duplicates(self, name: str) -> Undo:
        """Split a duplicate group: at its leader all copies, at a copy that one. The day files keep this too."""
        check_flags_writable(self.parts)
        members = self._index.duplicates.members_of(name)
        leaving = members[1:] if name == members[0] else [name]
        return _apply(self._index, [FlagChange(member, {"apart": True}) for member in leaving])

    def join_duplicates(self, name: str) -> Undo:
        """Join again what `split_duplicates` took out of an article's group."""
        check_flags_writable(self.parts)
        apart = self._index.duplicates.apart_from(name)
        changes = [FlagChange(member, {"apart": False}) for member in apart]
        return _apply(self._index, changes)

    def undo(self, undo: Undo) -> None:
        """Undo what `set_flags`, `split_duplicates` or `join_duplicates` did."""
        check_flags_writable(self.parts)
        _apply(self._index, undo.before)

    def listing(self, query: Query | None = None) -> Listing:
        """The articles that a query finds, the newest first, or in the order of the query."""
        if query and Is("hidden") in query.root.nodes:
            return DatedListing(self._index, query)
        if query and query.order == "rank" and query.words():
            from feeds.archive.sqlite.lists.ranking import RankedListing  # the first frame is never ranked

            return RankedListing(self._index, query)
        if query and query.order not in ("date", "rank"):
            from feeds.archive.sqlite.lists.ranking import SortedListing

            return SortedListing(self._index, query)
        return DatedListing(self._index, query)

    def facets(self, query: Query | None, facet: FacetKind) -> list[Facet]:
        """Counts by category (a tree, parents first), source, agency, tag, day or month.

        For a query with many articles only the newest are counted, see `Facet.exact`.
        """
        if not (query and query.root.nodes):
            return facets_of(self._index, None, facet)
        # One pass over the articles serves all kinds of facet.
        if not self._tally or (self._tally.query, self._tally.change_count) != (query, self._index.change_count):
            self._tally = tally_of(self._index, query)
        return facets_of(self._index, self._tally, facet)

    def names(self, field: str) -> list[tuple[str, int]]:
        """The labels of a field of the filter language, with their numbers of articles, for completion.

        The commonest first; of date the months, the latest first; nothing of fields that have no labels.
        """
        known = field_named(field)
        found = facets_of(self._index, None, known.kind) if known and known.kind else []
        return [("/".join(facet.path), facet.total) for facet in found]

    def unread(self) -> int:
        """The number of unread articles."""
        return unread_in(self._index)


def _names_of(address: str) -> tuple[str, ...]:
    """The keys that an address may have."""
    from feeds.identity import canonical_url, docid_of, exact_url

    return exact_url(address), canonical_url(address), docid_of(address, address)
