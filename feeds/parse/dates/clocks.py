"""The time of day in its written forms: 19:55:10, 3点20分, 下午3:20, 9:30 PM, T0930."""

import re
from typing import NamedTuple

_PARTS = {
    "凌晨": "night",
    "清晨": "morning",
    "清早": "morning",
    "早晨": "morning",
    "早上": "morning",
    "早间": "morning",
    "早": "morning",
    "上午": "am",
    "中午": "noon",
    "正午": "noon",
    "午间": "noon",
    "下午": "pm",
    "午后": "pm",
    "傍晚": "pm",
    "晚上": "evening",
    "晚间": "evening",
    "夜间": "evening",
    "夜里": "evening",
    "深夜": "evening",
    "当晚": "evening",
    "晚": "evening",
    "am": "latin am",
    "pm": "pm",
}
_CHINESE_PART = "|".join(sorted((word for word in _PARTS if not word.isascii()), key=len, reverse=True))
_LATIN_PART = r"[ap]\.?\s?m\b\.?"
_CLOCK = re.compile(
    rf"(?:(?P<before>{_CHINESE_PART}|{_LATIN_PART})\s*)?"
    r"(?:(?P<hour>\d{1,2})\s?(?::|时|點|点)\s?"
    r"(?:(?P<minute>\d{1,2}|半|[一三]刻|整|(?=\D|$))(?:\s?[:分]\s?(?P<second>\d{1,2})(?:[.,]\d{1,9})?\s?秒?|\s?分)?)"
    r"|T?(?P<hour2>\d\d)(?P<minute2>\d\d)(?P<second2>\d\d)?(?:[.,]\d{1,9})?(?!\d)"
    rf"|(?P<hour3>\d{{1,2}})(?=\s?{_LATIN_PART})|T(?P<hour4>\d\d)(?=Z|[+-]|$))"
    rf"(?:\s?(?P<after>{_LATIN_PART}|上午|下午|晚上))?",
    re.IGNORECASE,
)
# Signs of a clock. If one is left in the text, the time was not understood.
TRACE = re.compile(rf"\d|[点點时分]|{_CHINESE_PART}|\b{_LATIN_PART}", re.IGNORECASE)
_WORDED = {"半": 30, "一刻": 15, "三刻": 45, "整": 0}


class Clock(NamedTuple):
    """A time from 0:00 to 24:00 (the end of the day), and the position after it in the text."""

    hour: int
    minute: int
    second: int
    end: int


def clock_at(text: str) -> Clock | None:
    """The clock at the beginning of a text. Raises ValueError if it does not exist or could be two hours."""
    found = _CLOCK.match(text)
    if found is None:
        return None
    hour = int(next(found[name] for name in ("hour", "hour2", "hour3", "hour4") if found[name]))
    minute = found["minute"] or found["minute2"] or "0"
    second = int(found["second"] or found["second2"] or 0)
    minutes = _WORDED[minute] if minute in _WORDED else int(minute)
    part = found["before"] or found["after"]
    hour = _hour(hour, _part(part)) if part else hour
    if hour > 24 or minutes > 59 or second > 60 or (hour == 24 and (minutes or second) and not part):
        raise ValueError(text)
    return Clock(hour, minutes, min(second, 59), found.end())


def _part(word: str) -> str:
    return _PARTS[re.sub(r"[.\s]", "", word.lower())]


def _hour(hour: int, part: str) -> int:
    """The hour from 0 to 24. Raises ValueError if the part of the day does not have it, or it could be two hours."""
    hours = {
        "night": {12: 0, **{number: number for number in range(7)}},
        "morning": {number: number for number in range(4, 12)},
        "latin am": {12: 0, **{number: number for number in range(12)}},
        "am": {number: number for number in range(12)},  # programs mean 0:30 by 上午12:30, people mean 12:30
        "noon": {1: 13, 2: 14, **{number: number for number in range(11, 15)}},
        "pm": {**{number: number + 12 for number in range(1, 12)}, **{number: number for number in range(12, 24)}},
        "evening": {12: 24, **{n: n + 12 for n in range(5, 12)}, **{n: n for n in range(17, 25)}},
    }[part]
    if hour not in hours:
        raise ValueError(hour)
    return hours[hour]
