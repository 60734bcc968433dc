"""What is offered while a filter is written: it is taken by Tab, chosen by arrows, and never in the way of typing."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.tui.sample import dashboard_of, screen_text, until
from tui.app import DashboardApp
from tui.text import cells
from tui.widgets.article_list import ArticleList
from tui.widgets.bars.filter_bar import FilterBar, FilterHint
from tui.widgets.bars.offers import OfferList


def written(app: DashboardApp) -> str:
    return app.main_screen.query_one(Input).value


def offered(app: DashboardApp) -> list[str]:
    return [offer.text for offer in app.main_screen.query_one(OfferList).offers]


async def write(pilot: Pilot[None], text: str) -> None:
    """Type, a character a key, as a terminal sends it."""
    await pilot.press("slash")
    names = {" ": "space", ":": "colon", '"': "quotation_mark", "-": "minus", "(": "left_parenthesis"}
    names["<"] = "less_than_sign"
    await pilot.press(*(names.get(char, char) for char in text))
    await pilot.pause()


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (["tab"], "source:"), (["tab", "tab"], "source:国内滚动 "), (["tab", "down", "tab"], "source:国内滚动 "),
        (["tab", "down", "down", "enter"], "source:7x24 "),
        (["tab", "ctrl+n", "ctrl+n", "ctrl+p", "tab"], "source:国内滚动 "),
        (["tab", "up", "enter"], "source:部委动态 "), (["tab", "部", "tab"], "source:部委动态 "),
        (["tab", "down", "escape"], "source:"),
    ],
)  # fmt: skip
async def test_keys_take_what_is_offered(archive_path: Path, keys: list[str], line: str) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await write(pilot, "so")
        await pilot.press(*keys)
        await pilot.pause()
        assert written(app) == line


async def test_what_was_completed_is_kept_by_enter(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(80, 24)) as (app, pilot):
        await write(pilot, "产业 so")
        await pilot.press("tab", "down", "enter", "enter")
        await until(pilot, lambda: str(app.main_screen.state.query) == "产业 source:国内滚动", "the filter")
        assert app.main_screen.state.pane == "list"
        assert not app.main_screen.query_one(FilterBar).editing


async def test_values_stand_with_their_numbers_over_the_list_and_move_nothing(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(80, 24)) as (app, pilot):
        await write(pilot, "is:read")
        before = screen_text(app).splitlines()[11:]
        await pilot.press("space", *"source", "colon")
        await pilot.pause()
        lines = screen_text(app).splitlines()
        assert lines[2].index("国内滚动") == lines[0].index("source:") + len("source:")
        assert "14 articles" in lines[2]
        assert lines[11:20] == before[:9]


async def test_nothing_is_offered_for_what_is_not_begun_until_it_is_asked_for(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await write(pilot, "")
        assert offered(app) == []
        await pilot.press("tab")
        assert offered(app)[:3] == ["cat:", "agency:", "source:"]
        await pilot.press("产")
        await pilot.pause()
        assert offered(app) == []
        await pilot.press("space")
        await pilot.pause()
        assert offered(app) == []


async def test_enter_without_a_choice_keeps_the_filter_though_something_is_offered(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await write(pilot, "source:7x24")
        await pilot.press("backspace")
        await pilot.pause()
        assert offered(app) == ["7x24"]
        await pilot.press("enter")
        await until(pilot, lambda: str(app.main_screen.state.query) == "source:7x2", "the filter")


async def test_down_goes_to_the_list_where_nothing_is_offered(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await write(pilot, "产业")
        await pilot.press("down")
        await until(pilot, lambda: not app.main_screen.query_one(FilterBar).editing, "the list")
        assert str(app.main_screen.state.query) == "产业"


async def test_the_word_at_the_cursor_is_completed_wherever_it_stands(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await write(pilot, "is: 产业")
        await pilot.press("left", "left", "left")
        await pilot.pause()
        assert offered(app)[0] == "unread"
        await pilot.press("tab")
        await pilot.pause()
        assert written(app) == "is:unread 产业"
        assert app.main_screen.query_one(Input).cursor_position == len("is:unread ")


async def test_a_click_takes_an_offer_and_the_line_stays(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(80, 24)) as (app, pilot):
        await write(pilot, "source:")
        await pilot.click(OfferList, offset=(3, 1))
        await pilot.pause()
        assert written(app) == "source:7x24 "
        assert app.focused is app.main_screen.query_one(Input)


@pytest.mark.parametrize("size", [(80, 24), (30, 8), (12, 4), (3, 2), (1, 1), (200, 60)])
async def test_offers_bear_any_window(archive_path: Path, size: tuple[int, int]) -> None:
    async with dashboard_of(archive_path, size=size) as (app, pilot):
        await write(pilot, "is:unread source:")
        for _ in range(4):
            await pilot.press("down")
        screen_text(app)
        await pilot.press("tab")
        assert written(app).startswith("is:unread source:")


@pytest.mark.parametrize(
    "typed", ["s", "so", "source", "source:", "source:7", "is:un", "date:2", "due:<", "-tag:", '"产']
)
async def test_the_list_holds_and_nothing_is_said_while_a_field_is_half_written(
    archive_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.setattr("tui.widgets.bars.filter_bar.PAUSE", 0.001)
    async with dashboard_of(archive_path, size=(80, 24)) as (app, pilot):
        followed: list[str] = []
        follow = FilterBar._follow

        def noted(bar: FilterBar) -> None:
            follow(bar)
            followed.append(written(app))

        monkeypatch.setattr(FilterBar, "_follow", noted)
        await write(pilot, typed)
        await until(pilot, lambda: followed[-1:] == [typed], "the pause")
        assert not app.main_screen.state.query
        assert not app.main_screen.query_one(FilterHint).wrong
        assert "40 articles" not in screen_text(app).splitlines()[0]  # the line is being written
        assert app.main_screen.query_one(ArticleList).position == (0, 40)


async def test_what_is_half_written_is_said_when_it_is_to_be_kept(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(80, 24)) as (app, pilot):
        await write(pilot, "source:")
        await pilot.press("enter")
        await until(pilot, lambda: app.main_screen.query_one(FilterHint).wrong, "the reason")
        assert "expected a value" in screen_text(app)
        assert app.main_screen.query_one(FilterBar).editing


@pytest.mark.parametrize("size", [(80, 24), (120, 30), (200, 60), (44, 18)])
async def test_nothing_of_the_list_stands_beside_an_offer(archive_path: Path, size: tuple[int, int]) -> None:
    async with dashboard_of(archive_path, size=size) as (app, pilot):
        await write(pilot, "is:read source:")
        listed = app.main_screen.query_one(OfferList)
        await until(pilot, lambda: listed.region.height == 4, "three offers and a rule")
        bar = app.main_screen.query_one(FilterBar)
        assert (listed.region.x, listed.region.width) == (bar.region.x, bar.region.width)
        rows = screen_text(app).splitlines()[listed.region.y : listed.region.bottom]
        for row, name in zip(rows, ("国内滚动", "7x24", "部委动态"), strict=False):
            assert row[: bar.region.width - cells(name) + len(name)].split()[0] == name
            assert row.split()[2] == "articles"
        assert set(rows[3][: bar.region.width]) == {"─"}
