"""One query against one index: the leader is chosen, the other terms are asked of its rows."""

import json
import sqlite3
from collections.abc import Sequence

from feeds.archive.sqlite.conditions.clauses import Clauses
from feeds.archive.sqlite.conditions.condition import ARTICLES, Clause, Condition, all_of
from feeds.archive.sqlite.conditions.leaders import Leader, leader_of
from feeds.archive.sqlite.conditions.lookup import Lookup
from feeds.archive.sqlite.conditions.words import leader_by_words
from feeds.query import Query
from feeds.query.terms import Dates, Has, Is, LabelTerm, Node


def condition_of(query: Query | None, connection: sqlite3.Connection, kept: Sequence[int] = ()) -> Condition:
    """A query as the FROM and WHERE of a list over this index; the rows of `kept` stay whatever their flags become.

    The terms must all hold. The rarest of them leads; where none is known to be rare, words do.
    """
    return condition_and_rows(query, connection, kept)[0]


def condition_and_rows(
    query: Query | None, connection: sqlite3.Connection, kept: Sequence[int] = ()
) -> tuple[Condition, int]:
    """The condition, and the number of rows of its leader: few and one stand for any number above."""
    nodes = query.root.nodes if query else ()
    if Is("hidden") in nodes:
        from feeds.archive.sqlite.conditions.own_rows import hidden_condition  # few lists need it

        return hidden_condition(nodes, connection), 0
    lookup = Lookup(connection)
    leaders = [leader_by_words(nodes, lookup), *(leader_of(node, lookup, kept) for node in nodes)]
    walk = Leader(lookup.few + 1, ARTICLES)
    best = min(filter(None, leaders), key=lambda leader: leader.rows, default=walk)
    clauses = Clauses(lookup, best.source.at, few=best.rows <= lookup.few)
    dates = [clauses.of(node) for node in nodes if isinstance(node, Dates)]
    asked = [node for node in nodes if not isinstance(node, Dates) and node not in best.answered]
    lead = all_of([best.bound, *dates])
    rest = _or_kept(all_of(map(clauses.of, asked)), best.source.at, kept)
    counted, unread = _label_of_count(nodes, lookup)
    return Condition(best.source, lead, rest, counted, unread), best.rows


def _or_kept(rest: Clause, at: str, kept: Sequence[int]) -> Clause:
    """The clause that a row fulfils, or it is a kept row. The plus keeps SQLite from sorting two indexes."""
    if not kept or rest.always:
        return rest
    stays = f"({rest.sql} OR +{at} IN (SELECT value FROM json_each(?)))"  # noqa: S608 -- a column of ours
    return Clause(stays, (*rest.values, json.dumps(kept)), costly=rest.costly, of_article=rest.of_article)


def _label_of_count(nodes: tuple[Node, ...], lookup: Lookup) -> tuple[int | None, bool]:
    """The label whose maintained count is that of the list, and whether that of its unread ones is meant."""
    unread = Is("unread") in nodes
    rest = tuple(node for node in nodes if node != Is("unread"))
    match rest:
        case ():
            labels = lookup.label("all", "")
        case (LabelTerm() as term,):
            labels = lookup.labels(term)
        case (Has(part=part),) | (Is(state=("plan" as part)),):
            labels = lookup.label("has", part)
        case _:
            labels = []
    return (labels[0][0] if len(labels) == 1 else None), unread
