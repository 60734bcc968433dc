"""Fields of a feed's item that hold markup or lists of words."""

import re

from feeds.parse.blocks.inline import plain_text
from feeds.parse.safety import TITLE_LIMIT, clean

SUMMARY_LIMIT = 2_000


def text_in(row: dict[str, object], *names: str, limit: int = TITLE_LIMIT) -> str:
    """The text of the first of these fields that is not empty, without markup."""
    for name in names:
        value = row.get(name)
        if isinstance(value, str) and (text := plain_text(value, limit)):
            return text
    return ""


def keywords_of(value: object) -> tuple[str, ...]:
    """The words of a JSON list, or of a text with commas (, or ，)."""
    words = value if isinstance(value, list) else re.split("[,，]", value) if isinstance(value, str) else []
    cleaned = dict.fromkeys(clean(str(word), 60) for word in words[:50])
    return tuple(word for word in cleaned if word)[:20]
