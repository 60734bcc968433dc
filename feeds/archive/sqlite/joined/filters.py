"""A query over a joined table: what chooses the articles, and what chooses the rows themselves."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from feeds.archive.sqlite.conditions import Condition, condition_and_rows
from feeds.archive.sqlite.conditions.clauses import Clauses
from feeds.archive.sqlite.conditions.condition import EVERY, Clause, all_of
from feeds.archive.sqlite.conditions.lookup import Lookup
from feeds.archive.sqlite.rowids import ARTICLE_OF, day_start, numbers_of
from feeds.archive.sqlite.schema.connection import Connection
from feeds.query import Query
from feeds.query.terms import NO_AGENCY, And, Dates, LabelTerm, Node

_FEW_LEADING = 10_000  # articles: if a filter finds no more, all their rows are found and sorted at once
# If the number of hits is sure, a walk meets the first page after about 64 rows for each hit among all articles. Both
# ways take as long where the square of the hits is this many times the number of articles.
_FEW_SQUARED = 36
_LISTED = 50_000  # articles that have a word: up to so many are looked up, of more the texts are read


class TableFilter(Struct, frozen=True):
    """The outermost terms of a query: `articles` choose the articles, `dates` their days, `rows` the rows.

    `agencies` choose rows too. Nearly all rows of the articles that they find fulfil them.
    """

    articles: tuple[Node, ...] = ()
    dates: tuple[Dates, ...] = ()
    rows: tuple[Node, ...] = ()
    agencies: tuple[Node, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.articles or self.dates or self.rows or self.agencies)


def _is_of_agency(node: Node) -> bool:
    return node == NO_AGENCY or (isinstance(node, LabelTerm) and node.field == "agency")


def filter_of(query: Query | None, chooses_rows: Callable[[Node], bool], *, by_agency: bool = False) -> TableFilter:
    """The terms of a query, where some terms choose rows; with `by_agency`, `agency:` does so too."""
    nodes = query.root.nodes if query else ()
    rows = tuple(node for node in nodes if chooses_rows(node))
    dates = tuple(node for node in nodes if isinstance(node, Dates))
    agencies = tuple(node for node in nodes if by_agency and _is_of_agency(node))
    taken = (*rows, *dates, *agencies)
    return TableFilter(tuple(node for node in nodes if node not in taken), dates, rows, agencies)


def dates_clause(dates: Sequence[Dates], number: str) -> Clause:
    """Days of publishing, asked of a row's number alone, so that an index answers it."""
    clauses = []
    for span in dates:
        if span.first:
            clauses.append(Clause(f"{number} <= ?", numbers_of(day_start(span.first))[1:]))
        if span.last and span.last.toordinal() < span.last.max.toordinal():
            end = span.last.fromordinal(span.last.toordinal() + 1)
            clauses.append(Clause(f"{number} > ?", numbers_of(day_start(end))[1:]))
    return all_of(clauses)


def articles_clause(nodes: Sequence[Node], number: str, connection: Connection) -> Clause:
    """The terms that choose articles, asked of a row whose number is in this column."""
    if not nodes:
        return EVERY
    return Clauses(Lookup(connection), ARTICLE_OF.format(number=number), listed=_LISTED).of(And(tuple(nodes)))


def few_articles(
    query: Query | None, chosen: TableFilter, connection: Connection, *, counted: bool = False
) -> Condition | None:
    """The condition that finds the articles of a query, where they are few; else None.

    Where not all rows are `counted`, few is less: the first page of a walk comes sooner than all rows.
    """
    if query is None or not chosen:
        return None
    condition, rows = condition_and_rows(query, connection)
    unknown = Lookup(connection).few + 1
    if rows > _FEW_LEADING or rows == unknown:
        return None
    is_sure = condition.sure and not counted and not chosen.dates and not chosen.rows
    is_many = is_sure and rows * rows > _FEW_SQUARED * Lookup(connection).articles
    return None if is_many else condition
