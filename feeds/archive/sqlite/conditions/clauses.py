"""A term of the filter as a clause over one row."""

import json
from datetime import date, timedelta

from msgspec import Struct

from feeds.archive.sqlite import grams
from feeds.archive.sqlite.conditions.condition import EVERY, Clause, Value, all_of, any_of, none_of
from feeds.archive.sqlite.conditions.lookup import Lookup
from feeds.archive.sqlite.rowids import WITHIN, day_start
from feeds.folding import folded_text
from feeds.query.terms import (
    Amount,
    And,
    Dates,
    Due,
    Edited,
    Groups,
    Has,
    Is,
    LabelTerm,
    Node,
    Not,
    NoteTerm,
    Or,
    Seen,
    TextTerm,
    TitleTerm,
)

_EVER = 1 << 40  # seconds: no date is further from 1970


def _of_article(sql: str, *values: Value) -> Clause:
    return Clause(sql, values, of_article=True)


STATES = {
    "unread": _of_article("a.unread = 1"),
    "read": _of_article("a.unread = 0"),
    "starred": _of_article("a.starred = 1"),
    "plan": _of_article("a.has_plan = 1"),
    "changed": _of_article("a.changed > 0"),
    "hidden": _of_article("a.hidden = 1"),
}
NOTE = "coalesce(json_extract(a.marks, '$.note'), '')"
"""The reader's note of an article."""
_PARTS = {
    "targets": _of_article("a.targets > 0"),
    "goals": _of_article("a.goals > 0"),
    "groups": _of_article("a.groups > 0"),
    "plan": _of_article("a.has_plan = 1"),
    "attachment": _of_article("a.files > 0"),
    "agency": _of_article("a.agency <> ''"),
}


class Clauses(Struct, frozen=True):
    """Makes clauses over rows whose number stands in the column `at`. `few`: the leader has few rows.

    Up to `listed` articles are looked up in the lists of a word's grams; of more the texts are read. 0 stands for few.
    """

    lookup: Lookup
    at: str = "a.at"
    few: bool = False
    listed: int = 0

    def of(self, node: Node) -> Clause:
        """A node as a clause."""
        match node:
            case And(nodes=nodes):
                return all_of(map(self.of, nodes))
            case Or(nodes=nodes):
                return any_of(map(self.of, nodes))
            case Not(node=inner):
                return none_of(self.of(inner))
            case _:
                return self._term(node)

    def _term(self, term: Node) -> Clause:
        clause = EVERY
        match term:
            case TextTerm(value=value):
                clause = self._search(folded_text(value))
            case TitleTerm() | NoteTerm():
                clause = _words_of(term)
            case LabelTerm():
                clause = self._label_clause(term)
            case Dates(first=first, last=last):
                clause = self._between(first, last)
            case Due(first=first, last=last):
                clause = self._due_between(*days_of(first, last))
            case Seen(first=first, last=last):
                clause = _of_article("a.seen BETWEEN ? AND ?", *seconds_between(first, last))
            case Edited(first=first, last=last):
                clause = _of_article("a.changed > 0 AND a.changed BETWEEN ? AND ?", *seconds_between(first, last))
            case Is(state=state):
                clause = STATES[state]
            case Has(part=part):
                clause = _PARTS[part]
            case Amount():
                clause = self._with_amount(value_clause(term, "v"))
            case Groups(comparison=comparison, number=number):
                clause = _of_article(f"a.groups {comparison} ?", number)
        return clause

    def _due_between(self, first: int, last: int) -> Clause:
        """A target or goal of the article falls due in a span of days."""
        asked = f"SELECT 1 FROM due WHERE due.at = {self.at} AND due.day BETWEEN ? AND ?"  # noqa: S608 -- a column of ours
        return Clause(f"EXISTS ({asked})", (first, last))

    def _with_amount(self, valued: Clause) -> Clause:
        """A statement `v` of the article fulfils a clause."""
        inside = WITHIN.format(number="v.id", at=self.at)
        return Clause(f"EXISTS (SELECT 1 FROM statement v WHERE {inside} AND {valued.sql})", valued.values)  # noqa: S608 -- our own words only

    def _label_clause(self, term: LabelTerm) -> Clause:
        """The article is filed under any of the labels a name means."""
        numbers = [number for number, _ in self.lookup.labels(term)]
        among = "t.label = ?" if len(numbers) == 1 else "t.label IN (SELECT value FROM json_each(?))"
        value = numbers[0] if len(numbers) == 1 else json.dumps(numbers)
        return Clause(f"EXISTS (SELECT 1 FROM tagged t WHERE t.at = {self.at} AND {among})", (value,))  # noqa: S608 -- a column of ours

    def _between(self, first: date | None, last: date | None) -> Clause:
        """A span of days, asked of the leader's own column: an index is entered at one end of it."""
        parts: list[str] = []
        values: list[Value] = []
        if first:
            parts.append(f"{self.at} >= ?")
            values.append(day_start(first))
        if last and last < date.max:
            parts.append(f"{self.at} < ?")
            values.append(day_start(last + timedelta(days=1)))
        return Clause(" AND ".join(parts), tuple(values)) if parts else EVERY

    def _search(self, needle: str) -> Clause:
        """A word: a rare one by the list of its grams; the text is read too unless all that have them hold it."""
        match, exact = grams.match_of(needle), grams.is_exact(needle)
        most = self.listed or self.lookup.few
        useful = self.lookup.whole and not self.few and (exact or self.listed) and not grams.is_short(needle)
        if useful and self.lookup.count("gram WHERE gram MATCH ?", [match], most) <= most:
            listed = Clause(f"{self.at} IN (SELECT rowid FROM gram WHERE gram MATCH ?)", (match,))  # noqa: S608 -- a column of ours
            return listed if exact else all_of((listed, self._text_clause(needle)))
        return self._text_clause(needle)

    def _text_clause(self, needle: str) -> Clause:
        """The article's text holds a needle."""
        return Clause(f"holds((SELECT text FROM body WHERE body.at = {self.at}), ?)", (needle,), costly=True)  # noqa: S608 -- a column of ours


def _words_of(term: TitleTerm | NoteTerm) -> Clause:
    """The article's title, or the reader's note of it, has these words."""
    if isinstance(term, NoteTerm) and term.value == "*":
        return _of_article(f"{NOTE} <> ''")
    column = NOTE if isinstance(term, NoteTerm) else "a.title"
    return Clause(f"mentions({column}, ?)", (folded_text(term.value),), costly=True, of_article=True)


def seconds_between(first: int | None, last: int | None) -> tuple[int, int]:
    """Both ends of a span of seconds, the ends of the calendar where the span is open."""
    return (-_EVER if first is None else first), (_EVER if last is None else last)


def days_of(first: date | None, last: date | None) -> tuple[int, int]:
    """Both ends of a span as the index keeps days, its own ends where the span is open."""
    return (first or date.min).toordinal(), (last or date.max).toordinal()


def value_clause(term: Amount, name: str) -> Clause:
    """A target's amount, asked of the statement with this alias."""
    parts = [Clause(f"{name}.unit = ?", (term.unit,)) if term.unit else Clause(f"{name}.unit <> ?", ("\U0010ffff",))]
    if term.least is not None:
        parts.append(Clause(f"{name}.amount >= ?", (term.least,)))
    if term.most is not None:
        parts.append(Clause(f"{name}.amount <= ?", (term.most,)))
    return all_of(parts)
