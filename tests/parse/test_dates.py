"""Times in all their forms."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feeds.model import BEIJING
from feeds.parse.dates import time_of

MOMENT = datetime(2018, 12, 28, 19, 55, 10, tzinfo=BEIJING)
MINUTE = MOMENT.replace(second=0)
# Ten digits such as 2048090100 are seconds in 2034 or an hour of 1 September 2048: nobody can tell.
AN_HOUR = re.compile(r"20\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])")


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("1545998110", MOMENT),
        (1545998110, MOMENT),
        ("1545998110000", MOMENT),
        ("2018-12-28 19:55:10", MOMENT),
        ("2018-12-28T19:55:10+08:00", MOMENT),
        ("2018-12-28T11:55:10Z", MOMENT),
        ("2018-12-28T11:55:10.000Z", MOMENT),
        ("2018-12-28T06:55:10-0500", MOMENT),
        ("2018年12月28日 19:55", MINUTE),
        ("2018年12月28日19:55", MINUTE),
        (" 2018年12月28日　19：55 新京报", MINUTE),
        ("2018.12.28 19:55", MINUTE),
        ("2018.12.2819:55", MINUTE),
        ("2018/12/28 19:55", MINUTE),
        ("2018-12-28", MOMENT.replace(hour=0, minute=0, second=0)),
        ("2018-12-27 24:00", MOMENT.replace(hour=0, minute=0, second=0)),
        ("Fri, 28 Dec 2018 11:55:10 GMT", MOMENT),
        ("Fri, 28 Dec 2018 19:55:10 +0800", MOMENT),
        ("28 Dec 2018 11:55:10 -0000", MOMENT),
        ("Fri, 28 Dec 2018 19:55:10", MOMENT),
        ("Fri Dec 28 19:55:10 +0800 2018", MOMENT),
    ],
)
def test_a_time_is_read_in_every_form(written: object, moment: datetime) -> None:
    assert time_of(written) == moment


@pytest.mark.parametrize(
    "written",
    [
        "",
        "  ",
        None,
        True,
        "昨天",
        "12月28日 19:55",
        "2018-02-30",
        "2018-13-01",
        "1970-01-01 08:00:01",
        "0",
        "-1",
        1e300,
    ],
)
def test_a_text_that_is_not_a_time_has_none(written: object) -> None:
    assert time_of(written) is None


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    moment = time_of(text)
    assert moment is None or moment.tzinfo is not None


@given(st.datetimes(datetime(1991, 1, 1), datetime(2099, 1, 1)))  # noqa: DTZ001 -- Beijing's clock is put on below
@example(datetime(2034, 11, 26, 1, 55))  # noqa: DTZ001
def test_iso_in_beijing_comes_back(naive: datetime) -> None:
    moment = naive.replace(microsecond=0, tzinfo=BEIJING)
    assert time_of(moment.isoformat()) == moment
    seconds = str(int(moment.timestamp()))
    assert time_of(seconds) == (None if AN_HOUR.fullmatch(seconds) else moment)
    assert time_of(moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")) == moment
    assert time_of(moment.strftime("%Y-%m-%d %H:%M:%S")) == moment
    assert moment.utcoffset() == timedelta(hours=8)
