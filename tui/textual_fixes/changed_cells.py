"""Only cells that differ from what stands on the terminal are written. Seen in Textual 8.2.8.

Textual writes every line of a widget that is drawn again, whether it looks other than before or not: an article that
arrives costs the whole list, a second that passes costs the whole status line. This keeps what was written last, in
stretches as Textual's compositor cuts a line; a stretch is written without its equal beginning and end.
"""

import re
from collections import defaultdict
from functools import cache

from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from textual._compositor import ChopsUpdate, CompositorUpdate
from textual.strip import Strip

Cells = list[Segment]

# Characters that every terminal draws as wide as Textual believes. Where a line holds another one, the columns behind
# it may be others than we think, and the line is written as a whole.
_CERTAIN = "[ -~\u3000-\u30ff\u3400-\u9fff\uff01-\uff60]*"


class UpdateBytes(CompositorUpdate):
    """An update whose bytes are made already."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Give the bytes as one piece."""
        yield Segment(self.text)

    def render_segments(self, console: Console) -> str:  # noqa: ARG002 -- Textual's signature
        """Give the bytes."""
        return self.text


class ChangedCells:
    """The cells on the terminal, as far as they are known; call `forget()` when they are not."""

    def __init__(self) -> None:
        # By line, then by the column of the piece: the column behind it, and its segments.
        self._lines: defaultdict[int, dict[int, tuple[int, Cells]]] = defaultdict(dict)

    def forget(self) -> None:
        """Write everything that comes next."""
        self._lines.clear()

    def rest_of(self, update: ChopsUpdate, console: Console) -> UpdateBytes:
        """The bytes to write for an update. The update counts as written."""
        parts: list[str] = []
        for y, x1, x2 in update.spans:
            for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
                if strip is not None and x < x2 and end > x1:
                    until = min(end, x2)
                    piece = strip if until == end else strip.crop(0, until - x)
                    parts += self._difference(y, x, until, list(piece), console)
        return UpdateBytes("".join(parts))

    def _difference(self, y: int, x: int, end: int, cells: Cells, console: Console) -> list[str]:
        before = self._take(y, x, end)
        self._lines[y][x] = (end, cells)
        if cells == before:
            return []
        if before and _are_certain(cells) and _are_certain(before) and _width(cells) == _width(before):
            head = _equal(cells, before)
            tail = _equal(cells[head:][::-1], before[head:][::-1])
            x, cells = x + _width(cells[:head]), cells[head : len(cells) - tail]
        return [f"\x1b[{y + 1};{x + 1}H", Strip(cells).render(console)]

    def _take(self, y: int, x: int, end: int) -> Cells:
        """Take the cells of this stretch; no cells where other stretches overlap it, which are forgotten."""
        line = self._lines[y]
        known = line.get(x)
        if known is not None and known[0] == end:
            return known[1]
        for column in [column for column, (until, _cells) in line.items() if column < end and until > x]:
            del line[column]
        return []


def _equal(one: Cells, other: Cells) -> int:
    """How many segments at the beginning are the same."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@cache
def _certain() -> re.Pattern[str]:
    return re.compile(_CERTAIN)  # at first use: the first frame writes everything and compares nothing


def _are_certain(cells: Cells) -> bool:
    fullmatch = _certain().fullmatch
    return all(fullmatch(segment.text) for segment in cells)


def _width(cells: Cells) -> int:
    return Segment.get_line_length(cells)
