"""Saved views: by number, by their own key, from the chooser and from the palette; the bar says which one is shown."""

import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from feeds.archive import Archive, Engine
from feeds.config import View, load
from feeds.errors import ArchiveError
from feeds.query import parse
from tests.tui.sample import NOW, dashboard_of, screen_text, until
from tui.screens.dialogs.filters import FilterScreen, count_some
from tui.screens.dialogs.name import NameScreen
from tui.screens.dialogs.palette import PaletteScreen
from tui.screens.dialogs.views import ViewsScreen
from tui.screens.main.parts.filtering import view_in
from tui.text import cells
from tui.widgets.bars.view_strip import ViewStrip
from tui.widgets.menus.row_list import RowList

VIEWS = (
    View(name="今日", query="date:today"),
    View(name="今日未读", query="date:today is:unread", key="b"),
    View(name="规划", query="has:plan", key="j"),
)


@pytest.mark.parametrize(
    ("keys", "query"),
    [
        ("'1", "date:today"), ("'2", "date:today is:unread"), ("b", "date:today is:unread"),
        ("v2", "date:today is:unread"),
        ("vb", "date:today is:unread"), ("'3v", "has:plan"), ("j", ""), ("'9", ""), ("v9", ""), ("U'1", "date:today"),
        ("2", ""),
    ],
)  # fmt: skip
async def test_a_key_shows_a_view(archive_path: Path, keys: str, query: str) -> None:
    async with dashboard_of(archive_path, views=VIEWS) as (app, pilot):
        await pilot.press(*keys)
        await pilot.pause()
        assert str(app.main_screen.state.query) == query


async def test_the_views_stand_over_the_list_where_there_is_room(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(100, 40), views=VIEWS, since_you_left=False) as (app, pilot):
        unread = app.archive.listing(parse("date:today is:unread", NOW.date())).count()
        await until(pilot, lambda: f"今日 {unread}  '2 今日未读 {unread}  '3 规划" in screen_text(app), "the counts")
        strip = app.main_screen.query_one(ViewStrip)
        await pilot.press("m")
        await until(pilot, lambda: strip.unread["今日"] == unread + 1, "the count after a mark")
        await pilot.click(ViewStrip, offset=(strip.size.width - 1, 0))
        assert not app.main_screen.state.query
        await pilot.click(ViewStrip, offset=(cells(f" '1 今日 {unread} ") + 3, 0))
        await until(pilot, lambda: strip.current == "今日未读", "the view")
        await pilot.press("U")
        assert strip.current == "今日"
        assert strip.told == {}
        app._screen_context.last_key = time.monotonic() + 1000  # keys come all the time
        strip.unread = {}
        app.main_screen.marking.action_toggle_read()
        app.main_screen.shown_views.look()
        assert "今日" in app.main_screen.shown_views._pending
        await pilot.pause(0.05)
        assert strip.unread == {}
        app._screen_context.last_key = 0.0
        app.main_screen.shown_views.look()
        await until(pilot, lambda: strip.unread.get("今日"), "the count when no key comes")
        strip.told = {"今日": 3}
        assert "".join(strip.parts()[0]) == f" '1 今日 {strip.unread['今日']} ◆3 "
        await pilot.resize_terminal(100, 24)
        await until(pilot, lambda: not strip.display, "no strip where there is no room")


def test_some_views_are_counted_at_a_time(archive_path: Path) -> None:
    with Archive.open(archive_path) as archive:
        unread = archive.listing(parse("date:today is:unread", NOW.date())).count()
        for stops in ((True,), (False, True), (False, False, False)):
            counts = count_some(archive, VIEWS, NOW.date(), partial(next, iter(stops)))
            assert list(counts) == [view.name for view in VIEWS[: len(stops)]]
            assert counts["今日"] == unread


async def test_the_chooser_counts_many_views_a_few_at_a_time(
    archive_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = tuple(View(name=f"视图{number}", query="date:today") for number in range(50))
    read: list[int] = []

    def count(archive: Engine, views: Sequence[View], *others: Any) -> dict[str, int]:
        counts = count_some(archive, views, *others)
        read.append(len(counts))
        return counts

    monkeypatch.setattr("tui.screens.dialogs.views.count_some", count)
    monkeypatch.setattr("tui.screens.dialogs.views._BUDGET", 0)
    async with dashboard_of(archive_path, views=many) as (app, pilot):
        unread = app.archive.listing(parse("date:today is:unread", NOW.date())).count()
        await pilot.press("v")
        await until(pilot, lambda: isinstance(app.screen, ViewsScreen), "the chooser")
        rows = app.screen.query_one(RowList)
        rows.cursor = 30
        await until(pilot, lambda: len(read) > 3, "some counts")
        assert set(read) == {1}
        assert rows.cursor == 30
        await until(pilot, lambda: all(f" {unread} " in row.plain for row in rows._rows), "every count")
        assert sum(read) == len(many)


async def test_the_chooser_begins_with_the_view_in_force(archive_path: Path) -> None:
    async with dashboard_of(archive_path, views=VIEWS) as (app, pilot):
        await pilot.press("apostrophe", "2", "v")
        await until(pilot, lambda: isinstance(app.screen, ViewsScreen), "the chooser")
        assert app.screen.query_one(RowList).cursor == 1
        assert "date:today is:unread" in screen_text(app)
        await pilot.press("down", "enter")
        await until(pilot, lambda: str(app.main_screen.state.query) == "has:plan", "the view")
        assert app.screen is app.main_screen


async def test_the_bar_says_the_views_name_and_what_is_added(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(80, 24), views=VIEWS) as (app, pilot):
        await pilot.press("apostrophe", "1")
        await pilot.pause()
        assert screen_text(app).splitlines()[0].split()[0] == "今日"
        await pilot.press("asterisk")
        await pilot.pause()
        assert screen_text(app).splitlines()[0].split()[:3] == ["今日", "✕", "starred"]
        await pilot.press("c")
        await pilot.pause()
        assert screen_text(app).splitlines()[0].split()[:2] == ["All", "articles"]


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("date:today", "今日", ()), ("is:unread date:today", "今日未读", ()), ("产业 date:today", "今日", ("产业",)),
        ("is:unread", "", ("is:unread",)), ("", "", ()),
    ],
)  # fmt: skip
def test_the_view_that_says_most_names_the_filter(text: str, name: str, rest: tuple[str, ...]) -> None:
    assert view_in(parse(text, NOW.date()), VIEWS) == (name, rest)


async def test_the_palette_has_every_view_by_name(archive_path: Path) -> None:
    async with dashboard_of(archive_path, views=VIEWS) as (app, pilot):
        await pilot.press("colon")
        await until(pilot, lambda: isinstance(app.screen, PaletteScreen), "the palette")
        await pilot.press(*"规划")
        await until(pilot, lambda: "View: 规划" in screen_text(app), "the view")
        await pilot.press("enter")
        await until(pilot, lambda: str(app.main_screen.state.query) == "has:plan", "the view")


async def test_without_views_the_chooser_says_how_to_come_by_one(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("v")
        await until(pilot, lambda: "S keeps the filter" in screen_text(app), "the sentence")
        await pilot.press("apostrophe", "1", "enter", "q")
        await until(pilot, lambda: app.screen is app.main_screen, "the main screen")


async def test_the_best_come_first_when_asked(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        app.main_screen.filtering.apply(app.main_screen.filtering.query_of("产业"))
        await pilot.press("colon", *"best", "enter")
        await until(pilot, lambda: str(app.main_screen.state.query) == "产业 order:rank", "the order")
        await pilot.press("colon", *"best", "enter")
        await until(pilot, lambda: str(app.main_screen.state.query) == "产业", "the order of every day")


def view_names(path: Path) -> list[str]:
    return [view.name for view in load(path).views]


async def test_views_are_kept_renamed_moved_and_removed_from_inside(archive_path: Path) -> None:
    path = archive_path / "config.toml"
    path.write_text('# mine\n[[view]]\nname = "今日"  # daily\nquery = "date:today"\n', "utf-8")
    async with dashboard_of(archive_path, views=VIEWS[:1]) as (app, pilot):
        await pilot.press("U", "S")
        await until(pilot, lambda: isinstance(app.screen, NameScreen), "the box")
        await pilot.press(*"未读的", "enter")
        await until(pilot, lambda: view_names(path) == ["今日", "未读的"], "the view")
        assert screen_text(app).splitlines()[0].split()[0] == "未读的"
        await pilot.press("v")
        await until(pilot, lambda: "30" in screen_text(app), "the unread ones")
        assert app.screen.query_one(RowList).cursor == 1
        await pilot.press("K", "equals_sign")
        await until(pilot, lambda: isinstance(app.screen, NameScreen), "the box")
        await pilot.press("b", "enter")
        await pilot.pause()
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, NameScreen), "the box")
        await pilot.press("x", "enter")
        await until(pilot, lambda: view_names(path) == ["未读的x", "今日"], "name and place")
        await pilot.press("d")
        await until(pilot, lambda: view_names(path) == ["今日"], "one view")
        await pilot.press("u")
        await until(pilot, lambda: view_names(path) == ["未读的x", "今日"], "both views")
        await pilot.press("b")
        await until(pilot, lambda: app.screen is app.main_screen, "the main screen")
        assert str(app.main_screen.state.query) == "is:unread"
    assert load(path).views[0] == View(name="未读的x", query="is:unread", key="b")
    assert '"今日"  # daily' in path.read_text("utf-8")


async def test_what_cannot_be_counted_is_told_and_the_dialogs_stay(
    archive_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with dashboard_of(archive_path, views=VIEWS) as (app, pilot):

        def refuse(*_: object, **_named: object) -> Archive:
            raise ArchiveError("the lock cannot be had")

        monkeypatch.setattr(Archive, "open", refuse)
        for key, kind in (("v", ViewsScreen), ("F", FilterScreen)):
            app.clear_notifications()
            await pilot.press(key)
            await until(pilot, lambda kind=kind: isinstance(app.screen, kind), "the dialog")  # type: ignore[misc]
            await until(pilot, lambda: "the lock cannot be had" in screen_text(app), "the reason")
            await pilot.press("escape")
        assert app.screen is app.main_screen


async def test_a_view_at_the_end_stays_there_and_nothing_more_is_undone(archive_path: Path) -> None:
    path = archive_path / "config.toml"
    written = "".join(f'[[view]]\nname = "{view.name}"\nquery = "{view.query}"\n' for view in VIEWS)
    path.write_text(written, "utf-8")
    async with dashboard_of(archive_path, views=load(path).views) as (app, pilot):
        await pilot.press("v")
        await until(pilot, lambda: isinstance(app.screen, ViewsScreen), "the chooser")
        rows = app.screen.query_one(RowList)
        await pilot.press("K", "J", "J", "J")
        await pilot.pause()
        assert rows.cursor == 2
        assert [view.name for view in load(path).views] == ["今日未读", "规划", "今日"]
        path.write_text(path.read_text("utf-8") + "# 手写\n", "utf-8")
        await pilot.press("u")
        await until(pilot, lambda: app._notifications, "the reason")
        path.write_text(path.read_text("utf-8").removesuffix("# 手写\n"), "utf-8")
        await pilot.press("u", "u")
        assert path.read_text("utf-8") == written
        await pilot.press("u")
        await until(pilot, lambda: "nothing to undo" in screen_text(app), "the answer")
