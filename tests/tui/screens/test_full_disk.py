"""A full disk under the dashboard: each mark is refused in a line, reading goes on, and it ends with 0."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from feeds.archive import Archive
from feeds.errors import FeedError
from tests import disks
from tests.tui.sample import dashboard_of, filled, until
from tui.app import DashboardApp


def told(app: DashboardApp, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lines that a reader is told."""
    lines: list[str] = []
    monkeypatch.setattr(app.main_screen, "complain", lambda error: lines.append(str(error)))
    return lines


@pytest.mark.parametrize("keys", [("f",), ("A",), ("enter",), ("m",), ("#", "a", "b", "enter")])
async def test_a_mark_is_refused_in_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keys: Any) -> None:
    with disks.disk(tmp_path / "disk") as disk:
        place = filled(disk / "archive")
        async with dashboard_of(place) as (app, pilot):
            lines = told(app, monkeypatch)
            disks.fill(disk)
            await pilot.press("j", *keys)
            await until(pilot, lambda: lines, "the line")
            assert "no space is left" in lines[0]
            await pilot.press("escape", "j", "k")
            assert app.failure is None
            app.exit()
        assert not app.return_code


async def test_what_could_not_be_taken_back_can_be_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with disks.disk(tmp_path / "disk") as disk:
        place = filled(disk / "archive")
        async with dashboard_of(place) as (app, pilot):
            lines = told(app, monkeypatch)
            before = app.archive.unread()
            await pilot.press("A")
            await until(pilot, lambda: app.main_screen.state.undos, "the marks")
            filling = disks.fill(disk)
            await pilot.press("u")
            await until(pilot, lambda: lines, "the line")
            filling.unlink()
            await pilot.press("u")
            await until(pilot, lambda: app.archive.unread() == before, "what was before")


async def _marked(pilot: Pilot[Any], app: DashboardApp, lines: list[str]) -> None:
    for key in ("f", "m", "="):
        count = len(lines)
        await pilot.press(key)
        await until(pilot, lambda count=count: len(lines) > count, "the line")  # type: ignore[misc]
    assert app.failure is None


@pytest.mark.parametrize("index", [True, False])
async def test_a_read_only_archive_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, index: bool) -> None:  # noqa: FBT001 -- pytest gives it
    with disks.disk(tmp_path / "disk") as disk:
        place = filled(disk / "archive")
        if not index:
            for file in place.glob("index.sqlite*"):
                file.unlink()
        disks.make_read_only(disk)
        async with dashboard_of(place) as (app, pilot):
            lines = told(app, monkeypatch)
            assert app.archive.listing().total == 40
            await _marked(pilot, app, lines)
            assert {"the archive cannot be written to: the file system is read-only"} == set(lines)


def test_a_failure_that_is_a_value_does_not_end_the_dashboard(tmp_path: Path) -> None:
    with Archive.open(filled(tmp_path / "archive")) as archive:
        shutil.rmtree(archive.path)
        with pytest.raises(FeedError, match="no longer there"):
            archive.set_flags([archive.listing().window(0, 1)[0].id], read=True)
