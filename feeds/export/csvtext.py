"""A table as CSV for spreadsheets: UTF-8 with a mark at its beginning, and no cell that a spreadsheet would run."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from feeds.controls import drop_controls

MARK = "\ufeff"
"""Says to a spreadsheet that the file is UTF-8."""

# A sign that begins a formula, also behind blanks and characters that nobody sees.
_RUN = re.compile("^[\\s\0\u00ad\u200b-\u200d\u2060\ufeff]*[=+\\-@＝＋－＠﹢﹣﹦﹫]|^[\t\r\n]")


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The whole file, with a line of names at its head."""
    return MARK + csv_lines([columns]) + csv_lines(rows)


def csv_lines(rows: Iterable[Sequence[str]]) -> str:
    """Some lines of a file."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def harmless(cell: str) -> str:
    """The cell without control characters, with an apostrophe where a spreadsheet could take it for a formula."""
    if cell.isalnum():  # most cells are numbers and names
        return cell
    marked = "'" if _RUN.match(cell) else ""
    cell = drop_controls(cell)
    return f"'{cell}" if marked or _RUN.match(cell) else cell
