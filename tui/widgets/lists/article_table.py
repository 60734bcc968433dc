"""The table of articles: its columns, and the form in two lines for narrow panes. Pure.

One line a row where the pane is wide enough for columns, or too low for more. Else two lines: the title whole, the rest
dimmed beneath. Narrower panes drop first the origin, then category, source, agency and time; the plan in numbers gets
shorter. A column that says the same in every row that was read is left out. A new column is a new value in `COLUMNS`.
"""

from collections.abc import Callable, Container, Iterable, Sequence
from datetime import datetime

from msgspec.structs import replace
from textual.geometry import Size

from feeds.folding import spans_of
from feeds.query.results import Row
from tui.rows.words import PLAN, agency_of, end_of, signs_of, targets_of, tasks_of
from tui.text import cells, clip, pad, when
from tui.widgets.lists.table import Column, Part, RowLayout, RowTable, width_of
from tui.words import N_, _, is_chinese

UNREAD, TOLD, STAR, DOT = "●", "◆", "★", " · "
_TAGS_FROM = 24  # cells of title
_ONE_LINE_FROM = 96
_TWO_LINES_FROM = 12
_BADGE_FROM = 28
_WHOLE_BADGE_FROM = 64


def tags_of(row: Row) -> str:
    """The reader's own tags, as the text shows them too."""
    return " ".join(f"#{tag}" for tag in row.tags)


def origin_of(row: Row) -> str:
    """The house that wrote the article; empty where the source has the same name, because it stands beside it."""
    return "" if row.origin == row.source else row.origin


def _leaf_of(row: Row) -> str:
    return row.category[-1] if row.category else ""


def _time_width(ambiguous: int) -> int:
    return max(10, cells(_("yest. {time}").format(time="00:00"), ambiguous))


def _count_width(_ambiguous: int) -> int:
    """The width of a number of tasks or targets: 任务12, 12 targets."""
    return 6 if is_chinese() else 10


TIME: Column[Row] = Column("time", lambda row, now: (when(row.published, now), "time"), _time_width, 44)
SOURCE: Column[Row] = Column("source", lambda row, _now: (row.source, "place"), 10, 136)
CATEGORY: Column[Row] = Column("category", lambda row, _now: (_leaf_of(row), "place"), 12, 152)
ORIGIN: Column[Row] = Column("origin", lambda row, _now: (origin_of(row), "place"), 12, 176)
AGENCY: Column[Row] = Column("agency", lambda row, _now: (agency_of(row), "agency"), 12, 112)
TAGS: Column[Row] = Column("tags", lambda row, _now: (tags_of(row), "tag"))
TASKS: Column[Row] = Column(
    "tasks", lambda row, _now: (tasks_of(row) or _plan_sign(row), "tasks"), _count_width, _ONE_LINE_FROM, right=True
)
TARGETS: Column[Row] = Column(
    "targets", lambda row, _now: (targets_of(row), "targets"), _count_width, _ONE_LINE_FROM, gap=1, right=True
)
END: Column[Row] = Column(
    "end", lambda row, now: (end_of(row), _end_look(row, now)), 5, _ONE_LINE_FROM, gap=1, right=True
)

COLUMNS = (TIME, SOURCE, CATEGORY, ORIGIN, AGENCY, TASKS, TARGETS, END)
BELOW = (TIME, TAGS, AGENCY, SOURCE, CATEGORY)
"""The columns of the second line, in this order, where rows have two."""

VALUES: dict[str, Callable[[Row], str]] = {
    "source": lambda row: row.source,
    "category": _leaf_of,
    "origin": origin_of,
    "agency": lambda row: row.agency,
}
"""The columns that may say the same in every row."""


def _end_look(row: Row, now: datetime) -> str:
    return "end" if row.end_year >= now.year else "tasks"


def _plan_sign(row: Row) -> str:
    return PLAN if row.has_plan and not (row.targets or row.end_year) else ""


def _marks(row: Row, layout: RowLayout, told: Container[str]) -> list[Part]:
    """Cells in front of the title for ● (◆ if a watch told it) and ★."""
    if layout.width < marks_width(layout):
        return []
    unread = (TOLD if row.id in told else UNREAD) if row.unread else " " * layout.ambiguous
    star = STAR if row.starred else " " * layout.ambiguous
    return [(unread, "mark"), (star + " ", "star")]


def marks_width(layout: RowLayout) -> int:
    """How many cells the marks take."""
    return 2 * layout.ambiguous + 1


class ArticleColumns(RowTable[Row], frozen=True):
    """Articles in one line of columns or in two lines.

    `first` is the first row that was read. `same` has the columns in which every other row that was read equals it,
    None before there was another. `told` has the ids of the articles that a watch told; its owner
    may change it.
    """

    first: Row | None = None
    same: frozenset[str] | None = None
    told: Container[str] = frozenset()

    def for_new_list(self) -> "ArticleColumns":
        """The table for another list, of which no row was read."""
        return replace(self, first=None, same=None)

    def for_rows(self, rows: Iterable[Row]) -> "ArticleColumns":
        """The table after more rows were read; itself if it shows the same columns."""
        rows = tuple(rows)
        first = self.first or next(iter(rows), None)
        if first is None or self.same == frozenset():
            return self
        others = [row for row in rows if row.id != first.id]
        same = self.same if self.same is not None or not others else frozenset(VALUES)
        if same:
            same = frozenset(name for name in same if all(VALUES[name](row) == VALUES[name](first) for row in others))
        return self if first is self.first and same == self.same else replace(self, first=first, same=same)

    def layout_for(self, size: Size, ambiguous: int = 1) -> RowLayout:
        """The layout for a pane of this size."""
        if size.width < _ONE_LINE_FROM and size.height >= _TWO_LINES_FROM:
            return RowLayout(size.width, 2, ambiguous)
        layout = super().layout_for(size, ambiguous)
        return layout._replace(columns=self._telling(layout.columns))

    @property
    def columns_below(self) -> tuple[Column[Row], ...]:
        """The columns of the second line, where rows have two."""
        return self._telling(BELOW)

    def _telling(self, columns: Sequence[Column[Row]]) -> tuple[Column[Row], ...]:
        """The columns that do not say the same in every row."""
        return tuple(column for column in columns if column.name not in (self.same or ()))

    def parts(self, row: Row, line: int, layout: RowLayout, now: datetime, words: Sequence[str] = ()) -> list[Part]:
        """Line `line` of a row, at most `layout.width` cells."""
        if layout.height == 2:
            return _below(row, layout, now, self.columns_below) if line else _above(row, layout, words, self.told)
        parts = _marks(row, layout, self.told)
        end = [] if END in layout.columns else _badge(row, layout, now)
        rest = layout._replace(width=layout.width - width_of([*parts, *end], layout.ambiguous))
        return [*parts, *super().parts(row, line, rest, now, words), *end]

    def text_parts(self, row: Row, room: int, layout: RowLayout, words: Sequence[str]) -> list[Part]:
        """The title, and behind it the tags where they leave it room."""
        tags = clip(tags_of(row), room // 3, layout.ambiguous) if room >= _TAGS_FROM else ""
        if not tags:
            return _title(row, room, layout, words)
        return [*_title(row, room - cells(tags, layout.ambiguous) - 1, layout, words), (" " + tags, "tag")]


def _badge(row: Row, layout: RowLayout, now: datetime) -> list[Part]:
    """The plan in numbers at the end of a line, with a blank before it: whole, or what matters most of it."""
    if layout.width < _BADGE_FROM:
        return []
    if layout.width < _WHOLE_BADGE_FROM:
        room = layout.width // 4 - 1
        parts = ((targets_of(row), "targets"), (end_of(row), _end_look(row, now)), (tasks_of(row), "tasks"))
        fitting = [(" " + text, name) for text, name in parts if text and cells(text, layout.ambiguous) <= room]
        return fitting[:1] or ([(" " + PLAN, "tasks")] if row.has_plan else [])
    said = (
        (tasks_of(row) or _plan_sign(row), "tasks"),
        (targets_of(row), "targets"),
        (end_of(row), _end_look(row, now)),
    )
    return [(" " + text, name) for text, name in said if text]


def _above(row: Row, layout: RowLayout, words: Sequence[str], told: Container[str]) -> list[Part]:
    return [*_marks(row, layout, told), *_title(row, layout.width - marks_width(layout), layout, words)]


def _below(row: Row, layout: RowLayout, now: datetime, columns: Sequence[Column[Row]]) -> list[Part]:
    ambiguous = layout.ambiguous
    badge = _badge(row, layout, now)
    parts: list[Part] = [(" " * min(marks_width(layout), layout.width), "time")]
    room = layout.width - marks_width(layout) - width_of(badge, ambiguous)
    said = {""}
    for text, name in (column.part_of(row, now) for column in columns):
        lead = DOT if len(parts) > 1 else ""
        if text in said or room < cells(lead, ambiguous) + 4:
            continue
        said.add(text)
        clipped = clip(text, room - cells(lead, ambiguous), ambiguous)
        parts += [(lead, "place"), (clipped, name)]
        room -= cells(lead, ambiguous) + cells(clipped, ambiguous)
    return [*parts, (" " * max(room, 0), "place"), *badge]


def _title(row: Row, room: int, layout: RowLayout, words: Sequence[str]) -> list[Part]:
    count = f" ×{row.copies}" if row.copies > 1 else ""
    if count and room < 4 * cells(count, layout.ambiguous):
        count = ""
    room -= cells(count, layout.ambiguous)
    signs = signs_of(row)
    signs = f" [{signs}]" if signs and room >= 4 * (cells(signs, layout.ambiguous) + 3) else ""
    room -= cells(signs, layout.ambiguous)
    title = pad(row.title, max(room, 0), layout.ambiguous)
    name = "unread" if row.unread else "read"
    parts: list[Part] = []
    last = 0
    for start, end in spans_of(title, words) if words else ():
        parts += [(title[last:start], name), (title[start:end], "hit")]
        last = end
    return [*parts, (title[last:], name), *(part for part in ((signs, "changed"), (count, "place")) if part[0])]


ARTICLES = ArticleColumns(
    COLUMNS,
    id_of=lambda row: row.id,
    text_of=lambda row: (row.title, "unread" if row.unread else "read"),
    empty=N_("No articles here yet. New ones appear by themselves."),
)
