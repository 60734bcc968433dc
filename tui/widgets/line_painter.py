"""The styles and strips of a pane's lines. A pane owns a painter and says what stands in a line."""

from collections.abc import Iterable

from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.text import wrap
from tui.textual_fixes.plain_strips import HARMFUL

_BAR = "▌"  # before the selected line, in whose colours of their own the selection may be hard to see


def with_bar(strip: Strip, style: Style) -> Strip:
    """The strip with a bar of this style in its first cell; a sign that stands there is drawn upon the bar."""
    cells = [segment for segment in strip if segment.text]
    if not cells:
        return strip
    first, *others = cells
    sign = first.text[0]
    bar = Segment(_BAR, style) if sign == " " else Segment(sign, style + Style(reverse=True))
    return Strip([bar, Segment(first.text[1:], first.style), *others], strip.cell_length)


class LinePainter:
    """Makes the strips of a pane, whose component classes begin with `prefix`."""

    def __init__(self, pane: ScrollView, prefix: str, ambiguous: int) -> None:
        self._pane = pane
        self._prefix = prefix
        self._ambiguous = ambiguous
        self._looks: dict[tuple[str, ...], Style] = {}
        self.strips: LRUCache[tuple[int, int, bool], Strip] = LRUCache(1024)
        """Strips by line, width, and whether the cursor is there."""

    def look(self, *parts: str) -> Style:
        """The style of component classes laid over one another; "unread" is `<prefix>--unread`.

        "cursor" is `<prefix>--cursor-focus` while the pane has the keys.
        """
        style = self._looks.get(parts)
        if style is None:
            named = ("cursor-focus" if part == "cursor" and self._pane.has_focus else part for part in parts)
            names = [f"{self._prefix}--{part}" for part in named]
            style = self._looks[parts] = self._pane.get_visual_style(*names).rich_style
        return style

    def forget(self) -> None:
        """Make every style and strip again: the theme or a class has changed."""
        self._looks.clear()
        self.strips.clear()

    def forget_cursor(self) -> None:
        """Make the styles and strips of the cursor again."""
        for parts in [parts for parts in self._looks if "cursor" in parts]:
            del self._looks[parts]
        for key in [key for key in self.strips.keys() if key[-1]]:  # noqa: SIM118 -- a cache of Textual's, no dict
            self.strips.discard(key)

    def strip_of(self, parts: Iterable[tuple[str, Style]], rest: Style) -> Strip:
        """A line as wide as the pane; what is left of it in the style `rest`."""
        width = self._pane.scrollable_size.width
        line = [Segment(text.translate(HARMFUL), style) for text, style in parts if text]
        # Its length is left to Textual's own measure, by which it will be cut.
        left = width - Segment.get_line_length(line)
        if left < 0:
            return Strip(line).adjust_cell_length(width, rest)
        if left:
            line.append(Segment(" " * left, rest))
        return Strip(line, width)

    def with_bar(self, strip: Strip) -> Strip:
        """A selected line with a bar in its first cell, behind what stands there: seen in any theme, focus or none."""
        return with_bar(strip, self.look("row", "cursor", "bar"))

    def sentence_line(self, y: int, sentence: str, style: Style) -> Strip:
        """Line `y` of a pane that has nothing but sentences to show, a third of the way down; each begins a line."""
        size = self._pane.scrollable_size
        width = max(size.width - 4, 2)
        lines = [
            part[start:end]
            for part in sentence.splitlines()
            for start, end in wrap(part, width, ambiguous=self._ambiguous)
        ]
        at = y - max(0, (size.height - len(lines)) // 3)
        return self.strip_of([("  ", style), (lines[at] if 0 <= at < len(lines) else "", style)], style)
