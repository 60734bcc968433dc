"""What can be rebuilt: rows for the lists, names, labels, texts for the search, and how far behind the shards it is."""

import hashlib
import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from feeds.archive import grams, schema
from feeds.archive.duplicates.groups import DuplicateGroups
from feeds.archive.duplicates.search import DuplicateSearch
from feeds.archive.files import FileState, Place, in_runs, state_of
from feeds.archive.labels import LED, groups_in, labels_of, path_text
from feeds.archive.records import Record, days_due, in_time, pending_of
from feeds.archive.schema.connection import Connection, damage, mark_of
from feeds.archive.shards import Shards
from feeds.errors import ArchiveError
from feeds.model import Flags

_INSERT = """INSERT INTO article (
    at, id, shard, published, title, url, source, category, origin, agency, badge, unread, starred, tags, flash,
    has_plan, groups, goals, targets, labels, apart
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
PENDING = "CAST(id AS BLOB), read, starred, CAST(tags AS BLOB), apart, turn"  # bytes, which may be any
_FEW_DAYS = 3  # with more days than this behind, rows come first and texts later
_MEMORY = 1000  # changes whose place is remembered
_LONG, _COURTESY = 0.02, 0.004  # seconds of a transaction after which others are let in, and for how long


def hash_of(key: str) -> int:
    """A key as SQLite's 64-bit integer: at a million articles of three keys two meet once in four million archives."""
    return int.from_bytes(hashlib.blake2b(key.encode(errors="surrogatepass"), digest_size=8).digest(), signed=True)


class Index:
    """One process's view of index.sqlite, for any of its threads."""

    def __init__(
        self, path: Path, *, anew: bool = False, connect: Callable[[Path], Connection] = schema.opened
    ) -> None:
        self._path = path
        self._connect = connect
        self._mine = threading.local()
        self._opened: list[Connection] = []
        self._turn = threading.RLock()
        self._touched: list[int] = []

        self._keep(schema.opened(path, anew=True) if anew else connect(path))  # now, so that a fault is met here
        self._place = Place(path, schema.flags_of(path))

    @property
    def connection(self) -> Connection:
        """The thread's own connection.

        Two threads on one would lock each other out: SQLite keeps its lock while it calls our functions, which wait
        for the interpreter's, and the other way round.
        """
        found: Connection | None = getattr(self._mine, "connection", None)
        return self._keep(self._connect(self._path)) if found is None else found

    def _keep(self, connection: Connection) -> Connection:
        self._mine.connection = connection
        self._opened.append(connection)
        return connection

    @property
    def duplicates(self) -> DuplicateGroups:
        """The groups of duplicates, read with the thread's own connection."""
        found: DuplicateGroups | None = getattr(self._mine, "duplicates", None)
        if found is None:
            found = self._mine.duplicates = DuplicateGroups(self.connection, self._touch)
        return found

    def close(self) -> None:
        """Let go of the file."""
        for connection in self._opened:
            connection.close()

    def _touch(self, at: int) -> None:
        self._touched.append(at)

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """One short transaction; readers see that something changed by `turn`, and by `touched` where."""
        with self._transaction():
            self._touched = []
            self.duplicates.begin()
            yield self.connection
            self.duplicates.rebuild_groups()
            self.connection.execute("UPDATE meta SET value = value + 1 WHERE name = 'change'")
            turn, rows = self.turn, self._touched or [0]
            self.connection.execute("INSERT INTO touched VALUES (?, ?, ?)", (turn, min(rows), max(rows)))
            self.connection.execute("DELETE FROM touched WHERE turn <= ?", (turn - _MEMORY,))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """The same without telling anybody. ArchiveError where SQLite cannot.

        Who had the lock for long lets others have it before it is taken again: a reader's mark is waiting.
        """
        begun = time.monotonic()
        with self._turn, schema.transaction(self.connection):
            yield
        if time.monotonic() - begun > _LONG:
            time.sleep(_COURTESY)

    @property
    def damage(self) -> ArchiveError | None:
        """Why this index must be opened again, a rotten page or an index made anew, or cannot be: it is gone."""
        if not mark_of(self._path).exists() and not self._place.is_left:
            return None
        return self._place.loss() or damage()

    def check_place(self) -> None:
        """Raise ArchiveGone or IndexDamaged where what is written now would go into a file that has no name."""
        if self._place.is_left or self._place.is_stripped:
            raise self._place.loss() or damage()

    @property
    def turn(self) -> int:
        """A number that grows with every change, by whichever process. IndexDamaged once the index is another file."""
        if self._place.is_left:
            raise self._place.loss() or damage()
        return int(self.connection.execute("SELECT value FROM meta WHERE name = 'change'").fetchone()[0])

    def touched(self, since: int) -> tuple[int, int] | None:
        """Lowest and highest row number that came, went or changed since a turn; None when that is not known."""
        count, low, high = self.connection.execute(
            "SELECT COUNT(*), MIN(nullif(low, 0)), MAX(high) FROM touched WHERE turn > ?", (since,)
        ).fetchone()
        return (low or 0, high) if count and count == self.turn - since else None

    # -- what is where

    def find(self, keys: Iterable[str]) -> str | None:
        """The id of the article known by any of these keys."""
        return next(self.owners(keys), None)

    def owners(self, keys: Iterable[str]) -> Iterator[str]:
        """The ids of the articles known by these keys, in their order; one may come several times."""
        for key in keys:
            row = self.connection.execute(
                "SELECT known.id FROM name JOIN known ON known.id = name.id WHERE hash = ?", (hash_of(key),)
            ).fetchone()
            if row:
                yield str(row[0])

    def day(self, name: str) -> date | None:
        """The day whose file holds an article; None if there is none such."""
        row = self.connection.execute("SELECT shard FROM known WHERE id = ?", (name,)).fetchone()
        with self.connection.trusting():
            return date.fromordinal(row[0]) if row else None

    def beginning_with(self, prefix: str) -> list[str]:
        """Up to two ids that begin so."""
        rows = self.connection.execute(
            "SELECT id FROM known WHERE id >= ? AND id < ? ORDER BY id LIMIT 2", (prefix, prefix + "\U0010ffff")
        )
        return [row[0] for row in rows]

    def flags(self, name: str, *, own: bool = False) -> Flags | None:
        """The flags of an article or of the group it leads; with `own` of it alone. None for an unknown id."""
        for table in ("member", "article") if own else ("article", "member"):
            row = self.connection.execute(
                f"SELECT unread, starred, tags, apart FROM {table} WHERE id = ?",  # noqa: S608 -- one of two words
                (name,),
            ).fetchone()
            if row:
                with self.connection.trusting():
                    return Flags(not row[0], bool(row[1]), tuple(map(str, json.loads(row[2]))), bool(row[3]))
        return None

    # -- rows, inside a transaction

    def _slot(self, seconds: int) -> int:
        """The first free row number from a second on; a full second flows over into the next."""
        at = seconds << schema.SLOTS
        for (taken,) in self.connection.execute("SELECT at FROM known WHERE at >= ? ORDER BY at", (at,)):
            if taken != at:
                break
            at += 1
        return at

    def _label(self, kind: str, value: str) -> int:
        execute = self.connection.execute
        find = "SELECT id FROM label WHERE kind = ? AND value = ?"
        row = execute(find, (kind, value)).fetchone()
        if row is None:
            execute("INSERT INTO label (kind, value) VALUES (?, ?)", (kind, value))
            row = execute(find, (kind, value)).fetchone()
        return int(row[0])

    def _with_marks(self, record: Record) -> Flags:
        """The record's flags with what the reader marked since and no shard has yet."""
        row = self.connection.execute(
            f"SELECT {PENDING} FROM flags.pending WHERE id = ?",  # noqa: S608 -- columns of ours
            (record.id,),
        ).fetchone()
        return pending_of(row).over(record.flags) if row else record.flags

    def put(self, record: Record, day: date, *, later: bool = False) -> None:
        """Add or replace an article's row. `later` leaves its text for `index_texts`."""
        execute = self.connection.execute
        row = execute("SELECT at, published FROM known WHERE id = ?", (record.id,)).fetchone()
        seconds = int(record.published.timestamp() // 1)
        text = grams.text_of(record)
        packed = grams.packed(text)
        stays = False
        if row:
            self.duplicates.release(row[0])
            old = execute("SELECT text FROM body WHERE at = ?", (row[0],)).fetchone()
            stays = (row[1], old[0]) == (seconds, packed)
            if not stays:
                self.duplicates.forget_text(row[0])
            self.duplicates.hide(row[0], text_too=not stays)
        at = row[0] if row and row[1] == seconds else self._slot(seconds)
        self._touched.append(at)
        flags = self._with_marks(record)
        labels = {label: self._label(*label) for label in labels_of(record, flags.tags, at)}
        execute(_INSERT, self._values(record, flags, at, day, seconds, list(labels.values())))
        tagged = [(number, at) for (kind, _), number in labels.items() if kind in LED]
        self.connection.executemany("INSERT INTO tagged VALUES (?, ?)", tagged)
        self.connection.executemany(
            "INSERT INTO due VALUES (?, ?)", [(day.toordinal(), at) for day in set(days_due(record.plan))]
        )
        self.connection.executemany(
            "INSERT OR REPLACE INTO name VALUES (?, ?)", [(hash_of(key), record.id) for key in record.keys]
        )
        if stays:
            return
        execute("INSERT INTO body VALUES (?, ?)", (at, packed))
        execute("INSERT INTO fresh VALUES (?)", (at,))
        if later:
            execute("INSERT INTO todo VALUES (?)", (at,))
        else:
            execute("INSERT INTO gram (rowid, word) VALUES (?, ?)", (at, grams.grams_of(text)))

    def _values(
        self, record: Record, flags: Flags, at: int, day: date, seconds: int, labels: list[int]
    ) -> tuple[str | int, ...]:
        """An article's row."""
        category, plan = record.categories[0] if record.categories else (), record.plan
        values: tuple[str | int, ...] = (at, record.id, day.toordinal(), seconds, record.title, record.url)
        values += (record.sources[0] if record.sources else "", path_text(category), record.origin)
        values += (plan.agencies[0] if plan.agencies else "", plan.badge, not flags.read, flags.starred)
        values += (json.dumps(flags.tags, ensure_ascii=False), record.flash, bool(plan), groups_in(plan))
        return (*values, len(plan.goals), len(plan.targets), json.dumps(labels), flags.apart)

    def _take_out(self, at: int) -> None:
        """Remove a row with its labels and its text."""
        self.duplicates.release(at)
        self.duplicates.forget_text(at)
        self.duplicates.hide(at)

    def mark(self, name: str, flags: Flags) -> None:
        """Give an article other flags, all but the tags, inside a transaction."""
        values = {"unread": not flags.read, "starred": flags.starred, "apart": flags.apart}
        if self.duplicates.update_member(name, values):
            return
        rows = self.connection.execute(
            "UPDATE article SET unread = ?, starred = ?, apart = ? WHERE id = ? RETURNING at", (*values.values(), name)
        ).fetchall()
        self._touched += [row[0] for row in rows]
        self.duplicates.mark_stale(row[0] for row in rows)

    def retag(self, name: str, tags: Sequence[str]) -> None:
        """Give an article other tags, inside a transaction."""
        execute = self.connection.execute
        row = execute("SELECT at, labels FROM member WHERE id = ?", (name,)).fetchone()
        member = row is not None
        at, labels = row or execute("SELECT at, labels FROM article WHERE id = ?", (name,)).fetchone()
        marks = ", ".join("?" * len(numbers := json.loads(labels)))
        self._touched.append(at)
        old = {
            row[0]
            for row in execute(f"SELECT id FROM label WHERE kind = 'tag' AND id IN ({marks})", numbers)  # noqa: S608 -- marks are question marks
        }
        new = [self._label("tag", tag) for tag in tags]
        kept = [number for number in numbers if number not in old]
        if member:
            values = {"tags": json.dumps(tags, ensure_ascii=False), "labels": json.dumps(kept + new)}
            self.duplicates.update_member(name, values)
            return
        execute(
            "UPDATE article SET tags = ?, labels = ? WHERE at = ?",
            (json.dumps(tags, ensure_ascii=False), json.dumps(kept + new), at),
        )
        self.connection.executemany("DELETE FROM tagged WHERE label = ? AND at = ?", [(number, at) for number in old])
        self.connection.executemany("INSERT INTO tagged VALUES (?, ?)", [(number, at) for number in new])

    def index_texts(self, limit: int) -> int:
        """Take up to `limit` texts that were left for later into the search, the newest first; how many remain."""
        if self.connection.execute("SELECT 1 FROM todo LIMIT 1").fetchone() is None:
            return 0
        with self.change() as connection:
            rows = connection.execute(
                "SELECT todo.at, body.text FROM todo JOIN body ON body.at = todo.at ORDER BY todo.at DESC LIMIT ?",
                (limit,),
            ).fetchall()
            rows.reverse()  # FTS5 begins a list of its own with each document that is below the one before
            connection.executemany(
                "INSERT INTO gram (rowid, word) VALUES (?, ?)",
                ((at, grams.grams_of(grams.unpacked(text))) for at, text in rows),
            )
            connection.executemany("DELETE FROM todo WHERE at = ?", [(at,) for at, _ in rows])
        return int(self.connection.execute("SELECT COUNT(*) FROM todo").fetchone()[0])

    def compare(self, limit: int) -> int:
        """Search duplicates of up to `limit` waiting texts, the newest first. Return how many still wait."""
        if self.connection.execute("SELECT 1 FROM fresh LIMIT 1").fetchone() is None:
            return 0
        with self.change() as connection:
            DuplicateSearch(connection, self.duplicates, 1 << schema.SLOTS).compare_waiting(limit)
        return int(self.connection.execute("SELECT COUNT(*) FROM fresh").fetchone()[0])

    def drop(self, records: Iterable[Record]) -> None:
        """Take articles out, with their names and what the reader marked of them. Inside a transaction."""
        for record in records:
            row = self.connection.execute("SELECT at FROM known WHERE id = ?", (record.id,)).fetchone()
            if row:
                self._take_out(row[0])
            names = [(hash_of(key), record.id) for key in record.keys]
            self.connection.executemany("DELETE FROM name WHERE hash = ? AND id = ?", names)
            self.connection.execute("DELETE FROM flags.pending WHERE id = ?", (record.id,))

    # -- behind the shards

    def mark_dirty(self, days: Iterable[date]) -> None:
        """Note the days about to be written or read: whoever dies before `note` leaves them behind."""
        self.check_place()
        with self._transaction():
            self.connection.executemany("INSERT OR IGNORE INTO dirty VALUES (?)", [(day.toordinal(),) for day in days])

    def note(self, day: date, path: Path, state: FileState) -> None:
        """The index now says what the day's file said in that state. Inside a transaction."""
        number = day.toordinal()
        if state is None:
            self.connection.execute("DELETE FROM shard WHERE day = ?", (number,))
        else:
            self.connection.execute("INSERT OR REPLACE INTO shard VALUES (?, ?, ?)", (number, *state))
        if state == state_of(path):
            self.connection.execute("DELETE FROM dirty WHERE day = ?", (number,))
        if path.parent.is_dir():
            self._note_years({path.parent.name: path.parent.stat().st_mtime_ns})

    def _note_years(self, years: dict[str, int]) -> None:
        """Remember the years' folders as they were; a rename into one changes its time."""
        self.connection.executemany("INSERT OR REPLACE INTO folder VALUES (?, ?)", years.items())

    def behind(self, shards: Shards, *, every: bool = False) -> tuple[set[int], set[str], dict[str, int]]:
        """The days that the index is behind with, the years' folders it must look at again, and those there are.

        Cheap when nothing is: a year's folder whose time is the noted one is not looked into, unless `every` asks.
        """
        years = {year.name: year.stat().st_mtime_ns for year in shards.years()}
        noted = dict(self.connection.execute("SELECT year, modified FROM folder").fetchall())
        suspect = {year for year in years if every or noted.get(year) != years[year]} | (noted.keys() - years.keys())
        behind = {int(row[0]) for row in self.connection.execute("SELECT day FROM dirty")}
        with self.connection.trusting():
            for year in suspect:
                behind |= self._days_behind(shards, year)
        return behind, suspect, years

    def catching_up(self, shards: Shards, *, every: bool) -> Iterator[tuple[int, int]]:
        """Make the index say what the shards say, the latest days first: how many days are done, of how many.

        Whoever leaves it leaves the rest behind.
        """
        behind, suspect, years = self.behind(shards, every=every)
        if behind or suspect:
            with self.connection.trusting():
                days = [date.fromordinal(number) for number in in_runs(behind)]
            self.mark_dirty(days)
            for done, day in enumerate(days, 1):
                self.take_day(day, shards, later=len(days) > _FEW_DAYS)
                yield done, len(days)
            with self._transaction():
                self._note_years({year: years[year] for year in suspect & years.keys()})
                gone = [(year,) for year in suspect - years.keys()]
                self.connection.executemany("DELETE FROM folder WHERE year = ?", gone)

    def _days_behind(self, shards: Shards, year: str) -> set[int]:
        """The days of a year whose file is not in the state the index knows."""
        first, last = date(int(year), 1, 1).toordinal(), date(int(year), 12, 31).toordinal()
        rows = self.connection.execute("SELECT day, size, modified FROM shard WHERE day BETWEEN ? AND ?", (first, last))
        known = {day: (size, modified) for day, size, modified in rows}
        behind = set()
        for day, path in shards.files_of(shards.folder / year):
            if known.pop(day.toordinal(), None) != state_of(path):
                behind.add(day.toordinal())
        return behind | known.keys()

    def take_day(self, day: date, shards: Shards, *, later: bool) -> None:
        """Make the index say what a day's file says, in one transaction.

        The file is read inside of it: a writer that replaces the file meanwhile must wait with its rows, so ours
        never come after them. Of a file that cannot be read at present the rows stay as they are.
        """
        path = shards.path_of(day)
        with self.change() as connection:
            state = state_of(path)
            records = shards.records(day)
            if records is None and shards.is_left(day):
                if shards.is_later(day):  # until another version reads it, there is nothing to be looked at again
                    self.note(day, path, state)
                return
            for at, name in connection.execute(
                "SELECT at, id FROM known WHERE shard = ?", (day.toordinal(),)
            ).fetchall():
                if name not in (records or {}):
                    self._take_out(at)
            for record in in_time((records or {}).values()):
                self.put(record, day, later=later)
            if records is not None or state_of(path) is None:  # a writer sets aside, and notes, what is damaged
                self.note(day, path, None if records is None else state)
