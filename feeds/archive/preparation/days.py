"""A day's file as parts of prepared articles. A part has few enough of them for one short transaction."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from feeds.archive.files import FileState, state_of
from feeds.archive.records import by_time
from feeds.archive.shards import file as dayfile
from feeds.archive.shards.lines import record_of_line
from feeds.archive.sqlite.rows.prepared import PreparedArticle, prepared_articles
from feeds.errors import DayUnusable, ShardDamaged

_ARTICLES = 300  # in a part: about a tenth of a second in a transaction


class DayPart(Struct, frozen=True, array_like=True):
    """Some articles of a day's file, which was read in this state. The earliest come first.

    The last part of a day is `last`. A part that is `failed` says that the file cannot be used.
    """

    state: FileState
    articles: list[PreparedArticle]
    last: bool = False
    failed: bool = False


def parts_of_day(path: Path) -> Iterator[DayPart]:
    """The parts of a day's file; a missing file has one without articles."""
    state = state_of(path)
    try:
        data = dayfile.read(path) or b""
        version = dayfile.version_of(data)
        records = {record.id: record for record in (record_of_line(line, version) for line in dayfile.lines_of(data))}
    except (DayUnusable, ShardDamaged, msgspec.DecodeError, RecursionError):
        yield DayPart(state, [], failed=True)
        return
    del data
    ordered = by_time(records.values())
    for start in range(0, max(len(ordered), 1), _ARTICLES):
        found = prepared_articles(ordered[start : start + _ARTICLES])
        yield DayPart(state, found, last=start + _ARTICLES >= len(ordered))
