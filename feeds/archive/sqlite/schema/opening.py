"""How a process opens the index and flags.sqlite, makes missing tables, and replaces damaged files."""

import os
import sqlite3
import time
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from feeds.archive.files import sync_folder
from feeds.archive.sqlite.flag_columns import COLUMN_TYPES, is_pending_row, pending_columns
from feeds.archive.sqlite.grams import holds, mentions
from feeds.archive.sqlite.schema.connection import Connection, code_of, connect, pop_damage_marker, refusal_of
from feeds.archive.sqlite.schema.tables import FLAGS, VERSION, statements
from feeds.archive.sqlite.schema.transactions import SET_TIMEOUT, transaction
from feeds.errors import ArchiveChanged, DiskRefused, IndexDamaged
from feeds.flags import DEFAULTS


def flags_of(path: Path) -> Path:
    """The file of the pending flags beside an index."""
    return path.with_name("flags.sqlite")


def _configure(connection: Connection) -> None:
    """Set what does not depend on the files: timeouts, and the functions that our SQL calls."""
    connection.execute(SET_TIMEOUT)
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.create_function("holds", 2, holds, deterministic=True)
    connection.create_function("mentions", 2, mentions, deterministic=True)


def _open_connection(path: Path) -> Connection:
    connection = connect(path)
    try:
        _configure(connection)
        # A small page holds only a few texts of a kilobyte and is half empty after a split: a fifth more on disk.
        connection.execute("PRAGMA main.page_size = 16384")
        _make_private(flags_of(path))
        connection.execute("ATTACH DATABASE ? AS flags", (str(flags_of(path)),))
        for name in ("main", "flags"):
            _use_wal(connection, name)
        connection.execute("PRAGMA main.synchronous = NORMAL")
        # A flag is on the disk when it is acknowledged. The index is derived and need not be.
        connection.execute("PRAGMA flags.synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def _make_private(file: Path) -> None:
    """Make an empty file that only its owner may read, unless it exists. SQLite's logs get the same mode."""
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _use_wal(connection: Connection, name: str) -> None:
    """Switch a database to WAL. SQLite does not wait for the lock here, so this waits."""
    for attempt in range(100):
        try:
            if connection.execute(f"PRAGMA {name}.journal_mode = WAL").fetchone()[0] == "wal":
                return
        except DiskRefused as refused:
            if attempt == 99 or code_of(refused.__cause__) not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
        time.sleep(0.05)


def _create_tables(connection: Connection, *, rebuild: bool = False) -> None:
    """Make the tables if they are missing or of another version. The index is then empty and behind the day files.

    With `rebuild` they are always made. This is one transaction: a reader sees the old index or the empty one.
    """
    if not rebuild and connection.execute("PRAGMA main.user_version").fetchone()[0] == VERSION:
        return
    with transaction(connection):
        if not rebuild and connection.execute("PRAGMA main.user_version").fetchone()[0] == VERSION:
            return  # another process has made them
        count = _change_count_of(connection) + 1
        kinds = connection.execute(
            "SELECT type, name FROM main.sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' "
            "ESCAPE '\\' ORDER BY sql NOT LIKE 'CREATE VIRTUAL%'"
        ).fetchall()
        for kind, name in kinds:
            quoted = name.replace('"', '""')
            connection.execute(f'DROP {kind} IF EXISTS main."{quoted}"')
        for statement in statements():
            connection.execute(statement)
        connection.execute("UPDATE meta SET value = ? WHERE name = 'change'", (count,))
        connection.execute(f"PRAGMA main.user_version = {VERSION}")
    if kinds:
        with suppress(DiskRefused):  # another process is writing; it fills the space again
            connection.execute("VACUUM main")  # gives back the space of the old index


def _change_count_of(connection: Connection) -> int:
    """The index's change count. A new index continues it for the processes that have the old one open."""
    found = connection.execute("SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = 'meta'").fetchone()
    row = connection.execute("SELECT value FROM meta WHERE name = 'change'").fetchone() if found else None
    return int(row[0]) if row else 0


def _remove_damaged(path: Path, *, rebuild: bool = False) -> None:
    """Remove a damaged index, and repair the pending flags."""
    if rebuild or not _is_sound(path, "quick_check(1)"):
        if path.is_symlink() or path.is_dir():
            path.rename(path.with_name(f"{path.name}.damaged-{time.time_ns()}"))
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
    repair_flags(path)


def repair_flags(path: Path) -> None:
    """If the file of pending flags is damaged, replace it by one with all rows that can be read."""
    file = flags_of(path)
    if file.exists() and not (_is_sound(file, "integrity_check(1)") and _holds_pending(file)):
        from feeds.archive.sqlite.schema.salvage import salvaged_rows  # a sound file does not need it

        made = file.with_name(f"{file.name}.new")
        try:
            _write_pending(made, salvaged_rows(file))
        except BaseException:
            made.unlink(missing_ok=True)
            raise
        aside = file.with_name(f"{file.name}.damaged-{time.time_ns()}")
        for suffix in ("-shm", "-wal", ""):
            with suppress(FileNotFoundError):
                file.with_name(file.name + suffix).rename(aside.with_name(aside.name + suffix))
        made.rename(file)
        sync_folder(file.parent)


def _write_pending(file: Path, rows: Iterable[tuple[Any, ...]]) -> None:
    """Write a new file of pending flags. It is on the disk when this returns."""
    file.unlink(missing_ok=True)
    _make_private(file)
    with closing(connect(file)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        with transaction(connection):
            connection.execute(FLAGS.replace("flags.", ""))
            names = ", ".join(("id", *DEFAULTS, "turn"))
            marks = ", ".join("?" * (len(DEFAULTS) + 2))
            connection.executemany(f"INSERT OR REPLACE INTO pending ({names}) VALUES ({marks})", rows)  # noqa: S608 -- names of our own fields


def _pending_columns(connection: Connection) -> set[str]:
    return {row[1] for row in connection.execute("PRAGMA flags.table_info(pending)")}


def _holds_pending(file: Path) -> bool:
    """Whether every row of an undamaged file can be a row of pending flags."""
    with closing(sqlite3.connect(file)) as probe:
        known = [row[1] for row in probe.execute("PRAGMA table_info(pending)")]
        rows = probe.execute(f"SELECT {pending_columns(known)} FROM pending") if known else ()  # noqa: S608 -- ours
        return all(map(is_pending_row, rows))


def _is_sound(file: Path, check: str) -> bool:
    try:
        with closing(sqlite3.connect(file)) as probe:
            return bool(probe.execute(f"PRAGMA {check}").fetchone()[0] == "ok")
    except sqlite3.DatabaseError as fault:
        if refused := refusal_of(fault, file):
            raise refused from fault
        return False


def open_index(path: Path, *, rebuild: bool = False) -> Connection:
    """Open the index at `path`. Make it new if it is missing, of another version, no database or damaged.

    With `rebuild` it is always made new, in the same file if possible, so that other processes see it.
    Raises DiskRefused, OSError.
    """
    if pop_damage_marker(path) or path.is_dir():
        _remove_damaged(path, rebuild=True)
    elif rebuild:
        repair_flags(path)
    try:
        connection = _open_ready(path, rebuild=rebuild)
    except IndexDamaged:
        pop_damage_marker(path)  # the next line repairs it
        _remove_damaged(path, rebuild=rebuild)
        connection = _open_ready(path)
    return connection


def _open_ready(path: Path, *, rebuild: bool = False) -> Connection:
    connection = _open_connection(path)
    try:
        _create_tables(connection, rebuild=rebuild)
        if not COLUMN_TYPES.keys() <= _pending_columns(connection):
            with transaction(connection):  # of two processes that start together, one makes it
                connection.execute(FLAGS)
                known = _pending_columns(connection)
                for name, kind in COLUMN_TYPES.items():
                    if name not in known:
                        connection.execute(f"ALTER TABLE flags.pending ADD COLUMN {name} {kind}")
    except BaseException:
        connection.close()
        raise
    return connection


def open_read_only(path: Path, options: str) -> Connection:
    """Open the index at `path` read-only, with the `options` of SQLite's URIs. No file is made or changed.

    The index has every flag as soon as it is set, so flags.sqlite is not needed. Raises DiskRefused, IndexDamaged, and
    ArchiveChanged if the index is of another version.
    """
    connection = connect(path, options)
    try:
        _configure(connection)
        connection.execute("ATTACH DATABASE ':memory:' AS flags")
        connection.execute(FLAGS)
        version = connection.execute("PRAGMA main.user_version").fetchone()[0]
        connection.execute("SELECT 1 FROM sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    if version != VERSION:
        connection.close()
        raise ArchiveChanged("the archive's index is of another version")
    return connection
