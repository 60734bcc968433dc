"""Times that count back from now: 3分钟前, 昨天 18:40, 2 hours ago. `now` is the time of the fetch."""

import re
from datetime import datetime, timedelta

from feeds.model import BEIJING
from feeds.parse.dates.clocks import TRACE, clock_at

_LEAD = re.compile(r"(?:发布|更新|发表|刊登)?(?:时间|于|在)?\s*[::]?\s*")
_NOW = re.compile(r"刚刚|刚才|just now", re.IGNORECASE)
_AGO = re.compile(
    r"(?:(\d{1,4})|(半)|([一两]))\s?个?\s?(秒|分|小?时|钟头|天|日)钟?[之以]?前"
    r"|(?:(\d{1,4})|an?)\s(second|sec|minute|min|hour|hr|day)s?\sago",
    re.IGNORECASE,
)
_DAY = re.compile(r"(今天|今日|昨天|昨日|前天|前日|today|yesterday)[\s,]*", re.IGNORECASE)
_DAYS = {"今天": 0, "今日": 0, "today": 0, "昨天": 1, "昨日": 1, "yesterday": 1, "前天": 2, "前日": 2}
_UNITS = {"秒": 1, "se": 1, "分": 60, "mi": 60, "时": 3600, "钟": 3600, "ho": 3600, "hr": 3600}
_WORDED = {"一": 1.0, "两": 2.0}


def ago_of(text: str, now: datetime) -> datetime | None:
    """The moment, or None if the text does not count back from now. For days ago it is the beginning of the day."""
    text = text[_match_end(_LEAD, text) :].strip()
    if _NOW.fullmatch(text):
        return now.astimezone(BEIJING)
    if found := _AGO.fullmatch(text):
        count = 0.5 if found[2] else _WORDED.get(found[3] or "") or float(found[1] or found[5] or 1)
        unit = (found[4] or found[6]).lower().removeprefix("小")[:2]
        if unit in ("天", "日", "da"):
            return _midnight(now) - timedelta(days=int(count)) if count >= 1 else None
        return now.astimezone(BEIJING) - timedelta(seconds=count * _UNITS[unit])
    if found := _DAY.match(text):
        day = _midnight(now) - timedelta(days=_DAYS[found[1].lower()])
        rest = text[found.end() :]
        if clock := clock_at(rest):
            return day + timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)
        return None if TRACE.search(rest) else day
    return None


def _midnight(now: datetime) -> datetime:
    return now.astimezone(BEIJING).replace(hour=0, minute=0, second=0, microsecond=0)


def _match_end(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.match(text)
    return found.end() if found else 0
