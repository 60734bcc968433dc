"""The status line says as much as fits, and what matters most to the last."""

from datetime import timedelta

import pytest

from feeds.events import ArticleSetAside
from feeds.model import Fault
from tests.tui.sample import NOW
from tui.polling.status import PollingStatus, SourceStatus
from tui.text import cells
from tui.widgets.bars.status_line import due_in, line_of, place_of

REFUSED = Fault("{host} did not answer within {seconds} s", {"host": "feed.example.cn", "seconds": 30})
WELL = tuple(
    SourceStatus(name=name, newest=NOW - timedelta(minutes=age), answered=NOW, due=NOW + timedelta(seconds=40))
    for name, age in (("国内滚动", 3), ("部委动态", 90), ("7x24", 0))
)
ILL = SourceStatus(name="宏观经济", fault=REFUSED, due=NOW + timedelta(minutes=9))
RUNNING = PollingStatus(sources=WELL, state="running")


def line(status: PollingStatus, width: int) -> str:
    return line_of(status, "12 unread  3/40", width, NOW).plain


@pytest.mark.parametrize("width", [0, 1, 5, 17, 20, 40, 80, 120, 200])
@pytest.mark.parametrize(
    "status", [RUNNING, PollingStatus(), PollingStatus(sources=(*WELL, ILL), state="waiting", fault=REFUSED)]
)
def test_the_line_is_never_wider_than_the_window(width: int, status: PollingStatus) -> None:
    assert cells(line(status, width)) <= width


def test_a_wide_window_has_every_source_with_its_last_article_and_its_next_turn() -> None:
    told = line(RUNNING, 160)
    assert "✓ 国内滚动 3 min ago ↻in 40 s" in told
    assert "✓ 部委动态 13:00" in told
    assert told.endswith("3/40 ")


def test_a_failure_stands_there_in_words() -> None:
    assert "✗ 宏观经济 feed.example.cn did not answer within 30 s ↻in 9 min" in line(
        PollingStatus(sources=(*WELL, ILL), state="running"), 220
    )


def test_a_narrow_window_has_the_first_failure_and_how_many_are_well() -> None:
    told = line(PollingStatus(sources=(ILL, *WELL), state="running"), 100)
    assert "✗ 宏观经济: feed.example.cn did not answer" in told
    assert "3 sources" in told
    assert "国内滚动" not in told


def test_a_source_that_is_asked_is_marked() -> None:
    asked = PollingStatus(sources=(SourceStatus(name="7x24", asking=True),), state="running")
    assert "↻ 7x24" in line(asked, 100)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (PollingStatus(), "not polling"),
        (PollingStatus(state="starting"), "poller starts"),
        (PollingStatus(state="reading-only"), "another zhengwen polls this archive"),
        (
            PollingStatus(state="waiting", fault=Fault("it fell over"), retry=NOW + timedelta(seconds=4)),
            "poller restarts in 4 s: it fell over",
        ),
        (PollingStatus(aside=(ArticleSetAside(NOW, "坏文章", REFUSED),), state="running"), "1 set aside"),
    ],
)
def test_the_poller_is_told_where_it_does_not_simply_run(status: PollingStatus, words: str) -> None:
    assert words in line(status, 120)


def test_the_place_in_the_list() -> None:
    assert place_of(3, 40, 12) == "12 unread  3/40"
    assert place_of(0, 0, 0) == "0/0"
    assert place_of(1, 2000, 0, exact=False) == "1/2000+"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(-5, "now"), (0, "now"), (40, "in 40 s"), (60, "in 1 min"), (7199, "in 119 min"), (7200, "in 2 h")],
)
def test_how_long_until_a_turn(seconds: int, words: str) -> None:
    assert due_in(NOW + timedelta(seconds=seconds), NOW) == words
