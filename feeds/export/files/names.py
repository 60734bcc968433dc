"""Names of files: made of a day, words and an id, so that none leaves its folder and every system takes it."""

import re

from feeds.model import BEIJING, Article

_WORDS_LIMIT = 40  # characters; a character has up to four bytes, and a name may have 255
_OTHER = re.compile(r"[\W_]+")
_ID = re.compile(r"[^0-9a-z]")


def file_name(article: Article, suffix: str) -> str:
    """The name of an article's file: `2026-11-20-关于…的通知-1n8y….md`. Two articles never have the same."""
    day = article.published.astimezone(BEIJING).date().isoformat()
    name = _ID.sub("", article.id.lower()) or "article"
    return "-".join(filter(None, (day, _words(article.title), name))) + suffix


def proposed_name(words: str, day: str, suffix: str) -> str:
    """A name for one file of many articles: the words of its filter, and a day."""
    return "-".join(filter(None, ("zhengwen", _words(words), day))) + suffix


def _words(text: str) -> str:
    """Letters and digits of a text, with `-` for everything between them."""
    return _OTHER.sub("-", text)[:_WORDS_LIMIT].strip("-")
