"""A reader's flags: at once they go to the index and to flags.sqlite, later the poller writes them to the day files.

flags.sqlite has the pending flags, which no day file has yet. So nothing is lost if the index is deleted. Each row
counts its changes (column `turn`). After folding, a row is removed only if its count is the one that was folded.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress

from feeds.archive.engine import FlagChange, Undo
from feeds.archive.records import Stored
from feeds.archive.sqlite.conditions.own_rows import ids_found
from feeds.archive.sqlite.flag_columns import PendingFlags, column_of, is_pending_row, pending_columns, pending_of
from feeds.archive.sqlite.index import Index
from feeds.archive.sqlite.rows.articles import ArticleRows
from feeds.errors import ArchiveError, DiskRefused
from feeds.flags import apply_change, difference, new_values
from feeds.model import Flags
from feeds.query.rules import StoreRule

_BATCH = 500  # articles in a transaction: the poller must not wait while ten thousand are set to read


def _save(index: Index, name: str, old: Flags, new: Flags) -> None:
    """Save the difference in flags.sqlite first, then in the index. Inside a transaction."""
    values = new_values(old, new)
    columns = ", ".join(values)
    marks = ", ".join("?" * len(values))
    updates = ", ".join(f"{column} = excluded.{column}" for column in values)
    index.connection.execute(
        f"INSERT INTO flags.pending (id, {columns}, turn) VALUES (?, {marks}, 1) "  # noqa: S608 -- names of our own fields
        f"ON CONFLICT (id) DO UPDATE SET {updates}, turn = turn + 1",
        (name, *map(column_of, values.values())),
    )
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
                _save(index, change.id, old, new)
                before.append(FlagChange(change.id, difference(new, old)))
    return before


def apply_rules(index: Index, rules: Sequence[StoreRule], stored: Iterable[Stored]) -> None:
    """Give the articles that are new among `stored` the marks of the rules that find them.

    A full disk leaves them as they are: the articles themselves are on disk.
    """
    names = list(dict.fromkeys(one.id for one in stored if one.new))
    if not (rules and names):
        return
    changes = [
        FlagChange(name, rule.change)
        for rule in rules
        for name in sorted(ids_found(rule.query, names, index.connection))
    ]
    with suppress(ArchiveError):
        apply_changes(index, changes)


def pending_flags(index: Index) -> list[PendingFlags]:
    """All pending flags, which wait to be written to the day files."""
    rows = index.connection.execute(f"SELECT {pending_columns()} FROM flags.pending")  # noqa: S608 -- columns of ours
    return [pending_of(row) for row in rows]


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
