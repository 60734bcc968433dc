"""The clause behind a loose date's comma (2022年，将…) decides what the date governs: a table of rules, asked once."""

from typing import NamedTuple

from feeds.plan.goals.clause import Held
from feeds.plan.goals.scope import Scope
from feeds.plan.grammar.quantities import has_quantity
from feeds.plan.lexicon import phrases
from feeds.plan.rule import LIKELY, Rule, first_of, table_of


class Behind(NamedTuple):
    """The clause from `start` to `end`, and the loose date before it."""

    held: Held
    scope: Scope
    start: int
    end: int

    @property
    def plain(self) -> str:
        """The paragraph in one spelling."""
        return self.held.line.plain

    @property
    def intends(self) -> bool:
        """A word of intent stands in it; in a year that is nearly over only a strong one counts."""
        will = phrases.WANTS if self.held.late else phrases.WILL
        return (self.scope.period and not self.held.late) or will.search(self.plain, self.start, self.end) is not None

    @property
    def announces(self) -> bool:
        """2022年，全市的主要目标：… ."""
        return (
            self.plain.startswith("：", self.end)
            and phrases.AIMS_ARE.search(self.plain, self.start, self.end) is not None
        )

    @property
    def sets(self) -> bool:
        """2022年，覆盖率达到85%, early in the year or after 会议提出: nobody has the year's figures yet."""
        plain, start, end = self.plain, self.start, self.end
        if not self.held.early or phrases.FORESEEN.search(plain, start, end):
            return False
        if has_quantity(plain, start, end):
            reaches = phrases.SETS.match(plain, start) or phrases.REACHES.search(plain, start, end)
            return reaches is not None and phrases.GRANTS.search(plain, start, end) is None
        return bool(phrases.BEGINS.search(plain, start, end)) and not phrases.BEGUN.search(plain, start, end)


BEHIND: tuple[Rule[Behind, bool], ...] = table_of(
    "goal",
    ("a statement behind a loose date", lambda b: phrases.STATED.search(b.plain, b.start, b.end + 1), False, LIKELY),
    ("what a barely begun year brings", lambda b: b.sets, True, LIKELY),
    ("an intent in the next clause", lambda b: b.intends or b.announces, True, LIKELY),
    ("nothing is intended behind a loose date", lambda _: True, False, LIKELY),
)


def decide_pending(held: Held, start: int, end: int) -> None:
    """Let the clause decide whether the date that is pending governs it."""
    scope, held.pending = held.pending, None
    if scope is None:
        return
    clause = Behind(held, scope, start, end)
    rule = first_of(BEHIND, clause) or BEHIND[-1]
    announced = clause.announces
    wanted = rule.name == BEHIND[2].name and phrases.WANTS.search(held.line.plain, start, end) is not None
    period = scope.period or rule.name == BEHIND[1].name or wanted or announced
    held.scope = scope._replace(firm=scope.period or announced, period=period, rule=rule.name) if rule.verdict else None
    held.paper.note(held.line.p, start, end, rule.title, scope.deadlines[-1])
