"""A list of ready-made lines with a cursor, for dialogs. It draws only the lines in view and bears any size, 1×1 too.

Textual's OptionList ends the program at width 0 and takes its rows as markup; this one is given Content.
"""

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.commands import bindings_of
from tui.text import cells, wrap
from tui.widgets.line_painter import with_bar


class RowList(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows of Content. Enter or a click chooses.

    A row is one line. With `hang` a longer one goes on in the next lines, see `lines_of_row`.
    """

    BINDINGS = bindings_of("rows")
    COMPONENT_CLASSES = {"row-list--cursor", "row-list--bar"}  # noqa: RUF012 -- Textual's way to name them

    cursor: reactive[int] = reactive(0)

    class RowSelected(Message):
        """The cursor stands on another row."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    class RowChosen(Message):
        """A row was chosen."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, *, hang: int = 0, id: str | None = None) -> None:  # noqa: A002 -- Textual's own name
        super().__init__(id=id)
        self._rows: Sequence[Content] = ()
        self._hang = hang
        self._broken: list[tuple[int, Content]] = []  # each with the number of its row
        self._starts: list[int] = [0]  # the first line of each row, and the number of all lines

    @property
    def rows(self) -> Sequence[Content]:
        """The rows as they were given."""
        return self._rows

    @property
    def room(self) -> Size:
        """The size that is left beside the scroll bar."""
        return self.scrollable_content_region.size

    def show(self, rows: Sequence[Content], cursor: int | None = None) -> None:
        """Put other rows in; the cursor stays where it is unless told."""
        self._rows = rows
        self._break_rows()
        self.cursor = self.cursor if cursor is None else cursor
        self.refresh()

    def _break_rows(self) -> None:
        """Set the rows in lines. Room for a scroll bar is always left, so that it changes no line when it comes."""
        width = self.content_region.width - 1 - self.styles.scrollbar_size_vertical
        self._broken, self._starts = [], []
        for number, row in enumerate(self._rows):
            self._starts.append(len(self._broken))
            self._broken += [(number, line) for line in lines_of_row(row, width, self._hang)]
        self._starts.append(len(self._broken))
        self.virtual_size = Size(0, len(self._broken))

    def _show_cursor(self) -> None:
        start, end = self._starts[self.cursor : self.cursor + 2] or (0, 1)
        self.scroll_to_region(Region(0, start, 1, end - start), animate=False, force=True)

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, len(self._rows) - 1))

    def watch_cursor(self, _old: int, new: int) -> None:
        """Keep the cursor in view and tell where it is. Before the first frame `on_resize` does it."""
        if self.size.height and self._rows:
            self._show_cursor()
        self.refresh()
        self.post_message(self.RowSelected(new))

    def render_line(self, y: int) -> Strip:
        """A line of a row, over the whole width."""
        width, number = self.room.width, self.scroll_offset.y + y
        if width <= 0:
            return Strip.blank(0)
        if number >= len(self._broken):
            return Strip.blank(width, self.rich_style)
        index, shown = self._broken[number]
        marked = index == self.cursor
        style = self.get_visual_style("row-list--cursor") if marked else self.visual_style
        line = Content.assemble(" ", shown).truncate(width, ellipsis=True, pad=True)
        strip = Strip(line.render_segments(style), width)
        if not marked:
            return strip
        return with_bar(strip, self.get_visual_style("row-list--cursor", "row-list--bar").rich_style)

    def on_resize(self) -> None:
        """Set the rows for the new width, and keep the cursor in view."""
        self._break_rows()
        if self._rows:
            self._show_cursor()

    def on_click(self, event: events.Click) -> None:
        """Choose the row under the mouse."""
        event.stop()
        number = self.scroll_offset.y + event.y
        if number < len(self._broken):
            self.cursor = self._broken[number][0]
            self.post_message(self.RowChosen(self.cursor))

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self._rows:
            self.post_message(self.RowChosen(self.cursor))

    def action_cursor_down(self, count: int = 1) -> None:
        """So many rows down."""
        self.cursor += count

    def action_cursor_up(self, count: int = 1) -> None:
        """So many rows up."""
        self.cursor -= count

    def action_top(self, count: int = 1) -> None:
        """To the first row, or to the row with this number."""
        self.cursor = count - 1

    def action_bottom(self, count: int = 0) -> None:
        """To the last row, or to the row with this number."""
        self.cursor = (count or len(self._rows)) - 1

    def action_half_page_down(self, count: int = 1) -> None:
        """So many half pages down."""
        self.cursor += count * max(1, self.size.height // 2)

    def action_half_page_up(self, count: int = 1) -> None:
        """So many half pages up."""
        self.cursor -= count * max(1, self.size.height // 2)

    def action_page_down(self, count: int = 1) -> None:
        """So many pages down."""
        self.cursor += count * max(1, self.size.height - 1)

    def action_page_up(self, count: int = 1) -> None:
        """So many pages up."""
        self.cursor -= count * max(1, self.size.height - 1)


def lines_of_row(row: Content, width: int, hang: int) -> list[Content]:
    """The lines of a row: itself, or as many as it needs in this width.

    Those after the first are indented: by `hang` if its first words end before that, as keys do, else by a little.
    """
    if not hang or width < 1 or cells(row.plain) <= width:
        return [row]
    keys = row.plain[:hang]
    indent = min(hang if keys.endswith("  ") or keys.find(" ") == hang - 1 else 2, width // 2)
    end = wrap(row.plain, width)[0][1]
    rest = row[end:]
    return [
        row[:end],
        *(Content.assemble(" " * indent, rest[start:stop]) for start, stop in wrap(rest.plain, width - indent)),
    ]
