"""TinyDB over a day's file. The only place that imports it, and only when something is written.

TinyDB's own JSONStorage truncates the file and writes it in place. If the process is killed in between, the day is
lost. This one reads and writes the whole file through `shards.file`. A batch is two TinyDB operations and, by its
caching middleware, one write.

A document has two fields: `name`, and `line`, which is the record as JSON. So a record that does not change is not
decoded and encoded again: its bytes are copied, which takes a tenth of the time.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from tinydb import TinyDB
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import Storage
from tinydb.table import Document, Table

from feeds.archive.shards import file as dayfile
from feeds.archive.shards.lines import VERSION, upgrade
from feeds.errors import ShardDamaged

_TABLE = "articles"
_NAME, _LINE = "name", "line"


class _Named(Struct):
    """A record, of which the id alone is read."""

    id: str = ""


class _Written(Struct):
    """A day's file. A record in it is not decoded."""

    articles: dict[str, msgspec.Raw]


_read = msgspec.json.Decoder(_Written).decode
_record_in = msgspec.json.Decoder(_Named).decode


class DayStorage(Storage):
    """One day's file as TinyDB's storage; the file's header and checksum are not TinyDB's business."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def read(self) -> dict[str, dict[str, Any]] | None:
        """The one table of the file in this version's form, None where there is no file; ShardDamaged."""
        data = dayfile.read(self._path)
        if data is None:
            return None
        version = dayfile.version_of(data)
        try:
            records = (
                _read(data).articles.items()
                if version == VERSION
                else ((name, upgrade(record, version)) for name, record in msgspec.json.decode(data)[_TABLE].items())
            )
            return {_TABLE: {name: {_NAME: name, _LINE: record} for name, record in records}}
        except (msgspec.DecodeError, RecursionError, LookupError, TypeError, AttributeError) as fault:
            raise ShardDamaged("{name} is damaged: {reason}", name=self._path.name, reason=str(fault)) from fault

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """The table in place of the file."""
        records = {name: found[_LINE] for name, found in data.get(_TABLE, {}).items()}
        dayfile.put(self._path, dayfile.bytes_of(self._path.stem, records))


class DayTable(Table):
    """A table whose documents are known by the article's id."""

    document_id_class: Any = str  # TinyDB documents this as its way to ids that are no numbers, and types it as int


class DayFile(TinyDB):
    """A day's articles."""

    table_class = DayTable
    default_table_name = _TABLE


def migrate(path: Path) -> None:
    """Rewrite the day's file in this version."""
    storage = DayStorage(path)
    if (told := storage.read()) is not None:
        storage.write(told)


@contextmanager
def _table_of(path: Path) -> Iterator[Table]:
    """The day's records, written when this ends, if anything changed them."""
    storage: Any = CachingMiddleware
    with DayFile(path, storage=storage(DayStorage)) as day:
        yield day.table(_TABLE, cache_size=0)


def remove(path: Path, names: Collection[str]) -> None:
    """Remove these records from the day's file, and the file with its last record."""
    doomed = frozenset(names)
    with _table_of(path) as table:
        gone = [found.doc_id for found in table if _record_in(found[_LINE]).id in doomed]
        is_left = len(gone) < len(table)
        if gone and is_left:
            table.remove(doc_ids=gone)
    if not is_left:
        dayfile.discard(path)


def rewrite(path: Path, records: Mapping[str, Any]) -> None:
    """Put these records (JSON, or plain) into the day's file, in place of those with the same id, in one write."""
    names: list[Any] = list(records)  # TinyDB types a document's id as int; DayTable makes it a string
    with _table_of(path) as table:

        def take(kept: Any) -> None:
            kept[_LINE] = records[kept[_NAME]]

        known = set(table.update(take, doc_ids=names))
        added = [Document({_NAME: name, _LINE: records[name]}, doc_id=name) for name in names if name not in known]
        if added:
            table.insert_multiple(added)
