"""Salvage: the rows of a damaged flags.sqlite that can still be read.

SQLite reads first, row by row from both ends and between the rows that it cannot read. If it reads nothing, because the
head of the file is gone, the pages are read without it. Only rows in a page's list are taken, never deleted ones. An
impossible value is dropped, and a row with an impossible id is dropped whole.
"""

import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from shutil import copyfile
from typing import Any

from feeds.archive.sqlite.flag_columns import PENDING_NAMES, column_of, value_of
from feeds.flags import DEFAULTS

_ID = re.compile(r"[0-9a-z]{6,32}", re.ASCII)
_MOST = 2**32  # no rowid is above this
_READS = 5000  # attempts with SQLite at most; each unreadable row takes a few
PendingRow = tuple[Any, ...]
"""id, the flags in the order of the model (several words as JSON), turn."""


def salvaged_rows(file: Path) -> list[PendingRow]:
    """All rows of pending flags that can be read in a damaged file. The file is not changed."""
    with tempfile.TemporaryDirectory(prefix="zhengwen-") as folder:  # a copy, because SQLite would change the log
        copy = Path(folder) / "flags.sqlite"
        for suffix in ("", "-wal"):
            with suppress(OSError):
                copyfile(file.with_name(file.name + suffix), copy.with_name(copy.name + suffix))
        try:
            rows = _rows_by_sqlite(copy)
        except sqlite3.DatabaseError:
            rows = {}
        if not rows:
            with suppress(OSError):
                rows = dict(_rows_in_pages(copy.read_bytes()))
    marks = (pending_row_of(row) for row in rows.values())
    return list({mark[0]: mark for mark in marks if mark}.values())


def pending_row_of(row: dict[str, Any]) -> PendingRow | None:
    """A row's values without the impossible ones; None if nothing is left."""
    name = row.get("id")
    name = name.decode(errors="replace") if isinstance(name, bytes) else name
    if not isinstance(name, str) or not _ID.fullmatch(name):
        return None
    values = [_column(flag, row.get(flag)) for flag in DEFAULTS]
    if values == [None] * len(values):
        return None
    turn = row.get("turn")
    return name, *values, turn if isinstance(turn, int) else 1


def _column(flag: str, value: Any) -> Any:
    """A flag's column; None if its value is impossible."""
    if isinstance(DEFAULTS[flag], bool):
        return value if value in (0, 1) else None
    found = value_of(flag, value) if isinstance(value, str | bytes) else None
    return None if found is None else column_of(found)


def _rows_by_sqlite(file: Path) -> dict[int, dict[str, Any]]:
    """The rows that SQLite reads, by rowid. Raises sqlite3.DatabaseError."""
    with closing(sqlite3.connect(file)) as connection:
        connection.text_factory = bytes
        connection.execute("PRAGMA writable_schema = ON")  # read the table even if its index is damaged
        known = {row[1].decode(errors="replace") for row in connection.execute("PRAGMA table_info(pending)")}
        names = [name for name in PENDING_NAMES if name in known]
        rows: dict[int, dict[str, Any]] = {}
        if "id" in names:
            _read_between(connection, names, 1, _MOST, rows)
        return rows


def _read_between(connection: sqlite3.Connection, names: list[str], low: int, high: int, rows: dict[int, Any]) -> None:
    """Read the rows between two rowids from both ends. If that fails, try each half of the rest."""
    spans = [(low, high)]
    for _ in range(_READS):
        if not spans:
            break
        low, high = spans.pop()
        last, whole = _read(connection, names, low, high, "ASC", rows)
        if whole or low == high:
            continue
        first, _whole = _read(connection, names, last + 1, high, "DESC", rows)
        middle = (last + first) // 2
        spans += [span for span in ((last + 1, middle), (middle + 1, first - 1)) if span[0] <= span[1]]


def _read(
    connection: sqlite3.Connection, names: list[str], low: int, high: int, way: str, rows: dict[int, Any]
) -> tuple[int, bool]:
    """Read until a row cannot be read. Return the last rowid that was read, and whether all were read."""
    last = low - 1 if way == "ASC" else high + 1
    text = f"SELECT rowid, {', '.join(names)} FROM pending NOT INDEXED WHERE rowid BETWEEN ? AND ? ORDER BY rowid {way}"  # noqa: S608 -- columns of ours
    try:
        for number, *values in connection.execute(text, (low, high)):
            rows[number] = dict(zip(names, values, strict=True))
            last = number
    except sqlite3.DatabaseError:
        return last, False
    return last, True


# -- without SQLite


def _rows_in_pages(data: bytes) -> Iterator[tuple[int, dict[str, Any]]]:
    """All rows in the leaf pages of tables, by position. Other pages have no rows that fit."""
    size = _page_size(data)
    for start in range(0, len(data), size):
        page, head = data[start : start + size], 100 if start == 0 else 0
        if len(page) == size and page[head] == 0x0D:
            for place in range(min(int.from_bytes(page[head + 3 : head + 5]), size // 4)):
                pointer = head + 8 + 2 * place
                with suppress(IndexError, ValueError):
                    yield start + place, _row_at(page, int.from_bytes(page[pointer : pointer + 2]))


def _page_size(data: bytes) -> int:
    size = int.from_bytes(data[16:18])
    return size if size in (512, 1024, 2048, 4096, 8192, 16384, 32768) else 4096


def _number_at(page: bytes, place: int) -> tuple[int, int]:
    """SQLite's number of one to nine bytes, and the place after it."""
    value = 0
    for count in range(9):
        byte = page[place + count]
        if count == 8:
            return (value << 8) | byte, place + 9
        value = (value << 7) | (byte & 0x7F)
        if byte < 0x80:
            return value, place + count + 1
    raise AssertionError


def _row_at(page: bytes, place: int) -> dict[str, Any]:
    """One row of a table's page. Raises ValueError, IndexError for anything else."""
    _size, place = _number_at(page, place)
    _rowid, place = _number_at(page, place)
    length, after = _number_at(page, place)
    value = place + length
    values: list[Any] = []
    while after < place + length:
        kind, after = _number_at(page, after)
        wide = (kind - 12) // 2 if kind >= 12 else (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)[kind]
        part = page[value : value + wide]
        if len(part) != wide:
            raise ValueError(wide)
        values.append(part if kind >= 12 else _small(kind, part))
        value += wide
    return dict(zip(PENDING_NAMES, values, strict=False))


def _small(kind: int, part: bytes) -> int | None:
    return {0: None, 8: 0, 9: 1}.get(kind, int.from_bytes(part, signed=True))
