"""The ground of list, reader and plan: only the lines in view are drawn (Textual's line API), in styles of `.tcss`.

A pane says how a line looks; this class scrolls the view and follows a line, a LinePainter makes its strips. No
pane has what Textual can do around a line (border, padding, tints, ANSI colours made true), so no line is asked for it.
"""

from typing import ClassVar

from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip

from tui.widgets.line_cursor import LineCursor
from tui.widgets.line_painter import LinePainter
from tui.widgets.scroll_line import ScrollLine, in_terminal_colours


def component_classes(prefix: str, parts: str) -> set[str]:
    """The names `prefix--part` of a pane's component classes, from its parts parted by blanks."""
    return {f"{prefix}--{part}" for part in parts.split()}


class LineView(LineCursor, ScrollView, can_focus=True, inherit_bindings=False):
    """A scrolled pane of lines. `ambiguous` is the width of “ ” … in this terminal."""

    ALLOW_SELECT = False
    PREFIX: ClassVar[str] = "line-view"
    HAS_OWN_ROOM: ClassVar[bool] = True
    """Whether its size, and its scroll bar, do not depend on how many lines it has."""

    def __init__(
        self,
        *,
        ambiguous: int = 1,
        id: str | None = None,  # noqa: A002 -- Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.ambiguous = ambiguous
        self.lines_per_place = 1  # for a pane whose cursor goes by rows of several lines
        self.painter = LinePainter(self, self.PREFIX, ambiguous)

    def notify_style_update(self) -> None:
        """Theme or a class has changed: every style and strip is made again."""
        super().notify_style_update()
        self.painter.forget()

    def watch_has_focus(self, _has_focus: bool) -> None:  # noqa: FBT001 -- Textual's signature
        """Only the cursor looks another way then; Textual would style the pane and all its classes again."""
        self.painter.forget_cursor()

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The pane's scroll bar, made when first asked for as Textual makes its own."""
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = bar = ScrollLine(thickness=self.scrollbar_size_vertical)
            bar.display = False
            self.app._start_widget(self, bar)  # noqa: SLF001 -- there is no other way to give a pane its own bar
            self.app.stylesheet.apply(bar)
        return self._vertical_scrollbar

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lines of the view as they are."""
        width, top = self.room.width, self.scroll_offset.y
        strips = [self.line_at(y + top, width) for y in crop.line_range]
        x, right = crop.column_span
        if x > 0 or right < width:
            strips = [strip.crop(x, right) for strip in strips]
        return in_terminal_colours(self, strips)

    def render_line(self, y: int) -> Strip:
        """One line of the view."""
        return self.line_at(y + self.scroll_offset.y, self.room.width)

    def line_at(self, number: int, width: int) -> Strip:
        """Line `number` of all there is, which may be behind the last; `width` is the room's."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw every line again."""
        self.painter.strips.clear()
        self.refresh()

    def set_lines(self, count: int) -> None:
        """How many lines there are to scroll through.

        The three panes of the main screen always have their scroll bar, so nothing moves by this: only the bar is
        told, where Textual would lay out the whole screen again.
        """
        if not self.HAS_OWN_ROOM:
            self.virtual_size = Size(0, count)
            return
        self.set_reactive(LineView.virtual_size, Size(0, count))
        self.vertical_scrollbar.window_virtual_size = count
        if self.scroll_y > self.max_scroll_y:
            self.call_next(lambda: setattr(self, "scroll_y", self.validate_scroll_y(self.scroll_y)))

    @property
    def room(self) -> Size:
        """The pane without border and scroll bar."""
        return self.scrollable_size

    def scroll_to_line(self, line: int) -> None:
        """Make `line` the first one in view, as far as the pane's end allows."""
        self.scroll_to(y=line, animate=False, force=True)

    def keep_in_view(self, first: int, last: int, margin: int = 0) -> None:
        """Scroll as little as shows lines `first` to `last`, with `margin` lines around them where possible."""
        height = self.room.height
        margin = max(0, min(margin, (height - (last - first + 1)) // 2))
        top = self.scroll_offset.y
        if first - margin < top or last - first >= height:
            self.scroll_to_line(first - margin)
        elif last + margin >= top + height:
            self.scroll_to_line(last + margin - height + 1)

    @property
    def page(self) -> int:
        """How many places of the cursor fill the view."""
        return max(1, self.room.height // self.lines_per_place)
