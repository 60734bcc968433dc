"""Which of some articles a list has: the watches ask it of the articles that were just stored."""

import json
from collections.abc import Iterable

from feeds.archive.engine import FoundArticle
from feeds.archive.sqlite.conditions.clauses import Clauses
from feeds.archive.sqlite.conditions.condition import all_of
from feeds.archive.sqlite.conditions.lookup import Lookup
from feeds.archive.sqlite.index import Index
from feeds.query.terms import Node


def articles_among(index: Index, nodes: Iterable[Node], names: Iterable[str]) -> list[FoundArticle]:
    """The articles with these ids for which all nodes hold. A copy is found, and unread, where the row of its group is.

    The ids lead, so only the texts of these articles are read, however many articles there are.
    """
    rows = index.connection.execute(
        "SELECT id, at, seen, changed, unread FROM article WHERE id IN (SELECT value FROM json_each(:ids)) UNION ALL "
        "SELECT m.id, m.leader, m.seen, m.changed, a.unread FROM member m JOIN article a ON a.at = m.leader "
        "WHERE m.at <> m.leader AND m.id IN (SELECT value FROM json_each(:ids))",
        {"ids": json.dumps(list(names))},
    ).fetchall()
    places = json.dumps([at for _name, at, *_rest in rows])
    clause = all_of(map(Clauses(Lookup(index.connection), few=True).of, nodes))
    asked = f"SELECT a.at FROM article a WHERE a.at IN (SELECT value FROM json_each(?)) AND {clause.sql}"  # noqa: S608 -- our own words only
    found = {at for (at,) in index.connection.execute(asked, (places, *clause.values)).fetchall()}
    return [FoundArticle(name, seen, changed, bool(unread)) for name, at, seen, changed, unread in rows if at in found]
