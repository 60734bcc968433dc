"""The faults of a day: in its file's bytes, in its records, and between the file and the index.

A writer may write meanwhile. So a day that does not agree with the index is looked at again, and a day that is just
being written has no fault.
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
    """All faults of a day. Nothing is changed. Raises IndexDamaged.

    If a writer was killed while it wrote a day, the day is dirty in the index. The next process that opens the archive
    reads its file.
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
    """The records of a day's file, without a file an empty list. Raises ShardDamaged, DayUnusable."""
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
    """Days that were set aside as damaged. Their articles are not listed until the files are repaired."""
    return tuple(
        Fault("{name} was set aside as damaged; what it holds is not listed", {"name": path.name})
        for path in shards.aside()
    )


def faults_of_marks(index: Index) -> tuple[Fault, ...]:
    """The faults of the pending flags."""
    if flag_store.are_sound(index):
        return ()
    return (Fault("some marks in flags.sqlite cannot be read; zhengwen archive rebuild keeps the others"),)


def faults_of_index(index: Index) -> tuple[Fault, ...]:
    """The faults of the index as a whole."""
    counted, held = census.counts_of(index)
    if counted == held:
        return ()
    return (
        Fault(
            "the index counts {counted} articles and holds {held}; zhengwen archive rebuild makes it anew",
            {"counted": counted, "held": held},
        ),
    )
