"""What several tests need."""

import os
from pathlib import Path

import pytest

# A developer's own terminal must not change what a test sees.
for _name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "ZHENGWEN_CONFIG", "ZHENGWEN_ARCHIVE", "NO_COLOR"):
    os.environ.pop(_name, None)

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"


@pytest.fixture(scope="session")
def gold() -> Path:
    """The hand-labelled posts that stand beside the project where it is built; elsewhere the test is skipped."""
    if not (GOLD / "labels").is_dir():
        pytest.skip("no gold set beside this checkout")
    return GOLD
