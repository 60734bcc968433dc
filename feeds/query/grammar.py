"""From the text that a reader types to the expression tree. Pure.

The parser is written by hand, so that each error knows its position and says what was expected there.

    query  = either ;            either = all, { "or", all } ;         all = unit, { unit } ;
    unit   = { "-" }, ( "(", either, ")" | term ) ;
    term   = field, ":", value | "star" | value ;      value = word | quoted ;

`order:` is not a condition: it is allowed among the outermost terms and is kept beside the tree.
"""

import re
from datetime import date

from feeds.controls import blank_controls
from feeds.errors import QueryError
from feeds.query.fields import field_named, folded_width, known_field, order_of, term_of, text_term
from feeds.query.terms import FIELD, And, Is, Node, Not, Or, OrderName

_WORD = re.compile(r"[^\s()]+")
_QUOTED = {
    '"': re.compile(r'"((?:[^"]|"")*)"(?=[\s()]|$)'),
    "“": re.compile(r"“([^”]*)”(?=[\s()]|$)"),
}
"""A quoted text ends where a term may end. So the marks of a pasted title (“双碳”目标) are a part of its text."""
_CLOSING = {'"': '"', "“": "”"}
_DEPTH = 40
_TERMS = 200  # SQLite allows a thousand levels in an expression, and each term of a chain is a level


class Grammar:
    """The parser of one text. `order` is the value of its last `order:`."""

    def __init__(self, text: str, today: date) -> None:
        # A pasted text may have control characters or half a surrogate pair. No stored text has them.
        self._text = folded_width(blank_controls(text))
        self._today = today
        self._position = 0
        self._depth = 0
        self._terms = 0
        self.order: OrderName = "date"

    def parse_query(self) -> Node:
        """Parse the whole text."""
        self._skip_blanks()
        if self._position == len(self._text):
            return And()
        node = self._parse_either()
        if self._position < len(self._text):  # only a parenthesis ends an expression before the text does
            raise QueryError("this parenthesis was never opened", position=self._position)
        return node

    def _skip_blanks(self) -> None:
        while self._position < len(self._text) and self._text[self._position].isspace():
            self._position += 1

    def _is_or_next(self) -> bool:
        found = _WORD.match(self._text, self._position)
        return found is not None and found[0].lower() == "or"

    def _parse_either(self) -> Node:
        nodes = [self._parse_all()]
        while self._is_or_next():
            self._position += 2
            self._skip_blanks()
            nodes.append(self._parse_all())
        if len(nodes) > 1 and And() in nodes:
            raise QueryError("expected a word or a field on either side of “or”", position=self._position)
        flat = [part for node in nodes for part in (node.nodes if isinstance(node, Or) else (node,))]
        return flat[0] if len(flat) == 1 else Or(tuple(flat))

    def _parse_all(self) -> Node:
        nodes: list[Node] = []
        begin = self._position
        while self._position < len(self._text) and self._text[self._position] != ")" and not self._is_or_next():
            node = self._parse_unit()
            nodes += node.nodes if isinstance(node, And) else (node,)
            self._skip_blanks()
        if self._position == begin:
            raise QueryError("expected a word or a field here", position=self._position)
        return nodes[0] if len(nodes) == 1 else And(tuple(nodes))

    def _parse_unit(self) -> Node:
        self._depth += 1
        if self._depth > _DEPTH:
            raise QueryError("nested too deeply", position=self._position)
        try:
            if self._text.startswith("-", self._position):
                self._position += 1
                self._skip_blanks()
                if self._position == len(self._text) or self._text[self._position] == ")":
                    raise QueryError("expected something to exclude after “-”", position=self._position)
                return Not(self._parse_unit())
            if self._text.startswith("(", self._position):
                return self._parse_parenthesis()
            return self._parse_term()
        finally:
            self._depth -= 1

    def _parse_parenthesis(self) -> Node:
        opening_position = self._position
        self._position += 1
        self._skip_blanks()
        node = self._parse_either()
        if not self._text.startswith(")", self._position):
            raise QueryError("this parenthesis is never closed", position=opening_position)
        self._position += 1
        return node

    def _parse_term(self) -> Node:
        self._terms += 1
        if self._terms > _TERMS:
            raise QueryError("more than {limit} terms", position=self._position, limit=_TERMS)
        if found := self._field_here():
            start = self._position
            field = known_field(found[1], start).name
            if field == "order" and self._depth > 1:
                raise QueryError("“order:” can be neither negated nor in parentheses", position=start)
            self._position = found.end()
            start = self._position
            if field == "order":
                self.order = order_of(self._parse_value(), start)
                return And()
            return term_of(field, self._parse_value(), self._today, start)
        if (found := _WORD.match(self._text, self._position)) and found[0].lower() == "star":
            self._position = found.end()
            return Is("starred")
        start = self._position
        return text_term(self._parse_value(), start)

    def _field_here(self) -> re.Match[str] | None:
        """The name of a field at the position. A Chinese word that no field has is text, as in 央行：…."""
        found = FIELD.match(self._text, self._position)
        return found if found and (found[1].isascii() or field_named(found[1])) else None

    def _parse_value(self) -> str:
        opening = self._text[self._position : self._position + 1]
        if opening in _QUOTED:
            if found := _QUOTED[opening].match(self._text, self._position):
                self._position = found.end()
                return found[1].replace('""', '"') if opening == '"' else found[1]
            if _CLOSING[opening] not in self._text[self._position + 1 :]:
                raise QueryError("this quote is never closed", position=self._position)
        found = _WORD.match(self._text, self._position)
        if found is None:
            raise QueryError("expected a value", position=self._position)
        self._position = found.end()
        return found[0]
