"""A reader's flags: at once they go to the index and to flags.sqlite, later the poller writes them to the day files.

flags.sqlite has the pending flags, which no day file has yet. So nothing is lost if the index is deleted. Each row
counts its changes (column `turn`). After folding, a row is removed only if its count is the one that was folded.
"""

import sqlite3
from collections.abc import Mapping, Sequence

from msgspec import structs

from feeds.archive.engine import FlagChange, Undo
from feeds.archive.sqlite.flag_columns import PendingFlags, column_of, is_pending_row, pending_columns, pending_of
from feeds.archive.sqlite.index import Index
from feeds.archive.sqlite.rows.articles import ArticleRows
from feeds.errors import DiskRefused
from feeds.flags import FlagValue, apply_change, difference, new_values
from feeds.model import Flags

_BATCH = 500  # articles in a transaction: the poller must not wait while ten thousand are set to read


def save_flags(index: Index, name: str, old: Flags, values: Mapping[str, FlagValue]) -> None:
    """Save these flags of an article in flags.sqlite first, then in the index. Inside a transaction."""
    if not values:
        return
    columns = ", ".join(values)
    marks = ", ".join("?" * len(values))
    updates = ", ".join(f"{column} = excluded.{column}" for column in values)
    index.connection.execute(
        f"INSERT INTO flags.pending (id, {columns}, turn) VALUES (?, {marks}, 1) "  # noqa: S608 -- names of our own fields
        f"ON CONFLICT (id) DO UPDATE SET {updates}, turn = turn + 1",
        (name, *map(column_of, values.values())),
    )
    new = structs.replace(old, **values)
    articles = ArticleRows(index)
    articles.set_flags(name, new)
    if old.tags != new.tags:
        articles.set_tag_labels(name, new.tags)


def apply_changes(index: Index, changes: Sequence[FlagChange]) -> Undo:
    """Change flags. Return what undoes it. Unknown ids and changes without effect are ignored.

    Raises DiskRefused if nothing was changed.
    """
    before: list[FlagChange] = []
    for start in range(0, len(changes), _BATCH):
        try:
            before += _apply_batch(index, changes[start : start + _BATCH])
        except DiskRefused as error:
            if not before:
                raise
            return Undo(tuple(before), error.fault)
    return Undo(tuple(before))


def _apply_batch(index: Index, changes: Sequence[FlagChange]) -> list[FlagChange]:
    """Change flags in one transaction. Return the changes that undo it."""
    before: list[FlagChange] = []
    with index.change():
        for change in changes:
            old = index.flags(change.id, own=True)
            if old is not None and (new := apply_change(change.values, old)) != old:
                save_flags(index, change.id, old, new_values(old, new))
                before.append(FlagChange(change.id, difference(new, old)))
    return before


def pending_flags(index: Index) -> list[PendingFlags]:
    """All pending flags, which wait to be written to the day files."""
    rows = index.connection.execute(f"SELECT {pending_columns()} FROM flags.pending")  # noqa: S608 -- columns of ours
    return [pending_of(row) for row in rows]


def pending_values(connection: sqlite3.Connection, name: str) -> Mapping[str, FlagValue]:
    """The pending flags of one article, by name."""
    row = connection.execute(f"SELECT {pending_columns()} FROM flags.pending WHERE id = ?", (name,)).fetchone()  # noqa: S608 -- columns of ours
    return pending_of(row).values if row else {}


def remove_pending(index: Index, folded: Sequence[PendingFlags]) -> None:
    """Remove flags that the day files have now. A row that changed again stays."""
    with index.change() as connection:
        connection.executemany(
            "DELETE FROM flags.pending WHERE id = ? AND turn = ?", [(flags.id, flags.turn) for flags in folded]
        )


def are_sound(index: Index) -> bool:
    """Whether all pending flags can be read."""
    found = index.connection.execute("PRAGMA flags.integrity_check(1)").fetchall()
    rows = index.connection.execute(f"SELECT {pending_columns()} FROM flags.pending").fetchall()  # noqa: S608 -- columns of ours
    return found == [("ok",)] and all(map(is_pending_row, rows))
