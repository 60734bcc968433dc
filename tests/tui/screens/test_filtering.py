"""One filter, changed by keys, by the line and by the screen; always shown, and gone with one key."""

from pathlib import Path
from typing import Any

import pytest
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Input

from feeds.archive import Archive, Engine
from feeds.config import View
from feeds.query import Query, parse
from tests.tui.sample import NOW, dashboard_of, filled, made, screen_text, until
from tui.app import DashboardApp
from tui.screens.dialogs.filters import FilterScreen, choices_of
from tui.widgets.article_list import ArticleList
from tui.widgets.bars.filter_bar import FilterBar
from tui.widgets.menus.facet_tree import Choice, FacetTree

TODAY = NOW.date()


def filter_of(app: DashboardApp) -> str:
    return str(app.main_screen.state.query)


def listed(app: DashboardApp) -> int:
    return app.main_screen.query_one(ArticleList).position[1]


@pytest.mark.parametrize(
    ("keys", "query"),
    [
        ("U", "is:unread"), ("UU", ""), ("*", "is:starred"), ("t", "date:today"), ("T", "date:week"),
        ("tT", "date:week"),
        ("Ut", "is:unread date:today"), ("UtU", "date:today"), ("Utc", ""),
    ],
)  # fmt: skip
async def test_one_key_filters_combine_and_are_taken_back(archive_path: Path, keys: str, query: str) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press(*(key.replace("*", "asterisk") for key in keys))
        assert filter_of(app) == query
        assert listed(app) == app.archive.listing(app.main_screen.state.query).total > 0


async def test_escape_clears_the_filter_in_the_list(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("U", "escape")
        assert filter_of(app) == ""


async def test_the_selected_article_stays_selected_when_the_filter_lets_more_through(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("U", "j", "j", "j", "c")
        await pilot.pause()
        assert app.main_screen.state.selected_id == made(5).id


async def test_the_filter_and_its_count_stand_over_the_list(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(80, 24)) as (app, pilot):
        assert screen_text(app).splitlines()[0].split() == ["All", "articles", "40", "articles"]
        await pilot.press("U", "t")
        await pilot.pause()
        first = screen_text(app).splitlines()[0]
        assert first.split()[:4] == ["unread", "✕", "today", "✕"]
        assert f"{listed(app)} articles" in first


async def test_the_list_follows_what_is_written(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("slash", *"轻工装备")
        await until(pilot, lambda: listed(app) == 1, "the one article")
        assert app.main_screen.query_one(FilterBar).editing
        await pilot.press("enter")
        await until(
            pilot,
            lambda: app.main_screen.state.pane == "list" and not app.main_screen.query_one(FilterBar).editing,
            "the list",
        )
        assert filter_of(app) == "轻工装备"


async def test_escape_leaves_the_filter_as_it_was(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("U", "slash", *"轻工")
        await until(pilot, lambda: listed(app) == 1, "the one article")
        await pilot.press("escape")
        await until(pilot, lambda: filter_of(app) == "is:unread", "the filter before")
        assert app.focused is app.main_screen.query_one(ArticleList)


async def test_the_line_holds_the_filter_in_force_to_add_to(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("U", "slash")
        await pilot.pause()
        assert app.main_screen.query_one(Input).value == "is:unread "


async def test_a_wrong_filter_says_where_and_why_and_is_not_kept(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(100, 24)) as (app, pilot):
        await pilot.press("slash", *"is:unread date")
        await pilot.press("colon", *"2026", "minus", *"13")
        await until(pilot, lambda: "“2026-13”" in screen_text(app), "the reason")
        assert screen_text(app).splitlines()[1].index("↑") == len(" is:unread date:")
        await pilot.press("enter")
        await pilot.pause()
        assert app.main_screen.query_one(FilterBar).editing
        assert filter_of(app) != "is:unread date:2026-13"


async def test_the_arrow_stands_under_the_place(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(100, 24)) as (app, pilot):
        await pilot.press("slash", *"产业 ", "left_parenthesis", *"abc")
        await until(pilot, lambda: "never closed" in screen_text(app), "the reason")
        written, reason = screen_text(app).splitlines()[:2]
        # Both lines hold wide characters only before the place: counted in cells, the two columns are the same.
        assert len(reason[: reason.index("↑")]) == len(written[: written.index("(")]) + 2


async def test_keys_typed_into_the_line_run_no_command(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("slash", *"qqUmfAntz")
        await pilot.pause()
        assert app.is_running
        assert app.main_screen.query_one(Input).value == "qqUmfAntz"
        assert not app.archive.flags(made(1).id).starred


async def test_going_elsewhere_with_the_mouse_keeps_what_is_written(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("slash", *"轻工装备")
        await pilot.click("Reader", offset=(5, 5))
        await until(pilot, lambda: not app.main_screen.query_one(FilterBar).editing, "the end of the line")
        assert filter_of(app) == "轻工装备"
        assert app.main_screen.state.pane == "reader"


async def test_clicking_a_term_takes_it_out(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("U", "t")
        await pilot.pause()
        await pilot.click("FilterTerms", offset=(2, 0))
        await until(pilot, lambda: filter_of(app) == "date:today", "the rest")


async def test_backspace_takes_the_last_term_out_and_a_view_as_a_whole(archive_path: Path) -> None:
    view = View(name="今日要闻", query="date:today 新闻")
    async with dashboard_of(archive_path, views=(view,)) as (app, pilot):
        await pilot.press("apostrophe", "1", "U", "backspace")
        await until(pilot, lambda: filter_of(app) == view.query, "the view alone")
        await pilot.press("backspace")
        await until(pilot, lambda: filter_of(app) == "", "all articles")


async def test_nothing_found_says_what_is_nearest(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("slash")
        await pilot.pause()
        app.main_screen.query_one(Input).post_message(Paste("机构：工业信息部"))
        await until(pilot, lambda: app.main_screen.query_one(Input).value == "机构：工业信息部", "the line")
        await pilot.press("enter")
        await until(pilot, lambda: "did you mean" in screen_text(app), "the nearest")
        assert "Bksp" in screen_text(app)


async def test_a_pasted_line_break_is_a_blank(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("slash")
        await pilot.pause()
        app.main_screen.query_one(Input).post_message(Paste("轻工\r\n装备\n"))
        await until(pilot, lambda: app.main_screen.query_one(Input).value == "轻工 装备", "both lines")


async def test_nothing_found_is_said_and_the_reader_is_empty(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("slash", *"没有这样的文章", "enter")
        await until(pilot, lambda: "Nothing matches" in screen_text(app), "the sentence")
        await until(pilot, lambda: "Choose an article" in screen_text(app), "the empty reader")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("数字 经济", ["数字", "经济"]), ('"a b" title:规划', ["a b", "规划"]), ("-房地产 is:unread", []),
        ('title:"a ""b"""', ['a "b"']), ("cat:部委动态 (甲 or 乙) 丙", ["甲", "乙", "丙"]), ("甲 -(乙 丙) 甲", ["甲"]),
    ],
)  # fmt: skip
def test_the_words_that_are_marked_in_the_text(text: str, words: list[str]) -> None:
    assert parse(text, TODAY).words() == words


async def test_a_long_search_is_counted_while_one_reads(archive_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_TEXTS", "_ROWS", "_SURE"):
        monkeypatch.setattr(f"feeds.archive.sqlite.lists.positions.{name}", 2)
    monkeypatch.setattr("feeds.archive.sqlite.lists.positions._PAGE", 1)
    monkeypatch.setattr("tui.screens.main.parts.counts.COUNTING", 0.001)
    async with dashboard_of(archive_path) as (app, pilot):
        app.main_screen.filtering.apply(app.main_screen.filtering.query_of("-没有的词"))
        assert listed(app) < 40
        await until(pilot, lambda: "40 articles" in screen_text(app), "the whole count")
        assert "1/40" in screen_text(app)
        assert listed(app) == 40


# -- the filter screen


def inside(choices: list[Choice], heading: str) -> dict[str, Choice]:
    found = next(choice for choice in choices if choice.label == heading)
    return {choice.label: choice for choice in found.inside}


def test_choices_count_what_they_would_leave(tmp_path: Path) -> None:
    with Archive.open(filled(tmp_path)) as archive:
        choices = choices_of(archive, Query(today=TODAY), TODAY)
    marks, sources = inside(choices, "Marks"), inside(choices, "Source")
    assert (marks["unread"].total, marks["starred"].total, marks["with a plan"].total) == (30, 1, 1)
    assert (sources["国内滚动"].total, sources["国内滚动"].unread) == (14, 10)
    category = inside(choices, "Category")["金融"]
    assert (category.total, category.inside[0].label, len(category.inside[0].inside)) == (40, "新浪财经", 3)
    year = inside(choices, "Date")["2026"]
    assert (year.total, year.inside[0].label, year.inside[0].total) == (40, "2026-03", 40)
    assert year.inside[0].inside[0].label == "2026-03-18"
    assert (inside(choices, "Due")["2028"].total, inside(choices, "Plan")["with goals"].total) == (1, 1)
    assert [choice.label for choice in choices] == ["Agency", "Due", "Plan", "Category", "Date", "Marks", "Source"]


def test_counts_heed_the_other_terms_but_not_their_own(tmp_path: Path) -> None:
    with Archive.open(filled(tmp_path)) as archive:
        choices = choices_of(archive, parse("is:unread source:国内滚动", TODAY), TODAY)
    sources = inside(choices, "Source")
    assert sources["国内滚动"].chosen
    assert (sources["部委动态"].total, sources["部委动态"].chosen) == (10, False)
    assert inside(choices, "Category")["金融"].total == 10


async def counted(app: DashboardApp, pilot: Pilot[None]) -> FacetTree:
    """The filter screen's tree, once it has its counts."""
    await pilot.press("F")
    await until(pilot, lambda: isinstance(app.screen, FilterScreen) and app.screen.query_one(FacetTree).rows, "counts")
    return app.screen.query_one(FacetTree)


async def test_choosing_changes_the_filter_while_the_screen_is_open(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        tree = await counted(app, pilot)
        while not tree.current or tree.current[1].value != "unread":
            await pilot.press("j")
        await pilot.press("space")
        await until(pilot, lambda: filter_of(app) == "is:unread", "the filter")
        await until(pilot, lambda: tree.current and tree.current[1].chosen, "the mark")
        assert listed(app) == 30
        await pilot.press("space")
        await until(pilot, lambda: filter_of(app) == "", "no filter")
        await until(pilot, lambda: tree.current and not tree.current[1].chosen, "no mark")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.main_screen, "the main screen")
        assert filter_of(app) == "is:unread"


async def test_a_branch_of_the_categories_is_chosen_by_its_path(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        tree = await counted(app, pilot)
        while not tree.current or tree.current[1].label != "部委动态":
            await pilot.press("j")
        await pilot.press("enter")
        await until(pilot, lambda: filter_of(app) == "cat:金融/新浪财经/部委动态", "the filter")
        assert listed(app) == 13


async def test_headings_fold_and_c_clears(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("U")
        tree = await counted(app, pilot)
        before = len(tree.rows)
        await pilot.press("h")
        assert len(tree.rows) == before - 2  # two agencies
        await pilot.press("l")
        assert len(tree.rows) == before
        await pilot.press("c")
        await until(pilot, lambda: filter_of(app) == "", "no filter")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.main_screen, "the main screen")


async def test_a_range_of_dates_is_written_by_hand(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        tree = await counted(app, pilot)
        while not tree.current or tree.current[1].value != "range":
            await pilot.press("j")
        await pilot.press("enter")
        await until(pilot, lambda: app.main_screen.query_one(FilterBar).editing, "the line")
        assert app.main_screen.query_one(Input).value == "date:"
        app.main_screen.query_one(Input).value = "date:2026-03-16..2026-03-17"
        await pilot.press("enter")
        await until(pilot, lambda: filter_of(app) == "date:2026-03-16..2026-03-17", "the filter")


async def test_counts_stand_whole_beside_the_scroll_bar(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(80, 14)) as (app, pilot):
        tree = await counted(app, pilot)
        await pilot.pause()
        assert tree.show_vertical_scrollbar
        shown = [tree.render_line(y).text.rstrip() for y in range(tree.room.height)]
        goals = next(text for text in shown if "with goals" in text)
        assert goals[-1].isdigit()


async def test_choices_are_counted_again_only_after_a_change(
    archive_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[Query] = []

    def count(archive: Engine, query: Query, *others: Any) -> list[Choice]:
        counted.append(query)
        return choices_of(archive, query, *others)

    monkeypatch.setattr("tui.screens.dialogs.filters.choices_of", count)
    async with dashboard_of(archive_path) as (app, pilot):
        for keys, times in (((), 1), ((), 1), (("m",), 2), ((), 2), (("U",), 3), ((), 3)):
            await pilot.press(*keys, "F")
            await until(pilot, lambda: app.screen.query(FacetTree) and "Agency" in screen_text(app), "the choices")
            await until(pilot, lambda: len(counted) == times, "the counts")  # noqa: B023
            await pilot.pause(0.05)
            assert len(counted) == times
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is app.main_screen, "the main screen")
