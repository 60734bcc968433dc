"""One article from a file, an address or standard input, made as the poller makes it."""

import asyncio
import re
from datetime import datetime

from feeds.answers.media import medium_of
from feeds.answers.walls import instead_of
from feeds.assembly import article_of, article_of_post
from feeds.errors import NoText, ParseError
from feeds.fetch import Fetcher, web_address
from feeds.model import Article, Block, Entry, FetchLimits, Page, Reading
from feeds.parse import reading_of_body, reading_of_page
from feeds.parse.encoding import text_of
from feeds.parse.post import entry_of
from feeds.parse.safety import clean
from feeds.posts import kept_post

_MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|p|article|section|h[1-6])\b", re.IGNORECASE)
_WHOLE_PAGE = re.compile(r"<(?:!doctype|html|head)\b", re.IGNORECASE)
_CHARACTERS_SEARCHED = 4096  # at the beginning of a file; they show its kind


def article_of_bytes(body: bytes, name: str, seen: datetime) -> Article:
    """The article in a saved page, a front-matter post, a fragment of HTML or plain text. Raises ParseError."""
    page = Page(url="", body=body)
    if instead := medium_of(page):
        raise NoText(name, instead)
    if kept := kept_post(body):
        return article_of_post(kept, seen)
    text = text_of(body)
    if entry := entry_of(text):
        return article_of(entry, reading_of_body(entry.body or "", entry.url), seen)
    if _WHOLE_PAGE.search(text, 0, _CHARACTERS_SEARCHED):
        reading = _read(page, name)
    elif _MARKUP.search(text, 0, _CHARACTERS_SEARCHED):
        reading = reading_of_body(text)
    else:
        reading = Reading(blocks=tuple(Block(line) for line in map(clean, text.splitlines()) if line))
    return _article(reading, name, seen)


def article_of_address(url: str, limits: FetchLimits, seen: datetime) -> Article:
    """The article at an http(s) address. Raises FetchError, ParseError."""

    async def page() -> Page:
        async with Fetcher(limits) as fetcher:
            return await fetcher.get(url)

    found = asyncio.run(page())
    name = str(web_address(url))  # without a login
    if instead := medium_of(found):
        raise NoText(name, instead)
    return _article(_read(found, name), name, seen)


def _read(page: Page, name: str) -> Reading:
    """Read a page. Raises NoText for a wall."""
    reading = reading_of_page(page)
    instead = instead_of(Entry(source="", title=""), reading.blocks)
    if instead and reading.blocks:
        raise NoText(name, instead)
    return reading


def _article(reading: Reading, name: str, seen: datetime) -> Article:
    if not reading.blocks:
        raise ParseError("{name} holds no article text", name=name)
    url = name if name.startswith(("http://", "https://")) else ""
    return article_of(Entry(source="", title=reading.title, url=url or reading.url), reading, seen)


def why_of(article: Article, number: int | None = None, at: str = "") -> list[str]:
    """The decisions of the plan rules on the article, or on one sentence of it, one line for each."""
    from feeds.plan.why import why_lines

    return list(why_lines(article, number, at))
