"""The output of `list`, `show` and `plan`: lines of plain text in the width of the terminal, or JSON.

The texts in the archive are clean, so they cannot control a terminal.
"""

import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec

from feeds.archive import Listing
from feeds.model import Article, Flags
from feeds.query.results import Duplicate, Row
from tui.answers import line_of
from tui.cli.output import fields_line
from tui.rows.words import agency_of, badge_of, signs_of
from tui.text import cells, clip, minute_of, pad, when, wrap
from tui.widgets.layout.outline import outline_of
from tui.widgets.layout.page import blocks_of, printing_of, words_of_attachment
from tui.words import _, ngettext

_TEXT_WIDTH = 80  # cells; longer lines of text are hard to read
_SLICES = 50  # about half a second of counting
_SIGNS = {"heading": "", "item": "• ", "row": "", "caption": "▸ ", "text": ""}


def _width() -> int:
    return max(24, shutil.get_terminal_size((100, 40)).columns)


def rows(found: Sequence[Row], now: datetime, *, as_json: bool) -> Iterator[str]:
    """A line for each row: mark, time, id, agency or source, title, signs, the plan in numbers.

    As JSON an array, one article a line.
    On a terminal, a line is at most as wide as the terminal. In a pipe nothing is cut, and tabs separate the fields.
    """
    if as_json:
        from feeds.export.rows import row_json

        encoded = [msgspec.json.encode(row_json(row)).decode() for row in found]
        yield "[" + ",\n ".join(encoded) + "]"
        return
    if not sys.stdout.isatty():
        yield from map(_fields_of_row, found)
        return
    width = _width()
    for row in found:
        sign = "★" if row.starred else "●" if row.unread else " "
        start = f"{sign} {pad(when(row.published, now), 12)} {row.id}  "
        who = pad(clip(agency_of(row) or row.source, 16), 16) + "  "
        end = "".join("  " + word for word in _marks_of(row) if word)
        room = max(width - cells(start) - cells(who) - cells(end), 8)
        line = start + who + pad(clip(row.title, room), room) + end
        yield line.rstrip()


def _marks_of(row: Row) -> tuple[str, str, str]:
    """The marks behind a title: its signs, its copies, its plan in numbers."""
    return signs_of(row), f"×{row.copies}" if row.copies > 1 else "", badge_of(row)


def _fields_of_row(row: Row) -> str:
    """The fields of a row for cut, grep and awk, separated by tabs. Nothing is cut; an empty field keeps its place."""
    sign = "★" if row.starred else "●" if row.unread else " "
    changed, copies, badge = _marks_of(row)
    fields = (sign, minute_of(row.published), row.id, row.agency or row.source, row.title, copies, badge, changed)
    return fields_line(fields)


def remainder(listing: Listing, shown: int) -> Iterator[str]:
    """A line about the rows that are not shown: their number, or at least how many if counting takes long."""
    listing.count_on(_SLICES)
    rest = listing.total - shown
    if rest > 0 and listing.exact:
        yield ngettext("{n} more; --limit 0 lists all", "{n} more; --limit 0 lists all", rest)
    elif rest > 0:
        yield ngettext("more than {n} more; --limit 0 lists all", "more than {n} more; --limit 0 lists all", rest)


def article(shown: Article, flags: Flags, duplicates: Sequence[Duplicate], *, as_json: bool) -> Iterator[str]:
    """The article for reading: title, origin, duplicates, the text, the plan. As JSON the whole record."""
    if as_json:
        from feeds.export.articles import article_json

        yield msgspec.json.format(msgspec.json.encode(article_json(shown, flags, duplicates)), indent=1).decode()
        return
    width = min(_width(), _TEXT_WIDTH)
    yield from _wrapped_lines(shown.title, width)
    published = minute_of(shown.published) if shown.dated else _("undated")
    category = " / ".join(shown.categories[0]) if shown.categories else ""
    # If the author is the origin, the name is shown once.
    facts = dict.fromkeys(filter(None, (shown.origin, shown.author, published, category)))
    yield from _wrapped_lines(" · ".join(facts), width)
    if shown.url:
        yield shown.url
    for duplicate in duplicates:
        yield from _wrapped_lines(printing_of(duplicate, shown), width)
        if duplicate.url:
            yield duplicate.url
    for block in blocks_of(shown):
        yield ""
        yield from _wrapped_lines(_SIGNS[block.kind] + block.text, width, indent=4 if block.kind == "text" else 0)
    if line := line_of(shown, keys=False):
        yield ""
        yield from _wrapped_lines(line, width)
    yield from _attachment_lines(shown, width)
    if shown.plan:
        yield ""
        yield from plan(shown, titled=False)


def _attachment_lines(shown: Article, width: int) -> Iterator[str]:
    """The files beside the text, each with its address."""
    if shown.attachments:
        yield ""
    for attachment in shown.attachments:
        yield from _wrapped_lines(words_of_attachment(attachment), width)
        yield attachment.url


def plan(shown: Article, *, titled: bool = True, as_json: bool = False) -> Iterator[str]:
    """The article's plan as an indented outline, or a sentence if it is missing. As JSON one object in a line."""
    if as_json:
        from feeds.export.plans import plan_json

        yield json.dumps(plan_json(shown), ensure_ascii=False)
        return
    width = _width()
    if titled and shown.title:
        yield from _wrapped_lines(shown.title, width)
        yield ""
    nodes = outline_of(shown.plan)
    if not nodes:
        yield _("No plan in this article.")
    for root in nodes:
        for node in root.walk():
            lead = "  " * node.depth + node.lead[0]
            hang = cells(lead)
            for number, (start, end) in enumerate(wrap(node.text, max(width - hang, 16))):
                yield (lead if number == 0 else " " * hang) + node.text[start:end].rstrip()


def _wrapped_lines(text: str, width: int, indent: int = 0) -> Iterator[str]:
    for number, (start, end) in enumerate(wrap(text, width, first_indent=indent)):
        yield (" " * indent if number == 0 else "") + text[start:end].rstrip()
