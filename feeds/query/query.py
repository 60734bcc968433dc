"""A filter as a value: its terms, its order, and the one spelling of both. Pure."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct, structs

from feeds.query.fields import field_of, may_repeat, order_of, term_of
from feeds.query.grammar import Grammar
from feeds.query.terms import And, Node, Or, OrderName, TextTerm, TitleTerm


class Query(Struct, frozen=True):
    """A filter: terms that all must hold, and the order of what it finds. The default filter is false."""

    root: And = And()
    today: date = date.min
    order: OrderName = "date"

    def __str__(self) -> str:
        return " ".join(self.terms())

    def __bool__(self) -> bool:
        return bool(self.root.nodes) or self.order != "date"

    def with_term(self, field: str, value: str) -> "Query":
        """The query with `field:value` added (field `text`: the words themselves). Raises QueryError.

        A category, source, agency, date, title or order replaces the one that is there.
        """
        if field == "order":
            return structs.replace(self, order=order_of(value, 0))
        term = term_of(field, value, self.today, 0)
        kept = self.root.nodes if may_repeat(field) else self.without(field).root.nodes
        return structs.replace(self, root=And(kept if term in kept else (*kept, term)))

    def without(self, field: str) -> "Query":
        """The query without its terms of a field. Terms in parentheses and negated terms stay."""
        kept = And(tuple(node for node in self.root.nodes if field_of(node) != field))
        return structs.replace(self, root=kept, order="date" if field == "order" else self.order)

    def and_also(self, other: "Query") -> "Query":
        """The query for what both find, in the order of `other` if that has one."""
        root = And((*self.root.nodes, *(node for node in other.root.nodes if node not in self.root.nodes)))
        return structs.replace(self, root=root, order=self.order if other.order == "date" else other.order)

    def terms(self) -> tuple[str, ...]:
        """The spelling of each top-level term, for a filter bar that shows them separately."""
        spelled = tuple(f"({node})" if isinstance(node, And | Or) else str(node) for node in self.root.nodes)
        return spelled if self.order == "date" else (*spelled, f"order:{self.order}")

    def words(self) -> list[str]:
        """The words that the filter finds in title or text, to be marked there. Negated words are left out."""
        return list(dict.fromkeys(_words_in(self.root)))


def _words_in(node: Node) -> Iterator[str]:
    if isinstance(node, TextTerm | TitleTerm):
        yield node.value
    elif isinstance(node, And | Or):
        for inner in node.nodes:
            yield from _words_in(inner)


def parse(text: str, today: date) -> Query:
    """The query that a reader typed. Raises a QueryError that says where it cannot be understood."""
    grammar = Grammar(text, today)
    root = grammar.parse_query()
    return Query(root if isinstance(root, And) else And((root,)), today, grammar.order)
