"""The index, which can be rebuilt: rows for lists, keys, labels, texts for the search, and which days are behind."""

import hashlib
import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from feeds.archive.files import Place
from feeds.archive.records import Record, days_due
from feeds.archive.sqlite import grams, schema
from feeds.archive.sqlite.duplicates.groups import DuplicateGroups
from feeds.archive.sqlite.duplicates.search import DuplicateSearch
from feeds.archive.sqlite.flag_columns import columns_of, flags_of, pending_columns, pending_of
from feeds.archive.sqlite.labels import LED, groups_in, labels_of, path_text
from feeds.archive.sqlite.rowids import PER_SECOND, first_rowid
from feeds.archive.sqlite.schema.connection import Connection, damage_error, damage_marker_of
from feeds.errors import ArchiveError
from feeds.flags import apply_change
from feeds.model import Flags

_INSERT = """INSERT INTO article (
    at, id, shard, published, title, url, source, category, origin, agency, badge, flash,
    has_plan, groups, goals, targets, labels, unread, starred, tags, apart, marks
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_CHANGES_KEPT = 1000  # changes whose rows are kept in `touched`
_LONG, _PAUSE_AFTER_LONG = 0.02, 0.004  # seconds: after a longer transaction, other writers get a pause


def hash_of(key: str) -> int:
    """A key as SQLite's 64-bit integer. With a million articles, two keys collide in one of four million archives."""
    return int.from_bytes(hashlib.blake2b(key.encode(errors="surrogatepass"), digest_size=8).digest(), signed=True)


class Index:
    """One process's view of index.sqlite, for any of its threads."""

    def __init__(
        self, path: Path, *, rebuild: bool = False, connect: Callable[[Path], Connection] = schema.open_index
    ) -> None:
        self._path = path
        self._connect = connect
        self._mine = threading.local()
        self._opened: list[Connection] = []
        self._lock = threading.RLock()
        self._reading = threading.RLock()
        self._closed = False
        self._touched: list[int] = []

        self._keep(
            schema.open_index(path, rebuild=True) if rebuild else connect(path)
        )  # now, so that a fault is met here
        self._place = Place(path, schema.flags_of(path))

    @property
    def connection(self) -> Connection:
        """The thread's own connection.

        Two threads with one connection would deadlock: SQLite holds its lock while it calls our functions, which wait
        for the interpreter's lock, and the other way round.
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

    @contextmanager
    def reading(self) -> Iterator[bool]:
        """Let a thread read while another may close the index; `close` waits for it. Gives False once it is closed."""
        with self._reading:
            yield not self._closed

    def close(self) -> None:
        """Close all connections."""
        with self._reading:
            self._closed = True
            for connection in self._opened:
                connection.close()

    def _touch(self, at: int) -> None:
        self._touched.append(at)

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """One short transaction. `change_count` tells readers that something changed, and `touched` where."""
        with self.transaction():
            self._touched = []
            self.duplicates.begin()
            yield self.connection
            self.duplicates.rebuild_groups()
            self.connection.execute("UPDATE meta SET value = value + 1 WHERE name = 'change'")
            count, rows = self.change_count, self._touched or [0]
            self.connection.execute("INSERT INTO touched VALUES (?, ?, ?)", (count, min(rows), max(rows)))
            self.connection.execute("DELETE FROM touched WHERE turn <= ?", (count - _CHANGES_KEPT,))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A transaction that readers do not notice. Raises ArchiveError.

        After a long transaction other processes get a chance to take the lock: a reader's flag may wait.
        """
        begun = time.monotonic()
        with self._lock, schema.transaction(self.connection):
            yield
        if time.monotonic() - begun > _LONG:
            time.sleep(_PAUSE_AFTER_LONG)

    @property
    def damage(self) -> ArchiveError | None:
        """Why this index must be opened again (it is damaged or was replaced), or that the archive is gone."""
        if not damage_marker_of(self._path).exists() and not self._place.is_left:
            return None
        return self._place.loss() or damage_error()

    def check_place(self) -> None:
        """Raise ArchiveGone or IndexDamaged if the open file was deleted, so that a write would be lost."""
        if self._place.is_left or self._place.is_stripped:
            raise self._place.loss() or damage_error()

    @property
    def change_count(self) -> int:
        """A number that grows with every change of any process. Raises IndexDamaged if the file was replaced."""
        if self._place.is_left:
            raise self._place.loss() or damage_error()
        return int(self.connection.execute("SELECT value FROM meta WHERE name = 'change'").fetchone()[0])

    def touched(self, since: int) -> tuple[int, int] | None:
        """The lowest and highest row number that changed since a change count; None if that is unknown."""
        count, low, high = self.connection.execute(
            "SELECT COUNT(*), MIN(nullif(low, 0)), MAX(high) FROM touched WHERE turn > ?", (since,)
        ).fetchone()
        return (low or 0, high) if count and count == self.change_count - since else None

    # -- looking up

    def find(self, keys: Iterable[str]) -> str | None:
        """The id of the article that has one of these keys."""
        return next(self.owners(keys), None)

    def owners(self, keys: Iterable[str]) -> Iterator[str]:
        """The ids of the articles that have these keys, in the order of the keys, with repeats."""
        for key in keys:
            row = self.connection.execute(
                "SELECT known.id FROM name JOIN known ON known.id = name.id WHERE hash = ?", (hash_of(key),)
            ).fetchone()
            if row:
                yield str(row[0])

    def day(self, name: str) -> date | None:
        """The day whose file has an article; None for an unknown id."""
        row = self.connection.execute("SELECT shard FROM known WHERE id = ?", (name,)).fetchone()
        with self.connection.trusting():
            return date.fromordinal(row[0]) if row else None

    def beginning_with(self, prefix: str) -> list[str]:
        """Up to two ids that begin with `prefix`."""
        rows = self.connection.execute(
            "SELECT id FROM known WHERE id >= ? AND id < ? ORDER BY id LIMIT 2", (prefix, prefix + "\U0010ffff")
        )
        return [row[0] for row in rows]

    def flags(self, name: str, *, own: bool = False) -> Flags | None:
        """The flags of an article or of the group it leads; with `own` of it alone. None for an unknown id."""
        for table in ("member", "article") if own else ("article", "member"):
            row = self.connection.execute(
                f"SELECT marks FROM {table} WHERE id = ?",  # noqa: S608 -- one of two words
                (name,),
            ).fetchone()
            if row:
                with self.connection.trusting():
                    return flags_of(row[0])
        return None

    # -- rows, inside a transaction

    def _slot(self, seconds: int) -> int:
        """The first free row number from a second on. If the second is full, it is in the next one."""
        at = first_rowid(seconds)
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

    def _current_flags(self, record: Record) -> Flags:
        """The record's flags with the pending flags."""
        row = self.connection.execute(
            f"SELECT {pending_columns()} FROM flags.pending WHERE id = ?",  # noqa: S608 -- columns of ours
            (record.id,),
        ).fetchone()
        return apply_change(pending_of(row).values, record.flags) if row else record.flags

    def put(self, record: Record, day: date, *, later: bool = False) -> None:
        """Add or replace an article's row. With `later` its text enters the search in `index_texts`."""
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
        flags = self._current_flags(record)
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
        values += (plan.agencies[0] if plan.agencies else "", plan.badge, record.flash, bool(plan), groups_in(plan))
        return (*values, len(plan.goals), len(plan.targets), json.dumps(labels), *columns_of(flags).values())

    def remove_row(self, at: int) -> None:
        """Remove a row with its labels and its text."""
        self.duplicates.release(at)
        self.duplicates.forget_text(at)
        self.duplicates.hide(at)

    def set_flags(self, name: str, flags: Flags) -> None:
        """Set an article's flags, inside a transaction. `set_tag_labels` sets what it is counted under."""
        values = columns_of(flags)
        if self.duplicates.update_member(name, values):
            return
        rows = self.connection.execute(
            "UPDATE article SET unread = ?, starred = ?, tags = ?, apart = ?, marks = ? WHERE id = ? RETURNING at",
            (*values.values(), name),
        ).fetchall()
        self._touched += [row[0] for row in rows]
        self.duplicates.mark_stale(row[0] for row in rows)

    def set_tag_labels(self, name: str, tags: Sequence[str]) -> None:
        """Count an article under its tags, inside a transaction."""
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
            self.duplicates.update_member(name, {"labels": json.dumps(kept + new)})
            return
        execute("UPDATE article SET labels = ? WHERE at = ?", (json.dumps(kept + new), at))
        self.connection.executemany("DELETE FROM tagged WHERE label = ? AND at = ?", [(number, at) for number in old])
        self.connection.executemany("INSERT INTO tagged VALUES (?, ?)", [(number, at) for number in new])

    def index_texts(self, limit: int) -> int:
        """Put up to `limit` waiting texts into the search, the newest first. Return how many still wait."""
        if self.connection.execute("SELECT 1 FROM todo LIMIT 1").fetchone() is None:
            return 0
        with self.change() as connection:
            rows = connection.execute(
                "SELECT todo.at, body.text FROM todo JOIN body ON body.at = todo.at ORDER BY todo.at DESC LIMIT ?",
                (limit,),
            ).fetchall()
            rows.reverse()  # FTS5 starts a new list for each document that is below the one before
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
            DuplicateSearch(connection, self.duplicates, PER_SECOND).compare_waiting(limit)
        return int(self.connection.execute("SELECT COUNT(*) FROM fresh").fetchone()[0])

    def drop(self, records: Iterable[Record]) -> None:
        """Remove articles with their keys and pending flags. Inside a transaction."""
        for record in records:
            row = self.connection.execute("SELECT at FROM known WHERE id = ?", (record.id,)).fetchone()
            if row:
                self.remove_row(row[0])
            names = [(hash_of(key), record.id) for key in record.keys]
            self.connection.executemany("DELETE FROM name WHERE hash = ? AND id = ?", names)
            self.connection.execute("DELETE FROM flags.pending WHERE id = ?", (record.id,))
