"""Lasting screens open one another, lead to a place in an article, and one step back leads to where one was."""

from pathlib import Path

import pytest

from feeds.query import parse
from tests.tui.sample import NOW, dashboard_of, made, read_flags, span, until
from tui.messages import PlaceWanted, ScreensWanted
from tui.screens.sources import SourcesScreen
from tui.screens.targets import TargetsScreen
from tui.widgets.article_list import ArticleList
from tui.widgets.reader import Reader

PLACE = span(2, "普及率达到85%")


@pytest.mark.parametrize("size", [(160, 40), (60, 20)])
@pytest.mark.parametrize("back", ["q", "escape", "h", "s"])
async def test_a_place_in_an_article_and_the_way_back(archive_path: Path, size: tuple[int, int], back: str) -> None:
    async with dashboard_of(archive_path, size=size) as (app, pilot):
        await pilot.press("j", "s")
        await until(pilot, lambda: isinstance(app.screen, SourcesScreen), "the screen")
        app.screen.post_message(PlaceWanted(made(2).id, PLACE))
        reader = app.main_screen.query_one(Reader)
        await until(pilot, lambda: reader.article and reader._marks.marked == PLACE, "the marked place")
        assert (app.screen, app.main_screen.state.pane) == (app.main_screen, "reader")
        await until(pilot, lambda: app.focused is reader, "the keys")  # they come with the next drawing
        assert app.main_screen.query_one(ArticleList).cursor == 1
        assert read_flags(archive_path, 2).read
        await pilot.press(back)
        await until(pilot, lambda: isinstance(app.screen, SourcesScreen), "the screen again")
        await pilot.press("q")
        await until(pilot, lambda: app.screen is app.main_screen, "the main screen")
        assert app.main_screen.state.pane == "list"
        assert app.main_screen.state.selected_id == made(1).id
        assert app.main_screen.state.screens_behind == ()


async def test_the_text_that_was_open_before_is_open_again(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("j", "enter", "j", "j", "s")
        reader = app.main_screen.query_one(Reader)
        line = reader.cursor
        await until(pilot, lambda: isinstance(app.screen, SourcesScreen), "the screen")
        app.screen.post_message(PlaceWanted(made(2).id, PLACE))
        await until(pilot, lambda: reader.article and reader.article.id == made(2).id, "the article")
        await pilot.press("q")
        await until(pilot, lambda: isinstance(app.screen, SourcesScreen), "the screen again")
        await pilot.press("q")
        await until(pilot, lambda: app.screen is app.main_screen, "the main screen")
        await until(pilot, lambda: reader.article and reader.article.id == made(1).id, "the text before")
        assert (app.main_screen.state.pane, reader.cursor) == ("reader", line)


async def test_screens_open_one_another_and_close_with_their_key(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("s", "L")
        await until(pilot, lambda: isinstance(app.screen, TargetsScreen), "the targets over the sources")
        wish = parse("due:2028", NOW.date())
        app.screen.post_message(ScreensWanted(("sources",), wish))
        await until(pilot, lambda: isinstance(app.screen, SourcesScreen), "the sources laid bare")
        assert str(app.screen.in_force) == "due:2028"  # type: ignore[attr-defined]
        await pilot.press("s")
        await until(pilot, lambda: app.screen is app.main_screen, "the main screen")


async def test_an_article_that_is_gone_leaves_the_list(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        app.main_screen.post_message(PlaceWanted("000000000000", PLACE))
        await pilot.pause(0.1)
        assert app.main_screen.state.pane == "list"
        assert app._notifications
