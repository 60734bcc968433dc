"""Standard streams that are closed, full or cut off; names of archives that no file can have."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from feeds.archive import Archive
from tests.archive.conftest import small

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has /dev/full")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "a.md").write_text("---\ntitle: 题\n---\n<p>正文。</p>\n", "utf-8")
    source = f'[[source]]\nname = "p"\nkind = "posts"\nurl = {json.dumps(str(tmp_path / "posts"))}\n'
    (tmp_path / "config.toml").write_text(source, "utf-8")
    with Archive.open(tmp_path / "archive", write=True) as archive:
        archive.store(small("甲", "正文。", title="题"))
    return tmp_path


def command(place: Path, *words: str, archive: str = "") -> str:
    options = f"--config '{place / 'config.toml'}' --archive '{archive or place / 'archive'}'"
    return f"PYTHONPATH='{ROOT}' '{sys.executable}' -m tui {options} {' '.join(words)}"


COMMANDS = ["list", "list --json", "doctor", "poll --once", "--help"]


@pytest.mark.parametrize("words", COMMANDS)
@pytest.mark.parametrize(("streams", "code"), [
    (">/dev/full", 1), (">&-", 0), (">&- 2>&- <&-", 0),
])  # fmt: skip
def test_a_full_stream_is_one_line(place: Path, words: str, streams: str, code: int) -> None:
    outcome = subprocess.run(
        ["/bin/sh", "-c", f"{command(place, words)} {streams}"], capture_output=True, check=False, text=True, cwd=place
    )  # fmt: skip
    assert outcome.returncode == code
    assert "Traceback" not in outcome.stderr
    if code:
        assert outcome.stderr.count("\n") == 1
        assert outcome.stderr.startswith("zhengwen: ")


def test_a_full_standard_error_keeps_the_exit_code(place: Path) -> None:
    for words, code in (("show nosuch", 4), ("list '(x'", 2), ("nosuch", 2)):
        assert subprocess.run(["/bin/sh", "-c", f"{command(place, words)} 2>/dev/full"], check=False).returncode == code


def test_a_closed_pipe_gives_no_traceback(place: Path) -> None:
    with Archive.open(place / "archive", write=True) as archive:
        archive.store_many([small(str(number), "正文。", title="题" * 400) for number in range(300)])
    for words in ("list --limit 0", "list --json --limit 0"):
        outcome = subprocess.run(
            ["/bin/sh", "-c", f"{command(place, words)} | head -c 1"], capture_output=True, check=False
        )
        assert outcome.stderr == b""


@pytest.mark.parametrize("name", ["a\udcffb", "x" * 300, "x/" * 3000])
@pytest.mark.parametrize("words", ["list", "doctor", "poll --once", "import posts"])
def test_an_impossible_name_of_an_archive_is_one_line(place: Path, name: str, words: str) -> None:
    archive = f"{place}/{name}"
    options = ["--config", str(place / "config.toml"), "--archive", archive]
    outcome = subprocess.run(
        [sys.executable, "-m", "tui", *options, *words.split()],
        capture_output=True, check=False, cwd=place, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert outcome.returncode == 1
    assert b"Traceback" not in outcome.stderr
    told = (outcome.stderr + outcome.stdout).decode()
    assert [line for line in told.splitlines() if "cannot be opened" in line or "could not be started" in line]


@pytest.mark.parametrize("module", ["feeds", "tui"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_while_the_process_ends_does_not_change_its_code(place: Path, module: str, number: int) -> None:
    words = ["--config", str(place / "config.toml"), "--archive", str(place / "archive")]
    words += ["--once"] if module == "feeds" else ["poll", "--once"]
    program = (
        "import atexit, os, runpy, sys\n"
        f"atexit.register(os.kill, os.getpid(), {int(number)})\n"
        f"sys.argv[1:] = {words!r}\n"
        f"runpy.run_module({module!r}, run_name='__main__')\n"
    )
    outcome = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert outcome.returncode == 0
    assert outcome.stderr == b""
