"""The progress of a long command, on one line of the terminal, and the way to stop the command.

The line goes to standard error, and only if that is a terminal, not a pipe or a log. It is drawn at most ten times a
second. Other messages are printed above it.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType
from typing import TextIO

from feeds.controls import drop_controls
from tui.text import cells, clip
from tui.words import _

_EVERY = 0.1  # seconds between two drawings
_MEMORY = 8.0  # seconds over which the rate is computed
_BAR = 24  # cells
_WIPE = "\r\x1b[K"


def terminal_width() -> int:
    """The width of the terminal of standard error."""
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def clock_of(seconds: float) -> str:
    """A length of time in the form of a clock: 0:07, 12:30, 1:02:03."""
    minutes, second = divmod(max(0, round(seconds)), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def line_of(label: str, done: int, total: int, rate: float, width: int) -> str:
    """The line of progress: count, share, rate and remaining time, in at most `width` cells."""
    share = min(1.0, done / total) if total else 1.0
    words = [f"{done:,}/{total:,}", f"{share:4.0%}"]
    if rate >= 0.1:
        words.append(_("{n}/s").format(n=f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"))
        words.append(_("{time} left").format(time=clock_of((total - done) / rate)))
    figures = "  ".join(words)
    room = width - cells(label) - cells(figures) - 4
    if room >= 8:
        filled = round(min(room, _BAR) * share)
        figures = "█" * filled + "░" * (min(room, _BAR) - filled) + "  " + figures
    return clip(f"{label}  {figures}", width)


class Progress:
    """The line of progress of one task. It is drawn only if `out` is a terminal."""

    def __init__(
        self,
        label: str,
        out: TextIO | None = None,
        *,
        width: Callable[[], int] = terminal_width,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._label = label
        self._out = out or sys.stderr
        self._is_terminal = self._out.isatty()
        self._width = width
        self._clock = clock
        self._last = float("-inf")
        self._history: list[tuple[float, int]] = []

    def show_progress(self, done: int, total: int) -> None:
        """Show that `done` of `total` is finished."""
        now = self._clock()
        self._history = [*((time, count) for time, count in self._history if now - time <= _MEMORY), (now, done)]
        if self._is_terminal and (now - self._last >= _EVERY or done >= total):
            self._last = now
            since, before = self._history[0]
            rate = (done - before) / (now - since) if now > since else 0.0
            self._write(_WIPE + line_of(self._label, done, total, rate, self._width() - 1))

    def say(self, words: str) -> None:
        """Print a line above, which stays."""
        self._write((_WIPE if self._is_terminal else "") + drop_controls(words) + "\n")

    def end(self) -> None:
        """Remove the line."""
        if self._is_terminal:
            self._write(_WIPE)

    def _write(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()


@contextmanager
def stoppable() -> Iterator[Event]:
    """An event that Ctrl-C, SIGTERM or the end of the terminal sets, for work that may stop only between two steps.

    A second Ctrl-C interrupts at once, which is safe for the files. An ignored SIGHUP (nohup) stays ignored.
    """
    stop = Event()

    def request_stop(number: int, _frame: FrameType | None) -> None:
        if stop.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        stop.set()

    numbers = [signal.SIGINT, signal.SIGTERM]
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        numbers.append(signal.SIGHUP)
    before = {number: signal.signal(number, request_stop) for number in numbers}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
