"""Whole numbers below 10,000 as Chinese prose writes them: 四, 十一, 一百二十, 4, ４, 两.

They stand apart because counts, dates and ordinals all read them, and because what is *no* number (二四六四, a code)
must be refused in one place.
"""

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_UNITS = {"十": 10, "百": 100, "千": 1000}

CHINESE = "一二两三四五六七八九十百零〇"
"""The characters of a count's numeral, for character classes."""


def number_of(text: str) -> int | None:
    """The value of a numeral below ten thousand, None for anything else.

    Digits may be full-width. Chinese digits need their 十 and 百: a row of bare digits is a code or a year.

    >>> number_of("十一"), number_of("４"), number_of("两"), number_of("二四六四")
    (11, 4, 2, None)
    """
    if not text or len(text) > 9:
        return None
    if text.isdecimal():
        return int(text) if len(text) <= 4 else None
    total = digit = 0
    last = 10_000
    fresh = False
    for character in text:
        if character in _UNITS:
            unit = _UNITS[character]
            if unit >= last or (digit == 0 and (unit != 10 or fresh)):
                return None
            total += (digit or 1) * unit
            last, digit, fresh = unit, 0, False
        elif character in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[character]
            fresh = digit == 0
        else:
            return None
    return total + digit
