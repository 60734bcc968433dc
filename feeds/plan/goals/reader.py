"""Aims and their dates: dates with the clauses they govern; clauses with a figure become targets, the others goals.

A firm date at the head of a clause (到2025年，…) governs up to the end of its sentence and the next sentences of the
paragraph that plainly go on with the series; a date inside a clause governs that clause. A loose one (今年, 全年)
needs a word of intent.
"""

from bisect import bisect_left

from feeds.model import Target
from feeds.plan.clauses import Line, Paper
from feeds.plan.genre import Voices
from feeds.plan.goals import wording
from feeds.plan.goals.clause import Held, Outer
from feeds.plan.goals.dating import dates_of
from feeds.plan.goals.findings import Aims, Findings
from feeds.plan.goals.reach import BREAKS, CONSISTS, TURNS_TO_WORKS, FollowingSentence, reach_of
from feeds.plan.goals.runs import Run
from feeds.plan.goals.scope import Scope
from feeds.plan.goals.sections import Section, ends_section, heading_of, section_of, whole_of
from feeds.plan.grammar.times import Time
from feeds.plan.lexicon import phrases
from feeds.plan.targets import named_target
from feeds.plan.targets.tables import ROW, Table, table_of, targets_of_row


def aims_of(paper: Paper, voices: Voices) -> Aims:
    """Every goal and target of the article."""
    reader = _Reader(paper, voices)
    for line in paper.lines:
        reader.read(line)
    return Aims(tuple(reader.findings.goals), tuple(reader.findings.targets))


_ROUND = "a year's aims, province by province"
_FOR_THESE = "works for the aims above"
"""The names of the rules, under which their dates are noted."""


class _Reader:
    """Walks the paragraphs and carries a date on where the text does."""

    def __init__(self, paper: Paper, voices: Voices) -> None:
        self.paper = paper
        self.voices = voices
        self.findings = Findings(paper)
        self.scope: Scope | None = None
        self.below: Scope | None = None
        self.rank = 0
        self.told = self.decided = False
        self.outer: Outer = None
        self.round: Scope | None = None
        self.epoch: Scope | None = None
        self.table: Table | None = None
        self.above: Line | None = None
        self.heading: Line | None = None
        self.whole = whole_of(paper)
        self.works = self.section = Section(0, self.whole) if self.whole and self.whole.figures_only else None

    def read(self, line: Line) -> None:
        """One paragraph. `below` holds a date that a paragraph set for the list or the lines under it."""
        if line.block.kind == "row":
            self._row(line)
            return
        self.table = None
        self.above = line
        self._note_decision(line)
        dated = bool(self.paper.times(line))
        in_round = self.round is not None and phrases.PLACE_HEAD.match(line.plain) is not None
        if in_round and self.below is None:
            self.below, self.rank = self.round, 0
        if dated:
            self._note_round(line)
        then = self.scope is not None and self.scope.firm and phrases.THEN.match(line.plain) is not None
        if self.scope is not None and not then and self._goes_on_with_works(line):
            if line.plain.rstrip().endswith("："):
                self.scope = self.scope._replace(headed=False, wide=True, rule=_FOR_THESE)
            self.scope, then = self.scope._replace(figures_only=True, firm=True), True
        self._note_section(line, dated=dated)
        if not dated and self.below is None and not then and self.section is None:
            self.scope = None
            return
        rank = wording.UNRANKED if self.below is None and not self.decided else wording.rank_of(line)
        listed = self.below is not None and rank >= self.rank and (in_round or wording.is_listed(line))
        listed = listed and not phrases.PARTS.match(line.plain) and not phrases.ADDRESSES.search(line.plain)
        self.scope = self.below if listed else self.scope if then else None
        if not dated and self.scope is None and self.section is None:
            self.below = self.below if listed else None
            return
        self.outer, self.told = None, self.decided and rank < wording.UNRANKED
        self.epoch = None
        for i, (start, end) in enumerate(line.sentences):
            self._sentence(line, start, end, first=i == 0)
        self._leave(line, rank, listed=listed)

    def _goes_on_with_works(self, line: Line) -> bool:
        """具体包括：…, or 围绕上述目标，抓好以下工作： after a paragraph of aims."""
        if phrases.CONSISTS.match(line.plain):
            return True
        return line.plain.rstrip().endswith("：") and phrases.TO_THESE.match(line.plain) is not None

    def _note_round(self, line: Line) -> None:
        """从公布的2026年增长目标看，…: the year holds for the paragraphs below that begin with a province."""
        following = self.paper.lines[line.p + 1 : line.p + 2]
        if not following or phrases.PLACE_HEAD.match(following[0].plain) is None:
            return
        for time in self.paper.times(line):
            if not (time.past or time.firm) and phrases.YEAR_AIMS.match(line.plain, time.start):
                self.round = Scope((time.deadline,), firm=True, period=True, loose=True, rule=_ROUND)

    def _note_section(self, line: Line, *, dated: bool) -> None:
        """Keep the date that a heading sets for its section until the section ends."""
        if not dated and self.whole is None and self.section is None:
            return
        head = heading_of(line)
        if head is not None:
            times = self._times(line, 0, head.end()) if dated else []
            opened = section_of(line, head, times, self.whole)
            if opened is not None:
                chaptered = opened.rank == wording.UNRANKED and wording.numbers_follow(
                    self.paper, line, len(line.plain)
                )
                self.section = opened._replace(chaptered=chaptered)
                self.heading = line if head.end() >= len(line.plain.rstrip(" 】")) else None
                return
        if self.section is not None and ends_section(line, self.section):
            self.section = self.works

    def _note_decision(self, line: Line) -> None:
        """会议决定实施九项措施，主要是： what a meeting decides goes on in the numbered paragraphs below."""
        if self.decided and wording.rank_of(line) < wording.UNRANKED:
            return
        ends = line.plain.rstrip().endswith("：")
        self.decided = ends and any(phrases.DECIDES.match(line.plain, start, end) for start, end in line.sentences)

    def _leave(self, line: Line, rank: int, *, listed: bool) -> None:
        """Keep what the paragraph leaves to those under it: the date that it opens a list with, or the one over itself.

        A heading of a higher rank (二、 after （三）) ends the list.
        """
        scope = self.scope
        if (
            scope is not None
            and scope.firm
            and not scope.headed
            and (
                wording.opens_list(line)
                or (scope.announced and wording.numbers_follow(self.paper, line, line.sentences[-1][1]))
            )
            and not (listed and self.below is not None and scope.governs_like(self.below))
        ):
            works = phrases.WORKS.search(line.plain.rstrip(" ：。")) is not None
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
                self.paper.note(line.p, target.span.start, target.span.end, ROW.title, target.deadline)
                self.findings.add_target(target, line)

    def _caption(self) -> str | None:
        """The one date that the line over the table names, for a column headed 目标值."""
        if self.above is None:
            return None
        deadlines = {t.deadline for t in self._times(self.above, 0, len(self.above.plain)) if not t.past}
        return deadlines.pop() if len(deadlines) == 1 else None

    def _sentence(self, line: Line, start: int, end: int, *, first: bool) -> None:
        plain = line.plain
        times = self._times(line, start, end)
        outside = self.voices.is_outside(line, start)
        sentence = None
        if self.outer is not None and phrases.ORDINAL.match(plain, start):
            (self.scope,) = self.outer
        elif not first and self.scope is not None:
            sentence = FollowingSentence(line, start, end, times, self.scope, outside)
            rule = reach_of(sentence)
            self._note_reach(sentence, rule.title, holds=rule.verdict)
            works = rule.name in TURNS_TO_WORKS and sentence.works
            self.scope = self.epoch if works and self.epoch is not None else self.scope if rule.verdict else None
            if self.scope is not None and rule.name == CONSISTS:
                self.scope = self.scope._replace(figures_only=True, firm=True)
        if self.scope is None and line is not self.heading:
            self.scope = self._scope_of_section(line, start, end, times, sentence, outside=outside)
        self.told = (
            self.told
            or phrases.DECIDES.match(plain, start, end) is not None
            or (len(times) > 1 and _is_series(times, self.paper.published.year))
        )
        if outside:
            self.paper.note(line.p, start, end, "voice", "somebody speaks who sets no aim for the issuer")
        if (not times and self.scope is None) or outside or plain.startswith("？", end):
            self.scope = None
            return
        if times and not times[-1].past and (named := self._figure_called_aim(line, start, end, times[-1])) is not None:
            self.findings.add_target(named, line)
        held = Held(self.paper, line, end, self.scope, self.outer, told=self.told)
        run = Run(self.findings, held)
        starts = [time.start for time in times]
        for a, b, mark in wording.clauses(line, start, end):
            run.clause(a, b, times[bisect_left(starts, a) : bisect_left(starts, b)] if times else times)
            if mark == "；":
                run.part()
            elif mark == "：":
                run.lead_in()
        run.end()
        self.scope, self.outer, self.told = held.scope, held.outer, held.told
        self.epoch = held.epoch or self.epoch

    def _scope_of_section(
        self, line: Line, start: int, end: int, times: list[Time], asked: FollowingSentence | None, *, outside: bool
    ) -> Scope | None:
        """The date of the heading above, unless the sentence breaks it; `asked` is noted already."""
        scope = self.section.scope if self.section is not None else None
        if scope is None:
            return None
        sentence = FollowingSentence(line, start, end, times, scope, outside)
        rule = reach_of(sentence)
        if rule.name not in BREAKS:
            return scope
        if sentence != asked:
            self._note_reach(sentence, rule.title, holds=False)
        return None

    def _note_reach(self, sentence: FollowingSentence, title: str, *, holds: bool) -> None:
        if self.paper.notes is not None:
            verdict = f"{'、'.join(sentence.scope.deadlines)} {'holds' if holds else 'stops'}"
            self.paper.note(sentence.line.p, sentence.start, sentence.end, title, verdict)

    def _times(self, line: Line, start: int, end: int) -> list[Time]:
        return dates_of(self.paper, line, start, end, in_plan=self.whole is not None)

    def _figure_called_aim(self, line: Line, start: int, end: int, time: Time) -> Target | None:
        if line.plain.find("目标", start, end) < 0:
            return None
        for a, b, _ in wording.clauses(line, start, end):
            if (
                "目标" in line.plain[a:b]
                and phrases.STATED.search(line.plain, a, b) is None
                and (target := named_target(self.paper, line, _behind(time, a, b), b, time.deadline)) is not None
            ):
                return target
        return None


def _is_series(times: list[Time], this: int) -> bool:
    """2023年，…；2024年，…；2025年，…, said in 2023: the steps of a plan, of which the first is to come too."""
    years = [time.deadline for time in times if time.form == "year"]
    return years[:2] == [str(this), str(this + 1)]


def _behind(time: Time, start: int, end: int) -> int:
    """确保2025年实现…的目标: what is named stands behind the date."""
    return time.end if start <= time.start and time.end < end else start
