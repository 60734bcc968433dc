"""Bytes to entries, and HTML to paragraphs. Pure: no clock and no network. Only `posts_of` reads files.

entries_of ─┬─ roll          Sina's roll, JSON(P) or HTML
            ├─ live          the 7x24 feed
            ├─ syndication   RSS, Atom, JSON Feed
            └─ post          front-matter posts (posts_of: files and folders of them)
reading_of_page, reading_of_body ── page ── markup → lexbor → blocks → bylines
All of them use encoding (labels → tables → text), dates, safety and entrywise.
"""

from feeds.errors import ParseError
from feeds.model import Entry, Page, Source
from feeds.parse import live, roll, syndication
from feeds.parse.encoding import text_of
from feeds.parse.entrywise import FailureCallback, raise_bug
from feeds.parse.limits import newest_of
from feeds.parse.page import reading_of_body, reading_of_page
from feeds.parse.post import entry_of, posts_of

__all__ = ["entries_of", "newest_of", "posts_of", "reading_of_body", "reading_of_page"]


def entries_of(page: Page, source: Source, on_failure: FailureCallback = raise_bug) -> list[Entry]:
    """The entries of one answer of `source`, in its order. Raises ParseError if the answer does not fit the kind.

    If one entry causes a bug, `on_failure` gets the exception, and the other entries are read.
    """
    if source.kind == "roll":
        return roll.entries_of(page, source, on_failure)
    if source.kind == "live":
        return live.entries_of(page, source, on_failure)
    if source.kind == "rss":
        return syndication.entries_of(page, source, on_failure)
    entry = entry_of(text_of(page.body, page.content_type), source.name)
    if entry is None:
        raise ParseError("{source} sent something that is no post", source=source.name)
    return [entry]
