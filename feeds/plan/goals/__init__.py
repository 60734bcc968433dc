"""What shall be by when: dates with the clauses they govern; clauses with a figure become targets, the others goals.

A firm date at the head of a clause (到2025年，…) governs up to the end of its sentence and the next sentences of the
paragraph that plainly go on with the series; a date inside a clause governs that clause. A loose one (今年, 全年)
needs a word of intent.
"""

import re
from bisect import bisect_left

from feeds.model import Target
from feeds.plan.clauses import Line, Paper
from feeds.plan.genre import Voices
from feeds.plan.goals import phrases
from feeds.plan.goals.ledger import Aims, Ledger, Scope
from feeds.plan.goals.runs import Outer, Run
from feeds.plan.targets import named_target
from feeds.plan.targets.tables import Table, table_of, targets_of_row
from feeds.plan.times import CHEAP, Time, times_in


def aims_of(paper: Paper, voices: Voices) -> Aims:
    """Every goal and target of the article."""
    reader = _Reader(paper, voices)
    for line in paper.lines:
        reader.read(line)
    return Aims(tuple(reader.ledger.goals), tuple(reader.ledger.targets))


_LEAD = 8
"""Characters before a sentence's first date that can only lead it in."""


class _Reader:
    """Walks the paragraphs and carries a date on where the text does."""

    def __init__(self, paper: Paper, voices: Voices) -> None:
        self.paper = paper
        self.voices = voices
        self.ledger = Ledger()
        self.scope: Scope | None = None
        self.below: Scope | None = None
        self.rank = 0
        self.outer: Outer = None
        self.table: Table | None = None
        self.above: Line | None = None

    def read(self, line: Line) -> None:
        """One paragraph. `below` holds a date that a paragraph set for the list or the lines under it."""
        if line.block.kind == "row":
            self._row(line)
            return
        self.table = None
        self.above = line
        dated = CHEAP.search(line.plain) is not None
        then = self.scope is not None and self.scope.firm and phrases.THEN.match(line.plain) is not None
        if not dated and self.below is None and not then:
            self.scope = None
            return
        rank = phrases.rank_of(line)
        listed = self.below is not None and rank >= self.rank and phrases.is_listed(line)
        listed = listed and not phrases.PARTS.match(line.plain) and not phrases.ADDRESSES.search(line.plain)
        self.scope = self.below if listed else self.scope if then else None
        if not dated and self.scope is None:
            self.below = self.below if listed else None
            return
        self.outer = None
        for i, (start, end) in enumerate(line.sentences):
            self._sentence(line, start, end, first=i == 0)
        self._leave(line, rank, listed=listed)

    def _leave(self, line: Line, rank: int, *, listed: bool) -> None:
        """What the paragraph leaves to those under it: the date that it opens a list with, or the one over itself.

        A heading of a higher rank (二、 after （三）) ends the list.
        """
        scope = self.scope
        if scope is not None and scope.firm and phrases.opens_list(line) and not (listed and scope == self.below):
            works = phrases.WORKS.search(line.plain.rstrip(" ：")) is not None
            self.below = scope._replace(figures_only=works)
            self.rank = 0
        elif not listed:
            self.below = None
        elif self.rank == 0:
            self.rank = rank

    def _row(self, line: Line) -> None:
        """A table's row: its head says which columns hold what is to be reached, the others are read by it."""
        table = table_of(line, self._times(line, 0, len(line.plain)), self._caption)
        if table is not None:
            self.table = table
        elif self.table is not None:
            for target in targets_of_row(line, self.table):
                self.ledger.target(target)

    def _caption(self) -> str | None:
        """The one date that the line over the table names, for a column headed 目标值."""
        if self.above is None:
            return None
        deadlines = {t.deadline for t in self._times(self.above, 0, len(self.above.plain)) if not t.past}
        return deadlines.pop() if len(deadlines) == 1 else None

    def _sentence(self, line: Line, start: int, end: int, *, first: bool) -> None:
        plain = line.plain
        times = self._times(line, start, end)
        ordinal = self.outer is not None and phrases.ORDINAL.match(plain, start) is not None
        if ordinal and self.outer is not None:
            (self.scope,) = self.outer
        elif (
            not first
            and not (self.scope is not None and (self.scope.figures_only or self._lists_on(line, start)))
            and (not times or times[0].start > start + _LEAD)
            and not plain.startswith(phrases.GOES_ON, start)
            and not phrases.THEN.match(plain, start)
            and (
                phrases.FRAME.match(plain, start)
                or not phrases.OUTCOME.search(plain, start, times[0].start if times else end)
            )
        ):
            self.scope = None
        if not times and self.scope is None:
            return
        if plain.startswith("？", end):
            self.scope = None  # 今年有哪些工程要开工？
            return
        if self.voices.is_outside(line, start):
            self.scope = None
            return
        if not first and not ordinal and self.scope is not None and not (self.scope.firm and self.scope.lasting):
            goes_on = plain.startswith(phrases.GOES_ON, start) and "-" not in self.scope.deadlines[-1]
            then = self.scope.firm and phrases.THEN.match(plain, start) is not None
            self.scope = self.scope if goes_on or then else None
        if times and not times[-1].past and (named := _named(line, start, end, times[-1])) is not None:
            self.ledger.target(named)
        run = Run(self.ledger, line, end, self.scope, self.outer)
        starts = [time.start for time in times]
        for a, b, mark in phrases.clauses(line, start, end):
            run.clause(a, b, times[bisect_left(starts, a) : bisect_left(starts, b)])
            if mark == "；":
                run.part()
            elif mark == "：":
                run.lead_in()
        run.close()
        self.scope, self.outer = run.scope, run.outer

    def _lists_on(self, line: Line, start: int) -> bool:
        """会议明确了明年的目标。在供应方面，…: the sentences after it list what it announced."""
        return self.scope is not None and self.scope.announced and phrases.SIDE.match(line.plain, start) is not None

    def _times(self, line: Line, start: int, end: int) -> list[Time]:
        """The dates of the sentence outside 《》: 《2030年前…方案》 sets none."""
        if not CHEAP.search(line.plain, start, end):
            return []
        times = times_in(line.plain, self.paper.published, start, end, dated=self.paper.dated)
        times = [time for t in times if (time := _in_its_year(line.plain, t, self.paper.published.year)) is not None]
        if line.titles:
            times = [t for t in times if not any(a <= t.start < b for a, b in line.titles)]
        return times


_OF_THE_YEAR = ("全年", "年内", "年底", "年末")
_BARE_MONTH = re.compile(r"(?:到|至|于|在)?(?:\d{1,2}月|[一二三四]季度|[上下]半年)")
_YEAR_NAMED = re.compile(
    r"(?<![比较与])(?P<year>20\d\d)年(?!\d|底|末|前)|(?<![比较与])(?P<past>去年|过去一年|过去的一年|上年)|(?P<next>明年)|(?P<this>今年)"
)


def _in_its_year(plain: str, time: Time, this: int) -> Time | None:
    """全年 means the year that the paragraph named last: 过去一年，…全年完成… looks back, 2022年目标是…全年… ahead."""
    if _BARE_MONTH.match(plain, time.start):
        ahead = f"{this + 1}年"
        if time.past and plain.find(ahead, max(0, time.start - _BACK), time.start) >= 0:
            # 2022年2月底前自查；3月至7月整治, printed in December 2021
            return time._replace(deadline=time.deadline.replace(str(this), str(this + 1)), past=False)
        return time
    if not plain.startswith(_OF_THE_YEAR, time.start):
        return time
    named = None
    for named in _YEAR_NAMED.finditer(plain, max(0, time.start - _BACK), time.start):  # noqa: B007 -- the last is wanted
        pass
    if named is None or named["this"]:
        return time
    year = int(named["year"]) if named["year"] else this + (1 if named["next"] else -1)
    if year < this:
        return None
    deadline = time.deadline.replace(str(this), str(year))
    return time._replace(deadline=deadline, past=False, period=time.period or year > this)


_BACK = 400
"""Characters before 全年 in which its year may have been named."""


def _named(line: Line, start: int, end: int, time: Time) -> Target | None:
    if line.plain.find("目标", start, end) < 0:
        return None
    for a, b, _ in phrases.clauses(line, start, end):
        if "目标" in line.plain[a:b] and (target := named_target(line, a, b, time.deadline)) is not None:
            return target
    return None
