"""The targets of a clause that a date governs, part by part. feeds.plan.targets.shapes has the shapes of a part."""

from itertools import pairwise

from msgspec import structs

from feeds.model import Direction, Target
from feeds.plan.clauses import Line, Paper, stretches_between, trim
from feeds.plan.grammar.quantities import Quantity, quantities_in
from feeds.plan.lexicon import phrases
from feeds.plan.rule import OUTRIGHT, Rule
from feeds.plan.targets.shapes import Figures, Names, by_shape, subject_of, target_of


def named_target(paper: Paper, line: Line, start: int, end: int, deadline: str) -> Target | None:
    """为实现出口增长“5%左右”的预期目标: a figure that the text itself calls an aim."""
    for figure in quantities_in(line.plain, start, end):
        if phrases.CALLED_AIM.match(line.plain, figure.end, end):
            a, b = trim(line.flat, start, figure.start)
            if (lead := phrases.TO_REACH.match(line.plain, a, b)) is not None:
                a = lead.end()
            b = b - 1 if line.plain[b - 1 : b] == "“" else b
            verb = phrases.JOINING_VERB.search(line.plain, a, b)
            if verb is not None and not verb["move"] and verb.start() - a >= _NAME:
                b = verb.start()  # 产量|稳定在
            if b - a >= 2:
                direction: Direction = "up" if line.plain.startswith("增长", b - 2) else "level"
                paper.note(line.p, a, figure.end, NAMED.title, deadline)
                return target_of(line, (a, b), figure, deadline, direction, None, figure.comparator)
    return None


_NAME = 2
"""Characters of a name at least."""


def targets_in(
    paper: Paper,
    line: Line,
    start: int,
    end: int,
    figures: list[Quantity],
    deadline: str,
    *,
    carried: Names = (),
    hole: tuple[int, int] | None = None,
) -> tuple[list[Target], list[tuple[int, int]]]:
    """The targets of the figures of one clause, and the parts of it that set none (项目50个、大项目陆续开工).

    `carried` are the indicators before it, for a clause that has none (年均增长8%); `hole` the date in its middle.
    """
    if hole and figures and figures[0].value[0] > hole[1] and _subject_after(line, hole[1], figures[0]):
        start = hole[1]
    parts = _parts_with_figures(line, start, end, figures)
    if len(parts) == 1:
        return by_shape(paper, Figures(line, start, end, figures, deadline, carried, made=False)), []
    found: list[Target] = []
    rest = []
    for a, b in parts:
        made = bool(found) and found[-1].span.start >= parts[0][0]
        said = tuple((found[-1].span.start, found[-1].span.start + len(found[-1].indicator)) for _ in found[-1:])
        inside = [f for f in figures if a <= f.start < b]
        targets = by_shape(paper, Figures(line, a, b, inside, deadline, said, made=made))
        found += targets
        if not targets:
            rest.append((a, b))
    return _all_added(line, parts[0], found), rest


def _all_added(line: Line, first: tuple[int, int], found: list[Target]) -> list[Target]:
    """新增学位3000个、床位1200张: what the first verb adds it adds throughout the row."""
    if not found or found[0].direction != "up" or phrases.ADDED.match(line.plain, *first) is None:
        return found
    return [
        structs.replace(target, direction="up")
        if target.direction == "level"
        and target.unit != "%"
        and line.plain.find("累计", target.span.start, target.span.end) < 0
        and line.plain.startswith(target.indicator, target.span.start)
        else target
        for target in found
    ]


def _subject_after(line: Line, start: int, figure: Quantity) -> bool:
    """全市6月底前新建公园20个 has its thing after the date; 办件时间6月底前压缩20% before it."""
    subject = subject_of(line, start, figure)
    return subject is not None and subject[1] - subject[0] >= 2


def _parts_with_figures(line: Line, start: int, end: int, figures: list[Quantity]) -> list[tuple[int, int]]:
    """超3亿元市场40个、超9亿元市场12个; 打造10个甲集群和5个乙集群: parts that each have a figure of their own.

    Either every part closes with its figure, or every part after the first begins with it.
    """
    if len(figures) < 2:
        # 余额突破2万亿元、增速高于上年: behind a figure that closes its part stands another aim
        stop = figures[0].end if figures else end
        alone = line.plain.startswith("、", stop, end) and subject_of(line, start, figures[0])
        return [(start, stop), (stop + 1, end)] if alone and alone[1] - alone[0] >= 2 else [(start, end)]
    parts = list(stretches_between(line.flat, start, end, "、"))
    if len(parts) > 1:
        closes = any(f.end == parts[0][1] and f.start > start + 2 for f in figures)
        holding = [any(a <= f.start < b for f in figures) for a, b in parts]
        bare = any(
            f.start == a and (f.end == b or line.plain[f.end] in "和及与")
            for f in figures
            for a, b in parts[1:]
            if not line.plain.startswith("达到", a)
        )
        if all(holding) and ((closes and not bare) or _each_names(line, figures, parts)):
            return parts
    heads = [f.start for f in figures[1:] if line.plain[f.start - 1] in "、和及与" and f.end < end]
    opens = figures[0].end < heads[0] - 1 if heads else False
    if not opens or len(heads) != len(figures) - 1:
        return [(start, end)]
    bounds = [start, *heads, end]
    return [trim(line.flat, a, b - 1 if b != end else b) for a, b in pairwise(bounds)]


def _each_names(line: Line, figures: list[Quantity], parts: list[tuple[int, int]]) -> bool:
    """建成30条线路、总里程超过1万公里: each part has one figure, before a thing or behind one."""
    inside = [[f for f in figures if a <= f.start < b] for a, b in parts]
    return len(figures) == len(parts) and all(
        b - f.end >= _NAME
        or (f.end == b and f.start - a >= _NAME and phrases.ONLY_DONE.fullmatch(line.plain, a, f.start) is None)
        for (f,), (a, b) in zip(inside, parts, strict=True)
    )


NAMED: Rule[str, None] = Rule("a figure that is called an aim", "target", phrases.CALLED_AIM.search, None, OUTRIGHT)
