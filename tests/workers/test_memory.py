"""Freed memory goes back to the system where the C library can do that, and nothing happens elsewhere."""

import sys
from pathlib import Path

import pytest

from feeds.workers.memory import give_back_memory


def _resident() -> int:
    """Pages of this process in memory."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1])


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_memory_below_a_block_in_use_is_given_back() -> None:
    blocks = [bytes(100_000) for _ in range(300)]
    last = bytes(100_000)
    del blocks
    before = _resident()
    give_back_memory()
    assert _resident() <= before
    assert len(last) == 100_000


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_other_systems_are_left_alone(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setitem(sys.modules, "ctypes", None)
    give_back_memory()
