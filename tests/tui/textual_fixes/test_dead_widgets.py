"""What was closed is freed: counted as widgets that the collector still finds, not as memory."""

import asyncio
import gc
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from textual._styles_cache import StylesCache
from textual.app import ComposeResult
from textual.color import Color
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Static

from tests.tui.sample import dashboard_of, until
from tui.app import DashboardApp
from tui.polling.status import PollingStatus
from tui.textual_fixes.dead_widgets import share_inner_outer

OPENINGS = 5
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


def widgets(*, removed: bool = False) -> Counter[str]:
    """Every widget that the collector finds, or those alone that Textual has removed."""
    gc.collect()
    found = [each for each in gc.get_objects() if isinstance(each, Widget)]
    return Counter(type(each).__name__ for each in found if not removed or each._pruning or each._closed)


async def until_freed(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Wait until the widgets that were closed are freed.

    A timer that was stopped stays in the event loop, with the widget it belonged to, until it would have been due: at
    most a second. What a screen holds by mistake stays for good, as nothing else happens meanwhile.
    """
    async with asyncio.timeout(20):
        while not condition():  # it reads all that lives, so it is not asked at each turn of the loop
            await pilot.pause(0.2)


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
        # The context of the last worker or task may hold what was closed last: a screen or two with their widgets.
        await until_freed(pilot, lambda: max((widgets() - before).values(), default=0) <= 2)


class WatchingScreen(ModalScreen[None]):
    """A dialog that follows a value of the screen below it, as many a dialog may."""

    def compose(self) -> ComposeResult:
        """A widget, which goes with the screen."""
        yield Static()

    def on_mount(self) -> None:
        """Follow how the sources stand."""
        self.watch(self.app.screen_stack[0], "status", self.follow)

    def follow(self, status: PollingStatus) -> None:
        """Say how many there are."""
        self.query_one(Static).update(str(len(status.sources)))


@pytest.mark.parametrize("seconds", [0, 0.05, 0.3])
async def test_a_dialog_that_takes_its_time_to_go_is_freed(
    archive_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    replace_screen = DashboardApp._replace_screen
    gone: list[str] = []

    async def replace_late(app: DashboardApp, screen: Screen[object]) -> Screen[object]:
        await asyncio.sleep(seconds)  # on a busy machine the screen below may have been drawn long ago
        gone.append(type(await replace_screen(app, screen)).__name__)
        return screen

    monkeypatch.setattr(DashboardApp, "_replace_screen", replace_late)
    earlier = widgets(removed=True)  # a test before this one may have left some
    async with dashboard_of(archive_path) as (app, pilot):
        await app.push_screen(WatchingScreen())
        await pilot.pause()
        app.pop_screen()
        await until(pilot, lambda: gone, "the end of the dialog")
        await until_freed(pilot, lambda: not widgets(removed=True) - earlier)


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
