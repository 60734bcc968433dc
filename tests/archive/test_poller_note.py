"""The process that polls notes itself beside the archive; a note of a process that has ended says nothing."""

import os
import platform
from pathlib import Path

import pytest

from feeds.archive.state import note_poller, poller_of


def test_a_poller_that_runs_is_known(tmp_path: Path) -> None:
    assert poller_of(tmp_path) is None
    note_poller(tmp_path)
    process = poller_of(tmp_path)
    assert process is not None
    assert (process.pid, process.host) == (os.getpid(), platform.node())
    assert str(process).startswith(f"pid {os.getpid()}, ")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"pid": 0, "host": "x"}x',
        '{"pid": "a", "host": "b"}',
        '{"pid": 5}',
    ],
)
def test_a_damaged_note_says_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "poller.json").write_text(text)
    assert poller_of(tmp_path) is None


def test_a_number_that_is_not_in_use_says_nothing_on_this_machine(tmp_path: Path) -> None:
    (tmp_path / "poller.json").write_text(f'{{"pid": 4194304, "host": "{platform.node()}"}}')  # above Linux's largest
    assert poller_of(tmp_path) is None
    (tmp_path / "poller.json").write_text('{"pid": 17, "host": "another-machine"}')
    assert str(poller_of(tmp_path)) == "pid 17, another-machine"
