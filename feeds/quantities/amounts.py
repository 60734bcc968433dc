"""The number that a printed value means: 1.2 and 万亿元 are 1.2 × 10¹² 元. Pure.

feeds.plan.grammar.quantities decides which words are a value. This module computes its exact number, and converts it to
a number of JSON at the end. A value in an unknown form has no quantity.
"""

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache
from typing import Any

from feeds.model import Target
from feeds.quantities.numerals import number_of

_MULTIPLIER = re.compile("[十百千]?万亿|[十百千]?亿|[十百千]?万|[千百]")
_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_DIGITS = r"\d[\d,]*(?:\.\d+)?"
_RANGE = re.compile(rf"(?P<low>{_DIGITS})(?P<unit>[%‰\u4e00-\u9fff]*?)(?:[-~—]{{1,2}}|至|到)(?P<high>{_DIGITS})")
_POWER = re.compile(rf"(?:(?P<times>{_DIGITS})[×xX*·])?10(?:\^(?P<plain>[+−-]?\d+)|(?P<raised>[⁺⁻]?[⁰¹²³⁴-⁹]+))")
_RATIO = re.compile(r"(\d{1,3})[:/](\d{1,3})")
_DECIMAL = re.compile(_DIGITS)
_UNITS_LIKE_MULTIPLIERS = ("百分点", "千瓦", "千米", "千克", "千伏", "千卡", "千焦", "万吨级")
"""The beginnings of units that only look as if they had a multiplier: those of feeds/plan/lexicon/units.txt."""
_LONGEST = 60  # characters of a value
_MOST = 200  # a larger power is not an amount, and soon not a float
_WHOLE = 2**53  # up to here a float has all whole numbers


def quantity_of(target: Target) -> dict[str, Any] | None:
    """`number` times `scale` is the amount in `unit`. For a range, `to` is its upper end, in the same scale.

    For a multiple, the number is the factor of the baseline: growth by 一倍 and 翻一番 are 2, growth by 两倍 is 3. The
    result is `None` if the value has no number.
    """
    if len(target.value) > _LONGEST:
        return None
    quantity = _quantity(target.value, target.unit, target.direction)
    return None if quantity is None else {**quantity}


@lru_cache(maxsize=1024)
def _quantity(value: str, unit: str, direction: str) -> dict[str, Any] | None:
    """The quantity of a printed value. An article's labels and rows ask for each of its values several times."""
    scale, unit = _with_scale(unit)
    to: Fraction | None = None
    if found := _RANGE.fullmatch(value):
        # 8000亿—1万亿元: the lower end has its own scale.
        own = _with_scale(found["unit"])[0] if found["unit"] else scale
        number: Fraction | None = _decimal(found["low"]) * own / scale
        to = _decimal(found["high"])
    else:
        number = _number(value)
    if number is None:
        return None
    if unit == "番" and to is None and number.denominator == 1 and number <= _MOST:
        number, unit = Fraction(2**number.numerator), "倍"
    elif unit == "倍" and (direction == "up" or number == 1):
        number, to = number + 1, None if to is None else to + 1
    elif unit == "成":
        scale, unit = Fraction(1, 10), ""
    quantity = {"number": _json(number), "scale": _json(scale), "unit": unit}
    return quantity if to is None else {**quantity, "to": _json(to)}


def _with_scale(unit: str) -> tuple[Fraction, str]:
    """The multiplier in a unit, and the unit without it. 千瓦 is a unit without a multiplier."""
    found = _MULTIPLIER.match(unit)
    if found is None or unit.startswith(_UNITS_LIKE_MULTIPLIERS):
        return Fraction(1), unit
    return Fraction(10 ** sum(_POWERS[character] for character in found[0])), unit[found.end() :]


def _number(value: str) -> Fraction | None:
    if found := _POWER.fullmatch(value):
        return _power(found["times"], found["plain"] or unicodedata.normalize("NFKC", found["raised"]))
    if (found := _RATIO.fullmatch(value.replace("：", ":"))) and int(found[2]):
        return Fraction(int(found[1]), int(found[2]))
    if _DECIMAL.fullmatch(value):
        return _decimal(value)
    return _chinese(value)


def _power(times: str | None, exponent: str) -> Fraction | None:
    power = int(exponent.replace("−", "-"))
    return _decimal(times or "1") * Fraction(10) ** power if abs(power) <= _MOST else None


def _chinese(value: str) -> Fraction | None:
    """一半, 三分之一, 百分之七点五, 两千."""
    if value == "一半":
        return Fraction(1, 2)
    below, parted, above = value.partition("分之")
    if parted:
        denominator, numerator = _colloquial(below), _colloquial(above)
        return numerator / denominator if denominator and numerator is not None else None
    return _colloquial(value)


def _colloquial(text: str) -> Fraction | None:
    """The number of a Chinese numeral, with decimals after 点."""
    whole, point, decimals = text.partition("点")
    number = number_of("一" + whole if whole.startswith(("百", "千")) else whole)
    digits = [number_of(digit) for digit in decimals]
    if number is None or (point and not digits) or any(digit is None or digit > 9 for digit in digits):
        return None
    return number + sum((Fraction(digit or 0, 10**place) for place, digit in enumerate(digits, 1)), Fraction())


def _decimal(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))


def _json(number: Fraction) -> int | float:
    """A whole number as it is, other numbers as the nearest float."""
    return number.numerator if number.denominator == 1 and abs(number) < _WHOLE else float(number)
