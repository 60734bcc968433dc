"""The index, which can be rebuilt: rows for lists, keys, labels, texts for the search, and which days are behind."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from feeds.archive.files import Place
from feeds.archive.sqlite import schema
from feeds.archive.sqlite.duplicates.groups import DuplicateGroups
from feeds.archive.sqlite.flag_columns import flags_of
from feeds.archive.sqlite.hashes import hash_of
from feeds.archive.sqlite.rows.store import RowStore
from feeds.archive.sqlite.schema.connection import Connection, damage_error, damage_marker_of
from feeds.errors import ArchiveError
from feeds.model import Flags

_CHANGES_KEPT = 1000  # changes whose rows are kept in `touched`
_LONG, _PAUSE_AFTER_LONG = 0.02, 0.004  # seconds: after a longer transaction, other writers get a pause


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
    def rows(self) -> RowStore:
        """The row store, with the thread's own connection."""
        found: RowStore | None = getattr(self._mine, "rows", None)
        if found is None:
            found = self._mine.rows = RowStore(self.connection, self.touch)
        return found

    @property
    def duplicates(self) -> DuplicateGroups:
        """The groups of duplicates, read with the thread's own connection."""
        found: DuplicateGroups | None = getattr(self._mine, "duplicates", None)
        if found is None:
            found = self._mine.duplicates = DuplicateGroups(self.connection, self.rows)
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

    def touch(self, at: int) -> None:
        """Note that a row changed, for `changed_range`. Inside a change."""
        self._touched.append(at)

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """One short transaction. `change_count` tells readers that something changed, and `touched` where."""
        with self.transaction():
            self._touched = []
            self.duplicates.begin()
            self.rows.labels.begin()
            self.rows.joins.begin()
            yield self.connection
            self.duplicates.rebuild_groups()
            self.rows.joins.settle()
            self.connection.execute("UPDATE meta SET value = value + 1 WHERE name = 'change'")
            count, rows = self.change_count, self._touched or [0]
            self.connection.execute("INSERT INTO touched VALUES (?, ?, ?)", (count, min(rows), max(rows)))
            self.connection.execute("DELETE FROM touched WHERE turn <= ?", (count - _CHANGES_KEPT,))
        self.rows.labels.keep()

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

    @property
    def joined_count(self) -> int:
        """A number that changes whenever the joined tables change. Raises IndexDamaged if the file was replaced."""
        if self._place.is_left:
            raise self._place.loss() or damage_error()
        return int(self.connection.execute("SELECT value FROM meta WHERE name = 'joined'").fetchone()[0])

    def changed_range(self, since: int) -> tuple[int, int] | None:
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
