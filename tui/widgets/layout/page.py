"""An article set in lines of a given width: header, paragraphs, headings, items, tables, captions. Pure.

Each line is made of stretches, and each stretch of the text knows its paragraph and offsets, so that a sentence can be
found on the page and a place on the page in the plan. Chinese habit: a paragraph begins two characters in.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from feeds.attachments import kind_and_size
from feeds.marks import BULLETS, CIRCLED, DIGITS
from feeds.model import Article, Attachment, Block, Flags
from feeds.query.results import Duplicate
from tui.answers import line_of
from tui.text import NOTED, cells, clip, minute_of, wrap
from tui.words import _, ngettext

WIDEST = 76
HEADER = -1
_GUTTER = 2
_CELL_GAP = 3
_NARROWEST_COLUMN = 8
_MOST_TWINS = 8
_NARROWEST_INDENTED = 16
_JUDGED = 1000  # characters by which an article is taken for Chinese
_LETTERS = 3  # letters of a Latin word that weigh as much as a Chinese character
_ORDINAL = re.compile(rf"[（(]?[{DIGITS}百\d]{{1,4}}[、.．）)]|[{CIRCLED}{BULLETS}]")


class Stretch(NamedTuple):
    """Text from column `x` on. `p` is its paragraph and `start` its offset there; `p` is HEADER outside the text.

    `kind` is its style if that is another than its line's.
    """

    x: int
    text: str
    p: int = HEADER
    start: int = 0
    kind: str = ""

    @property
    def end(self) -> int:
        """Where it ends in its paragraph."""
        return self.start + len(self.text)


class PageLine(NamedTuple):
    """One line of the page in the style `kind`; without stretches it is blank."""

    kind: str
    stretches: tuple[Stretch, ...] = ()


BLANK = PageLine("text")


class Measure(NamedTuple):
    """The width of the text, what stands left of it, and the width of “ ” … in this terminal."""

    left: int
    width: int
    ambiguous: int = 1

    @classmethod
    def of_pane(cls, width: int, ambiguous: int = 1) -> "Measure":
        """A readable measure in the middle of a pane, a gutter for the cursor at its left where there is room."""
        gutter = _GUTTER if width >= 12 else 0
        measure = max(2, min(width - 2 * gutter, WIDEST))
        return cls(max(gutter, (width - measure) // 2), measure, ambiguous)


def blocks_of(article: Article) -> tuple[Block, ...]:
    """The blocks to read: the text, else the summary, as a flash has it."""
    if article.blocks:
        return article.blocks
    return tuple(Block(line) for line in article.summary.splitlines() if line.strip())


def page_of(article: Article, flags: Flags, measure: Measure, twins: Sequence[Duplicate] = ()) -> list[PageLine]:
    """The whole page."""
    return [*_header(article, flags, measure, twins), *_body(article, measure), *_attachments(article, measure)]


def _body(article: Article, measure: Measure) -> list[PageLine]:
    """The text, or a line about what the link leads to."""
    blocks = blocks_of(article)
    if not article.blocks:
        sentence = line_of(article, keys=True)
        if not blocks:
            sentence = sentence or _("The feed gave no text for this article. Its page may have it.")
            return _plain(sentence, "meta", measure)
        tail = [BLANK, *_plain(sentence, "meta", measure)] if sentence else []
        return _text(blocks, measure) + tail
    return _text(blocks, measure)


def _indent_of(blocks: Sequence[Block], measure: Measure) -> int:
    """How far each paragraph begins inside: two characters in a Chinese article, else two cells; 0 in a narrow pane."""
    if measure.width < _NARROWEST_INDENTED:
        return 0
    begin = "".join(block.text[:_JUDGED] for block in blocks[:_JUDGED])[:_JUDGED]
    wide = sum(cells(char, 1) == 2 for char in begin)
    latin = sum(char.isalpha() for char in begin) - wide
    return 4 if wide and wide * _LETTERS >= latin else 2


def _text(blocks: Sequence[Block], measure: Measure) -> list[PageLine]:
    """The paragraphs, with a blank line between most."""
    indent = _indent_of(blocks, measure)
    lines: list[PageLine] = []
    before = ""
    at = 0
    while at < len(blocks):
        kind = blocks[at].kind
        if before and not (kind == before in ("item", "row")):
            lines.append(BLANK)
        if kind == "row":
            end = next((p for p in range(at, len(blocks)) if blocks[p].kind != "row"), len(blocks))
            lines += _table(blocks, at, end, measure)
            at = end
        else:
            lines += _paragraph(blocks[at], at, measure, indent)
            at += 1
        before = kind
    return lines


def _header(article: Article, flags: Flags, measure: Measure, twins: Sequence[Duplicate]) -> list[PageLine]:
    lines = _plain(article.title, "title", measure)
    said = [
        "★" if flags.starred else "",
        article.origin or (article.sources[0] if article.sources else ""),
        article.author,
        minute_of(article.published)
        if article.dated
        else _("undated, first seen {time}").format(time=minute_of(article.seen)),
        " / ".join(article.categories[0]) if article.categories else "",
    ]
    if article.updated and article.updated != article.published:
        said.append(_("updated {time}").format(time=minute_of(article.updated)))
    said += [f"#{tag}" for tag in flags.tags]
    if article.earlier:
        said.append(ngettext("{n} earlier version", "{n} earlier versions", len(article.earlier)))
    if article.attachments:
        said.append(ngettext("{n} attachment", "{n} attachments", len(article.attachments)))
    said.append(article.id)
    lines += _plain(" · ".join(word for word in dict.fromkeys(said) if word), "meta", measure)
    if article.url:
        lines.append(_address(article.url, measure))
    for line in flags.note.split("\n") if flags.note else ():
        lines += _plain(f"{NOTED} {line}", "meta", measure)
    lines += _twins(article, twins, measure)
    lines.append(PageLine("rule", (Stretch(measure.left, "─" * measure.width),)))
    return lines


def _address(url: str, measure: Measure) -> PageLine:
    return PageLine("url", (Stretch(measure.left, clip(url, measure.width, measure.ambiguous)),))


def _twins(article: Article, twins: Sequence[Duplicate], measure: Measure) -> list[PageLine]:
    """Who else printed it: house, time, the title where it is another, and the address."""
    lines: list[PageLine] = []
    for twin in twins[:_MOST_TWINS]:
        lines += _plain(printing_of(twin, article), "meta", measure)
        if twin.url:
            lines.append(_address(twin.url, measure))
    if (more := len(twins) - _MOST_TWINS) > 0:
        lines += _plain(ngettext("and {n} more copy", "and {n} more copies", more), "meta", measure)
    return lines


def _attachments(article: Article, measure: Measure) -> list[PageLine]:
    """The files beside the text, each with its address."""
    lines = [BLANK] if article.attachments else []
    for attachment in article.attachments:
        lines += _plain(words_of_attachment(attachment), "meta", measure)
        lines.append(_address(attachment.url, measure))
    return lines


def words_of_attachment(attachment: Attachment) -> str:
    """An attachment in a line: its name, with type and size if they are known."""
    facts = _(", ").join(kind_and_size(attachment))
    if not facts:
        return _("Attachment: {name}").format(name=attachment.name)
    return _("Attachment: {name} ({facts})").format(name=attachment.name, facts=facts)


def printing_of(twin: Duplicate, article: Article) -> str:
    """A twin in a line."""
    house = twin.origin or twin.source
    time = minute_of(twin.published)
    title = twin.title if twin.title != article.title else ""
    return _("also: {what}").format(what=" · ".join(word for word in (house, time, title) if word))


def _plain(text: str, kind: str, measure: Measure) -> list[PageLine]:
    lines = wrap(text, measure.width, ambiguous=measure.ambiguous)
    return [PageLine(kind, (Stretch(measure.left, text[start:end]),)) for start, end in lines]


def _paragraph(block: Block, p: int, measure: Measure, indent: int = 0) -> list[PageLine]:
    text, ambiguous = block.text, measure.ambiguous
    first = hanging = 0
    bullet = ""
    if block.kind == "text":
        first = indent
    elif block.kind == "item":
        hanging = min(2 * max(block.level, 1), measure.width // 3)
        bullet = "" if _ORDINAL.match(text) else "•"
        first = hanging - 2 if not bullet else hanging
    width = measure.width - hanging
    found = wrap(text, width, first_indent=first - hanging, ambiguous=ambiguous)
    lines = []
    for number, (start, end) in enumerate(found):
        x = measure.left + (hanging if number else first)
        if block.kind == "caption":
            x = measure.left + max(0, (measure.width - cells(text[start:end], ambiguous)) // 2)
        stretch = Stretch(x, text[start:end], p, start)
        if bullet and not number and hanging >= 2:
            lines.append(PageLine(block.kind, (Stretch(x - 2, bullet), stretch)))
        else:
            lines.append(PageLine(block.kind, (stretch,)))
    return lines


def _table(blocks: Sequence[Block], start: int, end: int, measure: Measure) -> list[PageLine]:
    """Consecutive rows with their columns aligned; as paragraphs where the columns would be too narrow."""
    rows = [list(_cells_of(blocks[p].text)) for p in range(start, end)]
    widths = _columns([[cells(text, measure.ambiguous) for _at, text in row] for row in rows], measure.width)
    if not widths:
        return [line for p in range(start, end) for line in _paragraph(Block(blocks[p].text, "row"), p, measure)]
    lines: list[PageLine] = []
    for number, row in enumerate(rows):
        kind = "row-head" if number == 0 and len(rows) > 1 else "row"
        wrapped = [
            [(at + a, text[a:b]) for a, b in wrap(text, width, ambiguous=measure.ambiguous)]
            for (at, text), width in zip(row, widths, strict=False)
        ]
        for depth in range(max(map(len, wrapped))):
            stretches: list[Stretch] = []
            x = measure.left
            for column, width in zip(wrapped, widths, strict=False):
                if depth < len(column):
                    at, text = column[depth]
                    stretches.append(Stretch(x, text, start + number, at))
                x += width + _CELL_GAP
            lines.append(PageLine(kind, tuple(stretches)))
    return lines


def _cells_of(row: str) -> Iterator[tuple[int, str]]:
    at = 0
    for text in row.split(" | "):
        yield at, text
        at += len(text) + len(" | ")


def _columns(rows: Sequence[Sequence[int]], width: int) -> list[int]:
    """Column widths that fit, the widest columns narrowed; [] where that leaves too little."""
    widths = [max((row[at] for row in rows if at < len(row)), default=1) for at in range(max(map(len, rows)))]
    room = width - _CELL_GAP * (len(widths) - 1)
    if sum(widths) <= room:
        return widths
    if room < _NARROWEST_COLUMN * len(widths):
        return []
    # Every column gets its share; what narrow ones leave goes to the wide ones.
    left, many = room, len(widths)
    fitted = [0] * len(widths)
    for at in sorted(range(len(widths)), key=widths.__getitem__):
        fitted[at] = min(widths[at], left // many)
        left -= fitted[at]
        many -= 1
    return fitted
