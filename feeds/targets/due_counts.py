"""How many targets and goals end in each year, half-year or month, or are promised by each agency. Pure.

A row counts once for each agency of its statements: what three ministries promise together is due from each of them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from msgspec import Struct

from feeds.documents import end_of
from feeds.model import Target
from feeds.targets.rows import TargetRow

DueBy = Literal["year", "half", "month", "agency"]


class DueCount(Struct, frozen=True):
    """The rows with a deadline under one label: `2027`, `2027-H2`, `2027-06`, or an agency ("" where none is named)."""

    label: str
    targets: int
    goals: int

    @property
    def total(self) -> int:
        """Targets and goals."""
        return self.targets + self.goals


def half_of(day: str) -> str:
    """The half-year of an ISO date."""
    return f"{day[:4]}-H{1 if day[5:7] <= '06' else 2}"


LABELS: dict[DueBy, Callable[[str, Sequence[str]], Sequence[str]]] = {
    "year": lambda day, _agencies: (day[:4],),
    "half": lambda day, _agencies: (half_of(day),),
    "month": lambda day, _agencies: (day[:7],),
    "agency": lambda _day, agencies: agencies,
}
"""The labels of a row, by the last day of its deadline and its agencies ("" for a statement that names none)."""


def due_counts_of(rows: Iterable[TargetRow], by: DueBy) -> list[DueCount]:
    """The counts in the order of time, those of agencies by their size. Rows without a deadline are left out."""
    targets: Counter[str] = Counter()
    goals: Counter[str] = Counter()
    for row in rows:
        latest = row.latest
        if latest.part.deadline:
            counts = targets if isinstance(latest.part, Target) else goals
            agencies = {agency for one in row.statements for agency in one.agencies or ("",)}
            counts.update(LABELS[by](end_of(latest.part.deadline), tuple(agencies)))
    return in_count_order((DueCount(label, targets[label], goals[label]) for label in {*targets, *goals}), by)


def in_count_order(counts: Iterable[DueCount], by: DueBy) -> list[DueCount]:
    """The counts in the order in which they are shown."""
    if by == "agency":
        return sorted(counts, key=lambda count: (-count.total, count.label))
    return sorted(counts, key=lambda count: count.label)
