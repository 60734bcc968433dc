"""How far a long command is, on one line of the terminal, and how a reader stops it.

The line goes to standard error and only to a terminal: a pipe or a log gets none of it. Drawing is throttled; what
there is to say besides stands above it.
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
_MEMORY = 8.0  # seconds over which the rate is taken
_BAR = 24  # cells
_WIPE = "\r\x1b[K"


def terminal_width() -> int:
    """Columns of the terminal that standard error goes to."""
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def clock_of(seconds: float) -> str:
    """A span of time as people read it on a clock: 0:07, 12:30, 1:02:03."""
    minutes, second = divmod(max(0, round(seconds)), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def line_of(label: str, done: int, total: int, rate: float, width: int) -> str:
    """The line: what is done, how much of it, how fast, how long it will take; at most `width` cells."""
    share = min(1.0, done / total) if total else 1.0
    words = [f"{done:,}/{total:,}", f"{share:4.0%}"]
    if rate >= 0.1:
        words.append(_("{n}/s").format(n=f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"))
        words.append(_("{time} left").format(time=clock_of((total - done) / rate)))
    told = "  ".join(words)
    room = width - cells(label) - cells(told) - 4
    if room >= 8:
        filled = round(min(room, _BAR) * share)
        told = "█" * filled + "░" * (min(room, _BAR) - filled) + "  " + told
    return clip(f"{label}  {told}", width)


class Progress:
    """The line of one piece of work. `out` is a terminal, or nothing is drawn."""

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
        self._drawn = self._out.isatty()
        self._width = width
        self._clock = clock
        self._last = float("-inf")
        self._marks: list[tuple[float, int]] = []

    def at(self, done: int, total: int) -> None:
        """So much of `total` is done."""
        now = self._clock()
        self._marks = [*((at, was) for at, was in self._marks if now - at <= _MEMORY), (now, done)]
        if self._drawn and (now - self._last >= _EVERY or done >= total):
            self._last = now
            since, before = self._marks[0]
            rate = (done - before) / (now - since) if now > since else 0.0
            self._write(_WIPE + line_of(self._label, done, total, rate, self._width() - 1))

    def say(self, words: str) -> None:
        """A line above, which stays."""
        self._write((_WIPE if self._drawn else "") + drop_controls(words) + "\n")

    def end(self) -> None:
        """Wipe the line away."""
        if self._drawn:
            self._write(_WIPE)

    def _write(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()


@contextmanager
def stoppable() -> Iterator[Event]:
    """While work is done that may stop only between two steps: set once Ctrl-C or SIGTERM asked for it.

    A second Ctrl-C interrupts at once; nothing on disk minds.
    """
    asked = Event()

    def ask(number: int, _frame: FrameType | None) -> None:
        if asked.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        asked.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
