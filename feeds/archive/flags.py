"""What a reader marks: at once in the index and in flags.sqlite, later, by the poller, in the shards.

flags.sqlite holds what no shard holds yet, so a deleted index loses nothing. Each row has a turn: folding forgets
a row only if it is still the one that was folded.
"""

from collections.abc import Sequence

from msgspec import Struct

from feeds.archive.index import Index
from feeds.model import Flags

Mark = tuple[str, bool | None, bool | None]
_BATCH = 500  # articles a transaction: marking ten thousand as read must not hold the poller up


class Undo(Struct, frozen=True):
    """What the flags were before: (id, read, starred) of each article, None for a flag that was not touched."""

    before: tuple[Mark, ...] = ()

    def __len__(self) -> int:
        return len(self.before)


class Pending(Struct, frozen=True):
    """Flags that are not in the shards yet."""

    id: str
    read: bool | None
    starred: bool | None
    turn: int


def _mark(index: Index, marks: Sequence[Mark]) -> None:
    """Set (id, read, starred), None leaving a flag as it is. The lasting place comes first."""
    with index.change() as connection:
        connection.executemany(
            "INSERT INTO flags.pending VALUES (?, ?, ?, 1) ON CONFLICT (id) DO UPDATE SET "
            "read = coalesce(excluded.read, read), starred = coalesce(excluded.starred, starred), turn = turn + 1",
            marks,
        )
        connection.executemany(
            "UPDATE article SET unread = coalesce(1 - ?2, unread), starred = coalesce(?3, starred) WHERE id = ?1", marks
        )


def _opposite(flag: bool | None) -> bool | None:  # noqa: FBT001 -- a flag is what it is about
    return None if flag is None else not flag


def marked(index: Index, ids: Sequence[str], *, read: bool | None, starred: bool | None) -> Undo:
    """Set flags and say what they were; ids that are unknown are passed over."""
    before: list[Mark] = []
    for start in range(0, len(ids), _BATCH):
        found: list[Mark] = []
        for name in dict.fromkeys(ids[start : start + _BATCH]):
            flags = index.flags(name)
            was_read = flags.read if flags and read not in (None, flags.read) else None
            was_starred = flags.starred if flags and starred not in (None, flags.starred) else None
            if (was_read, was_starred) != (None, None):
                found.append((name, was_read, was_starred))
        _mark(index, [(name, _opposite(was_read), _opposite(was_starred)) for name, was_read, was_starred in found])
        before += found
    return Undo(tuple(before))


def undone(index: Index, undo: Undo) -> None:
    """Set flags back."""
    for start in range(0, len(undo.before), _BATCH):
        _mark(index, undo.before[start : start + _BATCH])


def pending(index: Index) -> list[Pending]:
    """Everything that waits to be folded into the shards."""
    rows = index.connection.execute("SELECT id, read, starred, turn FROM flags.pending")
    return [
        Pending(name, None if read is None else bool(read), None if starred is None else bool(starred), turn)
        for name, read, starred, turn in rows
    ]


def folded_into(flags: Flags, mark: Pending) -> Flags:
    """A record's flags with what was marked since."""
    return Flags(
        read=flags.read if mark.read is None else mark.read,
        starred=flags.starred if mark.starred is None else mark.starred,
        tags=flags.tags,
    )


def forget(index: Index, folded: Sequence[Pending]) -> None:
    """These are in the shards now; one marked again meanwhile stays."""
    with index.change() as connection:
        connection.executemany(
            "DELETE FROM flags.pending WHERE id = ? AND turn = ?", [(mark.id, mark.turn) for mark in folded]
        )
