"""The table of targets: a row for each target or goal, and the headings of their years. Pure.

Two lines a row in narrow panes (indicator and figure, beneath them the rest dimmed), else one line of columns. Narrower
panes drop in this order: baseline, date, document, agency, and the beginning of a period.
"""

from collections.abc import Sequence
from datetime import datetime

from textual.geometry import Size

from feeds.agencies import short_name
from feeds.model import BEIJING, Target
from feeds.targets import TargetRow
from tui.text import cells, clip, pad
from tui.widgets.layout.outline import figure_of
from tui.widgets.lists.grouped_rows import Heading
from tui.widgets.lists.table import Part, RowLayout, RowTable
from tui.words import N_, _

_TWO_LINES_BELOW = 64
_TWO_LINES_FROM = 12


def name_of(row: TargetRow) -> str:
    """The indicator of a target, the text of a goal."""
    part = row.latest.part
    return part.indicator or row.latest.text if isinstance(part, Target) else part.text


def figure_in(row: TargetRow) -> str:
    """The figure with its comparator; every figure where articles disagree; "" for a goal."""
    if row.disputed:
        return " / ".join(row.figures)
    part = row.latest.part
    return figure_of(part) if isinstance(part, Target) else ""


def agency_of(row: TargetRow, room: int = 99, ambiguous: int = 1) -> str:
    """The first agency by its short name, and how many more there are where `room` cells hold that."""
    if not row.agencies:
        return ""
    name, others = short_name(row.agencies[0]), len(row.agencies) - 1
    counted = f"{name} +{others}"
    return counted if others and cells(counted, ambiguous) <= room else name


def date_of(row: TargetRow) -> str:
    """The Beijing day of the latest statement."""
    return row.latest.published.astimezone(BEIJING).date().isoformat()


def _signs_of(row: TargetRow) -> list[Part]:
    """Behind the indicator: how many articles state it, and whether they disagree."""
    count = len(row.statements)
    signs: list[Part] = [(f" ×{count}", "quiet")] if count > 1 else []
    return [*signs, (" " + _("disagree"), "warning")] if row.disputed else signs


class TargetTable(RowTable[TargetRow | Heading], frozen=True):
    """Targets in one line of columns or in two lines, and the headings of their years."""

    def layout_for(self, size: Size, ambiguous: int = 1) -> RowLayout:
        """The layout for a pane of this size."""
        two = size.width < _TWO_LINES_BELOW and size.height >= _TWO_LINES_FROM
        return RowLayout(size.width, 2 if two else 1, ambiguous)

    def parts(
        self,
        row: TargetRow | Heading,
        line: int,
        layout: RowLayout,
        now: datetime,
        words: Sequence[str] = (),
    ) -> list[Part]:
        """Line `line` of a row, or of a heading, which stands in the last one."""
        del now, words  # dates are printed in full; the words of a filter are those of articles
        if isinstance(row, Heading):
            title = f" {row.name or _('No time given')}  ({row.count})" if line == layout.height - 1 else ""
            return [(clip(title, layout.width, layout.ambiguous), "heading")]
        if layout.height == 1:
            return _columns(row, layout)
        return _below(row, layout) if line else _above(row, layout)


_AGENCY = ((160, 22), (110, 14), (80, 10), (0, 8))  # a pane's least width, and the cells for the agency


def _name_parts(row: TargetRow, room: int, ambiguous: int) -> list[Part]:
    """The indicator and its signs in exactly `room` cells."""
    signs = _signs_of(row)
    while (taken := sum(cells(text, ambiguous) for text, _name in signs)) > room // 2:
        del signs[0]
    name = clip(name_of(row), max(room - taken, 0), ambiguous)
    blank = " " * (room - taken - cells(name, ambiguous))
    return [(name, "plain"), *signs, (blank, "plain")]


def _columns(row: TargetRow, layout: RowLayout) -> list[Part]:
    width, ambiguous, latest = layout.width, layout.ambiguous, row.latest
    deadline = latest.part.deadline
    _start, slash, end = deadline.rpartition("/")
    if slash and (width < 60 or len(deadline) > 10):
        deadline = f"–{end}"
    left: list[Part] = [(" " + pad(deadline, 10 if width >= 60 else 7, ambiguous) + " ", "quiet")]
    baseline = latest.part.baseline if isinstance(latest.part, Target) else None
    wide = width >= 110
    document = max((width - 76) // 3 + 14, 14)
    figure: Part = (pad(figure_in(row), 20 if wide else 14 if width >= 60 else 10, ambiguous), "accent")
    agency = next(room for least, room in _AGENCY if width >= least)
    figures: list[tuple[Part, int]] = [
        (figure, 0),
        ((pad(f"({baseline})" if baseline else "", 12, ambiguous), "quiet"), 140),
    ]
    columns = figures if isinstance(latest.part, Target) else []  # the words of a goal take their room
    columns += [
        ((pad(agency_of(row, agency, ambiguous), agency, ambiguous), "success"), 60),
        ((pad(row.document, document, ambiguous), "plain"), 70),
        ((date_of(row), "quiet"), 96),
    ]
    right = [("  " + text, name) for (text, name), shown_from in columns if width >= shown_from]
    room = width - sum(cells(text, ambiguous) for text, _name in [*left, *right])
    return [*left, *_name_parts(row, max(room, 0), ambiguous), *right]


def _above(row: TargetRow, layout: RowLayout) -> list[Part]:
    figure = clip(figure_in(row), layout.width // 2, layout.ambiguous)
    room = layout.width - 2 - cells(figure, layout.ambiguous) - 1
    return [(" ", "plain"), *_name_parts(row, max(room, 0), layout.ambiguous), (" " + figure, "accent")]


def _below(row: TargetRow, layout: RowLayout) -> list[Part]:
    said = [row.latest.part.deadline, agency_of(row), row.document, date_of(row)]
    return [(clip("   " + " · ".join(filter(None, said)), layout.width, layout.ambiguous), "quiet")]


TARGETS = TargetTable(
    columns=(),
    id_of=lambda row: row.id if isinstance(row, Heading) else row.key,
    text_of=lambda row: (row.name if isinstance(row, Heading) else name_of(row), "plain"),
    empty=N_("No article states a target or a goal yet; q leads back."),
)
