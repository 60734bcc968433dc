"""A workbook that cannot be written: the reason is one line, and nothing is said behind it."""

import gc
import io
import tempfile
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, NoReturn, cast

import pytest

from feeds.errors import FeedError
from tui.exporting.tables import write_workbook

TABLE = SimpleNamespace(count_on=lambda: False, total=0)
ARCHIVE = cast("Any", SimpleNamespace(targets=lambda _query: TABLE, documents=lambda _query: TABLE))


class FullDisk(io.BytesIO):
    """A disk with room for some bytes."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self.room = room

    def write(self, data: Any) -> int:
        self.room -= len(data)
        if self.room < 0:
            raise OSError(28, "No space left on device")
        return super().write(data)


@pytest.mark.parametrize("room", [0, 1, 40, 900, 4000])
def test_a_full_disk_under_a_workbook_is_an_expected_failure(room: int) -> None:
    pytest.importorskip("xlsxwriter")
    with FullDisk(room) as out, pytest.raises(FeedError, match="no space is left on the disk"):
        list(write_workbook(ARCHIVE, None, out, datetime.now(UTC)))
    gc.collect()  # what a packer says when it is collected fails the test


def test_a_workbook_needs_a_folder_for_temporary_files(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("xlsxwriter")

    def refuse(*_args: object, **_named: object) -> NoReturn:
        raise FileNotFoundError(2, "No usable temporary directory found in ['/tmp']")

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    with pytest.raises(FeedError, match="no folder for temporary files can be written"):
        list(write_workbook(ARCHIVE, None, io.BytesIO(), datetime.now(UTC)))
