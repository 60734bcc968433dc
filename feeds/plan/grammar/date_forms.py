"""The ways to name a time: a table of forms, each with its pattern and how its deadline is read.

feeds.plan.grammar.times puts them together with the words around them (到, 前, 至) and says how firm they are. Their
examples stand in feeds/plan/examples/date.toml.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from feeds.quantities.numerals import number_of


class Form(NamedTuple):
    """One way to name a time: its pattern and how its deadline is read."""

    name: str
    pattern: str
    deadline: Callable[[re.Match[str], datetime], str | None]
    absolute: bool = False
    """It needs no date of the article."""


FIVE_YEARS = {"十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026, "十六五": 2031}
"""The five-year plans, each with its first year."""
_QUARTERS = {"一": ("01", "03"), "首": ("01", "03"), "二": ("04", "06"), "三": ("07", "09"), "四": ("10", "12")}
_YEARS_ON = {"明年": 1, "后年": 2}
_CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_SPRING = {2020: 1, 2023: 1, 2025: 1, 2028: 1, 2031: 1, 2033: 1}
"""The month of the Spring Festival where it is not February."""
_N = r"[一二两三四五六七八九十\d]{1,2}"
_REACHED_THEN = "(?:累计|力争|将|要|总投入|投入|达到|稳定|实现|建成|新增|增[至到]|提高|控制|打造|培育)"
_PART = r"(?:[上下]半年|第?[一二三四首]季度)[末底]?"


def _of_five_years(match: re.Match[str], _: datetime) -> str:
    first, part = FIVE_YEARS[match["five"]], match["fivepart"] or ""
    if part.endswith(("末", "末期", "收官之年")):
        return str(first + 4)
    if part.endswith("年") and (years := number_of(part[1:-1])):
        return f"{first}/{first + years - 1}" if part[0] in "前头" else f"{first + 5 - years}/{first + 4}"
    return str(first) if part == "开局之年" else f"{first}/{first + 4}"


def _of_plan_ahead(match: re.Match[str], _: datetime) -> str:
    first = FIVE_YEARS[match["ahead"]]
    return f"{first}/{first + 4}"


def _of_years(match: re.Match[str], _: datetime) -> str:
    return f"{match['from']}/{match['to']}"


def _of_year(match: re.Match[str], _: datetime) -> str | None:
    year = int(match["year"].translate(_CHINESE_DIGITS))
    if match["ymonth"]:
        return _day(year, int(match["ymonth"]), match["yday"])
    return _part(year, match["yearend"])


def _of_relative_year(match: re.Match[str], published: datetime) -> str | None:
    year = published.year + _YEARS_ON.get(match["rel"], 0)
    if match["rmonth"]:
        return _day(year, int(match["rmonth"]), match["rday"])
    return _part(year, match["relend"])


def _of_month(match: re.Match[str], published: datetime) -> str | None:
    return _day(published.year, number_of(match["month"]) or 0, match["day"])


def _of_moon(match: re.Match[str], published: datetime) -> str | None:
    on = published.year * 12 + published.month - 1 + match["moon"].startswith("下")
    return _day(on // 12, on % 12 + 1, None)


def _of_part(match: re.Match[str], published: datetime) -> str:
    return _part(published.year, match["part"])


def _of_two_years(match: re.Match[str], published: datetime) -> str:
    first = published.year + match["both"].startswith("明")
    return f"{first}/{first + 1}"


def _of_years_ahead(match: re.Match[str], published: datetime) -> str | None:
    """未来五年 begins with the article's year where that has barely begun, else it is counted from it."""
    years = number_of(match["next"])
    last = published.year + (years or 0) - (published.month <= _EARLY)
    return f"{published.year}/{last}" if years and years > 1 else None


def _of_years_within(match: re.Match[str], published: datetime) -> str:
    """三年内; 五年内 said early in a year begins with it, as the term of a government's plan does."""
    years = number_of(match["within"]) or 1
    return f"{published.year}/{published.year + years - (years >= _TERM and published.month <= _EARLY)}"


def _of_effort(match: re.Match[str], published: datetime) -> str | None:
    """经过5年努力: the year that is so far away."""
    years = number_of(match["span"])
    return str(published.year + years) if years else None


def _of_effort_of_months(match: re.Match[str], published: datetime) -> str | None:
    """用三个月时间: the month that is so far away."""
    months = number_of(match["months"])
    on = published.year * 12 + published.month - 1 + (months or 0)
    return f"{on // 12}-{on % 12 + 1:02}" if months else None


def _of_festival(match: re.Match[str], published: datetime) -> str | None:
    """春节前 alone is before the next one; 春运 goes on in the month behind it."""
    year = int(match["festyear"] or published.year + _YEARS_ON.get(match["festrel"] or "", 0))
    if not (match["festyear"] or match["festrel"]):
        year += published.month > _SPRING.get(year, 2)
    month = _SPRING.get(year, 2)
    return f"{year}-{month:02}" if match["spring"] != "春运期间" else f"{year}-{month:02}/{year}-{month + 1:02}"


_SEASONS = {
    "开学": (2, 8),
    "春耕": (2, 2),
    "春播": (3, 3),
    "秋收": (8, 8),
    "汛": (5, 5),
    "五一": (4, 4),
    "国庆": (9, 9),
    "元旦": (12, 12),
    "中秋": (9, 9),
}
"""The month before which a season begins; a term begins twice a year."""


def _of_season(match: re.Match[str], published: datetime) -> str | None:
    """汛期前 is by the end of the month before it; without a year it is the next one.

    One that is far off, as 汛期前 is in July, comes every year and names none.
    """
    spring, autumn = _SEASONS[match["season"]]
    named = match["seasonyear"] or match["seasonrel"]
    year = int(match["seasonyear"] or published.year + _YEARS_ON.get(match["seasonrel"] or "", 0))
    next_term = "秋" if spring < published.month <= autumn and match["seasonrel"] != "明年" else "春"
    month = spring if (match["term"] or next_term) == "春" else autumn
    if not named and (month - published.month) % 12 > _SEASON_AHEAD:
        return None
    return f"{year + (not named and published.month > month)}-{month:02}"


_SEASON_AHEAD = 7
"""Months from which on nobody speaks of a season without its year."""


def _of_winter(_: re.Match[str], published: datetime) -> str:
    """今冬明春 said in spring is of the winter that ends."""
    year = published.year - (published.month <= _WINTER_ENDS)
    return f"{year}-11/{year + 1}-03"


_WINTER_ENDS = 4


def _of_today(_: re.Match[str], published: datetime) -> str:
    return f"{published.year}-{published.month:02}"


_TERM = 5
"""Years of a government's plan."""
_EARLY = 3
"""The last month in which a year has barely begun."""

FORMS: tuple[Form, ...] = (
    Form(
        "five-year plan ahead",
        r"(?:(?<=面向[“‘\"])|(?<=迈向[“‘\"])|(?<=展望[“‘\"])|(?<=面向))(?P<ahead>十[二三四五六]五)[”’\"]?(?![规时期])",
        _of_plan_ahead,
        absolute=True,
    ),
    Form(
        "five-year plan",
        r"(?P<five>十[二三四五六]五)[”’\"]?(?P<fivepart>(?:规划|时)?期末|末期|末|时期|期间|规划期[内间]?|"
        r"开局之年|收官之年|[前头后][二两三四]年|(?<=”)(?=，?(?:全[国省市]|我[省市国])?(?:累计|完成|新[增建]|将|要|力争|计划)))",
        _of_five_years,
        absolute=True,
    ),
    Form(
        "middle of the century",
        r"(?P<century>(?:本|21|二十一)世纪中叶)",
        lambda _match, _published: "2050",
        absolute=True,
    ),
    Form(
        "centenary of the republic",
        r"(?P<centenary>(?:新中国|建国|中华人民共和国)(?:成立)?(?:100|一百)(?:周年|年)时?)",
        lambda _match, _published: "2049",
        absolute=True,
    ),
    Form("years", r"(?P<from>20\d\d)年?[-—~至到]+(?P<to>20\d\d)年[底末]?", _of_years, absolute=True),
    Form(
        "Spring Festival",
        r"(?:(?P<festyear>20\d\d)年|(?P<festrel>今年|明年))?(?P<spring>春节(?:期间|(?=前))|春运(?:期间|(?=前)))",
        _of_festival,
    ),
    Form(
        "season",
        r"(?:(?P<seasonyear>20\d\d)年|(?P<seasonrel>今年|明年))?(?P<term>[春秋])?季?(?:学期)?“?主?"
        r"(?P<season>开学|汛|春[耕播]|秋收|五一|国庆|元旦|中秋)”?(?:节|假?期|来临|到来)*(?=之?前(?!后))",
        _of_season,
    ),
    Form("winter", r"(?P<winter>今冬明春)", _of_winter),
    Form(
        "year",
        r"(?P<year>20\d\d|二[〇零○][一二三四五六七八九〇零○]{2}) ?年"
        rf"(?:(?P<ymonth>\d{{1,2}})月(?:(?P<yday>\d{{1,2}})日)?(?:底|末|份|[上中下]旬)?|(?P<yearend>年?底|年?末|全年|年?内|{_PART}))?",
        _of_year,
        absolute=True,
    ),
    Form(
        "relative year",
        rf"(?P<rel>今年|明年|后年|年内|全年|年底|本年度|年末|当年|次年|翌年|同年)(?P<relend>年?底|年?末|全年|年内|内|{_PART}"
        r"|(?P<rmonth>\d{1,2})月(?:(?P<rday>\d{1,2})日|底|末|份|[上中下]旬)?)?",
        _of_relative_year,
    ),
    Form(
        "month",
        r"(?P<month>\d{1,2}|十?[一二三四五六七八九十](?=月[底末]))月(?:(?P<day>\d{1,2})日|底|末|份|[上中下]旬)?",
        _of_month,
    ),
    Form("this month", r"(?P<moon>本月|当月|下个?月)(?:底|末|内)", _of_moon),
    Form("part of a year", rf"(?P<part>{_PART})", _of_part),
    Form("two years", r"(?P<both>今明两年|明后两年)", _of_two_years),
    Form(
        "years ahead",
        rf"(?:未来|今后|接下来)的?(?:{_N}[至到—-])?(?P<next>{_N})年(?:左右)?(?:的?时间|内)?",
        _of_years_ahead,
    ),
    Form(
        "effort of years",
        rf"(?:再?(?:用|利用|花|通过|经过))(?:大约|约)?(?:{_N}[至到—-])?(?P<span>{_N})年(?:左右)?的?(?:时间|努力|奋斗|建设|攻坚|治理|行动|左右)",
        _of_effort,
    ),
    Form(
        "effort of months",
        rf"(?:用|利用|花|通过|经过)(?:大约|约)?(?P<months>{_N})个月(?:左右)?的?(?:时间|努力)",
        _of_effort_of_months,
    ),
    Form(
        "within years",
        rf"(?:(?<![^，。；：力争取在划将拟])|(?<![近过去前后这])(?={_N}年[间内]{_REACHED_THEN}))(?P<within>{_N})年(?:[间内](?!可|不)|(?<=力争.年)(?=[建培新完实打形达引改接翻基把使让]))",
        _of_years_within,
    ),
    Form("today", r"(?P<now>即日)起?", _of_today),
)

FORM_OF: dict[str, Form] = {
    name: next(form for form in FORMS if f"(?P<{name}>" in form.pattern)
    for name in (
        *("year", "rel", "month", "five", "part", "next", "from", "span", "within", "moon", "both", "months", "now"),
        *("spring", "season", "winter", "ahead", "century", "centenary"),
    )
}
"""Each form by the group that only it has, the most frequent first: a match is asked for one after the other."""

PERIODS_END = re.compile("(?:半年|季度)[末底]$")


def _part(year: int, part: str | None) -> str:
    if part and PERIODS_END.search(part):
        return _part(year, part[:-1]).split("/")[-1]  # 三季度末, 上半年底
    if part and part.endswith("半年"):
        return f"{year}-01/{year}-06" if part == "上半年" else f"{year}-07/{year}-12"
    if part and part.endswith("季度"):
        first, last = _QUARTERS[part[-3]]
        return f"{year}-{first}/{year}-{last}"
    return str(year)


def _day(year: int, month: int, day: str | None) -> str | None:
    if not 1 <= month <= 12:
        return None
    if not day:
        return f"{year}-{month:02}"
    return f"{year}-{month:02}-{int(day):02}" if 1 <= int(day) <= monthrange(year, month)[1] else None
