"""Rows of a joined table in an order, read in slices along an index, or all at once where they are few."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from feeds.archive.sqlite.conditions.condition import EVERY, Clause, Value
from feeds.archive.sqlite.schema.connection import Connection

Keys = tuple[Any, ...]


class TableWalk(Struct, frozen=True):
    """Rows of a table by the columns `keys`, of which the last is the row's number.

    An index must have these columns, so that no slice is sorted. `bound` must hold in every row that is looked at and
    is asked while the index is read; `hit` is asked of each row after that.
    """

    source: str
    keys: tuple[str, ...]
    bound: Clause = EVERY
    hit: Clause = EVERY

    def read(self, connection: Connection, after: Keys | None, size: int) -> list[Keys]:
        """Look at up to `size` rows behind the keys `after`: the keys of each, and whether it is a hit."""
        if after is None:
            return self._read(connection, EVERY, size)
        rows: list[Keys] = []
        # SQLite uses an index for equal columns and then one comparison, not for a comparison of rows.
        for depth in range(len(self.keys), 0, -1):
            if len(rows) < size:
                parts = [f"{key} = ?" for key in self.keys[: depth - 1]] + [f"{self.keys[depth - 1]} > ?"]
                rows += self._read(connection, Clause(" AND ".join(parts), after[:depth]), size - len(rows))
        return rows

    def _read(self, connection: Connection, behind: Clause, size: int) -> list[Keys]:
        order = ", ".join(self.keys)
        text = (
            f"SELECT {', '.join(self.keys)}, {self.hit.sql} FROM {self.source} "  # noqa: S608 -- our own words only
            f"WHERE {self.bound.sql} AND {behind.sql} ORDER BY {order} LIMIT ?"
        )
        values = (*self.hit.values, *self.bound.values, *behind.values, size)
        return connection.execute(text, values).fetchall()


class Found(Struct, frozen=True):
    """A statement that finds the numbers of all rows at once, in their order."""

    text: str
    values: tuple[Value, ...]

    def read(self, connection: Connection) -> list[int]:
        """The numbers of all rows."""
        return [row[0] for row in connection.execute(self.text, self.values)]


Order = Found | Sequence[TableWalk]
"""All rows: at once, or walks one behind the other."""
