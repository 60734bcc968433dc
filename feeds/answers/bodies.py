"""Wrong texts in a feed: walls instead of the items' texts, and one text under many titles."""

import html
import re
from collections.abc import Sequence

from msgspec import structs

from feeds.answers.walls import clearly_fits, fits, instead_of, is_short
from feeds.model import Block, Entry

_LONGEST = 6_000  # characters of markup; a longer text is not a wall
_TAG = re.compile(r"<(?:br|/?p|/?div|/?li|/?h[1-6])\b[^>]{0,400}>", re.IGNORECASE)
_OTHER_TAG = re.compile(r"<[/!a-zA-Z][^>]{0,400}>")
_SOME, _MANY = 2, 3  # items that share a text before it counts as wrong: a short text, a longer one


def is_wall(title: str, markup: str) -> bool:
    """Whether the text of an item is a wall, such as a request to log in, and not about the item."""
    if not markup or len(markup) > _LONGEST or not title:
        return False
    if clearly_fits(_OTHER_TAG.sub("", markup).replace(title, ""), title):
        return False  # true for most texts, so the slower tests are skipped
    blocks = _blocks_of(markup)
    return bool(blocks) and instead_of(Entry(source="", title=title), blocks) is not None


def without_shared(entries: Sequence[Entry]) -> list[Entry]:
    """The entries, without texts that several entries have under different titles and that fit none of these titles.

    The poller then fetches their pages. An entry without a page keeps its text.
    """
    sharers: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.body and entry.url and len(entry.body) <= _LONGEST:
            sharers.setdefault(entry.body, []).append(entry)
    shared = {body for body, found in sharers.items() if len(found) >= _SOME and _is_foreign(body, found)}
    if not shared:
        return list(entries)
    return [structs.replace(entry, body=None) if entry.url and entry.body in shared else entry for entry in entries]


def _is_foreign(body: str, entries: Sequence[Entry]) -> bool:
    """Whether a text belongs to none of the entries that have it."""
    blocks = _blocks_of(body)
    text = "\n".join(block.text for block in blocks)
    titles = {entry.title for entry in entries}
    if len(titles) < (_SOME if is_short(blocks) else _MANY):
        return False
    return not any(fits(text, Entry(source="", title=title)) for title in titles)


def _blocks_of(markup: str) -> list[Block]:
    """The lines of a text by its tags. They are good enough to judge the text, but not to show it."""
    text = html.unescape(_OTHER_TAG.sub("", _TAG.sub("\n", markup)))
    return [Block(" ".join(line.split())) for line in text.split("\n") if line.strip()]
