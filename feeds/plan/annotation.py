"""The marks that rules see in a stretch of a paragraph: its dates, quantities, counts, ordinals, titles and bodies.

The rules read the same functions; this puts their findings side by side for somebody who asks why a rule found nothing:
a unit that no list has is no quantity, and a noun that no list has is no count.
"""

from collections.abc import Iterator
from typing import NamedTuple

from feeds.plan.clauses import Line, Paper
from feeds.plan.documents.bodies import bodies_in, home_of
from feeds.plan.grammar.quantities import quantities_in
from feeds.plan.groups.counts import counts_of
from feeds.plan.groups.enumerations import markers_of


class Mark(NamedTuple):
    """One thing that is seen: its kind, its stretch, and what it is read as where the text does not say it."""

    kind: str
    start: int
    end: int
    meaning: str = ""


class SeenMarks:
    """The marks of an article; what is found in one search of all paragraphs is searched for once."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._home = home_of(paper)
        self._listed: dict[int, list[Mark]] = {}
        for count in counts_of(paper):
            mark = Mark("count", count.start, count.end, str(count.n or "no number"))
            self._listed.setdefault(count.p, []).append(mark)
        for marker in markers_of(paper):
            mark = Mark("ordinal", marker.start, marker.text, str(marker.number))
            self._listed.setdefault(marker.p, []).append(mark)

    def between(self, line: Line, start: int, end: int) -> list[Mark]:
        """Every mark that begins in the stretch of the paragraph, in reading order."""
        marks = (mark for mark in self._of(line, start, end) if start <= mark.start < end)
        return sorted(marks, key=lambda mark: mark.start)

    def _of(self, line: Line, start: int, end: int) -> Iterator[Mark]:
        for time in self._paper.times(line):
            yield Mark("date", time.start, time.end, time.deadline)
        for figure in quantities_in(line.plain, start, end):
            yield Mark("quantity", figure.start, figure.end, figure.comparator)
        yield from self._listed.get(line.p, ())
        for a, b in line.titles:
            yield Mark("title", a, b)
        for body in bodies_in(line.plain, self._home, start, end):
            yield Mark("body", body.start, body.end, body.name)
