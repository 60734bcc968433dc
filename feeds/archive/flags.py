"""What a reader marks: at once in the index and in flags.sqlite, later, by the poller, in the shards.

flags.sqlite holds what no shard holds yet, so a deleted index loses nothing. Each row has a turn: folding forgets
a row only if it is still the one that was folded.
"""

import json
from collections.abc import Sequence

from msgspec import Struct

from feeds.archive.index import PENDING, Index
from feeds.archive.records import Pending, is_mark, pending_of
from feeds.errors import DiskRefused
from feeds.model import Fault, Flags

_BATCH = 500  # articles a transaction: marking ten thousand as read must not hold the poller up


class Mark(Struct, frozen=True):
    """What is to be done to one article's flags; None leaves a flag as it is."""

    id: str
    read: bool | None = None
    starred: bool | None = None
    tag: tuple[str, ...] = ()
    untag: tuple[str, ...] = ()
    apart: bool | None = None

    def over(self, flags: Flags) -> Flags:
        """The flags with this done to them."""
        return Flags(
            read=flags.read if self.read is None else self.read,
            starred=flags.starred if self.starred is None else self.starred,
            tags=tuple(dict.fromkeys([*(tag for tag in flags.tags if tag not in self.untag), *self.tag])),
            apart=flags.apart if self.apart is None else self.apart,
        )


class Undo(Struct, frozen=True):
    """The marks that take others back, one an article; a flag that was not changed is not touched.

    `fault` says why not all was done that was asked for: the disk became full meanwhile.
    """

    before: tuple[Mark, ...] = ()
    fault: Fault | None = None

    def __len__(self) -> int:
        return len(self.before)


def _taking_back(old: Flags, new: Flags, name: str) -> Mark:
    """The mark that makes `old` of `new`."""
    return Mark(
        name,
        read=None if old.read == new.read else old.read,
        starred=None if old.starred == new.starred else old.starred,
        tag=tuple(tag for tag in old.tags if tag not in new.tags),
        untag=tuple(tag for tag in new.tags if tag not in old.tags),
        apart=None if old.apart == new.apart else old.apart,
    )


def _keep(index: Index, name: str, old: Flags, new: Flags) -> None:
    """Put what differs into the lasting place first, then into the index. Inside a transaction."""
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
        index.mark(name, new)
    if tags is not None:
        index.retag(name, new.tags)


def done(index: Index, marks: Sequence[Mark]) -> Undo:
    """Set flags and say what takes it back; ids that are unknown, and what is so already, are passed over.

    DiskRefused when nothing was set.
    """
    before: list[Mark] = []
    for start in range(0, len(marks), _BATCH):
        try:
            before += _set(index, marks[start : start + _BATCH])
        except DiskRefused as error:
            if not before:
                raise
            return Undo(tuple(before), error.fault)
    return Undo(tuple(before))


def _set(index: Index, marks: Sequence[Mark]) -> list[Mark]:
    """Set flags in one transaction; the marks that take it back."""
    before: list[Mark] = []
    with index.change():
        for mark in marks:
            old = index.flags(mark.id, own=True)
            if old is not None and (new := mark.over(old)) != old:
                _keep(index, mark.id, old, new)
                before.append(_taking_back(old, new, mark.id))
    return before


def pending(index: Index) -> list[Pending]:
    """Everything that waits to be folded into the shards."""
    rows = index.connection.execute(f"SELECT {PENDING} FROM flags.pending")  # noqa: S608 -- columns of ours
    return [pending_of(row) for row in rows]


def forget(index: Index, folded: Sequence[Pending]) -> None:
    """These are in the shards now; one marked again meanwhile stays."""
    with index.change() as connection:
        connection.executemany(
            "DELETE FROM flags.pending WHERE id = ? AND turn = ?", [(mark.id, mark.turn) for mark in folded]
        )


def are_sound(index: Index) -> bool:
    """Whether every mark that waits can be read."""
    found = index.connection.execute("PRAGMA flags.integrity_check(1)").fetchall()
    rows = index.connection.execute(f"SELECT {PENDING} FROM flags.pending").fetchall()  # noqa: S608 -- columns of ours
    return found == [("ok",)] and all(is_mark(row[0], row[3]) for row in rows)
