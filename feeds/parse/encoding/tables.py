"""The decoders of the Encoding Standard, because pages are written for browsers.

Python's tables differ. Its `gbk` and `big5` lack hundreds of characters of ordinary pages, its `gb18030` puts some into
the private area, and its `replace` removes the "<" after a broken byte. `big5.txt` has the characters of the standard
that Python's `big5hkscs` lacks: the pointer of the first character of a run, and the run. A byte that cannot be decoded
becomes U+FFFD, and decoding goes on after it.
"""

import codecs
import re
from functools import cache
from pathlib import Path

from feeds.parse.encoding.escapes import shift_jis_of, text_of_hz, text_of_iso_2022

_ERRORS = "feeds-one-character"
_BIG5_ERRORS = "feeds-big5"
_EURO = "feeds-euro"

# Characters that the tables of the year 2000 put into the private area (index gb18030 of the standard).
_GB_NOW = str.maketrans(
    "\ue5e5\ue78d\ue78e\ue78f\ue790\ue791\ue792\ue793\ue794\ue795\ue796\ue7c7"
    "\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864",
    "\u3000\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19\u1e3f"
    "\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb",
)
_GB_THEN = re.compile("[\ue5e5-\ue864]")
_BIG5_NOW = str.maketrans("•､‾∼♁☉¥¢£", "‧﹑¯～⊕⊙￥￠￡")
_WESTERN = "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in range(256))
_EUC_JP = re.compile(rb"[\x00-\x7f]+|\x8e[\xa1-\xdf]|\x8f[\xa1-\xfe]{2}|[\xa1-\xfe]{2}|.", re.DOTALL)
_ASCII_END = 0x80


def decode(body: bytes, name: str) -> str:
    """The text of `body` by the decoder of that name (see labels). Never raises."""
    if name == "gb18030":
        text = body.decode("gb18030", _EURO)
        return text.translate(_GB_NOW) if _GB_THEN.search(text) else text
    if name == "big5":
        return body.decode("big5hkscs", _BIG5_ERRORS).translate(_BIG5_NOW)
    if name == "windows-1252":
        return codecs.charmap_decode(body, "strict", _WESTERN)[0]
    if own := _OWN.get(name):
        return own(body)
    codec = {"shift-jis": "cp932", "euc-kr": "cp949"}.get(name, name)
    return body.decode(codec, _ERRORS if codec in ("cp932", "cp949") else "replace")


@cache
def _big5() -> dict[int, str]:
    """Pointer to character."""
    table: dict[int, str] = {}
    for line in Path(__file__).with_name("big5.txt").read_text("utf-8").splitlines():
        first, _, run = line.partition(" ")
        table.update(enumerate(run, int(first)))
    return table


def _span(error: UnicodeDecodeError) -> tuple[bytes, int]:
    """The pair that cannot be decoded and the position after it. An ASCII byte after a broken byte is kept."""
    pair = error.object[error.start : error.start + 2]
    whole = len(pair) == 2 and pair[1] >= _ASCII_END
    return pair, error.start + (2 if whole else 1)


def _one_character(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "\ufffd", _span(error)[1]


def _euro(error: UnicodeError) -> tuple[str, int]:
    """0x80 alone is the euro of windows-936."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if error.object[error.start] == 0x80:
        return "\u20ac", error.start + 1
    return "\ufffd", error.start + 1


def _big5_character(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    pair, end = _span(error)
    if len(pair) == 2:
        offset = 0x40 if pair[1] < 0x7F else 0x62
        if found := _big5().get((pair[0] - 0x81) * 157 + pair[1] - offset):
            return found, error.start + 2
    return "\ufffd", end


def _euc_jp(body: bytes) -> str:
    return "".join(map(_euc_jp_part, _EUC_JP.findall(body)))


def _euc_jp_part(part: bytes) -> str:
    if part[0] < _ASCII_END:
        return part.decode("ascii")
    if len(part) == 1:
        return "\ufffd"
    if part[0] == 0x8E:
        return part[1:].decode("cp932", "replace")
    if part[0] == 0x8F:
        return part.decode("euc_jp", "replace")
    return shift_jis_of(bytes(byte & 0x7F for byte in part)).decode("cp932", "replace")


_OWN = {"euc-jp": _euc_jp, "iso-2022": text_of_iso_2022, "hz": text_of_hz}
codecs.register_error(_ERRORS, _one_character)
codecs.register_error(_EURO, _euro)
codecs.register_error(_BIG5_ERRORS, _big5_character)
