"""Conditions over the articles' own rows in the table `member`: those of hidden articles, and of each in a group.

Such a row has its labels, its text and its rows of other tables in itself, because no list finds it there.
"""

import json
import sqlite3
from collections.abc import Sequence

from feeds.archive.sqlite.conditions.clauses import Clauses
from feeds.archive.sqlite.conditions.condition import Clause, Condition, LeadingTable, all_of
from feeds.archive.sqlite.conditions.lookup import Lookup
from feeds.archive.sqlite.rowids import HIDDEN_BELOW
from feeds.archive.sqlite.rows.tables import ARTICLE_TABLES
from feeds.query import Query
from feeds.query.terms import LabelTerm, Node

_STATEMENT = next(table.names for table in ARTICLE_TABLES if table.name == "statement")
_UNIT, _AMOUNT = _STATEMENT.index("unit"), _STATEMENT.index("amount")
_MEMBERS = LeadingTable("member a", "a.at", articles=True)


class OwnRowClauses(Clauses, frozen=True):
    """Makes clauses over rows of `member`, which is `a`."""

    def _search(self, needle: str) -> Clause:
        return Clause("holds(a.text, ?)", (needle,), costly=True, of_article=True)

    def _label_clause(self, term: LabelTerm) -> Clause:
        numbers = json.dumps([number for number, _ in self.lookup.labels(term)])
        among = "SELECT 1 FROM json_each(a.labels) l WHERE l.value IN (SELECT value FROM json_each(?))"
        return Clause(f"EXISTS ({among})", (numbers,), of_article=True)

    def _due_between(self, first: int, last: int) -> Clause:
        days = "SELECT 1 FROM json_each(a.rows, '$.due') d WHERE json_extract(d.value, '$[0]') BETWEEN ? AND ?"
        return Clause(f"EXISTS ({days})", (first, last), of_article=True)

    def _with_amount(self, valued: Clause) -> Clause:
        columns = f"json_extract(s.value, '$[{_UNIT}]') AS unit, json_extract(s.value, '$[{_AMOUNT}]') AS amount"
        statements = f"(SELECT {columns} FROM json_each(a.rows, '$.statement') s) v"  # noqa: S608 -- our own words only
        return Clause(f"EXISTS (SELECT 1 FROM {statements} WHERE {valued.sql})", valued.values, of_article=True)  # noqa: S608 -- our own words only


def hidden_condition(nodes: Sequence[Node], connection: sqlite3.Connection) -> Condition:
    """The condition of a list of hidden articles in which these terms hold."""
    clauses = OwnRowClauses(Lookup(connection, least=0), _MEMBERS.at, few=True)
    hidden = Clause("a.leader < ?", (HIDDEN_BELOW,), of_article=True)
    return Condition(_MEMBERS, hidden, all_of(map(clauses.of, nodes)))


def ids_found(query: Query, names: Sequence[str], connection: sqlite3.Connection) -> set[str]:
    """The ids, among these, of the articles that a query finds by their own rows, whatever group they are in."""
    wanted, nodes = json.dumps(list(names)), query.root.nodes
    found: set[str] = set()
    of_article = Clauses(Lookup(connection), few=True)
    of_member = OwnRowClauses(Lookup(connection, least=0), few=True)
    for table, clauses in (("article", of_article), ("member", of_member)):
        asked = all_of(map(clauses.of, nodes))
        alone = " AND NOT EXISTS (SELECT 1 FROM member m WHERE m.at = a.at)" if table == "article" else ""
        rows = connection.execute(
            f"SELECT a.id FROM {table} a WHERE a.id IN (SELECT value FROM json_each(?)){alone} AND {asked.sql}",  # noqa: S608 -- our own words only
            (wanted, *asked.values),
        )
        found.update(str(name) for (name,) in rows)
    return found
