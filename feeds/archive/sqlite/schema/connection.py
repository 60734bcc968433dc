"""A connection that raises expected failures, in every statement: IndexDamaged or DiskRefused.

The index is derived, so nobody repairs it. A marker file is put beside it, and the next process that opens the archive
rebuilds it. The marker is a file, because the process that finds the damage may be a reader without the lock, and the
database itself cannot be trusted. A full, faulty or read-only disk is no damage, nor is a lock that another process
holds for too long. Any other failure is a bug.
"""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from feeds.archive import refusals
from feeds.errors import DiskRefused, IndexDamaged
from feeds.model import Fault

# The messages of Python and SQLite for a page of valid form with values that this program never wrote.
_DAMAGE_MESSAGES = (
    *("Could not decode to UTF-8", "user-defined function raised exception", "malformed JSON"),
    *("no such table", "no such column", "no such module", "malformed database schema", "vtable constructor failed"),
    *("fts5: ", "integer overflow", "unable to use function"),
)
# The kind of a failure is the low byte of SQLite's code.
_REFUSALS: dict[int, Fault] = {
    sqlite3.SQLITE_FULL: refusals.NO_SPACE,
    sqlite3.SQLITE_READONLY: refusals.READ_ONLY,
    sqlite3.SQLITE_PERM: refusals.READ_ONLY,
    sqlite3.SQLITE_IOERR: refusals.DISK_ERROR,
    sqlite3.SQLITE_CANTOPEN: refusals.NOT_OPENED,
    sqlite3.SQLITE_BUSY: refusals.BUSY,
    sqlite3.SQLITE_LOCKED: refusals.BUSY,
    sqlite3.SQLITE_PROTOCOL: refusals.BUSY,
}


def code_of(fault: BaseException | None) -> int:
    """The kind of a failure of SQLite; 0 for any other failure."""
    return (getattr(fault, "sqlite_errorcode", None) or 0) & 0xFF


def _is_damage(fault: sqlite3.DatabaseError) -> bool:
    """Whether a failure comes from a damaged file.

    Only SQLITE_CORRUPT and SQLITE_NOTADB are a plain DatabaseError. This program writes no rows that contradict each
    other (IntegrityError).
    """
    return (
        type(fault) is sqlite3.DatabaseError
        or isinstance(fault, sqlite3.IntegrityError)
        or str(fault).startswith(_DAMAGE_MESSAGES)
    )


def refusal_of(fault: sqlite3.Error, path: Path) -> DiskRefused | None:
    """The error for a failure of a lock or of the disk with the database at `path`; None for other failures."""
    reason = _REFUSALS.get(code_of(fault))
    if reason in (refusals.DISK_ERROR, refusals.NOT_OPENED):
        reason = refusals.reason_on(path.parent) or reason  # SQLite gives no reason for a file that it cannot create
    return DiskRefused("the archive's index cannot be used: {reason}", reason=reason) if reason else None


def damage_error() -> IndexDamaged:
    """The error that says that the index is damaged."""
    return IndexDamaged("the archive's index is damaged; it is made anew at the next start, and no article is lost")


def damage_marker_of(path: Path) -> Path:
    """The marker file that says that an index must be rebuilt."""
    return path.with_name("index.damaged")


def pop_damage_marker(path: Path) -> bool:
    """Remove the marker file. Return whether there was one: only one of several callers gets True."""
    marker = damage_marker_of(path)
    try:
        marker.unlink()
    except FileNotFoundError:
        return False
    except OSError:
        if marker.exists():
            raise
        return False  # a read-only file system refuses this also without a marker
    return True


_fetchone, _fetchall, _next = sqlite3.Cursor.fetchone, sqlite3.Cursor.fetchall, sqlite3.Cursor.__next__


class Cursor(sqlite3.Cursor):
    """Rows of a Connection."""

    connection: "Connection"

    def fetchone(self) -> Any:
        """Do as sqlite3 does. Raises IndexDamaged, DiskRefused."""
        try:
            return _fetchone(self)
        except sqlite3.DatabaseError as fault:
            self.connection.raise_expected(fault)

    def fetchall(self) -> list[Any]:
        """Do as sqlite3 does. Raises IndexDamaged, DiskRefused."""
        try:
            return _fetchall(self)
        except sqlite3.DatabaseError as fault:
            self.connection.raise_expected(fault)

    def __next__(self) -> Any:
        try:
            return _next(self)
        except sqlite3.DatabaseError as fault:
            self.connection.raise_expected(fault)


class Connection(sqlite3.Connection):
    """A connection of sqlite3 that raises IndexDamaged or DiskRefused for expected failures."""

    path: Path

    def execute(self, sql: str, parameters: Any = (), /) -> Cursor:
        """Do as sqlite3 does. Raises IndexDamaged, DiskRefused."""
        try:
            return self.cursor(Cursor).execute(sql, parameters)
        except sqlite3.DatabaseError as fault:
            self.raise_expected(fault)

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> Cursor:
        """Do as sqlite3 does. Raises IndexDamaged, DiskRefused."""
        try:
            return self.cursor(Cursor).executemany(sql, parameters)
        except sqlite3.DatabaseError as fault:
            self.raise_expected(fault)

    def raise_expected(self, fault: sqlite3.DatabaseError) -> NoReturn:
        """Raise a failure as IndexDamaged or DiskRefused; raise any other failure unchanged."""
        if _is_damage(fault):
            self.raise_damaged(fault)
        raise refusal_of(fault, self.path) or fault from fault

    def raise_damaged(self, fault: BaseException) -> NoReturn:
        """Create the marker file and raise IndexDamaged."""
        with contextlib.suppress(OSError):
            damage_marker_of(self.path).touch()
        raise damage_error() from fault

    @contextlib.contextmanager
    def trusting(self) -> Iterator[None]:
        """Raise IndexDamaged if a value of the index cannot be used inside the `with` block."""
        try:
            yield
        except (ValueError, TypeError, LookupError, ArithmeticError) as fault:
            self.raise_damaged(fault)


def connect(path: Path, options: str = "") -> Connection:
    """Connect to the database at `path`. Transactions begin only with BEGIN. Raises DiskRefused.

    `options` are those of SQLite's URIs (`mode=ro`).
    """
    # One thread uses the connection. The thread that closes the archive closes it.
    place = f"{path.absolute().as_uri()}?{options}" if options else path
    try:
        connection = sqlite3.connect(
            place,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
            factory=Connection,
            uri=bool(options),
        )
    except sqlite3.Error as fault:
        raise refusal_of(fault, path) or fault from fault
    connection.path = path
    return connection
