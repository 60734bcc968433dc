"""Only cells that differ from what stands on the terminal are written. Seen in Textual 8.2.8.

Textual writes every line of a widget that is drawn again, whether it looks other than before or not: an article that
arrives costs the whole list, a second that passes costs the whole status line, a dialog the whole screen. This keeps
what stands on the terminal, writes only the cells that differ, and changes colours only where they do.
"""

import re
from collections.abc import Iterator

from rich.color import ColorSystem
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from tui.textual_fixes.cells import Cells, cells_of, changed_runs
from tui.textual_fixes.looks import USUAL, blank_look, change

# Characters of which every terminal knows the width. Behind any other one the place of the cursor is not known: a
# terminal may draw an ambiguous character (UAX #11) two cells wide without saying so.
_SURE = re.compile(r"[ -~\u2500-\u259f\u3000-\u303f\u4e00-\u9fff\uff01-\uff60]*")

Stretch = tuple[int, int, int, Strip]  # line, column, column behind it, and what stands there


class UpdateBytes(CompositorUpdate):
    """An update whose bytes are made already."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Give the bytes as one part."""
        yield Segment(self.text)

    def render_segments(self, console: Console) -> str:  # noqa: ARG002 -- Textual's signature
        """Give the bytes."""
        return self.text


class ChangedCells:
    """The cells on the terminal, as far as they are known; call `forget()` when they are not."""

    def __init__(self) -> None:
        self._lines: dict[int, _Line] = {}

    def forget(self) -> None:
        """Write everything that comes next."""
        self._lines.clear()

    def rest_of(self, update: ChopsUpdate | LayoutUpdate, console: Console) -> UpdateBytes:
        """The bytes to write for an update. The update counts as written."""
        system = console._color_system or ColorSystem.TRUECOLOR  # noqa: SLF001 -- as Textual's Strip.render
        writing = _Writing(console)
        for y, x, end, strip in _stretches_of(update):
            if x >= end:
                continue  # a widget without room draws lines of no width
            line = self._lines.get(y)
            if line is None:
                line = self._lines[y] = _Line()
            if not line.has(x, end, strip):
                line.write(y, x, end, strip, system, writing)
        return UpdateBytes(writing.end())


def _stretches_of(update: ChopsUpdate | LayoutUpdate) -> Iterator[Stretch]:
    if isinstance(update, LayoutUpdate):
        for y, strips in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in strips:
                yield y, x, x + strip.cell_length, strip
                x += strip.cell_length
        return
    for y, x1, x2 in update.spans:
        for end, (x, part) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if part is not None and x < x2 and end > x1:
                until = min(end, x2)
                yield y, x, until, part if until == end else part.crop(0, until - x)


class _Line:
    """The content of a line: its stretches as they were written, and from the first change on its cells."""

    __slots__ = ("_cells", "_stretches")

    def __init__(self) -> None:
        self._stretches: dict[int, tuple[int, Strip]] = {}
        self._cells: Cells | None = None

    def has(self, x: int, end: int, strip: Strip) -> bool:
        """Whether this stretch stands there."""
        known = self._stretches.get(x)
        return known is not None and known[0] == end and (known[1] is strip or known[1] == strip)

    def write(self, y: int, x: int, end: int, strip: Strip, system: ColorSystem, writing: "_Writing") -> None:
        """Write what differs from the known cells, and know the new ones."""
        stale = [column for column, (until, _strip) in self._stretches.items() if column < end and until > x]
        if not stale and self._cells is None:
            self._stretches[x] = (end, strip)
            writing.add_strip(y, x, strip)
            return
        if self._cells is None:
            self._cells = Cells([], [])
            for column, (until, part) in self._stretches.items():
                self._keep(column, until, cells_of(part, until - column, system))
        for column in stale:
            del self._stretches[column]
        self._stretches[x] = (end, strip)
        before, new = self._cells, cells_of(strip, end - x, system)
        if new is None:
            writing.add_strip(y, x, strip)
        elif len(before.signs) < end:
            writing.add_cells(y, x, new, 0, end - x)
        else:
            for start, stop in changed_runs(Cells(before.signs[x:end], before.looks[x:end]), new):
                writing.add_cells(y, x, new, start, stop)
        self._keep(x, end, new)

    def _keep(self, x: int, end: int, new: Cells | None) -> None:
        """Know the cells of a stretch. Half a wide character beside it is not known any more."""
        if self._cells is None:
            return
        signs, looks = self._cells.signs, self._cells.looks
        if (missing := end - len(signs)) > 0:
            signs += [None] * missing
            looks += [USUAL] * missing
        if x and signs[x] == "":
            signs[x - 1] = None
        if end < len(signs) and signs[end] == "":
            signs[end] = None
        signs[x:end] = new.signs if new else [None] * (end - x)
        looks[x:end] = new.looks if new else [USUAL] * (end - x)


class _Writing:
    """The bytes of an update in the making, and the look that the terminal writes with."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._parts: list[str] = []
        self._pen = USUAL
        self._line, self._column = -1, -1  # where the cursor stands; -1 where that is not known

    def add_strip(self, y: int, x: int, strip: Strip) -> None:
        """Write a stretch as Textual does."""
        self._reset()
        self._parts += (f"\x1b[{y + 1};{x + 1}H", strip.render(self._console))
        self._line = -1

    def add_cells(self, y: int, x: int, cells: Cells, start: int, stop: int) -> None:
        """Write the cells from `start` to `stop` of a stretch that begins at column `x`."""
        self._move(y, x + start)
        looks = cells.looks
        while start < stop:
            look, end = looks[start], start + 1
            while end < stop and looks[end] is look:
                end += 1
            text = "".join(filter(None, cells.signs[start:end]))
            wanted = look if text.strip(" ") else blank_look(self._pen, look)
            if wanted is not self._pen:
                self._parts.append(change(self._pen, wanted))
                self._pen = wanted
            self._parts.append(text)
            if not _SURE.fullmatch(text):
                self._line = -1
            start = end
        self._column = x + stop

    def _move(self, y: int, x: int) -> None:
        """Move the cursor, unless it stands there. The beginning of the next line is shorter to say."""
        if (y, x) == (self._line + 1, 0) and self._line >= 0:
            self._parts.append("\r\n")
        elif (y, x) != (self._line, self._column):
            self._parts.append(f"\x1b[{y + 1};{x + 1}H")
        self._line, self._column = y, x

    def _reset(self) -> None:
        if self._pen is not USUAL:
            self._parts.append("\x1b[0m")
            self._pen = USUAL

    def end(self) -> str:
        """The bytes. The terminal is left with its usual look."""
        self._reset()
        return "".join(self._parts)
