"""What is wrong with a day: its file's bytes, its records, and what the index says of it.

A writer may be at work meanwhile. So a day that seems not to agree with the index is looked at again, and one that is
just being written is nobody's fault.
"""

from datetime import date
from pathlib import Path

import msgspec

from feeds.archive.files import state_of
from feeds.archive.index import Index
from feeds.archive.records import Record
from feeds.archive.shards import Shards
from feeds.archive.shards import file as dayfile
from feeds.archive.shards.lines import record_of_line
from feeds.archive.whole import census
from feeds.errors import FeedError, ShardDamaged
from feeds.model import Fault

_LOOKS = 3


def faults_of_day(day: date, shards: Shards, index: Index) -> tuple[Fault, ...]:
    """Everything that is wrong with a day; nothing is changed."""
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
    return (Fault("the index does not agree with {name}; zhengwen archive rebuild makes it anew", {"name": path.name}),)


def _records(path: Path) -> list[Record]:
    """The records of a day's file, none where there is none. Raises ShardDamaged, ArchiveError."""
    data = dayfile.read(path)
    if data is None:
        return []
    version = dayfile.version_of(data)
    if dayfile.day_of(data) != path.stem:
        raise ShardDamaged("{name} says that it is another day's", name=path.name)
    found: dict[str, Record] = {}
    for name, line in dayfile.marked_lines_of(data):
        try:
            record = record_of_line(line, version)
        except msgspec.DecodeError as error:
            raise ShardDamaged("{name} is damaged: {reason}", name=path.name, reason=str(error)) from error
        if record.id != name or name in found:
            raise ShardDamaged("{name} holds the article {id} twice or under another's name", name=path.name, id=name)
        found[name] = record
    return list(found.values())


def _rows_of(records: list[Record]) -> dict[str, tuple[str, int]]:
    return {record.id: (record.title, int(record.published.timestamp() // 1)) for record in records}


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
