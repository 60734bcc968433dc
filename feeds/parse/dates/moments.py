"""Times in all forms of Sina, RSS and posts, as aware datetimes.

Without a zone, the time is Beijing's. A time that is not fully understood is unknown, and is never guessed: a time
without a year, a day that does not exist, an hour or a zone with two meanings, the epoch as a sign for "never".
"""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta

from feeds.model import BEIJING
from feeds.parse.dates.ago import ago_of
from feeds.parse.dates.clocks import TRACE, clock_at
from feeds.parse.dates.zones import zone_of

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)
_LONGEST = 120
_NEAR = 4  # characters after a date in running text in which its clock may be

_NUMBER = re.compile(r"(\d{9,10})(?:\.\d{1,9})?|(\d{12,13})|(\d{16})|(\d{19})")
_COMPACT_HOUR = re.compile(r"20[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[01][0-9]|2[0-3])")
_COMPACT_MINUTE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d")
# 2018-12-28, 2018年12月28日, 2005.08.26, 2021/1/2
_NUMERIC = re.compile(
    r"(?<!\d)(?P<year>\d{4})\s?[-./年]\s?(?P<month>\d{1,2})\s?[-./月]\s?(?P<day>[0-3]?\d)\s?[日号]?(?![-./]\d)"
)
_COMPACT = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?=[T\s]|$|\d{4}(?:\d\d)?(?!\d))")
_WEEK = re.compile(r"(?<!\d)(?P<year>\d{4})-?W(?P<week>\d\d)-?(?P<weekday>[1-7])(?!\d)")
_ORDINAL = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)-?(?P<ordinal>\d{3})(?=[T\s]|$)")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?P<more>[a-z]{0,6})\.?"
_DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s\-/.]*(?:of\s)?{_MONTH}[\s\-/,.]*(?P<year>\d{{4}}|\d{{2}})(?![\d:])",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"\b{_MONTH}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|\s+)(?P<year>\d{{4}})(?![\d:])", re.IGNORECASE
)
# Thu Dec 25 22:46:48 +0800 2025, the timestamp of the 7x24 feed's envelope; `date` and asctime write the like.
_YEAR_LAST = re.compile(
    r"\b([A-Z][a-z]{2,8}) +(\d{1,2}),? +(\d{1,2}:\d\d(?::\d\d)?)((?: +[A-Za-z+\-][\w:+\-]{0,9})?) +(\d{4})$",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"(?<!\d)(?P<first>\d{1,2})[/.-](?P<second>\d{1,2})[/.-](?P<year>(?:19|20)\d\d)(?!\d)")
_WEEKDAY = re.compile(
    r"[(\[]?\s?(?:(?:星期|周|礼拜)[一二三四五六日天]"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?)\s?[)\]]?,?",
    re.IGNORECASE,
)
# 03 十一月 2026, 3 11月 2026: the order of RFC 822, as .NET writes it on a Chinese machine.
_CHINESE_MONTH = re.compile(r"(?<!\d)(?P<day>\d{1,2})\s(?P<month>\d{1,2})月,?\s(?P<year>\d{4})(?!\d)")
_NUMERALS = re.compile("[〇零一二三四五六七八九十]{1,4}(?=[年月日号点时分])")
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0}
_CONNECTS = re.compile(r"[\s,;]*(?:T(?=\d{1,2}[:点时]))?(?:at\s|@\s?)?", re.IGNORECASE)
_CLOCK_BEFORE = re.compile(r"(?<![\d:])(\d{1,2}:\d\d(?::\d\d)?)[\s,]*$")


def time_of(value: object, now: datetime | None = None, *, chinese: bool = True, field: bool = True) -> datetime | None:
    """The moment of `value`, a string or a number of unix seconds; None if it is not certain.

    `now` is the time of the fetch, from which 3分钟前 counts. `chinese`: the source is Chinese (for CST). `field` is
    false for a part of running text, in which a word after the time may be something else than a zone.
    """
    if isinstance(value, bool) or value is None:
        return None
    text = str(value)[:_LONGEST].strip()
    if not text:
        return None
    try:
        moment = _moment_of_text(text, now, chinese=chinese, field=field)
        known = moment is not None and _EARLIEST <= moment < _LATEST
    except (ValueError, OverflowError, OSError):
        return None
    return moment if known else None


def _moment_of_text(text: str, now: datetime | None, *, chinese: bool, field: bool) -> datetime | None:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    if found := _NUMBER.fullmatch(text):
        return _moment_of_number(found)
    if found := _YEAR_LAST.search(text):
        month, number, clock, zone, year = found.groups()
        text = f"{number} {month} {year} {clock}{zone}"
    text = _WEEKDAY.sub(" ", text)
    if not text.isascii():
        text = _NUMERALS.sub(_in_digits, text)
    found_date = _date_in(text)
    if found_date is None:
        return ago_of(text.strip(), now) if now else None
    day, start, end = found_date
    return _moment_of_day(day, text[:start].strip(), text[end:], chinese=chinese, field=field)


def _moment_of_day(day: date, head: str, tail: str, *, chinese: bool, field: bool) -> datetime | None:
    """The moment on a day, by the clock and zone in the text before and after its date."""
    connected = _CONNECTS.match(tail)
    rest = tail[connected.end() if connected else 0 :]
    clock = clock_at(rest)
    if clock is None and (found := _CLOCK_BEFORE.search(head)):
        clock = clock_at(found[1])
        head = head[: found.start()]
    elif clock:
        rest = rest[clock.end :]
    if clock is None:
        # A date alone may have a zone (dates of XML Schema). Another sign of a clock is not understood.
        if rest == "Z" or re.fullmatch(r"\+\d\d:\d\d", rest):
            return datetime.combine(day, time(), zone_of(rest))
        left = rest if field else rest[:_NEAR]
        return None if TRACE.search(left) else datetime.combine(day, time(), zone_of("", head))
    zone = zone_of(rest, head, chinese=chinese, field=field)
    moment = datetime.combine(day, time(clock.hour % 24, clock.minute, clock.second), zone)
    return moment + timedelta(days=1) if clock.hour == 24 else moment


def _moment_of_number(found: re.Match[str]) -> datetime | None:
    """Unix time in seconds, milli-, micro- or nanoseconds; twelve digits may be a date and a clock."""
    text = found[0]
    if found[1]:
        return None if _COMPACT_HOUR.fullmatch(text) else datetime.fromtimestamp(float(text), BEIJING)
    if found[2] and _COMPACT_MINUTE.fullmatch(text):
        return datetime.strptime(text, "%Y%m%d%H%M").replace(tzinfo=BEIJING)
    return datetime.fromtimestamp(int(text) / {12: 1e3, 13: 1e3, 16: 1e6, 19: 1e9}[len(text)], BEIJING)


def _date_in(text: str) -> tuple[date, int, int] | None:
    """The date in a text, with its start and end. Raises ValueError if it does not exist."""
    if found := _NUMERIC.search(text) or _COMPACT.search(text) or ("月" in text and _CHINESE_MONTH.search(text)):
        return date(int(found["year"]), int(found["month"]), int(found["day"])), *found.span()
    if found := _DAY_FIRST.search(text) or _MONTH_FIRST.search(text):
        return _date_with_month_name(found), *found.span()
    if found := _WEEK.search(text):
        return date.fromisocalendar(*(int(found[name]) for name in ("year", "week", "weekday"))), *found.span()
    if found := _ORDINAL.search(text):
        day = date(int(found["year"]), 1, 1) + timedelta(days=int(found["ordinal"]) - 1)
        if int(found["ordinal"]) == 0 or day.year != int(found["year"]):
            raise ValueError(text)
        return day, *found.span()
    if found := _SLASHED.search(text):
        return _date_with_slashes(found), *found.span()
    return None


def _date_with_month_name(found: re.Match[str]) -> date:
    word = (found["name"] + found["more"]).lower()
    month = next(
        (number for number, name in enumerate(_MONTHS, 1) if name.startswith(word) or (word == "sept" and number == 9)),
        0,
    )
    year = int(found["year"])
    if len(found["year"]) == 2:
        year += 2000 if year < 50 else 1900  # RFC 5322 §4.3
    return date(year, month, int(found["day"]))


def _date_with_slashes(found: re.Match[str]) -> date:
    """15/03/2024 or 03/15/2024: a number above 12 is the day. Raises ValueError if both could be."""
    first, second = int(found["first"]), int(found["second"])
    if first > 12 or first == second:
        return date(int(found["year"]), second, first)
    if second > 12:
        return date(int(found["year"]), first, second)
    raise ValueError(found[0])


def _in_digits(found: re.Match[str]) -> str:
    """二〇二四 as 2024, 十五 as 15, 二十 as 20."""
    tens, ten, ones = found[0].partition("十")
    if not ten:
        return "".join(str(_DIGITS[char]) for char in tens)
    return str((_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0))
