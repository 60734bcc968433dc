"""Finding a text in the open article: `/` in the reader, then n and N."""

from pathlib import Path

from tests.tui.sample import PARAGRAPHS, dashboard_of, screen_text, until
from tui.widgets.bars.filter_bar import FilterBar
from tui.widgets.bars.find_bar import FindBar
from tui.widgets.reader import Reader


async def test_a_text_is_found_in_the_article_and_walked(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(100, 30)) as (app, pilot):
        await pilot.press("j", "j", "enter")
        reader = app.main_screen.query_one(Reader)
        await until(pilot, lambda: reader.has_focus, "the reader")
        sought = PARAGRAPHS[1][2:4]
        places = [(p, n) for p, text in enumerate(PARAGRAPHS) for n in range(len(text)) if text.startswith(sought, n)]
        await pilot.press("slash", *sought)
        assert app.main_screen.query_one(FindBar).line.value == sought
        assert [(hit.p, hit.start) for hit in reader._marks.hits] == places  # marked while it is written
        await pilot.press("enter")
        await until(pilot, lambda: not app.main_screen.query(FindBar) and reader.has_focus, "the line is put away")
        assert f"{len(places)} place" in screen_text(app)
        current = reader._marks.current
        assert current is not None
        assert reader._page.line_of(current.p, current.start) == reader.cursor
        for _hit in places:  # behind the last place the first one follows, and no other article is opened
            await pilot.press("n")
        assert reader._marks.current == current
        await pilot.press("N", "n")
        assert reader._marks.current == current

        await pilot.press("slash", *"无此", "enter")
        await until(pilot, lambda: "The text has no “无此”." in screen_text(app), "nothing is found")
        assert reader._marks.hits == []
        await pilot.press("slash", *sought, "escape")
        assert reader._marks.hits == []
        await pilot.press("slash", *sought, "enter", "q", "k", "enter")
        assert reader._marks.words == ()  # another article has no marks of it
        await pilot.press("q", "slash")
        await until(pilot, lambda: app.main_screen.query_one(FilterBar).editing, "in the list it is the filter")


async def test_a_find_leaves_the_search_of_the_list_as_it_was(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(100, 30)) as (app, pilot):
        word = PARAGRAPHS[0][:2]
        await pilot.press("slash", *word, "enter", "enter")
        reader = app.main_screen.query_one(Reader)
        await until(pilot, lambda: reader.has_focus and bool(reader._marks.hits), "the hits of the search")
        before = list(reader._marks.hits)
        await pilot.press("slash", *PARAGRAPHS[1][2:4])
        assert reader._marks.hits != before
        await pilot.press("escape")
        assert reader._marks.hits == before
