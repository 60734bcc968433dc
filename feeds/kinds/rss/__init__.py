"""RSS, Atom and JSON Feed: one page at the address of the feed."""

from feeds.kinds.addresses import WEB
from feeds.kinds.kind import FailureCallback, Kind
from feeds.model import Entry, Page, Source


def _address(source: Source, number: int) -> str:
    return source.url if number == 1 else ""


def _read(page: Page, source: Source, on_failure: FailureCallback) -> list[Entry]:
    from feeds.kinds.rss.reading import entries_of

    return entries_of(page, source, on_failure)


KIND = Kind(needs={"url": WEB}, address=_address, read=_read, may_be_empty=True)
