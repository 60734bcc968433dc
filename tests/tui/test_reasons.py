"""The sentences where there is nothing to read: the reason, and keys that help."""

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from feeds.archive import Archive
from feeds.model import Fault
from tests.tui.sample import NOW, dashboard_of, screen_text, until
from tui.keyboard import in_force
from tui.polling.reasons import empty_reason, failure_of_all
from tui.polling.status import PollingStatus, SourceStatus
from tui.widgets.bars.status_line import line_of

LOST = Fault("{host} was not found", {"host": "feed.example.cn"})
FAILING = SourceStatus(name="水利快报", fault=LOST, failing_since=NOW - timedelta(minutes=50))
OTHER = SourceStatus(name="粮价周报", fault=LOST, failing_since=NOW - timedelta(minutes=9))
WELL = SourceStatus(name="林业要闻", answered=NOW)
PAUSED = SourceStatus(name="停用", paused=True)


def status_of(*sources: SourceStatus, state: str = "running") -> PollingStatus:
    return replace(PollingStatus(sources=sources), state=state)


def test_every_source_fails_since_the_first_failure() -> None:
    said = failure_of_all(status_of(OTHER, FAILING, PAUSED), NOW)
    assert said == "No source answers since 50 min ago: feed.example.cn was not found"
    assert failure_of_all(status_of(replace(OTHER, failing_since=None)), NOW).startswith("No source answers: feed")
    for sources in ((), (FAILING, WELL), (FAILING, SourceStatus(name="新")), (PAUSED,)):
        assert failure_of_all(status_of(*sources), NOW) == ""


@pytest.mark.parametrize(
    ("status", "reason", "keys"),
    [
        (status_of(FAILING, OTHER), "feed.example.cn was not found", "R Reload all   s Sources   ? Help"),
        (status_of(), "No source is set up yet.", "s Sources   : Commands   ? Help"),
        (status_of(PAUSED), "Every source is paused.", "s Sources"),
        (status_of(WELL, state="off"), "Nothing is polled now.", "R Reload all"),
        (status_of(WELL, state="reading-only"), "another zhengwen polls this archive", "^q Quit"),
        (status_of(WELL), "New ones appear by themselves.", "R Reload all"),
        (status_of(SourceStatus(name="新", asking=True)), "asked for the first time", "? Help"),
    ],
)
def test_an_empty_archive_says_why_and_which_keys_help(status: PollingStatus, reason: str, keys: str) -> None:
    said = empty_reason(status, NOW)
    assert reason in said
    assert keys in said
    assert ("--demo" in said) == (FAILING in status.sources or status.state == "off" or not status.sources)


def test_the_sentences_show_the_keys_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_force._InForce, "keymap", in_force.KeyMap(own={("", "reload-all"): (("f5",),)}))
    assert "f5 Reload all" in empty_reason(status_of(FAILING), NOW)


def test_the_status_line_says_once_that_no_source_answers() -> None:
    line = line_of(status_of(FAILING, OTHER), "1/9", 150, NOW).plain
    assert line.count("was not found") == 1
    assert "since 50 min ago" in line
    assert "R Reload all   s Sources   ? Help" in line
    assert "水利快报" in line_of(status_of(FAILING, WELL), "1/9", 150, NOW).plain


async def test_the_first_start_says_the_reason_in_the_list(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "empty", write=True):
        pass
    async with dashboard_of(tmp_path / "empty", size=(80, 24)) as (app, pilot):
        await until(pilot, lambda: "Nothing is polled now." in screen_text(app), "the reason")
        app.main_screen.status = status_of(FAILING, OTHER)
        await until(pilot, lambda: screen_text(app).count("feed.example.cn was not found") == 2, "the failure")
        await pilot.press("slash", *"灌区", "enter")
        await until(pilot, lambda: "Nothing matches this filter." in screen_text(app), "the filter's reason")
        await pilot.press("c")
        await until(pilot, lambda: "No articles yet." in screen_text(app), "the reason again")
