"""Bytes to text. Labels are evidence, not truth: GBK is sent as UTF-8 and the other way round every day.

Valid UTF-8 with Chinese in it is no accident, so it is tried first whatever the label says; a few broken bytes do
not make it GBK. Any label of the GB family is read as GB18030, the superset that browsers use (Encoding Standard,
§10.2); Python's own `gbk` lacks hundreds of its characters.
"""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(r"charset\s{0,4}=\s{0,4}[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_DECLARED = re.compile(rb"(?:charset|encoding)\s{0,4}=\s{0,4}[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_CHINESE = re.compile("[\u2014\u2018-\u2026\u3000-\u303f\u4e00-\u9fff\uff00-\uff65]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_HEAD = 2048
# The share of undecodable places up to which a text is still damaged UTF-8; GBK read as UTF-8 has over half.
_TOLERANCE = 0.1


def text_of(body: bytes, content_type: str = "") -> str:
    """The text that `body` holds. Never raises: what no reading explains becomes U+FFFD."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace")
    if body[:4].count(0) == 2:
        return body.decode("utf-16-le" if body[1] == 0 else "utf-16-be", "replace")
    label = _label(body, content_type)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return _damaged(body, label)
    return _gb(body) if _family(label) == "gb" and _accident(text) else text


def _label(body: bytes, content_type: str) -> str:
    if found := _CHARSET.search(content_type[:400]):
        return found[1].lower()
    declared = _DECLARED.search(body[:_HEAD])
    return declared[1].decode("ascii", "replace").lower() if declared else ""


def _family(label: str) -> str:
    if not label or label.startswith(("utf", "unicode", "us-ascii", "ascii", "iso-8859", "latin", "windows-125")):
        return ""
    if label.startswith(("gb", "x-gb", "hz-gb", "cp936", "windows-936", "csgb", "chinese", "euc-cn", "ms936")):
        return "gb"
    try:
        return codecs.lookup(label).name
    except LookupError:
        return ""


def _accident(text: str) -> bool:
    """Whether text decoded as UTF-8 is GB bytes that happen to be valid: two-byte letters, hardly any Chinese."""
    foreign = len(_NOT_ASCII.findall(text))
    return foreign > 0 and len(_CHINESE.findall(text)) * 2 < foreign


def _damaged(body: bytes, label: str) -> str:
    as_utf8 = body.decode("utf-8", "replace")
    broken = as_utf8.count("\ufffd")
    if broken <= _TOLERANCE * len(_NOT_ASCII.findall(as_utf8)):
        return as_utf8
    family = _family(label)
    if family and family != "gb":
        try:
            return body.decode(family)
        except (UnicodeDecodeError, LookupError):
            pass
    return _gb(body)


def _gb(body: bytes) -> str:
    return body.decode("gb18030", "replace")
