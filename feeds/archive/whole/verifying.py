"""What is wrong with a day: its file's bytes, its records, and what the index says of it.

A writer may be at work meanwhile. So a day that seems not to agree with the index is looked at again, and one that is
just being written is nobody's fault.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec

from feeds.archive.files import state_of
from feeds.archive.records import Record
from feeds.archive.shards import Shards
from feeds.archive.shards import file as dayfile
from feeds.archive.shards.lines import record_of_line
from feeds.archive.sqlite import census
from feeds.archive.sqlite import flags as flag_store
from feeds.archive.sqlite.index import Index
from feeds.errors import FeedError, ShardDamaged
from feeds.model import Fault

_LOOKS = 3


def faults_of_day(day: date, shards: Shards, index: Index) -> tuple[Fault, ...]:
    """Everything that is wrong with a day; nothing is changed. IndexDamaged.

    A day that a writer was killed in is marked in the index, and is taken in by whoever opens the archive next.
    """
    path = shards.path_of(day)
    for _ in range(_LOOKS):
        state = state_of(path)
        try:
            records = _records(path)
        except FeedError as error:
            return (error.fault,)
        if _rows_of(records) == census.rows_of(index, day) and census.noted_state(index, day) == state:
            return ()
        if state == state_of(path) and not census.is_dirty(index, day):
            break
    if census.is_dirty(index, day) or census.is_blank(index):
        return ()
    return (Fault("the index does not agree with {name}; zhengwen archive rebuild makes it anew", {"name": path.name}),)


def _records(path: Path) -> list[Record]:
    """The records of a day's file, none where there is none. Raises ShardDamaged, DayUnusable."""
    data = dayfile.read(path)
    if data is None:
        return []
    version = dayfile.version_of(data)
    if dayfile.day_of(data) != path.stem:
        raise ShardDamaged("{name} says that it is another day's", name=path.name)
    found: dict[str, Record] = {}
    for name, record in _records_in(data, version, path.name):
        if record.id != name or name in found:
            raise ShardDamaged("{name} holds the article {id} twice or under another's name", name=path.name, id=name)
        found[name] = record
    return list(found.values())


def _records_in(data: bytes, version: int, name: str) -> Iterator[tuple[str, Record]]:
    try:
        for mark, line in dayfile.marked_lines_of(data):
            yield mark, record_of_line(line, version)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ShardDamaged("{name} is damaged: {reason}", name=name, reason=str(error)) from error


def _rows_of(records: list[Record]) -> dict[str, tuple[str, int]]:
    return {record.id: (record.title, int(record.published.timestamp() // 1)) for record in records}


def faults_aside(shards: Shards) -> tuple[Fault, ...]:
    """Days that some run set aside as damaged: what they held is not listed until somebody mends them."""
    return tuple(
        Fault("{name} was set aside as damaged; what it holds is not listed", {"name": path.name})
        for path in shards.aside()
    )


def faults_of_marks(index: Index) -> tuple[Fault, ...]:
    """What is wrong with the marks that no day file holds yet."""
    if flag_store.are_sound(index):
        return ()
    return (Fault("some marks in flags.sqlite cannot be read; zhengwen archive rebuild keeps the others"),)


def faults_of_index(index: Index) -> tuple[Fault, ...]:
    """What is wrong with the index as a whole."""
    counted, held = census.counts_of(index)
    if counted == held:
        return ()
    return (
        Fault(
            "the index counts {counted} articles and holds {held}; zhengwen archive rebuild makes it anew",
            {"counted": counted, "held": held},
        ),
    )
