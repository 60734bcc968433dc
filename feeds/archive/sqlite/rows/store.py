"""The row store: the only writer of `article` and of all tables that have rows of an article (see `tables`).

The index puts articles through it, and so do the groups of duplicates. Everything runs in the caller's transaction.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from feeds.archive.sqlite.joined.joins import Joins
from feeds.archive.sqlite.label_numbers import LabelNumbers
from feeds.archive.sqlite.labels import LED
from feeds.archive.sqlite.rows import tables
from feeds.archive.sqlite.rows.tables import TableRows
from feeds.archive.sqlite.rows.texts import SearchTexts
from feeds.archive.sqlite.schema.connection import Connection

Columns = dict[str, Any]
"""A row of `article` or `member` by the names of its columns."""


class RowStore:
    """The rows of articles in one index. `touch` gets the rowid of each row that changes."""

    def __init__(self, connection: Connection, touch: Callable[[int], object]) -> None:
        self._connection = connection
        self._execute = connection.execute
        self.texts = SearchTexts(connection)
        self.labels = LabelNumbers(connection)
        self.joins = Joins(connection)
        self.touch = touch

    def row(self, table: str, at: int) -> Columns | None:
        """A row of `article` or `member`; None if the row is missing."""
        cursor = self._execute(f"SELECT * FROM {table} WHERE at = ?", (at,))  # noqa: S608 -- our own tables
        found = cursor.fetchone()
        return dict(zip((column[0] for column in cursor.description), found, strict=True)) if found else None

    def insert_many(self, table: str, rows: Sequence[Columns]) -> None:
        """Insert rows into `article` or `member`, all with the same columns, without their rows in other tables."""
        names = rows[0]
        marks = ", ".join("?" * len(names))
        self._connection.executemany(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})",  # noqa: S608 -- the table's columns
            [tuple(row.values()) for row in rows],
        )

    def put(self, row: Columns, rows: TableRows, led: Iterable[int] | None = None) -> None:
        """Insert an article's row, with its rows in all tables. `led` are its labels of the kinds in `LED`."""
        self.put_many([(row, rows, self.labels_of(row["labels"], LED) if led is None else led)])

    def put_many(self, articles: Sequence[tuple[Columns, TableRows, Iterable[int]]]) -> None:
        """Insert articles' rows, with their rows in all tables: the row, the other rows, the labels of `LED`."""
        for row, _, _ in articles:
            self.touch(row["at"])
        self.insert_many("article", [row for row, _, _ in articles])
        self.labels.count((json.loads(row["labels"]), row["unread"]) for row, _, _ in articles)
        self._add_tags(sorted((number, row["at"]) for row, _, led in articles for number in led))
        for table in tables.ARTICLE_TABLES:
            wanted = [
                one for row, rows, _ in articles for one in table.with_numbers(rows.get(table.name, ()), row["at"])
            ]
            if wanted:
                self._connection.executemany(table.insertion, wanted)
        for _, rows, _ in articles:
            self.joins.note_new(rows)

    def rows_of(self, at: int) -> TableRows:
        """An article's rows in all tables, without its rowid."""
        found: TableRows = {}
        for table in tables.ARTICLE_TABLES:
            text = f"SELECT {', '.join(table.names)} FROM {table.name} WHERE {table.of_article} ORDER BY {table.order}"  # noqa: S608 -- our own tables
            rows = self._execute(text, table.bounds(at)).fetchall()
            if rows:
                found[table.name] = rows
        return found

    def remove(self, at: int, labels: str) -> None:
        """Remove an article's row, with its rows in all tables. Its text stays."""
        self.remove_labels(at, json.loads(labels))
        self.joins.note_gone(at)
        for table in tables.ARTICLE_TABLES:
            self._execute(f"DELETE FROM {table.name} WHERE {table.of_article}", table.bounds(at))  # noqa: S608 -- our own tables
        self._execute("DELETE FROM article WHERE at = ?", (at,))

    def replace(self, row: Columns, rows: TableRows, packed: bytes) -> None:
        """Make this the article's row, with these rows in all tables and this text. Without a change, do nothing."""
        at = row["at"]
        old = self.row("article", at)
        if old is None:
            self.texts.add(at, packed)
        else:
            self.texts.replace(at, packed)
            if old == row:
                return
            self.remove(at, old["labels"])
        self.put(row, rows)

    def hide(self, at: int, *, text_too: bool = True) -> None:
        """Remove an article from every list and count. With `text_too` also remove its text from the search."""
        row = self.row("article", at)
        if row is not None:
            self.touch(at)
            self.remove(at, row["labels"])
            if text_too:
                self.texts.remove(at)

    # -- labels

    def labels_of(self, labels: str, kinds: Sequence[str]) -> list[int]:
        """The numbers of an article's labels of some kinds, in their order."""
        marks = ", ".join("?" * len(kinds))
        rows = self._execute(
            f"SELECT j.value FROM json_each(?) j JOIN label ON label.id = j.value WHERE kind IN ({marks}) "  # noqa: S608 -- question marks
            "ORDER BY j.key",
            (labels, *kinds),
        )
        return [row[0] for row in rows]

    def add_labels(self, at: int, numbers: Iterable[int]) -> None:
        """Let lists of these labels find an article."""
        self._add_tags([(number, at) for number in numbers])

    def _add_tags(self, pairs: Sequence[tuple[int, int]]) -> None:
        self._connection.executemany("INSERT INTO tagged VALUES (?, ?)", pairs)

    def remove_labels(self, at: int, numbers: Iterable[int]) -> None:
        """Let lists of these labels no longer find an article."""
        pairs = [(number, at) for number in numbers]
        self._connection.executemany("DELETE FROM tagged WHERE label = ? AND at = ?", pairs)
