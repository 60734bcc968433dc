"""The main screen under its reader's fingers, over a real archive."""

import subprocess
import webbrowser
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from rich.console import RenderableType
from textual.pilot import Pilot
from textual.screen import Screen

from feeds.archive import Archive
from feeds.model import Flags, Span
from tests.tui.sample import HOSTILE, PARAGRAPHS, PLAN, dashboard_of, made, read_flags, screen_text, until
from tui import browsing
from tui.app import DashboardApp
from tui.widgets.article_list import ArticleList
from tui.widgets.plan_tree import PlanTree
from tui.widgets.reader import Reader

PLAN_TITLE = "两部门部署轻工装备改造"


def shown_id(app: DashboardApp) -> str | None:
    article = app.main_screen.query_one(Reader).article
    return article.id if article else None


def is_shown(app: DashboardApp, number: int) -> bool:
    return shown_id(app) == made(number).id


def at(app: DashboardApp) -> int:
    return app.main_screen.query_one(ArticleList).position[0]


async def open_number(app: DashboardApp, pilot: Pilot[None], number: int) -> None:
    """Put the list on an article and open it."""
    app.main_screen.query_one(ArticleList).select(made(number).id)
    await pilot.pause()
    await pilot.press("enter")
    await until(
        pilot, lambda: shown_id(app) == made(number).id and app.main_screen.state.pane == "reader", "the article"
    )


async def test_the_newest_article_is_selected_and_shown_but_stays_unread(archive_path: Path) -> None:
    with Archive.open(archive_path, write=True) as archive:
        archive.set_flags([made(0).id], read=False)
    async with dashboard_of(archive_path) as (app, pilot):
        await until(pilot, lambda: shown_id(app) == made(0).id, "the first article")
        assert at(app) == 0
    assert not read_flags(archive_path, 0).read


async def test_the_first_picture_holds_list_text_and_plan(archive_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures: list[str] = []
    displayed = DashboardApp._display

    def display(app: DashboardApp, screen: Screen[object], drawn: RenderableType | None) -> None:
        if drawn is not None:
            pictures.append(screen_text(app))
        displayed(app, screen, drawn)

    with Archive.open(archive_path, write=True) as archive:
        archive.store(made(-1, PLAN_TITLE, plan=PLAN))
    monkeypatch.setattr(DashboardApp, "_display", display)
    async with dashboard_of(archive_path):
        first = pictures[0]
    assert first.count(PLAN_TITLE) == 2  # in the list, and over the text
    assert PARAGRAPHS[0][:10] in first
    assert PLAN.groups[0].label in first.replace(PARAGRAPHS[1], "")


async def test_a_pane_that_changes_its_length_lays_nothing_out_anew(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        layouts: list[object] = []
        app.main_screen.screen_layout_refresh_signal.subscribe(app.main_screen, layouts.append)
        await pilot.press("j", "j")
        await until(pilot, lambda: is_shown(app, 2), "the third article")
        assert app.main_screen.query_one(PlanTree).count
        assert not layouts


async def test_moving_shows_the_article_without_marking_it_read(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("j")
        await until(pilot, lambda: shown_id(app) == made(1).id, "the second article")
    assert not read_flags(archive_path, 1).read


async def test_enter_opens_the_article_and_marks_it_read(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await open_number(app, pilot, 1)
        assert app.focused is app.main_screen.query_one(Reader)
    assert read_flags(archive_path, 1).read


async def test_q_goes_back_to_the_list_and_from_there_out(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await open_number(app, pilot, 1)
        await pilot.press("q")
        assert app.main_screen.state.pane == "list"
        await pilot.press("q")
        assert app.is_running
        assert "Press q again to quit" in screen_text(app)
        await pilot.press("q")
    assert not app.is_running


async def test_n_in_the_list_goes_to_the_next_unread_without_opening_it(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("n", "n", "n")
        assert at(app) == 3
        await pilot.press("n")
        assert at(app) == 5
        await pilot.press("N")
        assert at(app) == 3
        assert app.main_screen.state.pane == "list"
    assert not read_flags(archive_path, 5).read


async def test_n_while_reading_opens_the_next_unread(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await open_number(app, pilot, 3)
        await pilot.press("n")
        await until(pilot, lambda: shown_id(app) == made(5).id, "the next unread article")
        assert app.main_screen.state.pane == "reader"
        await until(pilot, lambda: read_flags(archive_path, 5).read, "its mark")


async def test_under_unread_only_n_leaves_out_no_article(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("U", "enter")
        order = [1, 2, 3, 5, 6]
        for number in order:
            await until(pilot, partial(is_shown, app, number), f"number {number}")
            await pilot.press("n")
    for number in order:
        assert read_flags(archive_path, number).read


async def test_space_reads_on_and_then_opens_the_next_unread(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(100, 24)) as (app, pilot):
        await open_number(app, pilot, 2)
        reader = app.main_screen.query_one(Reader)
        await pilot.press("space")
        assert shown_id(app) == made(2).id
        assert reader.scroll_offset.y > 0
        while shown_id(app) == made(2).id:
            await pilot.press("space")
            await pilot.pause()
        await until(pilot, lambda: shown_id(app) == made(3).id, "the next article")


async def test_m_and_f_mark_and_u_takes_back_one_after_the_other(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("j", "m", "f")
        assert app.archive.flags(made(1).id) == Flags(read=True, starred=True)
        await pilot.press("u")
        assert app.archive.flags(made(1).id) == Flags(read=True)
        await pilot.press("u")
        assert app.archive.flags(made(1).id) == Flags()
        await pilot.press("u")
        assert app.archive.flags(made(1).id) == Flags()


async def test_a_star_is_seen_in_the_text_at_once_and_the_place_stays(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(100, 24)) as (app, pilot):
        await open_number(app, pilot, 2)
        await pilot.press("ctrl+d", "ctrl+d")
        reader = app.main_screen.query_one(Reader)
        before = reader.scroll_offset.y
        assert before > 0
        await pilot.press("f")
        await pilot.pause()
        assert reader.scroll_offset.y == before
        await pilot.press("g")
        await until(pilot, lambda: screen_text(app).count("★") == 2, "the star in list and text")


async def test_all_of_the_filter_is_read_at_once_and_taken_back_at_once(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        before = app.archive.unread()
        app.main_screen.filtering.apply(app.main_screen.filtering.with_toggled("source", "7x24"))
        await pilot.press("A")
        await until(pilot, lambda: app.archive.unread() < before, "the marks")
        left = app.archive.listing(app.main_screen.state.query.with_term("is", "unread")).total
        assert left == 0
        assert app.archive.unread() > 0
        await until(pilot, lambda: app.main_screen.state.undos, "what takes it back")
        await pilot.press("u")
        assert app.archive.unread() == before


async def test_a_node_of_the_plan_marks_its_sentence_in_the_text(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(200, 30)) as (app, pilot):
        await open_number(app, pilot, 2)
        marked: list[Span] = []
        app.main_screen.query_one(Reader).mark = marked.append  # type: ignore[method-assign, assignment]
        await pilot.press("l", "G", "enter")
        await until(pilot, lambda: marked, "the mark")
        assert set(marked) == {PLAN.groups[0].items[-1].span}
        assert app.main_screen.state.pane == "plan"


async def test_where_the_plan_stands_alone_choosing_a_node_goes_to_the_text(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(50, 14)) as (app, pilot):
        await open_number(app, pilot, 2)
        await pilot.press("p", "G", "enter")
        await until(pilot, lambda: app.main_screen.state.pane == "reader", "the reader")
        await until(pilot, lambda: "普及率达到85%" in screen_text(app), "the sentence")


async def test_moving_in_the_text_marks_the_node(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(200, 30)) as (app, pilot):
        await open_number(app, pilot, 2)
        told: list[tuple[int, int, int]] = []
        app.main_screen.query_one(PlanTree).highlight = lambda *place: told.append(place)  # type: ignore[method-assign]
        await pilot.press(*"jjjjjjjjjjjj")
        await until(pilot, lambda: {p for p, _start, _end in told} >= {0, 1, 2}, "the places")


async def test_new_articles_move_neither_selection_nor_view_nor_text(archive_path: Path, writer: Archive) -> None:
    async with dashboard_of(archive_path, size=(160, 20)) as (app, pilot):
        await open_number(app, pilot, 2)
        await pilot.press("j", "j", "j", "ctrl+d")
        reader, articles = app.main_screen.query_one(Reader), app.main_screen.query_one(ArticleList)
        before = reader.scroll_offset.y, reader.cursor
        rows = screen_row_of(app, "两部门部署轻工装备数字化改造")
        writer.store_many([made(-n, f"刚刚到来的新闻{n}") for n in range(1, 30)])
        await until(pilot, lambda: articles.position == (31, 69), "the new ones")
        assert shown_id(app) == made(2).id
        assert (reader.scroll_offset.y, reader.cursor) == before
        assert screen_row_of(app, "两部门部署轻工装备数字化改造") == rows
        assert "29 new" in screen_text(app)
        assert app.main_screen.state.pane == "reader"


def screen_row_of(app: DashboardApp, words: str) -> int:
    return next(number for number, line in enumerate(screen_text(app).splitlines()) if words in line)


async def test_marks_made_by_another_process_are_seen(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        with Archive.open(archive_path) as other:
            other.set_flags([made(n).id for n in range(40)], read=True)
        await until(pilot, lambda: "30 unread" not in screen_text(app), "the marks")


async def test_hostile_titles_are_text(archive_path: Path, writer: Archive) -> None:
    writer.store(made(-1, HOSTILE))
    async with dashboard_of(archive_path, size=(200, 30)) as (app, pilot):
        await open_number(app, pilot, -1)
        text = screen_text(app)
        assert text.count("[@click=app.quit]点我[/]") == 2
        assert "\x1b" not in text
        for x in range(0, 200, 9):
            await pilot.click(offset=(x, 1))
        assert app.is_running


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What would have been started."""
    started: list[list[str]] = []

    def run(words: list[str], **_how: Any) -> subprocess.CompletedProcess[bytes]:
        started.append(words)
        return subprocess.CompletedProcess(words, 0)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.BackgroundBrowser("true"))
    return started


async def test_o_gives_the_address_to_the_browser_as_one_argument(archive_path: Path, browser: list[list[str]]) -> None:
    async with dashboard_of(archive_path) as (_app, pilot):
        await pilot.press("j", "o")
        await until(pilot, lambda: browser, "the browser")
    assert browser[0][-1] == made(1).url


async def test_a_browser_that_cannot_be_started_is_told(archive_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browsing, "open_url", lambda _url: False)
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("o")
        await until(pilot, lambda: "No web browser" in screen_text(app), "the complaint")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "file:///etc/passwd", "http://", "https:///path", "http://[::1", "ftp://a.cn/", "--help",
        "http://a.cn/\x1b[31m", "http://a.cn/a b", "http://a.cn/\u202etxt.exe", "",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_never_opened(url: str) -> None:
    assert not browsing.may_open(url)
    assert not browsing.open_url(url)


@pytest.mark.parametrize("url", ["http://a.cn", "https://finance.example.cn/a?b=1;touch%20x", "http://[::1]:8/"])
def test_web_addresses_may_be_opened(url: str) -> None:
    assert browsing.may_open(url)


async def test_y_copies_the_address(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("j", "y", "y")
        assert app.clipboard == made(1).url


async def test_an_empty_archive_says_so(tmp_path: Path) -> None:
    async with dashboard_of(tmp_path / "new") as (app, pilot):
        await pilot.press("j", "enter", "m", "f", "n", "o", "y", "y", "A", "l", "space", "G", "h")
        await until(pilot, lambda: "Nothing is polled now" in screen_text(app), "the sentence")
        assert app.is_running


async def test_a_whole_text_can_be_read(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(120, 60)) as (app, pilot):
        await open_number(app, pilot, 2)
        await pilot.press("z", "G")
        await until(pilot, lambda: PARAGRAPHS[-1][:12] in screen_text(app), "the last paragraph")


# -- n and N in a search


async def test_n_walks_from_hit_to_hit_and_on_to_the_next_article(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        app.main_screen.filtering.apply(app.main_screen.filtering.query_of("压实责任 or 第3号"))
        await open_number(app, pilot, 2)
        reader = app.main_screen.query_one(Reader)
        await pilot.press("n")
        first = reader.cursor
        await pilot.press("n")
        assert reader.cursor > first
        assert shown_id(app) == made(2).id
        reader.to_hit(-1)
        await pilot.press("n")
        await until(pilot, lambda: is_shown(app, 3), "the next article")
        assert app.main_screen.state.pane == "reader"
        await until(pilot, lambda: read_flags(archive_path, 3).read, "its mark")
        await pilot.press("N")
        if is_shown(app, 3):  # the first of its hits stands in the line that was gone to
            await pilot.press("N")
        await until(pilot, lambda: is_shown(app, 2), "the article before")
        assert reader.cursor > first


async def test_behind_the_last_article_of_a_search_nothing_moves(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        app.main_screen.filtering.apply(app.main_screen.filtering.query_of("title:轻工装备"))
        await open_number(app, pilot, 2)
        await pilot.press("n", "N")
        await until(pilot, lambda: "No further hit" in screen_text(app), "the sentence")
        assert is_shown(app, 2)


async def test_the_footer_says_what_n_does(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await open_number(app, pilot, 2)
        await until(pilot, lambda: "Next unread" in screen_text(app), "the key of every day")
        app.main_screen.filtering.apply(app.main_screen.filtering.query_of("轻工"))
        await until(pilot, lambda: "Next hit" in screen_text(app), "the key of a search")
        assert "Next unread" not in screen_text(app)


async def test_a_filter_marks_the_text_that_is_shown_already(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("j", "j")
        await until(pilot, lambda: is_shown(app, 2), "the article")
        app.main_screen.filtering.apply(app.main_screen.filtering.query_of("輕工裝備"))
        await until(pilot, lambda: is_shown(app, 2), "the same article")
        reader = app.main_screen.query_one(Reader)
        assert reader.searching
        await pilot.press("enter", "n")
        await pilot.pause()
        wanted = reader.painter.look("page", "text", "hit-now").bgcolor
        drawn = [segment for y in range(reader.size.height) for segment in reader.render_line(y)]
        assert "轻工装备" in "".join(part.text for part in drawn if part.style and part.style.bgcolor == wanted)


# -- what stays while one reads


async def test_under_unread_only_an_opened_article_stays_until_the_filter_is_set_again(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("U")
        before = app.main_screen.query_one(ArticleList).position
        await pilot.press("enter")
        await until(pilot, lambda: read_flags(archive_path, 1).read, "the mark")
        await pilot.pause()
        assert app.main_screen.query_one(ArticleList).position == before == (0, 30)
        await pilot.press("q", "j")
        await until(pilot, lambda: is_shown(app, 2), "the next line")
        assert at(app) == 1
        await pilot.press("m")
        assert app.main_screen.query_one(ArticleList).position == (1, 30)
        await pilot.press("U", "U")
        assert app.main_screen.query_one(ArticleList).position == (0, 28)


async def test_a_star_taken_away_keeps_its_row(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("asterisk", "f")
        assert not app.archive.flags(made(5).id).starred
        assert app.main_screen.query_one(ArticleList).position == (0, 1)
        await pilot.press("c", "asterisk")
        assert app.main_screen.query_one(ArticleList).position == (-1, 0)
