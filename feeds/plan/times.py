"""When: every date and period that a plan can set, as a deadline (`2025`, `2025-06`, `2021/2025`), with its stretch.

A date is firm when the expression itself says "by then" (到2025年, 6月底前, 2030年前, “十四五”末): what follows is an
aim. It is loose when it only names a time (今年, 2022年, 一季度, “十四五”时期): then a verb must say that something
is intended.
"""

import re
from calendar import monthrange
from datetime import datetime
from typing import NamedTuple

from feeds.plan.numerals import number_of


class Time(NamedTuple):
    """A time expression: its stretch, its deadline, whether it is firm, whether it is over when the article appears."""

    start: int
    end: int
    deadline: str
    firm: bool
    past: bool
    period: bool = False


_FIVE_YEARS = {"十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026, "十六五": 2031}
_QUARTERS = {"一": ("01", "03"), "二": ("04", "06"), "三": ("07", "09"), "四": ("10", "12")}

_TIME = re.compile(
    r"(?:力争|争取)?"
    r"(?P<by>(?:到|至|截至|截止到|持续到|持续至|延续至|于|在|在到)(?!\d{4}年(?:[^底末前]|"
    r"$)[^，]{0,6}前)|展望|远景)?(?:“|\")?"
    r"(?:"
    r"(?P<plan>十[二三四五六]五)(?:”|\")?(?P<planpart>末|期末|期间|时期|规划期|规划期内|开局之年|收官之年)"
    r"|(?P<century>本世纪中叶)"
    r"|(?P<from>20\d\d)年?[-—~至到]+(?P<to>20\d\d)年"
    r"|(?P<year>20\d\d)年(?P<ymonth>\d{1,2})月(?:(?P<yday>\d{1,2})日)?(?P<yend>底|末|份)?"
    r"|(?P<only>20\d\d)年(?P<yearend>年?底|末|全年|上半年|下半年|[一二三四]季度)?"
    r"|(?P<rel>今年|明年|后年|年内|全年|年底|本年度|年末|当年)(?P<relend>年?底|末|全年|年内|上半年|"
    r"下半年|[一二三四]季度"
    r"|(?P<rmonth>\d{1,2})月(?:(?P<rday>\d{1,2})日|底|末|份)?)?"
    r"|(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|底|末|份)?"
    r"|(?P<half>上半年|下半年)|(?P<quarter>[一二三四])季度"
    r"|(?:未来|今后|用|"
    r"力争用)(?P<span>[一二两三四五六七八九十\d]{1,2})(?:至[一二三四五六七八九十\d]{1,2})?年(?:左右)?(?:时间|"
    r"内)?"
    r")"
    r"(?P<before>(?:年?底|末)?(?:之前|以前|前(?!\d|[一二三四五六七八九十]+(?:个?月|季度|年|天|次会|"
    r"批)))|底前)?(?P<since>起|开始|以来|以后|后|间)?(?P<open>为止)?"
)
CHEAP = re.compile(r"20\d\d|五”?[末期时]|今年|明年|年内|全年|年底|月底|季度|[\d]月|半年|年时间|未来|今后|本世纪|年末")


def times_in(plain: str, published: datetime, start: int = 0, end: int | None = None) -> list[Time]:
    """The time expressions of the stretch, in order."""
    found = []
    for match in _TIME.finditer(plain, start, len(plain) if end is None else end):
        time = _time(match, published)
        if time is not None and not _is_no_time(plain, match):
            found.append(time)
    return found


_BASE = re.compile("的?(?:基础|水平)上|相比|的水平")


def _is_no_time(plain: str, match: re.Match[str]) -> bool:
    """2021年版, 第3月, 3月龄; and numbers that a date only seems to stand in (12022年)."""
    before = plain[match.start() - 1 : match.start()] if match.start() else ""
    following = plain[match.end() : match.end() + 1]
    if match["by"] in ("至", "到") and before in ("日", "月", "起"):
        return True  # 自1月1日至12月31日: a term of validity
    if before in ("比", "较", "与") or _BASE.match(plain, match.end()):
        return True  # 比2020年下降: a baseline
    return (before.isdigit() and not match["by"]) or following in ("版", "龄") or (before != "" and before in "第.个每")


def _time(match: re.Match[str], published: datetime) -> Time | None:
    deadline = _deadline(match, published)
    if deadline is None or match["since"] in ("起", "开始", "以来", "以后", "后"):
        return None
    by, before = match["by"] or "", match["before"]
    reaching = by not in ("", "于", "在")
    end_named = bool(match["planpart"] and "末" in match["planpart"])
    firm = bool(before) or reaching or end_named or bool(match["century"] and by)
    if match["rel"] in ("年内", "年底"):
        firm = True
    if by == "截至" and not before:
        firm = False
    last = deadline.split("/")[-1]
    today = published.date().isoformat()
    return Time(
        match.start(),
        match.end(),
        deadline,
        firm,
        last < today[: len(last)],
        # A year still to come needs no word of intent either: nobody reports its figures.
        period="/" in deadline or bool(match["plan"]) or last[:4] > today[:4],
    )


def _deadline(match: re.Match[str], published: datetime) -> str | None:
    this = published.year
    found: str | None
    if plan := match["plan"]:
        found = _five_years(_FIVE_YEARS[plan], match["planpart"])
    elif match["century"]:
        found = "2050"
    elif match["from"]:
        found = f"{match['from']}/{match['to']}"
    elif match["year"]:
        found = _day(int(match["year"]), int(match["ymonth"]), match["yday"])
    elif match["only"]:
        found = _part(int(match["only"]), match["yearend"])
    elif match["rmonth"]:
        found = _day(this + _YEARS_ON.get(match["rel"], 0), int(match["rmonth"]), match["rday"])
    elif match["rel"]:
        found = _part(this + _YEARS_ON.get(match["rel"], 0), match["relend"])
    elif match["month"]:
        found = _day(this, int(match["month"]), match["day"])
    elif match["half"] or match["quarter"]:
        found = _part(this, match["half"] or f"{match['quarter']}季度")
    else:
        years = number_of(match["span"])
        found = f"{this}/{this + years - 1}" if years and years > 1 else None
    return found


_YEARS_ON = {"明年": 1, "后年": 2}


def _five_years(first: int, part: str) -> str:
    if part in ("末", "期末", "收官之年"):
        return str(first + 4)
    return str(first) if part == "开局之年" else f"{first}/{first + 4}"


def _part(year: int, part: str | None) -> str:
    if part == "上半年":
        return f"{year}-06"
    if part and part.endswith("季度"):
        first, last = _QUARTERS[part[0]]
        return f"{year}-{first}/{year}-{last}"
    return str(year)


def _day(year: int, month: int, day: str | None) -> str | None:
    if not 1 <= month <= 12:
        return None
    if not day:
        return f"{year}-{month:02}"
    return f"{year}-{month:02}-{int(day):02}" if 1 <= int(day) <= monthrange(year, month)[1] else None
