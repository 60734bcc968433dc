"""Numbers with their units and bounds, wherever they stand."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from feeds.model import Comparator
from feeds.plan.lexicon import words


class Figure(NamedTuple):
    """A number with its unit: where value and unit stand, what bounds it and whether it is only part of a name."""

    start: int
    end: int
    value: tuple[int, int]
    unit: str
    comparator: Comparator


_VALUE = (
    r"(?P<value>\d{1,3}：\d{1,3}(?!\d)|\d[\d,]*(?:\.\d+)?(?:%?[-~—至到]\d[\d,]*(?:\.\d+)?)?|"
    r"[一二三四五六七八九十]+分之[一二三四五六七八九十]+|一半|一倍|两倍|(?<=翻)[一两二三]番)"
)
_BEFORE = (
    r"(?P<pre>(?:不低于|不少于|至少|不高于|不超过|不大于|超过|突破|高于|大于|多于|低于|小于|少于|大约|"
    r"约|近|超|达到|达|逾|控制在|为|各有|有)+)?"
)
# Every first character of the two; where none stands, the long choice need not be tried.
_FIRST = r"(?=[\d一二三四五六七八九十两不至超突高大多低小少约近达逾控为各有])"
_AFTER = r"(?P<post>及以上|或以上|以上|以下|以内|之内|内(?![\u4e00-\u9fff])|左右|上下)?"
_CMP: tuple[tuple[str, Comparator], ...] = (
    ("不低于", "ge"), ("不少于", "ge"), ("至少", "ge"), ("不高于", "le"), ("不超过", "le"), ("不大于", "le"),
    ("以上", "ge"), ("以下", "le"), ("以内", "le"), ("之内", "le"), ("内", "le"),
    ("左右", "approx"), ("上下", "approx"),
    ("超过", "gt"), ("突破", "gt"), ("高于", "gt"), ("大于", "gt"), ("多于", "gt"), ("超", "gt"), ("逾", "gt"),
    ("低于", "lt"), ("小于", "lt"), ("少于", "lt"), ("约", "approx"), ("近", "approx"),
)  # fmt: skip
_MULTIPLIER = "(?:万亿|千亿|百亿|亿|千万|百万|万|千)?"


@cache
def _figure_pattern() -> re.Pattern[str]:
    units = "|".join(re.escape(unit) for unit in words("units.txt"))
    return re.compile(
        rf"{_FIRST}(?<![\d.,A-Za-z第十]){_BEFORE}{_VALUE}"
        rf"(?P<unit>{_MULTIPLIER}(?:{units})|(?<=[到至][\d.])年|(?<=\d\.\d)年|"
        rf"(?<=[到至]\d[\d.])年|(?<=[到至]\d\d\.\d)年|万亿|亿|万)?(?![年月日号时强版届]|个月|(?<!日)个?工作日|"
        rf"(?<=[A-Za-z])[A-Za-z]|\d){_AFTER}"
    )


_ANY = re.compile(r"\d|分之|一半|[一两]倍|翻一番|翻番")


def has_figure(plain: str, start: int, end: int) -> bool:
    """Whether the stretch holds a figure; the day of a date is none."""
    return _ANY.search(plain, start, end) is not None and any(_figures(plain, start, end))


_MOST = 40
"""Figures that a clause may hold; one with more is a table."""


def figures_in(plain: str, start: int, end: int) -> list[Figure]:
    """The figures of the stretch, in order; a number without a unit is one only where it can be no count."""
    return list(_figures(plain, start, end))


def _figures(plain: str, start: int, end: int) -> Iterator[Figure]:
    for match in islice(_figure_pattern().finditer(plain, start, end), _MOST):
        unit = match["unit"] or ""
        value = match.span("value")
        if not unit and plain[value[0]].isdigit() and not _is_ratio(plain, value, start, match.end(), end):
            continue
        if unit in _DURATIONS and not _SHORTENED.search(plain, max(start, value[0] - 12), value[0]):
            continue
        yield Figure(match.start(), match.end(), value, unit, comparator_of(match["pre"], match["post"]))


_DURATIONS = ("个工作日", "工作日", "天")
_SHORTENED = re.compile(
    r"(?:压减|压缩|缩短|缩减|减少|降低?|控制|提速|延长|增加|达)(?:到|至|在|为)?(?:不超过|不多于|约)?$|(?:时间|时长|时限|天数|周期)[^，。]{0,6}$"
)
"""五个工作日 is a rule's parameter (在5个工作日内答复), unless a time is brought down to it (压减至5个工作日)."""


def _is_ratio(plain: str, value: tuple[int, int], start: int, stop: int, end: int) -> bool:
    """A bare number is a figure only with a decimal point (系数达到0.55), or as a ratio (车桩比达到2:1).

    So is what a rate or an index reaches at its clause's end: 综合指数降到4以下.
    """
    if any(mark in plain[value[0] : value[1]] for mark in ".："):
        return True
    return stop >= end and _RATED.search(plain, max(start, value[0] - 24), value[0]) is not None


_RATED = re.compile(
    r"(?:[率值比]|指数|系数|密度|评分|得分)(?:总体|平均|年均|分别|力争|均|都|要|将)*"
    r"(?:达到?|为|(?:提高|提升|上升|增加|下降|降低|控制|稳定|保持)[到至在]|[升降增][到至]|不低于|不高于|不超过|超过|低于|高于|突破)"
    r"(?:不低于|不高于|不超过|超过|低于|高于|约)?$"
)


def comparator_of(pre: str | None, post: str | None) -> Comparator:
    """What the words before and after the number say of it."""
    for word, comparator in _CMP:
        if (post and word in post) or (pre and word in pre):
            return comparator
    return "eq"
