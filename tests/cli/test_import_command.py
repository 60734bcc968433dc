"""`zhengwen import` as a process: its progress, its end, and the state after a signal or a kill."""

import os
import pty
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from feeds.archive import Archive
from feeds.intake.journal import FILE_NAME
from tests.benchmarks.posts import write_posts

ROOT = Path(__file__).resolve().parents[2]
COUNT = 1200
PATIENCE = 60  # seconds, reached only by a test that fails


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text("", "utf-8")
    return tmp_path


def posts(place: Path, count: int) -> Path:
    write_posts(place / "posts", count, every=timedelta(hours=1))
    return place / "posts"


def command(place: Path) -> list[str]:
    options = ("--config", str(place / "config.toml"), "--archive", str(place / "archive"))
    return [sys.executable, "-P", "-m", "tui", *options, "import", str(place / "posts")]


def start(place: Path, stderr: int = subprocess.PIPE) -> subprocess.Popen[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "LANG": "en_GB.UTF-8"}
    return subprocess.Popen(command(place), env=env, stdout=subprocess.PIPE, stderr=stderr, text=True)


def under_way(place: Path, process: subprocess.Popen[str]) -> None:
    """Wait until the first batch is in."""
    until = time.monotonic() + PATIENCE
    while not (place / "archive" / FILE_NAME).exists():
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.01)


def readers(place: Path) -> list[int]:
    """Processes that have this import's log open: those that read its posts."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "fd" / "2").readlink() == place / "archive" / "import.log":
                found.append(int(process.name))
        except OSError:
            continue
    return found


def total(place: Path) -> int:
    with Archive.open(place / "archive") as archive:
        return archive.listing().total


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_is_one_line_and_the_next_run_continues(place: Path, number: signal.Signals) -> None:
    posts(place, COUNT)
    process = start(place)
    under_way(place, process)
    process.send_signal(number)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    inside = total(place)
    assert 0 < inside < COUNT
    assert out == f"{inside} new, 0 changed, 0 known already\n"
    assert err == (f"zhengwen: interrupted: {inside} of {COUNT} files are in; the same command goes on with the rest\n")
    again = start(place)
    out, err = again.communicate(timeout=PATIENCE)
    assert (again.returncode, err) == (0, "")
    assert out == f"{COUNT - inside} new, 0 changed, 0 known already, {inside} in by an earlier run\n"
    assert total(place) == COUNT


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="looks for processes in /proc")
def test_a_kill_loses_nothing_and_leaves_no_process(place: Path) -> None:
    posts(place, COUNT)
    process = start(place)
    under_way(place, process)
    assert readers(place)
    process.kill()
    process.communicate()
    until = time.monotonic() + PATIENCE
    while readers(place):
        assert time.monotonic() < until
        time.sleep(0.02)
    before = total(place)
    assert before > 0
    out, _ = start(place).communicate(timeout=PATIENCE)
    earlier = int(out.rpartition(", ")[2].split()[0])
    assert 0 < earlier <= before
    assert total(place) == COUNT
    with Archive.open(place / "archive", write=True) as archive:
        assert archive.set_aside == []


def test_a_terminal_gets_the_line_and_a_pipe_does_not(place: Path) -> None:
    posts(place, 40)
    keeper, terminal = pty.openpty()
    process = start(place, stderr=terminal)
    os.close(terminal)
    drawn = b""
    while True:
        try:
            piece = os.read(keeper, 4096)
        except OSError:
            break
        if not piece:
            break
        drawn += piece
    out, _ = process.communicate(timeout=PATIENCE)
    os.close(keeper)
    assert out == "40 new, 0 changed, 0 known already\n"
    assert "40/40" in drawn.decode()
    assert "█" in drawn.decode()


def test_bad_files_are_named_and_make_the_exit_code(place: Path) -> None:
    (posts(place, 5) / "no-post.html").write_text("nothing", "utf-8")
    process = start(place)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert out == "5 new, 0 changed, 0 known already\n"
    first, second = err.splitlines()
    assert "no-post.html is no post" in first
    assert second == "1 file could not be read"
