"""Transactions that wait for the lock to write as short as possible."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from feeds.archive.sqlite.schema.connection import Connection, code_of
from feeds.errors import DiskRefused

_LOCK_TIMEOUT = 15  # seconds for which another process's lock is waited for
SET_TIMEOUT = f"PRAGMA busy_timeout = {_LOCK_TIMEOUT * 1000}"
_LOCK_RETRY = 0.001


def _begin(connection: Connection) -> None:
    """Take the lock to write, as soon as it is free.

    SQLite's own waiting tries less and less often, at last ten times a second. A reader's flag would miss every pause
    of a busy writer.
    """
    until = time.monotonic() + _LOCK_TIMEOUT
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except DiskRefused as refused:
                if code_of(refused.__cause__) != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(_LOCK_RETRY)
            else:
                return
    finally:
        connection.execute(SET_TIMEOUT)


@contextmanager
def one_moment(connection: Connection) -> Iterator[None]:
    """Let all questions inside the `with` block see the index as of one moment, whatever a writer does."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:  # SQLite ends it by itself where the file is damaged
            connection.execute("COMMIT")


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """A transaction: everything or nothing."""
    _begin(connection)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # on a full disk SQLite has rolled back already
            with suppress(DiskRefused):
                connection.execute("ROLLBACK")
        raise
