"""Encodings of seven bits that change their tables by escapes: ISO-2022-JP, -KR, -CN (ECMA-35) and HZ (RFC 1843).

One function decodes all of ISO-2022: an escape names the table for the text after it. The tables are those that pages
use: JIS X 0208 with the additions of NEC and IBM, Korean as in `cp949`, Chinese as in GB18030. CNS 11643, the Taiwanese
part of ISO-2022-CN, is not decoded: its characters become U+FFFD.
"""

import re

_ESCAPE = re.compile(rb"\x1b(?:\$\(?[@A-GOPQ]|\$[)*+][ABCGHI-M]|\([BIJH]|[.][AF]|&@)|[\x0e\x0f]|\x1b[NO]..")
_ASCII, _ROMAN, _KANA, _KANJI, _EXTRA_KANJI, _CHINESE, _KOREAN, _UNKNOWN = range(8)
_SINGLE = {b"\x1b(B": _ASCII, b"\x1b(J": _ROMAN, b"\x1b(H": _ROMAN, b"\x1b(I": _KANA}
_DOUBLE = {
    b"\x1b$@": _KANJI,
    b"\x1b$B": _KANJI,
    b"\x1b$(B": _KANJI,
    b"\x1b$(@": _KANJI,
    b"\x1b$(O": _KANJI,
    b"\x1b$(Q": _KANJI,
    b"\x1b$(D": _EXTRA_KANJI,
    b"\x1b$A": _CHINESE,
    b"\x1b$(A": _CHINESE,
    b"\x1b$(C": _KOREAN,
}
_SHIFTED = {b"\x1b$)A": _CHINESE, b"\x1b$)C": _KOREAN}
_HIGH = bytes(byte | 0x80 if 0x21 <= byte <= 0x7E else byte for byte in range(256))
_CONTROL = re.compile(rb"[\x00-\x20]")
# In HZ a line end also ends the Chinese part, so that a cut line does not change the rest.
_HZ = re.compile(rb"~\{(.*?)(?:~\}|(?=\n)|\Z)|~~|~\n", re.DOTALL)
# For the conversion from JIS X 0208 to Shift_JIS.
_FIRST_ROW, _ROWS = 0x21, 94


def text_of_iso_2022(body: bytes) -> str:
    """The text of a body in ISO-2022-JP, -KR or -CN."""
    parts: list[str] = []
    plain, shifted, is_shifted = _ASCII, _UNKNOWN, False
    place = 0
    for found in _ESCAPE.finditer(body):
        parts.append(_segment(body[place : found.start()], shifted if is_shifted else plain))
        place = found.end()
        escape = found[0]
        if escape in (b"\x0e", b"\x0f"):
            is_shifted = escape == b"\x0e"
        elif escape[:2] in (b"\x1bN", b"\x1bO"):
            parts.append("\ufffd")
        elif escape in _SINGLE or escape in _DOUBLE:
            plain = _SINGLE.get(escape, _DOUBLE.get(escape, _ASCII))
        elif escape[:3] == b"\x1b$)":
            shifted = _SHIFTED.get(escape, _UNKNOWN)
    parts.append(_segment(body[place:], shifted if is_shifted else plain))
    return "".join(parts)


def text_of_hz(body: bytes) -> str:
    """The text of a body in HZ."""
    parts: list[str] = []
    place = 0
    for found in _HZ.finditer(body):
        parts.append(body[place : found.start()].decode("gb18030", "replace"))
        place = found.end()
        if found[1] is not None:
            parts.append(_segment(found[1], _CHINESE))
        elif found[0] == b"~~":
            parts.append("~")
    return "".join(parts) + body[place:].decode("gb18030", "replace")


def shift_jis_of(pair: bytes) -> bytes:
    """The bytes in Shift_JIS of a character of JIS X 0208 (two bytes from 0x21)."""
    row, column = pair[0] - _FIRST_ROW, pair[1] - _FIRST_ROW
    first = (row >> 1) + 0x81
    second = column + (0x9F if row & 1 else 0x40)
    if not row & 1 and second >= 0x7F:
        second += 1
    return bytes((first if first <= 0x9F else first + 0x40, second))


def _segment(data: bytes, table: int) -> str:  # noqa: PLR0911 -- one line for each table
    if not data:
        return ""
    if table == _ASCII:
        return data.decode("ascii", "replace")
    if table == _ROMAN:
        return data.decode("ascii", "replace").replace("\\", "¥").replace("~", "‾")
    if table == _KANA:
        return data.translate(_HIGH).decode("cp932", "replace")
    if table == _CHINESE:
        return data.translate(_HIGH).decode("gb18030", "replace")
    if table == _KOREAN:
        return data.translate(_HIGH).decode("cp949", "replace")
    return _pairs(data, table)


def _pairs(data: bytes, table: int) -> str:
    """The text of data with two bytes for each character. A line end has one byte and does not shift the rest."""
    parts: list[str] = []
    place = 0
    while place < len(data):
        pair = data[place : place + 2]
        if _CONTROL.match(pair):
            parts.append(chr(pair[0]))
            place += 1
            continue
        place += 2
        if len(pair) < 2 or not all(0x21 <= byte <= 0x7E for byte in pair):
            parts.append("\ufffd")
        elif table == _KANJI:
            parts.append(shift_jis_of(pair).decode("cp932", "replace"))
        elif table == _EXTRA_KANJI:
            parts.append((b"\x8f" + pair.translate(_HIGH)).decode("euc_jp", "replace"))
        else:
            parts.append("\ufffd")
    return "".join(parts)
