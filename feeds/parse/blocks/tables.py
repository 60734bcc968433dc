"""The columns that a table cell covers, and the numbers of list items."""

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from feeds.marks import CIRCLED, ORDINAL
from feeds.parse.blocks.inline import Attributes

_COLUMNS = 40
_ROWS = 1_000
_FILLS = 2_000  # cells of one table that are filled with the text of a cell above or beside them
_LABEL = 40  # characters of a cell whose text is repeated in the other rows that it covers
_NUMBERED = re.compile(
    rf"\s{{0,8}}[（(\[【]?(?:\d{{1,3}}|{ORDINAL}|[{CIRCLED}]|[a-zA-Z])(?:[）)\]】、.．：:]|(?<=[{CIRCLED}]))"
)
_NO_MARKER = re.compile(r"list-style(?:-type)?\s{0,4}:\s{0,4}none", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d{1,6}")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_ONES = ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Grid:
    """The columns of one table, row by row (HTML, §4.9.12). A cell may cover rows below it and columns beside it."""

    def __init__(self) -> None:
        self._below: dict[int, tuple[int, str]] = {}
        self._fills = 0

    @property
    def has_pending_cells(self) -> bool:
        """Whether a cell of an earlier row covers the next row."""
        return bool(self._below)

    def row(self, cells: list[LexborNode], texts: list[str]) -> list[str]:
        """The texts of a row, column by column. A label that covers several rows is repeated in each of them."""
        if not self._below and not any("rowspan" in c.attributes or "colspan" in c.attributes for c in cells):
            return texts
        columns: list[str] = []
        for cell, text in zip(cells, texts, strict=True):
            self._take_from_above(columns)
            attributes = cell.attributes
            wide = _span(attributes.get("colspan"), _COLUMNS)
            deep = _span(attributes.get("rowspan"), _ROWS)
            # A figure over two columns belongs to both; a label is only in the first.
            beside = text if wide > 1 and any(map(str.isdecimal, text)) else ""
            for number in range(wide if self._fills < _FILLS else 1):
                label = text if number == 0 else beside[:_LABEL]
                self._fills += number > 0
                if deep > 1:
                    self._below[len(columns)] = (deep - 1, label if len(label) <= _LABEL else "")
                columns.append(label)
        self._take_from_above(columns)
        return columns

    def _take_from_above(self, columns: list[str]) -> None:
        """Fill the next columns with cells of earlier rows that cover them."""
        while (above := self._below.pop(len(columns), None)) is not None:
            rows, text = above
            if rows > 1 and self._fills < _FILLS:
                self._below[len(columns)] = (rows - 1, text)
                self._fills += 1
                columns.append(text)
                continue
            columns.append(text)


@dataclass(slots=True)
class Numbering:
    """The numbers of an ordered list's items (HTML, §4.4.5)."""

    value: int
    step: int
    form: str

    @classmethod
    def of(cls, node: LexborNode, attributes: Attributes) -> "Numbering | None":
        """The numbering of a list that does not simply count from 1; None for other lists, whose order is enough."""
        if not ({"start", "type", "reversed"} & attributes.keys() or _has_values(node)):
            return None
        if _NO_MARKER.search(attributes.get("style") or ""):
            return None
        down = "reversed" in attributes
        written = _NUMBER.fullmatch((attributes.get("start") or "").strip())
        first = int(written[0]) if written else _items(node) if down else 1
        return cls(first, -1 if down else 1, (attributes.get("type") or "1").strip())

    def next(self, attributes: Attributes, node: LexborNode) -> str:
        """The number of the next item as text; "" if the item's text begins with a number of its own."""
        if written := _NUMBER.fullmatch((attributes.get("value") or "").strip()):
            self.value = int(written[0])
        value = self.value
        self.value += self.step
        if _NUMBERED.match(node.text()[:40]) or _NO_MARKER.search(attributes.get("style") or ""):
            return ""
        return f"{_number_text(value, self.form)}. "


def _has_values(node: LexborNode) -> bool:
    return any("value" in child.attributes for child in node.iter() if child.tag == "li")


def _items(node: LexborNode) -> int:
    return sum(child.tag == "li" for child in node.iter())


def _number_text(value: int, form: str) -> str:
    if form in ("a", "A") and 1 <= value <= 26:
        return chr(ord(form) + value - 1)
    if form in ("i", "I") and 1 <= value < 4000:
        roman = ""
        for amount, letters in (*_ROMAN, *_ROMAN_ONES):
            count, value = divmod(value, amount)
            roman += letters * count
        return roman.upper() if form == "I" else roman
    return str(value)


def _span(written: str | None, limit: int) -> int:
    found = _NUMBER.fullmatch((written or "").strip())
    return max(1, min(int(found[0]), limit)) if found else 1
