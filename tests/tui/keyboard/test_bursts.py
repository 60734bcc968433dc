"""Keys that arrive at once, as from a fast hand, a script or a paste: each does what it does when it comes alone."""

from pathlib import Path

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.widgets import Input

from tests.tui.sample import dashboard_of, until
from tui.app import DashboardApp
from tui.widgets.bars.find_bar import FindBar


def send(app: DashboardApp, burst: str) -> None:
    """Give all keys to the app before it can act on the first."""
    for character in burst:
        key = {"\r": "enter", "\x1b": "escape"}.get(character) or _character_to_key(character)
        app.post_message(events.Key(key, character))


@pytest.mark.parametrize("opening", ["/", "#", ":", "jj/", "Lj/", "D/", "?/"])
async def test_the_keys_behind_the_one_that_opens_a_line_are_written_in_it(archive_path: Path, opening: str) -> None:
    async with dashboard_of(archive_path, size=(100, 30)) as (app, pilot):
        send(app, f"{opening}abc")
        await until(pilot, lambda: [line.value for line in app.screen.query(Input)] == ["abc"], "the line has the text")


async def test_a_key_goes_where_the_keys_before_it_led(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(100, 30)) as (app, pilot):
        send(app, "j\rq\r/ab")  # into the text, back, into it again: there / seeks in the text
        screen = app.main_screen
        await until(
            pilot, lambda: [bar.line.value for bar in screen.query(FindBar) if bar.editing] == ["ab"], "the line"
        )
        assert screen.state.pane == "reader"
        assert not screen.state.query
