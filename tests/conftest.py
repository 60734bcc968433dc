"""Fixtures of several folders of tests."""

import os
import signal
from collections.abc import Generator
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import settings

from tui.locale.compilation import compile_all

# The gate gives one commit one answer: its property tests draw the same inputs each time, and no clock judges them.
# `pytest --hypothesis-profile search` draws others, ten times as many; what it finds is mended and becomes a test.
settings.register_profile("gate", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=1000, deadline=None)
settings.load_profile("gate")

# A developer's own terminal must not change what a test sees.
for _name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "ZHENGWEN_CONFIG", "ZHENGWEN_ARCHIVE", "NO_COLOR"):
    os.environ.pop(_name, None)

# The build makes the compiled catalogue; a pull may bring a newer one than the last build has seen.
compile_all(Path(__file__).resolve().parent.parent)

# A test that waits for what never comes fails by itself, and the others go on. The slowest needs 15 s.
LIMIT = 240  # seconds


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a test, its fixtures included, that takes longer than LIMIT."""

    def end(_number: int, _frame: FrameType | None) -> None:
        pytest.fail(f"{item.nodeid} takes longer than {LIMIT} s")

    if not hasattr(signal, "SIGALRM"):
        return (yield)
    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(LIMIT)
    try:
        return (yield)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"


@pytest.fixture(scope="session")
def gold() -> Path:
    """The hand-labelled posts that stand beside the project where it is built; elsewhere the test is skipped."""
    if not (GOLD / "labels").is_dir():
        pytest.skip("no gold set beside this checkout")
    return GOLD
