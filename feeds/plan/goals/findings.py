"""The findings: goals and targets in reading order, nothing twice."""

from typing import NamedTuple

from feeds.model import Goal, Span, Target
from feeds.plan.clauses import Line, Paper, trim
from feeds.plan.goals.scope import Scope
from feeds.plan.lexicon import last_match, phrases


class Aims(NamedTuple):
    """All goals and targets of an article, in reading order."""

    goals: tuple[Goal, ...]
    targets: tuple[Target, ...]


GOAL = "found goal"
"""Under this name a goal is noted, with the rule whose date governs it as the verdict."""
MANY = 50
"""Indicators with one figure that are compared; more are a table."""


class Findings:
    """The goals and targets of one article while it is read."""

    __slots__ = ("_figures", "_paper", "_said", "goals", "targets")

    def __init__(self, paper: Paper) -> None:
        self.goals: list[Goal] = []
        self.targets: list[Target] = []
        self._paper = paper
        self._said: set[tuple[str, str]] = set()
        self._figures: dict[tuple[str, str, str], list[tuple[str, Line, int]]] = {}

    def add_goal(self, line: Line, start: int, end: int, scope: Scope) -> None:
        """Keep a goal, once for each of its dates, unless the text said it before."""
        start, end = trim(line.plain, start, end)
        if line.plain[end - 1 : end] in ("”", '"') and "“" not in line.plain[start:end]:
            end -= 1
        if (link := phrases.LINKS.match(line.plain, start, end)) is not None:
            start = link.end()
        text = line.text[start:end]
        empty = end - start < 4 or phrases.WITH_FOCUS.match(text) or phrases.TURNS.fullmatch(text)
        if empty or phrases.INTRODUCES.search(line.plain[start:end]):
            self.note(line, start, end, "clause", "no aim: it only leads in or turns the talk")
            return
        for deadline in scope.deadlines:
            if (deadline, text) in self._said:
                self.note(line, start, end, "clause", "no goal: displaced by the same words before it")
                continue
            self._said.add((deadline, text))
            self.note(line, start, end, GOAL, scope.rule)
            self.goals.append(Goal(deadline, text, Span(line.p, start, end), scope.confidence))

    def add_target(self, target: Target, line: Line) -> None:
        """Keep a target unless the same figure stands already under the same date for the same thing of a place."""
        same = self._figures.setdefault((target.value, target.unit, target.deadline), [])
        named, at = target.indicator, target.span.start
        found = next(
            (
                other
                for other, beside, there in same[:MANY]
                if (other in named or named in other) and not _of_two_places(line, at, beside, there)
            ),
            None,
        )
        if found is None:
            same.append((named, line, at))
            self.targets.append(target)
        else:
            verdict = f"no target: displaced by the same figure of {found}"
            self.note(line, target.span.start, target.span.end, "clause", verdict)

    def note(self, line: Line, start: int, end: int, rule: str, verdict: str) -> None:
        """Write down what a rule decided, if somebody asks."""
        self._paper.note(line.p, start, end, rule, verdict)


def _of_two_places(line: Line, at: int, beside: Line, there: int) -> bool:
    """山东：…增长5%。 and 河南：…增长5%。 are two figures; each is of the province that was named last before it."""
    places = [last_match(phrases.PLACE_NAMED, each.plain, 0, end) for each, end in ((line, at), (beside, there))]
    names = {place[0] for place in places if place is not None}
    return len(names) > 1
