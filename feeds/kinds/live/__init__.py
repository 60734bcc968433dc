"""Sina's 7x24 feed: flashes that are their own text, page by page. The channel is its zhibo_id."""

import re

from feeds.errors import phrase
from feeds.kinds.addresses import WEB, url_with_fields
from feeds.kinds.kind import FailureCallback, Key, Kind
from feeds.model import Entry, Page, Source

_ENDPOINT = "https://zhibo.sina.com.cn/api/zhibo/feed"
_FINANCE = "152"  # the zhibo_id of finance
_ITEMS_A_PAGE = 50  # the server gave up to 100


def _address(source: Source, number: int) -> str:
    fields = {
        "page": str(number),
        "page_size": str(_ITEMS_A_PAGE),
        "zhibo_id": source.channel or _FINANCE,
        "tag_id": "0",
        "dire": "f",
        "dpc": "1",
    }
    return url_with_fields(source.url, _ENDPOINT, fields)


def _read(page: Page, source: Source, on_failure: FailureCallback) -> list[Entry]:
    from feeds.kinds.live.reading import entries_of

    return entries_of(page, source, on_failure)


KIND = Kind(
    needs={"channel": Key(lambda text: bool(re.fullmatch(r"\d{1,6}", text)), phrase("a zhibo_id, such as 152"))},
    allows={"url": WEB},
    address=_address,
    read=_read,
    has_pages=True,
)
