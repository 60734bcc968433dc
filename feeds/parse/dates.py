"""Every dress in which Sina, RSS and the dumps write a time, as an aware datetime.

Where no zone is given the clock is Beijing's. Returns None rather than guess: a time without a year, a day that does
not exist, the epoch that means "never" in the 7x24 feed.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from feeds.model import BEIJING

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)

_SECONDS = re.compile(r"\d{9,10}(?:\.\d{1,9})?")
_MILLISECONDS = re.compile(r"\d{12,13}")
# 2018-12-28 19:55:10, 2018-12-28T19:56:29+08:00, 2018年12月28日 19:55, 2016年05月25日10:10, 2005.08.26 05:39, 2021/1/2
_NUMERIC = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s?[-./年]\s?(?P<month>\d{1,2})\s?[-./月]\s?(?P<day>\d{1,2})(?:日|号)?"
    r"(?:[T\s,，]{0,4}(?P<hour>\d{1,2})\s?[:：时]\s?(?P<minute>\d{1,2})(?:\s?[:：分]\s?(?P<second>\d{1,2})(?:\.\d{1,9})?)?"
    r"\s?(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?)?",
    re.IGNORECASE,
)
# Thu Dec 25 22:46:48 +0800 2025, the timestamp of the 7x24 feed's envelope
_ASCTIME = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d) ([+-]\d{4}) (\d{4})")
_ZONE = re.compile(r"([+-])(\d\d):?(\d\d)")


def time_of(value: object) -> datetime | None:
    """The moment that `value`, a string or a number of unix seconds, names."""
    if isinstance(value, bool) or value is None:
        return None
    text = str(value).strip()[:80]
    if not text:
        return None
    try:
        moment = _parsed(text)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return moment if moment and _EARLIEST <= moment < _LATEST else None


def _parsed(text: str) -> datetime | None:
    if _SECONDS.fullmatch(text):
        return datetime.fromtimestamp(float(text), BEIJING)
    if _MILLISECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(text) / 1000, BEIJING)
    if found := _NUMERIC.search(text):
        return _numeric(found)
    if found := _ASCTIME.fullmatch(text):
        month, day, clock, zone, year = found.groups()
        text = f"{day} {month} {year} {clock} {zone}"
    moment = parsedate_to_datetime(text)
    # RFC 5322 §3.3: -0000 is "UTC, place unknown"; email.utils gives it, and a missing zone, as naive.
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC if text.endswith("-0000") else BEIJING)
    return moment


def _numeric(found: re.Match[str]) -> datetime:
    year, month, day, hour, minute, second = (
        int(found[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")
    )
    midnight = hour == 24  # 24:00 is written for the end of a day
    moment = datetime(year, month, day, 0 if midnight else hour, minute, min(second, 59), tzinfo=_zone(found["zone"]))
    return moment + timedelta(days=1) if midnight else moment


def _zone(text: str | None) -> timezone:
    if not text:
        return BEIJING
    if found := _ZONE.fullmatch(text):
        offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
        return timezone(-offset if found[1] == "-" else offset)
    return UTC
