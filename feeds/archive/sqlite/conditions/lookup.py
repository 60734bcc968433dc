"""Questions to the index before a list is read: labels by name, and whether rows are few."""

import sqlite3
from collections.abc import Iterable

from feeds.archive.sqlite.conditions.condition import Value
from feeds.folding import folded_text
from feeds.query.fields import Field, field_named
from feeds.query.terms import LabelTerm

KEPT_PLAIN = ("indicator", "unit", "document")
"""The kinds of label that are kept in the form in which they are compared. There may be a label for each article."""
FEW = 2000  # rows: what has fewer leads; more of anything is not counted


class Lookup:
    """One index, asked at one moment. `whole`: every text is in the full-text list."""

    def __init__(self, connection: sqlite3.Connection, *, least: int = 1) -> None:
        """`least` is the number of listed articles that a label must have to be found."""
        self.connection = connection
        self.least = least
        self.whole = connection.execute("SELECT 1 FROM todo LIMIT 1").fetchone() is None

    @property
    def few(self) -> int:
        """The number of rows up to which rows are few."""
        return FEW

    @property
    def articles(self) -> int:
        """The number of articles that are listed."""
        return sum(total for _number, total in self.label("all", ""))

    def count(self, rows: str, values: Iterable[Value] = (), most: int = FEW) -> int:
        """How many rows there are, counted no further than to know that they are more than `most`."""
        found = self.connection.execute(f"SELECT COUNT(*) FROM (SELECT 1 FROM {rows} LIMIT {most + 1})", tuple(values))  # noqa: S608 -- our own words only
        return int(found.fetchone()[0])

    def label(self, kind: str, value: str) -> list[tuple[int, int]]:
        """(label, articles) of one label, none where no article has it."""
        return self.connection.execute(
            "SELECT id, total FROM label WHERE kind = ? AND value = ?", (kind, value)
        ).fetchall()

    def labels(self, term: LabelTerm) -> list[tuple[int, int]]:
        """(label, articles) of all that a name means: a path or levels of one; a name, else a part of one."""
        field = field_named(term.field)
        if field is None:
            return []
        if field.kind in KEPT_PLAIN:
            return [(number, total) for number, _value, total in self._plain_labels(term)]
        return [(number, total) for number, _value, total in self._named_labels(field, term.value)]

    def values(self, term: LabelTerm) -> list[str]:
        """The values of the labels that a name means."""
        field = field_named(term.field)
        if field is None:
            return []
        found = self._plain_labels(term) if field.kind in KEPT_PLAIN else self._named_labels(field, term.value)
        return [value for _number, value, _total in found]

    def _named_labels(self, field: Field, name: str) -> list[tuple[int, str, int]]:
        """(label, value, articles) of all that a name means."""
        rows: list[tuple[int, str, int]] = self.connection.execute(
            "SELECT id, value, total FROM label WHERE kind = ? AND total >= ?", (field.kind, self.least)
        ).fetchall()
        wanted = folded_text(name).strip("/")
        if field.in_levels:
            ending = "/" + wanted
            return [row for row in rows if ("/" + folded_text(row[1])).endswith(ending)]
        named = [(row, [folded_text(other) for other in field.names(row[1])]) for row in rows]
        exact = [row for row, names in named if wanted in names]
        return exact or [row for row, names in named if any(wanted in other for other in names)]

    def _plain_labels(self, term: LabelTerm) -> list[tuple[int, str, int]]:
        """(label, value, articles) of all that a name means: the name, else a part of one. SQL compares them."""
        from feeds.archive.sqlite.rows.plan_labels import form_of  # few filters need it

        field = field_named(term.field)
        wanted = form_of(term.field, term.value)
        find = "SELECT id, value, total FROM label WHERE kind = ? AND {} AND total >= ?"
        exact: list[tuple[int, str, int]] = []
        if field is not None and not field.in_part:
            exact = self.connection.execute(find.format("value = ?"), (term.field, wanted, self.least)).fetchall()
        return (
            exact
            or self.connection.execute(find.format("instr(value, ?)"), (term.field, wanted, self.least)).fetchall()
        )
