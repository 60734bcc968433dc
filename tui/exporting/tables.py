"""The tables of targets and documents as CSV and as a workbook, in steps of some hundred rows."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from feeds.errors import FeedError, reason_of
from feeds.export.csvtext import MARK, csv_lines, harmless
from feeds.model import BEIJING, Fault

if TYPE_CHECKING:
    from feeds.archive import Engine, TableListing
    from feeds.query import Query

T = TypeVar("T")
_STEP = 200  # rows that are read together
_MOST_CELLS = 32_000  # characters that a cell of a workbook may have
_MOST_ROWS = 1_000_000
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?", re.ASCII)
_IDS = ("article", "article_ids", "number")
"""Columns whose cells stay text though they may consist of digits: ids, and the numbers of documents."""


def write_csv(
    archive: "Engine", query: "Query | None", kind: str, out: Any, now: datetime
) -> Iterator[tuple[int, int]]:
    """Write a table. Yield how many of how many rows are written."""
    columns, rows = _table(archive, query, kind, now)
    out.write((MARK + csv_lines([columns])).encode())
    for done, total, cells in rows:
        out.write(csv_lines(cells).encode("utf-8", "replace"))
        yield done, total


def has_rows(archive: "Engine", query: "Query | None", kind: str) -> bool:
    """Whether a table has a row; of a workbook, whether one of its tables has."""
    tables: dict[str, Callable[[], Sequence[object]]] = {
        "targets": lambda: archive.targets(query).window(0, 1),
        "documents": lambda: archive.documents(query).window(0, 1),
    }
    return any(first() for table, first in tables.items() if kind in (table, "workbook"))


def write_workbook(archive: "Engine", query: "Query | None", out: Any, now: datetime) -> Iterator[tuple[int, int]]:
    """Write both tables, a sheet each. No cell is a formula or a link. Raises FeedError without XlsxWriter."""
    try:
        from xlsxwriter import Workbook
        from xlsxwriter.exceptions import XlsxWriterException
    except ImportError:
        raise FeedError(
            "XLSX needs XlsxWriter: pip install 'zhengwen[xlsx]'; --format targets-csv needs nothing"
        ) from None
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(_WorkbookFile(out), {"constant_memory": True, **plain})
    try:
        bold = book.add_format({"bold": True})
        for kind in ("targets", "documents"):
            columns, rows = _table(archive, query, kind, now)
            sheet = book.add_worksheet(kind)
            sheet.freeze_panes(1, 0)
            for place, column in enumerate(columns):
                sheet.write_string(0, place, column, bold)
            number = 0
            for done, total, cells in rows:
                for row in cells[: _MOST_ROWS - number]:
                    number += 1
                    write_cells(sheet, number, columns, row)
                yield done, total
    finally:
        try:
            book.close()
        except XlsxWriterException as error:  # it wraps an OSError, but is not an OSError itself
            raise FeedError("the workbook cannot be written: {reason}", reason=_reason_in(error)) from error


class _WorkbookFile:
    """The file of a workbook. After a failure it takes everything and keeps nothing.

    The packer that XlsxWriter leaves behind after a failure writes once more when it is collected.
    """

    def __init__(self, out: BinaryIO) -> None:
        self._out: BinaryIO | None = out
        self._place = 0

    def _keep(self, write: Callable[[BinaryIO], object]) -> None:
        if self._out is not None:
            try:
                write(self._out)
            except OSError:
                self._out = None
                raise

    def write(self, data: bytes) -> int:
        """Write some bytes."""
        self._keep(lambda out: out.write(data))
        self._place += len(data)
        return len(data)

    def seek(self, place: int) -> int:
        """Go to a place."""
        self._keep(lambda out: out.seek(place))
        self._place = place
        return place

    def tell(self) -> int:
        """Return the place."""
        return self._place

    def flush(self) -> None:
        """Give all bytes to the system."""
        self._keep(lambda out: out.flush())


def _reason_in(error: Exception) -> Fault | str:
    cause = error.args[0] if error.args else error
    if isinstance(cause, FileNotFoundError) and cause.filename is None:  # tempfile says so
        return Fault("no folder for temporary files can be written")
    return reason_of(cause) if isinstance(cause, OSError) else type(cause).__name__


def write_cells(sheet: Any, number: int, columns: Sequence[str], cells: Sequence[str]) -> None:
    """Write a row of a sheet: a number as a number; anything else as text, also an id that consists of digits."""
    for place, (column, cell) in enumerate(zip(columns, cells, strict=True)):
        if column not in _IDS and _NUMBER.fullmatch(cell):
            sheet.write_number(number, place, float(cell))
        elif cell:
            sheet.write_string(number, place, harmless(cell)[:_MOST_CELLS])


def _table(
    archive: "Engine", query: "Query | None", kind: str, now: datetime
) -> tuple[Sequence[str], Iterator[tuple[int, int, list[Sequence[str]]]]]:
    if kind == "targets":
        from feeds.targets import COLUMNS, row_cells

        return COLUMNS, (
            (done, total, [row_cells(row) for row in rows]) for done, total, rows in _rows(archive.targets(query))
        )
    from feeds.documents import DOCUMENT_COLUMNS, document_cells

    today: date = now.astimezone(BEIJING).date()
    found = _rows(archive.documents(query))
    return DOCUMENT_COLUMNS, (
        (done, total, [document_cells(row, today) for row in rows]) for done, total, rows in found
    )


def _rows(table: "TableListing[T]") -> Iterator[tuple[int, int, Sequence[T]]]:
    while table.count_on():
        pass
    total = table.total
    for start in range(0, total, _STEP):
        rows = table.window(start, min(_STEP, total - start))
        yield min(start + _STEP, total), total, rows
