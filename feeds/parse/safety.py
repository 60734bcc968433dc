"""Makes text from outside safe to show. Every string of a feed or page passes these functions.

They remove what controls a terminal or is invisible: control characters, ANSI and OSC sequences, bidirectional
overrides (UAX #9; the "Trojan Source" attack), zero-width and private-use characters (GBK pages pad with U+E5E5), and
lone surrogates, which UTF-8 cannot write. A joiner or a variation selector stays only if it changes the visible
text: inside an emoji, between letters of a script that joins them, after a Chinese character.
"""

import html
import re
from urllib.parse import urljoin

from feeds.controls import SEQUENCE
from feeds.identity import canonical_url

TITLE_LIMIT = 500
PARAGRAPH_LIMIT = 20_000
URL_LIMIT = 2_000

_SEQUENCE = re.compile(SEQUENCE)
_LINE_END = re.compile("[\x85\u2028\u2029]")
_HIDDEN = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
)
_FOREIGN = re.compile(f"[{_HIDDEN}]+")
# Invisible characters that a text may have, and their places (UTS #51, RFC 5892 appendix A.1 and A.2, UTS #37).
_EMOJI = (
    "\xa9\xae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf\u2934\u2935"
    "\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_JOINING = "\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u17ff\u1820-\u18af\ua840-\ua87f\ua8e0-\ua8ff"
_MONGOLIAN = "\u1820-\u18aa"
_JOINED = re.compile(
    f"(?<=[{_EMOJI}])[\ufe0e\ufe0f](?:\u200d(?=[{_EMOJI}]))?"
    f"|(?<=[{_EMOJI}])\u200d(?=[{_EMOJI}])"
    "|(?<=[0-9#*])[\ufe0e\ufe0f](?=\u20e3)"
    "|(?<=\U0001f3f4)[\U000e0030-\U000e0039\U000e0061-\U000e007a]{2,6}\U000e007f"
    f"|(?<=[{_JOINING}])\u200c(?=[{_JOINING}])|(?<=[{_JOINING}])\u200d"
    f"|(?<=[{_HAN}])[\ufe00-\ufe02\U000e0100-\U000e01ef]"
    f"|(?<=[{_MONGOLIAN}])[\u180b-\u180d\u180f]"
)
# No language has more than three marks on one letter. More of them cover the lines above.
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_PILE = re.compile(f"([{_MARKS}]{{3}})[{_MARKS}]+")
_SUSPECT = re.compile(f"[&\x85\u2028\u2029{_HIDDEN}{_MARKS}]")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,10}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")


def visible(text: str) -> str:
    """`text` without characters that control, reorder or hide text. Its spaces stay as they are."""
    if _SUSPECT.search(text) is None:  # true for nearly every text, after one pass
        return text
    if "&" in text:
        # An entity that is left after parsing was escaped twice (`&amp;nbsp;` in the meta description of Sina).
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    text = _LINE_END.sub(" ", _SEQUENCE.sub("", text))
    return _PILE.sub(r"\1", _FOREIGN.sub(_kept_joiners, text))


def _kept_joiners(found: re.Match[str]) -> str:
    """The part of a run of invisible characters that belongs to the characters around it."""
    start, end = found.span()
    kept = _JOINED.match(found.string, start, min(end + 1, len(found.string)))
    return found.string[start : min(kept.end(), end)] if kept else ""


def clean(text: str, limit: int = PARAGRAPH_LIMIT) -> str:
    """One line of safe text, at most `limit` code points, with single spaces and none at the ends."""
    line = " ".join(visible(text[: limit * 4]).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def link_of(address: object, base: str = "") -> str:
    """An absolute http(s) address as written, "" for anything else. No other scheme is ever followed."""
    if not isinstance(address, str) or not address.strip():
        return ""
    written = clean(address, URL_LIMIT + 1).replace(" ", "%20")
    if len(written) > URL_LIMIT:
        return ""
    try:
        joined = urljoin(base, written) if base else written
    except ValueError:
        return ""
    joined = f"https:{joined}" if joined.startswith("//") else joined
    return joined if canonical_url(joined) else ""
