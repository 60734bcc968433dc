"""What was closed is freed: counted as widgets that the collector still finds, not as memory."""

import gc
from collections import Counter
from pathlib import Path

import pytest
from textual._styles_cache import StylesCache
from textual.color import Color
from textual.widget import Widget

from tests.tui.sample import dashboard_of
from tui.textual_fixes.dead_widgets import share_inner_outer

OPENINGS = 8
KEYS = {
    "help": ("question_mark", "escape"),
    "sources": ("s", "q"),
    "filter": ("F", "escape"),
    "views": ("v", "escape"),
    "palette": ("colon", "escape"),
    "search": ("slash", "escape"),
    "tags": ("number_sign", "escape"),
    "search, kept": ("slash", "enter"),
}


def widgets() -> Counter[str]:
    gc.collect()
    return Counter(type(found).__name__ for found in gc.get_objects() if isinstance(found, Widget))


@pytest.mark.parametrize("name", KEYS)
async def test_what_is_opened_again_and_again_leaves_no_widget(archive_path: Path, name: str) -> None:
    opening, closing = KEYS[name]
    async with dashboard_of(archive_path) as (_app, pilot):

        async def open_and_close(times: int) -> None:
            for _time in range(times):
                await pilot.press(opening, closing)
                await pilot.pause()

        await open_and_close(2)
        before = widgets()
        await open_and_close(OPENINGS)
        left = widgets() - before
        assert sum(left.values()) <= 2, left  # one that is closing now may still be on its way


async def test_an_article_opened_again_and_again_leaves_no_widget(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (_app, pilot):
        await pilot.press("enter", "z", "q", "q", "j")
        before = widgets()
        for _time in range(OPENINGS):
            await pilot.press("enter", "z", "q", "q", "j")
        await pilot.pause()
        assert widgets() - before == Counter()


async def test_a_notice_leaves_no_widget_once_its_time_is_over(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):

        async def notify(times: int) -> None:
            for number in range(times):
                app.notify(f"第{number}条", timeout=0.01, markup=False)
                await pilot.pause(0.03)
            await pilot.pause(0.2)

        await notify(2)
        before = widgets()
        await notify(OPENINGS)
        assert sum((widgets() - before).values()) <= 3


def test_the_style_cache_knows_no_widget() -> None:
    share_inner_outer()
    one, other = StylesCache(), StylesCache()
    colours = Color(1, 2, 3), Color(4, 5, 6, 0.5)
    assert one.get_inner_outer(*colours) is other.get_inner_outer(*colours)
    inner, outer = one.get_inner_outer(*colours)
    assert outer.background == colours[0]
    assert inner.background == colours[0] + colours[1]
