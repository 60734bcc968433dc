"""What was measured, as lines of the table in docs/benchmarks.md."""

import os
import platform
import statistics
from collections.abc import Callable, Sequence

from msgspec import Struct


class Figure(Struct, frozen=True):
    """One row for one corpus: measured values and their unit; `name` says what, `size` how many articles (0: none)."""

    name: str
    values: tuple[float, ...]
    unit: str = "ms"
    size: int = 0
    reach: str = ""
    note: str = ""

    @property
    def cell(self) -> str:
        """Median and spread; one value alone where there is one."""
        if not self.values:
            return self.note
        middle = f"{_number(statistics.median(self.values))} {self.unit}".strip()
        if len(self.values) > 1:
            middle += f" ({_number(min(self.values))} – {_number(max(self.values))})"
        return f"{middle} {self.note}".strip()


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def machine() -> str:
    """The machine by what it is."""
    load = os.getloadavg()[0]
    system = f"{platform.system()} {platform.release().partition('-')[0]}, {platform.machine()}"
    return f"{system}, {os.cpu_count()} cores, Python {platform.python_version()}; load {load:.1f}"


def ratios(first: Sequence[float], second: Sequence[float]) -> tuple[float, ...]:
    """The first beside the second, pair by pair."""
    return tuple(a / b for a, b in zip(first, second, strict=True))


def in_turn(runs: int, *works: Callable[[], float]) -> list[list[float]]:
    """The milliseconds of each work, all of them run in turn so that a drift of the machine meets them alike.

    A first round reads cold files and is not counted.
    """
    rounds = [[work() * 1000 for work in works] for _ in range(runs + 1)]
    return [list(column) for column in zip(*rounds[1:], strict=True)]


def share(values: Sequence[float], percent: int) -> float:
    """The value that so many percent of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) * percent // 100, len(ordered) - 1)]


def table(figures: Sequence[Figure], sizes: Sequence[int]) -> str:
    """Markdown: a row a name, a column a size; what has no size stands in the first column of sizes."""
    rows: dict[str, dict[int, Figure]] = {}
    for figure in figures:
        rows.setdefault(figure.name, {})[figure.size] = figure
    head = ["what", "reach", *(f"{size:,}" for size in sizes)]
    lines = [head, ["---"] * len(head)]
    for name, found in rows.items():
        reach = next((figure.reach for figure in found.values() if figure.reach), "")
        cells = [found[size].cell if size in found else "" for size in sizes]
        if 0 in found:
            cells[0] = found[0].cell
        lines.append([name, reach, *cells])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
