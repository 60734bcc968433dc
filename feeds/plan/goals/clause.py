"""A clause with dates, and what the dates of its sentence hold while its clauses are read."""

import re
import sys
from typing import NamedTuple

from msgspec import Struct, field

from feeds.plan.clauses import Line, Paper, trim
from feeds.plan.goals import wording
from feeds.plan.goals.scope import Scope
from feeds.plan.grammar.quantities import has_quantity
from feeds.plan.grammar.times import Time
from feeds.plan.lexicon import phrases

FEW = 6
"""Characters of a clause that cannot stand alone, or only names a step before its figures follow."""
Outer = tuple[Scope | None] | None
"""The scope in force where a paragraph's first ordinal stands; None while it has none."""


class Held(Struct, eq=False):
    """The state of a sentence's dates while its clauses are read.

    `resumed`: what holds again once a date in mid-clause is done. `pending`: a loose date whose comma is behind us.
    `budget`: a year under which money may still be allotted. `hole`: the date in a clause's middle. `before`: the
    clauses that nothing governed yet. `early`, `late`: of the pending date. `told`: somebody says what is to be done.
    `wanting`: the sentence has said that something must be. `rule`: the name of the rule that decides now.
    `epoch`: the period of years (“十五五”时期) whose works a firm date in the sentence interrupted.
    """

    paper: Paper
    line: Line
    end: int
    scope: Scope | None
    outer: Outer
    told: bool
    wanting: bool = False
    early: bool = False
    late: bool = False
    resumed: Scope | None = None
    pending: Scope | None = None
    budget: Scope | None = None
    hole: tuple[int, int] | None = None
    before: list[tuple[int, int]] = field(default_factory=list)
    rule: str = ""
    epoch: Scope | None = None

    def set_firm(self, scope: Scope) -> None:
        """A date in mid-clause governs the clause only: then the one that set the list (今年目标是：…) holds again."""
        current = self.scope
        if current is not None and current.loose and current.epoch:
            self.epoch = current
        self.resumed = current if current is not None and current.holds and not scope.holds else None
        self.scope = scope

    def pass_mid_clause(self) -> None:
        """Let go of a date that governs its own clause only."""
        if self.scope is not None and not self.scope.holds:
            self.scope = self.resumed

    def start_of_last(self) -> int:
        """Where the clause before begins; one of a few characters (能办尽办) is no subject, and stands with another."""
        return next((start for start, end in reversed(self.before) if end - start > FEW), self.before[0][0])


class DatedClause(NamedTuple):
    """A clause with dates: `time` is the one that governs, `first` where its expression begins, `rest` what follows it.

    `head`: the date stands at the clause's head. `loose`: it only names its time. `over`: all its dates are.
    """

    held: Held
    start: int
    end: int
    time: Time
    over: bool
    deadlines: tuple[str, ...] = ()
    first: int = 0
    rest: int = 0
    head: bool = False
    loose: bool = False

    @property
    def plain(self) -> str:
        """The paragraph in one spelling."""
        return self.held.line.plain

    @property
    def begin(self) -> int:
        """Where the governed text begins: behind a date at the head, else with the clause."""
        return self.rest if self.head else self.start

    @property
    def scope(self) -> Scope:
        """The scope of a loose date. Past a ； only a date that opens its clause reaches (今年新建甲5万个；推动乙)."""
        lasting = self.first <= self.start + 1 or self.plain.startswith("—", self.first - 1)
        period = self.time.period
        return Scope(self.deadlines, firm=False, period=period, lasting=lasting, loose=True, rule=self.held.rule)

    @property
    def listed(self) -> bool:
        """A list follows the clause."""
        line, end = self.held.line, self.end
        if (
            line.plain.startswith(("：", "，其中包括", "，包括", "，主要包括"), end)
            or phrases.ORDINAL.match(line.plain, end + 1) is not None
        ):
            return True
        if end >= len(line.plain.rstrip()):
            return wording.opens_list(line)
        if not line.plain.startswith("。", end):
            return False
        return wording.numbers_follow(self.held.paper, line, end) or wording.works_follow(line, end + 1)

    @property
    def closes(self) -> bool:
        """A colon or the sentence's end follows the clause."""
        return self.plain.startswith(("：", "。"), self.end) or self.end >= len(self.plain.rstrip())

    @property
    def brief(self) -> bool:
        """Too little follows the date to stand alone."""
        return self.rest < self.end <= self.rest + 4

    def has(self, pattern: re.Pattern[str]) -> bool:
        """Whether the clause has what the pattern describes."""
        return pattern.search(self.plain, self.start, self.end) is not None

    def follows(self, pattern: re.Pattern[str], near: int = sys.maxsize) -> bool:
        """Whether what the pattern describes stands behind the date, within `near` characters."""
        return pattern.search(self.plain, self.rest, min(self.end, self.rest + near)) is not None

    @property
    def aims(self) -> bool:
        """A word of intent stands before the date; 会议决定…，预计今年让利50亿元 is one too."""
        plain, time = self.plain, self.time
        expected = phrases.EXPECTED.search(plain, self.start, time.start) is not None
        if expected and not (self.held.told or phrases.RELIEVES.search(plain, time.end, self.end)):
            expected = False  # what a relief is to bring is its giver's own word
        if expected and has_quantity(plain, time.end, self.end):
            return phrases.FORESEEN.search(plain, time.end, self.end) is None
        return phrases.AIMS.search(plain, self.start, time.start) is not None

    @property
    def states(self) -> bool:
        """The clause tells what has been or what is."""
        soon = phrases.SOON.match(self.plain, self.time.end, self.end) and not self.has(phrases.FIGURES_AGO)
        return not soon and phrases.STATED.search(self.plain, self.start, self.end + 1) is not None

    @property
    def allots(self) -> bool:
        """中央财政今明两年安排资金5亿元: money that is allotted for years to come needs no other word."""
        return not self.head and self.time.period and wording.is_budgeted(self.plain, self.time.end, self.end)

    @property
    def measured(self) -> bool:
        """A quantity follows a date at the head."""
        return has_quantity(self.plain, self.rest, self.end)


def dated_clause(held: Held, start: int, end: int, times: list[Time]) -> DatedClause:
    """Which of the clause's dates governs it; a past one inside it (改造2005年底前通航的渡口) only describes."""
    plain = held.line.plain
    coming = [time for time in times if not time.past]
    if not coming:
        return DatedClause(held, start, end, times[-1], over=True)
    # 9月底前完成全年任务: of what is done by a date another one may be the attribute.
    i = next((i for i in reversed(range(len(coming))) if coming[i].firm), len(coming) - 1)
    joined, time = _joined_with(plain, coming, i)
    deadlines = tuple(dict.fromkeys(t.deadline for t in [*joined, time]))
    same = [t for t in coming if t.deadline == time.deadline]
    first = min([*joined, *same]).start
    head = (
        first <= start + 1
        or wording.is_led_in(plain, start, first - (plain[first - 1] in "从自"))
        or wording.is_subject(plain, start, first)
    )
    rest = trim(held.line.flat, time.end, end)[0]
    over = (
        len(time.deadline) < _PERIOD
        and not (time.period or time.wanted)
        and phrases.DONE.search(plain, start, end + 1) is not None
    )
    return DatedClause(held, start, end, time, False, deadlines, first, rest, head, not time.firm or over)


def _joined_with(plain: str, times: list[Time], i: int) -> tuple[list[Time], Time]:
    """到2025年、2030年和2035年: the last date of the row in which the date `i` stands, and those before it."""
    if len(times) == 1:
        return [], times[0]
    first = last = i
    while first > i - _ROW and first and phrases.DATE_JOINS.fullmatch(plain, times[first - 1].end, times[first].start):
        first -= 1
    while (
        last < i + _ROW
        and last + 1 < len(times)
        and phrases.DATE_JOINS.fullmatch(plain, times[last].end, times[last + 1].start)
    ):
        last += 1
    time = times[last]
    return times[first:last], time._replace(firm=True) if times[i].firm and not time.firm else time


_ROW = 4
"""Dates on either side that may share an aim; a text with more lists dates."""
_PERIOD = len("2021/2025")
"""A deadline that is shorter names a month or a year."""
