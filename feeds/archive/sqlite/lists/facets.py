"""How many articles, and how many unread, there are under each category, source, agency, tag, day or month.

The index maintains these counts for all articles. Under a filter the newest articles are looked at, up to a limit. The
counts say whether these were all.
"""

import json
from collections import Counter

from msgspec import Struct

from feeds.archive.sqlite.conditions import condition_of
from feeds.archive.sqlite.conditions.lookup import KEPT_PLAIN
from feeds.archive.sqlite.index import Index
from feeds.query import FacetKind, Query
from feeds.query.results import Facet

_SLICE = 1000
_MOST_PLAIN = 2000  # labels of a kind of which each article may have its own: the commonest
_TEXTS, _ROWS = 20_000, 200_000  # rows looked at, about half a second: of which the text is read or not


class Tally(Struct, frozen=True):
    """The labels of a query's articles with their counts, for all kinds of facet."""

    query: Query
    change_count: int
    totals: Counter[int]
    unread: Counter[int]
    exact: bool


def tally_of(index: Index, query: Query) -> Tally:
    """Count the labels of the articles a query finds, of the newest only where there are many."""
    condition = condition_of(query, index.connection)
    totals: Counter[int] = Counter()
    unread: Counter[int] = Counter()
    bound: int | None = None
    limit = _TEXTS if condition.costly else _ROWS
    for _ in range(limit // _SLICE):
        text, values = condition.slice(bound, _SLICE, "at, hit, labels, unread", "a.labels, a.unread")
        rows = index.connection.execute(text, values).fetchall()
        for _at, hit, labels, new in rows:
            if hit:
                numbers = json.loads(labels)
                totals.update(numbers)
                if new:
                    unread.update(numbers)
        if len(rows) < _SLICE:
            return Tally(query, index.change_count, totals, unread, exact=True)
        bound = rows[-1][0]
    return Tally(query, index.change_count, totals, unread, exact=False)


def facets_of(index: Index, tally: Tally | None, kind: FacetKind) -> list[Facet]:
    """The labels of a kind among the articles of a tally, or of all.

    Categories come as a whole tree, parents before children; days and months latest first; others by their number.
    """
    rows = index.connection.execute(
        "SELECT id, value, total, unread FROM label WHERE kind = ? AND total > 0 "
        "ORDER BY CASE WHEN ? THEN -total END LIMIT ?",
        (kind, kind in KEPT_PLAIN, _MOST_PLAIN if kind in KEPT_PLAIN else -1),
    ).fetchall()
    if tally:
        rows = [(number, value, tally.totals[number], tally.unread[number]) for number, value, _, _ in rows]
    exact = tally is None or tally.exact
    facets = [
        Facet(tuple(value.split("/")) if kind == "category" else (value,), total, unread, exact)
        for _, value, total, unread in rows
        if total
    ]
    if kind == "category":
        return _tree(facets)
    if kind in ("day", "month"):
        return sorted(facets, key=lambda facet: facet.path, reverse=True)
    return sorted(facets, key=lambda facet: (-facet.total, facet.path))


def unread_in(index: Index) -> int:
    """The number of unread articles."""
    row = index.connection.execute("SELECT unread FROM label WHERE kind = 'all'").fetchone()
    return int(row[0]) if row else 0


def _tree(facets: list[Facet]) -> list[Facet]:
    """Parents before children, siblings by their number."""
    totals = {facet.path: facet.total for facet in facets}

    def place(facet: Facet) -> list[tuple[int, str]]:
        path = facet.path
        return [(-totals.get(path[: depth + 1], 0), path[depth]) for depth in range(len(path))]

    return sorted(facets, key=place)
