"""What a process of the crew can be asked to read, and its answer; and who reads it, which only that process imports.

A task is one thing that may go wrong by itself: a feed's answer, a file, an article. A file is named in bytes, as the
system names it: that need not be text.
"""

from datetime import datetime

from msgspec import Struct

from feeds.addresses import printable
from feeds.errors import phrase
from feeds.model import Article, Entry, Fault, Instead, Page, Source


class Feed(Struct, frozen=True, tag=True):
    """The answer of a source → its entries."""

    source: Source
    page: Page


class Posts(Struct, frozen=True, tag=True):
    """A file of posts → its entries, which come by `source`."""

    path: bytes
    source: str


class Text(Struct, frozen=True, tag=True):
    """An entry, with its page where its text stands there → the article, filed under `filed` and `seen` now.

    `instead` is what the page was found to be where it is no page; it is then not handed over.
    """

    entry: Entry
    page: Page | None
    seen: datetime
    filed: tuple[str, ...] = ()
    instead: Instead | None = None


class Post(Struct, frozen=True, tag=True):
    """A file of one post → the article, which comes by `source` and is `seen` now."""

    path: bytes
    source: str
    seen: datetime


Task = Feed | Posts | Text | Post
READY = b"ready\n"  # the first line of a process, before its answers


class Answer(Struct, frozen=True, omit_defaults=True):
    """What was read; with a fault nothing, or an article as its feed tells it. `deadly` is what ends its readers.

    `unread` tells of entries of a feed that could not be read while the others were. `stray` names a page's text
    that has nothing to do with what the feed says of the article.
    """

    article: Article | None = None
    entries: tuple[Entry, ...] = ()
    fault: Fault | None = None
    deadly: bool = False
    unread: Fault | None = None
    stray: str = ""


_DEADLY = {
    Feed: phrase("reading its feed ended the program"),
    Text: phrase("reading it ended the program; it is left out until it changes"),
}


def deadly(task: Task) -> Answer:
    """What is said of a task that takes every process down."""
    if isinstance(task, Feed | Text):
        fault = Fault(_DEADLY[type(task)])
    else:
        fault = Fault("{path} cannot be read: it ended the process that tried", {"path": printable(task.path)})
    return Answer(fault=fault, deadly=True)
