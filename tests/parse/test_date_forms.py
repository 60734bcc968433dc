"""Zones, parts of the day, names of months, compact forms, times that count back from now; and unknown times."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.model import BEIJING
from feeds.parse.dates import time_of

MOMENT = datetime(2024, 3, 15, 9, 30, tzinfo=BEIJING)
AFTERNOON = datetime(2024, 3, 15, 15, 20, tzinfo=BEIJING)
NOW = datetime(2024, 3, 15, 9, 30, 20, tzinfo=BEIJING)
MIDNIGHT = datetime(2024, 3, 15, tzinfo=BEIJING)


@pytest.mark.parametrize(
    "written",
    [
        "2024-03-15 09:30:00 CST",
        "Fri, 15 Mar 2024 09:30:00 CST",
        "周五, 15 三月 2024 09:30:00 +0800",
        "星期五, 15 3月 2024 09:30:00",
        "Fri Mar 15 09:30:00 CST 2024",
        "Fri Mar 15 09:30:00 2024",
        "Fri Mar 15 2024 09:30:00 GMT+0800 (中国标准时间)",
        "Fri Mar 15 2024 09:30:00 GMT+0800 (China Standard Time)",
        "2024-03-15 09:30:00 GMT+0800",
        "2024-03-15 09:30:00 GMT+8",
        "2024-03-15 09:30:00 UTC+08:00",
        "2024-03-15 09:30:00 UTC +8",
        "2024-03-15T09:30:00+08",
        "2024-03-15T09:30+0800",
        "2024-03-15T09:30:00+08:00[Asia/Shanghai]",
        "2024-03-15 09:30:00 Asia/Shanghai",
        "2024-03-15T01:30:00,123Z",
        "2024-03-15T01:30Z",
        "20240315T093000+0800",
        "20240315T013000Z",
        "20240315T0930",
        "20240315093000",
        "202403150930",
        "20240315 09:30",
        "2024-03-15T0930",
        "2024年3月15日 9时30分",
        "2024年3月15日上午9点30分",
        "2024年3月15日上午九点三十分",
        "二〇二四年三月十五日 9:30",
        "2024年3月15日（星期五）09:30",
        "2024年3月15日 周五 9点半",
        "2024-03-15 星期五 09:30",
        "２０２４－０３－１５　０９：３０",
        "北京时间2024年3月15日09:30",
        "2024年3月15日 09:30（北京时间）",
        "发布时间：2024-03-15 09:30 来源：经济日报",
        "09:30 2024-03-15",
        "Fri, 15 Mar 2024 01:30 GMT",
        "fri, 15 mar 2024 01:30:00 gmt",
        "15 March 2024 01:30:00 UT",
        "Fri, 15 Mar 24 01:30:00 Z",
        "15-Mar-2024 01:30:00 UTC",
        "March 15, 2024 9:30 AM",
        "Mar. 15th, 2024, 9:30 a.m.",
        "Friday, March 15, 2024 at 9:30 am",
        "3/15/2024 9:30 AM",
        "15/3/2024 09:30",
        "Thu, 14 Mar 2024 20:30:00 EST",
        "Thu, 14 Mar 2024 21:30:00 EDT",
        "Thu, 14 Mar 2024 17:30:00 PST",
        "Fri, 15 Mar 2024 02:30:00 CET",
        "Fri, 15 Mar 2024 10:30:00 JST",
        "Fri, 15 Mar 2024 07:00:00 +0530",
        "Fri, 15 Mar 2024 09:30:00 +800",
        "2024-W11-5T09:30",
        "2024W115T0930",
        "2024-075T09:30:00+08:00",
        "2024075T0930",
        1710466200,
        1710466200.0,
        "1710466200000",
        "1710466200000000",
        "1710466200000000000",
    ],
)
def test_a_moment_is_read_in_every_form(written: object) -> None:
    assert time_of(written) == MOMENT


@pytest.mark.parametrize(
    "written",
    [
        "2024年3月15日下午3点20分",
        "2024年3月15日 下午 3:20",
        "2024-03-15 下午15:20",
        "2024-03-15 3:20 PM",
        "2024-03-15 03:20:00 p.m.",
        "Mar 15, 2024 3:20PM",
        "3/15/2024 3:20:00 PM",
        "2024年3月15日（周五）下午三点二十分",
        "15 Mar 2024 15:20:00",
    ],
)
def test_a_part_of_the_day_counts(written: str) -> None:
    assert time_of(written) == AFTERNOON


@pytest.mark.parametrize(
    ("written", "hours", "minutes"),
    [
        ("凌晨1点05分", 1, 5),
        ("凌晨12:30", 0, 30),
        ("早上8点", 8, 0),
        ("上午11:59", 11, 59),
        ("中午12点", 12, 0),
        ("中午1点", 13, 0),
        ("下午12:30", 12, 30),
        ("傍晚6点一刻", 18, 15),
        ("晚8点", 20, 0),
        ("晚上9点40分", 21, 40),
        ("深夜23:50", 23, 50),
        ("晚12点", 24, 0),
        ("12:10 PM", 12, 10),
        ("11 pm", 23, 0),
        ("12:10 am", 0, 10),
    ],
)
def test_hours_of_the_parts_of_a_day(written: str, hours: int, minutes: int) -> None:
    assert time_of(f"2024年3月15日 {written}") == MIDNIGHT + timedelta(hours=hours, minutes=minutes)


@pytest.mark.parametrize(
    "written",
    [
        "2024-03-15 09:30:00 BST",
        "2024-03-15 09:30:00 IST",
        "Fri, 15 Mar 2024 09:30:00 AST",
        "Fri, 15 Mar 2024 09:30:00 A",
        "Fri, 15 Mar 2024 09:30:00 XYZ",
        "2024-03-15 09:30:00 +2500",
        "2024-03-15 09:30:00 +0870",
        "2024-03-15 09:30:00 America/Chicago",
        "当地时间2024年3月15日09:30",
        "2024年3月15日 09:30（美东时间）",
        "2024年3月15日上午12:30",  # noon to people, midnight to programs
        "2024年3月15日晚上2点",
        "2024年3月15日下午",
        "2024年3月15日下午几点",
        "2024-03-15 13:30 AM",
        "2024-03-15 25:00",
        "2024-03-15 09:75",
        "2024-03-155",
        "03/04/2024 09:30",
        "24-03-15 09:30",
        "15 Mar 09:30:00",
        "2024-W11T09:30",
        "2024-366x",
        "2023-366",
        "2024-W54-1",
        "2024-03",
        "2024",
        "3月15日 09:30",
        "30 Feb 2024 09:30:00 GMT",
        "15 Marble 2024",
        "2024031509",
        "3分钟前",  # no clock to count from
        "0000-00-00",
        "0000-00-00T00:00:00Z",
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "1970-01-01T00:00:00Z",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59-12:00",
        "Mon, 01 Jan 0001 00:00:00 GMT",
        "31 Dec 9999 24:00:00 -1200",
        "99999-01-01",
        "9" * 16,
        "9" * 19,
        "99999999999999999999",
        "1e400",
        "nan",
        "-62135596800",
    ],
)
def test_an_uncertain_time_is_unknown(written: object) -> None:
    assert time_of(written) is None


def test_cst_is_unknown_in_a_source_that_is_not_chinese() -> None:
    assert time_of("Fri, 15 Mar 2024 09:30:00 CST", chinese=False) is None
    assert time_of("Fri, 15 Mar 2024 09:30:00 CST (+0800)") == MOMENT


def test_a_word_after_a_time_in_running_text_is_not_a_zone() -> None:
    assert time_of("2024-03-15 09:30 CCTV", field=False) == MOMENT
    assert time_of("2024-03-15 09:30 BST", field=False) is None


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("刚刚", NOW),
        ("30秒前", NOW - timedelta(seconds=30)),
        ("3分钟前", NOW - timedelta(minutes=3)),
        ("发布于 3 分钟前", NOW - timedelta(minutes=3)),
        ("半小时前", NOW - timedelta(minutes=30)),
        ("2小时前", NOW - timedelta(hours=2)),
        ("两个小时之前", NOW - timedelta(hours=2)),
        ("昨天 18:40", MIDNIGHT - timedelta(hours=5, minutes=20)),
        ("昨日18时40分", MIDNIGHT - timedelta(hours=5, minutes=20)),
        ("今天 08:05", MIDNIGHT + timedelta(hours=8, minutes=5)),
        ("今天上午8点05分", MIDNIGHT + timedelta(hours=8, minutes=5)),
        ("前天", MIDNIGHT - timedelta(days=2)),
        ("3天前", MIDNIGHT - timedelta(days=3)),
        ("5 minutes ago", NOW - timedelta(minutes=5)),
        ("an hour ago", NOW - timedelta(hours=1)),
        ("yesterday 18:40", MIDNIGHT - timedelta(hours=5, minutes=20)),
    ],
)
def test_times_that_count_from_now(written: str, moment: datetime) -> None:
    assert time_of(written, NOW) == moment
    assert time_of(written, NOW.astimezone(UTC)) == moment


@pytest.mark.parametrize(
    "written", ["2个月前", "一年前", "3周前", "昨天下午", "昨天 25:00", "以前", "09:30", "明天 09:30"]
)
def test_an_uncertain_time_from_now_is_unknown(written: str) -> None:
    assert time_of(written, NOW) is None


MOMENTS = st.datetimes(datetime(1991, 1, 1), datetime(2099, 1, 1))  # noqa: DTZ001 -- a clock is put on below
OFFSETS = st.integers(-12 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
DRESSES = (
    "%a, %d %b %Y %H:%M:%S %z",
    "%A, %d %B %Y %H:%M:%S %z",
    "%d %b %y %H:%M:%S %z",
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y%m%dT%H%M%S%z",
    "%a %b %d %H:%M:%S %z %Y",
    "%a %b %d %Y %H:%M:%S GMT%z",
    "%B %d, %Y %I:%M:%S %p %z",
    "%Y-%jT%H:%M:%S%z",
    "%G-W%V-%uT%H:%M:%S%z",
    "%Y年%m月%d日 %H时%M分%S秒 UTC%z",
)


@given(MOMENTS, OFFSETS, st.sampled_from(DRESSES))
def test_a_printed_time_is_read_as_the_same(naive: datetime, zone: timezone, form: str) -> None:
    moment = naive.replace(microsecond=0, tzinfo=zone)
    if "%y" in form:
        moment = moment.replace(year=2000 + moment.year % 50, day=min(moment.day, 28))
    assert time_of(moment.strftime(form)) == moment


@given(st.text("0123456789-/:.年月日时分秒TZ+ 上下午GMTCS", max_size=40))
def test_no_text_like_a_time_raises(text: str) -> None:
    moment = time_of(text, NOW)
    assert moment is None or moment.tzinfo is not None
