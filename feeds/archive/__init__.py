"""The archive: day files are the truth, index.sqlite answers lists, one process writes.

    archive/shards/2022/2022-01-12.json   one TinyDB file a day; see shards.file for its bytes
    archive/index.sqlite                  derived; may be deleted at any time
    archive/flags.sqlite                  pending flags, which no day file has yet
    archive/state.json                    what the poller keeps about its sources
    archive/lock                          the one writer holds it

Any process may read while one writes. Imports here delay the dashboard's first frame: TinyDB and filelock are imported
only for writing.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import msgspec

from feeds.addresses import printable
from feeds.archive.files import is_archive, is_nameable, make_folder
from feeds.archive.records import Stored
from feeds.archive.refusals import reason_of
from feeds.archive.shards import Shards
from feeds.archive.shards import file as dayfile
from feeds.archive.sqlite import flags as flag_store
from feeds.archive.sqlite.flags import Undo
from feeds.archive.sqlite.index import Index
from feeds.archive.sqlite.lists.facets import Tally, facets_of, tally_of, unread_in
from feeds.archive.sqlite.lists.listing import Listing
from feeds.archive.sqlite.lists.ranking import Ranking
from feeds.archive.writer import Writer
from feeds.errors import (
    AmbiguousId,
    ArchiveError,
    ArchiveGone,
    ArchiveLocked,
    DiskRefused,
    IndexDamaged,
    NoSuchArticle,
    phrase,
)
from feeds.flags import Words, clean_change
from feeds.identity import canonical_url, docid_of, exact_url
from feeds.model import Article, Fault, Flags
from feeds.query import FacetKind, Query
from feeds.query.fields import field_named
from feeds.query.results import Duplicate, Facet

if TYPE_CHECKING:
    from feeds.archive.reading import View

__all__ = ["Archive", "Listing", "Stored", "Undo"]

_CHUNK = 1000  # articles taken from an iterable at a time
_STATE = 256_000_000  # bytes of state.json that are read; it has some hundred bytes for a source and entry
_TEXTS = 50  # texts that enter the search in one transaction: a reader's flag waits for it


class Archive:
    """One archive folder, opened for reading, or by its one writer."""

    def __init__(
        self,
        path: Path,
        shards: Shards,
        index: Index,
        unlock: Callable[[], None] | None = None,
        view: "View | None" = None,
    ) -> None:
        self.path = path
        self._shards = shards
        self._index = index
        self._writer = Writer(index, shards)
        # Its parts for feeds.archive.whole and feeds.archive.naming, which are not imported for lists.
        self.parts = (index, shards, self._writer)
        self._unlock = unlock
        self.view = view  # if the archive cannot be written to: why, and how it is read
        self._tally: Tally | None = None

    @classmethod
    def open(
        cls, path: Path, *, write: bool = False, catch_up: bool = True, rebuild: bool = False, make: bool = True
    ) -> Self:
        """Open the archive at `path`. Make it if there is none; with `make` False raise ArchiveGone instead.

        First the index catches up with the day files. With `catch_up` False a writer does that later: the dashboard
        starts its poller anyway and does not wait. With `rebuild` a writer gets an empty index and walks
        `Whole.rebuilt`. Raises ArchiveLocked if another process writes.

        A reader needs no write. If the disk refuses writes, the archive is read as it is, see `view`.
        """
        if not is_nameable(path):
            wrong = Fault(phrase("no archive can have this name"))
            raise ArchiveError("{path} cannot be opened: {reason}", path=printable(path), reason=wrong)
        try:
            if not (make or is_archive(path)):
                raise ArchiveGone.at(str(path))
            make_folder(path, 0o700)
            return cls._open_repairing(path, write=write, catch_up=catch_up, rebuild=write and rebuild)
        except (OSError, DiskRefused) as fault:
            reason = reason_of(fault) if isinstance(fault, OSError) else fault.fault.values["reason"]
            if not write and is_archive(path):
                return cls._open_view(path, Fault("the archive cannot be written to: {reason}", {"reason": reason}))
            raise ArchiveError("{path} cannot be opened: {reason}", path=str(path), reason=reason) from fault

    @classmethod
    def _open_repairing(cls, path: Path, *, write: bool, catch_up: bool, rebuild: bool) -> Self:
        """Open the archive. If the index is damaged, open it once more, which rebuilds the index."""
        try:
            return cls._open_locked(path, write=write, catch_up=catch_up, rebuild=rebuild)
        except IndexDamaged:
            return cls._open_locked(path, write=write, catch_up=catch_up, rebuild=rebuild)

    @classmethod
    def _open_locked(cls, path: Path, *, write: bool, catch_up: bool, rebuild: bool) -> Self:
        with ExitStack() as cleanup:
            unlock = _take_lock(path / "lock") if write else None
            if unlock:
                cleanup.callback(unlock)
            index = Index(path / "index.sqlite", rebuild=rebuild)
            cleanup.callback(index.close)
            archive = cls(path, Shards(path / "shards", write=write), index, unlock)
            if (write or catch_up) and not rebuild:
                archive.catch_up()
            cleanup.pop_all()
        return archive

    @classmethod
    def _open_view(cls, path: Path, why: Fault) -> Self:
        from feeds.archive.reading import open_view  # a writer does not need it

        try:
            view = open_view(path, why)
        except (OSError, DiskRefused) as fault:
            raise ArchiveError("{path} cannot be opened: {reason}", path=str(path), reason=why) from fault
        return cls(path, view.shards, view.index, view=view)

    def close(self) -> None:
        """Close all files and release the lock."""
        if self.view:
            self.view.close()
        self._index.close()
        if self._unlock:
            self._unlock()

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

    def _check_flags_writable(self) -> None:
        """Raise an error if flags cannot be saved, so that none is accepted and lost."""
        if self.view:
            raise DiskRefused(self.view.why.template, **self.view.why.values)
        self._index.check_place()

    # -- the index and the shards

    def catch_up(self) -> int:
        """Bring the index up to the day files, the latest day first. Return how many days were behind."""
        return sum(1 for _ in self._index.catch_up(self._shards, every=self._unlock is not None))

    def upkeep(self, texts: int = _TEXTS) -> int:
        """Do a short step of the postponed work (writer only). Return the number of texts that still wait.

        Texts wait to enter the search and to be compared. Until then the search reads every waiting text, slower and
        with the same result, and duplicates may have rows of their own. `store_many` and `fold_flags` each do a step,
        so a poller catches up by its normal work. It may also call this when it is idle.
        """
        return max(self._index.index_texts(texts), self._index.compare(texts))  # most texts wait for both

    # -- articles

    def store(self, article: Article, flags: Flags | None = None) -> Stored:
        """Store an article. It is on disk when this returns, unless it is refused. Use `store_many` for many."""
        return self._writer.store([article], flags)[0]

    def store_many(self, articles: Iterable[Article], *, search_later: bool = False) -> list[Stored]:
        """Store articles in their order. Each day's file is written once. They are on disk when this returns.

        If a day's file cannot be used, its articles are refused, see Stored. Raises ArchiveError on a full disk.

        With `search_later` the texts enter the search in `upkeep`. That is the most expensive part.
        """
        stored: list[Stored] = []
        rest = iter(articles)
        while chunk := list(islice(rest, _CHUNK)):
            stored += self._writer.store(chunk, None, later=search_later)
            if not search_later:
                for _ in range(0, len(chunk), _TEXTS):
                    self._index.compare(_TEXTS)
        if not search_later:
            self.upkeep()
        return stored

    def find(self, keys: Iterable[str]) -> str | None:
        """The id of the article that has one of these keys (docid, canonical URL, GUID)."""
        return self._index.find(keys)

    def get(self, name: str) -> Article:
        """A whole article from its day's file. Raises NoSuchArticle, ShardDamaged."""
        day = self._index.day(name)
        if day is None:
            raise NoSuchArticle("no article has the id {id}", id=name)
        return self._shards.article(day, name)

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

    # -- flags

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
        self._check_flags_writable()
        names = dict.fromkeys(member for name in ids for member in self._index.duplicates.members_of(name))
        return flag_store.apply_changes(self._index, [flag_store.FlagChange(name, change) for name in names])

    def duplicates(self, name: str) -> list[Duplicate]:
        """The other articles of an article's duplicate group, the earliest first."""
        return self._index.duplicates.duplicates_of(name)

    def split_duplicates(self, name: str) -> Undo:
        """Split a duplicate group: at its leader all copies, at a copy that one. The day files keep this too."""
        self._check_flags_writable()
        members = self._index.duplicates.members_of(name)
        leaving = members[1:] if name == members[0] else [name]
        return flag_store.apply_changes(
            self._index, [flag_store.FlagChange(member, {"apart": True}) for member in leaving]
        )

    def join_duplicates(self, name: str) -> Undo:
        """Join again what `split_duplicates` took out of an article's group."""
        self._check_flags_writable()
        apart = self._index.duplicates.apart_from(name)
        changes = [flag_store.FlagChange(member, {"apart": False}) for member in apart]
        return flag_store.apply_changes(self._index, changes)

    def undo(self, undo: Undo) -> None:
        """Undo what `set_flags`, `split_duplicates` or `join_duplicates` did."""
        self._check_flags_writable()
        flag_store.apply_changes(self._index, undo.before)

    def fold_flags(self, days: int | None = None) -> int:
        """Write pending flags into the day files, of at most `days` days (writer only). Return how many."""
        folded = self._writer.fold_flags(days)
        self.upkeep()
        return folded

    # -- lists

    def listing(self, query: Query | None = None) -> Listing:
        """The articles that a query finds, the newest first, or in the order of the query."""
        if query and query.order == "rank" and query.words():
            return Ranking(self._index, query)
        return Listing(self._index, query)

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
        """What the articles are filed under in a field of the filter language, with their number, for completion.

        The commonest first; of date the months, the latest first; nothing of fields that have no labels.
        """
        known = field_named(field)
        found = facets_of(self._index, None, known.kind) if known and known.kind else []
        return [("/".join(facet.path), facet.total) for facet in found]

    def unread(self) -> int:
        """The number of unread articles."""
        return unread_in(self._index)

    # -- the poller's states

    def load_state(self) -> dict[str, Any]:
        """What `save_state` saved, as plain JSON values; empty if there is nothing or it cannot be read."""
        try:
            file = self.path / "state.json"
            state = json.loads(file.read_bytes()) if file.stat().st_size < _STATE else {}
        except (OSError, ValueError, RecursionError):
            return {}
        return state if isinstance(state, dict) else {}

    def save_state(self, state: Mapping[str, Any]) -> None:
        """Save what the poller keeps about its sources. After a crash the file has the old state or the new one."""
        self._index.check_place()
        try:
            dayfile.put(self.path / "state.json", msgspec.json.format(msgspec.json.encode(state)) + b"\n", private=True)
        except OSError as fault:
            raise ArchiveError(
                "{name} cannot be written: {reason}", name="state.json", reason=reason_of(fault)
            ) from fault


def _names_of(address: str) -> tuple[str, ...]:
    """The keys that an address may have."""
    return exact_url(address), canonical_url(address), docid_of(address, address)


def _take_lock(path: Path) -> Callable[[], None]:
    """Take the lock. Return the function that releases it. Raises ArchiveLocked."""
    from filelock import FileLock, Timeout  # the reading path starts without it

    lock = FileLock(path, thread_local=False)  # another thread may close the archive
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise ArchiveLocked("another zhengwen already polls into {path}", path=str(path.parent)) from None
    return lock.release
