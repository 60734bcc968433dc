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
from tui.widgets.line_painter import with_bar


class RowList(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows of Content, one line each. Enter or a click chooses."""

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

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's own name
        super().__init__(id=id)
        self._rows: Sequence[Content] = ()

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
        self.virtual_size = Size(0, len(rows))
        self.cursor = self.cursor if cursor is None else cursor
        self.refresh()

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, len(self._rows) - 1))

    def watch_cursor(self, _old: int, new: int) -> None:
        """Keep the cursor in view and tell where it is. Before the first frame `on_resize` does it."""
        if self.size.height:
            self.scroll_to_region(Region(0, new, 1, 1), animate=False, force=True)
        self.refresh()
        self.post_message(self.RowSelected(new))

    def render_line(self, y: int) -> Strip:
        """One row, over the whole width."""
        width, index = self.room.width, self.scroll_offset.y + y
        if width <= 0:
            return Strip.blank(0)
        if index >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        marked = index == self.cursor
        style = self.get_visual_style("row-list--cursor") if marked else self.visual_style
        line = Content.assemble(" ", self._rows[index]).truncate(width, ellipsis=True, pad=True)
        strip = Strip(line.render_segments(style), width)
        if not marked:
            return strip
        return with_bar(strip, self.get_visual_style("row-list--cursor", "row-list--bar").rich_style)

    def on_resize(self) -> None:
        """Keep the cursor in view in a smaller window."""
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True)

    def on_click(self, event: events.Click) -> None:
        """Choose the row under the mouse."""
        event.stop()
        index = self.scroll_offset.y + event.y
        if index < len(self._rows):
            self.cursor = index
            self.post_message(self.RowChosen(index))

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
