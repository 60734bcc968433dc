"""What has been found: goals and targets in reading order, nothing twice; and the scope that a date sets."""

from typing import NamedTuple

from feeds.model import Goal, Span, Target
from feeds.plan.clauses import Line, trimmed
from feeds.plan.goals.phrases import INTRODUCES, LINKS, TURNS, WITH_FOCUS


class Aims(NamedTuple):
    """All goals and targets of an article, in reading order."""

    goals: tuple[Goal, ...]
    targets: tuple[Target, ...]


_EPOCH = 4
MANY = 50
"""Indicators with one figure that are compared; more are a table."""


class Scope(NamedTuple):
    """What governs the clauses that follow: its deadlines, whether it was set firmly at a head, whether it is a period.

    `lasting`: it may reach into the next sentence (到2025年 does, 6月底前 does not). `holds`: into the next clause.
    `announced`: a sentence of its own said that aims follow (会议明确了明年的主要目标。).
    `loose`: the date only names its time (今年, “十五五”时期).
    `figures_only`: in the paragraphs under 今年做好八项工作： only what has a figure is an aim.
    """

    deadlines: tuple[str, ...]
    firm: bool
    period: bool = False
    lasting: bool = True
    holds: bool = True
    figures_only: bool = False
    announced: bool = False
    loose: bool = False

    @property
    def years(self) -> bool:
        """A period of years (“十五五”时期, 2022—2024年)."""
        last = self.deadlines[-1]
        return "/" in last and "-" not in last

    @property
    def epoch(self) -> bool:
        """A period of five years or more (“十五五”时期, 未来十年), within which one work follows another."""
        first, _, last = self.deadlines[-1].partition("/")
        return self.years and int(last) - int(first) >= _EPOCH

    @property
    def monthly(self) -> bool:
        """A month or a day, by which one thing is done."""
        return "-" in self.deadlines[-1]


class Ledger:
    """The goals and targets of one article while it is read."""

    __slots__ = ("_figures", "_seen", "goals", "targets")

    def __init__(self) -> None:
        self.goals: list[Goal] = []
        self.targets: list[Target] = []
        self._seen: set[tuple[str, str]] = set()
        self._figures: dict[tuple[str, str, str], list[str]] = {}

    def goal(self, line: Line, start: int, end: int, scope: Scope) -> None:
        """Keep a goal, once for each of its dates, unless the text said it before."""
        start, end = trimmed(line.plain, start, end)
        if line.plain[end - 1 : end] in ("”", '"') and "“" not in line.plain[start:end]:
            end -= 1
        if (link := LINKS.match(line.plain, start, end)) is not None:
            start = link.end()
        text = line.text[start:end]
        if WITH_FOCUS.match(text):
            return
        if end - start < 4 or TURNS.fullmatch(text) or INTRODUCES.search(line.plain[start:end]):
            return
        for deadline in scope.deadlines:
            if (deadline, text) not in self._seen:
                self._seen.add((deadline, text))
                confidence = 0.9 if scope.firm else 0.6
                self.goals.append(Goal(deadline, text, Span(line.p, start, end), confidence))

    def target(self, target: Target) -> None:
        """Keep a target unless the same figure stands already under the same date for the same thing."""
        same = self._figures.setdefault((target.value, target.unit, target.deadline), [])
        if any(other in target.indicator or target.indicator in other for other in same[:MANY]):
            return
        same.append(target.indicator)
        self.targets.append(target)
