"""The lines of a page, and which line a place of the text stands in. Pure."""

from collections.abc import Sequence

from feeds.model import Span
from tui.widgets.layout.page import HEADER, PageLine


class PageLines:
    """The lines of one page. A place is a paragraph and an offset in it; in the header the offset is a line."""

    def __init__(self, lines: Sequence[PageLine] = ()) -> None:
        self.lines = lines

    def place_of(self, number: int, marked: Span | None) -> tuple[int, int]:
        """The place that line `number` begins at; where there is no such line, that of the marked sentence."""
        if not 0 <= number < len(self.lines):
            return (marked.p, marked.start) if marked else (HEADER, 0)
        for stretch in self.lines[number].stretches:
            if stretch.p != HEADER:
                return stretch.p, stretch.start
        return HEADER, number

    def line_of(self, p: int, offset: int) -> int:
        """The line that holds this place of the text, or the last one before it."""
        if p == HEADER:
            return self.nearest_line(offset, 1)
        found = 0
        for number, line in enumerate(self.lines):
            for stretch in line.stretches:
                if stretch.p == p and stretch.end > offset:
                    return number
                if HEADER < stretch.p <= p:
                    found = number
        return self.nearest_line(found, 1)

    def nearest_line(self, number: int, step: int) -> int:
        """The nearest line from `number` on that is not blank, in the direction of `step` if there is one."""
        number = min(max(number, 0), len(self.lines) - 1)
        for way in (step, -step):
            at = number
            while 0 <= at < len(self.lines):
                if self.lines[at].stretches:
                    return at
                at += way
        return max(number, 0)
