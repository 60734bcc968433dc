"""The table of documents: one row for each document that an article of the filter speaks of."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import structs

from feeds.archive.sqlite.conditions.condition import EVERY, Clause, all_of
from feeds.archive.sqlite.hashes import hash_of
from feeds.archive.sqlite.index import Index
from feeds.archive.sqlite.joined.filters import TableFilter, articles_clause, dates_clause, few_articles, filter_of
from feeds.archive.sqlite.joined.listing import ChangeWatch
from feeds.archive.sqlite.joined.row_terms import chooses_documents, document_clause
from feeds.archive.sqlite.joined.walks import Found, Order, TableWalk
from feeds.archive.sqlite.rowids import ARTICLE_OF, WITHIN
from feeds.model import Article
from feeds.query import Query

if TYPE_CHECKING:  # the engine's Protocol names them
    from feeds.archive.engine import DocumentSort
    from feeds.documents import DocumentRow, JoinedDocument, PlanSummary

ArticlesOf = Callable[[Iterable[str]], Iterable[Article]]
_SUMMARY = "complete, counted, targets, disputed, largest"  # the fields of PlanSummary
_KEYS: dict[str, tuple[str, ...]] = {
    "seen": ("d.age", "d.title", "d.id"),
    "stage": ("d.stage", "d.age", "d.title", "d.id"),
    "title": ("d.title", "d.age", "d.id"),
}
_NEXT = "(SELECT MIN(day) FROM ending n WHERE n.doc = d.id AND n.day >= '{today}')"


class DocumentRows:
    """The documents that a query chooses, in one order. `today` decides which deadline is the next."""

    def __init__(
        self,
        index: Index,
        query: Query | None,
        sort: "DocumentSort",
        today: date,
        articles_of: ArticlesOf,
        since: int = 0,
    ) -> None:
        self._index = index
        self._query = query
        self._sort = sort
        self._today = today.isoformat()
        self._articles_of = articles_of
        self._since = since
        self._filter: TableFilter = filter_of(query, chooses_documents)
        self._watch = ChangeWatch(index, filtered=bool(self._filter.articles))

    def has_changed(self) -> bool:
        """Whether other rows may be listed than before."""
        return self._watch.has_changed()

    def order(self) -> Order:
        """All documents, in their order."""
        rows = self._row_terms()
        if condition := few_articles(self._query, self._filter, self._index.connection):
            within = WITHIN.format(number="m.id", at=condition.at)
            text = (
                f"SELECT d.id FROM (SELECT DISTINCT m.doc FROM {condition.source.with_articles} CROSS JOIN mention m "  # noqa: S608 -- our own words only
                f"ON {within} WHERE {condition.lead.sql} AND {condition.rest.sql}) k "
                f"CROSS JOIN document d ON d.id = k.doc WHERE {rows.sql} ORDER BY {self._sorted}"
            )
            return Found(text, (*condition.parameters, *rows.values))
        return self._walks(self._choice())

    @property
    def _sorted(self) -> str:
        """The order as columns of a document."""
        if self._sort != "deadline":
            return ", ".join(_KEYS[self._sort])
        following = _NEXT.format(today=self._today)
        return f"coalesce({following}, '\U0010ffff'), d.age, d.id"

    def _walks(self, hit: Clause) -> list[TableWalk]:
        if self._sort != "deadline":
            return [TableWalk(f"document d INDEXED BY document_{self._sort}", _KEYS[self._sort], EVERY, hit)]
        earlier = "SELECT 1 FROM ending f WHERE f.doc = e.doc AND f.day >= ? AND f.day < e.day"
        following = Clause(f"e.day >= ? AND NOT EXISTS ({earlier})", (self._today, self._today))
        none = Clause("NOT EXISTS (SELECT 1 FROM ending f WHERE f.doc = d.id AND f.day >= ?)", (self._today,))
        with_documents = "ending e CROSS JOIN document d ON d.id = e.doc"
        return [
            TableWalk(with_documents, ("e.day", "e.age", "e.doc"), following, hit),
            TableWalk("document d INDEXED BY document_seen", _KEYS["seen"], none, hit),
        ]

    def _choice(self) -> Clause:
        """That an article of the filter speaks of the document `d`."""
        if not self._filter and not self._since:
            return EVERY
        articles = articles_clause(self._filter.articles, "m.id", self._index.connection)
        rows = self._row_terms()
        clause = all_of((dates_clause(self._filter.dates, "m.id"), articles))
        if clause.always:
            return rows
        article = f"CROSS JOIN article a ON a.at = {ARTICLE_OF.format(number='m.id')}" if clause.of_article else ""
        text = f"EXISTS (SELECT 1 FROM mention m {article} WHERE m.doc = d.id AND {clause.sql})"  # noqa: S608 -- our own words only
        return all_of((rows, Clause(text, clause.values, costly=clause.costly)))

    def _row_terms(self) -> Clause:
        """The terms that choose documents."""
        terms = [document_clause(term, "d", self._index.connection) for term in self._filter.rows]
        if self._since:
            article = f"article a ON a.at = {ARTICLE_OF.format(number='m.id')}"
            earlier = f"SELECT 1 FROM mention m CROSS JOIN {article} WHERE m.doc = d.id AND a.seen < ?"  # noqa: S608 -- our own words only
            terms.append(Clause(f"NOT EXISTS ({earlier})", (self._since,), costly=True))
        return all_of(terms)

    def read(self, numbers: Sequence[int]) -> "list[DocumentRow]":
        """The rows of these documents, in their order."""
        from feeds.documents import PlanSummary, row_with

        connection = self._index.connection
        found: list[DocumentRow] = []
        for number in numbers:
            row = connection.execute(
                "SELECT deadlines, merged, complete, counted, targets, disputed, largest FROM document WHERE id = ?",
                (number,),
            ).fetchone()
            document = joined_document(self._index, number)
            if row and document:
                deadlines, merged, *counts = row
                summary = PlanSummary(*counts) if merged else merged_summary(self._index, number, self._articles_of)
                with connection.trusting():
                    found.append(row_with(document, summary, json.loads(deadlines)))
        return found

    def number_of(self, key: str) -> int | None:
        """The number of the document that a mention is of, by the mention's name."""
        number = document_named(self._index, key)
        if number is None:
            return None
        hit = self._choice()
        text = f"SELECT 1 FROM document d WHERE d.id = ? AND {hit.sql}"  # noqa: S608 -- our own words only
        return number if self._index.connection.execute(text, (number, *hit.values)).fetchone() else None


def document_named(index: Index, key: str) -> int | None:
    """The number of the document with this key, or of that which the mention with this name is of now."""
    connection = index.connection
    number = hash_of(key)
    if connection.execute("SELECT 1 FROM document WHERE id = ? AND key = ?", (number, key)).fetchone():
        return number
    article, _blank, title = key.partition(" ")
    row = connection.execute(
        f"SELECT m.doc FROM article a CROSS JOIN mention m ON {WITHIN.format(number='m.id', at='a.at')} "  # noqa: S608 -- our own words only
        "WHERE a.id = ? AND m.title = ?",
        (article, title),
    ).fetchone()
    return row[0] if row else None


def names_of_documents(index: Index, mentions: Iterable[str]) -> set[str]:
    """The titles and numbers of the documents that these mentions (their names) are of now."""
    documents = {document_named(index, mention) for mention in mentions} - {None}
    found = "SELECT key, number FROM mention WHERE doc = ?"
    rows = (row for number in documents for row in index.connection.execute(found, (number,)))
    return {name for row in rows for name in row if name}


def keys_of(index: Index, name: str) -> list[str]:
    """The keys of the documents that an article is about, in the order of its plan."""
    rows = index.connection.execute(
        f"SELECT d.key FROM article a CROSS JOIN mention m ON {WITHIN.format(number='m.id', at='a.at')} "  # noqa: S608 -- our own words only
        "CROSS JOIN document d ON d.id = m.doc WHERE a.at = "
        "(SELECT at FROM article WHERE id = ? UNION ALL SELECT leader FROM member WHERE id = ? LIMIT 1) "
        "ORDER BY m.id",
        (name, name),
    )
    return list(dict.fromkeys(row[0] for row in rows))


def joined_document(index: Index, number: int) -> "JoinedDocument | None":
    """A document with its mentions; None if there is no such document."""
    from feeds.archive.sqlite.rows.mentions import COLUMNS, SOURCE, mention_of
    from feeds.documents import JoinedDocument, Member

    connection = index.connection
    row = connection.execute("SELECT refused FROM document WHERE id = ?", (number,)).fetchone()
    rows = connection.execute(f"SELECT m.rule, {COLUMNS} FROM {SOURCE} WHERE m.doc = ?", (number,)).fetchall()  # noqa: S608 -- our own columns
    if row is None or not rows:
        return None
    with connection.trusting():
        members = [Member(mention_of(values), rule) for rule, *values in rows]
        members.sort(key=lambda member: (member.mention.published, member.mention.article, member.mention.title))
        return JoinedDocument(tuple(members), tuple(json.loads(row[0])))


def merged_summary(index: Index, number: int, articles_of: ArticlesOf) -> "PlanSummary":
    """The summary of a document's merged plan, from the articles themselves."""
    from feeds.documents import summary_of

    return summary_of(articles_of([name for _at, name in _fullest_articles(index, number)]))


def _fullest_articles(index: Index, number: int) -> list[tuple[int, str]]:
    """(rowid, id) of the articles whose plans are merged for a document."""
    from feeds.documents import MOST_MERGED

    article = ARTICLE_OF.format(number="m.id")
    return index.connection.execute(
        f"SELECT a.at, a.id FROM mention m CROSS JOIN article a ON a.at = {article} WHERE m.doc = ? AND m.alone "  # noqa: S608 -- our own words only
        "ORDER BY m.fullness DESC, a.id LIMIT ?",
        (number, MOST_MERGED),
    ).fetchall()


def merge_waiting(index: Index, limit: int, articles_of: ArticlesOf) -> int:
    """Note the merged plans of up to `limit` documents that several articles plan. Return how many still wait.

    The articles of all these documents are read in the order of time, so each day's file is read once for all.
    """
    find = "SELECT id FROM document WHERE merged = 0 LIMIT ?"
    chosen = {row[0]: _fullest_articles(index, row[0]) for row in index.connection.execute(find, (limit,)).fetchall()}
    if not chosen:
        return 0
    from feeds.documents import summary_of

    names = [name for _at, name in sorted({one for found in chosen.values() for one in found})]
    plans = {article.id: structs.replace(article, blocks=(), earlier=()) for article in articles_of(names)}
    # The plans are merged before the transaction, which a reader's flag waits for: 20 ms for a document, 50 at a time.
    summaries = [
        (number, summary_of(plans[name] for _at, name in found if name in plans)) for number, found in chosen.items()
    ]
    with index.transaction():
        for number, summary in summaries:
            index.connection.execute(
                f"UPDATE document SET ({_SUMMARY}) = (?, ?, ?, ?, ?), merged = 1 WHERE id = ?",  # noqa: S608 -- our own columns
                (*structs.astuple(summary), number),
            )
    return int(index.connection.execute("SELECT COUNT(*) FROM document WHERE merged = 0").fetchone()[0])
