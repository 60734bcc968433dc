"""The terminal's cursor stands in the caret's cell, where an input method opens its window; a crash is never a 0."""

from pathlib import Path

import pytest
from textual.widgets import Input

from tests.tui.sample import dashboard_of, until


@pytest.mark.parametrize("key", ["slash", "number_sign", "colon"])
@pytest.mark.parametrize(
    ("typed", "back", "cells"), [("ab", 0, 2), ("ab数字", 0, 6), ("数字经济", 2, 4), ("x规y划z", 1, 6), ("", 0, 0)]
)
async def test_the_cursor_stands_at_the_caret(archive_path: Path, key: str, typed: str, back: int, cells: int) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press(key)
        await until(pilot, lambda: isinstance(app.screen.focused, Input), "the line")
        await pilot.press(*typed, *["left"] * back)
        await pilot.pause()
        line = app.screen.focused
        assert isinstance(line, Input)
        assert line.value == typed
        assert app.cursor_position == (line.content_region.x + cells, line.content_region.y)


async def test_the_cursor_follows_a_line_that_is_longer_than_its_room(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(30, 12)) as (app, pilot):
        await pilot.press("slash", *"数字经济发展规划" * 3)
        await pilot.pause()
        line = app.screen.focused
        assert isinstance(line, Input)
        x, y = app.cursor_position
        assert (y, x) == (line.content_region.y, line.content_region.right - 1)


async def test_a_panic_is_no_success(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, _pilot):
        app.panic("the thread that reads keys died")
    assert app.return_code == 1
