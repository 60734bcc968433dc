"""The tables that have rows of each article, beside its row in `article`. Each is one value in `ARTICLE_TABLES`.

A new table for an article is added here and nowhere else. The schema creates it, the row store writes and removes its
rows, and an article that is in a duplicate group gets its rows back when it leaves the group: meanwhile `member` keeps
them as JSON. So a value in a row is a number, a text or None. `VERSION` of the schema must be raised with each change.

A table with a key has the column `at`, the article's rowid, as its last column. A numbered table has a number for each
row instead, made of the rowid and the row's place in the article; see feeds.archive.sqlite.rowids. It may have
`derived` columns, which others fill in later.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from msgspec import Struct

from feeds.archive.records import Record, days_due
from feeds.archive.sqlite.rowids import MOST_PLACES, numbers_of, place_number
from feeds.archive.sqlite.rows.values import Value

TableRows = dict[str, list[tuple[Value, ...]]]
"""The rows of one article without their rowid, by the name of the table."""


class ArticleTable(Struct, frozen=True, dict=True):
    """A table with rows of articles. `rows_of` makes an article's rows, without the rowid.

    `columns` are the definitions of all columns but the rowid; `key` are the columns of the primary key, none of a
    numbered table. `indexes` are the ends of the statements that create more indexes: `name_x ON name (x)`.
    """

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    rows_of: Callable[[Record], Iterable[tuple[Value, ...]]]
    derived: tuple[str, ...] = ()
    indexes: tuple[str, ...] = ()

    @property
    def schema(self) -> tuple[str, ...]:
        """The statements that create the table and its indexes; by one of them an article's rows are found."""
        indexes = tuple(f"CREATE INDEX {index}" for index in self.indexes)
        if not self.key:
            columns = ", ".join(("id INTEGER PRIMARY KEY", *self.columns, *self.derived))
            return (f"CREATE TABLE {self.name} ({columns})", *indexes)
        columns = ", ".join((*self.columns, "at INTEGER NOT NULL", f"PRIMARY KEY ({', '.join(self.key)})"))
        return (
            f"CREATE TABLE {self.name} ({columns}) WITHOUT ROWID",
            f"CREATE INDEX {self.name}_at ON {self.name} (at, {', '.join(self.names)})",
            *indexes,
        )

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the columns that `rows_of` gives."""
        return tuple(column.split(" ", 1)[0] for column in self.columns)

    @cached_property
    def insertion(self) -> str:
        """The statement that inserts a row of `with_numbers`."""
        names = (*self.names, "at" if self.key else "id")
        return f"INSERT INTO {self.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608 -- our own tables

    def with_numbers(self, rows: Sequence[tuple[Value, ...]], at: int) -> list[tuple[Value, ...]]:
        """An article's rows as `insertion` wants them."""
        if self.key:
            return [(*row, at) for row in rows]
        return [(*row, place_number(at, place)) for place, row in enumerate(rows[:MOST_PLACES])]

    @property
    def of_article(self) -> str:
        """The condition that finds an article's rows; its values are those of `bounds`."""
        return "at BETWEEN ? AND ?" if self.key else "id BETWEEN ? AND ?"

    def bounds(self, at: int) -> tuple[int, int]:
        """The values of `of_article`."""
        return (at, at) if self.key else numbers_of(at)

    @property
    def order(self) -> str:
        """The order in which `rows_of` gave the rows, or one that is as good."""
        return ", ".join(self.names) if self.key else "id"


def _due_rows(record: Record) -> list[tuple[Value, ...]]:
    return [(day,) for day in sorted({day.toordinal() for day in days_due(record.plan)})]


def _statement_rows(record: Record) -> Iterable[tuple[Value, ...]]:
    plan = record.plan
    if not (plan.targets or plan.goals):
        return ()
    from feeds.archive.sqlite.rows.statements import statement_rows  # only writers need it

    return statement_rows(record)


def _mention_rows(record: Record) -> Iterable[tuple[Value, ...]]:
    if not record.plan.documents:
        return ()
    from feeds.archive.sqlite.rows.mentions import mention_rows  # only writers need it

    return mention_rows(record)


ARTICLE_TABLES = (
    ArticleTable("due", ("day INTEGER NOT NULL",), ("day", "at"), _due_rows),
    ArticleTable(
        "statement",
        (
            "mention INTEGER", "kind INTEGER NOT NULL", "deadline TEXT NOT NULL", "ends TEXT NOT NULL",
            "indicator TEXT NOT NULL", "folded TEXT", "comparator TEXT", "direction TEXT", "value TEXT", "printed TEXT",
            "baseline TEXT", "unit TEXT NOT NULL", "amount REAL NOT NULL", "upper REAL", "agency TEXT NOT NULL",
            "agencies TEXT NOT NULL", "paragraph INTEGER NOT NULL", "start INTEGER NOT NULL", "stop INTEGER NOT NULL",
            "confidence REAL NOT NULL", "text TEXT", "published TEXT", "shared INTEGER", "row INTEGER",
        ),
        (),
        _statement_rows,
        derived=("doc INTEGER", "leads INTEGER NOT NULL DEFAULT 1"),
        # Behind the columns of each order stand those of which most rows are asked, so that their table is not read.
        indexes=(
            "statement_ends ON statement (ends, id, agencies, leads)",
            "statement_amount ON statement (unit, amount, ends, id, agencies, leads)",
            "statement_agency ON statement (agency, ends, id, agencies, leads)",
            "statement_doc ON statement (doc, ends, id, agencies, leads)",
            "statement_row ON statement (row)",
            "statement_following ON statement (row) WHERE leads = 0",
        ),
    ),
    ArticleTable(
        "mention",
        (
            "title TEXT NOT NULL", "key TEXT NOT NULL", "number TEXT NOT NULL", "issuers TEXT NOT NULL", "place TEXT",
            "stage INTEGER NOT NULL", "published TEXT", "alone INTEGER NOT NULL", "complete INTEGER NOT NULL",
            "counted INTEGER NOT NULL", "targets INTEGER NOT NULL", "largest TEXT NOT NULL",
            "fullness INTEGER NOT NULL",
            "deadlines TEXT NOT NULL",
        ),
        (),
        _mention_rows,
        derived=("doc INTEGER", "rule TEXT NOT NULL DEFAULT ''"),
        indexes=(
            "mention_key ON mention (key)",
            "mention_number ON mention (number) WHERE number <> ''",
            "mention_doc ON mention (doc)",
        ),
    ),
)  # fmt: skip


_PLACES = {table.name: {name: place for place, name in enumerate(table.names)} for table in ARTICLE_TABLES}


def names_in(rows: TableRows) -> set[str]:
    """The titles and numbers by which the mentions of these rows are joined with others."""
    key, number = _PLACES["mention"]["key"], _PLACES["mention"]["number"]
    found = {name for row in rows.get("mention", ()) for name in (row[key], row[number])}
    return {str(name) for name in found if name}


def settled_in(rows: TableRows) -> set[int]:
    """The rows of the table of targets to which statements of these rows belong, whatever is joined."""
    place = _PLACES["statement"]["row"]
    return {row for values in rows.get("statement", ()) if isinstance(row := values[place], int)}


def table_rows_of(record: Record) -> TableRows:
    """The rows of an article in all these tables. A table without rows is left out."""
    found = {table.name: list(table.rows_of(record)) for table in ARTICLE_TABLES}
    return {name: rows for name, rows in found.items() if rows}
