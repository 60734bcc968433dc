"""The shapes of a clause with figures: how indicator, direction and baseline stand around a quantity.

A target clause is 指标 + (比2020年) + (分别/均) + 动词 + 数 + 单位 + (以上), or 动词 + 数 + 单位 + 名词
(建成50家平台), or 名词 + 数 + 单位 (引进项目500个).
"""

import re
from functools import cache
from typing import NamedTuple

from msgspec import structs

from feeds.model import Comparator, Direction, Span, Target
from feeds.plan.clauses import Line, Paper, stretches_between, trim
from feeds.plan.grammar.quantities import Quantity, comparator_of
from feeds.plan.lexicon import last_match, phrases, rows
from feeds.plan.rule import LIKELY, OUTRIGHT, PlaceRule, first_found, table_of
from feeds.plan.targets.names import bare_name

Names = tuple[tuple[int, int], ...]
"""Where indicators stand in the paragraph."""
_RISE: Direction = "up"
_FALL: Direction = "down"
_MOVES = dict.fromkeys(
    ["增长", "增加", "再增", "提高", "提升", "上升", "扩大", "增幅", "增速", "延长", "扩展", "拓展"], _RISE
)
_MOVES |= dict.fromkeys(["下降", "再降", "降低", "减少", "压减", "削减", "缩减", "下调", "降幅", "缩短", "压缩"], _FALL)


class Figures(NamedTuple):
    """A clause, or a part of it, with the figures in it.

    `carried` are the indicators before it; `made`: what is done to the things of the part before it holds for it too.
    """

    line: Line
    start: int
    end: int
    figures: list[Quantity]
    deadline: str
    carried: Names
    made: bool

    @property
    def closes(self) -> bool:
        """The clause ends with its last figure."""
        return phrases.TO_END.fullmatch(self.line.plain, self.figures[-1].end, self.end) is not None

    @property
    def each(self) -> int:
        """Where 各有 deals out one figure; -1 where it does not."""
        return self.line.plain.find("各有", self.start, self.end)

    @property
    def covered(self) -> re.Match[str] | None:
        """覆盖85%的甲: the verb before a share of things."""
        found = phrases.COVERS.search(self.line.plain, self.start, self.figures[0].start)
        return found if self.figures[0].unit == "%" else None


def by_shape(paper: Paper, clause: Figures) -> list[Target]:
    """The targets that the first shape that applies reads in the clause."""
    if not clause.figures:
        return []
    placed = first_found(SHAPES, clause)
    if placed is None:
        return []
    rule, found = placed
    for target in found:
        paper.note(clause.line.p, target.span.start, target.span.end, rule.title, target.deadline)
    return [structs.replace(target, confidence=rule.confidence) for target in found]


def _dealt(clause: Figures) -> list[Target]:
    """A、B、C分别下降8%、10%、12%以上: as many figures in a row as subjects."""
    line, start, figures = clause.line, clause.start, clause.figures
    row = [figures[-1]]
    for figure in reversed(figures[:-1]):
        if not re.fullmatch("[、和及，与]|以及", line.plain[figure.end : row[0].start]):
            break
        row.insert(0, figure)
    if len(row) < 2:
        return []
    subject = subject_of(line, start, row[0])
    if subject is None:
        return []
    a, b, direction, baseline = subject
    names = _names(line, a, b, len(row)) if b - a >= 2 else list(clause.carried)[-len(row) :]
    if len(names) == 1 and "分别" in line.plain[start : row[0].start]:
        names *= len(row)  # 城乡覆盖率分别达到90%和70%: one name for both
    if len(names) != len(row):
        return []
    last = row[-1].unit
    row = _spread(line.plain, row)
    # 分别达到300万、200万和150万平方米: the unit that is said once holds for all.
    row = [f._replace(unit=last) if f.unit != last and last.startswith(f.unit) else f for f in row]
    return [
        target_of(line, name, figure, clause.deadline, direction, baseline, figure.comparator)
        for name, figure in zip(names, row, strict=True)
    ]


def _spread(plain: str, row: list[Quantity]) -> list[Quantity]:
    """分别达到85%和80%以上: a bound that is said once, at an end of the row, holds for all of it."""
    bounded = [i for i, figure in enumerate(row) if figure.comparator != "eq"]
    if bounded not in ([0], [len(row) - 1]):
        return row
    figure = row[bounded[0]]
    said = (figure.start, figure.value[0]) if bounded == [0] else (figure.value[1], figure.end)
    words = plain[said[0] : said[1]]
    if figure.comparator not in (comparator_of(None, words), comparator_of(words, None)):
        return row
    return [each._replace(comparator=figure.comparator) for each in row]


def _names(line: Line, start: int, end: int, n: int | None) -> list[tuple[int, int]]:
    names = list(stretches_between(line.flat, start, end, "、"))
    if names and (n is None or len(names) < n):
        a, b = names[-1]
        joint = max(line.flat.rfind(word, a + 1, b - 1) for word in "和及与")
        if joint > 0 and n is not None:
            return [*names[:-1], (a, joint), (joint + 1, b)]
    return names


def subject_of(line: Line, start: int, figure: Quantity) -> tuple[int, int, Direction, str | None] | None:
    """Indicator, direction and baseline before a figure; None where no verb joins them."""
    plain = line.plain
    begin, end = start, figure.start
    # The comparator of the figure may be the verb itself: 比重超75%.
    verb = phrases.JOINING_VERB.search(plain, max(start, figure.value[0] - 24), figure.value[0])
    direction: Direction = "level"
    if verb is not None:
        end = verb.start()
        if verb["move"] and not verb["to"]:
            direction = _MOVES.get(verb["move"], "down")
        elif verb[0].endswith(("新增", "净增")) or (
            figure.unit in ("番", "倍")
            and phrases.DOUBLES.search(plain, max(start, figure.value[0] - 4), figure.value[0])
        ):
            direction = "up"
    baseline = None
    if verb is not None and verb["than"] and figure.unit == "倍":
        baseline = verb["than"]
    elif (base := last_match(phrases.BASELINE, plain, begin, figure.value[0])) is not None:
        baseline = base["year"] or base["on"]
        if base.end() >= end - 6:
            end = min(end, base.start()) if base.start() > begin else end
            if base.start() <= begin:
                begin = base.end()
    share = figure.unit in ("%", "‰") or (verb is not None and verb[0].startswith(_LEVELS))
    if direction == "level" and not share and phrases.ADDED.match(plain, begin, end) is not None:
        direction = "up"
    begin, end = bare_name(plain, begin, end, money=figure.unit.endswith("元"), share=share)
    if verb is not None and verb["move"] and plain[begin:end] == "经济":
        end = verb.end("move")  # 经济增长5%: no name without its verb
    return (begin, end, direction, baseline)


def _closing(clause: Figures) -> list[Target]:
    """指标达到95%: the clause ends with its figure."""
    line, start, figure = clause.line, clause.start, clause.figures[-1]
    subject = subject_of(line, start, figure)
    if subject is None:
        return []
    a, b, direction, baseline = subject
    if figure.unit in _COUNTS_PARTS and line.plain.endswith("方面", a, b):
        return []  # 三个方面15项任务，其中，用地方面5项
    thing = bool(clause.carried) and phrases.ONLY_DONE.fullmatch(line.plain, *clause.carried[-1]) is None
    if thing and b - a < _PART and phrases.ONLY_MEASURES.fullmatch(line.plain, a, b):
        b = a
    if b - a < 2:
        done = phrases.DONE_WITH.search(line.plain, start, figure.value[0])
        if done is None and not clause.carried:
            return []
        a, b = done.span() if done is not None and figure.unit in _COUNTS_PARTS else (clause.carried or ((a, b),))[-1]
    plain = line.plain
    if direction == "level" and re.search("增长$", plain[a:b]) and figure.unit in ("%", "个百分点"):
        direction = "up"
    shared = re.search("(?:均|都|各)", plain[b : figure.start])
    pair = shared and "、" not in line.flat[a:b] and re.search("[^和与及]{2}[和与及][^和与及]{2}", line.flat[a:b])
    if (moved := phrases.MOVES_FIRST.match(plain, a, b)) is not None and direction == "level" and b - moved.end() >= 2:
        a, direction = moved.end(), _MOVES[moved[0]]
    names = _names(line, a, b, 2 if pair else None) if shared and (pair or "、" in line.flat[a:b]) else [(a, b)]
    return [target_of(line, name, figure, clause.deadline, direction, baseline, figure.comparator) for name in names]


def _each(clause: Figures) -> list[Target]:
    """甲、乙各有5个: one figure for each name."""
    line, start, each = clause.line, clause.start, clause.each
    dealt = [f for f in clause.figures if f.start >= each - 1][:1]
    a, b = bare_name(line.plain, start, each)
    names = _names(line, a, b, None) if b > a else []
    return [target_of(line, name, f, clause.deadline, "level", None, f.comparator) for f in dealt for name in names]


def _covering(clause: Figures) -> list[Target]:
    """管网覆盖85%的小区."""
    line, figure, covered = clause.line, clause.figures[0], clause.covered
    a, b = bare_name(line.plain, clause.start, covered.end() if covered else clause.start)
    return [target_of(line, (a, b), figure, clause.deadline, "level", None, figure.comparator)] if b - a > _NAME else []


def _making(clause: Figures) -> list[Target]:
    """动词 + 数 + 单位 + 名词: 建成50家以上示范工厂. The noun after the unit is the indicator."""
    line, start, end = clause.line, clause.start, clause.end
    plain = line.plain
    for figure in clause.figures:
        if phrases.COUNTED_SIDES.match(plain, figure.end) or _counts_parts(plain, figure, end):
            continue  # 在4个方面发力, 实施105项重大工程
        first = figure.start <= start + 1
        a, b = trim(line.flat, figure.end, end)
        share = (figure.unit in ("%", "成") or _is_fraction(plain, figure)) and plain.startswith("的", a)
        if share and (first or phrases.OF_RATE.search(plain, a, b)):
            a += 1  # 85%以上的医院建成…: a share of things, told from what they do; 实现8%以上的进出口增速
        elif not share and (
            (first and clause.made and plain[figure.start].isdigit()) or _is_made(plain, start, figure)
        ):
            if plain.startswith("的", a) and figure.unit.endswith("元"):
                continue  # 推动总投资过百亿元的项目开工: how large the things are
            # 培育10个左右的甲和20家乙: what makes the first makes the second
            a += plain.startswith("的", a)
        else:
            continue
        if not (figure.unit or share) and a > figure.end:
            continue  # 电能利用效率高于1.8的中心: which things are meant
        put = phrases.PUT_TO_USE.search(plain, a, b) if not share else None
        if put is not None and put.start() - a >= 2:
            b = put.start()
        elif not share and phrases.COMES_TO.match(plain, a, b):
            continue  # 12种药品将纳入目录: of so many things something is said
        if b - a >= 2 or plain[a:b] in _PLACES_COUNTED:
            comparator = _made_comparator(plain, start, figure)
            return [target_of(line, (a, b), figure, clause.deadline, "level", None, comparator)]
    return []


def _is_made(plain: str, start: int, figure: Quantity) -> bool:
    """建成50家…, 突破50项技术, or a bare number of things at the clause's head."""
    if phrases.MAKES.search(plain, max(start, figure.start - 24), figure.start) or plain.startswith(
        "突破", figure.start
    ):
        return True
    if figure.start <= start + 1 and (figure.comparator == "eq" or figure.unit[-1:] in _COUNTS_THINGS):
        return True
    # 优化建立80个重点区域: a few characters before things that are counted can only be what is done to them
    short = 2 <= figure.start - start <= _SHORT_VERB and phrases.COVERB.search(plain, start, figure.start) is None
    return short and figure.unit[-1:] in _COUNTS_THINGS and plain[figure.value[0]].isdigit()


def _is_fraction(plain: str, figure: Quantity) -> bool:
    """三分之二的土地: a part of things."""
    return plain.find("分之", *figure.value) >= 0 or plain.startswith("一半", figure.value[0])


def _counts_parts(plain: str, figure: Quantity, end: int) -> bool:
    """105项重大工程: so many parts of a plan are a group's count and no target."""
    if figure.unit not in _COUNTS_PARTS:
        return False
    stop = phrases.NOUN_END.search(plain, figure.end, end)
    noun = plain[figure.end : stop.start() if stop else end]
    return len(noun) <= _PART and noun.endswith(_parts()) and "开展" not in noun


@cache
def _parts() -> tuple[str, ...]:
    """The nouns of what a plan has, projects aside: 任务, 措施, 工程."""
    parts = (row[0] for row in rows("nouns.tsv") if row[1] == "part" and row[0] not in ("工作", "目标", "计划"))
    return (*parts, "实事")


_LEVELS = ("降", "升", "提", "控制", "稳定", "压降")
"""How a verb begins that brings a thing to a level."""
_PLACES_COUNTED = ("省", "市", "县", "乡", "镇", "村")
"""Names of one character: 覆盖100个县、1000个乡镇."""
_COUNTS_PARTS = ("项", "条", "个")
_PART = 12
_NAME = 3
_SHORT_VERB = 8
_COUNTS_THINGS = frozenset("个家座所处台辆艘支名批款片")


def _made_comparator(plain: str, start: int, figure: Quantity) -> Comparator:
    """至少建成3个 is ge; the 突破 of 突破50项技术 compares nothing."""
    if plain.find("至少", max(start, figure.start - 8), figure.start) >= 0:
        return "ge"
    if plain.startswith("突破", figure.start):
        return comparator_of(None, plain[figure.value[1] : figure.end])
    return figure.comparator


def target_of(
    line: Line,
    name: tuple[int, int],
    figure: Quantity,
    deadline: str,
    direction: Direction,
    baseline: str | None,
    comparator: Comparator,
) -> Target:
    """Build the target whose indicator stands at `name`."""
    value = line.text[figure.value[0] : figure.value[1]]
    return Target(
        line.text[name[0] : name[1]],
        comparator,
        direction,
        value,
        figure.unit,
        deadline,
        baseline,
        Span(line.p, min(name[0], figure.start), max(name[1], figure.end)),
    )


def _serving(clause: Figures) -> list[Target]:
    """为5万名老人提供助餐服务: for so many something is done."""
    line, figure = clause.line, clause.figures[0]
    a, b = trim(line.flat, figure.end, clause.end)
    served = phrases.SERVES.search(line.plain, max(clause.start, figure.value[0] - 6), figure.value[0])
    if served is None or phrases.SERVED.match(line.plain, a, b) is None:
        return []
    return [target_of(line, (a, b), figure, clause.deadline, "level", None, figure.comparator)]


def _doing(clause: Figures) -> list[Target]:
    """经营单位100%建立台账: a share of things, told from what they do behind it."""
    line, figure = clause.line, clause.figures[0]
    if phrases.DOES.match(line.plain, figure.end, clause.end) is None:
        return []
    a, b = bare_name(line.plain, clause.start, figure.start)
    return [target_of(line, (a, b), figure, clause.deadline, "level", None, figure.comparator)] if b - a > 2 else []


SHAPES: tuple[PlaceRule[Figures, list[Target]], ...] = table_of(
    "target",
    ("figures that are dealt out", lambda c: len(c.figures) > 1, _dealt, OUTRIGHT),
    ("a clause that ends with its figure", lambda c: c.closes, _closing, OUTRIGHT),
    ("one figure for each", lambda c: not c.closes and c.each >= 0, _each, OUTRIGHT),
    ("a share that is covered", lambda c: not c.closes and c.each < 0 and c.covered, _covering, LIKELY),
    ("those who are served", lambda c: len(c.figures) == 1 and not c.closes, _serving, LIKELY),
    ("a share that does something", lambda c: len(c.figures) == 1 and c.figures[0].unit == "%", _doing, LIKELY),
    ("things that are made", lambda c: not (c.closes or c.each >= 0 or c.covered), _making, LIKELY),
)
"""The shapes of a clause with figures: the first that applies and reads a target decides."""
