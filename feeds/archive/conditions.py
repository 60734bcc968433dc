"""From a query's tree to SQL. Whatever a person typed goes in as a parameter, never as text.

A list is read newest first by keyset, so the one thing that decides its cost is which table leads: the full-text
list of a word, the rows of a label, or the articles themselves. The leader is taken from the terms that must all
hold; the other terms are asked row by row. Every leader stands in time order (see schema).
"""

import sqlite3
from datetime import date, datetime, time, timedelta

from msgspec import Struct

from feeds.archive import grams
from feeds.archive.query import Query
from feeds.archive.query.terms import And, Dates, Groups, Has, Is, Named, Node, Not, Or, Text, Title
from feeds.archive.schema import SLOTS
from feeds.model import BEIJING

_KINDS = {"cat": "category", "source": "source", "agency": "agency"}
_STATES = {"unread": "a.unread = 1", "read": "a.unread = 0", "starred": "a.starred = 1", "plan": "a.has_plan = 1"}
_PARTS = {"targets": "a.targets > 0", "goals": "a.goals > 0", "groups": "a.groups > 0", "plan": "a.has_plan = 1"}
_FEW = 2000  # articles: fewer than this are asked for their text one by one sooner than the full-text lists are joined

Value = str | int
Part = tuple[str, list[Value]]


class Condition(Struct, frozen=True):
    """Where rows come from: a FROM with the articles as `a`, its column of row numbers, a WHERE and its parameters.

    `counted` names the label whose maintained count is the number of rows; `unread` takes its unread count.
    """

    source: str
    at: str
    where: str
    parameters: tuple[Value, ...]
    counted: int | None = None
    unread: bool = False

    def select(self, what: str, rest: str = "") -> str:
        """The statement; the articles are joined to their leader only if something is asked of them."""
        source = self.source if "a." in what + self.where + rest else self.source.partition(" CROSS JOIN ")[0]
        return f"SELECT {what} FROM {source} WHERE {self.where} {rest}"  # noqa: S608 -- our own words only


def at_of(day: date) -> int:
    """The first row number of a Beijing day."""
    return int(datetime.combine(day, time(), BEIJING).timestamp()) << SLOTS


def _labels(connection: sqlite3.Connection, term: Named) -> list[tuple[int, int]]:
    """(label, articles) of everything a name means: a category path or a part of one; else a name or part of one."""
    rows = connection.execute(
        "SELECT id, value, total FROM label WHERE kind = ? AND total > 0", (_KINDS[term.field],)
    ).fetchall()
    wanted = grams.folded(term.value).strip("/")
    if term.field == "cat":
        ending = "/" + wanted
        return [(number, total) for number, value, total in rows if ("/" + grams.folded(value)).endswith(ending)]
    exact = [(number, total) for number, value, total in rows if grams.folded(value) == wanted]
    return exact or [(number, total) for number, value, total in rows if wanted in grams.folded(value)]


class _Compiler:
    """One query against one index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._at = "a.at"
        self._whole = connection.execute("SELECT 1 FROM todo LIMIT 1").fetchone() is None

    def text_of(self, node: Node) -> Part:
        """A node as an SQL expression over the article `a`."""
        part: Part
        match node:
            case And(nodes=nodes):
                part = self._several(nodes, " AND ")
            case Or(nodes=nodes):
                part = self._several(nodes, " OR ")
            case Not(node=inner):
                text, values = self.text_of(inner)
                part = f"NOT ({text})", values
            case Text(value=value):
                part = self._search(grams.folded(value))
            case Title(value=value):
                part = "mentions(a.title, ?)", [grams.folded(value)]
            case Named():
                part = self._labelled_so(node)
            case Dates(first=first, last=last):
                part = self._between(first, last)
            case Is(state=state):
                part = _STATES[state], []
            case Has(part=kind):
                part = _PARTS[kind], []
            case Groups(comparison=comparison, number=number):
                part = f"a.groups {comparison} ?", [number]
        return part

    def _labelled_so(self, term: Named) -> Part:
        """Filed under any of the labels a name means."""
        numbers: list[Value] = [number for number, _ in _labels(self._connection, term)]
        marks = ", ".join("?" * len(numbers))
        return f"EXISTS (SELECT 1 FROM tagged t WHERE t.at = {self._at} AND t.label IN ({marks}))", numbers  # noqa: S608 -- marks are question marks

    def _several(self, nodes: tuple[Node, ...], joint: str) -> Part:
        parts = [self.text_of(node) for node in nodes]
        return joint.join(f"({text})" for text, _ in parts) or "1", [value for _, values in parts for value in values]

    def _between(self, first: date | None, last: date | None) -> Part:
        """A span of days, asked of the leader's own column: an index is entered at one end of it."""
        parts: list[str] = []
        values: list[Value] = []
        if first:
            parts.append(f"{self._at} >= ?")
            values.append(at_of(first))
        if last and last < date.max:
            parts.append(f"{self._at} < ?")
            values.append(at_of(last + timedelta(days=1)))
        return " AND ".join(parts) or "1", values

    def _search(self, needle: str, *, led: bool = False) -> Part:
        """A word: its candidates by their grams unless they lead already, each asked unless the grams say all."""
        match = grams.match_of(needle) if self._whole else ""
        parts: list[str] = []
        values: list[Value] = []
        if match and not led:
            parts.append(f"{self._at} IN (SELECT rowid FROM gram WHERE gram MATCH ?)")  # noqa: S608 -- a column of ours
            values.append(match)
        if not match or not grams.is_exact(needle):
            parts.append(f"holds((SELECT text FROM body WHERE body.at = {self._at}), ?)")  # noqa: S608 -- a column of ours
            values.append(needle)
        return " AND ".join(parts) or "1", values

    def _led_by_label(self, nodes: tuple[Node, ...]) -> tuple[int, int, Named] | None:
        """(articles, label, term) of the rarest term that means one label."""
        found = []
        for node in nodes:
            if isinstance(node, Named):
                labels = _labels(self._connection, node)
                if len(labels) == 1:
                    found.append((labels[0][1], labels[0][0], node))
        return min(found, key=lambda entry: entry[0], default=None)

    def condition_of(self, nodes: tuple[Node, ...]) -> Condition:
        """The terms that must all hold, led by the best of them."""
        matches = [grams.match_of(grams.folded(node.value)) for node in nodes if isinstance(node, Text)]
        matches = [match for match in matches if match and self._whole]
        label = self._led_by_label(nodes)
        if matches and not (label and label[0] < _FEW):
            return self._led_by_words(nodes, " AND ".join(matches))
        if label:
            return self._labelled(nodes, *label)
        kind, unread = {
            (): ("all", False),
            (Is("unread"),): ("all", True),
            (Is("plan"),): ("plan", False),
            (Has("plan"),): ("plan", False),
        }.get(nodes, ("", False))
        row = self._connection.execute("SELECT id FROM label WHERE kind = ? AND value = ''", (kind,)).fetchone()
        parts = [self.text_of(node) for node in nodes]
        return _joined("article a", "a.at", parts, row[0] if row else None, unread=unread)

    def _led_by_words(self, nodes: tuple[Node, ...], match: str) -> Condition:
        """The full-text lists lead."""
        self._at = "gram.rowid"
        parts: list[Part] = [("gram MATCH ?", [match])]
        for node in nodes:
            if isinstance(node, Text):
                parts.append(self._search(grams.folded(node.value), led=True))
            else:
                parts.append(self.text_of(node))
        return _joined("gram CROSS JOIN article a ON a.at = gram.rowid", self._at, parts)

    def _labelled(self, nodes: tuple[Node, ...], count: int, number: int, term: Named) -> Condition:
        """The rows of a label lead; of a rare one, each text is read rather than the full-text lists joined."""
        self._at = "d.at"
        self._whole = self._whole and count >= _FEW
        rest = tuple(node for node in nodes if node != term)
        parts: list[Part] = [("d.label = ?", [number]), *map(self.text_of, rest)]
        counted = number if rest in ((), (Is("unread"),)) else None
        return _joined("tagged d CROSS JOIN article a ON a.at = d.at", self._at, parts, counted, unread=bool(rest))


def _joined(source: str, at: str, parts: list[Part], counted: int | None = None, *, unread: bool = False) -> Condition:
    where = " AND ".join(f"({text})" for text, _ in parts) or "1"
    return Condition(source, at, where, tuple(value for _, values in parts for value in values), counted, unread)


def condition_of(query: Query | None, connection: sqlite3.Connection) -> Condition:
    """A query as the FROM and WHERE of a list over this index."""
    return _Compiler(connection).condition_of(query.root.nodes if query else ())
