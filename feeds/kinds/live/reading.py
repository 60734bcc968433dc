"""The 7x24 feed: short items with their whole text. `ext` is JSON in a string; times are Beijing's.

About one item in seven has no 【title】; its first sentence becomes the title. About one in a hundred has no page.
"""

import re

from feeds.errors import ParseError
from feeds.identity import docid_of
from feeds.kinds.sina import check_answer, envelope_of
from feeds.model import Entry, Page, Source
from feeds.parse.blocks.inline import plain_text
from feeds.parse.dates import time_of
from feeds.parse.encoding import text_of
from feeds.parse.entrywise import NOTHING, FailureCallback, raise_bug, read_each
from feeds.parse.fields import keywords_of
from feeds.parse.jsontext import decode_json
from feeds.parse.safety import PARAGRAPH_LIMIT, TITLE_LIMIT, clean, link_of

HEADLINE_LIMIT = 60

_TITLE = re.compile(r"\s{0,8}【([^【】]{2,200})】\s{0,8}")
_SENTENCE = re.compile(r"[^。！？!?\n]{1,400}[！？!?]?")
_CREDIT = re.compile(r"[（(]([^（()）\s]{2,16}(?:社|报|网|台|刊|新闻|财经|经济|中国|在线|快讯|客户端))[）)]\s{0,4}$")
_BREAK = re.compile(r"\r?\n")


def entries_of(page: Page, source: Source, on_failure: FailureCallback = raise_bug) -> list[Entry]:
    """The items of one answer, in its order. Raises ParseError if it is not a 7x24 feed."""
    result = envelope_of(text_of(page.body, page.content_type), source)
    check_answer(result, source)
    data = result.get("data")
    feed = data.get("feed") if isinstance(data, dict) else None
    items = feed.get("list") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise ParseError("{source} sent JSON without a list of articles", source=source.name)
    return list(read_each(items, lambda item: _entry(item, source), on_failure))


def _entry(item: dict[str, object], source: Source) -> Entry | None:
    written = item.get("rich_text")
    written = written if isinstance(written, str) else ""
    text = plain_text(written, PARAGRAPH_LIMIT)
    ext = _ext(item.get("ext"))
    url = link_of(ext.get("docurl")) or link_of(item.get("docurl"))
    if str(item.get("is_delete") or 0) != "0":
        return None
    if not (text or url):
        return NOTHING
    number = _number(item.get("id"))
    credit = _CREDIT.search(text)
    published = time_of(item.get("create_time"))
    updated = time_of(item.get("update_time"))
    return Entry(
        source=source.name,
        title=title_of(text) if text else "",
        url=url,
        guid=f"live:{_number(item.get('zhibo_id')) or source.channel}-{number}" if number else "",
        docid=docid_of(f"comos:{ext.get('docid') or ''}", url),
        origin=credit[1] if credit else "",
        category=source.category,
        keywords=_tags(item.get("tag")),
        published=published,
        updated=updated if updated and published and updated > published else None,
        body=_body(written) if text else None,
        flash=True,
    )


def title_of(text: str) -> str:
    """The text in 【】 at the beginning, or the first sentence, cut at a comma if it is long."""
    if found := _TITLE.match(text):
        return clean(found[1], TITLE_LIMIT)
    found = _SENTENCE.search(text)
    sentence = found[0].strip() if found else text
    if len(sentence) <= HEADLINE_LIMIT:
        return sentence
    head = sentence[:HEADLINE_LIMIT]
    cut = max(head.rfind(char) for char in "，；,;：:")
    return (head[:cut] if cut >= 10 else head[: HEADLINE_LIMIT - 1]) + "…"


def _body(markup: str) -> str:
    """The text as HTML without the title, which the entry already has. Line ends become paragraphs."""
    found = _TITLE.match(markup)
    rest = markup[found.end() :] if found else markup
    return _BREAK.sub("<br>", rest.strip() or markup)


def _ext(value: object) -> dict[str, object]:
    try:
        ext = decode_json(value) if isinstance(value, str) and value else value
    except (ValueError, RecursionError):
        return {}
    return ext if isinstance(ext, dict) else {}


def _number(value: object) -> str:
    return clean(str(value), 20) if isinstance(value, (int, str)) else ""


def _tags(value: object) -> tuple[str, ...]:
    tags = value if isinstance(value, list) else []
    return keywords_of([tag.get("name") or "" for tag in tags if isinstance(tag, dict)])
