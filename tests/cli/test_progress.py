"""The line of progress of a command."""

import io
import os
import signal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.cli.progress import Progress, clock_of, line_of, stoppable
from tui.text import cells

counts = st.integers(0, 10_000_000)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_it_shows_count_rate_and_remaining_time() -> None:
    line = line_of("importing", 12_345, 100_000, 1000.0, 100)
    assert line == "importing  ███░░░░░░░░░░░░░░░░░░░░░  12,345/100,000   12%  1,000/s  1:28 left"


@given(counts, counts, st.floats(0, 1e6), st.integers(4, 200))
def test_it_fits_the_terminal(done: int, total: int, rate: float, width: int) -> None:
    assert cells(line_of("导入", min(done, total), total, rate, width)) <= width


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, "0:00"), (7.4, "0:07"), (750, "12:30"), (3723, "1:02:03"), (-1, "0:00")]
)
def test_a_length_of_time_has_the_form_of_a_clock(seconds: float, told: str) -> None:
    assert clock_of(seconds) == told


def test_the_rate_is_that_of_the_last_seconds() -> None:
    out, clock = Terminal(), Clock()
    bar = Progress("x", out, width=lambda: 80, clock=clock)
    for second in range(20):
        clock.now = float(second)
        bar.show_progress(second if second < 10 else 10 + (second - 10) * 100, 2000)
    assert "100/s" in out.getvalue().rsplit("\r", 1)[1]


def test_it_is_drawn_ten_times_a_second_and_at_the_end() -> None:
    out, clock = Terminal(), Clock()
    bar = Progress("x", out, width=lambda: 80, clock=clock)
    for step in range(1001):
        clock.now = step / 1000
        bar.show_progress(step, 1000)
    assert 10 <= out.getvalue().count("\r") <= 12
    assert "1,000/1,000" in out.getvalue()
    bar.end()
    assert out.getvalue().endswith("\r\x1b[K")


def test_a_pipe_gets_only_messages() -> None:
    out = io.StringIO()
    bar = Progress("x", out)
    bar.show_progress(1, 2)
    bar.say("a.md is no post")
    bar.show_progress(2, 2)
    bar.end()
    assert out.getvalue() == "a.md is no post\n"


def test_messages_are_above_the_line() -> None:
    out = Terminal()
    bar = Progress("x", out, width=lambda: 80, clock=Clock())
    bar.show_progress(1, 2)
    bar.say("a.md is no post")
    assert out.getvalue().endswith("\r\x1b[Ka.md is no post\n")


def test_the_first_interrupt_requests_a_stop_and_the_second_interrupts() -> None:
    before = signal.getsignal(signal.SIGINT)
    with stoppable() as stop:
        assert not stop.is_set()
        os.kill(os.getpid(), signal.SIGINT)
        assert stop.is_set()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_the_signals_that_end_a_program_request_a_stop(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with stoppable() as stop:
        os.kill(os.getpid(), number)
        assert stop.is_set()
    assert signal.getsignal(number) is before


def test_a_hang_up_that_is_ignored_stops_nothing() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with stoppable() as stop:
            os.kill(os.getpid(), signal.SIGHUP)
            assert not stop.is_set()
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
