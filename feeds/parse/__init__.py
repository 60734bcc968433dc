"""Bytes to entries, and HTML to paragraphs. Pure: no clock, no network; `posts_of` alone reads files.

entries_of ─┬─ roll          Sina's roll, JSON(P) or HTML
            ├─ live          the 7x24 feed
            ├─ syndication   RSS, Atom, JSON Feed
            └─ post          front-matter posts (posts_of: files and folders of them)
reading_of_page, reading_of_body ── page ── markup → lexbor → blocks → bylines
encoding (labels → tables → text), dates, safety, entrywise stand below all of them
"""

from feeds.errors import ParseError
from feeds.model import Entry, Page, Source
from feeds.parse import live, roll, syndication
from feeds.parse.encoding import text_of
from feeds.parse.entrywise import Failed, raise_it
from feeds.parse.limits import newest_of
from feeds.parse.page import reading_of_body, reading_of_page
from feeds.parse.post import entry_of, posts_of

__all__ = ["entries_of", "newest_of", "posts_of", "reading_of_body", "reading_of_page"]


def entries_of(page: Page, source: Source, failed: Failed = raise_it) -> list[Entry]:
    """The entries of one answer of `source`, in its order. Raises ParseError where it is not what the kind says.

    A bug that one entry meets is handed to `failed`, and the others are read.
    """
    if source.kind == "roll":
        return roll.entries_of(page, source, failed)
    if source.kind == "live":
        return live.entries_of(page, source, failed)
    if source.kind == "rss":
        return syndication.entries_of(page, source, failed)
    entry = entry_of(text_of(page.body, page.content_type), source.name)
    if entry is None:
        raise ParseError("{source} sent something that is no post", source=source.name)
    return [entry]
