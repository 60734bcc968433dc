"""The selected row is seen in every theme, in a pane with the keys and in one without."""

from pathlib import Path

import pytest
from rich.segment import Segment
from textual.color import Color
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from tests.tui.sample import dashboard_of, until
from tui.app import DashboardApp
from tui.widgets.article_list import ArticleList
from tui.widgets.lists.list_pane import ListPane
from tui.widgets.menus.row_list import RowList
from tui.widgets.plan_tree import PlanTree

LEAST = 3.0  # WCAG 2.2, 1.4.11: contrast of what shows a state


def contrast(one: Color, other: Color) -> float:
    """WCAG 2.2's ratio of two colours, from 1 to 21."""

    def luminance(colour: Color) -> float:
        shares = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized)
        return sum(weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), shares, strict=True))

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def bar_of(strip: Strip) -> tuple[str, float]:
    """What stands in the first cell, and how much its bar stands out from the ground below it."""
    first = next(segment for segment in strip if segment.text)
    style = first.style
    assert style is not None
    assert style.color is not None
    assert style.bgcolor is not None
    colour, ground = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
    return first.text, contrast(colour, ground)


def contrast_with_pane(strip: Strip, pane: Widget) -> float:
    style = next(segment for segment in strip if segment.text).style
    assert style is not None
    assert style.color is not None
    return contrast(Color.from_rich_color(style.color), pane.background_colors[1])


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_the_list_shows_where_one_is(archive_path: Path, theme: str) -> None:
    async with dashboard_of(archive_path, theme=theme) as (app, pilot):
        articles = app.main_screen.query_one(ArticleList)
        for keys in ((), ("enter",)):  # with the keys, and while the text has them
            await pilot.press(*keys)
            await pilot.pause()
            lines = [articles.render_line(y) for y in range(articles.room.height)]
            barred = [strip for strip in lines if strip.text.startswith("▌") or _reversed(strip)]
            assert len(barred) == articles._shape.height
            for strip in barred:
                assert bar_of(strip)[1] >= LEAST
                assert contrast_with_pane(strip, articles) >= LEAST


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_the_plan_shows_which_line_was_chosen(archive_path: Path, theme: str) -> None:
    async with dashboard_of(archive_path, theme=theme) as (app, pilot):
        await _open_plan(app, pilot)
        plan = app.main_screen.query_one(PlanTree)
        for pane in ("plan", "reader"):
            app.main_screen.open_article.go(pane)
            await pilot.pause()
            strips = [plan.render_line(y) for y in range(plan.room.height)]
            barred = [strip for strip in strips if strip.text.startswith("▌") or _reversed(strip)]
            assert barred
            assert all(contrast_with_pane(strip, plan) >= LEAST for strip in barred)


def rows_of(screen: Screen[object]) -> Widget | None:
    """The list of a dialog, once it has rows."""
    found = [*screen.query(RowList), *screen.query(ListPane)]
    return next((each for each in found if (each.rows if isinstance(each, RowList) else each.count)), None)


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("key", ["question_mark", "s", "colon", "F"])
async def test_a_dialog_shows_which_row_is_chosen(archive_path: Path, theme: str, key: str) -> None:
    async with dashboard_of(archive_path, theme=theme) as (app, pilot):
        await pilot.press(key)
        await until(pilot, lambda: app.screen is not app.main_screen and rows_of(app.screen), "the rows")
        await pilot.pause()
        rows = rows_of(app.screen)
        assert isinstance(rows, RowList | ListPane)
        strips = [rows.render_line(y) for y in range(rows.room.height)]
        (barred,) = [strip for strip in strips if strip.text.startswith("▌")]
        assert bar_of(barred)[1] >= LEAST
        assert contrast_with_pane(barred, rows) >= LEAST


def _reversed(strip: Strip) -> bool:
    first = next((segment for segment in strip if segment.text), Segment(""))
    return bool(first.style and first.style.reverse)


async def _open_plan(app: DashboardApp, pilot: Pilot[None]) -> None:
    articles = app.main_screen.query_one(ArticleList)
    articles.move_to(next(n for n in range(articles.count) if (row := articles._rows[n]) and row.has_plan))
    await pilot.press("enter")
    await until(pilot, lambda: app.main_screen.query_one(PlanTree).count, "the plan")
    app.main_screen.open_article.go("plan")
    await pilot.press("j", "enter")
