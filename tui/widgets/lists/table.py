"""The table of a list: columns, each of which is one value. Pure.

A list of its own kind needs a table of columns and a source of rows, nothing else.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar

from msgspec import Struct
from textual.geometry import Size

from tui.text import cells, pad

T = TypeVar("T")

Part = tuple[str, str]
"""A text and the component class it is drawn in."""


class Column(Struct, Generic[T], frozen=True):
    """One column. `part_of` is what stands in it for a row at a time of day.

    `width` is in cells, or a function of the width of ambiguous characters; 0 is a column as wide as its text, which
    takes no room where it is empty. It is shown in panes from `shown_from` cells on. `gap` is the number of blanks
    that part it from the table's text. Columns to the `right` of the text end at the pane's edge.
    """

    name: str
    part_of: Callable[[T, datetime], Part]
    width: int | Callable[[int], int] = 0
    shown_from: int = 0
    gap: int = 2
    right: bool = False

    def width_at(self, ambiguous: int) -> int:
        """Its width in cells; 0 where the text decides."""
        return self.width(ambiguous) if callable(self.width) else self.width

    def parts(self, row: T, now: datetime, ambiguous: int) -> list[Part]:
        """The column for a row, with its gap."""
        text, name = self.part_of(row, now)
        width = self.width_at(ambiguous)
        if width:
            text = pad(text, width, ambiguous, right=self.right)
        gap = " " * self.gap if text else ""
        return [(gap + text if self.right else text + gap, name)]


class RowLayout(NamedTuple):
    """How rows stand in a pane of `width` cells: `height` lines a row, and these columns."""

    width: int = 0
    height: int = 1
    ambiguous: int = 1
    columns: tuple[Column[Any], ...] = ()


class RowTable(Struct, Generic[T], frozen=True):
    """Columns on both sides of a text, which takes the room that is left.

    `id_of` is what a row is known by. `empty` is what a list without rows says, a key of the catalogue.
    """

    columns: tuple[Column[T], ...]
    id_of: Callable[[T], str]
    text_of: Callable[[T], Part]
    empty: str = ""

    def for_new_list(self) -> "RowTable[T]":
        """The table for another list, of which no row was read."""
        return self

    def for_rows(self, rows: Iterable[T]) -> "RowTable[T]":
        """The table after more rows of its list were read; itself if it shows the same."""
        del rows  # a table that shows the same for all rows learns nothing
        return self

    def layout_for(self, size: Size, ambiguous: int = 1) -> RowLayout:
        """The layout for a pane of this size."""
        shown = tuple(column for column in self.columns if size.width >= column.shown_from)
        return RowLayout(size.width, 1, ambiguous, shown)

    def parts(self, row: T, line: int, layout: RowLayout, now: datetime, words: Sequence[str] = ()) -> list[Part]:
        """Line `line` of a row; `words` are marked in its text."""
        del line  # a row has one
        left, right = (
            [part for column in columns for part in column.parts(row, now, layout.ambiguous)]
            for columns in (
                [column for column in layout.columns if not column.right],
                [column for column in layout.columns if column.right],
            )
        )
        room = layout.width - width_of([*left, *right], layout.ambiguous)
        return [*left, *self.text_parts(row, room, layout, words), *right]

    def text_parts(self, row: T, room: int, layout: RowLayout, words: Sequence[str]) -> list[Part]:
        """The text in `room` cells."""
        del words  # the rows of a plain table are not searched
        text, name = self.text_of(row)
        return [(pad(text, max(room, 0), layout.ambiguous), name)]


def width_of(parts: Iterable[Part], ambiguous: int) -> int:
    """The width of a line in cells."""
    return sum(cells(text, ambiguous) for text, _name in parts)
