import re

import pytest

from tests.watches.test_quiet_and_forms import HOSTILE
from tui.outside.notices import notification_sequence, title_sequence


def test_the_title_says_the_number_and_the_watch() -> None:
    assert title_sequence(3, "工信部指标") == "\x1b]2;(3) 工信部指标 – 政闻\x07"
    assert title_sequence(0, "工信部指标") == "\x1b]2;政闻\x07"


@pytest.mark.parametrize("hostile", [*HOSTILE, "4;50", "a;b\ud800;c", "\x9d0;x\x9c", "末尾\x1b\\"])
def test_no_text_ends_or_begins_a_sequence(hostile: str) -> None:
    for sequence in (
        title_sequence(1, hostile),
        notification_sequence(9, hostile, hostile),
        notification_sequence(777, hostile, hostile),
    ):
        inner = re.fullmatch(r"\x1b\]([0-9]+);(.*)\x07", sequence)
        assert inner
        assert not re.search("[\x00-\x1f\x7f-\x9f]", inner[2])
        assert len(sequence.encode()) < 1500
        assert inner[2].count(";") == (2 if inner[1] == "777" else inner[2].count(";") if inner[1] == "2" else 0)


def test_off_writes_nothing() -> None:
    assert notification_sequence("off", "甲", "乙") == ""
