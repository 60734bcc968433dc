"""A program on a pseudo-terminal: types into it, reads what it draws, and waits until the picture is complete.

The dashboard writes only what changes, so its pictures are read off the cells of a replayed terminal.

The terminal says that it knows synchronized output, so Textual brackets each frame; a marker counts as drawn when the
frame that holds it has come whole. Programs that do not bracket are taken as they come.
"""

import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from fcntl import ioctl
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.replayed_terminal import ReplayedTerminal

ROOT = Path(__file__).resolve().parents[3]
SIZE = (160, 45)  # from 140 columns all three panes stand side by side
PYTHON = [sys.executable, "-P", "-m"]
_ASKED, _KNOWN = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
_BEGUN, _DONE = b"\x1b[?2026h", b"\x1b[?2026l"
_LOOKS = re.compile(rb"\x1b\[[0-9;:]*m")
_KEPT = 1_000_000  # bytes of output that are looked through for a marker
_QUIET = 0.3  # seconds without output after which a picture is taken for the last one

Seen = Callable[[ReplayedTerminal], bool]


def text_of(output: bytes) -> bytes:
    """What was drawn without its colours."""
    return _LOOKS.sub(b"", output)


class Terminal:
    """One program on a terminal of so many columns and lines. Times are seconds since the last thing done to it."""

    def __init__(
        self, command: Sequence[str], *, size: tuple[int, int] = SIZE, env: dict[str, str] | None = None
    ) -> None:
        self._main, side = pty.openpty()
        self._give_size(self._main, size)
        self._screen = ReplayedTerminal(*size)
        self._fed = b""  # what is not on the screen yet
        plain = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT)}
        self._output = b""
        self.written = 0  # bytes, since the start
        self._asked = self._came = time.perf_counter()
        self.process = subprocess.Popen(
            command, stdin=side, stdout=side, stderr=side, env={**os.environ, **plain, **(env or {})}, cwd="/",
            start_new_session=True,
        )  # fmt: skip
        os.close(side)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._main)  # nobody reads the screen any more: to the program that is a hang-up
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    @staticmethod
    def _give_size(handle: int, size: tuple[int, int]) -> None:
        ioctl(handle, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def type(self, keys: str) -> None:
        """Type something; what was drawn before is forgotten."""
        self._output = b""
        self._asked = time.perf_counter()
        os.write(self._main, keys.encode())

    def resize(self, size: tuple[int, int]) -> None:
        """Give the window another size."""
        self._output = self._fed = b""
        self._screen = ReplayedTerminal(*size)
        self._asked = time.perf_counter()
        self._give_size(self._main, size)
        self.process.send_signal(signal.SIGWINCH)  # the terminal is nobody's controlling one

    def _read(self, patience: float) -> bool:
        """Take in what was drawn; False when nothing came."""
        if not select.select([self._main], [], [], patience)[0]:
            return False
        try:
            data = os.read(self._main, 65536)
        except OSError:  # the program has gone
            return False
        if _ASKED in data:
            os.write(self._main, _KNOWN)
        self._came = time.perf_counter()
        self.written += len(data)
        self._output = (self._output + data)[-_KEPT:]
        self._fed += data
        return True

    def _frames(self) -> bytes:
        """What has come in whole frames; everything where the program makes none."""
        if _BEGUN not in self._output:
            return self._output
        return self._output[: self._output.rfind(_DONE) + 1]

    def _replay(self) -> ReplayedTerminal:
        """The screen after all whole frames."""
        end = self._fed.rfind(_DONE) + len(_DONE)
        if end >= len(_DONE):
            self._screen.feed(self._fed[:end].decode("utf-8", "replace"))
            self._fed = self._fed[end:]
        return self._screen

    def wait(self, marker: bytes | Seen, patience: float = 120.0) -> float:
        """Seconds until the marker was drawn, or the screen showed what is awaited. Raises TimeoutError."""
        until = time.perf_counter() + patience
        while True:
            if not self._read(max(0.0, until - time.perf_counter())):
                raise TimeoutError(text_of(self._output)[-3000:].decode(errors="replace"))
            if marker(self._replay()) if callable(marker) else marker in text_of(self._frames()):
                return self._came - self._asked

    def settle(self, quiet: float = _QUIET, patience: float = 30.0) -> float:
        """Seconds until the last of what was drawn, known by the silence after it."""
        if not self._read(patience):
            raise TimeoutError
        while self._read(quiet):
            pass
        return self._came - self._asked

    @property
    def drawn(self) -> bytes:
        """What was drawn since the last thing done, as bytes for a terminal."""
        return self._output

    def idle(self, seconds: float) -> None:
        """Let time pass, taking in what is drawn."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            self._read(left)
