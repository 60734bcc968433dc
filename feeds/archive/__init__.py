"""The archive's door: day files are the truth, index.sqlite answers lists, one process writes.

    archive/shards/2022/2022-01-12.json   one TinyDB file a day; see shardfile for its bytes
    archive/index.sqlite                  derived; may be deleted at any time
    archive/flags.sqlite                  what readers marked and no shard holds yet
    archive/state.json                    the poller's memory of its sources
    archive/lock                          held by the one writer

Anyone may read while one writes. What is imported here stands on the dashboard's way to its first frame: TinyDB and
filelock come in when something is written.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec
from msgspec import structs

from feeds.archive import flags as marks
from feeds.archive import shardfile
from feeds.archive.facets import Facet, FacetKind, facets_of
from feeds.archive.flags import Undo
from feeds.archive.index import Index, state_of
from feeds.archive.listing import Listing, Row
from feeds.archive.query import Query
from feeds.archive.records import Record, Stored, StoreOutcome, day_of, merged, plain, record_of
from feeds.archive.shards import Shards
from feeds.errors import AmbiguousId, ArchiveLocked, NoSuchArticle
from feeds.identity import canonical_url, docid_of
from feeds.model import Article, Fault, Flags

__all__ = ["Archive", "Facet", "FacetKind", "Listing", "Query", "Row", "Stored", "Undo"]

_CHUNK = 1000  # articles taken from an iterable at a time
_TEXTS = 200  # texts taken into the search at a time, about a fifth of a second


class Archive:
    """One archive folder, opened for reading, or by its one writer."""

    def __init__(self, path: Path, shards: Shards, index: Index, unlock: Callable[[], None] | None) -> None:
        self.path = path
        self._shards = shards
        self._index = index
        self._unlock = unlock

    @classmethod
    def open(cls, path: Path, *, write: bool = False, catch_up: bool = True) -> Self:
        """Open the archive at `path`, made where there is none. ArchiveLocked when another process writes it.

        The index is brought up to the shards first; with `catch_up` False that is left to a writer, which begins
        with it anyway: the dashboard, whose poller is about to start, need not wait.
        """
        path.mkdir(parents=True, exist_ok=True)
        unlock = _locked(path / "lock") if write else None
        try:
            archive = cls(path, Shards(path / "shards", write=write), Index(path / "index.sqlite"), unlock)
            if write or catch_up:
                archive.catch_up()
        except BaseException:
            if unlock:
                unlock()
            raise
        return archive

    def close(self) -> None:
        """Let go of everything."""
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

    # -- the index and the shards

    def catch_up(self) -> int:
        """Bring the index up to the shards, a day a transaction, the latest first; how many days were behind."""
        return self._index.catch_up(self._shards, every=self._unlock is not None)

    def upkeep(self, texts: int = _TEXTS) -> int:
        """Do a short piece of what was left for later (writer only); how many texts the search still waits for.

        Until there are none, a search reads every text instead: slower, and as right.
        """
        return self._index.index_texts(texts)

    # -- articles

    def store(self, article: Article, flags: Flags | None = None) -> Stored:
        """Keep an article; on disk when this returns. Many at once are cheaper with `store_many`."""
        return self._store([article], flags)[0]

    def store_many(self, articles: Iterable[Article]) -> list[Stored]:
        """Keep articles, each day's file written once; all are on disk when this returns, in the order given."""
        stored: list[Stored] = []
        rest = iter(articles)
        while chunk := list(islice(rest, _CHUNK)):
            stored += self._store(chunk, None)
        return stored

    def _store(self, articles: list[Article], flags: Flags | None) -> list[Stored]:
        """Sort articles by the day file that has them or will, and write each day."""
        days: dict[date, list[tuple[int, str, Article]]] = {}
        known: dict[str, tuple[str, date]] = {}
        for place, article in enumerate(articles):
            name, day = next((known[key] for key in article.keys if key in known), None) or self._home_of(article)
            known.update(dict.fromkeys(article.keys, (name, day)))
            days.setdefault(day, []).append((place, name, article))
        stored: dict[int, Stored] = {}
        for day in sorted(days):
            stored.update(self._store_day(day, days[day], flags))
        return [stored[place] for place in range(len(articles))]

    def _home_of(self, article: Article) -> tuple[str, date]:
        """Id and day of an article: those it has in the archive, else its own."""
        name = self._index.find(article.keys) or article.id
        return name, self._index.day(name) or day_of(article.published)

    def _store_day(self, day: date, arrivals: list[tuple[int, str, Article]], flags: Flags | None) -> dict[int, Stored]:
        """One day's arrivals: join them to what is there, write the file, then the index."""
        records = self._records(day, {name for _, name, _ in arrivals})
        before = dict(records)
        stored: dict[int, Stored] = {}
        for place, name, article in arrivals:
            outcome: StoreOutcome = "new"
            if name in records:
                records[name], outcome = merged(records[name], article)
                if flags is not None:
                    records[name] = structs.replace(records[name], flags=flags)
            else:
                records[name] = record_of(structs.replace(article, id=name), flags or Flags())
            stored[place] = Stored(name, outcome)
        self._write(day, [record for record in records.values() if before.get(record.id) != record])
        return stored

    def _records(self, day: date, names: set[str]) -> dict[str, Record]:
        """Records out of a day's file; when it had to be set aside, the index learns that they are gone."""
        damaged = len(self.set_aside)
        records = self._shards.records(day, names)
        if len(self.set_aside) > damaged:
            self._index.take_day(day, self._shards, later=False)
        return records

    def _write(self, day: date, records: Sequence[Record]) -> None:
        """Records into their day's file and then into the index; whoever dies between leaves the day marked."""
        if not records:
            return
        self._index.mark_dirty([day])
        self._shards.write(day, {record.id: plain(record) for record in records})
        with self._index.change():
            for record in records:
                self._index.put(record, day)
            path = self._shards.path_of(day)
            self._index.note(day, path, state_of(path))

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
        if found := self._index.find(key for key in (prefix, canonical_url(prefix), docid_of(prefix, prefix)) if key):
            return found
        names = self._index.beginning_with(prefix.lower()) if prefix else []
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

    def set_flags(self, ids: Sequence[str], *, read: bool | None = None, starred: bool | None = None) -> Undo:
        """Mark articles, at once and from any process; None leaves a flag as it is. The answer takes it back."""
        return marks.marked(self._index, ids, read=read, starred=starred)

    def undo(self, undo: Undo) -> None:
        """Take back what `set_flags` did."""
        marks.undone(self._index, undo)

    def fold_flags(self) -> int:
        """Write pending flags into the day files (writer only); how many articles' flags were written."""
        days: dict[date, list[marks.Pending]] = {}
        lost = []
        for mark in marks.pending(self._index):
            day = self._index.day(mark.id)
            if day is None:
                lost.append(mark)
            else:
                days.setdefault(day, []).append(mark)
        for day, marked in days.items():
            records = self._records(day, {mark.id for mark in marked})
            folded = [
                structs.replace(records[mark.id], flags=marks.folded_into(records[mark.id].flags, mark))
                for mark in marked
                if mark.id in records
            ]
            self._write(day, [record for record in folded if record != records[record.id]])
            marks.forget(self._index, [mark for mark in marked if mark.id in records])
        return sum(map(len, days.values()))

    # -- lists

    def listing(self, query: Query | None = None) -> Listing:
        """The articles a query finds, newest first."""
        return Listing(self._index, query)

    def facets(self, query: Query | None, facet: FacetKind) -> list[Facet]:
        """Counts by category (a tree, parents first), source, agency, day or month."""
        return facets_of(self._index, query, facet)

    def unread(self) -> int:
        """How many articles nobody has read."""
        row = self._index.connection.execute("SELECT unread FROM label WHERE kind = 'all'").fetchone()
        return int(row[0]) if row else 0

    # -- the poller's memory

    def load_state(self) -> dict[str, Any]:
        """What `save_state` kept, as JSON's own kinds; empty when there is none or it cannot be read."""
        try:
            state = json.loads((self.path / "state.json").read_bytes())
        except (FileNotFoundError, ValueError):
            return {}
        return state if isinstance(state, dict) else {}

    def save_state(self, state: Mapping[str, Any]) -> None:
        """Keep the poller's memory of its sources (what msgspec can encode); a crash leaves the old or the new."""
        shardfile.put(self.path / "state.json", msgspec.json.format(msgspec.json.encode(state)) + b"\n")


def _locked(path: Path) -> Callable[[], None]:
    """Take the lock; the answer lets it go. ArchiveLocked."""
    from filelock import FileLock, Timeout

    lock = FileLock(path)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise ArchiveLocked("another zhengwen already polls into {path}", path=str(path.parent)) from None
    return lock.release
