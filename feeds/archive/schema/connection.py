"""A connection whose failures are expected ones, whichever statement meets them: IndexDamaged or DiskRefused.

The index is derived, so nobody mends it: a mark is left beside it, and the next who opens the archive makes it anew.
The mark is a file: whoever meets the page may be a reader without a lock, and the database is not to be trusted.
A full, faulty or read-only disk and a lock that is held for too long are no damage. Any other failure is a bug.
"""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from feeds.archive.schema import refusals
from feeds.errors import DiskRefused, IndexDamaged
from feeds.model import Fault

# What Python and SQLite say of a page that is whole by its form and holds what nobody put there.
_ROTTEN = (
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
    """The kind of SQLite's failure; 0 for another one."""
    return (getattr(fault, "sqlite_errorcode", None) or 0) & 0xFF


def _is_damage(fault: sqlite3.DatabaseError) -> bool:
    """Whether a failure is the file's.

    SQLITE_CORRUPT and SQLITE_NOTADB alone have no class below DatabaseError. A row that contradicts another
    (IntegrityError) was not written by us.
    """
    return (
        type(fault) is sqlite3.DatabaseError
        or isinstance(fault, sqlite3.IntegrityError)
        or str(fault).startswith(_ROTTEN)
    )


def refusal_of(fault: sqlite3.Error, path: Path) -> DiskRefused | None:
    """A failure of the disk with the database at `path`, or of a lock, in words; None for another one."""
    reason = _REFUSALS.get(code_of(fault))
    if reason in (refusals.DISK_ERROR, refusals.NOT_OPENED):
        reason = refusals.reason_on(path.parent) or reason  # SQLite says little of a file that it cannot make
    return DiskRefused("the archive's index cannot be used: {reason}", reason=reason) if reason else None


def damage() -> IndexDamaged:
    """What a reader is told."""
    return IndexDamaged("the archive's index is damaged; it is made anew at the next start, and no article is lost")


def mark_of(path: Path) -> Path:
    """The file that says of an index that it has to be made anew."""
    return path.with_name("index.damaged")


def condemned(path: Path) -> bool:
    """Whether the index was marked; the mark is taken away, so that one of several who ask is told."""
    mark = mark_of(path)
    try:
        mark.unlink()
    except FileNotFoundError:
        return False
    except OSError:
        if mark.exists():
            raise
        return False  # on a read-only file system to ask is refused too
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
        """Raise a failure as IndexDamaged or DiskRefused, any other as it is."""
        if _is_damage(fault):
            self.condemn(fault)
        raise refusal_of(fault, self.path) or fault from fault

    def condemn(self, fault: BaseException) -> NoReturn:
        """Leave the mark that the index is damaged, and raise IndexDamaged."""
        with contextlib.suppress(OSError):
            mark_of(self.path).touch()
        raise damage() from fault

    @contextlib.contextmanager
    def trusting(self) -> Iterator[None]:
        """While the index's values are used: one that nobody can have put there makes an IndexDamaged."""
        try:
            yield
        except (ValueError, TypeError, LookupError, ArithmeticError) as fault:
            self.condemn(fault)


def connected(path: Path, options: str = "") -> Connection:
    """A connection to the database at `path`, for whichever thread; it begins no transaction by itself.

    `options` are those of SQLite's addresses (`mode=ro`). DiskRefused.
    """
    # Made and used by one thread; whichever closes the archive closes it.
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
