"""Posts: a file or a folder of files on this machine. feeds.parse.post reads them, here and for `zhengwen import`."""

from feeds.errors import ParseError, phrase
from feeds.kinds.kind import FailureCallback, Key, Kind
from feeds.model import Entry, Page, Source


def _address(_source: Source, _number: int) -> str:
    return ""


def _read(page: Page, source: Source, _on_failure: FailureCallback) -> list[Entry]:
    from feeds.parse.encoding import text_of
    from feeds.parse.post import entry_of

    entry = entry_of(text_of(page.body, page.content_type), source.name)
    if entry is None:
        raise ParseError("{source} sent something that is no post", source=source.name)
    return [entry]


KIND = Kind(
    needs={"url": Key(bool, phrase("the path of a folder or file of posts"))},
    address=_address,
    read=_read,
    has_files=True,
)
