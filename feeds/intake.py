"""One article from a file, an address or standard input, and folders of posts: the poller's road, walked for a command.

It stands beside the poller, above the same rooms, so that what the command line shows is what the poller archives.
"""

import asyncio
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from feeds.archive import Archive
from feeds.assembly import article_of
from feeds.errors import ParseError
from feeds.fetch import Fetcher
from feeds.model import Article, Block, Entry, FetchLimits, Page, Reading
from feeds.parse import posts_of, reading_of_body, reading_of_page
from feeds.parse.encoding import text_of
from feeds.parse.post import entry_of
from feeds.parse.safety import clean
from feeds.plan.report import plan_json

_MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|p|article|section|h[1-6])\b", re.IGNORECASE)
_WHOLE_PAGE = re.compile(r"<(?:!doctype|html|head)\b", re.IGNORECASE)
_LOOK = 4096  # characters in which a kind of file shows itself
_BATCH = 500


def article_of_bytes(body: bytes, name: str, seen: datetime) -> Article:
    """The article in a saved page, a front-matter post, a piece of HTML or plain text. Raises ParseError for none."""
    text = text_of(body)
    if entry := entry_of(text):
        return article_of(entry, reading_of_body(entry.body or ""), seen)
    if _WHOLE_PAGE.search(text, 0, _LOOK):
        reading = reading_of_page(Page(url="", body=body))
    elif _MARKUP.search(text, 0, _LOOK):
        reading = reading_of_body(text)
    else:
        reading = Reading(blocks=tuple(Block(line) for line in map(clean, text.splitlines()) if line))
    return _article(reading, name, seen)


def article_of_address(url: str, limits: FetchLimits, seen: datetime) -> Article:
    """The article at an http(s) address. Raises FetchError, ParseError."""

    async def page() -> Page:
        async with Fetcher(limits) as fetcher:
            return await fetcher.get(url)

    return _article(reading_of_page(asyncio.run(page())), url, seen)


def _article(reading: Reading, name: str, seen: datetime) -> Article:
    if not reading.blocks:
        raise ParseError("{name} holds no article text", name=name)
    url = name if name.startswith(("http://", "https://")) else ""
    return article_of(Entry(source="", title=reading.title, url=url or reading.url), reading, seen)


def json_of(article: Article) -> str:
    """The plan as one line of JSON, in the form that docs/commands.md gives."""
    return json.dumps(plan_json(article), ensure_ascii=False)


def import_posts(paths: Iterable[Path], archive: Archive, seen: datetime) -> Counter[str]:
    """Store the posts in files and folders; how many were new, changed, same. Each batch is on disk before the next."""
    tally: Counter[str] = Counter()
    for path in paths:
        batch: list[Article] = []
        for entry in posts_of(path, path.name):
            batch.append(article_of(entry, reading_of_body(entry.body or ""), seen))
            if len(batch) == _BATCH:
                tally.update(_outcomes(archive, batch))
                batch = []
        tally.update(_outcomes(archive, batch))
    return tally


def _outcomes(archive: Archive, articles: list[Article]) -> Iterator[str]:
    return (stored.outcome for stored in archive.store_many(articles))
