"""`value:` reads an amount with its unit, a comparison and a span."""

from datetime import date

import pytest

from feeds.errors import QueryError
from feeds.query import parse
from feeds.query.terms import Amount

TODAY = date(2025, 5, 6)


def term(text: str) -> Amount:
    (node,) = parse(text, TODAY).root.nodes
    assert isinstance(node, Amount)
    return node


@pytest.mark.parametrize(
    ("text", "inside", "outside", "unit"),
    [
        ("value:>=1万亿元", 1e12, 9e11, "元"),
        ("value:>=9000亿元", 9e11, 8.9e11, "元"),
        ("value:<0.5%", 0.49, 0.5, "%"),
        ("value:>50％", 50.01, 50, "%"),
        ("value:50%", 50, 51, "%"),
        ("value:<=3倍", 3, 3.1, "倍"),
        ("value:10%..20%", 20, 20.1, "%"),
        ("value:10..20%", 10, 9.9, "%"),
        ("value:..2,000千瓦", 2000, 2001, "千瓦"),
        ("value:5万..", 50_000, 49_999, ""),
    ],
)
def test_an_amount_is_compared_in_its_unit(text: str, inside: float, outside: float, unit: str) -> None:
    one = term(text)
    low, high = one.least or float("-inf"), float("inf") if one.most is None else one.most
    assert low <= inside <= high
    assert not low <= outside <= high
    assert one.unit == unit
    assert parse(str(one), TODAY).root.nodes == (one,)


@pytest.mark.parametrize("text", ["value:若干", "value:>=", "value:..", "value:1%..2倍", "value:>=1..2%", "value:%"])
def test_no_amount_is_refused(text: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text, TODAY)
    assert "such as 50%" in caught.value.fault.template
