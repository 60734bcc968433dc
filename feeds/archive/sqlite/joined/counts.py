"""How many rows of the table of targets end in each year, half-year or month, or are of each agency."""

from collections import Counter
from typing import TYPE_CHECKING

from feeds.archive.sqlite.index import Index
from feeds.archive.sqlite.joined.target_rows import TargetRows
from feeds.archive.sqlite.joined.walks import Found
from feeds.query import Query

if TYPE_CHECKING:  # the engine's Protocol names them
    from feeds.targets import DueBy, DueCount

_SLICE = 20_000


def due_counts(index: Index, query: Query | None, by: "DueBy") -> "list[DueCount]":
    """The counts. Those of the whole archive are kept by triggers; under a filter the rows are counted."""
    from feeds.archive.sqlite.rows.statements import LAST
    from feeds.targets import LABELS, DueCount, in_count_order

    counts: Counter[tuple[str, int]] = Counter()
    label_of = LABELS[by]
    for day, agency, kind, total in _totals(index, query):
        if total and day != LAST:
            counts[label_of(day, "" if agency == LAST else agency), kind] += total
    labels = {label for label, _kind in counts}
    return in_count_order([DueCount(label, counts[label, 0], counts[label, 1]) for label in labels], by)


def _totals(index: Index, query: Query | None) -> list[tuple[str, str, int, int]]:
    """(last day, agency, kind, number of rows)."""
    connection = index.connection
    if not (query and query.root.nodes):
        return connection.execute("SELECT day, agency, kind, total FROM due_count WHERE total > 0").fetchall()
    order = TargetRows(index, query, "deadline").order(counted=True)
    if isinstance(order, Found):
        inside = order.text
        values = order.values
    else:
        (walk,) = order
        inside = f"SELECT s.id FROM {walk.source} WHERE {walk.bound.sql} AND {walk.hit.sql}"  # noqa: S608 -- our own words only
        values = (*walk.bound.values, *walk.hit.values)
    return connection.execute(
        f"SELECT ends, agency, kind, COUNT(*) FROM statement WHERE id IN ({inside}) GROUP BY 1, 2, 3",  # noqa: S608 -- our own words only
        values,
    ).fetchall()
