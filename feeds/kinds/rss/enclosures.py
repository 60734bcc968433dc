"""The files beside an item: enclosures of RSS and Atom, `media:content`, the attachments of JSON Feed."""

from itertools import islice
from typing import TYPE_CHECKING

from feeds.attachments import ATTACHMENTS_LIMIT, joined_attachments
from feeds.model import Attachment
from feeds.parse.attachments import attachment_of

if TYPE_CHECKING:
    from feedparser import FeedParserDict

_LOOKED_AT = 4 * ATTACHMENTS_LIMIT  # links of one item


def enclosures_of(item: "FeedParserDict", base: str) -> tuple[Attachment, ...]:
    """The attachments of an item as feedparser has it; pictures, sounds and films are left out."""
    enclosures = [link for link in dict.get(item, "links") or () if dict.get(link, "rel") == "enclosure"]
    media = dict.get(item, "media_content") or ()
    if not (enclosures or media):
        return ()
    found = (
        attachment_of(
            part.get("href") or part.get("url"),
            base,
            part.get("title"),
            part.get("type"),
            part.get("length") or part.get("filesize"),
        )
        for part in islice((*enclosures, *media), _LOOKED_AT)
    )
    return joined_attachments(filter(None, found))


def attachments_of(told: object, base: str) -> tuple[Attachment, ...]:
    """The `attachments` of an item of JSON Feed (version 1.1)."""
    if not isinstance(told, list):
        return ()
    found = (
        attachment_of(part.get("url"), base, part.get("title"), part.get("mime_type"), part.get("size_in_bytes"))
        for part in told[:_LOOKED_AT]
        if isinstance(part, dict)
    )
    return joined_attachments(filter(None, found))
