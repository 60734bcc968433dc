"""The demo's page of links: the newest articles as a ministry lists them, a row each."""

from collections.abc import Sequence
from html import escape

from feeds.kinds.kind import Demo
from feeds.model import BEIJING, Entry, Page

_PATH = "/links/list.html"


def _answer(entries: Sequence[Entry]) -> Page:
    text = "".join(map(_row, entries))
    page = f'<!DOCTYPE html><meta charset="utf-8"><title>演示列表</title><ul class="news-list">{text}</ul>'
    return Page(url=_PATH, body=page.encode(), content_type="text/html; charset=utf-8")


def _row(entry: Entry) -> str:
    day = f"{entry.published.astimezone(BEIJING):%Y-%m-%d}" if entry.published else ""
    return f'<li><a href="{escape(entry.url)}">{escape(entry.title)}</a><span>{day}</span></li>'


DEMO = Demo(_PATH, _answer)
