"""The panel of the news since the last session: shown once, passed by with any key, never in a key's way."""

from datetime import timedelta
from pathlib import Path

import pytest

from feeds.archive import Archive
from feeds.archive.state import Session, load_left, save_session
from tests.archive.conftest import small
from tests.tui.sample import NOW, dashboard_of, screen_text, until
from tui.screens.main import since_left
from tui.widgets.article_list import ArticleList
from tui.widgets.digest_panel import DigestPanel

TITLE = "Since you left"


@pytest.fixture
def left_path(archive_path: Path) -> Path:
    """An archive that a dashboard left before its articles came."""
    save_session(archive_path, Session(left=NOW - timedelta(days=1)))
    return archive_path


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 10), (10, 3)])
async def test_the_panel_is_passed_by_with_a_key_that_still_does_its_work(
    left_path: Path, size: tuple[int, int]
) -> None:
    async with dashboard_of(left_path, size=size) as (app, pilot):
        await until(pilot, lambda: bool(app.screen.query(DigestPanel)), "the panel")
        panel = app.screen.query_one(DigestPanel)
        await until(pilot, lambda: panel.region.area > 0, "its place")
        assert app.screen.region.contains_region(panel.region) or size == (10, 3)
        if size[0] >= 40:
            assert TITLE in screen_text(app)
            assert "new articles" in screen_text(app)
        assert isinstance(app.focused, ArticleList)
        await pilot.resize_terminal(size[0] + 8, size[1] + 2)
        before = app.main_screen.query_one(ArticleList).cursor
        await pilot.press("j")
        await until(pilot, lambda: not app.screen.query(DigestPanel), "its end")
        assert app.main_screen.query_one(ArticleList).cursor == before + 1
    assert load_left(left_path, NOW) == NOW  # the session ended


async def test_a_key_that_closes_a_box_does_nothing_else(left_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(since_left, "_LOOK", 0.0)
    async with dashboard_of(left_path) as (app, pilot):
        await until(pilot, lambda: bool(app.screen.query(DigestPanel)), "the panel")
        await pilot.press("enter")
        await until(pilot, lambda: not app.screen.query(DigestPanel), "its end")
        assert app.main_screen.state.pane == "list"
        await pilot.press("colon", *"since you", "enter")
        await until(pilot, lambda: bool(app.screen.query(DigestPanel)), "the panel again")
        await pilot.click(DigestPanel)
        await until(pilot, lambda: not app.screen.query(DigestPanel), "its end by the mouse")


async def test_a_reader_who_has_begun_gets_a_line(left_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin = since_left.SinceLeft.begin
    monkeypatch.setattr(since_left.SinceLeft, "begin", lambda _self: None)
    async with dashboard_of(left_path) as (app, pilot):
        await pilot.press("j")
        begin(app.main_screen.since_left)
        await until(pilot, lambda: "new articles" in screen_text(app), "the line")
        assert not app.screen.query(DigestPanel)


@pytest.mark.parametrize("text", [None, b"{", b'{"left": "2999-01-01T00:00:00Z"}'])
async def test_without_a_session_there_is_no_panel(archive_path: Path, text: bytes | None) -> None:
    if text:
        (archive_path / "session.json").write_bytes(text)
    async with dashboard_of(archive_path) as (app, pilot):
        if text == b"{":
            await until(pilot, lambda: "session.json cannot be read" in screen_text(app), "the line")
        await pilot.press("j", "k")
        assert not app.screen.query(DigestPanel)


async def test_nothing_new_shows_nothing(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive", write=True) as archive:
        archive.store(small("旧"))
    save_session(tmp_path / "archive", Session(left=NOW))
    async with dashboard_of(tmp_path / "archive") as (app, pilot):
        await pilot.pause(0.3)
        assert not app.screen.query(DigestPanel)
