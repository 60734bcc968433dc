"""How many articles, and how many unread, there are under each category, source, agency, day or month."""

from typing import Literal

from msgspec import Struct

from feeds.archive.conditions import condition_of
from feeds.archive.index import Index
from feeds.archive.query import Query

FacetKind = Literal["category", "source", "agency", "day", "month"]


class Facet(Struct, frozen=True):
    """One label with its counts. `path` has one part, a category's as many as it is deep."""

    path: tuple[str, ...]
    total: int
    unread: int


def facets_of(index: Index, query: Query | None, kind: FacetKind) -> list[Facet]:
    """The labels of a kind among the articles a query finds.

    Categories come as a whole tree, parents before children; days and months latest first; others by their number.
    """
    if query:
        condition = condition_of(query, index.connection)
        rows = index.connection.execute(
            "SELECT label.value, COUNT(*), SUM(a.unread) "  # noqa: S608 -- conditions' own words, with parameters
            f"FROM {condition.source} CROSS JOIN json_each(a.labels) j CROSS JOIN label ON label.id = j.value "
            f"WHERE {condition.where} AND label.kind = ? GROUP BY label.id",
            (*condition.parameters, kind),
        ).fetchall()
    else:
        rows = index.connection.execute(
            "SELECT value, total, unread FROM label WHERE kind = ? AND total > 0", (kind,)
        ).fetchall()
    if kind == "category":
        return _tree([Facet(tuple(value.split("/")), total, unread) for value, total, unread in rows])
    facets = [Facet((value,), total, unread) for value, total, unread in rows]
    if kind in ("day", "month"):
        return sorted(facets, key=lambda facet: facet.path, reverse=True)
    return sorted(facets, key=lambda facet: (-facet.total, facet.path))


def _tree(facets: list[Facet]) -> list[Facet]:
    """Parents before children, siblings by their number."""
    totals = {facet.path: facet.total for facet in facets}

    def place(facet: Facet) -> list[tuple[int, str]]:
        path = facet.path
        return [(-totals.get(path[: depth + 1], 0), path[depth]) for depth in range(len(path))]

    return sorted(facets, key=place)
