"""Quantities: a number as Chinese prose writes it, its unit, and what bounds it on either side.

The grammar is open. A number is written with digits (1,200.5), as a power of ten (3×10⁹, 10^9), as a range (3至5,
4.5%—5%), as a fraction (1/3, 三分之一, 一半), as a multiple (一倍, 翻一番) or in Chinese numerals (两千, 百万家).
A unit is a measure word or a unit of measurement (lexicon/units.txt), alone, with a multiplier (万亿元) or in a
compound (吨/日, 套（间）, 12/10万). Before the end of its clause it is any noun (100万叶). A bound stands before it
(不低于, 约) or after it (以上, 左右).

Nothing here says whether a quantity is a target; that is decided in feeds.plan.targets.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from feeds.model import Comparator
from feeds.plan.lexicon import any_of, matches_at, phrases, words


class Quantity(NamedTuple):
    """A number with its unit: its stretch with its bounds, the stretch of the value alone, unit and comparator."""

    start: int
    end: int
    value: tuple[int, int]
    unit: str
    comparator: Comparator


BOUNDS_BEFORE: dict[str, Comparator] = {
    "不得低于": "ge", "不得少于": "ge", "不得高于": "le", "不得超过": "le",
    "不低于": "ge", "不少于": "ge", "不小于": "ge", "至少": "ge", "最少": "ge", "不下于": "ge",
    "不高于": "le", "不超过": "le", "不大于": "le", "不多于": "le", "至多": "le", "最多": "le",
    "超过": "gt", "突破": "gt", "高于": "gt", "大于": "gt", "多于": "gt", "超": "gt", "逾": "gt",
    "低于": "lt", "小于": "lt", "少于": "lt",
    "大约": "approx", "接近": "approx", "约": "approx", "近": "approx",
}  # fmt: skip
"""Words before a number that bound it; the longer word first where one ends with another."""
BOUNDS_AFTER: dict[str, Comparator] = {
    "及以上": "ge", "或以上": "ge", "以上": "ge", "及以下": "le", "以下": "le", "以内": "le", "之内": "le",
    "左右": "approx", "上下": "approx", "内": "le",
}  # fmt: skip
"""Words after a unit that bound it."""

_REACHES = "达到|达|控制在|为|各有|有"
_BEFORE = f"(?P<pre>(?:{'|'.join(BOUNDS_BEFORE)}|{_REACHES})+)?"
_AFTER = r"(?P<post>及以上|或以上|以上|及以下|以下|以内|之内|左右|上下|内(?![\u4e00-\u9fff]))?"
_NUMERALS = "一二三四五六七八九十两百千半"
_BOUNDS = "".join(sorted({*"".join(BOUNDS_BEFORE), *_REACHES} - {"|"}))
# A number, or characters of what bounds it up to a number; where none stands, the long choice is not tried.
_BEGINS = re.compile(
    rf"[0-9{_NUMERALS}不至最超突高大多低小少约接近达逾控为各有](?<![\d.,A-Za-z第十每].)"
    rf"(?:(?<=[0-9{_NUMERALS}])|(?=[{_BOUNDS}]{{0,12}}[\d{_NUMERALS}]))"
)
POWER = r"(?:\d[\d,]*(?:\.\d+)?[×xX*·])?10(?:[⁺⁻]?[⁰¹²³⁴-⁹]+|\^[+−-]?\d+(?:\.\d+)?)"
"""A power of ten, as 10⁹, 3.5×10⁸ or 10^9."""
_DIGITS = r"\d[\d,]*(?:\.\d+)?"
_CHINESE_DIGIT = "[一二两三四五六七八九]"
_MULTIPLIER = "(?:万亿|千亿|百亿|亿|千万|百万|万|千|百)"


@cache
def _unit_pattern() -> str:
    base = any_of(words("units.txt"))
    per = rf"(?:/\d{{0,3}}(?:[百千]?万|[百千])?(?:{base}|年|月|日|天|万)|每(?:{base}|年|日|秒))"
    beside = rf"（{base}(?:[、/][\u4e00-\u9fff]{{1,4}})*）"
    return rf"(?:{base}|{_MULTIPLIER}{base})(?:{beside})?{per}{{0,2}}|/\d{{0,3}}[百千万]|万亿|亿|万"


@cache
def _quantity_pattern() -> re.Pattern[str]:
    unit = _unit_pattern()
    short = r"(?:%|‰|个百分点|[万亿]{0,2}[元吨亩家个项人岁天公里千瓦]{1,3}|[万亿]{1,2})"
    several = rf"{_DIGITS}(?:{short}?(?:[-~—]{{1,2}}|至|到){_DIGITS})?"
    digits = rf"{POWER}|\d{{1,3}}(?:\.\d+)?：\d{{1,3}}(?!\d)|\d{{1,2}}/\d{{1,2}}(?![\d万/])|{several}"
    chinese = (
        r"(?:[一二三四五六七八九十百]+分之[一二三四五六七八九十百点零]+|一半|"
        rf"(?:{_CHINESE_DIGIT}|十)(?=倍|番)|(?<=翻){_CHINESE_DIGIT}(?=番)|{_CHINESE_DIGIT}(?=成(?:[以左和及与]|$|[，。；、]))|"
        rf"{_CHINESE_DIGIT}?十?{_CHINESE_DIGIT}?[百千]"
        rf"(?=(?:[万亿]|(?<=[一二两三四五六七八九][百千])(?![万亿]))(?:{unit}))|"
        r"(?<![成上])[百千](?=[家个座所项名台场处辆户](?![年万争]))|"
        rf"(?:{_CHINESE_DIGIT}|十{_CHINESE_DIGIT}?|{_CHINESE_DIGIT}十)(?=[家个座所项名亩](?:以[上内下]|左右)))"
    )
    guard = r"(?![月日号时强版届季]|(?<![家座处条项所套名辆台亩])年|个月|(?<!日)个?工作日|(?<=[A-Za-z])[A-Za-z]|\d)"
    years = r"(?<=[到至][\d.])年|(?<=\d\.\d)年|(?<=[到至]\d[\d.])年|(?<=[到至]\d\d\.\d)年"
    return re.compile(
        rf"{_BEFORE}(?P<value>{digits}|(?<![数几上个]){chinese})"
        rf"(?P<unit>{unit}|倍|番|成|{years})?{guard}{_AFTER}"
    )


def has_quantity(plain: str, start: int, end: int) -> bool:
    """Whether the stretch holds a quantity; the day of a date does not count."""
    return phrases.ANY.search(plain, start, end) is not None and any(_quantities(plain, start, end))


_MOST = 40
"""Quantities that a clause may hold; one with more is a table."""


def quantities_in(plain: str, start: int, end: int) -> list[Quantity]:
    """The quantities of the stretch, in order; a number without a unit is one only where it can be no count."""
    return list(_quantities(plain, start, end))


def _quantities(plain: str, start: int, end: int) -> Iterator[Quantity]:
    places = (match.start() for match in _BEGINS.finditer(plain, start, end))
    for match in islice(matches_at(places, _quantity_pattern(), plain, end), _MOST):
        unit, stop = match["unit"] or "", match.end()
        value = match.span("value")
        if unit in _MULTIPLIERS and (noun := phrases.UNIT_AT_END.match(plain, value[1], end)) is not None:
            unit, stop = noun["unit"], noun.end()
        if is_in_brackets(plain, start, value[0]):
            continue
        if not unit and plain[value[0]].isdigit() and not _is_ratio(plain, value, start, stop, end):
            continue
        if plain[value[0] - 2 : value[0]] in _SIZES:
            continue
        if unit in _DURATIONS and not phrases.SHORTENED.search(plain, max(start, value[0] - 12), value[0]):
            continue
        if plain[value[0]] in _POWERS and phrases.NAMES_A_WORK.match(plain, stop, end):
            continue
        post = plain[value[1] + len(unit) : stop]
        yield Quantity(match.start(), stop, value, unit, comparator_of(match["pre"], post))


def is_in_brackets(plain: str, start: int, at: int) -> bool:
    """Whether （ opens in the stretch before `at` and has not closed: 覆盖率（2020年为70%）达到90%."""
    opened = plain.rfind("（", start, at)
    return opened >= 0 and plain.find("）", opened, at) < 0


_POWERS = frozenset("百千")
_MULTIPLIERS = ("", "万", "亿", "万亿")
_SIZES = ("时速", "海拔", "口径")
"""Behind these words stands a size, which only says which things are meant (时速400公里高速动车组)."""
_DURATIONS = ("个工作日", "工作日", "天", "小时", "分钟")


def _is_ratio(plain: str, value: tuple[int, int], start: int, stop: int, end: int) -> bool:
    """A bare number is a quantity only with a decimal point (系数达到0.55), or as a ratio (车桩比达到2:1, 1/3).

    So is what a rate or an index reaches at its clause's end: 综合指数降到4以下.
    """
    if any(mark in plain[value[0] : value[1]] for mark in ".：/"):
        return True
    return stop >= end and phrases.RATED.search(plain, max(start, value[0] - 24), value[0]) is not None


def comparator_of(pre: str | None, post: str | None) -> Comparator:
    """How the words around the number compare it; those after it decide, then the longer ones before."""
    for table, said in ((BOUNDS_AFTER, post), (BOUNDS_BEFORE, pre)):
        for word, comparator in table.items():
            if said and word in said:
                return comparator
    return "eq"
