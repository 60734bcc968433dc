"""A web page that lists links: for a site without a feed. A CSS selector says which elements are its rows."""

from feeds.errors import phrase
from feeds.kinds.addresses import WEB
from feeds.kinds.kind import FailureCallback, Key, Kind
from feeds.model import Entry, Page, Source

_LONGEST = 300  # characters of a selector


def _address(source: Source, number: int) -> str:
    return source.url if number == 1 else ""


def _is_selector(text: str) -> bool:
    return len(text.strip()) > 0 and len(text) <= _LONGEST


def _read(page: Page, source: Source, on_failure: FailureCallback) -> list[Entry]:
    from feeds.kinds.links.reading import entries_of

    return entries_of(page, source, on_failure)


KIND = Kind(
    needs={
        "url": WEB,
        "selector": Key(_is_selector, phrase("a CSS selector of the list's rows, such as .news-list li")),
    },
    address=_address,
    read=_read,
)
