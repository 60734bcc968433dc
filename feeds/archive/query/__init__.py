"""The filter language: one for the filter bar, `zhengwen list` and saved views. Pure; today is passed in.

    cat:部委动态  cat:金融/新浪财经     any level of a category's path, or a path
    agency:工信部  source:国内滚动      who issues or speaks; which feed
    date:2022-01-12 | 2022-01 | 2022 | 2021-12..2022-03 | ..2022 | today | yesterday | week | month
    is:unread | read | starred | plan       star is short for is:starred
    has:targets | goals | groups | plan     groups:>=4 counts the plan's groups
    title:数字  数字经济  "a b"         text: in the title; in title or text, as an exact substring
    -x  x y  x or y  (x or y)           not; both; either

Full-width punctuation is read as half-width. What a field would take for itself stands in quotes, a quote inside
quotes is doubled. `str(query)` is the one spelling, and parses to the same query.
"""

from datetime import date

from msgspec import Struct

from feeds.archive.query.grammar import Grammar, term_of
from feeds.archive.query.terms import ADDING, FIELDS, And, Or, field_of
from feeds.errors import QueryError

__all__ = ["FIELDS", "Query", "QueryError", "parse"]


class Query(Struct, frozen=True):
    """A filter: terms that all must hold. False when it filters nothing."""

    root: And = And()
    today: date = date.min

    def __str__(self) -> str:
        return str(self.root)

    def __bool__(self) -> bool:
        return bool(self.root.nodes)

    def with_term(self, field: str, value: str) -> "Query":
        """The query with `field:value` too (field `text`: the words themselves).

        A category, source, agency, date or title takes the place of the one that stood there. QueryError.
        """
        term = term_of(field, value, self.today, 0)
        kept = self.root.nodes if field in ADDING else self.without(field).root.nodes
        return Query(And(kept if term in kept else (*kept, term)), self.today)

    def without(self, field: str) -> "Query":
        """The query without its own terms of a field; what stands in parentheses or is negated stays."""
        return Query(And(tuple(node for node in self.root.nodes if field_of(node) != field)), self.today)

    def terms(self) -> tuple[str, ...]:
        """Each top-level term's spelling, for a filter bar that shows them apart."""
        return tuple(f"({node})" if isinstance(node, And | Or) else str(node) for node in self.root.nodes)


def parse(text: str, today: date) -> Query:
    """The query a person typed; QueryError says where it cannot be understood and what was expected."""
    root = Grammar(text, today).query()
    return Query(root if isinstance(root, And) else And((root,)), today)
