"""A reader's flags: at once they go to the index and to flags.sqlite, later the poller writes them to the day files.

flags.sqlite has the pending flags, which no day file has yet. So nothing is lost if the index is deleted. Each row
counts its changes (column `turn`). After folding, a row is removed only if its count is the one that was folded.
"""

import json
from collections.abc import Sequence

from msgspec import Struct

from feeds.archive.index import PENDING_COLUMNS, Index
from feeds.archive.records import PendingFlags, is_pending_row, pending_of
from feeds.errors import DiskRefused
from feeds.model import Fault, Flags

_BATCH = 500  # articles in a transaction: the poller must not wait while ten thousand are set to read


class FlagChange(Struct, frozen=True):
    """A change of one article's flags. None leaves a flag as it is."""

    id: str
    read: bool | None = None
    starred: bool | None = None
    tag: tuple[str, ...] = ()
    untag: tuple[str, ...] = ()
    apart: bool | None = None

    def applied_to(self, flags: Flags) -> Flags:
        """The flags after this change."""
        return Flags(
            read=flags.read if self.read is None else self.read,
            starred=flags.starred if self.starred is None else self.starred,
            tags=tuple(dict.fromkeys([*(tag for tag in flags.tags if tag not in self.untag), *self.tag])),
            apart=flags.apart if self.apart is None else self.apart,
        )


class Undo(Struct, frozen=True):
    """The changes that undo others, one an article. They touch only flags that were changed.

    `fault` says why some changes were not made: the disk became full.
    """

    before: tuple[FlagChange, ...] = ()
    fault: Fault | None = None

    def __len__(self) -> int:
        return len(self.before)


def _reverse_of(old: Flags, new: Flags, name: str) -> FlagChange:
    """The change from `new` back to `old`."""
    return FlagChange(
        name,
        read=None if old.read == new.read else old.read,
        starred=None if old.starred == new.starred else old.starred,
        tag=tuple(tag for tag in old.tags if tag not in new.tags),
        untag=tuple(tag for tag in new.tags if tag not in old.tags),
        apart=None if old.apart == new.apart else old.apart,
    )


def _save(index: Index, name: str, old: Flags, new: Flags) -> None:
    """Save the difference in flags.sqlite first, then in the index. Inside a transaction."""
    read = None if old.read == new.read else new.read
    starred = None if old.starred == new.starred else new.starred
    tags = None if old.tags == new.tags else json.dumps(new.tags, ensure_ascii=False)
    apart = None if old.apart == new.apart else new.apart
    execute = index.connection.execute
    execute(
        "INSERT INTO flags.pending (id, read, starred, tags, apart, turn) VALUES (?, ?, ?, ?, ?, 1) "
        "ON CONFLICT (id) DO UPDATE SET read = coalesce(excluded.read, read), "
        "starred = coalesce(excluded.starred, starred), tags = coalesce(excluded.tags, tags), "
        "apart = coalesce(excluded.apart, apart), turn = turn + 1",
        (name, read, starred, tags, apart),
    )
    if (read, starred, apart) != (None, None, None):
        index.set_flags(name, new)
    if tags is not None:
        index.set_tags(name, new.tags)


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
            if old is not None and (new := change.applied_to(old)) != old:
                _save(index, change.id, old, new)
                before.append(_reverse_of(old, new, change.id))
    return before


def pending_flags(index: Index) -> list[PendingFlags]:
    """All pending flags, which wait to be written to the day files."""
    rows = index.connection.execute(f"SELECT {PENDING_COLUMNS} FROM flags.pending")  # noqa: S608 -- columns of ours
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
    rows = index.connection.execute(f"SELECT {PENDING_COLUMNS} FROM flags.pending").fetchall()  # noqa: S608 -- columns of ours
    return found == [("ok",)] and all(is_pending_row(row[0], row[3]) for row in rows)
