"""Refuses feeds that would take a parser minutes, within milliseconds and with the reason.

feedparser compares each category of an item with all before it, each element with every namespace, each attribute with
those of its tag, and looks for an address at every position of an author's name. So this module counts them first. Each
count is one pass of a pattern over the text. The limits allow ten times the size of the largest honest feed.
"""

import re
from collections.abc import Iterator

from feeds.errors import ParseError, phrase

ELEMENTS = 120_000  # of a feed, outside CDATA; feedparser needs about a tenth of a millisecond for each
MARKS = 300_000  # of "<": start tags, end tags, comments, and others
CATEGORIES = 20_000_000  # the sum of their squares over the items: two seconds
NAMESPACES = 200
ATTRIBUTES = 500  # of one tag
AUTHORS = 100_000_000  # the sum of the squares of the lengths of authors' names: two seconds
_FEW = 4_000  # elements below which their squares cannot reach CATEGORIES
_LONG = 1_000  # characters; longer names and tags are counted

_OPEN, _CLOSE = "<![CDATA[", "]]>"
_START = re.compile(r"<[A-Za-z_]")
_TAG = re.compile(r"<[A-Za-z_](?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+")
_ATTRIBUTE = re.compile(r"=\s{0,8}[\"']?")
_QUOTED = re.compile(r"=\s{0,8}(?:\"[^\"]*\"|'[^']*')")
_PREFIX = re.compile(r"xmlns:([^\s=\"'<>]{1,200})")
_ITEM = re.compile(r"<(?:[A-Za-z0-9_.-]{1,40}:)?(?:item|entry)\b", re.IGNORECASE)
_CATEGORY = re.compile(r"<(?:[A-Za-z0-9_.-]{1,40}:)?(?:category|subject|keywords|tags)\b", re.IGNORECASE)
_KEYWORDS = re.compile(r"<(?:[A-Za-z0-9_.-]{1,40}:)?(?:keywords|tags)\b([^>]*>(?:<!\[CDATA\[)?[^<\]]*)", re.IGNORECASE)
_AUTHOR_NAMES = "author|creator|managingeditor|webmaster|publisher|owner|name|email|contributor"
_AUTHOR = re.compile(rf"<((?:[A-Za-z0-9_.-]{{1,40}}:)?(?:{_AUTHOR_NAMES}))\b", re.IGNORECASE)
_AUTHOR_BEGINS = re.compile(rf"<(?:[A-Za-z0-9_.-]{{1,40}}:)?(?:{_AUTHOR_NAMES})\b[^<>]*>[^<>]*\Z", re.IGNORECASE)


def check_size(text: str, source: str) -> None:
    """Raise a ParseError (`costly`) for a feed that must not be parsed."""
    for what in _reasons(text):
        raise ParseError(
            "{source} sent a feed that is not read: it has {expected}", source=source, expected=what
        ).as_costly()


def _reasons(text: str) -> Iterator[str]:
    outside = _without_cdata(text)
    elements = len(_START.findall(outside))
    if elements > ELEMENTS or outside.count("<") > MARKS:
        yield phrase("too many elements")
    if outside.count("xmlns:") > NAMESPACES and len(set(_PREFIX.findall(outside))) > NAMESPACES:
        yield phrase("too many namespaces")
    if _has_long_tag(outside):
        yield phrase("too many attributes in one element")
    if elements > _FEW or "eywords" in outside or "tags" in outside:
        parts = _ITEM.split(text)
        if sum(_terms_in(part) ** 2 for part in parts) > CATEGORIES:
            yield phrase("too many categories")
    if _weight_of_authors(outside) > AUTHORS:
        yield phrase("an author's name that is too long")


def _without_cdata(text: str) -> str:
    """The text without the content of CDATA. An author's name keeps its length."""
    parts: list[str] = []
    place = 0
    while (start := text.find(_OPEN, place)) >= 0:
        end = text.find(_CLOSE, start)
        end = len(text) if end < 0 else end
        parts.append(text[place:start])
        if end - start > _LONG and _AUTHOR_BEGINS.search(text, max(place, start - _LONG), start):
            parts.append("." * (end - start))
        place = end + len(_CLOSE)
    return "".join((*parts, text[place:]))


def _terms_in(part: str) -> int:
    """The number of categories of an item, with those in its lists of keywords."""
    listed = sum(text.count(",") for text in _KEYWORDS.findall(part)) if "," in part else 0
    return len(_CATEGORY.findall(part)) + listed


def _has_long_tag(outside: str) -> bool:
    longest = max((len(part) for part in outside.split(">")), default=0)
    if longest < _LONG and outside.count('">"') + outside.count("'>'") < ATTRIBUTES:
        return False
    tags = (tag for tag in _TAG.findall(outside) if len(tag) > _LONG)
    return any(len(_ATTRIBUTE.findall(_QUOTED.sub("=", tag))) > ATTRIBUTES for tag in tags)


def _weight_of_authors(text: str) -> int:
    weight = 0
    for found in _AUTHOR.finditer(text):
        end = f"</{found[1]}"
        if text.find(end, found.end(), found.end() + _LONG) < 0:
            closed = text.find(end, found.end())
            weight += ((closed if closed >= 0 else len(text)) - found.end()) ** 2
            if weight > AUTHORS:
                break
    return weight
