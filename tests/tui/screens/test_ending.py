"""What does not end the dashboard: one q, one ^c, an action that fails."""

from pathlib import Path

import pytest

from feeds.archive import Archive
from feeds.config import View
from feeds.errors import ArchiveError, NoSuchArticle, reason_of
from tests.tui.sample import dashboard_of, screen_text, until
from tui.app import DashboardApp


async def test_q_alone_is_forgotten_and_the_footer_says_what_it_does(
    archive_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.main.parts.navigation.AGAIN", 0.05)
    async with dashboard_of(archive_path) as (app, pilot):
        assert "q Quit" in screen_text(app).splitlines()[-1]
        await pilot.press("q")
        await pilot.pause(0.3)
        await pilot.press("q")
        assert app.is_running
        await pilot.press("enter")
        await until(pilot, lambda: "q Back" in screen_text(app).splitlines()[-1], "the way back")


async def test_control_c_says_how_to_quit_and_quits_the_second_time(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("ctrl+c")
        assert app.is_running
        assert "^q" in notices(app)
        await pilot.press("ctrl+c")
    assert not app.is_running


FAILURES = (ArchiveError("the disk is full"), OSError(28, "No space left on device"), NoSuchArticle("it is gone"))


@pytest.mark.parametrize(
    ("keys", "failure"),
    [
        *(("f", failure) for failure in FAILURES),
        *(
            (keys, FAILURES[0])
            for keys in ("m", "A", "enter", "u", "equals_sign", "number_sign 新 enter", "apostrophe 1", "t")
        ),
    ],
)
async def test_what_fails_of_an_action_is_told_in_a_line(
    archive_path: Path, monkeypatch: pytest.MonkeyPatch, keys: str, failure: Exception
) -> None:
    def fail(*_words: object, **_more: object) -> None:
        raise failure

    view = View(name="全部", query="is:unread")
    async with dashboard_of(archive_path, views=(view,)) as (app, pilot):
        await pilot.press("j", "j", "f")
        for name in ("set_flags", "undo", "split_duplicates", "join_duplicates", "listing"):
            monkeypatch.setattr(Archive, name, fail)
        await pilot.press(*keys.split())
        words = str(reason_of(failure)) if isinstance(failure, OSError) else str(failure)
        await until(pilot, lambda: words in notices(app), "the reason")
        monkeypatch.undo()
        await pilot.press("j", "f")
        assert app.is_running


def notices(app: DashboardApp) -> str:
    return "\n".join(notice.message for notice in app._notifications)
