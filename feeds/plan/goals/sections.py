"""Sections of a text whose heading dates what stands under it: 二、主要目标, 三、2025年工作安排.

A heading names its date itself, or stands in a document that is printed whole and whose title names its years
(…行动方案（2023—2025年）, 2025年工作要点). Under aims every clause is one; under works only what has a figure is.
"""

import re
from typing import NamedTuple

from feeds.plan.clauses import Line, Paper
from feeds.plan.documents.whole import printed_whole
from feeds.plan.goals import wording
from feeds.plan.goals.scope import Scope
from feeds.plan.grammar.date_forms import FIVE_YEARS
from feeds.plan.grammar.times import Time
from feeds.plan.lexicon import phrases


class Section(NamedTuple):
    """A heading's rank and date, which hold for the paragraphs under it; None where it looks back."""

    rank: int
    scope: Scope | None
    chaptered: bool = False
    """一、 follows a heading without an ordinal (2025年重点工作), and is a part of its section."""


_HEADED = "a heading that dates its section"
"""The name of the rule, under which its dates are noted."""
_SHORT = 24
"""Characters of a heading at most."""
_YEAR = re.compile(r"(20\d\d)年(?![前底末]|版)")
_FIVE = re.compile(r"“?(十[四五六]五)(?=[”规])")
_OF_WORKS = re.compile(r"方案|计划|要点|清单|任务")
"""In the title of a document whose every figure is to be reached in its years; a 规划 also tells what was."""


def whole_of(paper: Paper) -> Scope | None:
    """The years that the title of a document names that is printed whole, if they are not over."""
    heads = [paper.title, *(line.plain for line in paper.lines[:4])]
    if not any(phrases.YEARS_NAMED.search(head) or _YEAR.search(head) or _FIVE.search(head) for head in heads):
        return None
    titles = printed_whole(paper)
    if not titles:
        return None
    title = titles[0].title
    if (years := phrases.YEARS_NAMED.search(title)) is not None:
        first, last = int(years[1]), int(years[2])
    elif (five := _FIVE.search(title)) is not None:
        first, last = FIVE_YEARS[five[1]], FIVE_YEARS[five[1]] + 4
    elif (year := _YEAR.search(title)) is not None:
        first = last = int(year[1])
    else:
        return None
    if last < paper.published.year:
        return None
    return _scope(f"{first}/{last}" if first < last else f"{last}", aims=_OF_WORKS.search(title) is None)


def _scope(deadline: str, *, aims: bool) -> Scope:
    return Scope((deadline,), firm=True, period=True, figures_only=not aims, headed=True, wide=True, rule=_HEADED)


def heading_of(line: Line) -> re.Match[str] | None:
    """The heading that the line is or begins with (（二）工作目标。…)."""
    opening = line.plain[: _SHORT + 1]
    if len(opening) > _SHORT and "。" not in opening and "：" not in opening and " " not in opening:
        return None  # 0.3 µs instead of 2
    head = phrases.SECTION.match(line.plain, 0, min(len(line.plain), _SHORT))
    if head is None:
        return None
    closed = line.plain[head.end() : head.end() + 1].strip()
    return None if closed not in ("", "：", "。", "】") or (closed == "。" and not head["mark"]) else head


def section_of(line: Line, head: re.Match[str], named: list[Time], whole: Scope | None) -> Section | None:
    """The section that the heading opens; None where nothing dates it. `named` are the dates in the heading."""
    rank = wording.rank_of(line)
    if head["past"] or (named and named[-1].past):
        return Section(rank, None)
    if named:
        return Section(rank, _scope(named[-1].deadline, aims=bool(head["aims"])))
    if whole is not None and head["aims"]:
        return Section(rank, _scope(whole.deadlines[0], aims=True))
    return None


def ends_section(line: Line, section: Section) -> bool:
    """The next heading of the same or a higher rank."""
    rank = wording.rank_of(line)
    if section.rank < wording.UNRANKED:
        return rank <= section.rank
    if section.chaptered and rank < wording.UNRANKED:
        return False
    return rank == 1 or (len(line.plain) <= _SHORT and phrases.CLAUSE.search(line.plain) is None)
