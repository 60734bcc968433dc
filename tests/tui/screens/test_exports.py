"""The menu of exports: a format, the article or the filter, a file that is proposed and never replaced unasked."""

import json
from pathlib import Path

import pytest

from feeds.posts import kept_post
from tests.tui.sample import dashboard_of, made, screen_text, until


async def test_an_export_is_written_where_it_was_proposed(
    archive_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.chdir(folder)

    def files() -> list[Path]:
        return sorted(path for path in folder.iterdir() if not path.name.endswith(".part"))

    async with dashboard_of(archive_path, size=(120, 40)) as (app, pilot):
        await pilot.press("j", "enter", "e")
        await until(pilot, lambda: "This article" in screen_text(app), "the menu")
        await pilot.press("7")
        await until(pilot, files, "the plan of the article")
        assert json.loads(files()[0].read_text("utf-8"))["id"] == made(1).id
        await until(pilot, lambda: "1 file written" in screen_text(app), "what was written")
        await pilot.press("e", "7")
        await until(pilot, lambda: "exists" in screen_text(app), "the question")
        files()[0].write_text("", "utf-8")
        await pilot.press("enter")
        await until(pilot, lambda: files()[0].read_text("utf-8"), "the file again")
        files()[0].unlink()
        await pilot.press("q", "e")
        await until(pilot, lambda: "of the filter" in screen_text(app), "all of the list")
        await pilot.press("enter")
        await until(pilot, lambda: "files written" in screen_text(app), "a folder of posts")
        posts = list(files()[0].iterdir())
        assert len(posts) == 40
        assert all(kept_post(path.read_bytes()) for path in posts)
        await pilot.press("L")
        await pilot.pause()
        await pilot.press("e", "1")
        await until(pilot, lambda: [path for path in files() if path.suffix == ".csv"], "the table")
