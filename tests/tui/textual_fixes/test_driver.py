"""Bytes that are no UTF-8 are left out, said once, and nothing ends; the end of the input ends the app."""

from pathlib import Path

import pytest

from tests.tui.sample import dashboard_of, screen_text, until
from tui.textual_fixes.driver import BytesDropped, ForgivingDecoder


@pytest.mark.parametrize(
    ("sent", "typed", "told"),
    [
        ("规划".encode(), "规划", 0),
        ("规划".encode("gbk") + b"a", "a", 1),
        ("规".encode()[:2] + b"x", "x", 1),
        (b"\xff\xfe\x80q", "q", 1),
        (b"\x9b31m", "31m", 1),
        ("\ufffd好".encode(), "好", 1),
        ("規劃".encode("big5") + b"\x1b[A", "\x1b[A", 1),
    ],
)
def test_only_what_is_utf_8_is_read(sent: bytes, typed: str, told: int) -> None:
    dropped: list[int] = []
    decoder = ForgivingDecoder(lambda: dropped.append(1), lambda: pytest.fail("more may come"))
    text = decoder.decode(sent)
    assert text.endswith(typed)
    assert "\ufffd" not in text
    assert min(len(dropped), 1) == told


def test_a_character_may_come_in_pieces() -> None:
    decoder = ForgivingDecoder(lambda: pytest.fail("nothing was wrong"), lambda: pytest.fail("more may come"))
    assert "".join(decoder.decode(bytes([byte])) for byte in "规划2028年".encode()) == "规划2028年"


async def test_it_is_said_once(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        for _time in range(3):
            app.post_message(BytesDropped())
        await until(pilot, lambda: "not set to UTF-8" in screen_text(app), "the words")
        assert len(app._notifications) == 1


def test_a_read_without_bytes_is_the_end() -> None:
    ended: list[int] = []
    decoder = ForgivingDecoder(lambda: None, lambda: ended.append(1))
    assert decoder.decode(b"a") == "a"
    assert ended == []
    assert decoder.decode(b"", final=True) == ""  # Textual's own end
    assert ended == []
    assert decoder.decode(b"") == ""
    assert ended == [1]
