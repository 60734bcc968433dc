"""Whether the text of an entry is on its page. Pure."""

from feeds.identity import canonical_url, exact_url
from feeds.model import Entry

SUFFIXES = frozenset({".md", ".markdown", ".html", ".htm"})  # of files with posts


def needs_page(entry: Entry, *, page: bool | None = None) -> bool:
    """Whether the entry's page is fetched. `page` is the source's setting; without it, if the feed has no text.

    If several entries of one answer have the same page, its text does not belong to them: their summaries are used.
    """
    if page is False or (entry.body and not page) or not (url := canonical_url(entry.url)):
        return False
    return not entry.summary or not entry.keys or url in entry.keys or _has_own_page(entry)


def _has_own_page(entry: Entry) -> bool:
    """Whether only this entry has the address with its parameters. A fragment makes no page of its own."""
    return "#" not in entry.url and exact_url(entry.url) in entry.keys
