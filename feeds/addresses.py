"""Addresses of requests: the pages of a source's list, the page of an entry, the files of a folder. Pure.

This module makes the requests for Sina's interfaces, feeds.parse reads the answers. The poller imports no parser.
"""

import os
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from feeds.controls import escape_controls
from feeds.identity import canonical_url, exact_url
from feeds.model import Entry, Source

SUFFIXES = frozenset({".md", ".markdown", ".html", ".htm"})  # of files that hold posts

_ROLL = "https://feed.mix.sina.com.cn/api/roll/get"
_ROWS_A_PAGE = 50  # the server accepts about 50–80
_LIVE = "https://zhibo.sina.com.cn/api/zhibo/feed"
_FINANCE = "152"  # the zhibo_id of finance
_ITEMS_A_PAGE = 50  # the server gave up to 100


def address_of(source: Source, page: int = 1) -> str:
    """The address of page `page` (from 1) of a source's list, or "" if there is no such page.

    The channel of a roll looks like `155/1686`. The channel of a 7x24 feed is its zhibo_id. An RSS feed has one page.
    """
    if page < 1:
        return ""
    if source.kind == "roll":
        return _url_with_fields(source.url, _ROLL, _roll_fields(source.channel, page))
    if source.kind == "live":
        return _url_with_fields(source.url, _LIVE, _live_fields(source.channel, page))
    return source.url if source.kind == "rss" and page == 1 else ""


def needs_page(entry: Entry) -> bool:
    """Whether the entry's text is on its page and not in the feed.

    If several entries of one answer have the same page, its text does not belong to them: their summaries are used.
    """
    if entry.body or not (url := canonical_url(entry.url)):
        return False
    return not entry.summary or not entry.keys or url in entry.keys or _has_own_page(entry)


def _has_own_page(entry: Entry) -> bool:
    """Whether only this entry has the address with its parameters. A fragment makes no page of its own."""
    return "#" not in entry.url and exact_url(entry.url) in entry.keys


def printable(path: str | bytes | Path) -> str:
    """A file's name for people and for JSON, with invalid bytes and control characters escaped."""
    return escape_controls(os.fsencode(path).decode("utf-8", "backslashreplace"))


def _roll_fields(channel: str, page: int) -> dict[str, str]:
    if not channel:
        return {"page": str(page)}
    pageid, _, lid = channel.partition("/")
    return {"pageid": pageid.strip(), "lid": lid.strip(), "k": "", "num": str(_ROWS_A_PAGE), "page": str(page)}


def _live_fields(channel: str, page: int) -> dict[str, str]:
    return {
        "page": str(page),
        "page_size": str(_ITEMS_A_PAGE),
        "zhibo_id": channel or _FINANCE,
        "tag_id": "0",
        "dire": "f",
        "dpc": "1",
    }


def _url_with_fields(address: str, endpoint: str, fields: dict[str, str]) -> str:
    """`endpoint` with `fields` as its query. A configured address keeps its host, path and other fields."""
    own, default = urlsplit(address or endpoint), urlsplit(endpoint)
    path = default.path if own.path in ("", "/") else own.path
    query = {**dict(parse_qsl(own.query, keep_blank_values=True)), **fields}
    return urlunsplit((own.scheme, own.netloc, path, urlencode(query), ""))
