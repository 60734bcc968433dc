"""The clauses of one sentence: those without a figure joined into goals, those with one read as targets."""

from msgspec import structs

from feeds.marks import CIRCLED, DIGITS
from feeds.model import Target
from feeds.plan.clauses import Line, trim
from feeds.plan.goals import wording
from feeds.plan.goals.clause import Held
from feeds.plan.goals.findings import Findings
from feeds.plan.goals.governing import governed_from
from feeds.plan.goals.pending import decide_pending
from feeds.plan.goals.scope import Scope
from feeds.plan.grammar.quantities import Quantity, quantities_in
from feeds.plan.grammar.times import Time
from feeds.plan.lexicon import phrases
from feeds.plan.targets import Names, targets_in
from feeds.plan.targets.names import bare_name
from feeds.plan.targets.shapes import subject_of

_ORDINALS = f"{DIGITS}{CIRCLED}0123456789第首其再最（"
_MUST = "各要必应须将我全“"
_FRAMES = "确出示求绍调定"
_CLOSERS, _PARTS = "结欢感特现就从自今明研制提出第建投达完项工全0123456789", "项条个"
"""The first characters of ORDINAL, MUST, CLOSES, the last of FRAMING, CLOSES: a look costs 0.05 µs, a pattern 0.5."""


class Run:
    """Reads one sentence clause by clause; `held` is what its dates hold."""

    def __init__(self, findings: Findings, held: Held) -> None:
        self.findings = findings
        self.held = held
        self.line: Line = held.line
        self.open: tuple[int, int, Scope] | None = None
        self.carried: Names = ()
        self.timed = self.parted = False

    def clause(self, start: int, end: int, times: list[Time]) -> None:
        """Read one clause with the dates that stand in it."""
        held, plain = self.held, self.line.plain
        start = self._item(start, end)
        begin = start
        held.hole = None
        self.timed = bool(times)
        goes_round = self._goes_round(start, end)
        if self.parted and not goes_round and self._leaves(start, end):
            held.scope = None
        self.parted = False
        closes = (plain[start : start + 1] in _CLOSERS or plain[end - 1 : end] in _PARTS) and (
            phrases.CLOSES.match(plain, start, end) is not None
        )
        seasonal = not times and held.scope is not None and held.scope.monthly
        if closes or (seasonal and phrases.SEASON.match(plain, start, end)):
            held.scope = held.pending = None
        elif times:
            self.close()
            begin = governed_from(held, start, end, times)
        elif held.pending is not None and phrases.SAYS_SO.fullmatch(plain, start, end) is None:
            decide_pending(held, start, end)
        elif held.scope is None and held.budget is not None and wording.is_budgeted(plain, start, end):
            self._govern(start, end, held.budget)
            return
        opening = plain[start : start + 1]
        held.wanting = held.wanting or (opening in _MUST and phrases.MUST.match(plain, start, end) is not None)
        frames = plain[end - 1 : end] in _FRAMES and phrases.FRAMING.search(plain, max(start, end - 2), end)
        if frames:
            goes_on = goes_round or (plain.startswith("”", start - 1) and _only_says(plain, start, end))
            held.scope = held.scope if goes_on else None
            held.told = held.told or phrases.TOLD.search(plain, start, end) is not None
        if held.scope is not None and not times and not plain.startswith(wording.FOLLOWS, start):
            held.pass_mid_clause()
        scope = held.scope
        held.before = [*held.before[-3:], (start, end)] if scope is None and not times else []
        if scope is None or begin < 0 or (not times and (frames or _only_says(plain, start, end))):
            self.close()
        elif begin < end and not (self.open is None and phrases.SIDE.fullmatch(plain, begin, end + 1)):
            self._govern(begin, end, scope)

    def _goes_round(self, start: int, end: int) -> bool:
        """今年，甲省增长8%；贵州则明确，…: the year holds for the next place too."""
        scope = self.held.scope
        if scope is None or not scope.loose or scope.years or scope.monthly:
            return False
        return phrases.NEXT_PLACE.match(self.line.plain, start, end) is not None

    def _leaves(self, start: int, end: int) -> bool:
        """Behind a ；: the clause speaks of something else, or of somewhere else."""
        elsewhere = phrases.ELSEWHERE.match(self.line.plain, start, end) is not None
        return elsewhere or self._turns(start) or self._leaves_place(start, end)

    def _leaves_place(self, start: int, end: int) -> bool:
        """甲省到2030年建成8家；乙省…: a firm date of one place is not the next one's."""
        scope = self.held.scope
        if scope is None or scope.loose or phrases.NEXT_PLACE.match(self.line.plain, start, end) is None:
            return False
        first, _ = self.line.sentence_at(start)
        return phrases.NEXT_PLACE.match(self.line.plain, first, start) is not None

    def _turns(self, start: int) -> bool:
        """…；在另一领域，…: a date that only names its time does not reach into another field."""
        scope = self.held.scope
        return scope is not None and not scope.firm and phrases.SIDE.match(self.line.plain, start) is not None

    def _item(self, start: int, end: int) -> int:
        """Where the clause begins after its ordinal. A date that one item sets (一是到2027年…) is not the next's."""
        if self.line.plain[start : start + 1] not in _ORDINALS:
            return start
        ordinal = phrases.ORDINAL.match(self.line.plain, start)
        if ordinal is None:
            return start
        self.close()
        self.carried = ()
        held = self.held
        held.wanting = False
        held.pending = held.budget = None
        if held.outer is None:
            held.outer = (held.scope,)
        else:
            (held.scope,) = held.outer
        return trim(self.line.plain, min(ordinal.end(), end), end)[0]

    def _govern(self, start: int, end: int, scope: Scope) -> None:
        """Read a clause that `scope` governs: its figures, or what it adds to the open goal."""
        plain = self.line.plain
        if scope.figures_only:
            wide = scope.wide or not scope.firm
            sets = phrases.SETS.search(plain, start, end) or (wide and phrases.ANY_WORK.search(plain, start, end))
            if not sets or phrases.COVERS_EACH.search(plain, start, end):
                return
        if phrases.REACHED.search(plain, start, end):
            self._refuse(start, end, "it looks back, or only hopes")
            return
        if phrases.ANY.search(plain, start, end) and (figures := quantities_in(plain, start, end)):
            grants = phrases.GRANTS.search(plain, start, end) is not None
            if not grants and self._reach(start, end, scope, figures):
                return
            if grants or not (scope.firm or not scope.loose or phrases.SOON.match(plain, start, end)):
                self._refuse(start, end, "its figure is a rule's parameter" if grants else "its figure needs an intent")
                return
        if scope.yearly and plain.startswith("，包括", end) and phrases.COUNTED.search(plain, start, end):
            self.held.scope = scope = scope._replace(figures_only=True, firm=True, wide=True)
        if plain.find("给予", start, end) >= 0:
            self._refuse(start, end, "it is a rule's parameter")
        elif scope.figures_only:
            self._refuse(start, end, "only what has a figure counts under a list of works")
        elif self.open is not None and self.open[2].governs_like(scope):
            self.open = (self.open[0], end, scope)
        elif self.open is not None or not self.carried or self.timed or not _says_more(plain, start, scope):
            self.close()
            self.open = (start, end, scope)

    def _refuse(self, start: int, end: int, reason: str) -> None:
        self.findings.note(self.line, start, end, "clause", f"no aim: {reason}")
        self.close()

    def _reach(self, start: int, end: int, scope: Scope, figures: list[Quantity]) -> bool:
        """Keep the targets of the clause; whether it has any. Words beside them that set no figure are a goal."""
        line = self.line
        if not (scope.firm or scope.period or self._shows_intent(start, end)):
            return False
        found: list[Target] = []
        rest: list[tuple[int, int]] = []
        dealt = len(scope.deadlines) > 1 and line.plain.find("分别", start, end) >= 0
        carried = self.carried or _named_before(line, start)
        for i, deadline in enumerate(scope.deadlines):
            found, rest = targets_in(
                self.held.paper, line, start, end, figures, deadline, carried=carried, hole=self.held.hole
            )
            if dealt and len(found) == len(scope.deadlines) and len({target.indicator for target in found}) == 1:
                found = found[i : i + 1]  # 到2025年和2030年，覆盖率分别达到90%和95%
            for target in found:
                sure = min(target.confidence, scope.confidence)
                self.findings.add_target(structs.replace(target, confidence=sure), line)
        if found:
            self.close(before_target=True)
            self.carried = (*self.carried, *(_place(line, target) for target in found))[-_MOST_CARRIED:]
            for a, b in rest:
                self.findings.add_goal(line, a, b, scope)
        return bool(found)

    def _shows_intent(self, start: int, end: int) -> bool:
        """Under a loose date a figure needs a word of intent, is money that the state allots, or goes on from it."""
        plain = self.line.plain
        return bool(
            self.carried or phrases.INTENDS.search(plain, start, end) or phrases.BUDGET.search(plain, start, end)
        )

    def part(self) -> None:
        """End the goal at a ；, and a date that does not reach past it."""
        self.close()
        self.parted = True
        held = self.held
        held.wanting = False
        held.pass_mid_clause()
        works = held.outer[0] if held.outer is not None else None
        passes = held.scope is not None and (held.scope.loose or not held.scope.lasting)
        if works is not None and works.figures_only and passes:
            held.scope = works  # 抓好几项任务：…，全年招募100人；…
        elif held.scope is not None and not held.scope.lasting:
            held.scope = None

    def lead_in(self) -> None:
        """到2025年的主要目标：… : the words before the colon name the list and are no aim themselves."""
        if self.open is None:
            return
        start, end, scope = self.open
        if scope.loose and phrases.COUNTED.search(self.line.plain, start, end):
            self.open = None
            self.held.scope = scope._replace(figures_only=True, firm=True, wide=True)
        elif phrases.INTRODUCES.search(self.line.plain[start:end]):
            self.open = None
        elif (last := self.line.plain.rfind("，", start, end)) >= 0 and phrases.INTRODUCES.search(
            self.line.plain[last + 1 : end]
        ):
            self.open = (start, last, scope)
            self.close()

    def end(self) -> None:
        """Close the sentence. “今年抓好几项工作。”他说，一是…: its count of works sets the list behind it."""
        if self.open is not None and phrases.LIST_BEGINS.match(self.line.plain, self.held.end):
            start, end, scope = self.open
            last = max(self.line.plain.rfind("，", start, end) + 1, start)
            if phrases.COUNTED.search(self.line.plain, last, end):
                self.open = (start, last - 1, scope) if last - 1 > start else None
                self.held.scope = scope._replace(figures_only=True, firm=True, wide=True)
        self.close()

    def close(self, *, before_target: bool = False) -> None:
        """End the open goal. Clauses that only say by what means a figure is reached are no goal."""
        if self.open is None:
            return
        start, end, scope = self.open
        plain = self.line.plain
        self.open = None
        if (
            before_target
            and phrases.BY_MEANS.match(plain[start:end])
            and not phrases.COMES_ABOUT.search(plain, start, end)
        ):
            self.findings.note(self.line, start, end, "clause", "no aim: displaced by the figure that it is a means to")
        else:
            self.findings.add_goal(self.line, start, end, scope)


_MOST_CARRIED = 6
"""Indicators of a sentence that 分别达到 may deal figures to."""
_SAYS = 18
"""Characters of a clause that only tells who speaks, at most."""


def _only_says(plain: str, start: int, end: int) -> bool:
    return end - start <= _SAYS and phrases.SAYS_SO.fullmatch(plain, start, end) is not None


def _place(line: Line, target: Target) -> tuple[int, int]:
    """Where the indicator stands, which is at an end of the span or in it."""
    at = line.text.find(target.indicator, target.span.start)
    return at, at + len(target.indicator)


_CLAUSES_BACK = 3
_SENTENCE_BACK = 40
_ONLY_DATED = 12
"""Characters of a clause that is no more than a date."""


def _named_before(line: Line, start: int) -> Names:
    """去年产量达到870亿斤；到2030年迈上1000亿斤: the thing of the clause before, where a clause has none."""
    plain = line.plain
    if phrases.CARRIES_ON.match(plain, start) is None:
        first = line.sentence_at(start)[0]
        worked = phrases.NAMED_SIDE.match(plain, first, start) or phrases.WORKED_AT.search(
            plain, max(0, first - _SENTENCE_BACK), max(0, first - 1)
        )
        return (worked.span("name"),) if worked is not None else ()
    end = start
    for _ in range(_CLAUSES_BACK):
        end = max(line.flat.rfind(mark, 0, end) for mark in "，；。")
        if end < 0:
            return ()
        begin = max(line.flat.rfind(mark, 0, end) for mark in "，；。：") + 1
        figures = quantities_in(plain, begin, end)
        told = phrases.NAME_PAST.match(plain, begin, end)
        begin = told.end() if told is not None else begin
        subject = subject_of(line, begin, figures[-1]) if figures else None
        if subject is not None and subject[1] - subject[0] >= 2:
            return (subject[:2],)
        reached = phrases.HAS_REACHED.search(plain, begin, end) if line.flat[end] != "。" else None
        if reached is None and end - begin > _ONLY_DATED:
            return ()
        if reached is not None and (name := bare_name(plain, begin, reached.start()))[1] - name[0] >= 2:
            return (name,)
    return ()


def _says_more(plain: str, start: int, scope: Scope) -> bool:
    """…安排100亿元限额，并计入余额: what follows a figure under a loose date tells of the figure and sets no aim."""
    if phrases.DOES_TOO.match(plain, start):
        return False
    return plain.startswith(("并", "支持", "用于"), start) or (
        not scope.firm and phrases.OF_FIGURE.match(plain, start) is not None
    )
