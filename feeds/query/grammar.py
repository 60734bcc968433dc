"""From what a person types to the expression tree.

A descent written by hand, so that every refusal knows its place and says what was expected there.

    query  = either ;            either = all, { "or", all } ;         all = unit, { unit } ;
    unit   = { "-" }, ( "(", either, ")" | term ) ;
    term   = field, ":", value | "star" | value ;      value = word | quoted ;

`order:` is no condition: it stands among the outermost terms and is kept beside the tree.
"""

import re
from datetime import date

from feeds.controls import blank_controls
from feeds.errors import QueryError
from feeds.query.fields import folded_width, known_field, order_of, term_of, text_term
from feeds.query.terms import FIELD, And, Is, Node, Not, Or, OrderName

_WORD = re.compile(r'[^\s()"“”]+')
_DEPTH = 40
_TERMS = 200  # SQLite reads an expression of a thousand levels, and a chain of terms has a level each


class Grammar:
    """One text being read. `order` is what its last `order:` said."""

    def __init__(self, text: str, today: date) -> None:
        # What steers a terminal may be pasted; no stored text holds it, nor half a surrogate pair.
        self._text = folded_width(blank_controls(text))
        self._today = today
        self._at = 0
        self._depth = 0
        self._terms = 0
        self.order: OrderName = "date"

    def query(self) -> Node:
        """The whole text."""
        self._skip()
        if self._at == len(self._text):
            return And()
        node = self._either()
        if self._at < len(self._text):  # only a parenthesis ends an expression before the text does
            raise QueryError("this parenthesis was never opened", position=self._at)
        return node

    def _skip(self) -> None:
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1

    def _or_ahead(self) -> bool:
        found = _WORD.match(self._text, self._at)
        return found is not None and found[0].lower() == "or"

    def _either(self) -> Node:
        nodes = [self._all()]
        while self._or_ahead():
            self._at += 2
            self._skip()
            nodes.append(self._all())
        if len(nodes) > 1 and And() in nodes:
            raise QueryError("expected a word or a field on either side of “or”", position=self._at)
        flat = [part for node in nodes for part in (node.nodes if isinstance(node, Or) else (node,))]
        return flat[0] if len(flat) == 1 else Or(tuple(flat))

    def _all(self) -> Node:
        nodes: list[Node] = []
        begin = self._at
        while self._at < len(self._text) and self._text[self._at] != ")" and not self._or_ahead():
            node = self._unit()
            nodes += node.nodes if isinstance(node, And) else (node,)
            self._skip()
        if self._at == begin:
            raise QueryError("expected a word or a field here", position=self._at)
        return nodes[0] if len(nodes) == 1 else And(tuple(nodes))

    def _unit(self) -> Node:
        self._depth += 1
        if self._depth > _DEPTH:
            raise QueryError("nested too deeply", position=self._at)
        try:
            if self._text.startswith("-", self._at):
                self._at += 1
                self._skip()
                if self._at == len(self._text) or self._text[self._at] == ")":
                    raise QueryError("expected something to exclude after “-”", position=self._at)
                return Not(self._unit())
            if self._text.startswith("(", self._at):
                return self._parenthesis()
            return self._term()
        finally:
            self._depth -= 1

    def _parenthesis(self) -> Node:
        opened = self._at
        self._at += 1
        self._skip()
        node = self._either()
        if not self._text.startswith(")", self._at):
            raise QueryError("this parenthesis is never closed", position=opened)
        self._at += 1
        return node

    def _term(self) -> Node:
        self._terms += 1
        if self._terms > _TERMS:
            raise QueryError("more than {limit} terms", position=self._at, limit=_TERMS)
        if found := FIELD.match(self._text, self._at):
            start = self._at
            field = known_field(found[1].lower(), start).name
            if field == "order" and self._depth > 1:
                raise QueryError("“order:” can be neither negated nor in parentheses", position=start)
            self._at = found.end()
            start = self._at
            if field == "order":
                self.order = order_of(self._value(), start)
                return And()
            return term_of(field, self._value(), self._today, start)
        if (found := _WORD.match(self._text, self._at)) and found[0].lower() == "star":
            self._at = found.end()
            return Is("starred")
        start = self._at
        return text_term(self._value(), start)

    def _value(self) -> str:
        opening = self._text[self._at : self._at + 1]
        if opening and opening in '"“':
            return self._quoted("”" if opening == "“" else '"')
        found = _WORD.match(self._text, self._at)
        if found is None and opening == "”":
            raise QueryError("this quote was never opened", position=self._at)
        if found is None:
            raise QueryError("expected a value", position=self._at)
        self._at = found.end()
        return found[0]

    def _quoted(self, closing: str) -> str:
        opened = self._at
        parts = []
        self._at += 1
        while True:
            end = self._text.find(closing, self._at)
            if end < 0:
                raise QueryError("this quote is never closed", position=opened)
            parts.append(self._text[self._at : end])
            self._at = end + 1
            if closing != '"' or not self._text.startswith('"', self._at):
                return "".join(parts)
            parts.append('"')
            self._at += 1
