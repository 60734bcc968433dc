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
    """A time expression: its stretch, its deadline, whether it is firm, whether it is over when the article appears.

    `period`: needs no word of intent before a figure. `coming`: a year after the article's, or a half-year or quarter
    that ends after its month. `early`: its own year, barely begun, of which nobody has figures yet. `wanted`: 力争
    stands in it. `term`: from a month to a month (4月至11月), which is a campaign's or nothing.
    """

    start: int
    end: int
    deadline: str
    firm: bool
    past: bool
    period: bool = False
    coming: bool = False
    early: bool = False
    wanted: bool = False
    term: bool = False


_FIVE_YEARS = {"十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026, "十六五": 2031}
_QUARTERS = {"一": ("01", "03"), "二": ("04", "06"), "三": ("07", "09"), "四": ("10", "12")}

# How each choice below begins: most digits, and most of what follows 到 or 在, begin no time and need not be tried.
_BEGINS = (
    r"(?=20\d\d|\d\d?月|十[二三四五六]五|本[年月世]|21世|二[〇零○]|[今明后全]年|今[明后]|年[内底末]|当[年月]|下[个月半]|上半|"
    r"[一二三四]季|未来|用|力|即日)"
)
_TIME = re.compile(
    r"(?=[\d一二三四十力争到至截持延于在展远“‘\"本今明后年全当上下未用即])(?P<wanted>力争|争取)?"
    r"(?P<by>(?:到|至|截至|截止到|持续到|持续至|延续至|于|在|在到)(?!\d{4}年(?:[^底末前]|"
    r"$)[^，]{0,6}前)|展望|远景)?(?:“|‘|\")?"
    rf"{_BEGINS}(?:"
    r"(?P<plan>十[二三四五六]五)(?:”|’|\")?(?P<planpart>末|期末|期间|时期|规划期|规划期内|开局之年|收官之年)"
    r"|(?P<century>(?:本|21)世纪中叶)"
    r"|(?:(?P<termyear>20\d\d)年|(?P<termrel>今年|明年)?)(?:(?P<first>\d{1,2})月(?:\d{1,2}日)?|(?P<now>即日))起?(?:至|到|[-—~]{1,2})"
    r"(?:(?P<lastyear>20\d\d)年|当年|同年|(?P<lastrel>明年|次年))?(?P<last>\d{1,2})月(?:\d{1,2}日|底|末)?"
    r"|(?P<from>20\d\d)年?[-—~至到]+(?P<to>20\d\d)年"
    r"|(?P<year>20\d\d)年(?P<ymonth>\d{1,2})月(?:(?P<yday>\d{1,2})日)?(?P<yend>底|末|份)?"
    r"|(?P<only>20\d\d|二[〇零○][一二三四五六七八九〇零○]{2})年(?P<yearend>年?底|末|全年|(?:[上下]半年|[一二三四]季度)[末底]?)?"
    r"|(?P<rel>今年|明年|后年|年内|全年|年底|本年度|年末|当年)(?P<relend>年?底|末|全年|年内|内|"
    r"(?:[上下]半年|[一二三四]季度)[末底]?"
    r"|(?P<rmonth>\d{1,2})月(?:(?P<rday>\d{1,2})日|底|末|份|[上中下]旬)?)?"
    r"|(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|底|末|份|[上中下]旬)?"
    r"|(?P<moon>本月|当月|下个?月)(?:底|末|内)"
    r"|(?P<half>[上下]半年[末底]?)|(?P<quarter>[一二三四]季度[末底]?)"
    r"|(?P<both>今明两年)"
    r"|(?:未来|今后|用|"
    r"力争用)(?P<span>[一二两三四五六七八九十\d]{1,2})(?:至[一二三四五六七八九十\d]{1,2})?年(?:左右)?(?:时间|"
    r"内)?"
    r")"
    r"(?P<before>(?:年?底|末)?(?:之前|以前|前后|前(?!后|\d|[一二三四五六七八九十]+(?:个?月|季度|年|天|次会|"
    r"批)))|底前)?(?P<since>起|开始|以来|以后|后|间)?(?P<open>为止)?"
)
# Every alternative opens with a character of its own, so that a text is searched by the class of these.
CHEAP = re.compile(
    r"二[〇零○]|月内|20\d\d|五[”’]?[末期时]|今年|明年|全年|年底|月底|季度|月(?<=\d月)|半年|年(?:左右)?的?时间|年内|未来|今后|今明|本世纪|年末"
)


def times_in(
    plain: str, published: datetime, start: int = 0, end: int | None = None, *, dated: bool = True
) -> list[Time]:
    """The time expressions of the stretch, in order.

    Where nobody knows when the article appeared (`dated` False) 今年 and 6月底 are no date: a year is not made up.
    """
    found = []
    for match in _TIME.finditer(plain, start, len(plain) if end is None else end):
        time = _time(match, published) if dated or _is_absolute(match) else None
        if time is not None and not _is_no_time(plain, match):
            found.append(time)
    return found


def _is_absolute(match: re.Match[str]) -> bool:
    return any(match[name] for name in ("plan", "century", "from", "termyear", "year", "only"))


_COUNTED_YEARS = frozenset("一二三四五六七八九十两几多半每0123456789")
_NAMED_FOR = re.compile("(?:计划|规划|纲要|方案|意见|措施|行动|要点|战略|政策)$")
_VALID = re.compile(r"(?:有效期限?|期限|执行|施行|适用|有效)(?:统一|再|继续|进一步|一律|均)?(?:延长|延续|截止)?$")
_UNTIL = re.compile(r"(?:免收|免征|减征|减免|缓缴|推迟|延期|延迟|顺延|延后)[^，。；]{0,24}$")
_DONE_IN = re.compile(r"(?:[和、及][一二三四]季度)?(?:实现|发生|到期|取得|缴纳|申报|入库|新设|成立|注册|毕业)的")
_BASE = re.compile("的?(?:基础|水平)上|相比|的水平")


def _is_no_time(plain: str, match: re.Match[str]) -> bool:
    """2021年版, 第3月, 3月龄; and numbers that a date only seems to stand in (12022年)."""
    before = plain[match.start() - 1 : match.start()] if match.start() else ""
    following = plain[match.end() : match.end() + 1]
    if match["by"] in ("至", "到") and before in ("日", "月", "起"):
        return True  # 自1月1日至12月31日: a term of validity
    if (match["last"] and before == "（") or match[0] == "当年":
        return True  # 集中整治（5月至9月）: a stage's own term; 占当年新建建筑的比例
    if match["from"] and before == "（" and following == "）" and _NAMED_FOR.search(plain, 0, match.start() - 1):
        return True  # 三年行动计划（2022—2024年）的通知: a title's own term
    if (match["by"] or match["before"]) and (
        _VALID.search(plain, max(0, match.start() - 12), match.start())
        or (match["by"] in ("至", "到") and _UNTIL.search(plain, max(0, match.start() - 30), match.start()))
    ):
        return True  # 有效期至2027年底, 免收电费至2025年底, 推迟到明年
    if _is_past_state(plain, match, before):
        return True
    return (
        (before.isdigit() and not match["by"])
        or following in ("版", "龄")
        or (before != "" and before in "第.个每去前")
        or (match[0].startswith("年") and before in _COUNTED_YEARS)  # 五年内可不变更用途: counted from no date
    )


def _is_past_state(plain: str, match: re.Match[str], before: str) -> bool:
    """A baseline, a bygone or a mere modifier.

    比2020年下降; 由2020年的66.2%提高到72%; 对2023年底前建成的项目给予补贴; 一季度实现的税费 (which, not when).
    """
    from_there = before in ("由", "从") and match["only"] and plain.startswith("的", match.end())
    if before in ("比", "较", "与", "对") or from_there:
        return True
    return any(pattern.match(plain, match.end()) for pattern in (_BASE, _DONE_IN))


def _time(match: re.Match[str], published: datetime) -> Time | None:
    deadline = _deadline(match, published)
    if deadline is None or match["since"] in ("起", "开始", "以来", "以后", "后"):
        return None
    by, before = match["by"] or "", match["before"]
    reaching = by not in ("", "于", "在")
    end_named = bool(match["planpart"] and "末" in match["planpart"])
    firm = bool(before) or reaching or end_named or bool(match["century"] and by)
    if match["rel"] in ("年内", "年底") or match["relend"] in ("年内", "内", "年底", "底", "末"):
        firm = True
    if any(match[name] and _PERIODS_END.search(match[name]) for name in ("yearend", "relend", "half", "quarter")):
        firm = True
    if by == "截至" and not before:
        firm = False
    if firm and _half(match):
        deadline = deadline.split("/")[-1]  # 上半年前: by its end
    last = deadline.split("/")[-1]
    today = published.date().isoformat()
    return Time(
        match.start(),
        match.end(),
        deadline,
        firm,
        last < today[: len(last)] or last == today,  # what a text says of its own day has happened
        # A year still to come needs no word of intent either: nobody reports its figures.
        period=("/" in deadline and not _half(match)) or bool(match["plan"]) or last[:4] > today[:4],
        coming=(last[:4] > today[:4] and (len(deadline) <= 7 or _half(match) or "季度" in match[0]))
        or ("/" in deadline and today[:7] <= last <= f"{today[:4]}-12"),
        early=deadline == today[:4] and today[5:7] <= "03",
        wanted=bool(match["wanted"]),
        term=bool(match["last"]),
    )


def _half(match: re.Match[str]) -> bool:
    return "半年" in (match["half"] or match["relend"] or match["yearend"] or "")


def _deadline(match: re.Match[str], published: datetime) -> str | None:
    this = published.year
    found: str | None
    if plan := match["plan"]:
        found = _five_years(_FIVE_YEARS[plan], match["planpart"])
    elif match["century"]:
        found = "2050"
    elif match["from"]:
        found = f"{match['from']}/{match['to']}"
    elif match["last"]:
        found = _term(match, published)
    elif match["year"]:
        found = _day(int(match["year"]), int(match["ymonth"]), match["yday"])
    elif match["only"]:
        found = _part(_year(match["only"]), match["yearend"])
    elif match["rmonth"]:
        found = _day(this + _YEARS_ON.get(match["rel"], 0), int(match["rmonth"]), match["rday"])
    elif match["rel"]:
        found = _part(this + _YEARS_ON.get(match["rel"], 0), match["relend"])
    elif match["month"]:
        found = _day(this, int(match["month"]), match["day"])
    elif match["moon"]:
        on = this * 12 + published.month - 1 + match["moon"].startswith("下")
        found = _day(on // 12, on % 12 + 1, None)
    elif match["half"] or match["quarter"]:
        found = _part(this, match["half"] or match["quarter"])
    else:
        years = 2 if match["both"] else number_of(match["span"])
        found = f"{this}/{this + years - 1}" if years and years > 1 else None
    return found


_YEARS_ON = {"明年": 1, "后年": 2}


_CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")


def _year(printed: str) -> int:
    """2035, 二〇三五."""
    return int(printed.translate(_CHINESE_DIGITS))


def _term(match: re.Match[str], published: datetime) -> str | None:
    """2026年4月至11月 → 2026-04/2026-11; the second year may be named or 次年; 即日 is the article's own day."""
    year = int(match["termyear"] or published.year + _YEARS_ON.get(match["termrel"] or "", 0))
    last_year = int(match["lastyear"] or year + bool(match["lastrel"]))
    first, last = _day(year, int(match["first"] or published.month), None), _day(last_year, int(match["last"]), None)
    return f"{first}/{last}" if first and last and first <= last else None


def _five_years(first: int, part: str) -> str:
    if part in ("末", "期末", "收官之年"):
        return str(first + 4)
    return str(first) if part == "开局之年" else f"{first}/{first + 4}"


_PERIODS_END = re.compile("(?:半年|季度)[末底]$")


def _part(year: int, part: str | None) -> str:
    if part and _PERIODS_END.search(part):
        return _part(year, part[:-1]).split("/")[-1]  # 三季度末, 上半年底
    if part and part.endswith("半年"):
        return f"{year}-01/{year}-06" if part == "上半年" else f"{year}-07/{year}-12"
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
