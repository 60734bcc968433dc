"""Which rows could lead a list: those of a label, of a state or of a number, where they are in time order or few."""

import json
from collections.abc import Sequence

from msgspec import Struct

from feeds.archive.sqlite.conditions.clauses import STATES, days_of, seconds_between, value_clause
from feeds.archive.sqlite.conditions.condition import ARTICLES, EVERY, Clause, LeadingTable, Value
from feeds.archive.sqlite.conditions.lookup import Lookup
from feeds.archive.sqlite.rowids import ARTICLE_OF
from feeds.query.terms import Amount, Due, Edited, Groups, Has, Is, LabelTerm, Node, Seen


class Leader(Struct, frozen=True):
    """A way to read the list. `rows` is their number, of which no more than a few and one were counted."""

    rows: int
    source: LeadingTable
    bound: Clause = EVERY
    answered: tuple[Node, ...] = ()
    """The terms that these rows fulfil already."""


def leader_of(node: Node, lookup: Lookup, kept: Sequence[int]) -> Leader | None:
    """The rows in which a term holds, where they are at hand in time order, or few."""
    match node:
        case LabelTerm():
            return _leader_by_labels(node, lookup.labels(node), lookup)
        case Has(part="agency"):
            return None  # no label counts the articles that name one
        case Has(part=part) | Is(state=("plan" as part)):
            return _leader_by_labels(node, lookup.label("has", part), lookup)
        case Is(state=("starred" | "unread" | "changed") as state):
            return _leader_by_state(node, STATES[state], lookup, kept)
        case _:
            rows = _rows_of(node)
            return _few_by(node, *rows, lookup) if rows else None


def _rows_of(node: Node) -> tuple[str, Sequence[Value]] | None:
    """The rows of a term that compares numbers, with the values of their question marks."""
    match node:
        case Due(first=first, last=last):
            return "due WHERE day BETWEEN ? AND ?", days_of(first, last)
        case Seen(first=first, last=last):
            return "article WHERE seen BETWEEN ? AND ?", seconds_between(first, last)
        case Edited(first=first, last=last):
            return "article WHERE changed > 0 AND changed BETWEEN ? AND ?", seconds_between(first, last)
        case Amount():
            valued = value_clause(node, "v")
            found = f"(SELECT {ARTICLE_OF.format(number='v.id')} AS at FROM statement v WHERE {valued.sql})"  # noqa: S608 -- our own words only
            return found, valued.values
        case Groups(comparison=sign, number=number) if number > 0 and sign in (">", ">=", "="):
            return f"article WHERE groups > 0 AND groups {sign} ?", [number]
    return None


def _leader_by_state(node: Node, asked: Clause, lookup: Lookup, kept: Sequence[int]) -> Leader | None:
    """The few rows in a state, with those that are kept though they left it."""
    rows = lookup.count(f"article a WHERE {asked.sql}")
    if rows > lookup.few:
        return None
    if not kept:
        return Leader(rows, ARTICLES, asked, (node,))
    union = f"(SELECT at FROM article a WHERE {asked.sql} UNION SELECT value FROM json_each(?)) d"  # noqa: S608 -- our own words only
    return Leader(rows, LeadingTable(union, "d.at", (json.dumps(kept),), unordered=True), answered=(node,))


def _leader_by_labels(term: Node, labels: list[tuple[int, int]], lookup: Lookup) -> Leader | None:
    """The rows of one label, or those of several where they are few."""
    if len(labels) == 1:
        ((number, total),) = labels
        return Leader(total, LeadingTable("tagged d", "d.at"), Clause("d.label = ?", (number,)), (term,))
    numbers = json.dumps([number for number, _ in labels])
    return _few_by(term, "tagged WHERE label IN (SELECT value FROM json_each(?))", [numbers], lookup)


def _few_by(node: Node, rows: str, values: Sequence[Value], lookup: Lookup) -> Leader | None:
    """Rows that are not in time order lead where they are few."""
    if (count := lookup.count(rows, values)) > lookup.few:
        return None
    found = f"(SELECT DISTINCT at FROM {rows}) d"  # noqa: S608 -- our own words only
    return Leader(count, LeadingTable(found, "d.at", tuple(values), unordered=True), answered=(node,))
