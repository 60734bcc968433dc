"""What `list`, `show` and `plan` print: lines of plain text as wide as the terminal, or JSON.

The texts come cleaned out of the archive, so nothing in them can steer a terminal.
"""

import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec

from feeds.archive import Listing
from feeds.model import BEIJING, Article, Flags
from feeds.query.results import Duplicate, Row
from tui.answers import line_of
from tui.text import cells, clip, pad, when, wrap
from tui.widgets.layout.outline import outline_of
from tui.widgets.layout.page import blocks_of, printing_of
from tui.words import _, ngettext

_TEXT_WIDTH = 80  # cells a line of text is long at the most: longer ones are hard to follow
_SLICES = 50  # about half a second of counting
_SIGNS = {"heading": "", "item": "• ", "row": "", "caption": "▸ ", "text": ""}


def _width() -> int:
    return max(24, shutil.get_terminal_size((100, 40)).columns)


def rows(found: Sequence[Row], now: datetime, *, as_json: bool) -> Iterator[str]:
    """A line a row: mark, time, id, agency or source, title, badge. As JSON an array with an article a line.

    On a terminal a line is as wide as that; in a pipe nothing is cut, and tabs part the fields.
    """
    if as_json:
        from feeds.export.rows import row_json

        encoded = [msgspec.json.encode(row_json(row)).decode() for row in found]
        yield "[" + ",\n ".join(encoded) + "]"
        return
    if not sys.stdout.isatty():
        yield from map(_tabbed, found)
        return
    width = _width()
    for row in found:
        mark = "★" if row.starred else "●" if row.unread else " "
        start = f"{mark} {pad(when(row.published, now), 12)} {row.id}  "
        who = pad(clip(row.agency or row.source, 16), 16) + "  "
        end = "".join("  " + word for word in (f"×{row.copies}" if row.copies > 1 else "", row.badge) if word)
        room = max(width - cells(start) - cells(who) - cells(end), 8)
        line = start + who + pad(clip(row.title, room), room) + end
        yield line.rstrip()


def _tabbed(row: Row) -> str:
    """A row for cut, grep and awk: the title is whole, a field that is empty keeps its place."""
    mark = "★" if row.starred else "●" if row.unread else " "
    published = row.published.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")
    copies = f"×{row.copies}" if row.copies > 1 else ""
    fields = (mark, published, row.id, row.agency or row.source, row.title, copies, row.badge)
    return "\t".join(" ".join(field.split("\t")) for field in fields)


def remainder(listing: Listing, shown: int) -> Iterator[str]:
    """A line about what was not shown; where counting it all would take long, how many there are at least."""
    listing.count_on(_SLICES)
    rest = listing.total - shown
    if rest > 0 and listing.exact:
        yield ngettext("{n} more; --limit 0 lists all", "{n} more; --limit 0 lists all", rest)
    elif rest > 0:
        yield ngettext("more than {n} more; --limit 0 lists all", "more than {n} more; --limit 0 lists all", rest)


def article(shown: Article, flags: Flags, twins: Sequence[Duplicate], *, as_json: bool) -> Iterator[str]:
    """The article as it is read: title, origin, twins, the text, the plan. As JSON the whole record."""
    if as_json:
        from feeds.export.articles import article_json

        yield msgspec.json.format(msgspec.json.encode(article_json(shown, flags, twins)), indent=1).decode()
        return
    width = min(_width(), _TEXT_WIDTH)
    yield from _wrapped(shown.title, width)
    published = shown.published.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M") if shown.dated else _("undated")
    category = " / ".join(shown.categories[0]) if shown.categories else ""
    # An author who is the origin, as a house is that signs itself, is named once.
    said = dict.fromkeys(filter(None, (shown.origin, shown.author, published, category)))
    yield from _wrapped(" · ".join(said), width)
    if shown.url:
        yield shown.url
    for twin in twins:
        yield from _wrapped(printing_of(twin, shown), width)
        if twin.url:
            yield twin.url
    for block in blocks_of(shown):
        yield ""
        yield from _wrapped(_SIGNS[block.kind] + block.text, width, indent=4 if block.kind == "text" else 0)
    if told := line_of(shown, keys=False):
        yield ""
        yield from _wrapped(told, width)
    if shown.plan:
        yield ""
        yield from plan(shown, titled=False)


def plan(shown: Article, *, titled: bool = True, as_json: bool = False) -> Iterator[str]:
    """The article's plan as an indented outline, a sentence where there is none. As JSON one object in a line."""
    if as_json:
        from feeds.export.plans import plan_json

        yield json.dumps(plan_json(shown), ensure_ascii=False)
        return
    width = _width()
    if titled and shown.title:
        yield from _wrapped(shown.title, width)
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


def _wrapped(text: str, width: int, indent: int = 0) -> Iterator[str]:
    for number, (start, end) in enumerate(wrap(text, width, first_indent=indent)):
        yield (" " * indent if number == 0 else "") + text[start:end].rstrip()
