"""Keys that arrive at once, as from a fast hand, a script or a paste: each does what it does when it comes alone."""

from pathlib import Path

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.widgets import Input

from tests.tui.sample import dashboard_of, until
from tui.app import DashboardApp
from tui.widgets.article_list import ArticleList
from tui.widgets.bars.find_bar import FindBar
from tui.widgets.reader import Reader


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


async def test_a_key_behind_the_one_that_ends_a_line_goes_where_the_line_led(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(100, 30)) as (app, pilot):
        screen = app.main_screen
        rows = screen.query_one(ArticleList)

        async def after(burst: str, cursor: int, query: str = "") -> None:
            send(app, burst)
            await until(
                pilot, lambda: (str(screen.state.query), rows.cursor, app.screen) == (query, cursor, screen), burst
            )

        await after("/新闻\rjj", 2, "新闻")
        await after("c:sort due\rG", 39, "order:due")
        await after("c:sort newest\rgg/xx\x1bjj", 2)
        await after(":tag +甲\rj:tag +乙\rj", 4)
        await after("#丙 \rj", 5)
        await after(":7\rj:\x1bj", 8)
        await after("?/ab\r\x1b\x1bk", 7)
        await after("a字\x1bk", 6)
        tags = [app.archive.flags(row.id).tags for row in app.archive.listing().window(0, 5)]
        assert tags == [(), (), ("甲",), ("乙",), ("丙",)]


@pytest.mark.parametrize("burst", ["\rv}y", "/新闻\r\rv}y", "\rv\x1bv}y"])
async def test_text_is_chosen_and_copied_by_keys_that_arrive_at_once(archive_path: Path, burst: str) -> None:
    async with dashboard_of(archive_path, size=(100, 30)) as (app, pilot):
        send(app, burst)
        await until(pilot, lambda: "的正文" in app.clipboard, "the text is copied")
        assert isinstance(app.screen.focused, Reader)
        assert app.screen is app.main_screen
