"""The JSON object that Sina's interfaces send, with or without a callback around it, and the failure it may report."""

import re

from feeds.errors import ParseError
from feeds.model import Source
from feeds.parse.jsontext import decode_json_at
from feeds.parse.safety import clean

# `NAME({…});`, `try{NAME({…});}catch(e){};`, and the comment that Sina's servers write before some of them.
_CALLBACK = re.compile(r"(?:/\*[^*]{0,200}\*/)?\s{0,20}(?:try\s{0,4}\{)?\s{0,20}[\w.$]{1,100}\s{0,4}\(\s{0,20}")


def envelope_of(text: str, source: Source) -> dict[str, object]:
    """The JSON object in an answer, with or without a callback around it."""
    text = text.strip()
    if not text:
        raise ParseError("{source} sent an empty answer", source=source.name)
    if text[0] == "<":
        raise ParseError("{source} sent a web page where JSON was expected", source=source.name)
    start = 0
    if text[0] not in "{[":
        found = _CALLBACK.match(text)
        start = found.end() if found else 0
    try:
        value = decode_json_at(text, start)
    except (ValueError, RecursionError) as error:
        raise ParseError("{source} sent something that is not JSON", source=source.name) from error
    if isinstance(value, list):
        value = {"data": value}
    if not isinstance(value, dict):
        raise ParseError("{source} sent JSON without a list of articles", source=source.name)
    result = value.get("result", value)
    return result if isinstance(result, dict) else value


def check_answer(result: dict[str, object], source: Source) -> None:
    """Raise ParseError if the answer itself reports a failure."""
    status = result.get("status")
    if isinstance(status, dict) and str(status.get("code", 0)) not in ("0", "200", ""):
        reason = clean(str(status.get("msg") or status.get("code")), 100)
        raise ParseError("{source} refused: {reason}", source=source.name, reason=reason)
