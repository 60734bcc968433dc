"""The table of articles: its columns, and the form in two lines for narrow panes. Pure.

Two lines a row where the pane is narrow and high enough (the title whole, the rest dimmed beneath), else one line of
columns, of which narrower panes drop first the origin, then category, source, agency, time and badge. A new column is
a new value in `COLUMNS`.
"""

from collections.abc import Sequence
from datetime import datetime

from textual.geometry import Size

from feeds.folding import spans_of
from feeds.query.results import Row
from tui.text import CHANGED, NOTED, cells, clip, pad, when
from tui.widgets.lists.table import Column, Part, RowLayout, RowTable, width_of
from tui.words import N_, _

UNREAD, STAR, PLAN, DOT = "●", "★", "§", " · "
_BADGE = 8
_TAGS_FROM = 24  # cells of title
_TWO_LINES_BELOW = 100
_TWO_LINES_FROM = 12


def tags_of(row: Row) -> str:
    """The reader's own tags, as the text shows them too."""
    return " ".join(f"#{tag}" for tag in row.tags)


def badge_of(row: Row) -> Part:
    """The badge and its component class: complete lists, incomplete ones, a plan's own shorthand, or a plan at all."""
    complete, slash, declared = row.badge.partition("/")
    if slash and complete.isdecimal() and declared.isdecimal():
        return row.badge, "kept" if complete == declared else "short"
    return (row.badge, "code") if row.badge else (PLAN if row.has_plan else "", "plan")


def origin_of(row: Row) -> str:
    """The house that wrote the article; empty where the source has the same name, because it stands beside it."""
    return "" if row.origin == row.source else row.origin


def _time_width(ambiguous: int) -> int:
    return max(10, cells(_("yest. {time}").format(time="00:00"), ambiguous))


TIME: Column[Row] = Column("time", lambda row, now: (when(row.published, now), "time"), _time_width, 44)
SOURCE: Column[Row] = Column("source", lambda row, _now: (row.source, "place"), 10, 124)
CATEGORY: Column[Row] = Column(
    "category", lambda row, _now: (row.category[-1] if row.category else "", "place"), 12, 140
)
ORIGIN: Column[Row] = Column("origin", lambda row, _now: (origin_of(row), "place"), 12, 164)
AGENCY: Column[Row] = Column("agency", lambda row, _now: (row.agency, "agency"), 14, 96)
TAGS: Column[Row] = Column("tags", lambda row, _now: (tags_of(row), "tag"))
BADGE: Column[Row] = Column("badge", lambda row, _now: badge_of(row), _BADGE, 28, gap=1, right=True)

COLUMNS = (TIME, SOURCE, CATEGORY, ORIGIN, AGENCY, BADGE)
BELOW = (TIME, TAGS, AGENCY, SOURCE, CATEGORY)
"""The columns of the second line, in this order, where rows have two."""


def _marks(row: Row, layout: RowLayout) -> list[Part]:
    """Cells in front of the title for ● and ★."""
    if layout.width < marks_width(layout):
        return []
    unread = UNREAD if row.unread else " " * layout.ambiguous
    star = STAR if row.starred else " " * layout.ambiguous
    return [(unread, "mark"), (star + " ", "star")]


def marks_width(layout: RowLayout) -> int:
    """How many cells the marks take."""
    return 2 * layout.ambiguous + 1


class ArticleColumns(RowTable[Row], frozen=True):
    """Articles in one line of columns or in two lines."""

    def layout_for(self, size: Size, ambiguous: int = 1) -> RowLayout:
        """The layout for a pane of this size."""
        if size.width < _TWO_LINES_BELOW and size.height >= _TWO_LINES_FROM:
            return RowLayout(size.width, 2, ambiguous)
        return super().layout_for(size, ambiguous)

    def parts(self, row: Row, line: int, layout: RowLayout, now: datetime, words: Sequence[str] = ()) -> list[Part]:
        """Line `line` of a row, at most `layout.width` cells."""
        if layout.height == 2:
            return _below(row, layout, now) if line else _above(row, layout, words)
        marks = _marks(row, layout)
        rest = layout._replace(width=layout.width - width_of(marks, layout.ambiguous))
        return [*marks, *super().parts(row, line, rest, now, words)]

    def text_parts(self, row: Row, room: int, layout: RowLayout, words: Sequence[str]) -> list[Part]:
        """The title, and behind it the tags where they leave it room."""
        tags = clip(tags_of(row), room // 3, layout.ambiguous) if room >= _TAGS_FROM else ""
        if not tags:
            return _title(row, room, layout, words)
        return [*_title(row, room - cells(tags, layout.ambiguous) - 1, layout, words), (" " + tags, "tag")]


def _above(row: Row, layout: RowLayout, words: Sequence[str]) -> list[Part]:
    text, name = badge_of(row)
    text = clip(text, _BADGE, layout.ambiguous)
    taken = cells(text, layout.ambiguous) + 1 if text and layout.width >= BADGE.shown_from else 0
    parts = [*_marks(row, layout), *_title(row, layout.width - marks_width(layout) - taken, layout, words)]
    return [*parts, (" " + text, name)] if taken else parts


def _below(row: Row, layout: RowLayout, now: datetime) -> list[Part]:
    ambiguous = layout.ambiguous
    parts: list[Part] = [(" " * min(marks_width(layout), layout.width), "time")]
    room = layout.width - marks_width(layout)
    said = {""}
    for text, name in (column.part_of(row, now) for column in BELOW):
        lead = DOT if len(parts) > 1 else ""
        if text in said or room < cells(lead, ambiguous) + 4:
            continue
        said.add(text)
        clipped = clip(text, room - cells(lead, ambiguous), ambiguous)
        parts += [(lead, "place"), (clipped, name)]
        room -= cells(lead, ambiguous) + cells(clipped, ambiguous)
    return parts


def _title(row: Row, room: int, layout: RowLayout, words: Sequence[str]) -> list[Part]:
    count = f" ×{row.copies}" if row.copies > 1 else ""
    if count and room < 4 * cells(count, layout.ambiguous):
        count = ""
    room -= cells(count, layout.ambiguous)
    signs = (CHANGED if row.changed else "") + (NOTED if row.noted else "")
    changed = f" {signs}" if signs and room >= 4 * cells(signs, layout.ambiguous) else ""
    room -= cells(changed, layout.ambiguous)
    title = pad(row.title, max(room, 0), layout.ambiguous)
    name = "unread" if row.unread else "read"
    parts: list[Part] = []
    last = 0
    for start, end in spans_of(title, words) if words else ():
        parts += [(title[last:start], name), (title[start:end], "hit")]
        last = end
    return [*parts, (title[last:], name), *(part for part in ((changed, "changed"), (count, "place")) if part[0])]


ARTICLES = ArticleColumns(
    COLUMNS,
    id_of=lambda row: row.id,
    text_of=lambda row: (row.title, "unread" if row.unread else "read"),
    empty=N_("No articles here yet. New ones appear by themselves."),
)
