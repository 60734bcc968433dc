"""An index that rots under the dashboard: it comes back by itself, with the index made anew."""

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest

from feeds.archive.files import is_archive
from feeds.errors import ArchiveChanged, ArchiveGone, FeedError, IndexDamaged
from feeds.query import parse
from tests.tui.sample import config_at, dashboard_of
from tui import dashboard
from tui.app import DashboardApp
from tui.widgets.article_list import ArticleList


def rot(archive_path: Path) -> None:
    """Overwrite every page of the index but the first."""
    file = archive_path / "index.sqlite"
    size = file.stat().st_size
    with file.open("r+b") as opened:
        opened.seek(16384)
        opened.write(b"\x5a" * (size - 16384))


async def failed(app: DashboardApp) -> None:
    """Wait for the end; a pilot would wait for the screen, whose loop it ended."""
    for _look in range(2000):
        if app.failure is not None:
            return
        await asyncio.sleep(0.01)
    pytest.fail("the dashboard did not end")


def listed(app: DashboardApp) -> int:
    return app.main_screen.query_one(ArticleList).position[1]


async def test_a_page_that_cannot_be_read_ends_the_dashboard_as_a_failure_it_knows(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, _pilot):
        whole = listed(app)
        rot(archive_path)
        app.archive.parts.index.connection.execute("PRAGMA shrink_memory")  # forget the pages that were read
        app.main_screen.call_later(app.main_screen.filtering.apply, parse("轻工", app.main_screen.context.today()))
        await failed(app)
        assert isinstance(app.failure, IndexDamaged)
        assert app.return_code == 1
    async with dashboard_of(archive_path) as (app, _pilot):
        assert listed(app) == whole > 0
        assert app.failure is None


async def test_a_page_that_a_thread_meets_ends_it_too(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        rot(archive_path)
        await pilot.press("A")
        await failed(app)


async def test_what_another_process_found_is_noticed(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, _pilot):
        (archive_path / "index.damaged").touch()
        await failed(app)


async def test_a_bug_is_not_taken_for_it(archive_path: Path) -> None:
    async def met() -> None:
        async with dashboard_of(archive_path) as (app, pilot):
            app.main_screen.call_later(lambda: 1 / 0)
            await pilot.pause()

    with pytest.raises(ZeroDivisionError):
        await met()


class Rotting:
    """Stands in for the app: `ends` is why each of them ends."""

    ends: list[FeedError | None]
    notices: list[str]
    made: list[bool]
    return_code = 0

    def __init__(self, *_words: Any, notice: str, make: bool) -> None:
        self.notices.append(notice)
        self.made.append(make)
        self.failure: FeedError | None = None

    def run(self) -> None:
        self.failure = self.ends.pop(0)


@pytest.fixture
def rotting(monkeypatch: pytest.MonkeyPatch) -> type[Rotting]:
    monkeypatch.setattr(dashboard, "DashboardApp", Rotting)
    monkeypatch.setattr("gc.freeze", lambda: None)
    Rotting.notices, Rotting.made = [], []
    return Rotting


def test_the_dashboard_is_opened_again_and_says_why(archive_path: Path, rotting: type[Rotting]) -> None:
    rotting.ends = [IndexDamaged("one"), None]
    with pytest.raises(SystemExit) as left:
        dashboard.run(config_at(archive_path), archive_path)
    assert left.value.code == 0
    assert rotting.notices == ["", "The archive's index was damaged and is being made anew; no article is lost."]


def test_an_index_that_rots_twice_is_given_up(archive_path: Path, rotting: type[Rotting]) -> None:
    rotting.ends = [IndexDamaged("one"), IndexDamaged("two")]
    with pytest.raises(IndexDamaged, match="two"):
        dashboard.run(config_at(archive_path), archive_path)


def test_an_archive_that_changed_is_opened_again_as_often_as_it_does(
    archive_path: Path, rotting: type[Rotting]
) -> None:
    rotting.ends = [ArchiveChanged("one"), ArchiveChanged("two"), ArchiveChanged("three"), None]
    with pytest.raises(SystemExit):
        dashboard.run(config_at(archive_path), archive_path)
    assert rotting.notices == [""] * 4


def test_an_archive_that_went_is_not_made_again(archive_path: Path, rotting: type[Rotting]) -> None:
    rotting.ends = [IndexDamaged("one"), ArchiveGone.at("/x")]
    with pytest.raises(ArchiveGone):
        dashboard.run(config_at(archive_path), archive_path)
    assert rotting.made == [True, False]


@pytest.mark.parametrize("aside", [False, True])
async def test_a_folder_that_went_is_no_damaged_index(archive_path: Path, tmp_path: Path, aside: bool) -> None:  # noqa: FBT001 -- pytest gives it
    async with dashboard_of(archive_path) as (app, _pilot):
        shutil.move(archive_path, tmp_path / "aside") if aside else shutil.rmtree(archive_path)
        await failed(app)
        assert isinstance(app.failure, ArchiveGone)
    assert not is_archive(archive_path)


async def test_a_mark_is_not_made_where_the_folder_went(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, _pilot):
        shutil.rmtree(archive_path)
        app.main_screen.call_later(app.main_screen.marking.action_toggle_star)
        await failed(app)
        assert isinstance(app.failure, ArchiveGone)
    assert not is_archive(archive_path)
