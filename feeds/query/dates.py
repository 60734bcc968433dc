"""Dates and deadlines of a filter as ranges of Beijing days. Pure: today is passed in."""

import calendar
import re
from datetime import date, datetime, time, timedelta

from feeds.errors import QueryError, phrase
from feeds.model import BEIJING
from feeds.query.terms import DATE_WORDS, Dates, Due

_DATE = r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?"
_CHINESE_DATE = re.compile(r"([0-9]{4})年(?:([0-9]{1,2})月(?:([0-9]{1,2})日?)?)?")
_SIGN = r">=|<=|>|<|="
_A_DATE = phrase("expected a date such as 2026-10-08, 2026-09..2026-11, today, yesterday, week or month, not “{given}”")
_A_DEADLINE = phrase("expected a deadline such as 2027, 2027-06, <=2027 or 2025..2030, not “{given}”")
_NEVER = (date.max, date.min)


def _day_range(text: str, position: int, refusal: str = _A_DATE) -> tuple[date, date]:
    """First and last day of a year, a month or a day."""
    found = re.fullmatch(_DATE, text)
    try:
        if found is None:
            raise ValueError  # noqa: TRY301 -- one message for every mistake in a date
        year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
        if day:
            return date(year, month, day), date(year, month, day)
        if month:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except (ValueError, calendar.IllegalMonthError):
        raise QueryError(refusal, position=position, given=text) from None


def _plain(text: str) -> str:
    """The text with 2026年10月8日 as 2026-10-08, and with 至 between two dates as two dots."""
    text = _CHINESE_DATE.sub(lambda date: "-".join(part.zfill(2) for part in date.groups() if part), text)
    return re.sub(r"(?<=[0-9])[至到](?=[0-9])", "..", text)


def dates_of(text: str, today: date, position: int) -> Dates:
    """A date, a range of dates, or a word such as `week`."""
    text = _plain(text)
    word = text.lower()
    if word in DATE_WORDS:
        try:
            first, last = {
                "today": lambda: (today, today),
                "yesterday": lambda: (today - timedelta(days=1),) * 2,
                "week": lambda: (today - timedelta(days=today.weekday()), today + timedelta(days=6 - today.weekday())),
                "month": lambda: _day_range(f"{today.year:04}-{today.month}", position),
            }[word]()
        except OverflowError:
            first = last = today
        return Dates(word, first, last)
    return Dates(text, *_range_of(text, position))


def _range_of(text: str, position: int, refusal: str = _A_DATE) -> tuple[date | None, date | None]:
    """The days of `a..b`, `a..` or `..b`, both ends included, or of one date without dots."""
    start, dots, end = text.partition("..")
    if not dots:
        return _day_range(text, position, refusal)
    if not start and not end:
        raise QueryError("expected a date before or after the two dots", position=position)
    opening = _day_range(start, position, refusal)[0] if start else None
    closing = _day_range(end, position + len(start) + 2, refusal)[1] if end else None
    if opening and closing and opening > closing:
        raise QueryError("the range ends before it begins", position=position)
    return opening, closing


def due_of(text: str, position: int) -> Due:
    """The term for deadlines whose last day is before, on or after a date, or in a range; `*` is any deadline."""
    text = _plain(text)
    if text == "*":
        return Due(text, None, None)
    found = re.match(_SIGN, text)
    sign, rest = (found[0], text[found.end() :]) if found else ("=", text)
    position += len(text) - len(rest)
    if sign == "=":
        return Due(text, *_range_of(rest, position, _A_DEADLINE))
    first, last = _day_range(rest, position, _A_DEADLINE)
    if sign in (">=", "<="):
        return Due(text, first, None) if sign == ">=" else Due(text, None, last)
    if (first if sign == "<" else last) in _NEVER:  # before the first day of the calendar or after its last
        return Due(text, *_NEVER)
    step = timedelta(days=1)
    return Due(text, None, first - step) if sign == "<" else Due(text, last + step, None)


def seconds_of(days: Dates) -> tuple[str, int | None, int | None]:
    """A range of Beijing days as it was typed, with its first and last second since 1970; None where it is open."""
    first, last = days.first, days.last
    return (
        days.typed,
        None if first is None else int(datetime.combine(first, time(), BEIJING).timestamp()),
        None if last is None else int(datetime.combine(last, time(23, 59, 59), BEIJING).timestamp()),
    )
