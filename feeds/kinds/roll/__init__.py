"""Sina's roll: the newest articles of a channel, page by page."""

import re

from feeds.errors import phrase
from feeds.kinds.addresses import WEB, url_with_fields
from feeds.kinds.kind import FailureCallback, Key, Kind
from feeds.model import Entry, Page, Source

_ENDPOINT = "https://feed.mix.sina.com.cn/api/roll/get"
_ROWS_A_PAGE = 50  # the server accepts about 50–80


def _address(source: Source, number: int) -> str:
    return url_with_fields(source.url, _ENDPOINT, _fields(source.channel, number))


def _fields(channel: str, number: int) -> dict[str, str]:
    if not channel:
        return {"page": str(number)}
    pageid, _, lid = channel.partition("/")
    return {"pageid": pageid.strip(), "lid": lid.strip(), "k": "", "num": str(_ROWS_A_PAGE), "page": str(number)}


def _read(page: Page, source: Source, on_failure: FailureCallback) -> list[Entry]:
    from feeds.kinds.roll.reading import entries_of

    return entries_of(page, source, on_failure)


KIND = Kind(
    needs={
        "channel": Key(
            lambda text: bool(re.fullmatch(r"\d{1,6}/\d{1,6}", text)), phrase("pageid/lid, such as 155/1686")
        )
    },
    allows={"url": WEB},
    address=_address,
    read=_read,
    has_pages=True,
)
