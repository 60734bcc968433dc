"""Numbers in every dress that a count wears."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.quantities.numerals import number_of

_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """1..999 as it is written: 一百零五, 十一, 二十."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = _DIGITS[hundreds] + "百" if hundreds else ""
    if tens:
        text += ("一" if hundreds and tens == 1 else "" if tens == 1 else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


@given(st.integers(1, 999))
def test_a_number_is_the_same_in_every_dress(number: int) -> None:
    wide = str(number).translate({ord("0") + i: chr(ord("０") + i) for i in range(10)})
    assert number_of(chinese(number)) == number_of(str(number)) == number_of(wide) == number


def test_liang_is_two() -> None:
    assert number_of("两") == number_of("二") == 2
    assert number_of("两百") == 200


@pytest.mark.parametrize("text", ["", "二四六四", "十十", "百", "四大", "二〇二五", "一二", "12345", "三百百", "甲"])
def test_what_is_no_number_is_refused(text: str) -> None:
    assert number_of(text) is None


@given(st.text(alphabet="零〇一二两三四五六七八九十百千0１x", max_size=12))
def test_no_text_makes_it_fail(text: str) -> None:
    value = number_of(text)
    assert value is None or 0 <= value < 10_000
