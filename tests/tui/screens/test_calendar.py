"""The calendar: C shows bars, a bar leads to its rows, and back leads to the bar."""

from pathlib import Path

import pytest

from feeds.archive import Archive
from tests.compare.conftest import demo_articles
from tests.tui.sample import dashboard_of, made, screen_text, until
from tui.screens.calendar import CalendarScreen
from tui.screens.targets import TargetsScreen
from tui.widgets.bars.filter_bar import FilterBar
from tui.widgets.bars.filter_terms import FilterTerms
from tui.widgets.lists.due_table import DueBar
from tui.widgets.lists.list_pane import ListPane


@pytest.fixture
def demo_path(tmp_path: Path) -> Path:
    """An archive of the demo's articles."""
    with Archive.open(tmp_path / "archive", write=True) as archive:
        archive.store_many(demo_articles().values())
    return tmp_path / "archive"


@pytest.mark.parametrize("size", [(80, 24), (40, 16), (160, 50)])
async def test_a_bar_leads_to_its_rows_and_back(demo_path: Path, size: tuple[int, int]) -> None:
    async with dashboard_of(demo_path, size=size) as (app, pilot):
        await pilot.press("C")
        await until(pilot, lambda: isinstance(app.screen, CalendarScreen) and "overdue" in screen_text(app), "the bars")
        calendar = app.screen
        pane: ListPane[DueBar] = calendar.query_one(ListPane)
        for order, label in ((1, "2030"), (2, "2030 second half"), (3, "2030-12")):
            await pilot.press("apostrophe", str(order))
            bars = list(pane._rows.source.window(0, pane.count))  # type: ignore[union-attr]
            place = next(number for number, bar in enumerate(bars) if bar.label == label)
            await pilot.press("g", *"j" * place)
            bar = pane.selected
            assert bar is not None
            assert bar.label == label
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, TargetsScreen), "the targets")
            terms = app.screen.query_one(FilterTerms)
            total = bar.total
            await until(pilot, lambda: terms.total == total, "as many rows as the bar says")  # noqa: B023
            await pilot.press("q")
            await until(pilot, lambda: app.screen is calendar, "the calendar again")
            assert pane.cursor == place
        await pilot.press("apostrophe", "4", "O")
        assert calendar.query_one(FilterBar).query_one(FilterTerms).total > 0
        await pilot.press("C")
        await until(pilot, lambda: app.screen is app.main_screen, "the main screen")


async def test_the_calendar_follows_the_filter_and_says_why_it_is_empty(demo_path: Path, tmp_path: Path) -> None:
    async with dashboard_of(demo_path, size=(100, 30)) as (app, pilot):
        await pilot.press("slash", *"due:2028", "enter", "C")
        await until(pilot, lambda: isinstance(app.screen, CalendarScreen) and "by year" in screen_text(app), "the bars")
        pane: ListPane[DueBar] = app.screen.query_one(ListPane)
        years = [bar.label for bar in pane._rows.source.window(0, 99) if bar.key.startswith("year")]  # type: ignore[union-attr]
        assert years == ["2028"]
        await pilot.press("slash", *" title:没有", "enter")
        await until(pilot, lambda: "No article of this filter" in screen_text(app), "the reason")
        await pilot.press("enter", "apostrophe", "2")
        assert isinstance(app.screen, CalendarScreen)
        await pilot.press("c")
        await until(pilot, lambda: "2030" in screen_text(app), "all bars")
        await pilot.press("L")
        await until(pilot, lambda: isinstance(app.screen, TargetsScreen), "the targets over it")


async def test_an_archive_in_which_nothing_is_due_says_so(tmp_path: Path) -> None:
    path = tmp_path / "plain"
    with Archive.open(path, write=True) as archive:
        archive.store(made(1))
    async with dashboard_of(path, size=(100, 16)) as (app, pilot):
        await pilot.press("C")
        await until(pilot, lambda: "No article states a time" in screen_text(app), "the reason")
