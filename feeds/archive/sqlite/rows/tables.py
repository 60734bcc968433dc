"""The tables that have rows of each article, beside its row in `article`. Each is one value in `ARTICLE_TABLES`.

A new table for an article is added here and nowhere else. The schema creates it, the row store writes and removes its
rows, and an article that is in a duplicate group gets its rows back when it leaves the group: meanwhile `member` keeps
them as JSON. So a value in a row is a number, a text or None. Each table has the column `at`, the article's rowid, as
its last column. `VERSION` of the schema must be raised with each change.
"""

from collections.abc import Callable, Iterable

from msgspec import Struct

from feeds.archive.records import Record, days_due

Value = int | float | str | None
TableRows = dict[str, list[tuple[Value, ...]]]
"""The rows of one article without their rowid, by the name of the table."""


class ArticleTable(Struct, frozen=True):
    """A table with rows of articles. `rows_of` makes an article's rows, without the rowid.

    `columns` are the definitions of all columns but the rowid; `key` are the columns of the primary key.
    """

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    rows_of: Callable[[Record], Iterable[tuple[Value, ...]]]

    @property
    def schema(self) -> tuple[str, ...]:
        """The statements that create the table and the index by which an article's rows are found."""
        columns = ", ".join((*self.columns, "at INTEGER NOT NULL", f"PRIMARY KEY ({', '.join(self.key)})"))
        others = ", ".join(name for name in self.names if name != "at")
        return (
            f"CREATE TABLE {self.name} ({columns}) WITHOUT ROWID",
            f"CREATE INDEX {self.name}_at ON {self.name} (at, {others})",
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, the rowid last."""
        return (*(column.split(" ", 1)[0] for column in self.columns), "at")


def _due_rows(record: Record) -> list[tuple[Value, ...]]:
    return [(day,) for day in sorted({day.toordinal() for day in days_due(record.plan)})]


ARTICLE_TABLES = (ArticleTable("due", ("day INTEGER NOT NULL",), ("day", "at"), _due_rows),)


def table_rows_of(record: Record) -> TableRows:
    """The rows of an article in all these tables. A table without rows is left out."""
    found = {table.name: list(table.rows_of(record)) for table in ARTICLE_TABLES}
    return {name: rows for name, rows in found.items() if rows}
