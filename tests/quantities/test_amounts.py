"""The numbers behind printed values."""

import re
from typing import Any

import pytest

from feeds.model import Direction, Span, Target
from feeds.plan.grammar.quantities import quantities_in
from feeds.quantities.amounts import quantity_of


def quantity(value: str, unit: str, direction: Direction = "level") -> dict[str, Any] | None:
    return quantity_of(Target("指标", "eq", direction, value, unit, "2030", None, Span(0, 0, 1)))


@pytest.mark.parametrize(
    ("value", "unit", "number", "scale", "bare"),
    [
        ("1.2", "万亿元", 1.2, 10**12, "元"),
        ("3,500", "亿元", 3500, 10**8, "元"),
        ("40", "万套（间）", 40, 10**4, "套（间）"),
        ("6", "千万千瓦", 6, 10**7, "千瓦"),
        ("500", "千瓦时", 500, 1, "千瓦时"),
        ("2", "亿千瓦时", 2, 10**8, "千瓦时"),
        ("3.5", "个百分点", 3.5, 1, "个百分点"),
        ("7.25", "%", 7.25, 1, "%"),
        ("15", "/10万", 15, 1, "/10万"),
        ("百", "万家", 100, 10**4, "家"),
        ("两千", "亿斤", 2000, 10**8, "斤"),
        ("十二", "家", 12, 1, "家"),
        ("1/4", "", 0.25, 1, ""),
        ("三分之一", "", 1 / 3, 1, ""),
        ("百分之七点五", "", 0.075, 1, ""),
        ("一半", "", 0.5, 1, ""),
        ("2：1", "", 2, 1, ""),
        ("七", "成", 7, 0.1, ""),
        ("3×10⁹", "吨", 3 * 10**9, 1, "吨"),
        ("10^-3", "克", 0.001, 1, "克"),
        ("0.55", "", 0.55, 1, ""),
    ],
)
def test_a_value_means_a_number(value: str, unit: str, number: float, scale: float, bare: str) -> None:
    assert quantity(value, unit) == {"number": number, "scale": scale, "unit": bare}


@pytest.mark.parametrize(
    ("value", "unit", "low", "high", "scale"),
    [
        ("6—8", "%", 6, 8, 1),
        ("4.5%—5", "%", 4.5, 5, 1),
        ("3至5", "万亩", 3, 5, 10**4),
        ("8000亿—1", "万亿元", 0.8, 1, 10**12),
        ("500元至2", "万元", 0.05, 2, 10**4),
    ],
)
def test_a_range_has_two_ends_in_one_scale(value: str, unit: str, low: float, high: float, scale: float) -> None:
    found = quantity(value, unit)
    assert found
    assert (found["number"], found["to"], found["scale"]) == (low, high, scale)


@pytest.mark.parametrize(
    ("value", "unit", "direction", "number"),
    [
        ("一", "倍", "up", 2), ("两", "倍", "up", 3), ("1.5", "倍", "up", 2.5), ("3", "倍", "level", 3),
        ("一", "倍", "level", 2), ("一", "番", "level", 2), ("两", "番", "up", 4), ("3", "番", "up", 8),
    ],
)  # fmt: skip
def test_a_multiple_is_the_factor_of_the_baseline(value: str, unit: str, direction: Direction, number: float) -> None:
    assert quantity(value, unit, direction) == {"number": number, "scale": 1, "unit": "倍"}


@pytest.mark.parametrize("value", ["", "若干", "1/0", "1.2.3", "10^9999", "点五", "三分之", "12:", "零分之一", "—5"])
def test_a_value_that_is_not_a_number_has_no_quantity(value: str) -> None:
    assert quantity(value, "家") is None


@pytest.mark.parametrize(
    "text",
    [
        "规模达到1.2万亿元", "产量稳定在两千亿斤以上", "培育百万家", "增长6—8%", "增长4.5%—5%", "占比达到三分之一",
        "增长一倍", "翻两番", "合格率达到七成以上", "车桩比达到2：1", "降至1/3", "建成3至5个", "死亡率降到15/10万",
        "能力达到3×10⁹吨", "系数达到0.55", "缩减一半", "装机达到1200万千瓦", "新建40万套（间）",
    ],
)  # fmt: skip
def test_every_value_of_the_grammar_has_a_number(text: str) -> None:
    found = quantities_in(text, 0, len(text))
    assert found
    for one in found:
        assert quantity(text[slice(*one.value)], one.unit) is not None


def test_a_unit_that_begins_like_a_multiplier_keeps_it() -> None:
    """The list of such units stands in amounts.py; the units themselves are in the plan's lexicon."""
    from feeds.plan.lexicon import words

    for unit in (unit for unit in words("units.txt") if re.match("[十百千]?(?:万亿|[万亿])|[千百]", unit)):
        assert quantity("3", unit) == {"number": 3, "scale": 1, "unit": unit}
