"""Counts before keys, in list, text and dialogs; what waits is shown, and Esc ends it."""

from pathlib import Path

from tests.tui.sample import dashboard_of, screen_text
from tui.widgets.article_list import ArticleList
from tui.widgets.reader import Reader


async def test_counts_move_and_esc_clears_them(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        articles = app.main_screen.query_one(ArticleList)
        await pilot.press("5", "j")
        assert articles.cursor == 5
        await pilot.press("1", "2", "G")
        assert articles.cursor == 11
        await pilot.press("3", "k")
        assert articles.cursor == 8
        await pilot.press("2", "n")  # 8, 12, … are read; 9 and 10 are not
        assert articles.cursor == 10
        await pilot.press("9", "9", "9", "k", "9", "9", "9", "j")
        assert articles.cursor == articles.count - 1
        await pilot.press("g", "2", "ctrl+d")
        assert articles.cursor == 2 * (articles.page // 2)
        await pilot.press("4")
        await pilot.pause()
        assert screen_text(app).splitlines()[-1].rstrip().endswith("4…")
        await pilot.press("escape", "slash", "2", "escape")  # in a line that is written, a digit is text
        await pilot.pause()
        assert not screen_text(app).splitlines()[-1].rstrip().endswith("…")
        await pilot.press("g", "3", "G", "enter", "2", "0", "G")
        reader = app.main_screen.query_one(Reader)
        assert (articles.cursor, app.main_screen.state.pane) == (2, "reader")
        assert abs(reader.cursor - 19) <= 1  # a blank line takes no cursor
        await pilot.press("7", "z", "j")  # a command that takes no count is done once
        assert app.main_screen.state.layout.zoomed
