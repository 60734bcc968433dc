"""How one row of the list is laid out: which columns fit a width, and what stands in them. Pure.

Two lines a row where the pane is narrow and high enough (the title whole, the rest dimmed beneath), else one line of
columns, of which narrower panes drop first the category, then source, agency, time and badge.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from textual.geometry import Size

from feeds.folding import spans_of
from tui.text import cells, clip, pad, when
from tui.widgets.rows import Row
from tui.words import _

UNREAD, STAR, PLAN, DOT = "●", "★", "§", " · "
_BADGE = 8
_TAGS_FROM = 24  # cells of title
_TWO_LINES_BELOW = 100
_TWO_LINES_FROM = 12

Part = tuple[str, str]
"""A text and the component class it is drawn in."""


@dataclass(frozen=True)
class RowLayout:
    """Column widths in cells, 0 for a column that is left out; `height` is lines a row."""

    width: int = 0
    height: int = 1
    time: int = 0
    source: int = 0
    category: int = 0
    agency: int = 0
    badge: int = 0
    ambiguous: int = 1

    @classmethod
    def fitting(cls, size: Size, ambiguous: int = 1) -> "RowLayout":
        """The layout for a pane of this size."""
        width, height = size
        if width < _TWO_LINES_BELOW and height >= _TWO_LINES_FROM:
            return cls(width=width, height=2, ambiguous=ambiguous)
        return cls(
            width=width,
            time=_time_width(ambiguous) if width >= 44 else 0,
            source=10 if width >= 124 else 0,
            category=12 if width >= 140 else 0,
            agency=14 if width >= 96 else 0,
            badge=_BADGE if width >= 28 else 0,
            ambiguous=ambiguous,
        )

    @property
    def marks(self) -> int:
        """Cells in front of the title for ● and ★."""
        return 2 * self.ambiguous + 1


def _time_width(ambiguous: int) -> int:
    return max(10, cells(_("yest. {time}").format(time="00:00"), ambiguous))


def parts_of(row: Row, line: int, layout: RowLayout, now: datetime, words: Sequence[str] = ()) -> list[Part]:
    """Line `line` of a row, at most `layout.width` cells."""
    if layout.height == 2:
        return _below(row, layout, now) if line else _above(row, layout, words)
    return _columns(row, layout, now, words)


def _columns(row: Row, layout: RowLayout, now: datetime, words: Sequence[str]) -> list[Part]:
    ambiguous = layout.ambiguous
    parts = _marks(row, layout)
    for width, text, part in (
        (layout.time, when(row.published, now), "time"),
        (layout.source, row.source, "place"),
        (layout.category, row.category[-1] if row.category else "", "place"),
        (layout.agency, row.agency, "agency"),
    ):
        if width:
            parts.append((pad(text, width, ambiguous) + "  ", part))
    room = layout.width - _width_of(parts, ambiguous)
    if layout.badge:
        room -= layout.badge + 1
    tags = clip(tags_of(row), room // 3, ambiguous) if room >= _TAGS_FROM else ""
    if tags:
        room -= cells(tags, ambiguous) + 1
    parts += _title(row, room, layout, words)
    if tags:
        parts.append((" " + tags, "tag"))
    if layout.badge:
        text, part = badge_of(row)
        parts.append((" " + pad(text, layout.badge, ambiguous, right=True), part))
    return parts


def _above(row: Row, layout: RowLayout, words: Sequence[str]) -> list[Part]:
    parts = _marks(row, layout)
    text, part = badge_of(row)
    text = clip(text, _BADGE, layout.ambiguous)
    taken = cells(text, layout.ambiguous) + 1 if text and layout.width >= 28 else 0
    parts += _title(row, layout.width - layout.marks - taken, layout, words)
    if taken:
        parts.append((" " + text, part))
    return parts


def _below(row: Row, layout: RowLayout, now: datetime) -> list[Part]:
    ambiguous = layout.ambiguous
    parts: list[Part] = [(" " * min(layout.marks, layout.width), "time")]
    room = layout.width - layout.marks
    said = {""}
    for text, part in (
        (when(row.published, now), "time"),
        (tags_of(row), "tag"),
        (row.agency, "agency"),
        (row.source, "place"),
        (row.category[-1] if row.category else "", "place"),
    ):
        lead = DOT if len(parts) > 1 else ""
        if text in said or room < cells(lead, ambiguous) + 4:
            continue
        said.add(text)
        text_ = clip(text, room - cells(lead, ambiguous), ambiguous)
        parts += [(lead, "place"), (text_, part)]
        room -= cells(lead, ambiguous) + cells(text_, ambiguous)
    return parts


def _marks(row: Row, layout: RowLayout) -> list[Part]:
    if layout.width < layout.marks:
        return []
    unread = UNREAD if row.unread else " " * layout.ambiguous
    star = STAR if row.starred else " " * layout.ambiguous
    return [(unread, "mark"), (star + " ", "star")]


def _title(row: Row, room: int, layout: RowLayout, words: Sequence[str]) -> list[Part]:
    count = f" ×{row.copies}" if row.copies > 1 else ""
    if count and room < 4 * cells(count, layout.ambiguous):
        count = ""
    room -= cells(count, layout.ambiguous)
    title = pad(row.title, max(room, 0), layout.ambiguous)
    part = "unread" if row.unread else "read"
    parts: list[Part] = []
    last = 0
    for start, end in spans_of(title, words) if words else ():
        parts += [(title[last:start], part), (title[start:end], "hit")]
        last = end
    return [*parts, (title[last:], part), *([(count, "place")] if count else [])]


def tags_of(row: Row) -> str:
    """The reader's own tags, as the text shows them too."""
    return " ".join(f"#{tag}" for tag in row.tags)


def badge_of(row: Row) -> Part:
    """The badge and its component class: kept promises, short ones, a plan's own shorthand, or a plan at all."""
    kept, slash, declared = row.badge.partition("/")
    if slash and kept.isdecimal() and declared.isdecimal():
        return row.badge, "kept" if kept == declared else "short"
    return (row.badge, "code") if row.badge else (PLAN if row.has_plan else "", "plan")


def _width_of(parts: Iterable[Part], ambiguous: int) -> int:
    return sum(cells(text, ambiguous) for text, _part in parts)
