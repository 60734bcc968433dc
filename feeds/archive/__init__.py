"""The archive's door: day files are the truth, index.sqlite answers lists, one process writes.

    archive/shards/2022/2022-01-12.json   one TinyDB file a day; see shards.file for its bytes
    archive/index.sqlite                  derived; may be deleted at any time
    archive/flags.sqlite                  what readers marked and no shard holds yet
    archive/state.json                    the poller's memory of its sources
    archive/lock                          held by the one writer

Anyone may read while one writes. What is imported here stands on the dashboard's way to its first frame: TinyDB and
filelock come in when something is written.
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
from feeds.archive import flags as marks
from feeds.archive.duplicates.groups import Duplicate
from feeds.archive.facets import Facet, Tally, facets_of, tally_of
from feeds.archive.files import is_archive, is_nameable, make_folder
from feeds.archive.flags import Undo
from feeds.archive.index import Index
from feeds.archive.listing import Listing, Row
from feeds.archive.ranking import Ranking
from feeds.archive.records import Stored
from feeds.archive.schema.refusals import reason_of
from feeds.archive.shards import Shards
from feeds.archive.shards import file as dayfile
from feeds.archive.writer import Writer
from feeds.controls import drop_controls
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
from feeds.identity import canonical_url, docid_of, exact_url
from feeds.model import Article, Fault, Flags
from feeds.query import FacetKind, Query
from feeds.query.fields import field_named

if TYPE_CHECKING:
    from feeds.archive.reading import View

__all__ = ["Archive", "Duplicate", "Facet", "FacetKind", "Listing", "Query", "Row", "Stored", "Undo"]

_CHUNK = 1000  # articles taken from an iterable at a time
_STATE = 256_000_000  # bytes of state.json that are read; ours has some hundred a source and entry
_TEXTS = 50  # texts taken into the search at a time: a reader's mark waits so long


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
        # What it is made of, for feeds.archive.whole and feeds.archive.naming, which no list waits to be imported.
        self.parts = (index, shards, self._writer)
        self._unlock = unlock
        self.view = view  # where it cannot be written to: why, and what else is not as usual
        self._tally: Tally | None = None

    @classmethod
    def open(
        cls, path: Path, *, write: bool = False, catch_up: bool = True, anew: bool = False, make: bool = True
    ) -> Self:
        """Open the archive at `path`, made where there is none unless `make` is False: then ArchiveGone.

        The index is brought up to the shards first; with `catch_up` False that is left to a writer, which begins
        with it anyway: the dashboard, whose poller is about to start, need not wait. A writer that wants it `anew`
        has it empty, and walks `Whole.rebuilt`. ArchiveLocked when another process writes it.

        A reader needs no write: where the disk refuses one, the archive is read as it is, see `view`.
        """
        if not is_nameable(path):
            wrong = Fault(phrase("no archive can have this name"))
            raise ArchiveError("{path} cannot be opened: {reason}", path=printable(path), reason=wrong)
        try:
            if not (make or is_archive(path)):
                raise ArchiveGone.at(str(path))
            make_folder(path, 0o700)
            return cls._opened_twice(path, write=write, catch_up=catch_up, anew=write and anew)
        except (OSError, DiskRefused) as fault:
            reason = reason_of(fault) if isinstance(fault, OSError) else fault.fault.values["reason"]
            if not write and is_archive(path):
                return cls._viewed(path, Fault("the archive cannot be written to: {reason}", {"reason": reason}))
            raise ArchiveError("{path} cannot be opened: {reason}", path=str(path), reason=reason) from fault

    @classmethod
    def _opened_twice(cls, path: Path, *, write: bool, catch_up: bool, anew: bool) -> Self:
        """Open it; where a rotten page of the index is met by that, once more, with the index made anew."""
        try:
            return cls._opened(path, write=write, catch_up=catch_up, anew=anew)
        except IndexDamaged:
            return cls._opened(path, write=write, catch_up=catch_up, anew=anew)

    @classmethod
    def _opened(cls, path: Path, *, write: bool, catch_up: bool, anew: bool) -> Self:
        with ExitStack() as undone:
            unlock = _locked(path / "lock") if write else None
            if unlock:
                undone.callback(unlock)
            index = Index(path / "index.sqlite", anew=anew)
            undone.callback(index.close)
            archive = cls(path, Shards(path / "shards", write=write), index, unlock)
            if (write or catch_up) and not anew:
                archive.catch_up()
            undone.pop_all()
        return archive

    @classmethod
    def _viewed(cls, path: Path, why: Fault) -> Self:
        from feeds.archive.reading import viewed  # nobody needs it who may write

        try:
            view = viewed(path, why)
        except (OSError, DiskRefused) as fault:
            raise ArchiveError("{path} cannot be opened: {reason}", path=str(path), reason=why) from fault
        return cls(path, view.shards, view.index, view=view)

    def close(self) -> None:
        """Let go of everything."""
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
        """Day files found damaged since the archive was opened; a writer has renamed them, see `values["aside"]`."""
        return self._shards.set_aside

    @property
    def damage(self) -> ArchiveError | None:
        """Why the archive must be opened again (IndexDamaged, ArchiveChanged) or is gone (ArchiveGone); else None."""
        if self.view and (change := self.view.change):
            return change if is_archive(self.path) else ArchiveGone.at(str(self.path))
        return self._index.damage

    def _check_marking(self) -> None:
        """Raise what keeps marks from being kept: they must not be taken and lost."""
        if self.view:
            raise DiskRefused(self.view.why.template, **self.view.why.values)
        self._index.check_place()

    # -- the index and the shards

    def catch_up(self) -> int:
        """Bring the index up to the shards, a day a transaction, the latest first; how many days were behind."""
        return sum(1 for _ in self._index.catching_up(self._shards, every=self._unlock is not None))

    def upkeep(self, texts: int = _TEXTS) -> int:
        """Do a short step of the postponed work (writer only). Return the number of texts that still wait.

        Texts wait to enter the search and to be compared. Until then the search reads every waiting text, slower and
        with the same result, and duplicates may have rows of their own. `store_many` and `fold_flags` each do a step,
        so a poller catches up by its normal work. It may also call this when it is idle.
        """
        return max(self._index.index_texts(texts), self._index.compare(texts))  # most texts wait for both

    # -- articles

    def store(self, article: Article, flags: Flags | None = None) -> Stored:
        """Keep an article; on disk when this returns, unless it is refused. `store_many` is cheaper for many."""
        return self._writer.store([article], flags)[0]

    def store_many(self, articles: Iterable[Article], *, search_later: bool = False) -> list[Stored]:
        """Keep articles, each day's file written once; all are on disk when this returns, in the order given.

        Where a day's file cannot be used its articles are refused, see Stored; on a full disk all are: ArchiveError.

        With `search_later` the costliest part, taking their texts into the search, is left to `upkeep`.
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
        """The id of the article known by any of these keys (docid, canonical URL, GUID)."""
        return self._index.find(keys)

    def get(self, name: str) -> Article:
        """A whole article from its day's file; NoSuchArticle, ShardDamaged."""
        day = self._index.day(name)
        if day is None:
            raise NoSuchArticle("no article has the id {id}", id=name)
        return self._shards.article(day, name)

    def resolve(self, prefix: str) -> str:
        """The id that begins so, or of the article with this address; NoSuchArticle, AmbiguousId."""
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
        """What the reader did with an article; NoSuchArticle."""
        flags = self._index.flags(name)
        if flags is None:
            raise NoSuchArticle("no article has the id {id}", id=name)
        return flags

    def set_flags(
        self,
        ids: Sequence[str],
        *,
        read: bool | None = None,
        starred: bool | None = None,
        tag: Sequence[str] = (),
        untag: Sequence[str] = (),
    ) -> Undo:
        """Set flags of articles and their duplicates, at once and from any process. The answer undoes it.

        None leaves a flag as it is. `tag` adds tags, `untag` removes them. A tag is trimmed; an empty one is ignored.
        """
        self._check_marking()
        on = tuple(filter(None, (drop_controls(name).strip() for name in tag)))
        off = tuple(filter(None, map(str.strip, untag)))  # as they stand, so that what was kept once can go
        names = dict.fromkeys(member for name in ids for member in self._index.duplicates.members_of(name))
        return marks.done(self._index, [marks.Mark(name, read, starred, on, off) for name in names])

    def duplicates(self, name: str) -> list[Duplicate]:
        """The other articles of an article's duplicate group, the earliest first."""
        return self._index.duplicates.duplicates_of(name)

    def split_duplicates(self, name: str) -> Undo:
        """Split a duplicate group: at its leader all copies, at a copy that one. The day files keep this too."""
        self._check_marking()
        members = self._index.duplicates.members_of(name)
        leaving = members[1:] if name == members[0] else [name]
        return marks.done(self._index, [marks.Mark(member, apart=True) for member in leaving])

    def join_duplicates(self, name: str) -> Undo:
        """Join again what `split_duplicates` took out of an article's group."""
        self._check_marking()
        apart = self._index.duplicates.apart_from(name)
        return marks.done(self._index, [marks.Mark(member, apart=False) for member in apart])

    def undo(self, undo: Undo) -> None:
        """Undo what `set_flags`, `split_duplicates` or `join_duplicates` did."""
        self._check_marking()
        marks.done(self._index, undo.before)

    def fold_flags(self, days: int | None = None) -> int:
        """Write pending flags into the day files, of at most so many `days` (writer only); how many were written."""
        folded = self._writer.fold_flags(days)
        self.upkeep()
        return folded

    # -- lists

    def listing(self, query: Query | None = None) -> Listing:
        """The articles a query finds, newest first, or in the order it asks for."""
        if query and query.order == "rank" and query.words():
            return Ranking(self._index, query)
        return Listing(self._index, query)

    def facets(self, query: Query | None, facet: FacetKind) -> list[Facet]:
        """Counts by category (a tree, parents first), source, agency, tag, day or month.

        Under a query of many articles only the newest are counted: see `Facet.exact`.
        """
        if not (query and query.root.nodes):
            return facets_of(self._index, None, facet)
        # One look at the articles serves all kinds.
        if not self._tally or (self._tally.query, self._tally.turn) != (query, self._index.turn):
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
        """How many articles nobody has read."""
        row = self._index.connection.execute("SELECT unread FROM label WHERE kind = 'all'").fetchone()
        return int(row[0]) if row else 0

    # -- the poller's memory

    def load_state(self) -> dict[str, Any]:
        """What `save_state` kept, as JSON's own kinds; empty when there is none or it cannot be read."""
        try:
            file = self.path / "state.json"
            state = json.loads(file.read_bytes()) if file.stat().st_size < _STATE else {}
        except (OSError, ValueError, RecursionError):
            return {}
        return state if isinstance(state, dict) else {}

    def save_state(self, state: Mapping[str, Any]) -> None:
        """Keep the poller's memory of its sources (what msgspec can encode); a crash leaves the old or the new."""
        self._index.check_place()
        try:
            dayfile.put(self.path / "state.json", msgspec.json.format(msgspec.json.encode(state)) + b"\n", private=True)
        except OSError as fault:
            raise ArchiveError(
                "{name} cannot be written: {reason}", name="state.json", reason=reason_of(fault)
            ) from fault


def _names_of(address: str) -> tuple[str, ...]:
    """The keys that an address may stand for."""
    return exact_url(address), canonical_url(address), docid_of(address, address)


def _locked(path: Path) -> Callable[[], None]:
    """Take the lock; the answer lets it go. ArchiveLocked."""
    from filelock import FileLock, Timeout  # the reading path starts without it

    lock = FileLock(path, thread_local=False)  # whichever thread closes the archive lets it go
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise ArchiveLocked("another zhengwen already polls into {path}", path=str(path.parent)) from None
    return lock.release
