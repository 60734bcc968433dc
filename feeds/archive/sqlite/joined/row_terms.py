"""The terms of a filter that choose the rows of the table of targets, as clauses over a statement."""

from feeds.archive.sqlite.conditions.condition import Clause
from feeds.archive.sqlite.schema.connection import Connection
from feeds.query.terms import Due, Node

ROW_TERMS: tuple[type[Node], ...] = (Due,)
"""Outermost terms of these types choose statements. In an article that has one, only these are listed."""


def row_clause(term: Node, name: str, _connection: Connection) -> Clause:
    """A term as a clause over the statement that the statement's alias `name` stands for."""
    match term:
        case Due(first=first, last=last):
            ends = (first.isoformat() if first else "", last.isoformat() if last else "9999-99-99")
            return Clause(f"{name}.ends BETWEEN ? AND ?", ends)
    raise TypeError(term)
