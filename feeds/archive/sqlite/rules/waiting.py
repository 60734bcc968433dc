"""The articles whose rules wait: a table of flags.sqlite, which no rebuild of the index touches.

An article is noted before its day's file is written. Its note is removed in the transaction that gives it its marks.
If the writer dies between, the next writer applies the rules.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping

from msgspec import structs

from feeds.archive.sqlite.flag_columns import flags_of
from feeds.archive.sqlite.index import Index
from feeds.model import Flags

_TABLE = "CREATE TABLE IF NOT EXISTS flags.unruled (id TEXT PRIMARY KEY, given TEXT NOT NULL) WITHOUT ROWID"


def note_waiting(index: Index, given: Mapping[str, Flags]) -> None:
    """Note articles (ids) whose rules wait, each with the marks that rules gave it before. A note stays."""
    with index.transaction():
        index.connection.execute(_TABLE)
        written = {flags: json.dumps(structs.asdict(flags), ensure_ascii=False) for flags in set(given.values())}
        rows = [(name, written[flags]) for name, flags in given.items()]
        index.connection.executemany("INSERT OR IGNORE INTO flags.unruled VALUES (?, ?)", rows)


def waiting_articles(connection: sqlite3.Connection) -> dict[str, Flags]:
    """The ids of the articles that were noted, each with the marks that rules gave it before."""
    if not connection.execute("SELECT 1 FROM flags.sqlite_schema WHERE name = 'unruled'").fetchone():
        return {}
    rows = connection.execute("SELECT id, given FROM flags.unruled").fetchall()
    read = {given: flags_of(given) for given in {given for _name, given in rows}}  # nearly all are the same
    return {str(name): read[given] for name, given in rows}


def remove_notes(connection: sqlite3.Connection, names: Iterable[str]) -> None:
    """Remove the notes of articles. Inside a transaction."""
    connection.executemany("DELETE FROM flags.unruled WHERE id = ?", [(name,) for name in names])
