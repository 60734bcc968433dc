"""A workbook that cannot be written: the reason is one line."""

import io
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from feeds.errors import FeedError
from tui.exporting.tables import write_workbook


class FullDisk(io.BytesIO):
    """Refuses the first bytes that it is given."""

    is_full = True

    def write(self, data: Any) -> int:
        if self.is_full:
            self.is_full = False
            raise OSError(28, "No space left on device")
        return super().write(data)


def test_a_full_disk_under_a_workbook_is_an_expected_failure() -> None:
    pytest.importorskip("xlsxwriter")
    table = SimpleNamespace(count_on=lambda: False, total=0)
    archive = cast("Any", SimpleNamespace(targets=lambda _query: table, documents=lambda _query: table))
    with pytest.raises(FeedError, match="no space is left on the disk"):
        list(write_workbook(archive, None, FullDisk(), datetime.now(UTC)))
