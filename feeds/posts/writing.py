"""An article with the reader's marks → a post: front matter with its data, then its paragraphs as Markdown.

A line of front matter is a name and a value in JSON, which YAML has too; a time stands as it is. A field or mark with
its default is left out. Earlier texts are not written, and the plan is not: it is read from the text again.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec
from msgspec import structs

from feeds.controls import drop_controls
from feeds.flags import clean_text, new_values
from feeds.model import BEIJING, Article, Block, Flags
from feeds.posts.spelling import spelling_of
from feeds.posts.values import map_texts

FORM = "zhengwen"
"""The first name of the front matter. Its value is the version of the form."""
VERSION = 1
NAMES = {"published": "date", "url": "link"}
"""Fields that have the name that other programs use. All other fields have their own."""
NOT_WRITTEN = ("blocks", "plan", "earlier")
HEADINGS = 6  # depths that Markdown has

_DEFAULTS = {field.name: field.default for field in structs.fields(Article)}
# A reader sees these first.
_ORDER = ("title", "published", "updated", "url", "sources", "categories", "origin", "author", "keywords")
_FIELDS = (*_ORDER, *(name for name in Article.__struct_fields__ if name not in (*_ORDER, *NOT_WRITTEN)))


def post_text(article: Article, flags: Flags = Flags()) -> str:  # noqa: B008 -- a frozen value
    """The whole file."""
    head = "\n".join(_front_lines(article, flags))
    return f"---\n{head}\n---\n\n" + "\n".join(body_lines(article.blocks)) + "\n"


def _front_lines(article: Article, flags: Flags) -> Iterator[str]:
    yield f"{FORM}: {VERSION}"
    for name in _FIELDS:
        value = getattr(article, name)
        if value != _DEFAULTS[name]:
            yield f"{NAMES.get(name, name)}: {_value_text(value)}"
    for name, value in new_values(Flags(), flags).items():
        note = json.dumps(clean_text(value), ensure_ascii=False) if isinstance(value, str) else ""
        yield f"{name}: {note or _value_text(value)}"


def _value_text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(BEIJING).isoformat()
    return json.dumps(map_texts(msgspec.to_builtins(value), drop_controls), ensure_ascii=False)


def body_lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The paragraphs as lines of Markdown. An empty line stands between two, except inside a list or a table."""
    before = None
    for block in blocks:
        kind = block.kind
        if before is not None and (kind != before or kind not in ("item", "row")):
            yield ""
        yield from _lines_of(block, begins_table=kind == "row" and before != "row")
        before = kind


def _lines_of(block: Block, *, begins_table: bool) -> Iterator[str]:
    level, kind = block.level, block.kind
    if kind == "row":
        yield f"| {_row(block)} |{_level(level, 0)}"
        if begins_table:
            yield "|" + " --- |" * (block.text.count(" | ") + 1)
        return
    text = spelling_of(block.text, block.strong)
    if kind == "heading":
        depth = min(max(level, 1), HEADINGS)
        yield f"{'#' * depth} {text}{_level(level, depth)}"
    elif kind == "item":
        depth = min(max(level, 1), 20)
        yield f"{'  ' * (depth - 1)}- {text}{_level(level, depth)}"
    elif kind == "caption":
        yield f"_{text}_{_level(level, 0)}"
    else:
        yield f"{text}{_level(level, 0)}"


def _row(block: Block) -> str:
    r"""A row as Markdown. The ` | ` between its cells stays; any other `|` has a `\`."""
    line = spelling_of(block.text, block.strong)
    return line.replace(" \\| ", " | ")


def _level(level: int, usual: int) -> str:
    """A comment with the level of a block, where the line does not show it."""
    return f" <!--{level}-->" if level != usual else ""
