"""A post of zhengwen's own form → the article and the reader's marks, field by field.

The text comes from outside: anybody can write such a file. So the same rules hold as for other posts: no control
characters, addresses of the web alone, sizes as a page has them.
"""

import json
import re
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct, structs

from feeds.attachments import FILE, MEDIA_TYPES, NAME_LIMIT, SIZE_LIMIT, joined_attachments
from feeds.controls import drop_controls
from feeds.flags import flags_of_values
from feeds.identity import canonical_url, id_of, keys_of
from feeds.model import Article, Attachment, Block, BlockKind, Entry, Flags
from feeds.posts.spelling import text_of_spelling
from feeds.posts.values import map_texts
from feeds.posts.writing import FORM, NAMES, NOT_WRITTEN, VERSION

_HEAD_LIMIT = 256_000
_BLOCKS_LIMIT = 10_000
_PARAGRAPH_LIMIT = 20_000
_WORDS_LIMIT = 10_000  # characters of one text of the front matter
_PARTS_LIMIT = 1000  # of one list of the front matter
_IS_OURS = re.compile(rb"(?:\xef\xbb\xbf)?---\r?\n%s:" % FORM.encode())
_BEGIN = f"---\n{FORM}: {VERSION}\n"
_FIELDS = {NAMES.get(name, name): name for name in Article.__struct_fields__ if name not in NOT_WRITTEN}
_TIMES = ("published", "updated", "seen")
_ADDRESSES = ("url", "headimg", "thumbnail")
_LEVEL = re.compile(r" <!--(-?\d{1,4})-->\Z")
_HEADING = re.compile(r"(#{1,6}) ")
_ITEM = re.compile(r"( {0,40})- ")
_DELIMITERS = re.compile(r"\|(?: --- \|)+\Z")


class KeptPost(Struct, frozen=True):
    """An article as it was exported, without its plan, and the reader's marks."""

    article: Article
    flags: Flags = Flags()


def kept_post(body: bytes) -> KeptPost | None:
    """The content of a post of this form, or None for the bytes of any other file."""
    if not _IS_OURS.match(body):
        return None
    try:
        text = body.decode("utf-8-sig").replace("\r\n", "\n")
        end = text.find("\n---\n", 0, _HEAD_LIMIT)
        if not text.startswith(_BEGIN) or end < 0:
            return None
        values = dict(_value_of(line) for line in text[len(_BEGIN) : end].split("\n") if line)
        article, flags = _article_of(values), flags_of_values(values)
    except (ValueError, TypeError, RecursionError, msgspec.ValidationError):
        return None
    return KeptPost(structs.replace(article, blocks=_blocks_of(text[end + 5 :])), flags)


def _value_of(line: str) -> tuple[str, Any]:
    """The name and value of a line of the front matter. Raises ValueError."""
    name, colon, written = line.partition(": ")
    if not colon:
        raise ValueError(line)
    name = _FIELDS.get(name, name)
    return name, written.strip("\"' ") if name in _TIMES else map_texts(json.loads(written), _clean, _PARTS_LIMIT)


def _clean(text: str) -> str:
    return "\n".join(map(drop_controls, text[:_WORDS_LIMIT].split("\n")))


def _article_of(values: dict[str, Any]) -> Article:
    """The article without its text. Raises ValueError, TypeError."""
    told = {name: value for name, value in values.items() if name in _FIELDS.values()}
    for name in set(told) - set(_TIMES):
        told[name] = map_texts(told[name], drop_controls)
    for name in _ADDRESSES:
        if (address := told.get(name)) and not canonical_url(str(address)):
            told[name] = ""
    if "attachments" in told:
        told["attachments"] = _attachments_of(told["attachments"])
    for name in _TIMES:
        if name in told and datetime.fromisoformat(told[name]).tzinfo is None:
            raise ValueError(name)
    if "published" not in told:
        raise ValueError("published")
    told.setdefault("seen", told["published"])
    keys = tuple(told.get("keys") or ()) or keys_of(
        Entry(source="", title=str(told["title"]), url=str(told.get("url", "")), guid=str(told.get("guid", "")))
    )
    return msgspec.convert({**told, "keys": keys, "id": id_of(str(keys[0]))}, Article)


def _attachments_of(told: Any) -> tuple[Attachment, ...]:
    """The attachments that have an address of the web, and sizes as a feed has them. Raises msgspec.ValidationError."""
    found = msgspec.convert(told, tuple[Attachment, ...])
    return joined_attachments(
        Attachment(
            one.name[:NAME_LIMIT],
            one.url,
            one.kind if one.kind in MEDIA_TYPES else FILE,
            one.size if 0 < one.size <= SIZE_LIMIT else 0,
        )
        for one in found
        if canonical_url(one.url)
    )


def _blocks_of(body: str) -> tuple[Block, ...]:
    """The paragraphs of the Markdown that `writing` writes: a line each."""
    blocks: list[Block] = []
    rows = 0  # of the table that the lines are in
    for line in body.split("\n"):
        rows = rows + 1 if line.startswith("|") else 0
        if line and not (rows == 2 and _DELIMITERS.match(line)):
            blocks.append(_block_of(line))
    return tuple(blocks[:_BLOCKS_LIMIT])


def _block_of(line: str) -> Block:
    level = None
    if found := _LEVEL.search(line):
        level, line = int(found[1]), line[: found.start()]
    kind: BlockKind = "text"
    usual = 0
    if line.startswith("| ") and line.endswith(" |"):
        kind, line = "row", line[2:-2]
    elif heading := _HEADING.match(line):
        kind, usual, line = "heading", len(heading[1]), line[heading.end() :]
    elif item := _ITEM.match(line):
        kind, usual, line = "item", len(item[1]) // 2 + 1, line[item.end() :]
    elif line.startswith("_") and line.endswith("_") and len(line) > 1:
        kind, line = "caption", line[1:-1]
    text, strong = text_of_spelling(line)
    text = text[:_PARAGRAPH_LIMIT]
    return Block(text, kind, usual if level is None else level, tuple(pair for pair in strong if pair[1] <= len(text)))
