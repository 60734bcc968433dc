"""The writer: articles and folded flags go into the day files, then into the index.

The order keeps every article that was acknowledged. First the index notes the day as dirty. Then the day's file is
replaced. Then one transaction puts the rows and removes the note. If the writer dies before the file is renamed,
nothing was acknowledged. If it dies later, the day is dirty, and the next process that opens the archive reads it.
"""

import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from feeds.archive.files import state_of
from feeds.archive.naming.homes import Homes
from feeds.archive.naming.splitting import split
from feeds.archive.preparation.ready import ReadyArticle
from feeds.archive.records import (
    Part,
    Record,
    Stored,
    StoreOutcome,
    by_time,
    day_of,
    merged_record,
    record_of,
    with_text,
)
from feeds.archive.shards import Shards
from feeds.archive.shards.lines import line_of
from feeds.archive.sqlite import flags as flag_store
from feeds.archive.sqlite.days import IndexedDays
from feeds.archive.sqlite.flag_columns import PendingFlags
from feeds.archive.sqlite.index import Index
from feeds.archive.sqlite.rows.articles import ArticleRows
from feeds.archive.sqlite.rows.bulk import BulkRows
from feeds.archive.sqlite.rows.prepared import prepared_article
from feeds.errors import ArchiveError, DayUnusable, ShardDamaged
from feeds.flags import apply_change
from feeds.identity import id_of
from feeds.model import Article, Flags

if TYPE_CHECKING:
    from feeds.archive.engine import WritingEngine
    from feeds.archive.sqlite.rules import RuleApplication


_ROWS = 300  # articles in a transaction: a reader's flag waits for one transaction, about a tenth of a second


class _Arrival(Struct, frozen=True):
    """An article on its way into the record `name`: its place among those stored together, and it made ready."""

    place: int
    name: str
    article: Article
    ready: ReadyArticle | None


class Writer:
    """Writes into the shards and the index of one archive."""

    def __init__(self, index: Index, shards: Shards) -> None:
        self._index = index
        self._shards = shards
        self._articles = ArticleRows(index)
        self._rows = BulkRows(index)
        self._days = IndexedDays(index, shards)
        self._lock = threading.RLock()  # the lock file excludes other processes, this excludes other threads

    def store(
        self,
        articles: Sequence[Article],
        flags: Flags | None,
        *,
        later: bool = False,
        ready: Sequence[ReadyArticle | None] = (),
        rules: "RuleApplication | None" = None,
    ) -> list[Stored]:
        """Store articles, day by day. Each day's file is written once.

        With `later` their texts enter the search in the index's `index_texts`. `ready` has the articles made ready.
        For `rules` the articles are noted to which they are to be applied.
        """
        with self._lock:
            days: dict[date, list[_Arrival]] = {}
            homes = Homes(self._index, self._records)
            stored: dict[int, Stored] = {}
            for place, home in enumerate(homes.of(articles)):
                if home.fault:
                    stored[place] = Stored(home.name, "refused", home.fault)
                else:
                    is_made = place < len(ready) and home.article is articles[place] and home.name == home.article.id
                    arrival = _Arrival(place, home.name, home.article, ready[place] if is_made else None)
                    days.setdefault(home.day, []).append(arrival)
            for day in sorted(days):
                arrivals = days[day]
                try:
                    records = homes.records.get(day)
                    if records is None:
                        records = self._records(day, {one.name for one in arrivals})
                    stored.update(self._store_day(day, records, arrivals, flags, rules, later=later))
                except (DayUnusable, ShardDamaged) as error:  # other days are not affected
                    stored.update({one.place: Stored(one.name, "refused", error.fault) for one in arrivals})
            return [stored[place] for place in range(len(articles))]

    def split(self, name: str, stays: Part, parts: Sequence[Part]) -> None:
        """Split a record that stands for several articles, see `Names.split`."""
        with self._lock:
            day = self._index.day(name)
            record = self._records(day, {name}).get(name) if day else None
            if day is None or record is None:
                return
            own = self._index.flags(name, own=True) or record.flags
            left, found = split(structs.replace(record, flags=own), stays, parts)
            for part in found:
                self._write_part(part, name)
            self._write(day, [left])

    def _write_part(self, part: Record, name: str) -> None:
        """Write a record for a part of the article `name`, unless a writer that died later has written it already."""
        number = 1
        while there := self._index.day(part.id):
            known = self._records(there, {part.id}).get(part.id)
            if known and part.id != name and part.keys[0] in known.keys:
                return
            number += 1
            part = structs.replace(part, id=id_of(f"{part.keys[0]}#{number}"))
        self._write(day_of(part.published), [part])

    def articles_of(self, day: date) -> list[Record]:
        """A day's records. If its file is damaged, set it aside and return none."""
        with self._lock:
            return list(self._records(day).values())

    def set_texts(self, articles: Sequence[Article]) -> None:
        """Replace the title, text, plan, earlier texts and `instead` of stored articles."""
        with self._lock:
            days: dict[date, dict[str, Article]] = {}
            for article in articles:
                if day := self._index.day(article.id):
                    days.setdefault(day, {})[article.id] = article
            for day, found in days.items():
                records = self._records(day, found.keys())
                changed = [with_text(record, found[name]) for name, record in records.items()]
                self._write(day, [record for record in changed if record != records[record.id]])

    def _store_day(
        self,
        day: date,
        before: dict[str, Record],
        arrivals: list[_Arrival],
        flags: Flags | None,
        rules: "RuleApplication | None",
        *,
        later: bool,
    ) -> dict[int, Stored]:
        """Merge new articles into a day's records, write the file, then the index."""
        records = dict(before)
        ready: dict[str, ReadyArticle] = {}
        stored: dict[int, Stored] = {}
        for arrival in arrivals:
            name = arrival.name
            outcome: StoreOutcome = "new"
            ready.pop(name, None)
            if name in records:
                records[name], outcome = merged_record(records[name], arrival.article)
                if flags is not None:
                    records[name] = structs.replace(records[name], flags=flags)
            else:
                records[name] = record_of(structs.replace(arrival.article, id=name), flags or Flags())
                if arrival.ready and not flags:
                    ready[name] = arrival.ready
            stored[arrival.place] = Stored(name, outcome)
        changed = [record for record in records.values() if before.get(record.id) != record]
        if rules:
            with_text = [record.id for record in changed if _gets_text(before.get(record.id), record)]
            rules.note([record.id for record in changed if record.id not in before], with_text)
        self._write(day, changed, later=later, ready=ready)
        return stored

    def _records(self, day: date, names: Collection[str] | None = None) -> dict[str, Record]:
        """Read records from a day's file, all or those in `names`. If it was set aside, remove it from the index.

        Raises DayUnusable.
        """
        records = self._shards.records(day, names)
        self._shards.check(day)
        if records is None:
            self._days.take_day(day, later=False)
        return records or {}

    def _write(
        self,
        day: date,
        records: Sequence[Record],
        *,
        indexed: bool = False,
        later: bool = False,
        ready: Mapping[str, ReadyArticle] | None = None,
    ) -> None:
        """Write records into their day's file and then into the index, unless they are `indexed` already."""
        if not records:
            return
        made = ready or {}
        self._days.mark_dirty([day])
        lines = {record.id: made[record.id].line if record.id in made else line_of(record) for record in records}
        self._shards.write(day, lines)
        rows = () if indexed else by_time(records)
        for start in range(0, max(len(rows), 1), _ROWS):
            found = [
                made[record.id].values if record.id in made else prepared_article(record, grams_too=not later)
                for record in rows[start : start + _ROWS]
            ]
            with self._index.change():
                self._rows.put(found, day, later=later)
                if start + _ROWS >= len(rows):
                    self._note(day)

    def remove(self, day: date, is_pruned: Callable[[Record], bool]) -> list[Record]:
        """Remove the records for which `is_pruned` holds from a day's file, then from the index. Return them."""
        with self._lock:
            gone = [record for record in self._records(day).values() if is_pruned(record)]
            if gone:
                self._days.mark_dirty([day])
                self._shards.remove(day, {record.id for record in gone})
                with self._index.change():
                    self._articles.drop(gone)
                    self._note(day)
            return gone

    def migrate(self, day: date) -> bool:
        """Write a day's file in this version. False if the file cannot be used."""
        with self._lock:
            if self._shards.records(day, ()) is None:
                if not self._shards.is_left(day):
                    self._days.take_day(day, later=False)
                return False
            self._days.mark_dirty([day])
            self._shards.migrate(day)
            with self._index.change():
                self._note(day)
            return True

    def _note(self, day: date) -> None:
        """Note that the index agrees with the day's file. Inside a transaction."""
        self._days.note(day, state_of(self._shards.path_of(day)))

    def fold_flags(self, limit: int | None) -> int:
        """Write pending flags into the day files, of at most `limit` days. Return the number of articles."""
        with self._lock:
            return self._fold_days(limit)

    def _fold_days(self, limit: int | None) -> int:
        days: dict[date, list[PendingFlags]] = {}
        for flags in flag_store.pending_flags(self._index):
            if day := self._index.day(flags.id):  # the flags of a missing article wait: its file may come back
                days.setdefault(day, []).append(flags)
        count = 0
        for day in sorted(days, reverse=True)[:limit]:
            try:
                records = self._records(day, {flags.id for flags in days[day]})
            except DayUnusable:
                continue  # the flags wait for their day
            found = [flags for flags in days[day] if flags.id in records]
            changed = [
                structs.replace(records[flags.id], flags=apply_change(flags.values, records[flags.id].flags))
                for flags in found
            ]
            self._write(day, [record for record in changed if record != records[record.id]], indexed=True)
            flag_store.remove_pending(self._index, found)
            count += len(found)
        return count


def _gets_text(before: Record | None, after: Record) -> bool:
    """Whether the text of an archived article comes now: it had none, or only a flash."""
    if before is None:
        return False
    return bool(after.blocks and not before.blocks) or (before.flash and not after.flash)


def mark_edited_unread(archive: "WritingEngine", stored: Iterable[Stored]) -> None:
    """Mark those unread that were stored with an earlier text (`unread_when_changed`).

    A full disk leaves them as they are.
    """
    changed = [one.id for one in stored if one.changed]
    edited = [article.id for article in archive.get_many(changed) if article.earlier]
    if edited:
        with suppress(ArchiveError):  # the articles themselves are on disk
            archive.set_flags(edited, read=False)
