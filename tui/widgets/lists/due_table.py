"""The table of what is due: a bar for each year, half-year, month or agency, and three for the present. Pure.

Targets and goals are two signs in a bar, and words say what is overdue, so that no colour is needed. The bars are drawn
here, as no plotting widget fits: textual-plotext excludes the present plotext and has had no release since 2024;
textual-plot needs numpy, and it draws neither bars in rows nor names beside them, of which one could be chosen.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from feeds.query import Query, parse
from feeds.targets import DueCount
from tui.text import cells, clip, pad
from tui.widgets.lists.table import Part, RowLayout, RowTable
from tui.words import N_, _, ngettext

TARGET, GOAL = "█", "░"
ALL = Query()
_LABEL = 12  # cells for the time, or the agency in narrow panes
_AGENCY = 20
_COUNT = 6
_LABELLED = 60  # cells of a pane from which the names of agencies have room
_WIDE = 72  # cells of a pane from which targets and goals are told apart in numbers
_NOTES = ((100, 16), (50, 14), (36, 10), (0, 0))  # a pane's least width, and the cells for a note


@dataclass(frozen=True)
class DueBar:
    """One bar, or a heading, which has no numbers. `asked` are the terms of the filter that find its rows."""

    key: str
    label: str
    targets: int = 0
    goals: int = 0
    note: str = ""
    asked: Query = ALL
    most: int = 0
    """The largest number of all bars; 0 for a heading."""

    @property
    def total(self) -> int:
        """Targets and goals."""
        return self.targets + self.goals

    def query_of(self, query: Query) -> Query:
        """The filter of the rows behind this bar. An agency of `query` stays, as it chose what is counted."""
        return query.and_also(self.asked)


BAR_COLUMNS = ("time", "targets", "goals", "note")


def bar_json(bar: DueBar) -> dict[str, str | int]:
    """A bar as a JSON object; a heading has no numbers."""
    return {"time": bar.label, "targets": bar.targets, "goals": bar.goals, "note": bar.note}


def bar_cells(bar: DueBar) -> tuple[str, ...]:
    """The cells of BAR_COLUMNS."""
    return tuple(map(str, bar_json(bar).values()))


@dataclass(frozen=True)
class Quarter:
    """Three months, by the first day of the first month."""

    first: date

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The quarter in which a day lies."""
        return cls(date(day.year, (day.month - 1) // 3 * 3 + 1, 1))

    @property
    def following(self) -> "Quarter":
        """The quarter after this one."""
        return Quarter.of(self.first + timedelta(days=100))

    @property
    def last(self) -> date:
        """The last day."""
        return self.following.first - timedelta(days=1)

    @property
    def months(self) -> tuple[str, ...]:
        """Its months: 2027-01, 2027-02, 2027-03."""
        return tuple(f"{self.first.year}-{self.first.month + number:02}" for number in range(3))


def before(day: date) -> Query:
    """The filter for what was due before a day."""
    return _due(f"<{day.isoformat()}")


def between(first: date, last: date) -> Query:
    """The filter for what is due from one day to another."""
    return _due(f"{first.isoformat()}..{last.isoformat()}")


def _due(text: str) -> Query:
    return Query().with_term("due", text)


def present_bars(months: Iterable[DueCount], overdue: Iterable[DueCount], today: date) -> list[DueBar]:
    """Bars for the overdue, for the rest of this quarter and for the next quarter, from the counts by month."""
    counts = {count.label: count for count in months}
    late = {count.label: count for count in overdue}
    this, following = Quarter.of(today), Quarter.of(today).following

    def bar(key: str, label: str, rows: Iterable[tuple[int, int]], asked: Query) -> DueBar:
        pairs = list(rows)
        return DueBar(key, label, sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs), asked=asked)

    def of_quarter(quarter: Quarter) -> list[tuple[int, int]]:
        none = DueCount("", 0, 0)
        pairs = [(counts.get(month, none), late.get(month, none)) for month in quarter.months]
        return [(count.targets - gone.targets, count.goals - gone.goals) for count, gone in pairs]

    gone = [(count.targets, count.goals) for count in late.values()]
    return [
        bar("overdue", _("overdue"), gone, before(today)),
        bar("this quarter", _("this quarter"), of_quarter(this), between(today, this.last)),
        bar("next quarter", _("next quarter"), of_quarter(following), between(following.first, following.last)),
    ]


def bars_of(counts: Iterable[DueCount], overdue: Iterable[DueCount], by: str, today: date) -> list[DueBar]:
    """A bar for each count, with a note on what is overdue in it or when it is due."""
    late = {count.label: count.total for count in overdue}
    return [
        DueBar(
            key=f"{by} {count.label}",
            label=_label_of(count.label, by),
            targets=count.targets,
            goals=count.goals,
            note=_note_of(count, late, by, today),
            asked=_asked_of(count.label, by),
        )
        for count in counts
    ]


def _label_of(label: str, by: str) -> str:
    if by == "half":
        year, _dash, half = label.partition("-H")
        return (_("{year} first half") if half == "1" else _("{year} second half")).format(year=year)
    return label or _("No agency named")


def _asked_of(label: str, by: str) -> Query:
    if by == "agency":  # what has no deadline is in no bar
        dated = _due("*")
        return dated.with_term("agency", label) if label else dated.and_also(parse("-has:agency", date.min))
    year, dash, half = label.partition("-H")
    if dash:
        return _due(f"{year}-01..{year}-06" if half == "1" else f"{year}-07..{year}-12")
    return _due(label)


def _note_of(count: DueCount, late: Mapping[str, int], by: str, today: date) -> str:
    gone = late.get(count.label, 0)
    if gone == count.total:
        return _("overdue")
    if gone:
        return ngettext("{n} overdue", "{n} overdue", gone)
    if by == "month" and count.label in Quarter.of(today).months:
        return _("this quarter")
    if by == "month" and count.label in Quarter.of(today).following.months:
        return _("next quarter")
    return ""


def on_one_scale(groups: Sequence[tuple[str, Sequence[DueBar]]]) -> list[DueBar]:
    """All bars drawn to the largest of them, each group under its heading. A group without bars has no heading."""
    most = max((bar.total for _name, bars in groups for bar in bars), default=0)
    rows: list[DueBar] = []
    for name, bars in groups:
        if bars:
            rows.append(DueBar(f"heading {name}", name))
        rows += [DueBar(bar.key, bar.label, bar.targets, bar.goals, bar.note, bar.asked, most or 1) for bar in bars]
    return rows


class DueTable(RowTable[DueBar], frozen=True):
    """A bar a line: its name, the bar, the number, in wide panes of targets and goals too, and the note."""

    def parts(self, row: DueBar, line: int, layout: RowLayout, now: datetime, words: Sequence[str] = ()) -> list[Part]:
        """The line of a bar or of a heading."""
        del line, now, words  # one line, which no search marks
        width, ambiguous = layout.width, layout.ambiguous
        if not row.most:
            return [(clip(f" {row.label}", width, ambiguous), "heading")]
        wide = width >= _WIDE
        label = pad(row.label, _AGENCY if width >= _LABELLED else _LABEL, ambiguous)
        kinds = f"  {_('{targets} + {goals}').format(targets=row.targets, goals=row.goals)}" if wide else ""
        note = f"  {row.note}" if row.note else ""
        late = row.note or row.key == "overdue"
        right = pad(str(row.total), _COUNT, ambiguous, right=True) + pad(kinds, 12, ambiguous) * wide
        noted = pad(note, next(room for least, room in _NOTES if width >= least), ambiguous)  # bars on one scale
        room = max(width - sum(cells(text, ambiguous) for text in (label, right, noted)) - 3, 0)
        targets, goals = bar_lengths(row, room)
        style = "warning" if late else "accent"
        return [
            (f" {label} ", "plain"),
            (TARGET * targets, style),
            (GOAL * goals, style),
            (" " * (room - targets - goals), "plain"),
            (right, "plain"),
            (noted, "warning" if late else "quiet"),
        ]


def bar_lengths(bar: DueBar, room: int) -> tuple[int, int]:
    """The cells for targets and for goals in `room` cells. A number that is not 0 has a cell if there is room."""
    whole = round(bar.total * room / bar.most)
    whole = min(max(whole, (bar.targets > 0) + (bar.goals > 0)), room)
    if not bar.goals or not bar.targets:
        return (whole, 0) if bar.targets else (0, whole)
    targets = round(whole * bar.targets / bar.total)
    targets = min(max(targets, 1), max(whole - 1, 0))
    return targets, whole - targets


DUE_BARS = DueTable(
    columns=(),
    id_of=lambda bar: bar.key,
    text_of=lambda bar: (bar.label, "plain"),
    empty=N_("No article states a time by which something is due yet; q leads back."),
)
