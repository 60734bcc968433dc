"""How many rows of the table of targets end in each year, half-year or month, or are of each agency."""

import json
from collections import Counter
from typing import TYPE_CHECKING

from feeds.archive.sqlite.index import Index
from feeds.archive.sqlite.joined.target_rows import TargetRows
from feeds.archive.sqlite.rows.statements import LAST
from feeds.query import Query

if TYPE_CHECKING:  # the engine's Protocol names them
    from feeds.targets import DueBy, DueCount


def due_counts(index: Index, query: Query | None, by: "DueBy") -> "list[DueCount]":
    """The counts. Those of the whole archive are kept by triggers; under a filter the rows are counted."""
    from feeds.targets import LABELS, DueCount, in_count_order

    counts: Counter[tuple[str, int]] = Counter()
    labels_of = LABELS[by]
    totals = _totals_of_agencies(index, query) if by == "agency" else _totals(index, query)
    for day, agency, kind, total in totals:
        if total and day != LAST:
            for label in labels_of(day, ("" if agency == LAST else agency,)):
                counts[label, kind] += total
    labels = {label for label, _kind in counts}
    return in_count_order([DueCount(label, counts[label, 0], counts[label, 1]) for label in labels], by)


def _totals(index: Index, query: Query | None) -> list[tuple[str, str, int, int]]:
    """(last day, agency, kind, number of rows)."""
    connection = index.connection
    if not (query and query.root.nodes):
        return connection.execute("SELECT day, agency, kind, total FROM due_count WHERE total > 0").fetchall()
    inside = TargetRows(index, query, "deadline").rows()
    return connection.execute(
        f"SELECT ends, agency, kind, COUNT(*) FROM statement WHERE id IN ({inside.text}) GROUP BY 1, 2, 3",  # noqa: S608 -- our own words only
        inside.values,
    ).fetchall()


def _totals_of_agencies(index: Index, query: Query | None) -> list[tuple[str, str, int, int]]:
    """(last day, agency, kind, number of rows), a row counted once for each agency of any of its statements."""
    connection = index.connection
    if not (query and query.root.nodes):
        others = connection.execute("SELECT day, agency, kind, total FROM due_other WHERE total > 0").fetchall()
        return _totals(index, query) + others + _of_other_statements(index)
    inside = TargetRows(index, query, "deadline").statements()
    stated = connection.execute(
        "SELECT ends, kind, json_group_array(agencies) FROM "  # noqa: S608 -- our own words only
        f"(SELECT ends, kind, agencies, coalesce(row, -id) AS one FROM statement WHERE id IN ({inside.text})) "
        "GROUP BY one",
        inside.values,
    )
    return [(day, agency, kind, 1) for day, kind, lists in stated for agency in _agencies_in(json.loads(lists))]


def _of_other_statements(index: Index) -> list[tuple[str, str, int, int]]:
    """The agencies that only statements name which do not stand for their row; the kept counts have the others."""
    found = index.connection.execute(
        "SELECT ends, kind, json_group_array(agencies), max(CASE WHEN leads THEN agencies ELSE '' END) "
        "FROM statement INDEXED BY statement_row "
        "WHERE row IN (SELECT row FROM statement INDEXED BY statement_following WHERE leads = 0) "
        "GROUP BY row HAVING min(agencies) <> max(agencies) AND max(leads)"
    )
    return [
        (day, agency, kind, 1)
        for day, kind, lists, standing in found
        for agency in _agencies_in(json.loads(lists)) - _agencies_in([standing])
    ]


def _agencies_in(lists: list[str]) -> set[str]:
    """The agencies of lists that are written as JSON; LAST stands for an empty list."""
    return {agency for text in lists for agency in json.loads(text) or [LAST]}
