"""Which dates of a sentence set an aim: a table of those that do not, and the year that 全年, 再用五年 or 五年内 means.

What a date looks like is in feeds.plan.grammar.times; how far it reaches is in feeds.plan.goals.reach.
"""

import re
from typing import NamedTuple

from feeds.plan.clauses import Line, Paper
from feeds.plan.grammar.numerals import number_of
from feeds.plan.grammar.times import CHEAP, Time, times_in
from feeds.plan.rule import OUTRIGHT, Rule, first_of, table_of


class Dated(NamedTuple):
    """A time expression in a sentence that ends at `end`."""

    line: Line
    time: Time
    end: int

    @property
    def plain(self) -> str:
        """The paragraph in one spelling."""
        return self.line.plain


_META = (
    r"(?:工作|任务|要求|安排|部署|计划|思路|机制|举措|措施|情况|重点|方向|清单|方案|项目|要点|报告|预算|形势|大事|成果)"
)
_TELLS = re.compile(
    r"(?:明确|部署|提出|介绍|安排|阐述|总结|回顾|解读|公布|发布|晒出|通报|研究|谋划|讨论|分析|审议|听取|做好|作为?做好|抓好|推进|完成|下达|确定|围绕|就|对|关于)了?$"
)
_ATTRIBUTE = re.compile(
    rf"(?:全[国省市县区]|各地|我[国省市县区])?(?:[\u4e00-\u9fff、“”]{{0,24}}的)?[\u4e00-\u9fff、“”]{{0,14}}{_META}(?:$|[，。；：、（])"
)
_NAMES = re.compile(
    r"(?!将|要|拟|计划|力争|继续|组织|开展|实施|启动)(?:年度|[\u4e00-\u9fff]{2,14}?)?(?:专项行动|行动计划|工作要点|工作会议|两会|政府工作报告|国防预算|预算报告|计划草案)"
)
_FAR_FROM = re.compile("[离距][“‘]?$")
_INTENT_NEAR = re.compile(r"[将要拟]|力争|确保|计划(?!报告|草案|执行)|争取")
_OF = re.compile(r"的(?!主要|预期|总体|目标|重点)")

NO_DATES: tuple[Rule[Dated, None], ...] = table_of(
    "no date",
    ("the year of a document", lambda d: d.plain.startswith(("《", "“《"), d.time.end), None, OUTRIGHT),
    (
        "the year of a named action or meeting",
        lambda d: not d.time.firm and _NAMES.match(d.plain, d.time.end),
        None,
        OUTRIGHT,
    ),
    (
        "an attribute of works that are only spoken of",
        lambda d: (
            not d.time.firm
            and _TELLS.search(d.plain, max(0, d.time.start - 6), d.time.start)
            and _ATTRIBUTE.match(d.plain, d.time.end, d.end)
            and _INTENT_NEAR.match(d.plain, d.time.end) is None
        ),
        None,
        OUTRIGHT,
    ),
    (
        "the distance to an aim",
        lambda d: _FAR_FROM.search(d.plain, max(0, d.time.start - 3), d.time.start),
        None,
        OUTRIGHT,
    ),
    (
        "which, not when",
        lambda d: not d.time.firm and not d.time.period and d.plain.startswith("部署的", d.time.end),
        None,
        OUTRIGHT,
    ),
)


def dates_of(paper: Paper, line: Line, start: int, end: int) -> list[Time]:
    """The dates of the sentence that may set an aim; none inside 《》: 《2030年前…方案》 sets none."""
    if not CHEAP.search(line.plain, start, end):
        return []
    found = []
    for time in times_in(line.plain, paper.published, start, end, dated=paper.dated):
        this = paper.published.year
        known = _after_the_last(line.plain, _in_its_plan(paper, line.plain, time), this)
        placed = _in_its_year(line.plain, known, this)
        if placed is not None and not any(a <= time.start < b for a, b in line.titles):
            found.append(placed)
    return [time for time in found if not _dates_nothing(paper, line, time, end)]


def _dates_nothing(paper: Paper, line: Line, time: Time, end: int) -> bool:
    rule = first_of(NO_DATES, Dated(line, time, end))
    paper.note(line.p, time.start, time.end, f"date: {time.form}" if rule is None else rule.title, time.deadline)
    return rule is not None


_OF_THE_YEAR = ("全年", "年内", "年底", "年末")
_BARE_MONTH = re.compile(r"(?:到|至|于|在)?(?:\d{1,2}月|[一二三四]季度|[上下]半年)")
_YEAR_NAMED = re.compile(
    r"(?<![比较与])(?P<year>20\d\d)年(?!\d|底|末|前)|(?<=到)(?P<until>20\d\d)年(?=\d)|(?<![比较与])(?P<past>去年|过去一年|过去的一年|上年)|(?P<next>明年(?!春))|(?P<this>今年)"
)
_AGAIN = re.compile(r"再(?:用|经过|通过|花)")
_YEARS = re.compile(r"\d{4}")
_BACK = 400
"""Characters before 全年 in which its year may have been named."""


def _in_its_year(plain: str, time: Time, this: int) -> Time | None:
    """全年 means the year that the paragraph named last: 过去一年，…全年完成… looks back, 2022年目标是…全年… ahead."""
    if _BARE_MONTH.match(plain, time.start):
        ahead = f"{this + 1}年"
        if time.past and plain.find(ahead, max(0, time.start - _BACK), time.start) >= 0:
            # 2022年2月底前自查；3月至7月整治, printed in December 2021
            return time._replace(deadline=time.deadline.replace(str(this), str(this + 1)), past=False)
        return time
    if not plain.startswith(_OF_THE_YEAR, time.start):
        return time
    named = None
    for named in _YEAR_NAMED.finditer(plain, max(0, time.start - _BACK), time.start):  # noqa: B007 -- the last is wanted
        pass
    if named is None or named["this"]:
        return time
    digits = named["year"] or named["until"]
    year = int(digits) if digits else this + (1 if named["next"] else -1)
    if year < this:
        return None
    deadline = time.deadline.replace(str(this), str(year))
    return time._replace(deadline=deadline, past=False, period=time.period or year > this, late=False)


def _in_its_plan(paper: Paper, plain: str, time: Time) -> Time:
    """五年内 in the report of a 行动计划（2021—2025年）: the years that the title names."""
    within = _WITHIN.match(plain, time.start, time.end)
    if within is None or paper.span is None:
        return time
    first, last = paper.span
    if last - first + 1 != number_of(within["years"]):
        return time
    return time._replace(deadline=f"{first}/{last}", period=True)


_WITHIN = re.compile(r"(?P<years>[一二两三四五六七八九十\d]{1,2})年[间内]$")


def _after_the_last(plain: str, time: Time, this: int) -> Time:
    """到2027年，…。再经过5年努力，…: five years after the year that was named last."""
    if not _AGAIN.match(plain, time.start):
        return time
    named = [int(year) for year in _YEARS.findall(plain, max(0, time.start - _BACK), time.start)]
    if not named or not this <= named[-1] < this + _FAR:
        return time
    return time._replace(deadline=str(int(time.deadline) + named[-1] - this))


_FAR = 50
"""Years ahead in which a plan can end."""
