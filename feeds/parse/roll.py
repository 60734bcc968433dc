"""Sina's roll: the newest articles of a channel as JSON or JSONP, and the roll page, which lists them as HTML.

A row has one of three forms: today's (title, url, intro, times as strings of unix seconds), that of the recommendation
interface (mtitle, surl, mintro, times as numbers), and a link on the roll page, which has no time.
"""

import re
from urllib.parse import parse_qsl, urlsplit

from selectolax.lexbor import LexborHTMLParser

from feeds.errors import ParseError
from feeds.identity import docid_of
from feeds.model import Entry, Page, Source
from feeds.parse.blocks.inline import plain_text
from feeds.parse.dates import time_of
from feeds.parse.encoding import text_of
from feeds.parse.entrywise import NOTHING, FailureCallback, raise_bug, read_each
from feeds.parse.jsontext import decode_json_at
from feeds.parse.markup import tame_html
from feeds.parse.safety import TITLE_LIMIT, clean, link_of

SUMMARY_LIMIT = 2_000

# `NAME({…});`, `try{NAME({…});}catch(e){};`, and the comment that Sina's servers write before some of them.
_CALLBACK = re.compile(r"(?:/\*[^*]{0,200}\*/)?\s{0,20}(?:try\s{0,4}\{)?\s{0,20}[\w.$]{1,100}\s{0,4}\(\s{0,20}")


def entries_of(page: Page, source: Source, on_failure: FailureCallback = raise_bug) -> list[Entry]:
    """The rows of one answer, in its order. Raises ParseError if it is not a roll."""
    text = text_of(page.body, page.content_type)
    if text.lstrip()[:1] == "<" and "seo_data_list" in text:
        return _entries_of_page(text, page, source)
    rows = rows_of(envelope_of(text, source), source)
    return _without_repeats(list(read_each(rows, lambda row: _entry(row, page, source), on_failure)))


def envelope_of(text: str, source: Source) -> dict[str, object]:
    """The JSON object in an answer, with or without a callback around it."""
    text = text.strip()
    if not text:
        raise ParseError("{source} sent an empty answer", source=source.name)
    if text[0] == "<":
        raise ParseError("{source} sent a web page where JSON was expected", source=source.name)
    start = 0
    if text[0] not in "{[":
        found = _CALLBACK.match(text)
        start = found.end() if found else 0
    try:
        value = decode_json_at(text, start)
    except (ValueError, RecursionError) as error:
        raise ParseError("{source} sent something that is not JSON", source=source.name) from error
    if isinstance(value, list):
        value = {"data": value}
    if not isinstance(value, dict):
        raise ParseError("{source} sent JSON without a list of articles", source=source.name)
    result = value.get("result", value)
    return result if isinstance(result, dict) else value


def check_answer(result: dict[str, object], source: Source) -> None:
    """Raise ParseError if the answer itself reports a failure."""
    status = result.get("status")
    if isinstance(status, dict) and str(status.get("code", 0)) not in ("0", "200", ""):
        reason = clean(str(status.get("msg") or status.get("code")), 100)
        raise ParseError("{source} refused: {reason}", source=source.name, reason=reason)


def rows_of(result: dict[str, object], source: Source) -> list[object]:
    """The list of rows in an envelope."""
    check_answer(result, source)
    rows = result.get("data")
    if isinstance(rows, dict):
        rows = rows.get("list") or rows.get("feed") or rows.get("data")
    if rows is None or not isinstance(rows, list):
        raise ParseError("{source} sent JSON without a list of articles", source=source.name)
    return rows


def _entry(row: dict[str, object], page: Page, source: Source) -> Entry:
    url = next(filter(None, (link_of(row.get(name), page.url) for name in ("url", "surl", "wapurl"))), "")
    title = text_in(row, "title", "mtitle", "stitle")
    if not (title or url):
        return NOTHING
    published = time_of(row.get("ctime")) or time_of(row.get("intime"))
    updated = time_of(row.get("mtime"))
    docid = docid_of(text_in(row, "docid", "newsid", "commentid"), url)
    image = _image(row)
    return Entry(
        source=source.name,
        title=title,
        url=url,
        guid=docid or text_in(row, "docid", "newsid", "oid"),
        docid=docid,
        author=text_in(row, "author"),
        origin=text_in(row, "media_name", "media", "source"),
        category=source.category,
        keywords=keywords_of(row.get("keywords")),
        published=published,
        updated=updated if updated and published and updated > published else None,
        summary=text_in(row, "intro", "summary", "short_intro", "mintro", "wapsummary", limit=SUMMARY_LIMIT),
        headimg=image,
        thumbnail=image,
    )


def text_in(row: dict[str, object], *names: str, limit: int = TITLE_LIMIT) -> str:
    """The text of the first of these fields that is not empty, without markup."""
    for name in names:
        value = row.get(name)
        if isinstance(value, str) and (text := plain_text(value, limit)):
            return text
    return ""


def keywords_of(value: object) -> tuple[str, ...]:
    """The words of a JSON list, or of a text with commas (, or ，)."""
    words = value if isinstance(value, list) else re.split("[,，]", value) if isinstance(value, str) else []
    cleaned = dict.fromkeys(clean(str(word), 60) for word in words[:50])
    return tuple(word for word in cleaned if word)[:20]


def _image(row: dict[str, object]) -> str:
    for name in ("img", "images", "mthumbs", "thumbs", "thumb", "pic"):
        value = row.get(name)
        while isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, dict):
            value = value.get("u") or value.get("url") or value.get("src")
        if address := link_of(value):
            return address
    return ""


def _entries_of_page(text: str, page: Page, source: Source) -> list[Entry]:
    """The entries of the hidden list of the roll page. Its links have the article's address in a parameter."""
    entries = []
    for node in LexborHTMLParser(tame_html(text)).css(".seo_data_list li span[href]"):
        written = node.attributes.get("href") or ""
        inner = dict(parse_qsl(urlsplit(written.replace("&amp;", "&")).query)).get("url", "")
        url = link_of(inner) or link_of(written, page.url)
        title = clean(node.text(), TITLE_LIMIT)
        docid = docid_of("", url)
        if url:
            entries.append(
                Entry(source=source.name, title=title, url=url, guid=docid, docid=docid, category=source.category)
            )
    return _without_repeats(entries)


def _without_repeats(entries: list[Entry]) -> list[Entry]:
    """The entries without repeats: a row may appear twice on a page while the channel moves."""
    found = {(entry.docid, entry.url, "" if entry.docid else entry.title): entry for entry in reversed(entries)}
    return list(found.values())[::-1]
