"""The clauses of one sentence under its dates."""

import re

from feeds.model import Target
from feeds.plan.clauses import Line, trimmed
from feeds.plan.goals import phrases
from feeds.plan.goals.ledger import Ledger, Scope
from feeds.plan.grammar.quantities import has_quantity
from feeds.plan.grammar.times import Time
from feeds.plan.targets import Names, targets_in

Outer = tuple[Scope | None] | None
"""The scope in force where a paragraph's first ordinal stands; None while it has none."""


_MOTTO = 6
"""Characters in which a step is named before its figures follow."""


class Run:
    """The clauses of one sentence, those without a figure joined into one goal while nothing parts them."""

    def __init__(
        self, ledger: Ledger, line: Line, end: int, scope: Scope | None, outer: Outer, *, told: bool = False
    ) -> None:
        self.ledger = ledger
        self.end = end
        self.scope = scope
        self.outer = outer
        self.wanting = self.timed = self.parted = False
        self.resumed: Scope | None = None
        self.hole: tuple[int, int] | None = None
        self.line = line
        self.open: tuple[int, int, Scope] | None = None
        self.carried: Names = ()
        self.early = self.late = False
        self.told = told
        self.before: list[tuple[int, int]] = []
        self.pending: Scope | None = None
        self.budget: Scope | None = None

    def clause(self, start: int, end: int, times: list[Time]) -> None:
        """Read one clause with the dates that stand in it."""
        start = self._item(start, end)
        begin = start
        self.hole = None
        self.timed = bool(times)
        if self.parted and (phrases.ELSEWHERE.match(self.line.plain, start, end) or self._turns(start)):
            self.scope = None
        self.parted = False
        if phrases.CLOSES.match(self.line.plain, start, end):
            self.scope = self.pending = None
        elif times:
            begin = self._dated(start, end, times)
        elif self.pending is not None:
            # 2022年，将…: the loose date's comma is behind us, this clause must show the intent.
            plain = self.line.plain
            will = phrases.WANTS if self.late else phrases.WILL
            intends = self.pending.period or will.search(plain, start, end) is not None
            sets = self._sets(start, end)
            intends = (intends or sets) and phrases.STATED.search(plain, start, end + 1) is None
            self.scope = (
                self.pending._replace(firm=self.pending.period, period=self.pending.period or sets) if intends else None
            )
            self.pending = None
        elif self.scope is None and self.budget is not None and phrases.is_budgeted(self.line.plain, start, end):
            self._govern(start, end, self.budget)
            return
        self.wanting = self.wanting or phrases.MUST.match(self.line.plain, start, end) is not None
        if phrases.FRAMING.search(self.line.plain, max(start, end - 2), end):
            self.scope = None
            self.told = self.told or phrases.TOLD.search(self.line.plain, start, end) is not None
        scope = self.scope
        if (
            scope is not None
            and not times
            and not scope.holds
            and not self.line.plain.startswith(phrases.FOLLOWS, start)
        ):
            self.scope = scope = self.resumed
        self.before = [*self.before[-3:], (start, end)] if scope is None and not times else []
        if scope is None or begin < 0:
            self.close()
            return
        if begin < end and not (self.open is None and phrases.SIDE.fullmatch(self.line.plain, begin, end + 1)):
            self._govern(begin, end, scope)

    def _turns(self, start: int) -> bool:
        """…；在另一领域，…: a date that only names its time does not reach into another field."""
        scope = self.scope
        return scope is not None and not scope.firm and phrases.SIDE.match(self.line.plain, start) is not None

    def _item(self, start: int, end: int) -> int:
        """Where the clause begins after its ordinal. A date that one item sets (一是到2027年…) is not the next's."""
        ordinal = phrases.ORDINAL.match(self.line.plain, start)
        if ordinal is None:
            return start
        self.close()
        self.wanting = False
        self.carried = ()
        self.pending = self.budget = None
        if self.outer is None:
            self.outer = (self.scope,)
        else:
            (self.scope,) = self.outer
        return trimmed(self.line.plain, min(ordinal.end(), end), end)[0]

    def _dated(self, start: int, end: int, times: list[Time]) -> int:
        """Set the scope by the clause's dates; where the governed text begins, -1 when nothing is governed."""
        self.close()
        plain = self.line.plain
        self.pending = None
        # 到2025年完成2005年底前通航的渡口改造: a past date inside the clause is a modifier.
        coming = [t for t in times if not t.past]
        if not coming:
            self.scope = None
            return -1
        time = coming[-1]
        joined = [t for t in times if not t.past and re.fullmatch("[、和及]?", plain[t.end : time.start])]
        deadlines = tuple(dict.fromkeys(t.deadline for t in [*joined, time]))
        same = [t for t in coming if t.deadline == time.deadline]
        first = min([*joined, *same]).start
        if phrases.OVERTAKEN.search(plain, max(start, first - 4), first):
            self.scope = None
            return -1
        head = (
            first <= start + 1
            or phrases.is_led_in(plain, start, first - (plain[first - 1] in "从自"))
            or phrases.is_subject(plain, start, first)
        )
        rest = trimmed(self.line.flat, time.end, end)[0]
        if self.scope is not None and self.scope.years and phrases.YEARS_AHEAD.match(plain, first):
            self.hole = (first, time.end)
            return rest if head else start  # “十五五”时期，…，未来五年…: the period goes on
        if time.term or phrases.TERM.match(plain, first):
            return self._campaign(start, end, time, deadlines, rest if head else start)
        over = len(time.deadline) < 9 and not time.period and phrases.DONE.search(plain, start, end + 1)
        if not time.firm or over:
            return self._loose(start, end, time, deadlines, rest, head=head)
        return self._firm(start, end, time, Scope(deadlines, firm=head, period=True, holds=head), first, rest)

    def _firm(self, start: int, end: int, time: Time, scope: Scope, first: int, rest: int) -> int:
        """The same for a date that says "by then"; `first` is where its expression begins."""
        plain = self.line.plain
        brief = rest < end and end - rest <= 4
        if scope.firm and brief and first > start + 1:
            # 细则将于6月底前出台: the subject stands before the date
            scope = scope._replace(firm=False, holds=False)
        lasting = scope.firm and "-" not in time.deadline and phrases.YEAR.search(plain, first, time.end) is not None
        self._set_firm(scope._replace(lasting=lasting))
        if scope.firm and brief and self.before:
            # …办理退还，年底前完成: too short to stand alone, it belongs to the clause before it.
            self._set_firm(Scope(scope.deadlines, firm=True, holds=False))
            return self._back()
        self.hole = None if scope.firm else (first, time.end)
        if scope.firm:
            return rest
        orders = phrases.ORDERS.match(plain, start, first)
        return orders.end() if orders is not None else start

    def _set_firm(self, scope: Scope) -> None:
        """A date in mid-clause governs the clause only: then the one that set the list (今年目标是：…) holds again."""
        current = self.scope
        self.resumed = current if current is not None and current.firm and current.holds and not scope.holds else None
        self.scope = scope

    def _back(self) -> int:
        """Where the clause before begins; one of a few characters (能办尽办) is no subject, and stands with another."""
        for start, end in reversed(self.before):
            if end - start > 6:
                return start
        return self.before[0][0]

    def _campaign(self, start: int, end: int, time: Time, deadlines: tuple[str, ...], rest: int) -> int:
        """4月至11月开展专项整治: a term in which something is done; any other term is a rule's or a statistic's."""
        plain = self.line.plain
        self.scope = Scope(deadlines, firm=True, lasting=False)
        if not time.term:
            # 整治持续至11月30日，…: all that follows is to be done in it.
            return start if end >= self.end else end
        if rest >= end and (phrases.CAMPAIGN.search(plain, end, self.end) or phrases.SOON.match(plain, end)):
            return end
        campaign = phrases.CAMPAIGN.search(plain, start, end) and not phrases.STATED.search(plain, start, end + 1)
        if campaign or phrases.STAGE.match(plain, rest, end) or phrases.SOON.match(plain, rest, end):
            return rest
        self.scope = None
        return -1

    def _loose(self, start: int, end: int, time: Time, deadlines: tuple[str, ...], rest: int, *, head: bool) -> int:
        """The same for a date that names a time only: some word must say that something is intended."""
        plain = self.line.plain
        # 今年新建充电桩5万个；推动企业上云: past a ； only a date that opens its clause reaches.
        scope = Scope(deadlines, firm=False, period=time.period, lasting=time.start <= start + 1, loose=True)
        current = self.scope
        if current is not None and (current.firm or not head) and set(deadlines) <= set(current.deadlines):
            self.hole = None if head else (time.start, time.end)
            return rest if head else start  # 今年主要目标是：…；失业率全年控制在…: the same year said again
        self.scope = self._announced(start, end, time, scope)
        if self.scope is not None:
            return -1
        if head and rest >= end:
            if time.period and end >= len(plain.rstrip(" ：")):
                self.scope = scope._replace(firm=True, lasting=True)  # “十四五”期间 over the lines of a poster
                return -1
            self.pending, self.early, self.late = scope, time.early or (self.told and not time.past), time.late
            return end
        if not phrases.GUIDES.search(plain, start, end):
            return self._intent(start, end, time, scope, rest if head else None)
        return -1

    def _announced(self, start: int, end: int, time: Time, scope: Scope) -> Scope | None:
        """What a clause sets that only says that aims follow (今年办好十件实事：…; 会议明确了明年的主要目标).

        部署了今年水利工作的八项任务 tells of tasks, the year is their attribute and no date.
        """
        plain = self.line.plain
        if phrases.WORKS_OF.search(plain, time.end, end):
            return None
        listed = plain.startswith("：", end) or phrases.ORDINAL.match(plain, end + 1) is not None
        listed = listed or (end >= len(plain.rstrip()) and phrases.opens_list(self.line))
        if listed and phrases.COUNTED.search(plain, time.end, end):
            works = phrases.WORKS.search(plain, start, end) is not None
            counted = scope._replace(firm=True, lasting=True, figures_only=works)
            self.outer = (counted,)
            return counted
        closes = plain.startswith(("：", "。"), end) or end >= len(plain.rstrip())
        if closes and phrases.AIMS_ARE.search(plain, start, end):
            return scope._replace(firm=True, lasting=True, announced=plain.startswith("。", end))
        return None

    def _intent(self, start: int, end: int, time: Time, scope: Scope, rest: int | None) -> int:
        """Where the aim of a loosely dated clause begins, -1 if it has none; `rest` follows a date at its head."""
        plain = self.line.plain
        if rest is not None and not time.period:
            self.budget = scope
        soon = phrases.SOON.match(plain, time.end, end) and not phrases.FIGURES_AGO.search(plain, start, end)
        if not soon and phrases.STATED.search(plain, start, end + 1):
            if rest is not None and phrases.YEAR_OF.match(plain, rest, end):
                self.pending = scope
            return -1
        aims = phrases.AIMS.search(plain, start, time.start) is not None
        if self.told and phrases.EXPECTED.search(plain, start, time.start) and has_quantity(plain, time.end, end):
            aims = phrases.FORESEEN.search(plain, time.end, end) is None  # 会议决定…，预计今年让利50亿元
        if time.late and not aims and not phrases.WANTS.search(plain, time.start, end):
            return -1
        if rest is None:
            # 中央财政今明两年安排资金5亿元: money that is allotted for years to come needs no other word.
            allots = time.period and phrases.is_budgeted(plain, time.end, end)
            reached = time.coming and phrases.BY_THEN.match(plain, time.end) and has_quantity(plain, time.end, end)
            intends, begin = bool(aims or allots or reached) and not plain.startswith("为", start), start
            self.hole = (time.start, time.end) if allots else self.hole
        else:
            intends, begin = aims or self._is_wanted(time, rest, end), rest
        if not intends:
            if rest is not None and (time.coming or time.early) and end - rest <= _MOTTO:
                self.pending, self.early = scope, time.early  # 2023年上台阶，产值达到…
            return -1
        surely = aims or time.wanted or self.wanting or (rest is not None and (time.early or time.coming or self.told))
        self.scope = scope._replace(period=True) if surely else scope
        return begin

    def _is_wanted(self, time: Time, rest: int, end: int) -> bool:
        """Whether what follows a loose date shall be: a word of intent says so, or a figure nobody can have yet."""
        plain = self.line.plain
        if time.wanted or self.wanting or phrases.WANTS.search(plain, rest, min(end, rest + 24)):
            return True
        if phrases.STAGE.match(plain, rest, end) or phrases.is_budgeted(plain, rest, end):
            return True
        if time.coming and phrases.DOES.search(plain, rest, min(end, rest + 16)):
            return True
        if time.period and (phrases.CAMPAIGN.search(plain, rest, end) or has_quantity(plain, rest, end)):
            return True
        if not (time.early or self.told) or not has_quantity(plain, rest, end):
            return False
        sets = phrases.SETS.match(plain, rest) or phrases.AT_LEAST.search(plain, rest, end)
        return sets is not None and phrases.FORESEEN.search(plain, rest, end) is None

    def _sets(self, start: int, end: int) -> bool:
        """2022年，覆盖率达到85%, printed early in the year or after 会议提出: nobody has the year's figures yet."""
        plain = self.line.plain
        if not self.early or phrases.FORESEEN.search(plain, start, end):
            return False
        if has_quantity(plain, start, end):
            reaches = phrases.SETS.match(plain, start) or phrases.REACHES.search(plain, start, end)
            return reaches is not None and phrases.GRANTS.search(plain, start, end) is None
        return bool(phrases.BEGINS.search(plain, start, end)) and not phrases.BEGUN.search(plain, start, end)

    def _govern(self, start: int, end: int, scope: Scope) -> None:
        plain = self.line.plain
        if scope.figures_only and not phrases.SETS.match(plain, start):
            return
        if phrases.REACHED.search(plain, start, end):
            self.close()
            return
        if has_quantity(plain, start, end):
            if self._reach(start, end, scope):
                return
            wanted = scope.firm or (scope.period and phrases.SOON.match(plain, start, end))
            if not wanted or phrases.GRANTS.search(plain, start, end):
                self.close()
                return
        if scope.figures_only:
            self.close()
        elif self.open is not None and self.open[2] == scope:
            self.open = (self.open[0], end, scope)
        elif self.open is not None or not self.carried or self.timed or not _says_more(plain, start, scope):
            self.close()
            self.open = (start, end, scope)

    def _reach(self, start: int, end: int, scope: Scope) -> bool:
        """Keep the targets of the clause; whether it has any. What of it is none beside them is a goal."""
        line = self.line
        if phrases.GRANTS.search(line.plain, start, end):
            return False
        if not (scope.firm or scope.period or self._intended(start, end)):
            return False
        found: list[Target] = []
        rest: list[tuple[int, int]] = []
        for deadline in scope.deadlines:
            found, rest = targets_in(line, start, end, deadline, carried=self.carried, hole=self.hole)
            for target in found:
                self.ledger.target(target)
        if found:
            self.close(before_target=True)
            self.carried = tuple(_place(line, target) for target in found)
            for a, b in rest:
                self.ledger.goal(line, a, b, scope)
        return bool(found)

    def _intended(self, start: int, end: int) -> bool:
        """Under a loose date a figure needs a word of intent, is money that the state allots, or goes on from it."""
        plain = self.line.plain
        return bool(phrases.INTENDS.search(plain, start, end) or phrases.BUDGET.search(plain, start, end)) or bool(
            self.carried
        )

    def part(self) -> None:
        """A ； ends the goal, and a date that does not reach past it."""
        self.close()
        self.parted = True
        self.wanting = False
        if self.scope is not None and not self.scope.holds:
            self.scope = self.resumed
        if self.scope is not None and not self.scope.lasting:
            self.scope = None

    def lead_in(self) -> None:
        """到2025年的主要目标：… : the words before the colon name the list and are no aim themselves."""
        if self.open is not None and phrases.INTRODUCES.search(self.line.plain[self.open[0] : self.open[1]]):
            self.open = None

    def close(self, *, before_target: bool = False) -> None:
        """The open goal ends here. Clauses that only say by what means a figure is reached are none."""
        means = (
            before_target
            and self.open is not None
            and phrases.BY_MEANS.match(self.line.plain[self.open[0] : self.open[1]])
            and not phrases.COMES_ABOUT.search(self.line.plain, self.open[0], self.open[1])
        )
        if self.open is not None and not means:
            self.ledger.goal(self.line, *self.open)
        self.open = None


def _place(line: Line, target: Target) -> tuple[int, int]:
    """Where the indicator stands, which is at an end of the span or in it."""
    at = line.text.find(target.indicator, target.span.start)
    return at, at + len(target.indicator)


def _says_more(plain: str, start: int, scope: Scope) -> bool:
    """…安排100亿元限额，并计入余额: what follows a figure under a loose date tells of the figure and sets no aim."""
    if phrases.DOES_TOO.match(plain, start):
        return False
    return plain.startswith(("并", "支持", "用于"), start) or (
        not scope.firm and phrases.OF_FIGURE.match(plain, start) is not None
    )
