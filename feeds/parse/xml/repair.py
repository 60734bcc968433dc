"""Repairs XML: errors for which a strict parser would refuse a feed, and which a lax parser would misread.

An `&` that does not begin an entity with `;` is an ordinary character (R&D, ?a=1&copy=3). Entities of HTML become
characters. A document type is removed with its declarations, which are never expanded. CDATA stays as it is.
"""

import html.entities
import re
from urllib.parse import urljoin

_ROOT = re.compile(r"<(?:[a-z][\w.-]{0,40}:)?(?:rss|feed|rdf|channel)\b", re.IGNORECASE)
_START = re.compile(r"<(?:\?xml\b|!DOCTYPE\s|!--|(?:[a-z][\w.-]{0,40}:)?(?:rss|feed|rdf|channel)\b)", re.IGNORECASE)
_JUNK = 20_000  # characters before a feed that are skipped at most
_PROLOGUE = re.compile(r"\s*(?:<\?[^>]{0,2000}\?>|<!--.{0,20000}?-->)", re.DOTALL)
_DOCTYPE = re.compile(r"\s*<!DOCTYPE\s[^\[>]{0,2000}", re.IGNORECASE)
_SUBSET = re.compile(r"\[(?:[^\]\"'<]++|\"[^\"]*+\"|'[^']*+'|<!--.{0,2000}?-->|<)*+\]\s*>", re.DOTALL)
_SUBSET_LIMIT = 50_000
# A strict parser refuses a whole feed for one character that XML 1.0 §2.2 forbids.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SIGN = re.compile(
    r"&(?!(?:lt|gt|amp|quot|apos);)(?:#(\d{1,7});|#[xX]([0-9a-fA-F]{1,6});|([A-Za-z][A-Za-z0-9]{1,31});)?"
)
_OPEN, _CLOSE = "<![CDATA[", "]]>"
_BASE = re.compile(r"(\bxml:base\s{0,8}=\s{0,8})(?:\"([^\"]*)\"|'([^']*)')")
_END = re.compile(r"</(?:[a-z][\w.-]{0,40}:)?(?:rss|feed|rdf|channel)\s{0,8}>", re.IGNORECASE)
_TAIL = 2_000  # characters at the end, in which the root of a complete feed ends


def repair_xml(text: str, address: str) -> str:
    """The feed as correct XML, without declaration and document type. A relative base counts from its `address`."""
    text = _without_prologue(_NOT_XML.sub("", text))
    parts: list[str] = []
    place = 0
    while (start := text.find(_OPEN, place)) >= 0:
        end = text.find(_CLOSE, start)
        end = len(text) if end < 0 else end + len(_CLOSE)
        parts += (_with_signs(text[place:start]), text[start:end])
        place = end
    parts.append(_with_signs(text[place:]))
    whole = "".join(parts)
    return _with_bases(whole, address) if "xml:base" in whole else whole


def is_cut_off(text: str) -> bool:
    """Whether a feed begins but is cut off: its root does not end near the end of the text."""
    return _ROOT.search(text) is not None and _END.search(text[-_TAIL:]) is None


def _without_prologue(text: str) -> str:
    """The text from its root on, without junk, declaration, instruction or document type before it."""
    if found := _START.search(text, 0, _JUNK):
        head = text[: found.start()]
        if "<html" not in head.lower():
            text = text[found.start() :]
    place = 0
    while found := _PROLOGUE.match(text, place) or _DOCTYPE.match(text, place):
        end = found.end()
        if found.re is _DOCTYPE:
            subset = _SUBSET.match(text, end, end + _SUBSET_LIMIT)
            if subset is None and text[end : end + 1] != ">":
                break
            end = subset.end() if subset else end + 1
        place = end
    return text[place:].strip()


def _with_signs(text: str) -> str:
    return _SIGN.sub(_sign, text) if "&" in text else text


def _sign(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        char = html.entities.html5.get(f"{name};")
        return f"&amp;{found[0][1:]}" if char is None else "".join(f"&#{ord(part)};" for part in char)
    if decimal is None and hexadecimal is None:
        return "&amp;"
    number = int(decimal) if decimal else int(hexadecimal, 16)
    return "" if number > 0x10FFFF or _NOT_XML.match(chr(number)) else found[0]


def _with_bases(text: str, address: str) -> str:
    """The text with absolute bases. Below a root with a base, the parser itself makes them absolute."""
    first = _BASE.search(text)
    root = _ROOT.search(text)
    inside_root = bool(first and root and ">" not in text[root.start() : first.start()])

    def make_absolute(found: re.Match[str]) -> str:
        written = found[2] if found[2] is not None else found[3]
        try:
            base = urljoin(address, written.strip())
        except ValueError:
            base = address
        return f'{found[1]}"{base.replace(chr(34), "%22").replace("<", "%3C")}"'

    return _BASE.sub(make_absolute, text, count=1 if inside_root else 0)
