"""Rows in groups: headings stand where the groups begin, and every row has one position."""

from contextlib import nullcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.widgets.lists.fixed_rows import FixedRows
from tui.widgets.lists.grouped_rows import GroupedRows, Heading


def grouped(sizes: list[int], extra: int = 0) -> tuple[GroupedRows[str], list[str | Heading]]:
    """Groups of these sizes with `extra` rows behind them, and what they are in one list."""
    rows: list[str] = []
    whole: list[str | Heading] = []
    headings = [Heading(f"{2020 + number}", size) for number, size in enumerate(sizes)]
    for heading in headings:
        of_group = [f"{heading.name}/{number}" for number in range(heading.count)]
        rows += of_group
        whole += [heading, *of_group] if of_group else []
    rest = [f"rest/{number}" for number in range(extra)]
    source = FixedRows[str](lambda row: row, [*rows, *rest])
    return GroupedRows(source, lambda: headings), [*whole, *rest]


@given(st.lists(st.integers(0, 5), max_size=6), st.integers(0, 3), st.integers(0, 20), st.integers(0, 20))
def test_each_part_of_the_rows_is_that_part_of_the_whole(sizes: list[int], extra: int, start: int, count: int) -> None:
    found, whole = grouped(sizes, extra)
    assert found.total == len(whole)
    assert list(found.window(start, count)) == whole[start : start + count]
    fetched = found.fetch(start, start + count)
    assert (fetched.start, list(fetched.rows), fetched.version) == (start, whole[start : start + count], found.version)


@given(st.lists(st.integers(0, 5), max_size=6), st.integers(0, 3))
def test_every_row_and_heading_is_found_where_it_stands(sizes: list[int], extra: int) -> None:
    found, whole = grouped(sizes, extra)
    names = [row.id if isinstance(row, Heading) else row for row in whole]
    assert [found.index_of(name) for name in names] == list(range(len(whole)))
    assert found.index_of("none") is None


def test_the_groups_are_counted_again_when_the_rows_change() -> None:
    source = FixedRows[str](lambda row: row, ["a"])
    counts = [Heading("2025", 1)]
    found = GroupedRows(source, lambda: counts)
    source.rows, counts[:] = ["a", "b", "c"], [Heading("2025", 2), Heading("", 1)]
    assert found.refresh()
    assert found.window(0, 9) == [counts[0], "a", "b", counts[1], "c"]
    assert found.exact
    assert not found.count_on()
    assert isinstance(found.steady(), nullcontext)


def test_rows_of_a_source_that_has_changed_are_not_taken() -> None:
    source = FixedRows[str](lambda row: row, ["a", "b"])
    found = GroupedRows(source, lambda: [Heading("2025", 2)])
    source.version += 1
    assert found.fetch(0, 3).version != found.version


@pytest.mark.parametrize("size", [(), (0,), (0, 0)])
def test_no_group_has_no_heading(size: tuple[int, ...]) -> None:
    assert grouped(list(size))[0].total == 0
