"""Many prepared articles that the index does not have, put into it at once: the statements of `articles`, for a batch.

The rows are the same, in less time: SQLite gets the rows of each table together and in order, and a text is compared
by the signature that is prepared.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from feeds.archive.sqlite.duplicates.search import DuplicateSearch
from feeds.archive.sqlite.flag_columns import pending_columns, pending_of
from feeds.archive.sqlite.index import Index
from feeds.archive.sqlite.labels import LED
from feeds.archive.sqlite.rowids import PER_SECOND, day_end, day_start, first_rowid
from feeds.archive.sqlite.rows.articles import ArticleRows, article_row
from feeds.archive.sqlite.rows.prepared import PreparedArticle
from feeds.flags import apply_change
from feeds.model import Flags

_LOOK_AHEAD = 3600 * PER_SECOND  # row numbers that are looked up at once


class BulkRows:
    """The rows of many articles in one index. Everything runs inside a change."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._articles = ArticleRows(index)

    def put(self, articles: Sequence[PreparedArticle], day: date, *, later: bool = True) -> None:
        """Put articles of one day's file, the earliest first.

        A new article's text is in the search at the end if its grams are prepared, and compared if its signature is;
        else it waits. The text of an article that the index has already waits with `later`, as does the joining of
        documents.
        """
        if not articles:
            return
        known = self._ids_in_index(articles)
        first, last = day_start(day), day_end(day)
        new: list[PreparedArticle] = []
        for article in articles:
            if article.id in known or not first <= first_rowid(article.published) <= last:
                self._articles.put_prepared(article, day, later=later)
            else:
                new.append(article)
        if new:
            self._index.rows.joins.later |= later
            self._put_new(list(zip(self._rowids_of(new), new, strict=True)), day)

    def _put_new(self, articles: Sequence[tuple[int, PreparedArticle]], day: date) -> None:
        connection, store = self._index.connection, self._index.rows
        pending = self._pending_flags([article for _, article in articles])
        rows = []
        for at, article in articles:
            flags = pending.get(article.id, article.flags)
            labels = {label: store.labels.number_of(label) for label in article.labels.complete(flags.tags, at)}
            led = [number for (kind, _), number in labels.items() if kind in LED]
            rows.append((article_row(article, flags, at, day, list(labels.values())), article.rows, led))
        store.put_many(rows)
        names = [(number, article.id) for _, article in articles for number in article.names]
        names.sort(key=lambda name: name[0])  # SQLite finds the page of the next number at hand
        connection.executemany("INSERT OR REPLACE INTO name VALUES (?, ?)", names)
        store.texts.add_many([(at, article.text, article.grams) for at, article in articles])
        fresh = [(at,) for at, article in articles if article.grams is None or not article.is_signed]
        connection.executemany("INSERT INTO fresh VALUES (?)", fresh)
        self._index.duplicates.mark_stale(row["at"] for row, *_ in rows if row["hidden"])
        search = DuplicateSearch(connection, self._index.duplicates, PER_SECOND)
        for at, article in articles:
            if article.grams is not None and article.signature:
                search.compare(at, article.signature)

    def _ids_in_index(self, articles: Sequence[PreparedArticle]) -> set[str]:
        """The ids of those articles that the index has."""
        return {row[0] for row in self._rows_of(articles, "SELECT id FROM known")}

    def _pending_flags(self, articles: Sequence[PreparedArticle]) -> dict[str, Flags]:
        """The flags of those articles that have pending ones, with these."""
        found = map(pending_of, self._rows_of(articles, f"SELECT {pending_columns()} FROM flags.pending"))  # noqa: S608 -- columns of ours
        own = {article.id: article.flags for article in articles}
        return {pending.id: apply_change(pending.values, own[pending.id]) for pending in found}

    def _rows_of(self, articles: Sequence[PreparedArticle], select: str) -> list[Any]:
        """The rows that a SELECT gives for the ids of these articles."""
        marks = ", ".join("?" * len(articles))
        names = [article.id for article in articles]
        return self._index.connection.execute(f"{select} WHERE id IN ({marks})", names).fetchall()

    def _rowids_of(self, articles: Sequence[PreparedArticle]) -> list[int]:
        """A free row number for each article: the first one from its second on."""
        taken: set[int] = set()
        known_to = -1  # the last row number of which `taken` knows
        found: list[int] = []
        for article in articles:
            at = first_rowid(article.published)
            while at in taken or at > known_to:
                if at > known_to:
                    known_to = at + _LOOK_AHEAD
                    taken |= self._taken_between(at, known_to)
                else:
                    at += 1
            taken.add(at)
            found.append(at)
        return found

    def _taken_between(self, first: int, last: int) -> set[int]:
        rows = self._index.connection.execute("SELECT at FROM known WHERE at BETWEEN ? AND ?", (first, last))
        return {row[0] for row in rows}
