"""The bars of the calendar: their lengths, the quarters, and terms that find exactly the rows they stand for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Size

from feeds.query import Query
from feeds.targets import DueBy, TargetRow, due_counts_of, is_asked_for, rows_of
from tests.compare.conftest import demo_articles
from tests.tui.sample import HOSTILE, NOW
from tui.text import cells
from tui.widgets.lists.due_table import (
    DUE_BARS,
    GOAL,
    TARGET,
    DueBar,
    Quarter,
    bar_lengths,
    bars_of,
    before,
    on_one_scale,
    present_bars,
)

TODAY = date(2027, 5, 20)


def demo_rows(query: Query | None = None) -> list[TargetRow]:
    query = query or Query(today=TODAY)
    return [row for row in rows_of(demo_articles().values()) if is_asked_for(row, query)]


def line_of(bar: DueBar, width: int, ambiguous: int = 1) -> str:
    layout = DUE_BARS.layout_for(Size(width, 24), ambiguous)
    return "".join(text for text, _name in DUE_BARS.parts(bar, 0, layout, NOW))


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 120), st.integers(1, 700))
def test_a_bar_fits_and_shows_each_kind_it_has(targets: int, goals: int, room: int, most: int) -> None:
    bar = DueBar("a", "2027", targets, goals, most=max(most, targets + goals))
    of_targets, of_goals = bar_lengths(bar, room)
    assert 0 <= of_targets <= room
    assert of_targets + of_goals <= room
    if room > 1:
        assert (of_targets > 0, of_goals > 0) == (targets > 0, goals > 0)


def test_the_longest_bar_fills_its_room() -> None:
    assert bar_lengths(DueBar("a", "2027", 30, 10, most=40), 20) == (15, 5)
    assert bar_lengths(DueBar("a", "2027", 3, 0, most=40), 20) == (2, 0)


@pytest.mark.parametrize(
    ("day", "first", "last", "months"),
    [
        (date(2026, 11, 30), date(2026, 10, 1), date(2026, 12, 31), ("2026-10", "2026-11", "2026-12")),
        (date(2027, 1, 1), date(2027, 1, 1), date(2027, 3, 31), ("2027-01", "2027-02", "2027-03")),
        (date(2028, 6, 30), date(2028, 4, 1), date(2028, 6, 30), ("2028-04", "2028-05", "2028-06")),
    ],
)
def test_quarters(day: date, first: date, last: date, months: tuple[str, ...]) -> None:
    quarter = Quarter.of(day)
    assert (quarter.first, quarter.last, quarter.months) == (first, last, months)
    assert quarter.following.first == date.fromordinal(last.toordinal() + 1)


@pytest.mark.parametrize("by", ["year", "half", "month", "agency"])
@pytest.mark.parametrize("today", [TODAY, date(2028, 12, 31), date(2029, 1, 1), date(2026, 11, 30)])
def test_each_bar_counts_the_rows_that_its_terms_find(by: DueBy, today: date) -> None:
    late = demo_rows(before(today))
    bars = bars_of(due_counts_of(demo_rows(), by), due_counts_of(late, by), by, today)
    bars += present_bars(due_counts_of(demo_rows(), "month"), due_counts_of(late, "month"), today)
    assert len(bars) > 6
    assert {bar.key: bar.total for bar in bars} == {bar.key: len(demo_rows(bar.asked)) for bar in bars}


def test_the_present_is_told_apart_in_words() -> None:
    counts = due_counts_of(demo_rows(), "month")
    late = due_counts_of(demo_rows(before(TODAY)), "month")
    notes = {bar.label: bar.note for bar in bars_of(counts, late, "month", TODAY)}
    assert notes["2025-12"] == "overdue"
    assert notes["2027-06"] == "this quarter"
    assert notes["2027-07"] == "next quarter"
    assert notes["2030-12"] == ""


@pytest.mark.parametrize("ambiguous", [1, 2])
@pytest.mark.parametrize("width", [24, 40, 59, 60, 80, 200])
def test_no_line_is_wider_than_its_pane(width: int, ambiguous: int) -> None:
    counts = due_counts_of(demo_rows(), "agency")
    bars = bars_of(counts, due_counts_of(demo_rows(before(TODAY)), "agency"), "agency", TODAY)
    bars.append(DueBar("hostile", HOSTILE, 3, 2, "overdue"))
    for bar in on_one_scale([("by agency", bars), ("nothing", [])]):
        assert cells(line_of(bar, width, ambiguous), ambiguous) <= width


@pytest.mark.parametrize("width", [40, 52, 60, 71, 72, 100])
def test_bars_of_one_length_are_as_long_whatever_is_noted(width: int) -> None:
    bars = [DueBar("a", "2025", 20, 0, "overdue"), DueBar("b", "2027", 20, 0), DueBar("c", "2028", 10, 0, "3 overdue")]
    lengths = [line_of(bar, width).count(TARGET) for bar in on_one_scale([("", bars)]) if bar.total]
    assert lengths[0] == lengths[1]
    assert abs(lengths[0] / 2 - lengths[2]) <= 1
    assert lengths[0] >= width // 5


def test_kinds_are_told_apart_without_colour() -> None:
    (_heading, bar) = on_one_scale([("by year", [DueBar("year 2027", "2027", 12, 4, "overdue")])])
    line = line_of(bar, 80)
    assert line.count(TARGET) > 2 * line.count(GOAL) > 4
    assert [words for words in ("2027", "16", "12 + 4", "overdue") if words not in line] == []
