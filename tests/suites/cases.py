"""Cases and faults, and the feeds into which a case is put."""

import html
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

FAULTS = ("crashes", "hangs", "control bytes", "lost entries")


@dataclass(frozen=True)
class Case:
    """One text of a suite on one way into the project. `way` is a name of `ways.WAYS`.

    `entries` is how many entries the feed has at least; None where the way counts them itself.
    """

    name: str
    way: str
    body: bytes
    content_type: str = ""
    entries: int | None = None


@dataclass(frozen=True)
class Fault:
    """What went wrong with a case; `kind` is one of FAULTS."""

    kind: str
    words: str


class Suite(Protocol):
    """A module that knows one suite."""

    NAME: str

    def holds(self, folders: set[str], files: set[str]) -> bool:
        """Whether a folder with these names in it is the suite's."""

    def cases(self, folder: Path) -> Iterator[Case]:
        """The cases in such a folder, in the order of their files."""


def files_below(folder: Path, *suffixes: str) -> list[Path]:
    """The files below a folder whose names end so, in order."""
    return sorted(
        Path(place) / name
        for place, _, names in os.walk(folder, followlinks=True)
        for name in names
        if name.lower().endswith(suffixes)
    )


def bytes_of(text: str) -> bytes:
    """A text as bytes. Half a surrogate pair, which no UTF-8 can hold, is written as a careless program writes it."""
    return text.encode("utf-8", "surrogatepass")


def markup_cases(name: str, text: str) -> Iterator[Case]:
    """A piece of markup as a page, as a file that is given to a command, and as an item's text in a feed."""
    page = bytes_of(text)
    yield Case(name, "page", page, "text/html; charset=utf-8")
    yield Case(name, "file", page)
    yield Case(name, "feed", rss_with(text), "application/rss+xml", entries=3)


def rss_with(text: str, *, everywhere: bool = False) -> bytes:
    """A feed whose second item has `text` as its text, or in every field. The items beside it are sound."""
    escaped = html.escape(text)
    fields = f"<title>第二条</title><description>{escaped}</description>"
    if everywhere:
        fields = (
            f"<title>{escaped}</title><description>{escaped}</description><author>{escaped}</author>"
            f"<category>{escaped}</category><source url='https://news.example/'>{escaped}</source>"
            f"<pubDate>{escaped}</pubDate><enclosure url='{escaped}' type='image/png'/>"
        )
    items = (
        "<title>第一条</title><description>第一条的正文。</description>",
        fields,
        "<title>第三条</title><description>第三条的正文。</description>",
    )
    listed = "".join(
        f"<item><link>https://news.example/{number}</link><guid>item-{number}</guid>{item}</item>"
        for number, item in enumerate(items, 1)
    )
    return bytes_of(f'<?xml version="1.0"?><rss version="2.0"><channel><title>源</title>{listed}</channel></rss>')


def json_with(value: bytes) -> Iterator[tuple[str, bytes]]:
    """The answers of each kind whose second entry has a JSON value in every field, by the way that reads them."""
    fields = b'"title":%b,"content_html":%b,"summary":%b,"tags":[%b],"authors":[{"name":%b}],"date_published":%b'
    yield "feed", b'{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[%b]}' % _as_list(fields, value)
    fields = b'"title":%b,"intro":%b,"media_name":%b,"keywords":%b,"ctime":%b,"images":%b'
    yield "roll", b'{"result":{"status":{"code":0},"data":[%b]}}' % _as_list(fields, value)
    fields = b'"rich_text":%b,"create_time":%b,"ext":%b,"tag":[{"name":%b}]'
    yield "live", b'{"result":{"status":{"code":0},"data":{"feed":{"list":[%b]}}}}' % _as_list(fields, value)


def _as_list(fields: bytes, value: bytes) -> bytes:
    sound = b'"title":"\xe9\xa6\x96","rich_text":"\xe9\xa6\x96\xe6\x9d\xa1\xe3\x80\x82"'
    odd = fields.replace(b"%b", value)
    items = (
        b'"id":"%d","url":"https://news.example/%d",%b' % (n, n, said) for n, said in enumerate((sound, odd, sound), 1)
    )
    return b",".join(b"{%b}" % item for item in items)


def json_of(text: str) -> bytes:
    """A text as a JSON string, every character that is not ASCII as an escape."""
    return json.dumps(text).encode()
