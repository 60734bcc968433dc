"""An article as plain text: title, where and when, the paragraphs, the attachments, the reader's note."""

from collections.abc import Iterator
from itertools import chain

from feeds.attachments import kind_and_size
from feeds.controls import blank_controls, drop_controls
from feeds.export.files.markup import is_web
from feeds.model import BEIJING, Article, Attachment, Block, Flags

_SIGNS = {"item": "• "}
NOTE = "✎ "
"""The sign before what the reader wrote."""
FILE_SIGN = "↓ "
"""The sign before the name of an attachment."""


def article_text(article: Article, flags: Flags) -> str:
    """The text, paragraphs apart by an empty line, a table and a list without one."""
    lines = [drop_controls(article.title), " · ".join(facts_of(article))]
    if article.url:
        lines.append(drop_controls(article.url))
    before = ""
    for block in blocks_of(article):
        if block.kind != before or block.kind not in ("item", "row"):
            lines.append("")
        lines.append("  " * max(block.level - 1, 0) * (block.kind == "item") + _SIGNS.get(block.kind, "") + block.text)
        before = block.kind
    if article.attachments:
        lines += [
            "",
            *chain.from_iterable((FILE_SIGN + words, drop_controls(one.url)) for one, words in attachments_of(article)),
        ]
    if flags.note:
        lines += ["", *(NOTE + line for line in note_lines(flags))]
    return "\n".join(lines) + "\n"


def facts_of(article: Article) -> Iterator[str]:
    """Origin, author and time, each once."""
    published = article.published.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M") if article.dated else ""
    yield from dict.fromkeys(filter(None, map(drop_controls, (article.origin, article.author, published))))


def blocks_of(article: Article) -> Iterator[Block]:
    """The paragraphs without control characters, each place as it was; the summary of an article without a text."""
    for block in article.blocks or (Block(line) for line in article.summary.splitlines() if line.strip()):
        text = blank_controls(block.text)
        yield block if text == block.text else Block(text, block.kind, block.level, block.strong)


def attachments_of(article: Article) -> Iterator[tuple[Attachment, str]]:
    """The attachments with an address of the web, each with its name, type and size in a line."""
    for one in article.attachments:
        if is_web(one.url):
            facts = ", ".join(kind_and_size(one))
            yield one, drop_controls(f"{one.name} ({facts})" if facts else one.name)


def note_lines(flags: Flags) -> Iterator[str]:
    """The lines of the reader's note."""
    yield from map(drop_controls, flags.note.split("\n"))
