"""The panes' scroll bar: Textual's own, to the eye and to the mouse, but drawn without a console.

A bar has up to five different cells, however long it is; each is made once and stands in all its lines.
"""

from typing import Self

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.filter import ANSIToTruecolor
from textual.geometry import Region
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip
from textual.widget import Widget


def in_terminal_colours(widget: Widget, strips: list[Strip]) -> list[Strip]:
    """Strips in the colours of the terminal: none under NO_COLOR. Their own colours must be true ones already."""
    filters = [each for each in widget.get_line_filters() if not isinstance(each, ANSIToTruecolor)]
    for each in filters:
        strips = [strip.apply_filter(each, widget.background_colors[1]) for strip in strips]
    return strips


class ScrollLine(ScrollBar):
    """A vertical scroll bar."""

    def __init__(self, *, thickness: int = 1) -> None:
        super().__init__(vertical=True, name="vertical", thickness=thickness)
        self._drawn: tuple[object, ...] | None = None

    @property
    def _bar(self) -> tuple[int, int, int, float, Color, Color] | None:
        """All that its looks hang on: its height, what of how much is in view, from where; the colours."""
        bar = self.render()
        if not isinstance(bar, ScrollBarRender) or not isinstance(bar.style, Style):
            return None
        bar_color, back_color = bar.style.color, bar.style.bgcolor
        if not bar_color or not back_color:
            return None
        return self.size.height, bar.virtual_size, bar.window_size, bar.position, back_color, bar_color

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Draw it again if that makes a difference: Textual asks after every layout, which would be a frame more."""
        drawn = self._drawn if self.is_attached and not (layout or recompose) else None
        if drawn and drawn == self._bar:
            return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The bar's cells from top to bottom, those of equal looks the same strip."""
        self._drawn = bar = self._bar
        width = self.size.width
        if not bar or crop.column_span != (0, width):
            return super().render_lines(crop)
        height, virtual_size, window_size, position, back_color, bar_color = bar
        cells = self.renderer.render_bar(
            height, virtual_size, window_size, position, width, back_color=back_color, bar_color=bar_color
        ).segments
        ground = self.visual_style.rich_style
        strips = {id(cell): Strip(Segment.apply_style([cell], ground), width) for cell in cells}
        return in_terminal_colours(self, [strips[id(cells[y])] for y in crop.line_range])
