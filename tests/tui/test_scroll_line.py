"""The panes' scroll bar beside Textual's own, and what panes draw without Textual's detour."""

from pathlib import Path

import pytest
from msgspec import structs
from rich.color import Color
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.scrollbar import ScrollBar
from textual.widgets import Static

import tui
from feeds.model import Article, Block
from tests.tui.sample import dashboard_of, made
from tui.widgets.layout.ground import Ground
from tui.widgets.reader import Reader
from tui.widgets.scroll_line import ScrollLine

STYLES = Path(tui.__file__).parent / "widgets" / "reader.tcss"


def long_article() -> Article:
    return structs.replace(made(1), blocks=tuple(Block(f"第{number}段。") for number in range(60)))


def cells_of(segments: list[Segment]) -> list[tuple[object, ...]]:
    """What the eye sees and the mouse meets, cell by cell."""
    return [
        (char, style.color, style.bgcolor, style.reverse, style.meta)
        for text, style, _control in segments
        if style
        for char in text
    ]


class Page(App[None]):
    CSS_PATH = [STYLES]  # noqa: RUF012 -- Textual's own manner

    def compose(self) -> ComposeResult:
        yield Reader()

    @property
    def reader(self) -> Reader:
        return self.query_one(Reader)


@pytest.mark.parametrize("height", [1, 2, 7, 24])
@pytest.mark.parametrize("top", [0, 1, 13, 77, 1000])
async def test_the_bar_is_textuals_to_eye_and_mouse(height: int, top: int) -> None:
    app = Page()
    async with app.run_test(size=(60, height)) as pilot:
        app.reader.show(long_article())
        app.reader.scroll_to_line(top)
        await pilot.pause()
        bar = app.reader.vertical_scrollbar
        assert type(bar) is ScrollLine
        ours = bar.render_lines(Region(0, 0, 1, height))
        theirs = ScrollBar.render_lines(bar, Region(0, 0, 1, height))
        assert [cells_of(list(strip)) for strip in ours] == [cells_of(list(strip)) for strip in theirs]


async def test_a_press_on_the_bar_scrolls_and_a_drag_takes_it_along() -> None:
    app = Page()
    async with app.run_test(size=(60, 20)) as pilot:
        app.reader.show(long_article())
        await pilot.pause()
        bar = app.reader.vertical_scrollbar
        await pilot.mouse_down(bar, offset=(0, 18))
        await pilot.mouse_up(bar, offset=(0, 18))
        await pilot.pause(0.5)
        assert app.reader.scroll_offset.y > 0
        before = app.reader.scroll_offset.y
        metas = [cells_of(list(strip))[0][-1] for strip in bar.render_lines(bar.size.region)]
        thumb = metas.index({"@mouse.down": "grab"})
        await pilot.mouse_down(bar, offset=(0, thumb + 1))
        await pilot.hover(bar, offset=(0, thumb + 6))
        await pilot.mouse_up(bar, offset=(0, thumb + 6))
        await pilot.pause(0.5)
        assert app.reader.scroll_offset.y > before + 5


@pytest.mark.usefixtures("_no_color")
async def test_without_colours_the_panes_have_none(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, _pilot):
        for pane in ("list", "reader", "plan"):
            widget = app.main_screen.panes.widget_of(pane)
            for part in (widget, widget.vertical_scrollbar):
                for strip in part.render_lines(part.size.region):
                    for _text, style, _control in strip:
                        for colour in (style.color, style.bgcolor) if style else ():
                            assert _grey(colour), (pane, colour)


@pytest.fixture
def _no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")


def _grey(colour: Color | None) -> bool:
    return colour is None or colour.triplet is None or len(set(colour.triplet)) == 1


class Grounds(App[None]):
    CSS = """
    #left { border-left: solid red; width: 20; height: 6; }
    #top { border-top: solid red; width: 20; height: 6; }
    Static { display: none; }
    """

    def compose(self) -> ComposeResult:
        with Ground(id="left"):
            yield Static()
        with Ground(id="top"):
            yield Static()


@pytest.mark.parametrize(
    ("name", "seen"),
    [("left", ["│" + " " * 19] * 6), ("top", ["─" * 20, *[" " * 20] * 5])],
)
async def test_a_ground_shows_its_border(name: str, seen: list[str]) -> None:
    app = Grounds()
    async with app.run_test(size=(60, 24)):
        ground = app.query_one(f"#{name}")
        assert [strip.text for strip in ground.render_lines(Region(0, 0, 20, 6))] == seen
        assert [strip.text for strip in ground.render_lines(Region(0, 2, 20, 1))] == seen[2:3]
        assert [strip.text for strip in ground.render_lines(Region(0, 0, 20, 1))] == seen[:1]
