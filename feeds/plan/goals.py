"""What shall be by when: dates with the clauses they govern; clauses with a figure become targets, the others goals.

A firm date at the head of a clause (到2025年，…) governs up to the end of its sentence and the next sentences of the
paragraph that plainly go on with the series; a date inside a clause governs that clause. A loose one (今年, 全年)
needs a word of intent.
"""

import re
from bisect import bisect_left
from typing import NamedTuple

from feeds.model import Goal, Span, Target
from feeds.plan.clauses import Line, Paper, brackets, trimmed
from feeds.plan.genre import Voices
from feeds.plan.targets import has_figure, named_target, targets_in
from feeds.plan.times import CHEAP, Time, times_in


class Aims(NamedTuple):
    """All goals and targets of an article, in reading order."""

    goals: tuple[Goal, ...]
    targets: tuple[Target, ...]


_MANY = 50
"""Indicators with one figure that are compared; more are a table."""


class _Scope(NamedTuple):
    """What governs the clauses that follow: its deadlines, whether it was set firmly at a head, whether it is a period.

    `lasting`: it may reach into the next sentence (到2025年 does, 6月底前 does not). `holds`: into the next clause.
    """

    deadlines: tuple[str, ...]
    firm: bool
    period: bool = False
    lasting: bool = True
    holds: bool = True


_WILL = re.compile(
    r"将(?!近)|(?<![主需首重紧])要(?!求|素|闻|点|领)|力争|确保|争取|计划|拟|全力|继续|着力|加快|推动|推进|完成|实现|"
    r"努力|力求|保持|全面|基本|预期|安排|落实"
)
_WANTS = re.compile(r"将(?!近)|(?<![主需首重紧])要(?!求|素|闻|点|领)|力争|确保|争取|计划|拟|全力|预期|力求")
_AIMS = re.compile(
    r"(?:确保|保持|实现|力争|完成|保证|争取|要求|落实|推动|促进|务必|必须|将|计划|拟|能够|有信心)[^，。；]{0,14}$"
)
_REPORTS = re.compile(
    r"(?:(?:提出|明确|确定|设定)了|提出|明确|要求|指出|强调|指|是|：|力争|计划|确保|预计|将|目标|决定|"
    r"部署|表示|要|规划|通知|意见|方案|其中|即|争取|为|并|且|同时|而|介绍|称|说|“|，|》|提到|设定|"
    r"确定|希望|显示)$"
)
_STATED = re.compile(
    r"同比|环比|去年|上年同期|已经|[^完]已[^成]|以来|截至|数据显示|过去|了(?:[，。；]|$)|进入了|面临|"
    r"取得了|达到了|是[^，。]{0,14}(?:关键期|窗口期|时期|之年|一年|阶段)"
)
_DONE = re.compile(r"同比|环比|[^业]已(?!有)|了[，。；]")
_FRAME = re.compile(
    r"[”]?(?:《|此外|另外|会议|要求|围绕|为此|下一步|记者|据|针对|上述|规划|方案|意见|通知|办法|纲要|"
    r"他|她|对此|目前|近年|[一二三四五六七八九]是|（|其次|第[一二三四]|值得|"
    r"在[^，]{2,20}方面|主要|重点|专家|业内|分析|作为|从[^，]{1,14}看|根据|按照|通过|为了?|要|还|文件|政策)"
)
_OUTCOME = re.compile(
    r"更加|进一步|明显|显著|基本|全面|取得|达到|实现|建成|形成|提升|完善|健全|稳步|持续|大幅|初步|"
    r"突破|增强|有效|不断|提高|下降|得到|稳定|充分|优化|位居|走在|改善"
)
_INTRODUCES = re.compile(
    r"(?:以下|如下|下列|这些|几个?)(?:[^，。]{0,8})$|^.{0,14}(?:任务|目标|工作|方面|措施|举措|原则)(?:是|为|包括)?$"
)
_FRAMING = re.compile(r"(?:明确|提出|指出|表示|要求|介绍|强调)$")
_WITH_FOCUS = re.compile(r"[^，]{0,6}将?以[^，]+为(?:重点|主线|抓手|核心|引领|导向|目标|指导)$")
_BY_MEANS = re.compile(
    r"(?:重点|主要|紧紧|并)?(?:通过|围绕|依托|按照|聚焦|以|在|坚持|立足|根据|瞄准|结合)[^，]*"
    r"(?:，(?:重点|主要)?(?:通过|围绕|依托|按照|聚焦|以|在|坚持|立足)[^，]*)*$"
)
_AIMS_ARE = re.compile(r"(?:目标|任务)(?:任务)?(?:是|为|包括|如下)?$")
_GUIDES = re.compile(r"为指导|指导思想")
_BUDGET = re.compile(r"退税|减税|降费|支出|赤字|债券|转移支付|中央预算内投资|补助资金|专项债|让利|缓税|财政")
_INTENDS = re.compile(r"将|要|力争|计划|安排|预期|目标|确保|不低于|不少于|预计全年|约|左右|超过|以上")


def aims_of(paper: Paper, voices: Voices) -> Aims:
    """Every goal and target of the article."""
    reader = _Reader(paper, voices)
    for line in paper.lines:
        reader.read(line)
    return Aims(tuple(reader.goals), tuple(reader.targets))


class _Reader:
    """Walks the paragraphs and carries a date on where the text does."""

    def __init__(self, paper: Paper, voices: Voices) -> None:
        self.paper = paper
        self.voices = voices
        self.goals: list[Goal] = []
        self.targets: list[Target] = []
        self.scope: _Scope | None = None
        self.below: _Scope | None = None
        self._seen: set[tuple[str, str]] = set()
        self._figures: dict[tuple[str, str, str], list[str]] = {}

    def read(self, line: Line) -> None:
        """One paragraph. `below` holds a date that a paragraph set for the list or the lines under it."""
        dated = CHEAP.search(line.plain) is not None
        listed = self.below is not None and _is_listed(line)
        self.scope = self.below if listed else None
        if not dated and self.scope is None:
            self.below = self.below if listed else None
            return
        for i, (start, end) in enumerate(line.sentences):
            self._sentence(line, start, end, first=i == 0)
        self.below = self.scope if self.scope and self.scope.firm and (listed or _opens_list(line)) else None

    def _sentence(self, line: Line, start: int, end: int, *, first: bool) -> None:
        plain = line.plain
        times = self._times(line, start, end)
        if (
            not first
            and not times
            and not plain.startswith(_GOES_ON, start)
            and (_FRAME.match(plain, start) or not _OUTCOME.search(plain, start, end))
        ):
            self.scope = None
        if not times and self.scope is None:
            return
        if self.voices.is_outside(line, start, end):
            self.scope = None
            return
        if not first and self.scope is not None and not (self.scope.firm and self.scope.lasting):
            self.scope = self.scope if plain.startswith(_GOES_ON, start) else None
        if times and not times[-1].past and (named := _named(line, start, end, times[-1])) is not None:
            self.target(named)
        run = _Run(self, line, end)
        starts = [time.start for time in times]
        for a, b, mark in _clauses(line, start, end):
            run.clause(a, b, times[bisect_left(starts, a) : bisect_left(starts, b)])
            if mark == "；":
                run.close()
                if self.scope is not None and not (self.scope.firm and self.scope.lasting):
                    self.scope = None
        run.close()

    def _times(self, line: Line, start: int, end: int) -> list[Time]:
        """The dates of the sentence outside 《》: 《2030年前…方案》 sets none."""
        if not CHEAP.search(line.plain, start, end):
            return []
        times = times_in(line.plain, self.paper.published, start, end)
        if times and "《" in line.plain:
            titles = brackets(line.plain)
            times = [t for t in times if not any(a <= t.start < b for a, b in titles)]
        return times

    def goal(self, line: Line, start: int, end: int, scope: _Scope) -> None:
        """Keep a goal, once for each of its dates, unless the text said it before."""
        start, end = trimmed(line.plain, start, end)
        if line.plain[end - 1 : end] in ("”", '"') and "“" not in line.plain[start:end]:
            end -= 1
        text = line.text[start:end]
        if _WITH_FOCUS.match(text):
            return
        if end - start < 4 or _INTRODUCES.search(line.plain[start:end]):
            return
        for deadline in scope.deadlines:
            if (deadline, text) not in self._seen:
                self._seen.add((deadline, text))
                confidence = 0.9 if scope.firm else 0.6
                self.goals.append(Goal(deadline, text, Span(line.p, start, end), confidence))

    def target(self, target: Target) -> None:
        """Keep a target unless the same figure stands already under the same date for the same thing."""
        same = self._figures.setdefault((target.value, target.unit, target.deadline), [])
        if any(other in target.indicator or target.indicator in other for other in same[:_MANY]):
            return
        same.append(target.indicator)
        self.targets.append(target)


class _Run:
    """The clauses of one sentence, those without a figure joined into one goal while nothing parts them."""

    def __init__(self, reader: _Reader, line: Line, end: int) -> None:
        self.reader = reader
        self.end = end
        self.line = line
        self.open: tuple[int, int, _Scope] | None = None
        self.carried: tuple[int, int] | None = None
        self.previous: int | None = None
        self.pending: _Scope | None = None
        self.budget: _Scope | None = None

    def clause(self, start: int, end: int, times: list[Time]) -> None:
        """Read one clause with the dates that stand in it."""
        begin = start
        if times:
            begin = self._dated(start, end, times)
        elif self.pending is not None:
            # 2022年，将…: the loose date's comma is behind us, this clause must show the intent.
            plain = self.line.plain
            intends = self.pending.period or _WILL.search(plain, start, end) is not None
            intends = intends and _STATED.search(plain, start, end + 1) is None
            self.reader.scope = self.pending._replace(firm=self.pending.period) if intends else None
            self.pending = None
        elif self.reader.scope is None and self.budget is not None and _is_budgeted(self.line.plain, start, end):
            self._govern(start, end, self.budget)
            return
        self.previous = start
        if _FRAMING.search(self.line.plain, start, end):
            self.reader.scope = None
        scope = self.reader.scope
        if scope is not None and not times and not scope.holds:
            self.reader.scope = scope = None
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
            self.reader.scope = None
            return -1
        time = coming[-1]
        joined = [t for t in times if not t.past and re.fullmatch("[、和及]?", plain[t.end : time.start])]
        deadlines = tuple(dict.fromkeys(t.deadline for t in [*joined, time]))
        same = [t for t in coming if t.deadline == time.deadline]
        first = min([*joined, *same]).start
        head = first <= start + 1 or bool(_REPORTS.search(plain, start, first)) or _is_subject(plain, start, first)
        rest = trimmed(self.line.flat, time.end, end)[0]
        if _TERM.match(plain, first):
            # 整治持续至11月30日，…: the term of a campaign, which all that follows is to be done in.
            self.reader.scope = _Scope(deadlines, firm=True, lasting=False)
            return start if end >= self.end else end
        if time.firm and not (len(time.deadline) < 9 and not time.period and _DONE.search(plain, start, end + 1)):
            self.reader.scope = _Scope(
                deadlines, firm=head, lasting=head and bool(_YEAR.search(plain, first, time.end)), holds=head
            )
            if head and rest < end and end - rest <= 4 and self.previous is not None:
                # …办理退还，年底前完成: too short to stand alone, it belongs to the clause before it.
                self.reader.scope = self.reader.scope._replace(holds=False)
                return self.previous
            return rest if head else start
        return self._loose(start, end, time, deadlines, rest, head=head)

    def _loose(self, start: int, end: int, time: Time, deadlines: tuple[str, ...], rest: int, *, head: bool) -> int:
        """The same for a date that names a time only: some word must say that something is intended."""
        plain = self.line.plain
        scope = _Scope(deadlines, firm=False, period=time.period)
        current = self.reader.scope
        if current is not None and not head and set(deadlines) <= set(current.deadlines):
            return start  # 今年主要目标是：…；失业率全年控制在…: the same year said again
        self.reader.scope = None
        if _AIMS_ARE.search(plain, start, end) and plain.startswith("：", end):
            self.reader.scope = scope._replace(firm=True)
        elif head and rest >= end:
            self.pending = scope
            return end
        elif not _GUIDES.search(plain, start, end):
            return self._intent(start, end, time, scope, rest if head else None)
        return -1

    def _intent(self, start: int, end: int, time: Time, scope: _Scope, rest: int | None) -> int:
        """Where the aim of a loosely dated clause begins, -1 if it has none; `rest` follows a date at its head."""
        plain = self.line.plain
        if rest is not None and not time.period:
            self.budget = scope
        if _STATED.search(plain, start, end + 1):
            if rest is not None and _YEAR_OF.match(plain, rest, end):
                self.pending = scope
            return -1
        aims = _AIMS.search(plain, start, time.start) is not None
        if rest is None:
            intends, begin = aims and not plain.startswith("为", start), start
        else:
            figured = time.period and has_figure(plain, rest, end)
            wants = _WANTS.search(plain, rest, min(end, rest + 24)) is not None
            intends, begin = aims or wants or figured or _is_budgeted(plain, rest, end), rest
        if not intends:
            return -1
        self.reader.scope = scope
        return begin

    def _govern(self, start: int, end: int, scope: _Scope) -> None:
        line = self.line
        if has_figure(line.plain, start, end):
            for deadline in scope.deadlines:
                found, rest = targets_in(line, start, end, deadline, carried=self.carried)
                if not (scope.firm or scope.period or self._intended(start, end)):
                    found = []
                for target in found:
                    self.reader.target(target)
            if found:
                self.close(before_target=True)
                first = found[-1].span.start
                self.carried = (first, first + len(found[-1].indicator))
                for a, b in rest:
                    self.reader.goal(line, a, b, scope)
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
        return bool(_INTENDS.search(plain, start, end) or _BUDGET.search(plain, start, end)) or self.carried is not None

    def close(self, *, before_target: bool = False) -> None:
        """The open goal ends here. Clauses that only say by what means a figure is reached are none."""
        means = (
            before_target and self.open is not None and _BY_MEANS.match(self.line.plain[self.open[0] : self.open[1]])
        )
        if self.open is not None and not means:
            self.reader.goal(self.line, *self.open)
        self.open = None


def _says_more(plain: str, start: int, scope: _Scope) -> bool:
    """…安排100亿元限额，并计入余额: what follows a figure under a loose date tells of the figure and sets no aim."""
    return plain.startswith("并", start) or not (scope.firm or _WANTS.match(plain, start))


_TERM = re.compile("(?:持续|延续)[到至]")
_YEAR_OF = re.compile("是[^，]*(?:之年|一年)")
_YEAR = re.compile(r"20\d\d|五|世纪|年时间|未来|今后")
_GOES_ON = ("同时，", "其中")


def _named(line: Line, start: int, end: int, time: Time) -> Target | None:
    for a, b, _ in _clauses(line, start, end):
        if "目标" in line.plain[a:b] and (target := named_target(line, a, b, time.deadline)) is not None:
            return target
    return None


def _is_subject(plain: str, start: int, first: int) -> bool:
    """《规划》到2025年, 全省到2025年: a short subject before the date is still its head."""
    return first - start <= 4 and plain[start:first] in ("我国", "全国", "全省", "全市", "我省", "我市", "到", "力争")


def _is_budgeted(plain: str, start: int, end: int) -> bool:
    return _BUDGET.search(plain, start, end) is not None and has_figure(plain, start, end)


def _clauses(line: Line, start: int, end: int) -> list[tuple[int, int, str]]:
    """The clauses of a sentence with the mark that closes each."""
    found = []
    at = start
    for match in _COMMA.finditer(line.flat, start, end):
        found.append((at, match.start(), match[0]))
        at = match.end()
    found.append((at, end, "。"))
    return [(*trimmed(line.flat, a, b), mark) for a, b, mark in found]


_COMMA = re.compile("[，；：]")
_BULLET = re.compile(r"\s*(?:——|—|--|[·●▷■◆◇★▲○◎☆]|（?[一二三四五六七八九十\d]{1,2}[）、.．]|[①-⑳])")


def _is_listed(line: Line) -> bool:
    """A bullet, an ordinal, or a short line without a stop: the shapes of a list under a date."""
    return _BULLET.match(line.text) is not None or (len(line.text) <= 60 and "。" not in line.text)


def _opens_list(line: Line) -> bool:
    """A paragraph whose date is for what stands under it: 到2025年 alone, or …主要目标如下： (a colon closes it)."""
    text = line.text.rstrip()
    return text.endswith(("：", ":")) or (len(text) <= 30 and not text.endswith(("。", "；")))
