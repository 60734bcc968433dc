"""How many rows of the table of targets end in each year, half-year or month, or are of each agency."""

import json
from collections import Counter
from typing import TYPE_CHECKING

from feeds.archive.sqlite.conditions.condition import Value
from feeds.archive.sqlite.index import Index
from feeds.archive.sqlite.joined.target_rows import TargetRows
from feeds.archive.sqlite.joined.walks import Found
from feeds.archive.sqlite.rows.statements import LAST
from feeds.archive.sqlite.schema.tables import has_agency_counts
from feeds.query import Query

if TYPE_CHECKING:  # the engine's Protocol names them
    from feeds.targets import DueBy, DueCount

_SLICE = 20_000


def due_counts(index: Index, query: Query | None, by: "DueBy") -> "list[DueCount]":
    """The counts. Those of the whole archive are kept by triggers; under a filter the rows are counted."""
    from feeds.targets import LABELS, DueCount, in_count_order

    counts: Counter[tuple[str, int]] = Counter()
    labels_of = LABELS[by]
    totals = _totals_of_agencies(index, query) if by == "agency" else _totals(index, query)
    for day, agency, kind, total in totals:
        if total and day != LAST:
            for label in labels_of(day, () if agency == LAST else (agency,)):
                counts[label, kind] += total
    labels = {label for label, _kind in counts}
    return in_count_order([DueCount(label, counts[label, 0], counts[label, 1]) for label in labels], by)


def _totals(index: Index, query: Query | None) -> list[tuple[str, str, int, int]]:
    """(last day, agency, kind, number of rows)."""
    connection = index.connection
    if not (query and query.root.nodes):
        return connection.execute("SELECT day, agency, kind, total FROM due_count WHERE total > 0").fetchall()
    inside, values = _rows_asked_for(index, query)
    return connection.execute(
        f"SELECT ends, agency, kind, COUNT(*) FROM statement WHERE id IN ({inside}) GROUP BY 1, 2, 3",  # noqa: S608 -- our own words only
        values,
    ).fetchall()


def _totals_of_agencies(index: Index, query: Query | None) -> list[tuple[str, str, int, int]]:
    """(last day, agency, kind, number of rows), a row counted once for each of its agencies."""
    connection = index.connection
    whole = not (query and query.root.nodes)
    if whole and has_agency_counts(connection):
        others = connection.execute("SELECT day, agency, kind, total FROM due_other WHERE total > 0").fetchall()
        return _totals(index, query) + others
    inside, values = ("SELECT id FROM statement WHERE leads", ()) if whole else _rows_asked_for(index, query)
    totals = connection.execute(
        f"SELECT ends, agencies, kind, COUNT(*) FROM statement WHERE id IN ({inside}) GROUP BY 1, 2, 3",  # noqa: S608 -- our own words only
        values,
    )
    return [
        (day, agency, kind, total) for day, agencies, kind, total in totals for agency in json.loads(agencies) or [LAST]
    ]


def _rows_asked_for(index: Index, query: Query | None) -> tuple[str, tuple[Value, ...]]:
    """The statement that finds the numbers of the rows of a query, and its values."""
    order = TargetRows(index, query, "deadline").order(counted=True)
    if isinstance(order, Found):
        return order.text, order.values
    (walk,) = order
    inside = f"SELECT s.id FROM {walk.source} WHERE {walk.bound.sql} AND {walk.hit.sql}"  # noqa: S608 -- our own words only
    return inside, (*walk.bound.values, *walk.hit.values)
