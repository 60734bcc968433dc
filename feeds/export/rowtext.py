"""The rows of a list or a table as text for a command: lines with tabs, CSV, or a JSON array."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from feeds.controls import blank_controls, escape_json
from feeds.export.csvtext import csv_text
from feeds.export.rows import ROW_COLUMNS, list_cells, row_json
from feeds.query.results import Row


class TableForm(Struct, frozen=True):
    """How a table is written: its columns, and for a row and today's date the cells and the JSON object.

    Rows that are no `row_type`, such as headings, are left out.
    """

    row_type: type
    columns: Sequence[str]
    cells_of: Callable[[Any, date], Sequence[str]]
    json_of: Callable[[Any, date], dict[str, Any]]


LIST_FORM = TableForm(Row, ROW_COLUMNS, lambda row, _today: list_cells(row), lambda row, _today: row_json(row))
"""The list of articles as a table."""


def rows_text(form: TableForm, rows: Iterable[object], kind: str, today: date) -> str:
    """The rows as `rows` (a line each, with tabs between the cells), `rows-csv` or `rows-json`."""
    listed = [row for row in rows if isinstance(row, form.row_type)]
    if kind == "rows-csv":
        return csv_text(form.columns, (form.cells_of(row, today) for row in listed))
    if kind == "rows-json":
        written = (json.dumps(form.json_of(row, today), ensure_ascii=False) for row in listed)
        return escape_json("[" + ",\n ".join(written) + "]\n")
    lines = ("\t".join(blank_controls(cell).replace("\t", " ") for cell in form.cells_of(row, today)) for row in listed)
    return "".join(f"{line}\n" for line in lines)
