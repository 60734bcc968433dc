"""Bytes to text. A label of an encoding may be wrong: every day servers send GBK as UTF-8, and UTF-8 as GBK.

The order of the tests:

1. UTF-8, whatever the label says: other bytes are almost never valid UTF-8. A few broken bytes are allowed.
2. GB18030 and Big5, whatever the label says, if the result is Chinese.
3. The labels: first that of the header, then those in the document. One broken byte does not exclude a label.
"""

import codecs
import re
from collections.abc import Sequence

from feeds.parse.encoding.chinese import chinese_evidence
from feeds.parse.encoding.labels import declared_names
from feeds.parse.encoding.tables import decode

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# If the first characters are ASCII ("<", "{", "-"), the zeros in their other bytes show the encoding.
_ZEROS: dict[tuple[bool, ...], str] = {
    (False, True, True, True): "utf-32-le",
    (True, True, True, False): "utf-32-be",
    (False, True, False, True): "utf-16-le",
    (True, False, True, False): "utf-16-be",
}
_WIDE = ("utf-16le", "utf-16be", "utf-32le", "utf-32be")
_ESCAPED = ("iso-2022", "hz")
_MULTIBYTE = ("gb18030", "big5", "euc-jp", "shift-jis", "euc-kr")
_JAPANESE = ("euc-jp", "shift-jis")
_KANA = re.compile("[\u3041-\u30fe]")
_LATIN = frozenset(
    {"windows-1252", "cp1250", "cp1254", "cp1257", "cp1258", "mac-roman"}
    | {f"iso8859-{part}" for part in (2, 3, 4, 10, 13, 14, 15, 16)}
)
_FOREIGN_BYTE = re.compile(b"[\x80-\xff]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_THREE_BYTES = re.compile("[\u0800-\ufffc\U00010000-\U0010ffff]")
_WORD = re.compile(r"[^\W\d_]+")
_BOX = re.compile("[\u2500-\u259f\ufffd]")
_ASCII_LETTER = re.compile("[A-Za-z]")
_LOOK = 64_000  # bytes that are tested
# The evidence for Chinese that is needed against a label (see chinese): a common character has 1.5, four have about 5.
_SLIGHT, _LIKELY, _SURE, _STRONG = 0.5, 2.0, 3.0, 6.0
# The share of undecodable places up to which a text is damaged UTF-8. GBK that is decoded as UTF-8 has over half.
_TOLERANCE = 0.1
_GAPS = 0.2  # the share of undecodable places above which a label is wrong
_LATIN_SHARE, _WORDS_SHARE = (
    0.3,
    0.6,
)  # share of ASCII letters in words with other letters: the least in Latin text, the usual
_KANA_SHARE = 0.25


def text_of(body: bytes, content_type: str = "") -> str:
    """The text of `body`. Never raises: bytes that cannot be decoded become U+FFFD."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            rest = body[len(bom) :]
            if name == "utf-8":
                return _text_without_mark(rest, content_type).lstrip("\ufeff")
            return rest.decode(name, "replace").lstrip("\ufeff")
    if name := _ZEROS.get(tuple(not byte for byte in body[:4]), ""):
        return body.decode(name, "replace")
    return _text_without_mark(body, content_type)


def _text_without_mark(body: bytes, content_type: str) -> str:
    """The text of bytes without a byte order mark."""
    labels = declared_names(body, content_type)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        first = _FOREIGN_BYTE.search(body)
        sample = body[first.start() if first else 0 :][:_LOOK]
        if _is_damaged(sample):
            return body.decode("utf-8", "replace")
        return _text_of_other_bytes(body, sample, labels)
    return _text_unless_escaped(body, text, labels)


def _text_unless_escaped(body: bytes, text: str, labels: Sequence[str]) -> str:
    """The text as UTF-8, unless a label rightly names another encoding: seven bits with escapes, or two bytes."""
    for label in labels:
        if label in _ESCAPED and (b"\x1b" in body or b"~" in body):
            return decode(body, label)
        if label in _WIDE and "\0" in text:
            return decode(body, label)
        if label in _MULTIBYTE and _is_accidental_utf8(text):
            return decode(body, label)
    return text


def _is_accidental_utf8(text: str) -> bool:
    """Whether the bytes are valid UTF-8 only by chance: most characters have two bytes, few have three."""
    foreign = len(_NOT_ASCII.findall(text))
    return foreign > 0 and len(_THREE_BYTES.findall(text)) * 2 < foreign


def _is_damaged(sample: bytes) -> bool:
    """Whether these bytes are UTF-8 with some broken places."""
    text = sample.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return broken <= _TOLERANCE * len(_NOT_ASCII.findall(text)) or broken * 2 <= len(_THREE_BYTES.findall(text))


def _text_of_other_bytes(body: bytes, sample: bytes, labels: Sequence[str]) -> str:
    """The text of bytes that are not UTF-8."""
    labels = [label for label in labels if label != "utf-8"]
    if labels and labels[0] in _WIDE:
        return _text_of_wide(body, labels[0])
    if name := _chinese_decoder(sample, labels):
        return decode(body, name)
    for number, name in enumerate(labels):
        if _is_plausible(name, decode(sample, name), others=labels[number + 1 :]):
            return decode(body, name)
    return decode(body, "gb18030" if _is_likely_gb(decode(sample, "gb18030")) else "windows-1252")


def _chinese_decoder(sample: bytes, labels: Sequence[str]) -> str:
    """The decoder that makes Chinese text of these bytes, or "" if they are not Chinese."""
    evidence: dict[str, float] = {}
    for name in sorted(("gb18030", "big5"), key=lambda name: name not in labels):
        evidence[name] = chinese_evidence(decode(sample, name))
        if name in labels and evidence[name] > 0:
            return name
    best = max(evidence, key=evidence.__getitem__)
    if evidence[best] <= _SLIGHT:
        return ""
    needed = max(_needed_evidence(sample, label) for label in labels or ("windows-1252",))
    return best if evidence[best] > needed else ""


def _text_of_wide(body: bytes, label: str) -> str:
    """The text of UTF-16 or UTF-32 without a mark: little-endian, unless big-endian gives Chinese text."""
    first = body.decode(label, "replace")
    second = body.decode(label.replace("le", "be"), "replace")
    return second if chinese_evidence(second) > max(chinese_evidence(first), 0) else first


def _needed_evidence(sample: bytes, label: str) -> float:
    """The evidence for Chinese that is needed against a label. It is high if the text fits the label's script."""
    if label in _LATIN:
        words = _ascii_share(decode(sample, label))
        return _SLIGHT if words < _LATIN_SHARE else _LIKELY if words < _WORDS_SHARE else _STRONG
    if label in _JAPANESE:
        text = decode(sample, label)
        return _STRONG if len(_KANA.findall(text)) >= _KANA_SHARE * len(_NOT_ASCII.findall(text)) else _SURE
    return max(_SURE, _cased_letters(decode(sample, label)))


def _cased_letters(text: str) -> int:
    """The number of letters beyond ASCII, if all words are written as “слово”, “Слово” or “СЛОВО”; otherwise 0.

    Chinese bytes that are decoded as Cyrillic or Greek give capitals inside words, and characters of boxes.
    """
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    if _BOX.search(text) or not all(word.islower() or word.istitle() or word.isupper() for word in words):
        return 0
    return sum(map(len, words))


def _is_plausible(name: str, text: str, others: Sequence[str]) -> bool:
    """Whether a label may be right: it decodes most bytes, and Latin letters form words."""
    if text.count("\ufffd") > _GAPS * len(_NOT_ASCII.findall(text)):
        return False
    return name not in _LATIN or all(other in _LATIN for other in others) or _ascii_share(text) >= _LATIN_SHARE


def _ascii_share(text: str) -> float:
    """The share of ASCII letters in words with other letters. It is small if another script is decoded as Latin."""
    words = "".join(word for word in _WORD.findall(text) if not word.isascii())
    return len(_ASCII_LETTER.findall(words)) / (len(words) or 1)


def _is_likely_gb(text: str) -> bool:
    """Whether bytes that fit no other encoding are probably GB: hardly any byte is undecodable."""
    foreign = len(_NOT_ASCII.findall(text))
    return text.count("\ufffd") <= _TOLERANCE * foreign and chinese_evidence(text) > -foreign
