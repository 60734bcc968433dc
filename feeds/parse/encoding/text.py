"""Bytes to text. Labels are evidence, not truth: GBK is sent as UTF-8 and the other way round every day.

Valid UTF-8 is no accident, so it is tried first whatever the label says; a few broken bytes do not make it something
else. Of other bytes the Chinese readings (GB18030, Big5) are tried whatever the label says, and taken where Chinese
comes out; else the label counts, the header's before the document's own. A label is tried with what it cannot decode
replaced: one broken byte does not turn a page.
"""

import codecs
import re
from collections.abc import Sequence

from feeds.parse.encoding.chinese import evidence
from feeds.parse.encoding.labels import declared
from feeds.parse.encoding.tables import decoded

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Where the first characters are ASCII (a "<", a "{", a line of "-"), the zeros of their other bytes tell.
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
_LOOK = 64_000  # bytes that are weighed
# What must speak for Chinese against a label (see chinese.evidence): one common character says 1.5, a title of four 5.
_SLIGHT, _LIKELY, _SURE, _STRONG = 0.5, 2.0, 3.0, 6.0
# The share of undecodable places up to which a text is still damaged UTF-8; GBK read as UTF-8 has over half.
_TOLERANCE = 0.1
_GAPS = 0.2  # the share of undecodable places from which a label is wrong
_LATIN_SHARE, _WORDS_SHARE = 0.3, 0.6  # of ASCII letters in words with others: the least of Latin text, the usual
_KANA_SHARE = 0.25


def text_of(body: bytes, content_type: str = "") -> str:
    """The text that `body` holds. Never raises: what no reading explains becomes U+FFFD."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            rest = body[len(bom) :]
            if name == "utf-8":
                return _plain(rest, content_type).lstrip("\ufeff")
            return rest.decode(name, "replace").lstrip("\ufeff")
    if name := _ZEROS.get(tuple(not byte for byte in body[:4]), ""):
        return body.decode(name, "replace")
    return _plain(body, content_type)


def _plain(body: bytes, content_type: str) -> str:
    """The text of bytes without a byte order mark."""
    labels = declared(body, content_type)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        first = _FOREIGN_BYTE.search(body)
        sample = body[first.start() if first else 0 :][:_LOOK]
        if _is_damaged(sample):
            return body.decode("utf-8", "replace")
        return _other(body, sample, labels)
    return _in_disguise(body, text, labels)


def _in_disguise(body: bytes, text: str, labels: Sequence[str]) -> str:
    """Valid UTF-8, unless a label says what else it is and is right: seven bits with escapes, a pair of letters."""
    for label in labels:
        if label in _ESCAPED and (b"\x1b" in body or b"~" in body):
            return decoded(body, label)
        if label in _WIDE and "\0" in text:
            return decoded(body, label)
        if label in _MULTIBYTE and _accident(text):
            return decoded(body, label)
    return text


def _accident(text: str) -> bool:
    """Whether text decoded as UTF-8 is other bytes that happen to be valid: letters of two bytes, few of three."""
    foreign = len(_NOT_ASCII.findall(text))
    return foreign > 0 and len(_THREE_BYTES.findall(text)) * 2 < foreign


def _is_damaged(sample: bytes) -> bool:
    """Whether these bytes are UTF-8 with broken places, and not something else."""
    text = sample.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return broken <= _TOLERANCE * len(_NOT_ASCII.findall(text)) or broken * 2 <= len(_THREE_BYTES.findall(text))


def _other(body: bytes, sample: bytes, labels: Sequence[str]) -> str:
    """The text of bytes that are no UTF-8."""
    labels = [label for label in labels if label != "utf-8"]
    if labels and labels[0] in _WIDE:
        return _wide(body, labels[0])
    if name := _chinese(sample, labels):
        return decoded(body, name)
    for number, name in enumerate(labels):
        if _holds(name, decoded(sample, name), others=labels[number + 1 :]):
            return decoded(body, name)
    return decoded(body, "gb18030" if _is_likely_gb(decoded(sample, "gb18030")) else "windows-1252")


def _chinese(sample: bytes, labels: Sequence[str]) -> str:
    """The Chinese decoder by which these bytes are Chinese, "" where they are none."""
    says: dict[str, float] = {}
    for name in sorted(("gb18030", "big5"), key=lambda name: name not in labels):
        says[name] = evidence(decoded(sample, name))
        if name in labels and says[name] > 0:
            return name
    best = max(says, key=says.__getitem__)
    if says[best] <= _SLIGHT:
        return ""
    needed = max(_needed(sample, label) for label in labels or ("windows-1252",))
    return best if says[best] > needed else ""


def _wide(body: bytes, label: str) -> str:
    """UTF-16 or UTF-32 without a mark: a label without a byte order is little-endian, unless big-endian makes sense."""
    first = body.decode(label, "replace")
    second = body.decode(label.replace("le", "be"), "replace")
    return second if evidence(second) > max(evidence(first), 0) else first


def _needed(sample: bytes, label: str) -> float:
    """The evidence that must speak for Chinese against a label. Against one whose script shows it must be strong."""
    if label in _LATIN:
        words = _ascii_share(decoded(sample, label))
        return _SLIGHT if words < _LATIN_SHARE else _LIKELY if words < _WORDS_SHARE else _STRONG
    if label in _JAPANESE:
        text = decoded(sample, label)
        return _STRONG if len(_KANA.findall(text)) >= _KANA_SHARE * len(_NOT_ASCII.findall(text)) else _SURE
    return max(_SURE, _cased(decoded(sample, label)))


def _cased(text: str) -> int:
    """How many letters beyond ASCII stand in words as “слово”, “Слово”, “СЛОВО”; 0 where one word is written otherwise.

    Chinese bytes that are read as Cyrillic or Greek give capitals amid words, and signs that draw boxes.
    """
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    if _BOX.search(text) or not all(word.islower() or word.istitle() or word.isupper() for word in words):
        return 0
    return sum(map(len, words))


def _holds(name: str, text: str, others: Sequence[str]) -> bool:
    """Whether a label may be right: it explains the bytes, and as Latin letters they form words."""
    if text.count("\ufffd") > _GAPS * len(_NOT_ASCII.findall(text)):
        return False
    return name not in _LATIN or all(other in _LATIN for other in others) or _ascii_share(text) >= _LATIN_SHARE


def _ascii_share(text: str) -> float:
    """The share of ASCII letters in the words that have others too: small where other scripts are read as Latin."""
    words = "".join(word for word in _WORD.findall(text) if not word.isascii())
    return len(_ASCII_LETTER.findall(words)) / (len(words) or 1)


def _is_likely_gb(text: str) -> bool:
    """Whether bytes that nothing explains are GB after all: hardly a gap in them, and they come in runs."""
    foreign = len(_NOT_ASCII.findall(text))
    return text.count("\ufffd") <= _TOLERANCE * foreign and evidence(text) > -foreign
