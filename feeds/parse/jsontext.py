"""JSON as feeds send it: control characters inside strings, and numbers of any length.

Python refuses an integer of more than 4,300 digits with the whole text (sys.set_int_max_str_digits). One number is
one entry's matter, so such a number stays the text that it is.
"""

import json

_MOST_DIGITS = 1_000


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


_DECODER = json.JSONDecoder(strict=False, parse_int=_integer)


def decoded(text: str) -> object:
    """The value that a text is. Raises ValueError or RecursionError."""
    return _DECODER.decode(text)


def decoded_from(text: str, start: int) -> object:
    """The value that begins at `start`, whatever stands behind it. Raises ValueError or RecursionError."""
    return _DECODER.raw_decode(text, start)[0]
