"""The table of targets and goals: one row for all statements of a target in the articles of a filter."""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from feeds.archive.sqlite.conditions.condition import EVERY, Clause, Value, all_of
from feeds.archive.sqlite.index import Index
from feeds.archive.sqlite.joined.filters import TableFilter, articles_clause, dates_clause, few_articles, filter_of
from feeds.archive.sqlite.joined.listing import ChangeWatch
from feeds.archive.sqlite.joined.row_terms import agency_clause, chooses_statements, statement_clause
from feeds.archive.sqlite.joined.walks import Found, Order, TableWalk
from feeds.archive.sqlite.rowids import ARTICLE_OF, WITHIN
from feeds.query import Query

if TYPE_CHECKING:  # the engine's Protocol names them
    from feeds.archive.engine import TargetSort
    from feeds.targets import TargetRow, TargetStatement

_ARTICLE = f"CROSS JOIN article a ON a.at = {ARTICLE_OF.format(number='s.id')}"
_INDEXES: dict[str, tuple[str, tuple[str, ...]]] = {
    "deadline": ("statement_ends", ()),
    "value": ("statement_amount", ("s.unit", "s.amount")),
    "agency": ("statement_agency", ("s.agency",)),
}
_FEW_DATED = 5000  # statements: if a span of days has no more, they are found and sorted at once


def _walks(sort: "TargetSort", bound: Clause, hit: Clause) -> list[TableWalk]:
    """The walks of one order. Rows that are equal in it stand by their deadline, then the latest first."""
    article = f" {_ARTICLE}" if hit.of_article else ""
    if sort == "date":
        return [TableWalk(f"statement s NOT INDEXED{article}", ("s.id",), bound, hit)]
    if sort != "document":
        index, keys = _INDEXES[sort]
        return [TableWalk(f"statement s INDEXED BY {index}{article}", (*keys, "s.ends", "s.id"), bound, hit)]
    named = "document d INDEXED BY document_title CROSS JOIN statement s INDEXED BY statement_doc ON s.doc = d.id"
    unnamed = all_of((Clause("s.doc IS NULL"), bound))
    return [
        TableWalk(f"{named}{article}", ("d.title", "d.age", "d.id", "s.ends", "s.id"), bound, hit),
        TableWalk(f"statement s INDEXED BY statement_doc{article}", ("s.ends", "s.id"), unnamed, hit),
    ]


_SORTED = {
    "deadline": "s.ends, s.id",
    "value": "s.unit, s.amount, s.ends, s.id",
    "agency": "s.agency, s.ends, s.id",
    "date": "s.id",
    "document": "(SELECT title FROM document d WHERE d.id = s.doc) IS NULL, "
    "(SELECT title FROM document d WHERE d.id = s.doc), s.doc, s.ends, s.id",
}


def _at_once(order: Order) -> Found:
    """The statement that finds all rows of an order that has one walk."""
    if isinstance(order, Found):
        return order
    (walk,) = order
    text = f"SELECT s.id FROM {walk.source} WHERE {walk.bound.sql} AND {walk.hit.sql}"  # noqa: S608 -- our own words only
    return Found(text, (*walk.bound.values, *walk.hit.values))


class TargetRows:
    """The rows that a query chooses, in one order."""

    def __init__(self, index: Index, query: Query | None, sort: "TargetSort") -> None:
        self._index = index
        self._query = query
        self._sort = sort
        self._filter: TableFilter = filter_of(query, chooses_statements, by_agency=True)
        self._watch = ChangeWatch(index, filtered=bool(self._filter.articles))

    def has_changed(self) -> bool:
        """Whether other rows may be listed than before."""
        return self._watch.has_changed()

    def order(self, *, counted: bool = False) -> Order:
        """All rows, in their order. `counted` says that all of them are wanted, and not the first page."""
        latest = self._latest(self._choice("o"))
        return self._order_of(latest, counted=counted)

    def rows(self) -> Found:
        """The statements that stand for all rows, in no order."""
        return _at_once(self.order(counted=True))

    def statements(self) -> Found:
        """All statements that the query chooses, of a row too that has several, in no order."""
        return _at_once(self._order_of(EVERY, counted=True))

    def _order_of(self, latest: Clause, *, counted: bool) -> Order:
        """The chosen statements that fulfil `latest` too, in the order of the rows."""
        connection = self._index.connection
        dates, rows = self._bounds("s")
        if condition := few_articles(self._query, self._filter, connection, counted=counted):
            within = WITHIN.format(number="s.id", at=condition.at)
            source = f"{condition.source.with_articles} CROSS JOIN statement s NOT INDEXED ON {within}"
            found = all_of((condition.lead, condition.rest, rows, latest))
            return self._all_rows(source, condition.source.values, found)
        if self._filter.dates and self._are_few(dates):
            articles = articles_clause(self._filter.articles, "s.id", connection)
            return self._all_rows(f"statement s NOT INDEXED {_ARTICLE}", (), all_of((dates, rows, articles, latest)))
        articles = articles_clause(self._filter.articles, "s.id", connection)
        return _walks(self._sort, all_of((dates, rows)), all_of((articles, latest)))

    def _all_rows(self, source: str, values: tuple[Value, ...], hit: Clause) -> Found:
        """All rows at once."""
        text = f"SELECT s.id FROM {source} WHERE {hit.sql} ORDER BY {_SORTED[self._sort]}"  # noqa: S608 -- our own words only
        return Found(text, (*values, *hit.values))

    def _are_few(self, dates: Clause) -> bool:
        """Whether few statements are of these days."""
        text = f"SELECT COUNT(*) FROM (SELECT 1 FROM statement s NOT INDEXED WHERE {dates.sql} LIMIT {_FEW_DATED + 1})"  # noqa: S608 -- our own words only
        return int(self._index.connection.execute(text, dates.values).fetchone()[0]) <= _FEW_DATED

    def _bounds(self, name: str) -> tuple[Clause, Clause]:
        """The conditions on a statement itself: its article's day, and the terms that choose rows."""
        dates = dates_clause(self._filter.dates, f"{name}.id")
        rows = [statement_clause(term, name, self._index.connection) for term in self._filter.rows]
        agencies = [agency_clause(term, name, self._index.connection) for term in self._filter.agencies]
        return dates, all_of((*rows, *agencies))

    def _choice(self, name: str) -> Clause:
        """That a statement is one of the filter's."""
        articles = articles_clause(self._filter.articles, f"{name}.id", self._index.connection)
        return all_of((*self._bounds(name), articles))

    def _latest(self, chosen: Clause) -> Clause:
        """That no later statement `o` of the row is chosen. The row stands where its latest one stands."""
        if chosen.always:
            return Clause("s.leads")
        article = f"CROSS JOIN article a ON a.at = {ARTICLE_OF.format(number='o.id')}" if chosen.of_article else ""
        later = f"SELECT 1 FROM statement o {article} WHERE o.row = s.row AND o.id < s.id AND {chosen.sql}"  # noqa: S608 -- our own words only
        return Clause(f"(s.leads OR NOT EXISTS ({later}))", chosen.values, costly=chosen.costly)

    def read(self, numbers: Sequence[int]) -> "list[TargetRow]":
        """The rows with these numbers, in their order."""
        from feeds.targets import TargetRow, latest_first

        connection = self._index.connection
        wanted = json.dumps(list(numbers))
        rows = dict(
            connection.execute("SELECT id, row FROM statement WHERE id IN (SELECT value FROM json_each(?))", (wanted,))
        )
        documents = self._documents(wanted)
        stated = self._statements([row for row in rows.values() if row is not None], wanted)
        return [
            TargetRow(tuple(sorted(statements, key=latest_first)), *documents.get(number, ("", "")))
            for number in numbers
            if number in rows and (statements := stated.get(number if rows[number] is None else rows[number]))
        ]

    def _documents(self, wanted: str) -> dict[int, tuple[str, str]]:
        """Title and key of the documents of some statements."""
        text = (
            "SELECT s.id, d.title, d.key FROM json_each(?) j CROSS JOIN statement s ON s.id = j.value "
            "CROSS JOIN document d ON d.id = s.doc"
        )
        return {number: (title, key) for number, title, key in self._index.connection.execute(text, (wanted,))}

    def _statements(self, rows: list[int], wanted: str) -> "dict[int, list[TargetStatement]]":
        """The chosen statements of these rows; of statements without a row, by their number."""
        from feeds.archive.sqlite.rows.statements import COLUMNS, SOURCE, statement_of

        connection = self._index.connection
        text = f"SELECT s.id, s.row, {COLUMNS} FROM {SOURCE} WHERE "  # noqa: S608 -- our own columns
        among = "IN (SELECT value FROM json_each(?))"
        found = connection.execute(f"{text} s.id {among} AND s.row IS NULL", (wanted,)).fetchall()
        found += connection.execute(f"{text} s.row {among}", (json.dumps(rows),)).fetchall()
        counts = Counter(row for _number, row, *_columns in found if row is not None)
        several = [row for row, count in counts.items() if count > 1]
        chosen = self._chosen_of(several) if several and self._filter else None
        stated: dict[int, list[TargetStatement]] = defaultdict(list)
        with connection.trusting():
            for number, row, *columns in found:
                if chosen is None or counts[row] < 2 or number in chosen:
                    stated[number if row is None else row].append(statement_of(columns))
        return stated

    def _chosen_of(self, rows: list[int]) -> set[int]:
        """The numbers of the statements of these rows that the filter chooses."""
        choice = self._choice("s")
        article = _ARTICLE if choice.of_article else ""
        text = (
            f"SELECT s.id FROM statement s {article} WHERE s.row IN (SELECT value FROM json_each(?)) AND {choice.sql}"  # noqa: S608 -- our own words only
        )
        return {row[0] for row in self._index.connection.execute(text, (json.dumps(rows), *choice.values))}

    def number_of(self, key: str) -> int | None:
        """The number of the row in which a statement stands, by the statement's name."""
        connection = self._index.connection
        number = self._statement_named(key)
        if number is None:
            return None
        chosen = self._choice("s")
        article = _ARTICLE if chosen.of_article else ""
        text = (
            f"SELECT MIN(s.id) FROM statement s {article} "  # noqa: S608 -- our own words only
            f"WHERE (s.id = ? OR s.row = (SELECT row FROM statement WHERE id = ?)) AND {chosen.sql}"
        )
        found = connection.execute(text, (number, number, *chosen.values)).fetchone()
        return None if found[0] is None else int(found[0])

    def _statement_named(self, name: str) -> int | None:
        try:
            article, kind, place, words = name.split(" ", 3)
            paragraph, _colon, span = place.partition(":")
            start, _dash, stop = span.partition("-")
            values = (article, int(kind == "goal"), int(paragraph), int(start), int(stop), words)
        except ValueError:
            return None
        row = self._index.connection.execute(
            f"SELECT s.id FROM article a CROSS JOIN statement s ON {WITHIN.format(number='s.id', at='a.at')} "  # noqa: S608 -- our own words only
            "WHERE a.id = ? AND s.kind = ? AND s.paragraph = ? AND s.start = ? AND s.stop = ? "
            "AND s.indicator || coalesce(s.value, '') || coalesce(s.printed, '') = ?",
            values,
        ).fetchone()
        return int(row[0]) if row else None
