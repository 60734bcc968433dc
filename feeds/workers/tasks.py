"""The tasks that a worker reads, and the answer it gives.

A task is one thing that may fail on its own: a feed's answer, a file, an article. A file's name is bytes, as the
system gives it, because it need not be text.
"""

from datetime import datetime

from msgspec import Struct

from feeds.archive.preparation.ready import ReadyArticle
from feeds.controls import printable
from feeds.errors import phrase
from feeds.model import Article, Entry, Fault, Flags, Instead, Page, Source


class FeedTask(Struct, frozen=True, tag=True):
    """A source's answer → its entries."""

    source: Source
    page: Page


class PostsTask(Struct, frozen=True, tag=True):
    """A file of posts → its entries, which belong to `source`."""

    path: bytes
    source: str


class TextTask(Struct, frozen=True, tag=True):
    """An entry, with its page if the page has the text → the article, in the categories `filed`, `seen` now.

    `instead` says what came instead of a page. The page is then None. `has_page` is the source's setting (`page`).
    """

    entry: Entry
    page: Page | None
    seen: datetime
    filed: tuple[str, ...] = ()
    instead: Instead | None = None
    has_page: bool | None = None


class PostTask(Struct, frozen=True, tag=True):
    """A file of one post → the article, which belongs to `source` and is `seen` now."""

    path: bytes
    source: str
    seen: datetime


Task = FeedTask | PostsTask | TextTask | PostTask
READY = b"ready\n"  # the first line that a worker prints, before its answers


class WorkerAnswer(Struct, frozen=True, omit_defaults=True):
    """The result of a task. With a fault, it has nothing, or the article as its feed describes it.

    `deadly` says that the task kills the worker. `unread` is the fault of entries that could not be read while others
    of the feed could. `ready` is the article made ready for the archive, which stores it as it is. `stray` is the
    digest of a page's text that does not fit what the feed says of the article. `flags` are the marks in a post that
    zhengwen wrote.
    """

    article: Article | None = None
    ready: ReadyArticle | None = None
    entries: tuple[Entry, ...] = ()
    fault: Fault | None = None
    deadly: bool = False
    unread: Fault | None = None
    flags: Flags = Flags()
    stray: str = ""


_DEADLY = {
    FeedTask: phrase("reading its feed ended the program"),
    TextTask: phrase("reading it ended the program; it is left out until it changes"),
}


def deadly_answer(task: Task) -> WorkerAnswer:
    """The answer for a task that kills every worker."""
    if isinstance(task, FeedTask | TextTask):
        fault = Fault(_DEADLY[type(task)])
    else:
        fault = Fault("{path} cannot be read: it ended the process that tried", {"path": printable(task.path)})
    return WorkerAnswer(fault=fault, deadly=True)
