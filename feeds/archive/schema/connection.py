"""A connection that knows a rotten page when it meets one, whichever statement does, and says so as an IndexDamaged.

The index is derived, so nobody mends it: a mark is left beside it, and the next who opens the archive makes it anew.
The mark is a file: whoever meets the page may be a reader without a lock, and the database is not to be trusted.
"""

import contextlib
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

from feeds.errors import IndexDamaged

# What Python and SQLite say of a page that is whole by its form and holds what nobody put there.
_ROTTEN = ("Could not decode to UTF-8", "user-defined function raised exception", "malformed JSON")


def _is_damage(fault: sqlite3.DatabaseError) -> bool:
    """Whether a failure is the file's: SQLITE_CORRUPT and SQLITE_NOTADB alone have no class below DatabaseError."""
    return type(fault) is sqlite3.DatabaseError or str(fault).startswith(_ROTTEN)


def damage() -> IndexDamaged:
    """What a reader is told."""
    return IndexDamaged("the archive's index is damaged; it is made anew at the next start, and no article is lost")


def mark_of(path: Path) -> Path:
    """The file that says of an index that it has to be made anew."""
    return path.with_name("index.damaged")


def condemned(path: Path) -> bool:
    """Whether the index was marked; the mark is taken away, so that one of several who ask is told."""
    try:
        mark_of(path).unlink()
    except FileNotFoundError:
        return False
    return True


_fetchone, _fetchall, _next = sqlite3.Cursor.fetchone, sqlite3.Cursor.fetchall, sqlite3.Cursor.__next__


class Cursor(sqlite3.Cursor):
    """Rows of a Connection."""

    connection: "Connection"

    def fetchone(self) -> Any:
        """As sqlite3's; IndexDamaged."""
        try:
            return _fetchone(self)
        except sqlite3.DatabaseError as fault:
            self.connection.meet(fault)

    def fetchall(self) -> list[Any]:
        """As sqlite3's; IndexDamaged."""
        try:
            return _fetchall(self)
        except sqlite3.DatabaseError as fault:
            self.connection.meet(fault)

    def __next__(self) -> Any:
        try:
            return _next(self)
        except sqlite3.DatabaseError as fault:
            self.connection.meet(fault)


class Connection(sqlite3.Connection):
    """sqlite3's own, its failures told apart."""

    path: Path

    def execute(self, sql: str, parameters: Any = (), /) -> Cursor:
        """As sqlite3's; IndexDamaged."""
        try:
            return self.cursor(Cursor).execute(sql, parameters)
        except sqlite3.DatabaseError as fault:
            self.meet(fault)

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> Cursor:
        """As sqlite3's; IndexDamaged."""
        try:
            return self.cursor(Cursor).executemany(sql, parameters)
        except sqlite3.DatabaseError as fault:
            self.meet(fault)

    def meet(self, fault: sqlite3.DatabaseError) -> NoReturn:
        """Raise a failure again; of damage, the mark is left first, and it is an IndexDamaged."""
        if not _is_damage(fault):
            raise fault
        with contextlib.suppress(OSError):
            mark_of(self.path).touch()
        raise damage() from fault


def connected(path: Path) -> Connection:
    """A connection to the database at `path`, for whichever thread; it begins no transaction by itself."""
    # Made and used by one thread; whichever closes the archive closes it.
    connection = sqlite3.connect(
        path, isolation_level=None, check_same_thread=False, cached_statements=256, factory=Connection
    )
    connection.path = path
    return connection
