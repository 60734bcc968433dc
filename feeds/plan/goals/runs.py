"""The clauses of one sentence under its dates."""

import re

from feeds.plan.clauses import Line, trimmed
from feeds.plan.goals import phrases
from feeds.plan.goals.ledger import Ledger, Scope
from feeds.plan.targets import has_figure, targets_in
from feeds.plan.times import Time


class Run:
    """The clauses of one sentence, those without a figure joined into one goal while nothing parts them."""

    def __init__(self, ledger: Ledger, line: Line, end: int, scope: Scope | None) -> None:
        self.ledger = ledger
        self.end = end
        self.scope = scope
        self.line = line
        self.open: tuple[int, int, Scope] | None = None
        self.carried: tuple[int, int] | None = None
        self.previous: int | None = None
        self.pending: Scope | None = None
        self.budget: Scope | None = None

    def clause(self, start: int, end: int, times: list[Time]) -> None:
        """Read one clause with the dates that stand in it."""
        begin = start
        if times:
            begin = self._dated(start, end, times)
        elif self.pending is not None:
            # 2022年，将…: the loose date's comma is behind us, this clause must show the intent.
            plain = self.line.plain
            intends = self.pending.period or phrases.WILL.search(plain, start, end) is not None
            intends = intends and phrases.STATED.search(plain, start, end + 1) is None
            self.scope = self.pending._replace(firm=self.pending.period) if intends else None
            self.pending = None
        elif self.scope is None and self.budget is not None and phrases.is_budgeted(self.line.plain, start, end):
            self._govern(start, end, self.budget)
            return
        self.previous = start
        if phrases.FRAMING.search(self.line.plain, start, end):
            self.scope = None
        scope = self.scope
        if scope is not None and not times and not scope.holds:
            self.scope = scope = None
        if scope is None or begin < 0:
            self.close()
            return
        if begin < end:
            self._govern(begin, end, scope)

    def _dated(self, start: int, end: int, times: list[Time]) -> int:
        """Set the scope by the clause's dates; where the governed text begins, -1 when nothing is governed."""
        self.close()
        plain = self.line.plain
        self.pending = None
        # 到2025年完成2000年底前建成的小区改造: a past date inside the clause is a modifier.
        coming = [t for t in times if not t.past]
        if not coming:
            self.scope = None
            return -1
        time = coming[-1]
        joined = [t for t in times if not t.past and re.fullmatch("[、和及]?", plain[t.end : time.start])]
        deadlines = tuple(dict.fromkeys(t.deadline for t in [*joined, time]))
        same = [t for t in coming if t.deadline == time.deadline]
        first = min([*joined, *same]).start
        head = (
            first <= start + 1
            or bool(phrases.REPORTS.search(plain, start, first))
            or phrases.is_subject(plain, start, first)
        )
        rest = trimmed(self.line.flat, time.end, end)[0]
        if phrases.TERM.match(plain, first):
            # 整治持续至11月30日，…: the term of a campaign, which all that follows is to be done in.
            self.scope = Scope(deadlines, firm=True, lasting=False)
            return start if end >= self.end else end
        if time.firm and not (
            len(time.deadline) < 9 and not time.period and phrases.DONE.search(plain, start, end + 1)
        ):
            self.scope = Scope(
                deadlines, firm=head, lasting=head and bool(phrases.YEAR.search(plain, first, time.end)), holds=head
            )
            if head and rest < end and end - rest <= 4 and self.previous is not None:
                # …办理退还，年底前完成: too short to stand alone, it belongs to the clause before it.
                self.scope = self.scope._replace(holds=False)
                return self.previous
            return rest if head else start
        return self._loose(start, end, time, deadlines, rest, head=head)

    def _loose(self, start: int, end: int, time: Time, deadlines: tuple[str, ...], rest: int, *, head: bool) -> int:
        """The same for a date that names a time only: some word must say that something is intended."""
        plain = self.line.plain
        scope = Scope(deadlines, firm=False, period=time.period)
        current = self.scope
        if current is not None and not head and set(deadlines) <= set(current.deadlines):
            return start  # 今年主要目标是：…；失业率全年控制在…: the same year said again
        self.scope = None
        if phrases.AIMS_ARE.search(plain, start, end) and plain.startswith("：", end):
            self.scope = scope._replace(firm=True)
        elif head and rest >= end:
            self.pending = scope
            return end
        elif not phrases.GUIDES.search(plain, start, end):
            return self._intent(start, end, time, scope, rest if head else None)
        return -1

    def _intent(self, start: int, end: int, time: Time, scope: Scope, rest: int | None) -> int:
        """Where the aim of a loosely dated clause begins, -1 if it has none; `rest` follows a date at its head."""
        plain = self.line.plain
        if rest is not None and not time.period:
            self.budget = scope
        if phrases.STATED.search(plain, start, end + 1):
            if rest is not None and phrases.YEAR_OF.match(plain, rest, end):
                self.pending = scope
            return -1
        aims = phrases.AIMS.search(plain, start, time.start) is not None
        if rest is None:
            intends, begin = aims and not plain.startswith("为", start), start
        else:
            figured = time.period and has_figure(plain, rest, end)
            wants = phrases.WANTS.search(plain, rest, min(end, rest + 24)) is not None
            intends, begin = aims or wants or figured or phrases.is_budgeted(plain, rest, end), rest
        if not intends:
            return -1
        self.scope = scope
        return begin

    def _govern(self, start: int, end: int, scope: Scope) -> None:
        line = self.line
        if has_figure(line.plain, start, end):
            for deadline in scope.deadlines:
                found, rest = targets_in(line, start, end, deadline, carried=self.carried)
                if not (scope.firm or scope.period or self._intended(start, end)):
                    found = []
                for target in found:
                    self.ledger.target(target)
            if found:
                self.close(before_target=True)
                first = found[-1].span.start
                self.carried = (first, first + len(found[-1].indicator))
                for a, b in rest:
                    self.ledger.goal(line, a, b, scope)
                return
            if not scope.firm:
                self.close()
                return
        if self.open is None and self.carried is not None and _says_more(line.plain, start, scope):
            return
        if self.open is not None and self.open[2] == scope:
            self.open = (self.open[0], end, scope)
        else:
            self.close()
            self.open = (start, end, scope)

    def _intended(self, start: int, end: int) -> bool:
        """Under a loose date a figure needs a word of intent, is money that the state allots, or goes on from it."""
        plain = self.line.plain
        return (
            bool(phrases.INTENDS.search(plain, start, end) or phrases.BUDGET.search(plain, start, end))
            or self.carried is not None
        )

    def part(self) -> None:
        """A ； ends the goal, and a date that does not reach past it."""
        self.close()
        if self.scope is not None and not (self.scope.firm and self.scope.lasting):
            self.scope = None

    def close(self, *, before_target: bool = False) -> None:
        """The open goal ends here. Clauses that only say by what means a figure is reached are none."""
        means = (
            before_target
            and self.open is not None
            and phrases.BY_MEANS.match(self.line.plain[self.open[0] : self.open[1]])
        )
        if self.open is not None and not means:
            self.ledger.goal(self.line, *self.open)
        self.open = None


def _says_more(plain: str, start: int, scope: Scope) -> bool:
    """…安排100亿元限额，并计入余额: what follows a figure under a loose date tells of the figure and sets no aim."""
    return plain.startswith("并", start) or not (scope.firm or phrases.WANTS.match(plain, start))
