from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.fetch import retry_after_of

NOW = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0.0),
        (" 120 ", 120.0),
        ("1.5", 1.5),
        ("Mon, 12 Jan 2026 09:02:00 GMT", 120.0),
        ("Mon, 12 Jan 2026 17:02:00 +0800", 120.0),
        ("Mon, 12 Jan 2026 09:02:00 -0000", 120.0),
        ("Mon, 12 Jan 2026 08:00:00 GMT", 0.0),
        ("", None),
        ("-5", None),
        ("later", None),
        ("９９", None),
        ("9" * 5000, None),
    ],
)
def test_seconds_and_dates(header: str, seconds: float | None) -> None:
    assert retry_after_of(header, NOW) == seconds


@given(
    st.text() | st.from_regex(r"[A-Z][a-z]{2}, \d{1,4} [A-Z][a-z]{2} \d{1,6} \d{1,3}:\d{1,3}(:\d{1,3})? [+-]\d{1,6}")
)
def test_never_negative_and_never_an_error(header: str) -> None:
    seconds = retry_after_of(header, NOW)
    assert seconds is None or seconds >= 0
