"""Sina's roll: the newest articles of a channel as JSON or JSONP, and the roll page, which lists them as HTML.

A row has one of three forms: today's (title, url, intro, times as strings of unix seconds), that of the recommendation
interface (mtitle, surl, mintro, times as numbers), and a link on the roll page, which has no time.
"""

from urllib.parse import parse_qsl, urlsplit

from feeds.errors import ParseError
from feeds.identity import docid_of
from feeds.kinds.sina import check_answer, envelope_of
from feeds.model import Entry, Page, Source
from feeds.parse.dates import time_of
from feeds.parse.elements import elements_of
from feeds.parse.encoding import text_of
from feeds.parse.entrywise import NOTHING, FailureCallback, raise_bug, read_each
from feeds.parse.fields import SUMMARY_LIMIT, keywords_of, text_in
from feeds.parse.safety import TITLE_LIMIT, clean, link_of


def entries_of(page: Page, source: Source, on_failure: FailureCallback = raise_bug) -> list[Entry]:
    """The rows of one answer, in its order. Raises ParseError if it is not a roll."""
    text = text_of(page.body, page.content_type)
    if text.lstrip()[:1] == "<" and "seo_data_list" in text:
        return _entries_of_page(text, page, source)
    rows = rows_of(envelope_of(text, source), source)
    return _without_repeats(list(read_each(rows, lambda row: _entry(row, page, source), on_failure)))


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
    for element in elements_of(text, ".seo_data_list li span[href]"):
        written = element.attributes.get("href", "")
        inner = dict(parse_qsl(urlsplit(written.replace("&amp;", "&")).query)).get("url", "")
        url = link_of(inner) or link_of(written, page.url)
        title = clean(element.text, TITLE_LIMIT)
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
