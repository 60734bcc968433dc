"""What the three panes share: they draw only the lines in view (Textual's line API), in styles of their `.tcss`.

A pane says how a line looks; here stand its styles, its strips and how the view follows a line. What Textual can do
around a line (border, padding, tints, ANSI colours made true) no pane has, so none of it is asked of each line anew.
"""

from collections.abc import Iterable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip

from tui.text import wrap
from tui.textual_fixes.plain_strips import HARMFUL
from tui.widgets.line_cursor import LineCursor
from tui.widgets.scroll_line import ScrollLine, filtered


def component_classes(prefix: str, parts: str) -> set[str]:
    """The names `prefix--part` of a pane's component classes, from its parts parted by blanks."""
    return {f"{prefix}--{part}" for part in parts.split()}


_BAR = "▌"  # before the selected line, in whose colours of their own the selection may be hard to see


def barred(strip: Strip, style: Style) -> Strip:
    """The strip with a bar of this style in its first cell; a sign that stands there is drawn upon the bar."""
    cells = [segment for segment in strip if segment.text]
    if not cells:
        return strip
    first, *others = cells
    sign = first.text[0]
    bar = Segment(_BAR, style) if sign == " " else Segment(sign, style + Style(reverse=True))
    return Strip([bar, Segment(first.text[1:], first.style), *others], strip.cell_length)


class LineView(LineCursor, ScrollView, can_focus=True, inherit_bindings=False):
    """A scrolled pane of lines. `ambiguous` is the width of “ ” … in this terminal."""

    ALLOW_SELECT = False
    PREFIX: ClassVar[str] = "line-view"

    def __init__(
        self,
        *,
        ambiguous: int = 1,
        id: str | None = None,  # noqa: A002 -- Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.ambiguous = ambiguous
        self._looks: dict[tuple[str, ...], Style] = {}
        # By line, width, and whether the cursor is there.
        self._strips: LRUCache[tuple[int, int, bool], Strip] = LRUCache(1024)

    def look(self, *parts: str) -> Style:
        """The style of component classes laid over one another; "unread" is `<PREFIX>--unread`.

        "cursor" is `<PREFIX>--cursor-focus` while the pane has the keys.
        """
        style = self._looks.get(parts)
        if style is None:
            named = ("cursor-focus" if part == "cursor" and self.has_focus else part for part in parts)
            names = [f"{self.PREFIX}--{part}" for part in named]
            style = self._looks[parts] = self.get_visual_style(*names).rich_style
        return style

    def notify_style_update(self) -> None:
        """Theme or a class has changed: every style and strip is made anew."""
        super().notify_style_update()
        self._looks.clear()
        self._strips.clear()

    def watch_has_focus(self, _has_focus: bool) -> None:  # noqa: FBT001 -- Textual's signature
        """Only the cursor looks another way then; Textual would style the pane and all its classes anew."""
        for parts in [parts for parts in self._looks if "cursor" in parts]:
            del self._looks[parts]
        for key in [key for key in self._strips.keys() if key[-1]]:  # noqa: SIM118 -- a cache of Textual's, no dict
            self._strips.discard(key)

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
        return filtered(self, strips)

    def render_line(self, y: int) -> Strip:
        """One line of the view."""
        return self.line_at(y + self.scroll_offset.y, self.room.width)

    def line_at(self, number: int, width: int) -> Strip:
        """Line `number` of all there is, which may be behind the last; `width` is the room's."""
        raise NotImplementedError

    def strip_of(self, pieces: Iterable[tuple[str, Style]], rest: Style) -> Strip:
        """A line as wide as the pane; what is left of it in the style `rest`."""
        width = self.room.width
        line = [Segment(text.translate(HARMFUL), style) for text, style in pieces if text]
        # Its length is left to Textual's own measure, by which it will be cut.
        left = width - Segment.get_line_length(line)
        if left < 0:
            return Strip(line).adjust_cell_length(width, rest)
        if left:
            line.append(Segment(" " * left, rest))
        return Strip(line, width)

    def barred(self, strip: Strip) -> Strip:
        """A selected line with a bar in its first cell, behind what stands there: seen in any theme, focus or none."""
        return barred(strip, self.look("row", "cursor", "bar"))

    def sentence_line(self, y: int, sentence: str, style: Style) -> Strip:
        """Line `y` of a pane that has nothing but a sentence to show, a third of the way down."""
        lines = wrap(sentence, max(self.room.width - 4, 2), ambiguous=self.ambiguous)
        at = y - max(0, (self.lines_in_view - len(lines)) // 3)
        text = sentence[slice(*lines[at])] if 0 <= at < len(lines) else ""
        return self.strip_of([("  ", style), (text, style)], style)

    def redraw(self) -> None:
        """Draw every line again."""
        self._strips.clear()
        self.refresh()

    def set_lines(self, count: int) -> None:
        """How many lines there are to scroll through.

        The three panes always have their scroll bar, so nothing moves by this: only the bar is told, where Textual
        would lay the whole screen out anew.
        """
        self.set_reactive(LineView.virtual_size, Size(0, count))
        self.vertical_scrollbar.window_virtual_size = count
        if self.scroll_y > self.max_scroll_y:
            self.call_next(self._stay_inside)

    def _stay_inside(self) -> None:
        self.scroll_y = self.validate_scroll_y(self.scroll_y)

    @property
    def room(self) -> Size:
        """The pane without border and scroll bar."""
        return self.scrollable_size

    @property
    def lines_in_view(self) -> int:
        """The pane's height in lines."""
        return self.room.height

    def scroll_to_line(self, line: int) -> None:
        """Make `line` the first one in view, as far as the pane's end allows."""
        self.scroll_to(y=line, animate=False, force=True)

    def keep_in_view(self, first: int, last: int, margin: int = 0) -> None:
        """Scroll as little as shows lines `first` to `last`, with `margin` lines around them where possible."""
        height = self.lines_in_view
        margin = max(0, min(margin, (height - (last - first + 1)) // 2))
        top = self.scroll_offset.y
        if first - margin < top or last - first >= height:
            self.scroll_to_line(first - margin)
        elif last + margin >= top + height:
            self.scroll_to_line(last + margin - height + 1)

    @property
    def page(self) -> int:
        """How many places of the cursor fill the view."""
        return max(1, self.lines_in_view)
