from datetime import UTC, datetime, timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from feeds.model import Entry, Fault, Source, Validators
from feeds.schedule import (
    LONGEST_BACKOFF,
    LONGEST_HOLD,
    SourceState,
    WaitingArticle,
    backoff,
    due_of,
    hold_until,
    next_due,
)

NOW = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)
SOURCE = Source(name="部委动态", kind="roll", channel="155/1689", interval=300)

chances = st.floats(0, 1, exclude_max=True)
intervals = st.integers(1, 100_000)


def seconds(due: datetime) -> float:
    return (due - NOW).total_seconds()


def test_a_source_that_answered_is_due_after_its_interval() -> None:
    assert seconds(next_due(NOW, 300, failures=0, chance=0.0)) == 300
    assert 300 < seconds(next_due(NOW, 300, failures=0, chance=0.9)) < 330


def test_each_failure_doubles_the_wait_up_to_an_hour() -> None:
    waits = [seconds(next_due(NOW, 300, failures=failures, chance=0.0)) for failures in range(1, 7)]
    assert waits == [300, 600, 1200, 2400, 3600, 3600]


def test_a_source_polled_once_a_day_is_not_asked_more_often_because_it_fails() -> None:
    assert backoff(5, 86_400, 0.0) == 86_400


def test_a_retry_after_counts_if_it_is_longer_than_our_own_wait() -> None:
    assert seconds(next_due(NOW, 60, failures=1, chance=0.0, retry_after=900)) == 900
    assert seconds(next_due(NOW, 60, failures=1, chance=0.0, retry_after=5)) == 60
    assert seconds(next_due(NOW, 60, failures=0, chance=0.0, retry_after=1e9)) == LONGEST_HOLD


@given(intervals, st.integers(1, 10_000), chances)
def test_backoff_never_falls_under_the_interval_nor_grows_without_end(
    interval: int, failures: int, chance: float
) -> None:
    wait = backoff(failures, interval, chance)
    assert interval <= wait <= max(LONGEST_BACKOFF, interval) * 1.25


@given(intervals, st.integers(1, 40), chances)
def test_backoff_never_shrinks_with_one_more_failure(interval: int, failures: int, chance: float) -> None:
    assert backoff(failures, interval, chance) <= backoff(failures + 1, interval, chance)


def test_a_source_never_asked_is_due_now() -> None:
    assert due_of(SourceState(), SOURCE, NOW) == NOW


def test_a_source_that_was_polled_a_minute_ago_waits() -> None:
    due = NOW + timedelta(seconds=240)
    assert due_of(SourceState(due=due), SOURCE, NOW) == due


def test_a_due_time_from_a_clock_that_ran_ahead_is_brought_back() -> None:
    assert seconds(due_of(SourceState(due=NOW + timedelta(days=400)), SOURCE, NOW)) <= 330


def test_the_backoff_of_a_failing_source_survives_a_restart() -> None:
    due = NOW + timedelta(seconds=3000)
    assert due_of(SourceState(due=due, failures=5), SOURCE, NOW) == due


def test_a_retry_after_survives_a_restart() -> None:
    hold = NOW + timedelta(hours=5)
    assert due_of(SourceState(due=hold, hold=hold, failures=1), SOURCE, NOW) == hold


def test_a_hold_ends_and_an_absurd_one_is_ignored() -> None:
    assert hold_until(SourceState(hold=NOW + timedelta(minutes=1)), NOW) == NOW + timedelta(minutes=1)
    assert hold_until(SourceState(hold=NOW), NOW) is None
    assert hold_until(SourceState(hold=NOW + timedelta(days=30)), NOW) is None


def test_a_state_survives_json() -> None:
    state = SourceState(
        failures=2,
        due=NOW,
        validators=Validators('"one"', "x"),
        fault=Fault("{host} refuses the connection", {"host": "example.cn"}),
        known={"comos:abcd1234": "f00"},
        waiting=(WaitingArticle(Entry(source="部委动态", title="印发通知", published=NOW), NOW, 2),),
    )
    assert msgspec.json.decode(msgspec.json.encode(state), type=SourceState) == state
