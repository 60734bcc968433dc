"""An archive for the main screen, and the poller's view of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from feeds.archive import Archive
from tests.tui.sample import filled


@pytest.fixture
def archive_path(tmp_path: Path) -> Path:
    return filled(tmp_path / "archive")


@pytest.fixture
def writer(archive_path: Path) -> Iterator[Archive]:
    """The archive as the poller holds it, beside the dashboard's own view."""
    with Archive.open(archive_path, write=True) as archive:
        yield archive
