"""Lists in other orders than by date: every article once, sorted, found by its position, and the rest by date."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from feeds.archive import Archive
from feeds.model import Goal, Plan, Span, Target
from feeds.query import parse
from feeds.query.results import Row
from tests.tui.sample import made

TODAY = date(2026, 3, 18)
HERE = Span(0, 0, 3)


def plan(number: int) -> Plan:
    """A plan with `number` targets, which ends in the year 2025 + number."""
    if not number:
        return Plan()
    targets = tuple(
        Target(f"指标{n}", "ge", "level", str(n), "%", str(2025 + number), None, HERE) for n in range(number)
    )
    return Plan(
        targets=targets,
        goals=(Goal("2024", "早已到期", HERE),),
        agencies=("水利部", "财政部", "林草局")[number - 1 : number],
    )


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    with Archive.open(tmp_path / "archive", write=True) as writer:
        writer.store_many([made(n, f"第{n}号", plan=plan(n % 4)) for n in range(24)])
    return Archive.open(tmp_path / "archive")


@pytest.mark.parametrize(
    ("order", "key"),
    [
        ("oldest", lambda row: row.published),
        ("agency", lambda row: (not row.agency, row.agency)),
        ("targets", lambda row: -(int(row.title[1:-1]) % 4)),
        ("due", lambda row: int(row.title[1:-1]) % 4 or 9),
    ],
)
@pytest.mark.parametrize("sorted_ones", [20_000, 10, 1])
def test_the_newest_are_sorted_and_the_rest_follows_by_date(
    archive: Archive, order: str, key: Callable[[Row], object], sorted_ones: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feeds.archive.sqlite.lists.ranking.SORTED", sorted_ones)
    with archive:
        dated = archive.listing(parse("号", TODAY)).window(0, 99)
        listing = archive.listing(parse(f"号 order:{order}", TODAY))
        rows = listing.window(0, 99)
        first = rows[:sorted_ones]
        assert sorted(first, key=key) == first  # type: ignore[arg-type]
        assert {row.id for row in first} == {row.id for row in dated[:sorted_ones]}
        assert rows[sorted_ones:] == dated[sorted_ones:]
        assert [listing.index_of(row.id) for row in rows] == list(range(24))
        assert listing.next_unread(3) == 4
        assert listing.previous_unread(3) == 2
