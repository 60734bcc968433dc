"""The rows of a page of links → entries: in each row the first link with a text, and the date beside it.

A link whose text is cut off (…) has its whole text in `title`. A row without a link is passed over, and an address that
stands twice is one entry. The text of an article comes from its page.
"""

from feeds.errors import ParseError
from feeds.identity import docid_of
from feeds.model import Entry, Page, Source
from feeds.parse.dates import time_of
from feeds.parse.elements import Element, elements_as_written
from feeds.parse.encoding import text_of
from feeds.parse.entrywise import FailureCallback, raise_bug, read_each
from feeds.parse.safety import TITLE_LIMIT, clean, link_of

_ROWS = 1000  # rows of a page that are looked at


def entries_of(page: Page, source: Source, on_failure: FailureCallback = raise_bug) -> list[Entry]:
    """The links of one page, in its order. Raises ParseError if it has no link."""
    text = text_of(page.body, page.content_type)
    if not text.strip():
        raise ParseError("{source} sent an empty answer", source=source.name)
    selector = dict(source.options).get("selector", "")
    try:
        rows = elements_as_written(text, selector)[:_ROWS]
        bases = elements_as_written(text, "base[href]")
    except ValueError as error:
        raise ParseError(
            "{source}: its selector is no CSS selector, or its page is nested too deeply", source=source.name
        ) from error
    base = link_of(bases[0].attributes["href"], page.url) if bases else ""
    items = ({"row": row} for row in rows)
    found = list(read_each(items, lambda item: _entry(item["row"], base or page.url, source), on_failure))
    if not found:
        raise ParseError("{source}: its selector finds no link in the page", source=source.name)
    once: dict[str, Entry] = {}
    for entry in found:
        once.setdefault(entry.url, entry)
    return list(once.values())


def _entry(row: Element, base: str, source: Source) -> Entry | None:
    for link in row.elements("a[href]"):
        url, title = link_of(link.attributes["href"], base), _title_of(link)
        if url and title:
            docid = docid_of("", url)
            return Entry(
                source=source.name,
                title=title,
                url=url,
                guid=docid,
                docid=docid,
                category=source.category,
                published=time_of(clean(row.text.replace(link.text, " ", 1), 100), field=False),
            )
    return None


def _title_of(link: Element) -> str:
    text = clean(link.text, TITLE_LIMIT)
    whole = clean(link.attributes.get("title", ""), TITLE_LIMIT)
    return whole if not text or (text.endswith(("…", "...")) and len(whole) >= len(text)) else text
