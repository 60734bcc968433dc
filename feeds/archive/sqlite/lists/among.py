"""Which of some articles a list has: the watches ask it of the articles that were just stored."""

import json
from collections.abc import Iterable

from feeds.archive.engine import FoundArticle
from feeds.archive.sqlite.index import Index
from feeds.archive.sqlite.lists.selection import Selection


def articles_among(index: Index, selection: Selection, names: Iterable[str]) -> list[FoundArticle]:
    """The articles with these ids that are selected. A copy is selected, and unread, where the row of its group is."""
    rows = index.connection.execute(
        "SELECT id, at, seen, changed, unread FROM article WHERE id IN (SELECT value FROM json_each(:ids)) UNION ALL "
        "SELECT m.id, m.leader, m.seen, m.changed, a.unread FROM member m JOIN article a ON a.at = m.leader "
        "WHERE m.at <> m.leader AND m.id IN (SELECT value FROM json_each(:ids))",
        {"ids": json.dumps(list(names))},
    ).fetchall()
    places = json.dumps([at for _name, at, *_rest in rows])
    within = f"AND {selection.at} IN (SELECT value FROM json_each(?))"  # noqa: S608 -- a column of ours
    found = {at for (at,) in selection.select(selection.at, within, (places,))}
    return [FoundArticle(name, seen, changed, bool(unread)) for name, at, seen, changed, unread in rows if at in found]
