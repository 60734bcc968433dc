"""JSON of feeds, which has control characters inside strings, and numbers of any length.

Python refuses a whole text if an integer in it has more than 4,300 digits (sys.set_int_max_str_digits). One number must
not cost the other entries, so such a number stays a string.
"""

import json

_MOST_DIGITS = 1_000


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


_DECODER = json.JSONDecoder(strict=False, parse_int=_integer)


def decode_json(text: str) -> object:
    """The value of a JSON text. Raises ValueError or RecursionError."""
    return _DECODER.decode(text)


def decode_json_at(text: str, start: int) -> object:
    """The JSON value that begins at `start`. Text after it is ignored. Raises ValueError or RecursionError."""
    return _DECODER.raw_decode(text, start)[0]
