"""The one writer's work: articles and folded flags into the day files, then into the index.

The order holds the promise. The day is marked in the index as about to change, its file is replaced, its rows are
put and the mark goes with them in one transaction. Killed before the file's rename, nothing was acknowledged; killed
after it, the mark is there and the next to open the archive reads that day again.
"""

import threading
from collections.abc import Callable, Collection, Sequence
from datetime import date

from msgspec import structs

from feeds.archive import flags as marks
from feeds.archive.files import state_of
from feeds.archive.index import Index
from feeds.archive.naming.homes import Homes
from feeds.archive.naming.splitting import Part, split
from feeds.archive.records import Pending, Record, Stored, StoreOutcome, day_of, in_time, merged, record_of, with_text
from feeds.archive.shards import Shards
from feeds.archive.shards.lines import plain
from feeds.errors import DayUnusable, ShardDamaged
from feeds.identity import id_of
from feeds.model import Article, Flags

_ROWS = 100  # articles a transaction: a reader's mark waits for one


class Writer:
    """Writes into the shards and the index of one archive."""

    def __init__(self, index: Index, shards: Shards) -> None:
        self._index = index
        self._shards = shards
        self._turn = threading.RLock()  # the lock file keeps other processes out, this the other threads

    def store(self, articles: Sequence[Article], flags: Flags | None, *, later: bool = False) -> list[Stored]:
        """Keep articles, sorted by the day file that has them or will, each file written once.

        `later` leaves their texts for the index's `index_texts`.
        """
        with self._turn:
            days: dict[date, list[tuple[int, str, Article]]] = {}
            homes = Homes(self._index, self._records)
            stored: dict[int, Stored] = {}
            for place, home in enumerate(homes.of(articles)):
                if home.fault:
                    stored[place] = Stored(home.name, "refused", home.fault)
                else:
                    days.setdefault(home.day, []).append((place, home.name, home.article))
            for day in sorted(days):
                arrivals = days[day]
                try:
                    records = homes.records.get(day)
                    if records is None:
                        records = self._records(day, {name for _, name, _ in arrivals})
                    stored.update(self._store_day(day, records, arrivals, flags, later=later))
                except (DayUnusable, ShardDamaged) as error:  # nothing of other days
                    stored.update({place: Stored(name, "refused", error.fault) for place, name, _ in arrivals})
            return [stored[place] for place in range(len(articles))]

    def split(self, name: str, stays: Part, parts: Sequence[Part]) -> None:
        """Take articles out of a record that was taken for all of them; see `Archive.split`."""
        with self._turn:
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
        """Give a part of the article `name` a record, unless one that died behind this has done it."""
        number = 1
        while there := self._index.day(part.id):
            known = self._records(there, {part.id}).get(part.id)
            if known and part.id != name and part.keys[0] in known.keys:
                return
            number += 1
            part = structs.replace(part, id=id_of(f"{part.keys[0]}#{number}"))
        self._write(day_of(part.published), [part])

    def articles_of(self, day: date) -> list[Record]:
        """A day's records; none where its file is damaged, it is then set aside."""
        with self._turn:
            return list(self._records(day).values())

    def set_texts(self, articles: Sequence[Article]) -> None:
        """Give stored articles the title, text, plan, earlier texts and `instead` of these."""
        with self._turn:
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
        arrivals: list[tuple[int, str, Article]],
        flags: Flags | None,
        *,
        later: bool,
    ) -> dict[int, Stored]:
        """One day's arrivals: join them to what was there before, write the file, then the index."""
        records = dict(before)
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
        self._write(day, [record for record in records.values() if before.get(record.id) != record], later=later)
        return stored

    def _records(self, day: date, names: Collection[str] | None = None) -> dict[str, Record]:
        """Records out of a day's file, all or those named; when it was set aside, the index learns that it is gone.

        DayUnusable.
        """
        records = self._shards.records(day, names)
        self._shards.check(day)
        if records is None:
            self._index.take_day(day, self._shards, later=False)
        return records or {}

    def _write(self, day: date, records: Sequence[Record], *, indexed: bool = False, later: bool = False) -> None:
        """Records into their day's file and then, unless it has them so already, into the index."""
        if not records:
            return
        self._index.mark_dirty([day])
        self._shards.write(day, {record.id: plain(record) for record in records})
        rows = () if indexed else in_time(records)
        for start in range(0, max(len(rows), 1), _ROWS):
            with self._index.change():
                for record in rows[start : start + _ROWS]:
                    self._index.put(record, day, later=later)
                if start + _ROWS >= len(rows):
                    self._note(day)

    def remove(self, day: date, doomed: Callable[[Record], bool]) -> list[Record]:
        """Take a day's records that are `doomed` out of its file, then out of the index; which ones went."""
        with self._turn:
            gone = [record for record in self._records(day).values() if doomed(record)]
            if gone:
                self._index.mark_dirty([day])
                self._shards.remove(day, {record.id for record in gone})
                with self._index.change():
                    self._index.drop(gone)
                    self._note(day)
            return gone

    def migrate(self, day: date) -> bool:
        """Write a day's file in this version; False when it had to be set aside."""
        with self._turn:
            if self._shards.records(day, ()) is None:
                if not self._shards.is_left(day):
                    self._index.take_day(day, self._shards, later=False)
                return False
            self._index.mark_dirty([day])
            self._shards.migrate(day)
            with self._index.change():
                self._note(day)
            return True

    def _note(self, day: date) -> None:
        """The index says what the day's file says. Inside a transaction."""
        path = self._shards.path_of(day)
        self._index.note(day, path, state_of(path))

    def fold_flags(self, limit: int | None) -> int:
        """Pending flags into the day files, of at most `limit` days; how many articles' flags were written."""
        with self._turn:
            return self._folded(limit)

    def _folded(self, limit: int | None) -> int:
        days: dict[date, list[Pending]] = {}
        for mark in marks.pending(self._index):
            if day := self._index.day(mark.id):  # of one that is gone the mark waits: its file may come back
                days.setdefault(day, []).append(mark)
        folded = 0
        for day in sorted(days, reverse=True)[:limit]:
            try:
                records = self._records(day, {mark.id for mark in days[day]})
            except DayUnusable:
                continue  # the marks wait for their day
            found = [mark for mark in days[day] if mark.id in records]
            flagged = [structs.replace(records[mark.id], flags=mark.over(records[mark.id].flags)) for mark in found]
            self._write(day, [record for record in flagged if record != records[record.id]], indexed=True)
            marks.forget(self._index, found)
            folded += len(found)
        return folded
