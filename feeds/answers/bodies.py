"""Texts that a feed carries with its items and that are not the items': walls, and one text under many titles."""

import html
import re
from collections.abc import Sequence

from msgspec import structs

from feeds.answers.walls import belongs_surely, fits, instead_of, is_short
from feeds.model import Block, Entry

_LONGEST = 6_000  # characters of markup that may be a wall's
_TAG = re.compile(r"<(?:br|/?p|/?div|/?li|/?h[1-6])\b[^>]{0,400}>", re.IGNORECASE)
_OTHER_TAG = re.compile(r"<[/!a-zA-Z][^>]{0,400}>")
_SOME, _MANY = 2, 3  # items that share a text before it is none of theirs: one of a few words, a longer one


def is_wall(title: str, markup: str) -> bool:
    """Whether the text that an item carries asks for a login or the like, and says nothing of the item."""
    if not markup or len(markup) > _LONGEST or not title:
        return False
    if belongs_surely(_OTHER_TAG.sub("", markup).replace(title, ""), title):
        return False  # most texts: nothing else is looked at
    blocks = _blocks_of(markup)
    return bool(blocks) and instead_of(Entry(source="", title=title), blocks) is not None


def without_shared(entries: Sequence[Entry]) -> list[Entry]:
    """The entries, without the text where several with other titles have the same and it fits none of them.

    Their pages are asked for then; one that has no page keeps what it has.
    """
    sharers: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.body and entry.url and len(entry.body) <= _LONGEST:
            sharers.setdefault(entry.body, []).append(entry)
    shared = {body for body, found in sharers.items() if len(found) >= _SOME and _is_nobodys(body, found)}
    if not shared:
        return list(entries)
    return [structs.replace(entry, body=None) if entry.url and entry.body in shared else entry for entry in entries]


def _is_nobodys(body: str, entries: Sequence[Entry]) -> bool:
    blocks = _blocks_of(body)
    text = "\n".join(block.text for block in blocks)
    titles = {entry.title for entry in entries}
    if len(titles) < (_SOME if is_short(blocks) else _MANY):
        return False
    return not any(fits(text, Entry(source="", title=title)) for title in titles)


def _blocks_of(markup: str) -> list[Block]:
    """The lines of a text as far as tags tell them; good enough to judge them, not to show them."""
    text = html.unescape(_OTHER_TAG.sub("", _TAG.sub("\n", markup)))
    return [Block(" ".join(line.split())) for line in text.split("\n") if line.strip()]
