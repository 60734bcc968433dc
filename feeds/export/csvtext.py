"""A table as CSV for spreadsheets: UTF-8 with a mark at its beginning, and no cell that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Sequence
from unicodedata import category

from feeds.controls import drop_controls

MARK = "\ufeff"
"""Says to a spreadsheet that the file is UTF-8."""

_SIGNS = frozenset("=+-@＝＋－＠﹢﹣﹦﹫")
_FIRST = frozenset("\t\r\n")
_UNSEEN = frozenset(("Cc", "Cf", "Cn", "Cs", "Co", "Mn", "Mc", "Me", "Zl", "Zp", "Zs"))
"""Categories of characters that nobody sees, that join the one before them, or that a program may drop."""
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Letters and signs without a picture."""


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
    marked = _is_run(cell)
    cell = drop_controls(cell)
    return f"'{cell}" if marked or _is_run(cell) else cell


def _is_run(cell: str) -> bool:
    """Whether a cell begins with a sign of a formula, also behind characters that nobody sees."""
    if cell[:1] in _FIRST:
        return True
    for sign in cell:
        if sign in _SIGNS:
            return True
        if category(sign) not in _UNSEEN and sign not in _FILLERS:
            return False
    return False
