"""A table as CSV for spreadsheets: UTF-8 with a mark at its beginning, and no cell that a spreadsheet would run."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

MARK = "\ufeff"
"""Says to a spreadsheet that the file is UTF-8."""

_RUN = re.compile(r"^[\s\x00]*[=+\-@＝＋－＠]|^[\t\r\n]")


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The whole file, with a line of names at its head."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return MARK + out.getvalue()


def harmless(cell: str) -> str:
    """The cell, with an apostrophe in front where a spreadsheet could take it for a formula."""
    return "'" + cell if _RUN.match(cell) else cell
