"""Characters that control a terminal or change the order of what it shows, and the rules that remove them. Pure.

feeds.parse.safety cleans text from outside where it enters. These rules clean what enters in another way (names of
files, tags, configuration, day files of another machine), every message, and every line that is printed. A login is no
part of what is shown of an address either.
"""

import os
import re
from functools import cache
from pathlib import Path

# ECMA-48 sequences, 7 and 8 bit. An OSC ends with BEL or ST. If it does not end, only its first characters are removed,
# so that the text behind it stays.
SEQUENCE = (
    "(?:\x1b\\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]?"
    "|(?:\x1b[\\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]{0,2000}(?:\x07|\x1b\\\\|\x9c)"
    "|\x1b[ -~]?"
)
# Control characters except the tab; line and paragraph separators; bidirectional marks, embeddings and isolates
# (UAX #9); lone surrogates, which UTF-8 cannot write; interlinear annotation.
STEERING = (
    "\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb"
)
_BREAK = "[\n\r\x85\u2028\u2029]+"


# The patterns are compiled when they are first needed: the program starts without them.
@cache
def _sequence() -> re.Pattern[str]:
    return re.compile(SEQUENCE)


@cache
def _steering() -> re.Pattern[str]:
    return re.compile(f"[{STEERING}]")


def drop_controls(text: str) -> str:
    """`text` as one line without control characters: a line end becomes a blank, a sequence or control is removed."""
    if _steering().search(text) is None:
        return text
    return _steering().sub("", re.sub(_BREAK, " ", _sequence().sub("", text)))


def excerpt(text: str, limit: int = 200) -> str:
    """The beginning of a text for a message: one line of printable characters, at most `limit` code points."""
    text = text[:limit]
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else " " if char.isspace() else "\ufffd" for char in text)


def replace_controls(text: str) -> str:
    """`text` with U+FFFD for each control character except line ends. Places in the text do not move."""
    return _steering().sub(lambda found: found[0] if found[0] in "\n\r" else "\ufffd", text)


def blank_controls(text: str) -> str:
    """`text` with a blank for each control character, line ends and sequences included. Places in it do not move."""
    if _steering().search(text) is None:
        return text
    return _steering().sub(" ", _sequence().sub(lambda found: " " * len(found[0]), text))


def escape_controls(text: str) -> str:
    r"""`text` with each control character as an escape such as `\x1b` or `\u202e`. Different names stay different."""
    return _steering().sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def printable(path: str | bytes | Path) -> str:
    """A file's name for people and for JSON, with invalid bytes and control characters escaped."""
    return escape_controls(os.fsencode(path).decode("utf-8", "backslashreplace"))


def escape_json(text: str, *, ascii_only: bool = False) -> str:
    r"""JSON text with the same meaning, and an escape for each control character; with `ascii_only` only ASCII."""
    return re.sub(_NOT_ASCII if ascii_only else _RAW_IN_JSON, _json_escape, text)


# JSON itself has escapes for C0. Its own line ends are between values.
_RAW_IN_JSON = f"[{STEERING.replace(chr(0x0A) + '-', chr(0x0B) + '-')}]"
_NOT_ASCII = "[^\n -~]"


def _json_escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[start]:02x}{units[start + 1]:02x}" for start in range(0, len(units), 2))


def without_login(url: str) -> str:
    """An address without a login, even if the address is not valid."""
    return re.sub("//.*@", "//", url, flags=re.DOTALL)
