"""A range in the list: it is chosen with V, marked by one key, and its marks are undone in one step."""

from pathlib import Path

from feeds.archive import Archive
from tests.tui.sample import dashboard_of, made, read_flags, screen_text, until
from tui.widgets.article_list import ArticleList
from tui.widgets.plan_tree import PlanTree
from tui.widgets.reader import Reader


def starred(path: Path) -> list[int]:
    return [number for number in range(40) if read_flags(path, number).starred]


async def test_a_range_is_marked_as_one_step(archive_path: Path, writer: Archive) -> None:
    async with dashboard_of(archive_path, since_you_left=False) as (app, pilot):
        articles = app.main_screen.query_one(ArticleList)
        await pilot.press("3", "j", "V", "2", "j")
        assert list(articles.range.positions(articles.cursor)) == [3, 4, 5]
        writer.store(made(50, at=made(0).published.replace(hour=23)))
        articles.refresh_rows()  # a row above does not move the range
        assert len(articles.range.positions(articles.cursor)) >= 3
        await pilot.press("f")
        assert starred(archive_path) == [3, 4, 5]
        assert not articles.range.positions(articles.cursor)
        await until(pilot, lambda: "3 articles marked." in screen_text(app), "the count")
        await pilot.press("u")
        assert starred(archive_path) == [5]  # as it was before
        await pilot.press("V", "k", "k", "m", "V", "j", "number_sign", *"要看", "enter")
        await pilot.pause()
        assert [read_flags(archive_path, number).read for number in (3, 4, 5)] == [True] * 3
        assert [read_flags(archive_path, number).tags for number in (3, 4, 5)] == [("要看",), ("要看",), ()]
        await pilot.press("u")
        assert read_flags(archive_path, 3).tags == ()
        await pilot.press("U", "V", "escape")  # ends the range, not the filter
        assert (str(app.main_screen.state.query), articles.range.end()) == ("is:unread", False)
        await pilot.press("V", "q")
        assert app.is_running
        await pilot.press("V", "enter", "f")  # in the text a mark is meant for the article
        assert len(starred(archive_path)) == 2


async def test_braces_go_through_the_sentences_of_the_plan(archive_path: Path) -> None:
    async with dashboard_of(archive_path, since_you_left=False) as (app, pilot):
        await pilot.press("2", "j", "enter", "right_curly_bracket")
        reader = app.main_screen.query_one(Reader)
        places = []
        for key in ("right_curly_bracket", "right_curly_bracket", "left_curly_bracket"):
            marked = reader._marks.marked
            assert marked is not None
            places.append((marked.p, marked.start))
            await pilot.press(key)
        assert places == sorted(places)
        assert len(set(places)) == 3
        await pilot.press("9", "9", "right_curly_bracket")
        marked = reader._marks.marked
        assert marked is not None
        assert marked.p == 2  # the goal, the last
        await pilot.press("right_curly_bracket")
        await until(pilot, lambda: "no further place" in screen_text(app), "the end")


async def test_one_key_goes_to_targets_goals_lists_and_documents(archive_path: Path) -> None:
    async with dashboard_of(archive_path, since_you_left=False, size=(100, 30)) as (app, pilot):
        tree, reader = app.main_screen.query_one(PlanTree), app.main_screen.query_one(Reader)

        def under() -> str:
            return [node for root in tree.roots for node in root.visible_nodes()][tree.cursor].text

        await pilot.press("2", "j", "E")  # the plan was not shown
        assert app.main_screen.state.pane == "plan"
        assert "四大任务" in under()
        marked = reader._marks.marked
        assert marked is not None
        await pilot.press("M")
        assert "普及率" in under()
        tree.roots[0].folded = True
        tree.spread()
        await pilot.press("E", "M")  # what is folded over it is unfolded; after the last comes the first
        assert "普及率" in under()
        await pilot.press("I")
        await until(pilot, lambda: "The plan has no target." in screen_text(app), "the sentence")
        assert "普及率" in under()
        await pilot.press("B")
        await until(pilot, lambda: "names no document" in screen_text(app), "the sentence")


async def test_one_goes_back_and_forward_among_the_articles_read(archive_path: Path) -> None:
    async with dashboard_of(archive_path, since_you_left=False) as (app, pilot):
        await pilot.press("ctrl+o")
        await until(pilot, lambda: "No other article was read" in screen_text(app), "the sentence")
        await pilot.press("enter", "q", "5", "j", "enter", "q", "3", "j", "enter")
        seen = [app.main_screen.state.current_id]
        for key in ("ctrl+o", "alt+left", "alt+right"):
            await pilot.press(key)
            seen.append(app.main_screen.state.current_id)
        assert seen == [made(number).id for number in (8, 5, 0, 5)]
        await pilot.press("q", "j", "ctrl+o")  # from the list to the one that was read last
        assert (app.main_screen.state.current_id, app.main_screen.state.pane) == (made(5).id, "reader")
