"""The filter language: one for the filter bar, `zhengwen list` and saved views. Pure; today is passed in.

    cat:部委动态  cat:金融/新浪财经     any level of a category's path, or a path
    agency:工信部  source:国内滚动      who issues or speaks; which feed
    date:2022-01-12 | 2022-01 | 2022 | 2021-12..2022-03 | ..2022 | today | yesterday | week | month
    due:<=2027  due:2025..2030         a goal or target of its plan ends then; 2025 ends on its last day
    tag:制造                           the reader's own
    is:unread | read | starred | plan       star is short for is:starred
    has:targets | goals | groups | plan     groups:>=4 counts the plan's groups
    title:数字  数字经济  "a b"         text: in the title; in title or text, as an exact substring
    -x  x y  x or y  (x or y)           not; both; either
    order:rank | date                   the best of the newest first; newest first

Full-width punctuation is read as half-width. What a field would take for itself stands in quotes, a quote inside
quotes is doubled. `str(query)` is the one spelling, and parses to the same query.
"""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct, structs

from feeds.errors import QueryError
from feeds.query.grammar import Grammar, order_of, term_of
from feeds.query.terms import ADDING, FIELDS, And, Node, Or, OrderName, Text, Title, field_of

__all__ = ["FIELDS", "Query", "QueryError", "parse"]


class Query(Struct, frozen=True):
    """A filter: terms that all must hold, and the order of what it finds. False when it is nothing but the default."""

    root: And = And()
    today: date = date.min
    order: OrderName = "date"

    def __str__(self) -> str:
        return " ".join(self.terms())

    def __bool__(self) -> bool:
        return bool(self.root.nodes) or self.order != "date"

    def with_term(self, field: str, value: str) -> "Query":
        """The query with `field:value` too (field `text`: the words themselves).

        A category, source, agency, date, title or order takes the place of the one that stood there. QueryError.
        """
        if field == "order":
            return structs.replace(self, order=order_of(value, 0))
        term = term_of(field, value, self.today, 0)
        kept = self.root.nodes if field in ADDING else self.without(field).root.nodes
        return structs.replace(self, root=And(kept if term in kept else (*kept, term)))

    def without(self, field: str) -> "Query":
        """The query without its own terms of a field; what stands in parentheses or is negated stays."""
        kept = And(tuple(node for node in self.root.nodes if field_of(node) != field))
        return structs.replace(self, root=kept, order="date" if field == "order" else self.order)

    def and_also(self, other: "Query") -> "Query":
        """What both find, in the other's order if it asks for one."""
        root = And((*self.root.nodes, *(node for node in other.root.nodes if node not in self.root.nodes)))
        return structs.replace(self, root=root, order=self.order if other.order == "date" else other.order)

    def terms(self) -> tuple[str, ...]:
        """Each top-level term's spelling, for a filter bar that shows them apart."""
        spelled = tuple(f"({node})" if isinstance(node, And | Or) else str(node) for node in self.root.nodes)
        return spelled if self.order == "date" else (*spelled, f"order:{self.order}")

    def words(self) -> list[str]:
        """What is looked for in title or text, to be marked there; nothing that must not be there."""
        return list(dict.fromkeys(_words_in(self.root)))


def _words_in(node: Node) -> Iterator[str]:
    if isinstance(node, Text | Title):
        yield node.value
    elif isinstance(node, And | Or):
        for inner in node.nodes:
            yield from _words_in(inner)


def parse(text: str, today: date) -> Query:
    """The query a person typed; QueryError says where it cannot be understood and what was expected."""
    grammar = Grammar(text, today)
    root = grammar.query()
    return Query(root if isinstance(root, And) else And((root,)), today, grammar.order)
