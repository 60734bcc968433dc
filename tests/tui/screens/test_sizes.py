"""The main screen in any window."""

from pathlib import Path

import pytest
from textual.geometry import Size

from tests.tui.sample import dashboard_of, made, screen_text, until
from tui.app import DashboardApp
from tui.screens.main.layout import PANES, Pane, shape_of
from tui.text import cells
from tui.widgets.article_list import ArticleList
from tui.widgets.line_view import LineView
from tui.widgets.menus.row_list import RowList
from tui.widgets.reader import Reader


def seen(app: DashboardApp) -> list[Pane]:
    """The panes that have a place on the screen."""
    return [
        pane
        for pane in PANES
        if app.main_screen.panes.widget_of(pane).region.area and app.main_screen.state.layout.shows(pane)
    ]


@pytest.mark.parametrize(
    ("size", "shape"),
    [
        ((80, 24), "stacked"), ((79, 24), "one"), ((80, 19), "one"), ((139, 40), "stacked"), ((140, 40), "wide"),
        ((200, 9), "one"), ((40, 12), "one"), ((1, 1), "one"), ((0, 0), "one"),
    ],
)  # fmt: skip
def test_the_shape_follows_the_window(size: tuple[int, int], shape: str) -> None:
    assert shape_of(Size(*size)) == shape


async def test_a_wide_window_has_all_three_side_by_side(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(200, 60)) as (app, _pilot):
        assert seen(app) == ["list", "reader", "plan"]
        regions = [app.main_screen.panes.widget_of(pane).region for pane in PANES]
        assert regions[0].right <= regions[1].x
        assert regions[1].right <= regions[2].x


async def test_80_by_24_has_the_list_over_the_text_and_room_for_both(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(80, 24)) as (app, pilot):
        assert seen(app) == ["list", "reader"]
        articles, reader = (app.main_screen.panes.widget_of(pane).region for pane in ("list", "reader"))
        assert articles.bottom <= reader.y
        assert (articles.width, reader.width) == (80, 80)
        assert min(articles.height, reader.height) >= 7
        await pilot.press("p")
        await pilot.pause()
        assert seen(app) == ["list", "reader", "plan"]
        assert app.main_screen.panes.widget_of("plan").region.width >= 30


async def test_while_one_reads_in_a_low_window_the_text_gets_the_room(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(80, 24)) as (app, pilot):
        before = app.main_screen.panes.widget_of("reader").region.height
        await pilot.press("enter")
        await until(pilot, lambda: app.main_screen.panes.widget_of("reader").region.height > before, "more room")
        assert app.main_screen.panes.widget_of("list").region.height >= 3
        await pilot.press("q")
        await until(pilot, lambda: app.main_screen.panes.widget_of("reader").region.height == before, "as before")


async def test_a_narrow_window_has_one_pane_and_enter_goes_deeper(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(40, 12)) as (app, pilot):
        assert seen(app) == ["list"]
        await pilot.press("j", "j", "enter")
        await pilot.pause()
        assert seen(app) == ["reader"]
        await pilot.press("l")
        await pilot.pause()
        assert seen(app) == ["plan"]
        await pilot.press("q")
        await pilot.pause()
        assert seen(app) == ["reader"]
        await pilot.press("h")
        await pilot.pause()
        assert seen(app) == ["list"]
        assert app.archive.flags(made(2).id).read


async def test_l_opens_where_the_list_stands_alone(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(40, 12)) as (app, pilot):
        await pilot.press("j", "l")
        await until(pilot, lambda: seen(app) == ["reader"], "the reader")
        article = app.main_screen.query_one(Reader).article
        assert article is not None
        assert article.id == made(1).id


@pytest.mark.parametrize("size", [(200, 60), (80, 24)])
async def test_zoom_gives_one_pane_the_window_and_back(archive_path: Path, size: tuple[int, int]) -> None:
    async with dashboard_of(archive_path, size=size) as (app, pilot):
        before = seen(app)
        await pilot.press("enter", "z")
        await pilot.pause()
        assert seen(app) == ["reader"]
        assert app.main_screen.panes.widget_of("reader").region.width == size[0]
        await pilot.press("q")
        await pilot.pause()
        assert seen(app) == before
        assert app.main_screen.state.pane == "reader"


async def test_brackets_move_the_border(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(200, 60)) as (app, pilot):
        before = app.main_screen.panes.widget_of("list").region.width
        await pilot.press("right_square_bracket")
        await pilot.pause()
        wider = app.main_screen.panes.widget_of("list").region.width
        assert wider > before
        await pilot.press("left_square_bracket", "left_square_bracket")
        await pilot.pause()
        assert app.main_screen.panes.widget_of("list").region.width < before


async def test_hl_and_tab_go_around_the_panes(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(200, 60)) as (app, pilot):
        order = []
        for key in ("l", "l", "l", "h", "h", "h", "tab", "tab", "tab", "shift+tab"):
            await pilot.press(key)
            order.append(app.main_screen.state.pane)
            assert app.focused is app.main_screen.panes.widget_of(app.main_screen.state.pane)
        assert order == ["reader", "plan", "plan", "reader", "list", "list", "reader", "plan", "list", "plan"]


async def test_the_plan_is_not_left_with_the_keys_when_it_goes(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(200, 60)) as (app, pilot):
        await pilot.press("l", "l", "p")
        assert app.main_screen.state.pane == "reader"


async def test_a_fold_to_a_smaller_window_leaves_the_keys_in_a_pane_that_is_seen(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(200, 60)) as (app, pilot):
        await pilot.press("l", "l")
        await pilot.resize_terminal(100, 30)
        await until(
            pilot,
            lambda: app.main_screen.state.pane == "reader" and app.main_screen.state.pane in seen(app),
            "the reader",
        )


@pytest.mark.parametrize("keys", ["", "slash", "F", "question_mark", "colon", "s", "enter", "enter l"])
async def test_every_size_is_survived_with_anything_open(archive_path: Path, keys: str) -> None:
    async with dashboard_of(archive_path, size=(80, 24)) as (app, pilot):
        await pilot.press(*keys.split())
        for size in ((40, 12), (200, 60), (1, 1), (2, 1), (5, 3), (20, 4), (300, 2), (3, 90), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            lines = screen_text(app).splitlines()
            assert all(cells(line) <= size[0] for line in lines)
            assert len(lines) <= size[1]
        assert app.is_running


async def test_a_resize_keeps_the_selected_article_and_the_place_in_the_text(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(200, 60)) as (app, pilot):
        app.main_screen.query_one(ArticleList).select(made(2).id)
        await pilot.pause()
        await pilot.press("enter", "ctrl+d", "ctrl+d")
        await pilot.pause()
        top = next(line for line in text_of(app) if "第" in line)
        for size in ((80, 24), (40, 12), (200, 60)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        assert app.main_screen.state.selected_id == made(2).id
        assert any(top[:8] in line for line in text_of(app))


def text_of(app: DashboardApp) -> list[str]:
    return [line.strip() for line in screen_text(app).splitlines()]


async def test_the_mouse_selects_opens_and_presses(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(100, 30)) as (app, pilot):
        await pilot.click(ArticleList, offset=(20, 3))
        assert app.main_screen.state.selected_id == made(3).id
        await pilot.double_click(ArticleList, offset=(20, 5))
        await until(
            pilot,
            lambda: app.main_screen.state.pane == "reader" and app.main_screen.state.selected_id == made(5).id,
            "the reader",
        )
        keys = screen_text(app).splitlines()[-1]
        await pilot.click("KeyLine", offset=(cells(keys[: keys.index("Help")]), 0))
        await until(pilot, lambda: app.screen is not app.main_screen, "the help")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.main_screen, "the main screen")
        await pilot.click("StatusLine", offset=(3, 0))
        await until(pilot, lambda: app.screen is not app.main_screen, "the sources")


@pytest.mark.parametrize("size", [(160, 45), (90, 30)])
async def test_the_line_before_the_pane_with_the_keys_is_lit(archive_path: Path, size: tuple[int, int]) -> None:
    async with dashboard_of(archive_path, size=size) as (app, pilot):
        if size[0] < 140:
            await pilot.press("p")
        lit = app.theme_variables["primary"]

        def lines() -> list[bool]:
            """Whether the lines before text and plan are lit."""
            text, plan = (app.main_screen.query_one(name).styles.border for name in ("#text-panes", "#plan-pane"))
            return [any(edge and colour.hex.lower() == lit.lower() for edge, colour in lines) for lines in (text, plan)]

        for pane, wanted in zip(PANES, ([False, False], [True, False], [False, True]), strict=True):
            app.main_screen.open_article.go(pane)
            await pilot.pause()
            assert lines() == wanted
            widget = app.main_screen.panes.widget_of(pane)
            assert isinstance(widget, LineView)
            with_keys = widget.painter.look("cursor")
            app.main_screen.open_article.go("list" if pane != "list" else "reader")
            await pilot.pause()
            assert widget.painter.look("cursor") != with_keys


@pytest.mark.parametrize("size", [(160, 45), (90, 30), (40, 12)])
async def test_the_first_picture_looks_as_when_all_is_styled_anew(archive_path: Path, size: tuple[int, int]) -> None:
    async with dashboard_of(archive_path, size=size) as (app, pilot):

        def picture() -> list[list[tuple[str, str]]]:
            lines = app.screen._compositor.render_strips()
            return [[(char, str(style)) for text, style, _control in line for char in text] for line in lines]

        before = picture()
        app.main_screen.update_node_styles()
        for widget in app.main_screen.query("*"):
            widget.refresh()
        await pilot.pause()
        assert picture() == before


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [60, 40, 24])
async def test_help_and_palette_cut_no_words_in_narrow_windows(archive_path: Path, language: str, width: int) -> None:
    async with dashboard_of(archive_path, size=(width, 200), language=language) as (app, pilot):
        for key in ("question_mark", "colon"):
            await pilot.press(key)
            await until(pilot, lambda: app.screen.query(RowList), "the rows")
            await pilot.pause()
            rows = app.screen.query_one(RowList)
            box = [rows.render_line(line).text for line in range(rows.size.height)]
            assert not any("…" in line and "/" not in line for line in box[3:]), "\n".join(box)
            assert rows.rows[-1].plain[-6:] in screen_text(app).replace("\n", "") or rows.max_scroll_y
            await pilot.press("escape")
