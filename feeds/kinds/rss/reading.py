"""RSS, Atom and JSON Feed. Owns feedparser.

The cleaning of feedparser is off: it removes attributes that mark bold text at Sina (`cms-style`), and `markup` and
`safety` clean everything anyway. Bytes are decoded here, because feedparser believes the label. JSON Feed (version 1.1)
is read by hand, because feedparser needs a media type for it that few servers send.
"""

import html
import io
import re
from datetime import datetime
from typing import NamedTuple

import feedparser

from feeds.answers.bodies import is_wall, without_shared
from feeds.errors import ParseError
from feeds.identity import docid_of
from feeds.kinds.rss.enclosures import attachments_of, enclosures_of
from feeds.kinds.rss.wellformed import plain_feed
from feeds.model import Entry, Page, Source
from feeds.parse.blocks.inline import plain_text
from feeds.parse.dates import time_of
from feeds.parse.encoding import text_of
from feeds.parse.entrywise import FailureCallback, raise_bug, read_each
from feeds.parse.fields import SUMMARY_LIMIT, keywords_of
from feeds.parse.jsontext import decode_json
from feeds.parse.markup import escape_html
from feeds.parse.safety import TITLE_LIMIT, clean, link_of
from feeds.parse.xml import check_size, is_cut_off, repair_xml

_PARAGRAPH = re.compile(r"<(?:p|br|div|li|h[1-6]|tr)\b", re.IGNORECASE)
_CUT_OFF = re.compile(
    r"(?:\.\.\.|…|\[…\]|\[\.\.\.\]|(?:阅读|查看|点击)(?:更多|全文|原文|详情)|read more|continue reading)\W{0,8}$",
    re.IGNORECASE,
)
_WHOLE_TEXT = 600
_TAG_OR_COMMENT = re.compile(r"<!--(?:[^-]|-(?!->)){0,2000}-->|</?[a-zA-Z][^>]{0,2000}>")
_NEEDS_PARSER = re.compile(
    r"<(?:(?:script|style|template|noscript|del|s|strike|math|ruby|svg|textarea|xmp)\b|!\[)|hidden|display\s*:|line-through",
    re.IGNORECASE,
)
_SEVERAL_PARAGRAPHS = 120
_CONTENTS = 8  # contents of an item that may be its text
_HANZI = re.compile("[\u4e00-\u9fff]")
_ITEM_END = re.compile(r"</(?:[\w.-]{1,40}:)?(?:item|entry)\s{0,8}>", re.IGNORECASE)

# feedparser tries a dozen patterns on every date and fails on some, so `dates` reads dates.
feedparser.registerDateHandler(lambda _: (1990, 1, 1, 0, 0, 0, 0, 1, 0))


class _Channel(NamedTuple):
    """Common data of the items of a feed: the base of links, the generator, the language, the time of the fetch."""

    base: str
    generator: str
    atom: bool
    chinese: bool
    now: datetime | None


def entries_of(page: Page, source: Source, on_failure: FailureCallback = raise_bug) -> list[Entry]:
    """The items of a feed, in its order. Raises ParseError if it is not a feed."""
    text = text_of(page.body, page.content_type).strip()
    if not text:
        raise ParseError("{source} sent an empty answer", source=source.name)
    if text[0] == "{":
        return _json_feed(text, page, source, on_failure)
    text = repair_xml(text, page.url)
    check_size(text, source.name)
    parsed = plain_feed(text) or _parse(text)
    if not parsed.get("version") and not parsed.entries:
        raise ParseError("{source} sent something that is no feed", source=source.name)
    items = parsed.entries
    if is_cut_off(text):
        items = items[:-1] if _ends_within_item(text) else items
        if not items:
            raise ParseError("{source} sent a feed that breaks off before its first article ends", source=source.name)
        on_failure(ParseError("{source} sent a feed that breaks off; what was behind is missing", source=source.name))
    channel = _Channel(
        base=link_of(dict.get(parsed.feed, "link"), page.url) or page.url,
        generator=str(parsed.feed.get("generator") or ""),
        atom=str(parsed.get("version") or "").startswith("atom"),
        chinese=_HANZI.search(text) is not None,
        now=page.fetched,
    )
    return without_shared(list(read_each(items, lambda item: _entry(item, channel, source), on_failure)))


def title_of(page: Page) -> str:
    """The name that a feed gives itself, "" without one."""
    text = text_of(page.body, page.content_type).strip()
    if text[:1] == "{":
        try:
            feed = decode_json(text)
        except (ValueError, RecursionError):
            return ""
        return plain_text(str(feed.get("title") or ""), TITLE_LIMIT) if isinstance(feed, dict) else ""
    feed = _parse(repair_xml(text, page.url)).feed
    return plain_text(str(dict.get(feed, "title") or ""), TITLE_LIMIT)


def _parse(text: str) -> feedparser.FeedParserDict:
    """The feed as feedparser reads it, without its cleaning."""
    return feedparser.parse(
        io.BytesIO(text.encode()),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _ends_within_item(text: str) -> bool:
    """Whether the last item is cut off. It must not be used: half a name could be another article's."""
    place = max(text.rfind(f"<{name}") for name in ("item>", "item ", "entry>", "entry "))
    return place >= 0 and _ITEM_END.search(text, place) is None


def _is_bare_id(item: feedparser.FeedParserDict) -> bool:
    """Whether the only address is an id, as in <guid>m0</guid>. RSS 2.0 calls it a link, and it leads nowhere."""
    link = str(item.get("link") or "")
    from_id = dict.get(item, "guidislink") is True and link == dict.get(item, "id")
    return from_id and not link.startswith("/") and "://" not in link


def _entry(item: feedparser.FeedParserDict, channel: _Channel, source: Source) -> Entry:
    # dict.get, because FeedParserDict answers `updated` with `published` and warns about it.
    url = "" if _is_bare_id(item) else link_of(item.get("link"), channel.base)
    guid = clean(str(dict.get(item, "id") or ""), 2000)
    # An article without a name is identified by title and time, so a time that counts back from now cannot be used.
    now = channel.now if url or guid else None
    published, created, updated = (
        time_of(dict.get(item, name), chinese=channel.chinese) for name in ("published", "created", "updated")
    )
    published = published or created or updated
    ago = None if published else time_of(dict.get(item, "published"), now)
    summary = _markup_of(item, "summary", atom=channel.atom)
    contents = [_markup_of(part, "value", atom=channel.atom) for part in (dict.get(item, "content") or ())[:_CONTENTS]]
    title = plain_text(_markup_of(item, "title", atom=channel.atom), TITLE_LIMIT)
    walls = {markup for markup in {summary, *contents} if is_wall(title, markup)}  # most summaries are the content
    contents = [content for content in contents if content not in walls]
    summary = "" if summary in walls else summary
    author = clean(str(dict.get(item, "author") or ""), TITLE_LIMIT)
    item_source = dict.get(item, "source")
    origin = clean(str(item_source.get("title") or ""), TITLE_LIMIT) if isinstance(item_source, dict) else ""
    image = _image(item, channel.base)
    body = _with_paragraphs(whole_text_of(contents, summary))
    return Entry(
        source=source.name,
        title=title or plain_text(summary or body or "", 60),
        url=url,
        guid=guid,
        docid=docid_of(guid, url),
        author=author,
        # The Sina routes of RSSHub write the medium where others write a person.
        origin=origin or (author if "rsshub" in channel.generator.lower() else ""),
        category=source.category,
        keywords=keywords_of([tag.get("term") or "" for tag in dict.get(item, "tags") or ()]),
        published=published or ago,
        counted=ago is not None,
        updated=updated if updated and published and updated > published else None,
        summary="" if body else plain_text(summary, SUMMARY_LIMIT),
        headimg=image,
        thumbnail=image,
        body=body,
        attachments=enclosures_of(item, channel.base),
    )


def _markup_of(item: feedparser.FeedParserDict, name: str, *, atom: bool) -> str:
    """A text of an item as markup. Atom marks plain text (RFC 4287, §3.1.1); in RSS all texts are HTML."""
    value, detail = str(dict.get(item, name) or ""), dict.get(item, f"{name}_detail", item)
    is_plain = atom and isinstance(detail, dict) and detail.get("type") == "text/plain"
    return escape_html(value) if is_plain else value


def _with_paragraphs(body: str | None) -> str | None:
    """The text with its lines as paragraphs, if it has no tags."""
    return _paragraphs(body) if body and "<" not in body and "\n" in body.strip() else body


def _beginning_of(markup: str, limit: int) -> str:
    """The first `limit` characters of the text, to test its length and end. Simple markup needs no parser."""
    if _NEEDS_PARSER.search(markup, 0, limit * 20):
        return plain_text(markup, limit)
    return clean(html.unescape(_TAG_OR_COMMENT.sub("", markup[: limit * 20])), limit)


def whole_text_of(contents: list[str], summary: str) -> str | None:
    """The HTML of the whole text, or None if the feed has only a summary.

    A content element is the text. A description is the text if it has paragraphs or is long, and is not cut off.
    """
    for content in contents:
        text = _beginning_of(content, _WHOLE_TEXT)
        if text and not (_CUT_OFF.search(text) and len(text) < _WHOLE_TEXT):
            return content
    text = _beginning_of(summary, _WHOLE_TEXT * 2)
    if _CUT_OFF.search(text) and len(text) < _WHOLE_TEXT * 2 - 1:
        return None
    paragraphs = len(_PARAGRAPH.findall(summary))
    if len(text) >= _WHOLE_TEXT or (paragraphs > 1 and len(text) >= _SEVERAL_PARAGRAPHS):
        return summary
    return None


def _image(item: feedparser.FeedParserDict, base: str) -> str:
    for name in ("media_thumbnail", "media_content", "enclosures"):
        for part in dict.get(item, name) or ():
            if name == "media_thumbnail" or str(part.get("type") or part.get("medium") or "").startswith("image"):
                return link_of(part.get("url") or part.get("href"), base)
    return ""


def _json_feed(text: str, page: Page, source: Source, on_failure: FailureCallback) -> list[Entry]:
    try:
        feed = decode_json(text)
    except (ValueError, RecursionError) as error:
        raise ParseError("{source} sent something that is no feed", source=source.name) from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(feed, dict) or not isinstance(items, list):
        raise ParseError("{source} sent something that is no feed", source=source.name)
    channel = _Channel(
        base=link_of(feed.get("home_page_url"), page.url) or page.url,
        generator="",
        atom=False,
        chinese=_HANZI.search(text) is not None or "\\u" in text,
        now=page.fetched,
    )
    return without_shared(list(read_each(items, lambda item: _json_entry(item, channel, source), on_failure)))


def _json_entry(item: dict[str, object], channel: _Channel, source: Source) -> Entry:
    url = link_of(item.get("url"), channel.base) or link_of(item.get("external_url"), channel.base)
    guid = clean(str(item.get("id") or ""), 2000)
    html, bare = str(item.get("content_html") or ""), str(item.get("content_text") or "")
    title = plain_text(str(item.get("title") or ""), TITLE_LIMIT)
    html, bare = ("" if is_wall(title, text) else text for text in (html, bare))
    summary = str(item.get("summary") or "")
    body = whole_text_of([html], "") if html else whole_text_of([], _as_markup(bare)) if bare else None
    published = time_of(item.get("date_published"), chinese=channel.chinese)
    updated = time_of(item.get("date_modified"), chinese=channel.chinese)
    image = link_of(item.get("image"), channel.base) or link_of(item.get("banner_image"), channel.base)
    return Entry(
        source=source.name,
        title=title or plain_text(summary or html or _as_markup(bare), 60),
        url=url,
        guid=guid,
        docid=docid_of(guid, url),
        author=_json_author(item),
        category=source.category,
        keywords=keywords_of(item.get("tags")),
        published=published or updated,
        updated=updated if updated and published and updated > published else None,
        summary=plain_text(summary or ("" if body else html or _as_markup(bare)), SUMMARY_LIMIT),
        headimg=image,
        thumbnail=image,
        body=body,
        attachments=attachments_of(item.get("attachments"), channel.base),
    )


def _json_author(item: dict[str, object]) -> str:
    authors = item.get("authors") or [item.get("author")]
    names = [author.get("name") for author in authors if isinstance(author, dict)] if isinstance(authors, list) else []
    return clean("、".join(str(name) for name in names if name), TITLE_LIMIT)


def _as_markup(text: str) -> str:
    """Plain text as HTML, one paragraph for each line."""
    return _paragraphs(escape_html(text))


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{line}</p>" for line in text.splitlines() if line.strip())
