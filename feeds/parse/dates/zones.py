"""The time zone after a clock.

If the zone is not known, the time is unknown: no time is moved by a guess. `CST` means China's time in a Chinese source
and is unknown elsewhere. `BST`, `IST` and others mean several zones everywhere.
"""

import re
from datetime import UTC, timedelta, timezone

from feeds.model import BEIJING

_UNIVERSAL = "Z UTC GMT UT WET ZULU"
# Hours east of Greenwich. The North American zones are from RFC 822 §5.1.
_HOURS = {
    "EST": -5.0,
    "EDT": -4.0,
    "CDT": -5.0,
    "MST": -7.0,
    "MDT": -6.0,
    "PST": -8.0,
    "PDT": -7.0,
    "CET": 1.0,
    "CEST": 2.0,
    "MEZ": 1.0,
    "MESZ": 2.0,
    "WEST": 1.0,
    "EET": 2.0,
    "EEST": 3.0,
    "MSK": 3.0,
    "HKT": 8.0,
    "SGT": 8.0,
    "BJT": 8.0,
    "PRC": 8.0,
    "AWST": 8.0,
    "JST": 9.0,
    "KST": 9.0,
    "ACST": 9.5,
    "AEST": 10.0,
    "AEDT": 11.0,
    "NZST": 12.0,
    "NZDT": 13.0,
}
_CHINA = re.compile(
    r"(?:北京|中国(?:标准)?|香港|台北|东八区)(?:标准)?时间|东八区|china\s(?:standard\s)?time|beijing(?:\stime)?"
    r"|asia/(?:shanghai|chongqing|harbin|hong_kong|macau|taipei|beijing)",
    re.IGNORECASE,
)
_WORLD = re.compile(
    r"(?:格林[尼威]治|世界|国际)(?:标准|协调|平)?时间?|(?:greenwich|coordinated universal)\s(?:mean\s)?time|etc/utc",
    re.IGNORECASE,
)
# Times of other places, whose offset depends on the season or is not given.
_ELSEWHERE = re.compile(
    r"(?:当地|本地|美东|美西|美国|纽约|华盛顿|东部|伦敦|英国|欧洲|巴黎|莫斯科|东京|日本)(?:标准|夏令)?时间"
)
_OFFSET = re.compile(r"(?:(?:GMT|UTC|UT|Z)\s?)?([+\-\u2212])\s?(\d{1,2})(?::?(\d\d))?(?![\d:])", re.IGNORECASE)
_NAME = re.compile(r"([A-Za-z]{1,5})(?![A-Za-z/_])")
_PLACE = re.compile(r"[A-Za-z]{2,20}/[A-Za-z_]{2,30}")
_FARTHEST = 14  # hours


class UnknownZoneError(ValueError):
    """The named zone is unknown, or has several meanings."""


def zone_of(tail: str, head: str = "", *, chinese: bool = True, field: bool = True) -> timezone:
    """The zone in the text after a clock, or in the text before the date; Beijing's if it is missing.

    `field`: the text is only a time, so a word after it can only be a zone. Raises UnknownZoneError.
    """
    tail = tail.lstrip(" \t,;([").strip()
    if found := _OFFSET.match(tail):
        return _zone_at_offset(found)
    for text in (tail, head):
        if _ELSEWHERE.search(text):
            raise UnknownZoneError
    if _CHINA.match(tail) or _CHINA.search(head):
        return BEIJING
    if _WORLD.match(tail) or _WORLD.search(head):
        return UTC
    if tail[:1] in ("+", "-", "\u2212") or _PLACE.match(tail):
        raise UnknownZoneError
    if found := _NAME.match(tail):
        return _zone_named(found[1], alone=not tail[found.end() :].strip(" )]."), chinese=chinese, field=field)
    return BEIJING


def _zone_at_offset(found: re.Match[str]) -> timezone:
    hours, minutes = int(found[2]), int(found[3] or 0)
    if hours + minutes / 60 > _FARTHEST or minutes > 59:
        raise UnknownZoneError
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(offset if found[1] == "+" else -offset)


def _zone_named(name: str, *, alone: bool, chinese: bool, field: bool) -> timezone:
    known = name.upper()
    if known in _UNIVERSAL.split():
        return UTC
    if known == "CST" and chinese:
        return BEIJING
    if known in _HOURS:
        return timezone(timedelta(hours=_HOURS[known]))
    # In running text (`19:55 CCTV`) the word after the time may be a name, unless it looks like a zone.
    if (field and alone) or (name.isupper() and known[-1:] == "T" and len(known) > 2):
        raise UnknownZoneError
    return BEIJING
