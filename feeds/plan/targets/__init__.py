"""Quantities to be reached: indicator, comparator, direction, value, unit, baseline, read from one clause at a time.

A target clause is 指标 + (比2020年) + (分别/均) + 动词 + 数 + 单位 + (以上), or 动词 + 数 + 单位 + 名词
(建成50家平台), or 名词 + 数 + 单位 (引进项目500个). The dates are not read here: feeds.plan.goals hands in the
clauses that a date governs.
"""

import re
from functools import cache
from itertools import pairwise

from feeds.model import Comparator, Direction, Span, Target
from feeds.plan.clauses import Line, parted, trimmed
from feeds.plan.grammar.quantities import Quantity, comparator_of, quantities_in
from feeds.plan.lexicon import rows
from feeds.plan.targets.names import ADDED, bare_name

__all__ = ["named_target", "targets_in"]

Names = tuple[tuple[int, int], ...]
"""Where indicators stand in the paragraph."""
_RISE: Direction = "up"
_FALL: Direction = "down"
_MOVES = dict.fromkeys(["增长", "增加", "提高", "提升", "上升", "扩大", "增幅", "增速", "延长", "扩展", "拓展"], _RISE)
_MOVES |= dict.fromkeys(["下降", "降低", "减少", "压减", "削减", "缩减", "下调", "降幅", "缩短", "压缩"], _FALL)
_VERB = re.compile(
    r"(?:(?:年均|累计|同比|每年|预期|力争|实际|再|分别|均|都|各|全部|普遍|进一步|平均|合计|共|总体|"
    r"持续|稳步|大幅|逐步|基本|相应)*"
    r"(?:(?P<move>增长|增加|提高|提升|上升|扩大|下降|降低|减少|压减|削减|缩减|下调|压缩|延长|缩短|"
    r"扩展|拓展)(?P<to>到|至|为)?"
    r"|(?:恢复|回升|回落|压降|收窄|下调|上调)[到至]|增至|升至|降至|降到|增到|达到|达至|达|控制在|稳定在|保持在|维持在|保持|实现|完成|突破|超过|超|"
    r"不低于|不少于|不高于|不超过|高于|低于|大于|小于|多于|少于"
    r"|为|是|有|约|近|至少|逾|形成|建成|新增|接近|翻|力争|设定为|确定为)+)"
    r"(?:了|“)?$"
)
_BASE = re.compile(
    r"(?:比|较|与)(?P<year>20\d\d)年(?:底|末)?(?:水平)?(?:相比|基础上)?(?:，)?|(?:比|较)(?:上年|去年|"
    r"上一年|“?十三五”?末)(?:相比)?|在(?P<on>20\d\d)年(?:的)?基础上|[比较](?:[\u4e00-\u9fff]{2}前|年初|同期)(?![十百])"
)
_MAKES = re.compile(
    r"(?:完成|启动|建成|新建|建设|培育|打造|配备|至少|形成|新增|安排|引进|改造|创建|发展|支持|推广|推动|实施|遴选|"
    r"认定|发布|制定|制修订|修订|布局|设立|组织|开展|选树|"
    r"培养|培训|推出|扶持|实现|力争|累计|每年|年均|全国|再|带动|吸引|投入|下达|筹集|拉动|覆盖|招收|"
    r"支撑|攻克|突破|开发|研制|各|全省|全市)+[^，。；]{0,6}$"
)


_AIMED = re.compile(r"”?的(?:预期|增长|年度|全年|发展)?目标")
_TO_REACH = re.compile(r"(?:为|为了|要|围绕|确保|力争|努力)*(?:实现|完成|达到|达成|围绕|锚定)")


def named_target(line: Line, start: int, end: int, deadline: str) -> Target | None:
    """为实现出口增长“5%左右”的预期目标: a figure that the text itself calls an aim."""
    for figure in quantities_in(line.plain, start, end):
        if _AIMED.match(line.plain, figure.end, end):
            a, b = trimmed(line.flat, start, figure.start)
            if (lead := _TO_REACH.match(line.plain, a, b)) is not None:
                a = lead.end()
            b = b - 1 if line.plain[b - 1 : b] == "“" else b
            if b - a >= 2:
                direction: Direction = "up" if line.plain.startswith("增长", b - 2) else "level"
                return _target(line, (a, b), figure, deadline, direction, None, figure.comparator)
    return None


def targets_in(
    line: Line,
    start: int,
    end: int,
    deadline: str,
    *,
    carried: Names = (),
    hole: tuple[int, int] | None = None,
) -> tuple[list[Target], list[tuple[int, int]]]:
    """The targets of one clause, and the parts of it that are none though others are (项目50个、大项目陆续开工).

    `carried` are the indicators before it, for a clause that has none (年均增长8%); `hole` the date in its middle.
    """
    figures = quantities_in(line.plain, start, end)
    if hole and figures and figures[0].value[0] > hole[1] and _subject_after(line, hole[1], figures[0]):
        start = hole[1]
    pieces = _pieces(line, start, end, figures)
    if len(pieces) == 1:
        return _single(line, start, end, figures, deadline, carried), []
    found: list[Target] = []
    rest = []
    for a, b in pieces:
        made = bool(found) and found[-1].span.start >= pieces[0][0]
        said = tuple((found[-1].span.start, found[-1].span.start + len(found[-1].indicator)) for _ in found[-1:])
        inside = _single(line, a, b, [f for f in figures if a <= f.start < b], deadline, said, made=made)
        found += inside
        if not inside:
            rest.append((a, b))
    return found, rest


def _single(
    line: Line,
    start: int,
    end: int,
    figures: list[Quantity],
    deadline: str,
    carried: Names,
    *,
    made: bool = False,
) -> list[Target]:
    plain = line.plain
    if not figures:
        return []
    if len(figures) > 1 and (dealt := _dealt(line, start, figures, deadline, carried)):
        return dealt
    final = figures[-1]
    if _TO_END.fullmatch(plain, final.end, end):
        return _closing(line, start, final, deadline, carried)
    return _opening(line, start, end, figures, deadline, made=made)


def _subject_after(line: Line, start: int, figure: Quantity) -> bool:
    """全市6月底前新建公园20个 has its thing after the date; 办件时间6月底前压缩20% before it."""
    subject = _subject(line, start, figure)
    return subject is not None and subject[1] - subject[0] >= 2


_TO_END = re.compile(
    r"(?:[”’）]|（[^（）]*）|的?(?:目标|水平|规模)|的(?:预期)?目标|的区间|的增长|的速度|以上水平){0,3}"
)


def _pieces(line: Line, start: int, end: int, figures: list[Quantity]) -> list[tuple[int, int]]:
    """超3亿元市场40个、超9亿元市场12个; 打造10个甲集群和5个乙集群: parts that each have a figure of their own.

    Either every part closes with its figure, or every part after the first begins with it.
    """
    if len(figures) < 2:
        return [(start, end)]
    pieces = list(parted(line.flat, start, end, "、"))
    if len(pieces) > 1:
        closes = any(f.end == pieces[0][1] and f.start > start + 2 for f in figures)
        holding = [any(a <= f.start < b for f in figures) for a, b in pieces]
        if closes and all(holding):
            return pieces
    heads = [f.start for f in figures[1:] if line.plain[f.start - 1] in "、和及与" and f.end < end]
    opens = figures[0].end < heads[0] - 2 if heads else False
    if not opens or len(heads) != len(figures) - 1:
        return [(start, end)]
    bounds = [start, *heads, end]
    return [trimmed(line.flat, a, b - 1 if b != end else b) for a, b in pairwise(bounds)]


def _dealt(line: Line, start: int, figures: list[Quantity], deadline: str, carried: Names) -> list[Target]:
    """A、B、C分别下降8%、10%、12%以上: as many figures in a row as subjects."""
    row = [figures[-1]]
    for figure in reversed(figures[:-1]):
        if not re.fullmatch("[、和及，与]|以及", line.plain[figure.end : row[0].start]):
            break
        row.insert(0, figure)
    if len(row) < 2:
        return []
    subject = _subject(line, start, row[0])
    if subject is None:
        return []
    a, b, direction, baseline = subject
    names = _names(line, a, b, len(row)) if b - a >= 2 else list(carried)
    if len(names) == 1 and "分别" in line.plain[b : row[0].start]:
        names *= len(row)  # 城乡覆盖率分别达到90%和70%: one name for both
    if len(names) != len(row):
        return []
    last = row[-1].unit
    row = _spread(line.plain, row)
    # 分别达到300万、200万和150万平方米: the unit that is said once holds for all.
    row = [f._replace(unit=last) if f.unit != last and last.startswith(f.unit) else f for f in row]
    return [
        _target(line, name, figure, deadline, direction, baseline, figure.comparator)
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
    names = list(parted(line.flat, start, end, "、"))
    if names and (n is None or len(names) < n):
        a, b = names[-1]
        joint = max(line.flat.rfind(word, a + 1, b - 1) for word in "和及与")
        if joint > 0 and n is not None:
            return [*names[:-1], (a, joint), (joint + 1, b)]
    return names


def _subject(line: Line, start: int, figure: Quantity) -> tuple[int, int, Direction, str | None] | None:
    """Indicator, direction and baseline before a figure; None where no verb joins them."""
    plain = line.plain
    begin, end = start, figure.start
    # The comparator of the figure may be the verb itself: 比重超75%.
    verb = _VERB.search(plain, max(start, figure.value[0] - 24), figure.value[0])
    direction: Direction = "level"
    if verb is not None:
        end = verb.start()
        if verb["move"] and not verb["to"]:
            direction = _MOVES.get(verb["move"], "down")
        elif figure.unit in ("番", "倍") and _DOUBLES.search(plain, max(start, figure.value[0] - 4), figure.value[0]):
            direction = "up"
    baseline = None
    if (base := _last(_BASE, plain, begin, figure.value[0])) is not None:
        baseline = base["year"] or base["on"]
        if base.end() >= end - 6:
            end = min(end, base.start()) if base.start() > begin else end
            if base.start() <= begin:
                begin = base.end()
    share = figure.unit in ("%", "‰")
    if direction == "level" and not share and ADDED.match(plain, begin, end) is not None:
        direction = "up"
    begin, end = bare_name(plain, begin, end, money=figure.unit.endswith("元"), share=share)
    if verb is not None and verb["move"] and plain[begin:end] == "经济":
        end = verb.end("move")  # 经济增长5%: no name without its verb
    return (begin, end, direction, baseline)


def _last(pattern: re.Pattern[str], plain: str, start: int, end: int) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(plain, start, end):  # noqa: B007 -- the last match is wanted
        pass
    return found


def _closing(line: Line, start: int, figure: Quantity, deadline: str, carried: Names) -> list[Target]:
    """The clause ends with its figure."""
    subject = _subject(line, start, figure)
    if subject is None:
        return []
    a, b, direction, baseline = subject
    if b - a < 2:
        if not carried:
            return []
        a, b = carried[-1]
    plain = line.plain
    if direction == "level" and re.search("增长$", plain[a:b]) and figure.unit in ("%", "个百分点"):
        direction = "up"
    shared = re.search("(?:均|都|各)", plain[b : figure.start])
    pair = shared and "、" not in line.flat[a:b] and re.search("[^和与及]{2}[和与及][^和与及]{2}", line.flat[a:b])
    if (moved := _MOVED.match(plain, a, b)) is not None and direction == "level" and b - moved.end() >= 2:
        a, direction = moved.end(), _MOVES[moved[0]]
    names = _names(line, a, b, 2 if pair else None) if shared and (pair or "、" in line.flat[a:b]) else [(a, b)]
    return [_target(line, name, figure, deadline, direction, baseline, figure.comparator) for name in names]


_MOVED = re.compile("压减|减少|削减|缩减|降低|增加")
"""压减燃煤消费20万吨: the verb stands before its thing."""


def _opening(line: Line, start: int, end: int, figures: list[Quantity], deadline: str, *, made: bool) -> list[Target]:
    """动词 + 数 + 单位 + 名词: 建成50家以上示范工厂. The noun after the unit is the indicator."""
    plain = line.plain
    each = plain.find("各有", start, end)
    if each >= 0:
        dealt = [f for f in figures if f.start >= each - 1][:1]
        a, b = bare_name(plain, start, each)
        names = _names(line, a, b, None) if b > a else []
        return [_target(line, name, f, deadline, "level", None, f.comparator) for f in dealt for name in names]
    if (covers := _COVERS.search(plain, start, figures[0].start)) is not None and figures[0].unit == "%":
        a, b = bare_name(plain, start, covers.end())
        return (
            [_target(line, (a, b), figures[0], deadline, "level", None, figures[0].comparator)] if b - a > _NAME else []
        )
    for figure in figures:
        if _SIDES.match(plain, figure.end) or _counts_parts(plain, figure, end):
            continue  # 在4个方面发力, 实施105项重大工程
        first = figure.start <= start + 1
        a, b = trimmed(line.flat, figure.end, end)
        if first and figure.unit == "%" and plain.startswith("的", a):
            a += 1  # 85%以上的医院建成…: a share of things, told from what they do
        elif (first and made and plain[figure.start].isdigit()) or _is_made(plain, start, figure):
            # 培育10个左右的甲和20家乙: what makes the first makes the second
            if figure.unit == "%" and plain.startswith("的", a):
                continue
            a += plain.startswith("的", a)
        else:
            continue
        if (put := _PUT_TO_USE.search(plain, a, b)) is not None and put.start() - a >= 2:
            b = put.start()
        if b - a >= 2:
            return [_target(line, (a, b), figure, deadline, "level", None, _made_comparator(plain, start, figure))]
    return []


_DOUBLES = re.compile("翻|[增提]|扩大")
_SIDES = re.compile("方面|环节|层面|维度|步骤|阶段|角度")
_PUT_TO_USE = re.compile("(?:建成|竣工|投入)?(?:投产|投用|投运|使用|达产|开工(?:建设)?|落地|建成)$")
"""推动50个工厂建成投用: what becomes of the things is no part of their name."""


def _is_made(plain: str, start: int, figure: Quantity) -> bool:
    """建成50家…, 突破50项技术, or a bare number of things at the clause's head."""
    if _MAKES.search(plain, max(start, figure.start - 24), figure.start) or plain.startswith("突破", figure.start):
        return True
    if figure.start <= start + 1 and figure.comparator == "eq":
        return True
    # 优化建立80个重点区域: a few characters before things that are counted can only be what is done to them
    short = 2 <= figure.start - start <= _SHORT_VERB and _COVERB.search(plain, start, figure.start) is None
    return short and figure.unit[-1:] in _COUNTS_THINGS and plain[figure.value[0]].isdigit()


def _counts_parts(plain: str, figure: Quantity, end: int) -> bool:
    """105项重大工程: so many parts of a plan are a group's count and no target."""
    if figure.unit not in ("项", "条", "个"):
        return False
    stop = _CLAUSE_END.search(plain, figure.end, end)
    noun = plain[figure.end : stop.start() if stop else end]
    return len(noun) <= _PART and noun.endswith(_parts())


@cache
def _parts() -> tuple[str, ...]:
    """The nouns of what a plan has, projects aside: 任务, 措施, 工程."""
    return tuple(row[0] for row in rows("nouns.tsv") if row[1] == "part" and row[0] not in ("工作", "目标", "计划"))


_PART = 12
_CLAUSE_END = re.compile("[，。；、：]|和|及")
_COVERS = re.compile("覆盖$")
_NAME = 3
_SHORT_VERB = 8
_COUNTS_THINGS = frozenset("个家座所处台辆艘支名批款片")
_COVERB = re.compile("[在对为向从由用以让使与按把被有是]|每|其中|涉及|来自|超过|面向|其余|另")


def _made_comparator(plain: str, start: int, figure: Quantity) -> Comparator:
    """至少建成3个 is ge; the 突破 of 突破50项技术 compares nothing."""
    if plain.find("至少", max(start, figure.start - 8), figure.start) >= 0:
        return "ge"
    if plain.startswith("突破", figure.start):
        return comparator_of(None, plain[figure.value[1] : figure.end])
    return figure.comparator


def _target(
    line: Line,
    name: tuple[int, int],
    figure: Quantity,
    deadline: str,
    direction: Direction,
    baseline: str | None,
    comparator: Comparator,
) -> Target:
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
