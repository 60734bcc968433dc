"""From a query's tree to SQL. Whatever a person typed goes in as a parameter, never as text.

A list is read newest first by keyset, so the one thing that decides its cost is which table leads: the full-text
list of a word, the rows of a label, a few rows found beforehand, or the articles themselves. The leader is taken from
the terms that must all hold; the other terms are asked row by row. Every leader stands in time order (see schema).

What is rare is led by and what is common is asked: a list of a few thousand rows is read whole sooner than a million
articles are asked, and of what one article in fifty has a page is found soon. So no more than a few rows of anything
are counted here.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from msgspec import Struct

from feeds.agencies import names_of
from feeds.archive import grams
from feeds.archive.schema import SLOTS
from feeds.folding import folded
from feeds.model import BEIJING
from feeds.query import Query
from feeds.query.terms import And, Dates, Due, Groups, Has, Is, Named, Node, Not, Or, Text, Title

_KINDS = {"cat": "category", "source": "source", "agency": "agency", "tag": "tag"}
_STATES = {"unread": "a.unread = 1", "read": "a.unread = 0", "starred": "a.starred = 1", "plan": "a.has_plan = 1"}
_PARTS = {"targets": "a.targets > 0", "goals": "a.goals > 0", "groups": "a.groups > 0", "plan": "a.has_plan = 1"}
_LEAST = 400  # rows found by words: so many texts are read whole sooner than the lists are gone through again
_FEW = 2000  # rows: what has fewer leads; more of anything is not counted
_SAMPLE = 100  # of the newest texts, by which a character or a pair is called rare or common

Value = str | int
Part = tuple[str, list[Value]]
_ALL: Part = ("1", [])


class Condition(Struct, frozen=True):
    """Where rows come from: a FROM with the articles as `a`, its column of row numbers, and what must hold.

    `lead` bounds the leader itself; `rest` is asked of each of its rows, and is `costly` where that reads a text.
    `counted` names the label whose maintained count is the number of rows; `unread` takes its unread count.
    """

    source: Part
    at: str
    lead: Part
    rest: Part
    counted: int | None = None
    unread: bool = False

    @property
    def costly(self) -> bool:
        """Whether to ask a row takes as long as reading its text."""
        return "holds(" in self.rest[0] or "mentions(" in self.rest[0]

    @property
    def sure(self) -> bool:
        """Whether every row of the leader is one of the list."""
        return self.rest[0] == "1"

    @property
    def unordered(self) -> bool:
        """Whether the leader's rows must be sorted, all of them, before the first can be had: they are few."""
        return self.source[0].startswith("(")

    @property
    def parameters(self) -> tuple[Value, ...]:
        """What stands for the question marks of `select`, before those of its own `rest`."""
        return (*self.source[1], *self.lead[1], *self.rest[1])

    def select(self, what: str, rest: str = "") -> str:
        """The statement; the articles are joined to their leader only if something is asked of them."""
        where = f"{self.lead[0]} AND {self.rest[0]}"
        return f"SELECT {what} FROM {self._from(what + where + rest)} WHERE {where} {rest}"  # noqa: S608 -- our own words only

    def slice(self, bound: int | None, limit: int, what: str, columns: str = "") -> tuple[str, tuple[Value, ...]]:
        """A statement about at most `limit` rows of the leader, those below `bound` from its top down.

        `what` is made of `at`, `hit` (whether the row is one of the list) and the `columns`.
        """
        below, values = (f"AND {self.at} < ?", (bound,)) if bound is not None else ("", ())
        taken = f"{self.at} AS at, {self.rest[0]} AS hit" + (f", {columns}" if columns else "")
        rows = f"{self._from(taken + self.lead[0])} WHERE {self.lead[0]} {below} ORDER BY {self.at} DESC LIMIT ?"
        if self.unordered:  # SQLite would ask them all before it sorts them
            leader, _, joined = self.source[0].partition(" CROSS JOIN ")
            rows = f"(SELECT d.at FROM {leader} WHERE {self.lead[0]} {below} ORDER BY d.at DESC LIMIT ?) d"  # noqa: S608 -- our own words only
            rows += f" CROSS JOIN {joined} ORDER BY d.at DESC"
        text = f"SELECT {what} FROM (SELECT {taken} FROM {rows})"  # noqa: S608 -- our own words only
        return text, (*self.rest[1], *self.source[1], *self.lead[1], *values, limit)

    def _from(self, asked: str) -> str:
        return self.source[0] if "a." in asked else self.source[0].partition(" CROSS JOIN ")[0]


def at_of(day: date) -> int:
    """The first row number of a Beijing day."""
    return int(datetime.combine(day, time(), BEIJING).timestamp()) << SLOTS


def _all_of(parts: Iterable[Part], joint: str = " AND ") -> Part:
    asked = [part for part in parts if part[0] != "1" or joint != " AND "]
    text = joint.join(f"({text})" for text, _ in asked) or "1"
    return (f"({text})" if len(asked) > 1 else text), [value for _, values in asked for value in values]


def _agency_names(value: str) -> list[str]:
    return [folded(name) for name in names_of(value)]


def _only_name(value: str) -> list[str]:
    return [folded(value)]


class _Leader(Struct, frozen=True):
    """A way to read the list. `rows` is their number, of which no more than `_FEW` + 1 were counted."""

    rows: int
    source: Part
    at: str
    lead: Part
    nodes: tuple[Node, ...]
    """What need not be asked any more."""
    label: int | None = None


class _Compiler:
    """One query against one index."""

    def __init__(self, connection: sqlite3.Connection, kept: Sequence[int] = ()) -> None:
        self._connection = connection
        self._kept = json.dumps(kept) if kept else ""
        self._at = "a.at"
        self._whole = connection.execute("SELECT 1 FROM todo LIMIT 1").fetchone() is None
        self._texts_are_few = False

    # -- what is asked of a row

    def text_of(self, node: Node) -> Part:
        """A node as an SQL expression over the article `a`."""
        part: Part
        match node:
            case And(nodes=nodes):
                part = _all_of(map(self.text_of, nodes))
            case Or(nodes=nodes):
                part = _all_of(map(self.text_of, nodes), " OR ")
            case Not(node=inner):
                text, values = self.text_of(inner)
                part = f"NOT ({text})", values
            case Text(value=value):
                part = self._search(folded(value))
            case Title(value=value):
                part = "mentions(a.title, ?)", [folded(value)]
            case Named():
                part = self._labelled_so(node)
            case Dates(first=first, last=last):
                part = self._between(first, last)
            case Due(first=first, last=last):
                days = _days(first, last)
                part = f"EXISTS (SELECT 1 FROM due WHERE due.at = {self._at} AND due.day BETWEEN ? AND ?)", days  # noqa: S608 -- a column of ours
            case Is(state=state):
                part = _STATES[state], []
            case Has(part=kind):
                part = _PARTS[kind], []
            case Groups(comparison=comparison, number=number):
                part = f"a.groups {comparison} ?", [number]
        return part

    def _labelled_so(self, term: Named) -> Part:
        """Filed under any of the labels a name means."""
        numbers: list[Value] = [number for number, _ in self._labels(term)]
        marks = ", ".join("?" * len(numbers))
        return f"EXISTS (SELECT 1 FROM tagged t WHERE t.at = {self._at} AND t.label IN ({marks}))", numbers  # noqa: S608 -- marks are question marks

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

    def _search(self, needle: str) -> Part:
        """A word: a rare one by the list of its grams, if all that have them hold it; else the text is read."""
        listed = self._whole and not self._texts_are_few and grams.is_exact(needle) and not grams.is_short(needle)
        match = grams.match_of(needle)
        if listed and self._count("gram WHERE gram MATCH ?", [match]) <= _FEW:
            return f"{self._at} IN (SELECT rowid FROM gram WHERE gram MATCH ?)", [match]  # noqa: S608 -- a column of ours
        return f"holds((SELECT text FROM body WHERE body.at = {self._at}), ?)", [needle]  # noqa: S608 -- a column of ours

    def _labels(self, term: Named) -> list[tuple[int, int]]:
        """(label, articles) of all that a name means: a path or levels of one; a name, else a part of one."""
        rows = self._connection.execute(
            "SELECT id, value, total FROM label WHERE kind = ? AND total > 0", (_KINDS[term.field],)
        ).fetchall()
        wanted = folded(term.value).strip("/")
        if term.field == "cat":
            ending = "/" + wanted
            return [(number, total) for number, value, total in rows if ("/" + folded(value)).endswith(ending)]
        names = _agency_names if term.field == "agency" else _only_name
        exact = [(number, total) for number, value, total in rows if wanted in names(value)]
        return exact or [
            (number, total) for number, value, total in rows if any(wanted in name for name in names(value))
        ]

    # -- what leads

    def _count(self, rows: str, values: list[Value]) -> int:
        """How many rows there are, not further than to know that they are not few."""
        found = self._connection.execute(f"SELECT COUNT(*) FROM (SELECT 1 FROM {rows} LIMIT {_FEW + 1})", values)  # noqa: S608 -- our own words only
        return int(found.fetchone()[0])

    def _leader_by(self, node: Node) -> _Leader | None:
        """The rows in which a term holds, where they are at hand in time order, or few."""
        match node:
            case Named():
                return self._leader_by_label(node, self._labels(node))
            case Has(part=part) | Is(state=("plan" as part)):
                return self._leader_by_label(node, self._label_of("has", part))
            case Is(state=("starred" | "unread") as state):
                return self._leader_by_state(node, _STATES[state])
            case Due(first=first, last=last):
                return self._few_by(node, "due WHERE day BETWEEN ? AND ?", _days(first, last))
            case Groups(comparison=sign, number=number) if number > 0 and sign in (">", ">=", "="):
                return self._few_by(node, f"article WHERE groups > 0 AND groups {sign} ?", [number])
        return None

    def _leader_by_state(self, node: Node, asked: str) -> _Leader | None:
        """The few rows in a state, with those that are kept though they left it."""
        rows = self._count(f"article a WHERE {asked}", [])
        if rows > _FEW:
            return None
        if not self._kept:
            return _Leader(rows, ("article a", []), "a.at", (asked, []), (node,))
        union = f"(SELECT at FROM article a WHERE {asked} UNION SELECT value FROM json_each(?))"  # noqa: S608 -- our own words only
        return _Leader(rows, (f"{union} d CROSS JOIN article a ON a.at = d.at", [self._kept]), "d.at", _ALL, (node,))

    def _few_by(self, node: Node, rows: str, values: list[Value]) -> _Leader | None:
        """Rows that are not in time order lead where they are few."""
        if (count := self._count(rows, values)) > _FEW:
            return None
        source = f"(SELECT DISTINCT at FROM {rows}) d CROSS JOIN article a ON a.at = d.at"  # noqa: S608 -- our own words only
        return _Leader(count, (source, values), "d.at", _ALL, (node,))

    def _label_of(self, kind: str, value: str) -> list[tuple[int, int]]:
        """(label, articles) of one label, none where it was never given."""
        return self._connection.execute(
            "SELECT id, total FROM label WHERE kind = ? AND value = ?", (kind, value)
        ).fetchall()

    def _leader_by_label(self, term: Node, labels: list[tuple[int, int]]) -> _Leader | None:
        """The rows of one label, or those of several where they are few."""
        if len(labels) == 1:
            ((number, total),) = labels
            source = "tagged d CROSS JOIN article a ON a.at = d.at"
            return _Leader(total, (source, []), "d.at", ("d.label = ?", [number]), (term,), number)
        marks = ", ".join("?" * len(labels))
        return self._few_by(term, f"tagged WHERE label IN ({marks})", [number for number, _ in labels])

    def _leader_by_words(self, nodes: tuple[Node, ...]) -> _Leader | None:
        """The full-text lists of all words that must be there."""
        worded = [node for node in nodes if _match_of(node)] if self._whole else []
        pairs = [node for node in worded if "*" not in _match_of(node)]
        if not worded or (not pairs and self._is_common(worded)):
            return None
        match = self._thinned(pairs) if pairs else _match_of(And(tuple(worded)))
        held = tuple(node for node in pairs or worded if isinstance(node, Text) and grams.is_exact(folded(node.value)))
        found = self._connection.execute(f"SELECT rowid FROM gram WHERE gram MATCH ? LIMIT {_FEW + 1}", [match])  # noqa: S608 -- a number of ours
        rows = [row[0] for row in found.fetchall()]
        if len(rows) <= _LEAST:  # found once, not again for every page
            source = "(SELECT value AS at FROM json_each(?)) d CROSS JOIN article a ON a.at = d.at"
            return _Leader(len(rows), (source, [json.dumps(rows)]), "d.at", _ALL, held)
        source = "gram CROSS JOIN article a ON a.at = gram.rowid"
        return _Leader(len(rows), (source, []), "gram.rowid", ("gram MATCH ?", [match]), held)

    def _thinned(self, nodes: list[Node]) -> str:
        """The expression of all these without pairs that every second text has: their lists are long and part little.

        A word of one pair keeps it, so that no text need be read; and one pair stays, the rarest.
        """
        matches = [_match_of(node) for node in nodes if isinstance(node, Or | And)]
        needles = [folded(node.value) for node in nodes if isinstance(node, Text | Title)]
        kept = [pair for needle in needles if grams.is_exact(needle) for pair in grams.pairs_of(needle)]
        others = {pair for needle in needles for pair in grams.pairs_of(needle)} - set(kept)
        if len(others) + len(kept) > 1 and others:
            packed = self._connection.execute(f"SELECT text FROM body ORDER BY at DESC LIMIT {_SAMPLE}").fetchall()  # noqa: S608 -- a number of ours
            texts = [grams.unpacked(row[0]) for row in packed]
            often = {pair: sum(pair in text for text in texts) for pair in others}
            rare = [pair for pair in sorted(others) if often[pair] * 2 < len(texts)]
            others = set(rare or ([] if kept else [min(sorted(others), key=often.__getitem__)]))
        return " AND ".join(dict.fromkeys([f'"{pair}"' for pair in [*kept, *sorted(others)]] + matches))

    def _is_common(self, nodes: list[Node]) -> bool:
        """Whether the newest texts show that a page of these is found soon by reading texts."""
        asked, values = _all_of(map(self.text_of, nodes))
        found = self._connection.execute(
            f"SELECT TOTAL({asked}) FROM (SELECT * FROM article ORDER BY at DESC LIMIT {_SAMPLE}) a",  # noqa: S608 -- our own words only
            values,
        )
        return int(found.fetchone()[0]) * 50 >= _SAMPLE

    def condition_of(self, nodes: tuple[Node, ...]) -> Condition:
        """The terms that must all hold, led by the rarest of them; where none is known to be rare, by words."""
        found = [self._leader_by_words(nodes), *map(self._leader_by, nodes)]
        leaders = [leader for leader in found if leader]
        walk = _Leader(_FEW + 1, ("article a", []), "a.at", ("1", []), ())
        best = min(leaders, key=lambda leader: leader.rows, default=walk)
        self._texts_are_few = best.rows <= _FEW
        self._at = best.at
        dates = [self.text_of(node) for node in nodes if isinstance(node, Dates)]
        asked = [node for node in nodes if not isinstance(node, Dates) and node not in best.nodes]
        lead = _all_of([best.lead, *dates])
        rest = self._or_kept(_all_of(map(self.text_of, asked)))
        counted, unread = self._counted(nodes)
        return Condition(best.source, best.at, lead, rest, counted, unread)

    def _or_kept(self, rest: Part) -> Part:
        """What is asked of a row, and what is kept need not answer. The plus keeps SQLite from sorting two indexes."""
        if not self._kept or rest == _ALL:
            return rest
        return f"({rest[0]} OR +{self._at} IN (SELECT value FROM json_each(?)))", [*rest[1], self._kept]  # noqa: S608 -- a column of ours

    def _counted(self, nodes: tuple[Node, ...]) -> tuple[int | None, bool]:
        """The label whose maintained count is that of the list, and whether that of its unread ones is meant."""
        unread = Is("unread") in nodes
        rest = tuple(node for node in nodes if node != Is("unread"))
        match rest:
            case ():
                labels = self._label_of("all", "")
            case (Named() as term,):
                labels = self._labels(term)
            case (Has(part=part),) | (Is(state=("plan" as part)),):
                labels = self._label_of("has", part)
            case _:
                labels = []
        return (labels[0][0] if len(labels) == 1 else None), unread


def _match_of(node: Node) -> str:
    """The full-text expression of what must be in every article in which a node holds, "" if nothing must."""
    match node:
        case Text(value=value) | Title(value=value):
            return grams.match_of(folded(value))
        case And(nodes=nodes):
            return " AND ".join(dict.fromkeys(match for inner in nodes if (match := _match_of(inner))))
        case Or(nodes=nodes):
            matches = [_match_of(inner) for inner in nodes]
            return "(" + " OR ".join(f"({match})" for match in matches) + ")" if all(matches) else ""
    return ""


def _days(first: date | None, last: date | None) -> list[Value]:
    return [(first or date.min).toordinal(), (last or date.max).toordinal()]


def condition_of(query: Query | None, connection: sqlite3.Connection, kept: Sequence[int] = ()) -> Condition:
    """A query as the FROM and WHERE of a list over this index; the rows of `kept` stay whatever their flags become."""
    return _Compiler(connection, kept).condition_of(query.root.nodes if query else ())
