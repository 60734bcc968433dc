"""The terminal shows the same after the changed cells as after everything that Textual writes, cell by cell."""

import io
import random
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from feeds.archive import Archive
from tests.replayed_terminal import ReplayedTerminal
from tests.tui.sample import NOW, dashboard_of, made, until
from tui.textual_fixes.changed_cells import ChangedCells, UpdateBytes
from tui.textual_fixes.looks import USUAL, Look, change, look_of

WIDTH, HEIGHT = 24, 3
CONSOLE = Console(file=io.StringIO(), force_terminal=True, color_system="truecolor")
STYLES = (
    None,
    Style(color="#112233", bgcolor="#445566"),
    Style(color="#112233", bgcolor="#445577", bold=True),
    Style(color="#112299", bgcolor="#445577", bold=True, dim=True),
    Style(bgcolor="#445566", reverse=True),
    Style(color="red", underline=True, strike=True),
    Style(color="#112233", bgcolor="#445566", link="https://news.example.cn/1"),
)
WORDS = ("工作方案", "  ", "“双碳”", "a b", "●", "2026年", "👨‍👩‍👧", "✔️", "e\u0301", "│", "…", "한국", "§", "⚡")
SEGMENTS = st.lists(st.tuples(st.sampled_from(WORDS), st.integers(0, len(STYLES) - 2)), max_size=9)


def test_a_change_of_look_is_the_same_as_a_reset_and_the_whole_look() -> None:
    looks = [look_of(Strip.render_ansi(style or Style(), ColorSystem.TRUECOLOR)) for style in STYLES]
    for one in looks:
        for other in looks:
            terminal = ReplayedTerminal(2, 1)
            terminal.feed(change(USUAL, one) + "a" + change(one, other) + "b")
            assert terminal.cells[0][1] == _drawn(other)


def _drawn(look: Look) -> tuple[str, frozenset[tuple[str, object]]]:
    terminal = ReplayedTerminal(1, 1)
    terminal.feed(change(USUAL, look) + "b")
    return terminal.cells[0][0]


def line_of(words: list[tuple[str, int]]) -> Strip:
    return Strip([Segment(word, STYLES[style]) for word, style in words]).adjust_cell_length(WIDTH, STYLES[1])


@given(st.lists(st.tuples(SEGMENTS, st.integers(0, HEIGHT - 1), st.sets(st.integers(1, WIDTH - 1), max_size=3))))
def test_any_updates_leave_the_same_screen(updates: list[tuple[list[tuple[str, int]], int, set[int]]]) -> None:
    cells, whole, part = ChangedCells(), ReplayedTerminal(WIDTH, HEIGHT), ReplayedTerminal(WIDTH, HEIGHT)
    for words, y, inner in updates:
        cuts = [0, *sorted(inner), WIDTH]
        strips = line_of(words).divide(cuts[1:])
        if y == 0:
            update: ChopsUpdate | LayoutUpdate = LayoutUpdate([strips] * HEIGHT, Region(0, 0, WIDTH, HEIGHT))
        else:
            chops: list[dict[int, Strip | None]] = [dict(zip(cuts[:-1], strips, strict=True))] * HEIGHT
            spans = [(y, cuts[-2] if len(words) % 2 else 0, WIDTH)]
            update = ChopsUpdate(chops, spans, [cuts[1:]] * HEIGHT)
        whole.feed(update.render_segments(CONSOLE))
        part.feed(cells.rest_of(update, CONSOLE).text)
        assert part.seen == whole.seen


class Comparison:
    """Replays each update of the dashboard twice: as Textual writes it, and as it is written."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]) -> None:
        self.resize(size)
        self.compared = self.bytes_whole = self.bytes_part = 0
        rest_of = ChangedCells.rest_of

        def compare(cells: ChangedCells, update: ChopsUpdate | LayoutUpdate, console: Console) -> UpdateBytes:
            whole, part = update.render_segments(console), rest_of(cells, update, console)
            self.whole.feed(whole)
            self.part.feed(part.text)
            assert self.part.seen == self.whole.seen
            self.compared += 1
            self.bytes_whole += len(whole.encode())
            self.bytes_part += len(part.text.encode())
            return part

        monkeypatch.setattr(ChangedCells, "rest_of", compare)

    def resize(self, size: tuple[int, int]) -> None:
        """Begin with terminals of another size."""
        self.whole, self.part = ReplayedTerminal(*size), ReplayedTerminal(*size)


KEYS = (*"jjjjkkGgpmf?/FLsqqnNv t", "enter", "enter", "escape", "escape", "tab", "J", "space", "pagedown", "D", "u")
SIZES = ((80, 24), (120, 30))


async def test_a_walk_through_the_dashboard_leaves_the_same_screen(
    archive_path: Path, writer: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = ("“双碳”👨‍👩‍👧行动方案✔️", "e\u0301tude · 한국经济", "⚡①②③…——")
    writer.store_many([made(500 + n, title, at=NOW) for n, title in enumerate(titles)])
    comparison = Comparison(monkeypatch, SIZES[0])
    dice = random.Random(1)  # noqa: S311 -- keys, no secrets
    async with dashboard_of(archive_path, SIZES[0]) as (app, pilot):
        for size, other in pairwise((*SIZES, *SIZES[:1])):
            for key in dice.choices(KEYS, k=12):
                await pilot.press(key)
            await until(pilot, lambda size=size: app.size == size, "the size")  # type: ignore[misc]
            comparison.resize((max(size[0], other[0]), max(size[1], other[1])))
            app.forget_drawn()
            await pilot.resize_terminal(*other)
        comparison.resize(app.size)  # another program has cleared the terminal
        app.action_redraw()
        await pilot.pause()
        assert "示例新闻" in "".join(comparison.part.lines)
        assert comparison.compared > 40
        assert comparison.bytes_part * 3 < comparison.bytes_whole
