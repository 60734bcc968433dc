"""The journal of the watches: `watches.sqlite` beside the day files. No rebuild of the index touches it.

It says since when there is each watch, which articles it matched, and which of these were told. A batch of articles is
noted before it is stored and removed after it was matched, so that the next process matches the batch of a process
that was killed between. One row stands for a watch and an article (or an edit of it, or a deadline), whatever happens.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Self

import msgspec
from msgspec import Struct

from feeds.archive.files import FileState, state_of
from feeds.archive.sqlite.schema.connection import refusal_of
from feeds.errors import ArchiveError, reason_of

_TABLES = (
    "CREATE TABLE IF NOT EXISTS watch (name TEXT PRIMARY KEY, since REAL NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS batch (id INTEGER PRIMARY KEY, keys TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS telling (id INTEGER PRIMARY KEY, at REAL NOT NULL, text TEXT, routes TEXT NOT NULL)",
    (
        "CREATE TABLE IF NOT EXISTS match (watch TEXT NOT NULL, article TEXT NOT NULL, version TEXT NOT NULL, "
        "at REAL NOT NULL, words TEXT NOT NULL, telling INTEGER, PRIMARY KEY (watch, article, version)) WITHOUT ROWID"
    ),
    "CREATE UNIQUE INDEX IF NOT EXISTS match_due ON match (watch, version) WHERE version LIKE 'due %'",
    "CREATE INDEX IF NOT EXISTS match_waiting ON match (at) WHERE telling IS NULL",
    "CREATE INDEX IF NOT EXISTS match_article ON match (article)",
    "CREATE INDEX IF NOT EXISTS telling_open ON telling (id) WHERE text IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS match_at ON match (at)",
)
_NEWEST = "SELECT watch, article FROM match ORDER BY at DESC LIMIT ?"
_TIMEOUT = 10.0  # seconds for which another process's lock is waited for


class WatchMatch(Struct, frozen=True):
    """A watch and an article that it matched. Times are seconds since 1970.

    `version` is "" for a new article, `changed <time>` for an edit, `due <digest>` for a deadline. `words` says what
    falls due.
    """

    watch: str
    article: str
    version: str = ""
    at: float = 0.0
    words: str = ""


class StoredTelling(Struct, frozen=True):
    """A telling that some of its `routes` have not finished yet. `text` is the JSON for the program outside."""

    id: int
    text: str
    routes: tuple[str, ...]


def journal_of(folder: Path) -> Path:
    """The journal's file in an archive's folder."""
    return folder / "watches.sqlite"


class WatchJournal:
    """An open journal. Every method is one transaction. Raises ArchiveError."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the journal of the archive in a folder; make it where it is missing. A damaged one is set aside."""
        path = journal_of(folder)
        with _failures(path):
            try:
                return cls(path, _open(path))
            except sqlite3.DatabaseError as fault:
                if type(fault) is not sqlite3.DatabaseError:
                    raise
                for suffix in ("", "-wal", "-shm"):
                    with suppress(FileNotFoundError):
                        path.with_name(path.name + suffix).replace(path.with_name("watches.damaged.sqlite" + suffix))
                return cls(path, _open(path))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def begin_watches(self, names: Sequence[str], now: float) -> dict[str, float]:
        """Since when there is each of these watches; a new one begins now. A watch that is not named ends."""
        with self._change() as connection:
            wanted = json.dumps(list(names))
            connection.execute("DELETE FROM watch WHERE name NOT IN (SELECT value FROM json_each(?))", (wanted,))
            connection.execute(
                "INSERT OR IGNORE INTO watch SELECT value, ? FROM json_each(?) WHERE true", (now, wanted)
            )
            return dict(connection.execute("SELECT name, since FROM watch").fetchall())

    def begin_watch(self, name: str, now: float) -> None:
        """Begin a watch now, unless it has begun."""
        with self._change() as connection:
            connection.execute("INSERT OR IGNORE INTO watch VALUES (?, ?)", (name, now))

    def note_batch(self, keys: Iterable[Sequence[str]]) -> int:
        """Note the keys of articles that will be stored now. Return the batch's number."""
        with self._change() as connection:
            text = msgspec.json.encode([list(names) for names in keys]).decode()
            return connection.execute("INSERT INTO batch (keys) VALUES (?)", (text,)).lastrowid or 0

    def batches(self) -> dict[int, list[list[str]]]:
        """The keys of the articles of every batch that was noted and not yet matched."""
        with _failures(self._path):
            rows = self._connection.execute("SELECT id, keys FROM batch ORDER BY id").fetchall()
        return {number: json.loads(text) for number, text in rows}

    def keep_matches(self, matches: Iterable[WatchMatch], batches: Iterable[int] = ()) -> None:
        """Keep matches that are new, and remove the batches from which they came."""
        rows = [(one.watch, one.article, one.version, one.at, one.words) for one in matches]
        with self._change() as connection:
            connection.executemany("INSERT OR IGNORE INTO match VALUES (?, ?, ?, ?, ?, NULL)", rows)
            connection.executemany("DELETE FROM batch WHERE id = ?", [(number,) for number in batches])

    def waiting(self) -> list[WatchMatch]:
        """The matches that were not told, the earliest first."""
        with _failures(self._path):
            rows = self._connection.execute(
                "SELECT watch, article, version, at, words FROM match WHERE telling IS NULL ORDER BY at, article"
            ).fetchall()
        return [WatchMatch(*row) for row in rows]

    def keep_tellings(self, tellings: Iterable[tuple[str, Sequence[WatchMatch]]], routes: Sequence[str]) -> None:
        """Make tellings of matches: each has its text and takes its matches. From now on these count as told."""
        with self._change() as connection:
            for text, matches in tellings:
                at = max((one.at for one in matches), default=0.0)
                kept = text if routes else None
                number = connection.execute(
                    "INSERT INTO telling (at, text, routes) VALUES (?, ?, ?)", (at, kept, json.dumps(list(routes)))
                ).lastrowid
                connection.executemany(
                    "UPDATE match SET telling = ? WHERE watch = ? AND article = ? AND version = ? AND telling IS NULL",
                    [(number, one.watch, one.article, one.version) for one in matches],
                )

    def open_tellings(self) -> list[StoredTelling]:
        """The tellings that a route has not finished, the earliest first."""
        with _failures(self._path):
            rows = self._connection.execute(
                "SELECT id, text, routes FROM telling WHERE text IS NOT NULL ORDER BY id"
            ).fetchall()
        return [StoredTelling(number, text, tuple(json.loads(routes))) for number, text, routes in rows]

    def finish_route(self, telling: StoredTelling, route: str) -> None:
        """A route of a telling has told it. The text is dropped with the last one."""
        with self._change() as connection:
            found = connection.execute("SELECT routes FROM telling WHERE id = ?", (telling.id,)).fetchone()
            left = [name for name in json.loads(found[0]) if name != route] if found else []
            connection.execute(
                "UPDATE telling SET routes = ?, text = CASE WHEN ? THEN text END WHERE id = ?",
                (json.dumps(left), bool(left), telling.id),
            )

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        with _failures(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise


def journal_state(folder: Path) -> tuple[FileState, FileState]:
    """The state of the journal's files in an archive's folder, by which a change is noticed."""
    path = journal_of(folder)
    return state_of(path), state_of(path.with_name(path.name + "-wal"))


def newest_matches(folder: Path, count: int) -> list[tuple[str, str]]:
    """The newest matches of the archive in a folder as (watch, article), the newest first. Raises ArchiveError.

    It does not make a missing journal.
    """
    path = journal_of(folder)
    if not path.exists():
        return []
    with _failures(path):
        place = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(place, timeout=_TIMEOUT, isolation_level=None, uri=True)) as connection:
            rows = connection.execute(_NEWEST, (count,)).fetchall()
    return [(str(watch), str(article)) for watch, article in rows]


def _open(path: Path) -> sqlite3.Connection:
    if not path.exists():
        path.touch(mode=0o600)
    connection = sqlite3.connect(path, timeout=_TIMEOUT, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")  # what was told once must stay told
        for statement in _TABLES:
            connection.execute(statement)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def _failures(path: Path) -> Iterator[None]:
    """Raise a failure of SQLite or of the disk as an ArchiveError. Any other failure is a bug."""
    try:
        yield
    except sqlite3.Error as fault:
        refused = refusal_of(fault, path)
        reason = refused.fault.values["reason"] if refused else str(fault)
        raise ArchiveError("the journal of the watches cannot be used: {reason}", reason=reason) from fault
    except OSError as fault:
        raise ArchiveError("the journal of the watches cannot be used: {reason}", reason=reason_of(fault)) from fault
