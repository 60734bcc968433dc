from datetime import UTC, datetime, timedelta

from feeds.events import ArticleSetAside, PollerStarted, PollEvent, SourceAnswered, SourceAsked
from feeds.model import Fault
from tui.polling.status import KEPT_ASIDE, PollingChanged, PollingStatus, SourceStatus, status_after

T = datetime(2026, 1, 5, 8, tzinfo=UTC)
REFUSED = Fault("{host} refused", {"host": "127.0.0.1"})


def told(*events: PollEvent | PollingChanged) -> PollingStatus:
    status = PollingStatus(sources=(SourceStatus(name="国内滚动"), SourceStatus(name="7x24")))
    for event in events:
        status = status_after(status, event)
    return status


def test_a_source_is_asked_and_answers() -> None:
    asked = told(SourceAsked(T, "7x24"))
    assert [source.name for source in asked.asking] == ["7x24"]
    due = T + timedelta(minutes=1)
    answered = status_after(asked, SourceAnswered(T, "7x24", "ok", due, new=3, newest=T))
    assert answered.asking == []
    assert answered.source("7x24") == SourceStatus(name="7x24", newest=T, answered=T, due=due, new=3)


def test_new_articles_add_up_and_the_newest_never_goes_back() -> None:
    status = told(
        SourceAnswered(T, "7x24", "ok", T, new=3, newest=T),
        SourceAnswered(T, "7x24", "ok", T, new=1, newest=T - timedelta(days=1)),
    )
    assert status.source("7x24").new == 4
    assert status.source("7x24").newest == T


def test_a_failure_stays_until_the_next_answer_and_keeps_when_it_last_went_well() -> None:
    later = T + timedelta(minutes=5)
    failed = told(
        SourceAnswered(T, "7x24", "ok", T),
        SourceAnswered(later, "7x24", "failed", T, fault=REFUSED),
    )
    assert [source.name for source in failed.failing] == ["7x24"]
    assert failed.source("7x24").answered == T
    assert status_after(failed, SourceAnswered(later, "7x24", "unchanged", T)).failing == []


def test_the_poller_names_the_sources_and_what_is_known_of_them_stays() -> None:
    status = told(SourceAnswered(T, "7x24", "ok", T, new=2), PollerStarted(T, ("7x24", "部委动态")))
    assert [source.name for source in status.sources] == ["7x24", "部委动态"]
    assert status.source("7x24").new == 2


def test_the_next_turn_is_the_earliest() -> None:
    soon, late = T + timedelta(minutes=1), T + timedelta(minutes=9)
    status = told(SourceAnswered(T, "国内滚动", "ok", late), SourceAnswered(T, "7x24", "ok", soon))
    assert status.next_due == soon
    assert PollingStatus().next_due is None


def test_a_dead_poller_asks_nobody() -> None:
    status = told(SourceAsked(T, "7x24"), PollingChanged("waiting", T, REFUSED, 1, T))
    assert status.asking == []
    assert (status.state, status.fault, status.restarts) == ("waiting", REFUSED, 1)


def test_only_the_last_ones_set_aside_are_kept() -> None:
    status = told(*(ArticleSetAside(T, str(n), REFUSED) for n in range(KEPT_ASIDE + 5)))
    assert len(status.aside) == KEPT_ASIDE
    assert status.aside[-1].name == str(KEPT_ASIDE + 4)
