"""The terms of a filter that choose the rows of a joined table themselves, as clauses over a row."""

import json

from feeds.archive.sqlite.conditions.clauses import value_clause
from feeds.archive.sqlite.conditions.condition import Clause, any_of
from feeds.archive.sqlite.conditions.lookup import Lookup
from feeds.archive.sqlite.rows.values import text_of_words
from feeds.archive.sqlite.schema.connection import Connection
from feeds.query.terms import Amount, Due, LabelTerm, Node

_AMONG = "IN (SELECT value FROM json_each(?))"
_WRITTEN = 4  # agencies: so many are sought in the text of the list, which takes less time than to read it


def chooses_statements(node: Node) -> bool:
    """Whether an outermost term chooses statements. In an article that has one, only these are listed."""
    return isinstance(node, Due | Amount) or (
        isinstance(node, LabelTerm) and node.field in ("indicator", "unit", "document")
    )


def chooses_documents(node: Node) -> bool:
    """Whether an outermost term chooses documents. In an article about one, only this is listed."""
    return isinstance(node, LabelTerm) and node.field == "document"


def statement_clause(term: Node, name: str, connection: Connection) -> Clause:
    """A term as a clause over the statement with the alias `name`."""
    match term:
        case Due(first=first, last=last):
            ends = (first.isoformat() if first else "", last.isoformat() if last else "9999-99-99")
            return Clause(f"{name}.ends BETWEEN ? AND ?", ends)
        case Amount():
            return value_clause(term, name)
        case LabelTerm(field="document"):
            return _document_clause(term, f"{name}.doc", connection)
        case LabelTerm(field="indicator"):
            indicators = json.dumps(Lookup(connection).values(term))
            return Clause(f"({name}.kind = 0 AND coalesce({name}.folded, {name}.indicator) {_AMONG})", (indicators,))
        case LabelTerm():
            units = json.dumps(Lookup(connection).values(term))
            return Clause(f"({name}.unit {_AMONG} OR {name}.printed {_AMONG})", (units, units))
    raise TypeError(term)


def agency_clause(term: Node, name: str, connection: Connection) -> Clause:
    """That one of the agencies of the statement with the alias `name` is one that a term means, or that it has none."""
    if not isinstance(term, LabelTerm):
        return Clause(f"{name}.agencies = ?", (text_of_words([]),))
    agencies = Lookup(connection).values(term)
    if 0 < len(agencies) <= _WRITTEN:
        return any_of(Clause(f"instr({name}.agencies, ?)", (text_of_words([agency])[1:-1],)) for agency in agencies)
    among = f"SELECT 1 FROM json_each({name}.agencies) WHERE value {_AMONG}"  # noqa: S608 -- a column of ours
    return Clause(f"EXISTS ({among})", (json.dumps(agencies),))


def document_clause(term: Node, name: str, connection: Connection) -> Clause:
    """A term as a clause over the document with the alias `name`."""
    if isinstance(term, LabelTerm):
        return _document_clause(term, f"{name}.id", connection)
    raise TypeError(term)


def _document_clause(term: LabelTerm, column: str, connection: Connection) -> Clause:
    """That a column has the number of a document with one of the titles that a name means."""
    titles = json.dumps(Lookup(connection).values(term))
    return Clause(f"{column} IN (SELECT doc FROM mention WHERE key {_AMONG})", (titles,))  # noqa: S608 -- a column of ours
