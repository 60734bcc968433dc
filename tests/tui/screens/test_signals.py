"""The dashboard in a real terminal: whatever ends it, the screen comes back and the poller goes."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from tests.tui.sample import filled

ROOT = Path(__file__).resolve().parents[3]
LIMIT = 30.0
ALTERNATE, NORMAL, CURSOR = b"\x1b[?1049h", b"\x1b[?1049l", b"\x1b[?25h"

PROGRAM = """
import fcntl, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from pathlib import Path
from tests.tui.sample import config_at
from tui.app import DashboardApp
from tui.polling import Polling
archive = Path(sys.argv[1])
child = "import os, sys; open(sys.argv[1], 'w').write(str(os.getpid())); sys.stdin.read()"
polling = Polling(archive, archive, command=[sys.executable, "-c", child, str(archive / "pid")])
app = DashboardApp(config_at(archive), archive, polling)
app.run()
sys.exit(app.return_code or 0)
"""


COMMAND = """
import fcntl, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from pathlib import Path
from tests.tui.sample import config_at
from feeds import config
from tui.__main__ import main
archive = Path(sys.argv[1])
(archive / "config.toml").write_text(config.text_of(config_at(archive), archive), "utf-8")
sys.argv = ["zhengwen", "--config", str(archive / "config.toml")]
main()
"""


class Terminal:
    """The dashboard on a pseudo-terminal of 80×24, and all that it wrote."""

    def __init__(self, archive: Path, program: str = PROGRAM, errors: IO[bytes] | None = None) -> None:
        self.archive = archive
        self.master, slave = pty.openpty()
        environ = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", program, str(archive)],
            stdin=slave, stdout=slave, stderr=errors or slave, start_new_session=True, env=environ, cwd=ROOT,
        )  # fmt: skip
        os.close(slave)
        self.output = b""

    def read(self, wanted: bytes = b"") -> bool:
        """Read until this was written, or (b"") to the end; False when the end came first."""
        limit = time.monotonic() + LIMIT
        while not wanted or wanted not in self.output:
            if time.monotonic() > limit:
                pytest.fail(f"{wanted!r} was never written: {self.output[-2000:]!r}")
            if not select.select([self.master], [], [], 0.1)[0]:
                if self.process.poll() is not None:
                    return wanted in self.output
                continue
            try:
                self.output += os.read(self.master, 65536)
            except OSError:  # Linux says so when the other side is closed
                return bool(wanted) and wanted in self.output
        return True

    def read_on(self) -> None:
        """Read what has been written by now."""
        while select.select([self.master], [], [], 0.1)[0]:
            try:
                self.output += os.read(self.master, 65536)
            except OSError:
                return

    def child(self) -> int:
        """The poller's process id, once it runs."""
        place, limit = self.archive / "pid", time.monotonic() + LIMIT
        while not (place.exists() and place.read_text()):
            assert time.monotonic() < limit
            self.read(ALTERNATE)
        return int(place.read_text())

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.master)


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(filled(tmp_path, 5))
    yield terminal
    terminal.close()


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_brings_the_screen_back_and_ends_the_poller(terminal: Terminal, name: signal.Signals) -> None:
    assert terminal.read("示例新闻".encode())
    child = terminal.child()
    terminal.process.send_signal(name)
    terminal.read()
    assert terminal.process.wait(LIMIT) == 128 + name
    assert terminal.output.count(ALTERNATE) == 1
    assert terminal.output.rindex(NORMAL) > terminal.output.index(ALTERNATE)
    assert terminal.output.rindex(CURSOR) > terminal.output.rindex(NORMAL)
    assert b"Traceback" not in terminal.output
    assert gone(child)


def test_a_terminal_that_closes_without_a_signal_ends_the_dashboard(tmp_path: Path) -> None:
    terminal = Terminal(filled(tmp_path, 5), PROGRAM.replace("fcntl.ioctl(0, termios.TIOCSCTTY, 0)", ""))
    assert terminal.read("示例新闻".encode())
    child = terminal.child()
    os.close(terminal.master)
    try:
        assert terminal.process.wait(LIMIT) == 129
        assert gone(child)
    finally:
        terminal.process.kill()
        terminal.process.wait()


def test_q_brings_the_screen_back_and_ends_the_poller(terminal: Terminal) -> None:
    assert terminal.read("示例新闻".encode())
    child = terminal.child()
    os.write(terminal.master, b"qq")
    terminal.read()
    assert terminal.process.wait(LIMIT) == 0
    assert terminal.output.rindex(NORMAL) > terminal.output.index(ALTERNATE)
    assert gone(child)


def test_a_terminal_that_is_closed_ends_dashboard_and_poller(tmp_path: Path) -> None:
    terminal = Terminal(filled(tmp_path, 5))
    assert terminal.read("示例新闻".encode())
    child = terminal.child()
    os.close(terminal.master)
    try:
        terminal.process.wait(LIMIT)
    finally:
        terminal.process.kill()
        terminal.process.wait()
    assert gone(child)


@pytest.mark.parametrize("keys", [b"/\xd6\xd0a", b"\xff\xfe", b"#\xe4\xb8x", b":\x80\x81"])
def test_bytes_that_are_no_utf_8_do_not_end_the_dashboard(tmp_path: Path, keys: bytes) -> None:
    terminal = Terminal(filled(tmp_path, 5))
    try:
        assert terminal.read("示例新闻".encode())
        os.write(terminal.master, keys)
        assert terminal.read(b"UTF-8")
        os.write(terminal.master, b"\x11")
        terminal.read()
        assert terminal.process.wait(LIMIT) == 0
        assert b"Traceback" not in terminal.output
    finally:
        terminal.close()


def test_errors_may_go_to_a_file_while_the_dashboard_is_drawn(tmp_path: Path) -> None:
    with (tmp_path / "errors").open("w+b") as errors:
        terminal = Terminal(filled(tmp_path / "archive", 5), COMMAND, errors)
        try:
            assert terminal.read("示例新闻".encode())
            os.write(terminal.master, b"qq")
            terminal.read()
            assert terminal.process.wait(LIMIT) == 0
            assert terminal.output.rindex(NORMAL) > terminal.output.index(ALTERNATE)
            errors.seek(0)
            assert errors.read() == b""
        finally:
            terminal.close()
