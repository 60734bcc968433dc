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
from feeds.plan.grammar.times import Time
from feeds.plan.lexicon import phrases


class Section(NamedTuple):
    """A heading's rank and date, which hold for the paragraphs under it."""

    rank: int
    scope: Scope


_SHORT = 24
"""Characters of a heading at most."""
_PLAIN = 9
"""The rank of a heading without an ordinal."""
_YEARS = re.compile(r"(20\d\d)年?[-—~至到]{1,2}(20\d\d)年")
_YEAR = re.compile(r"(20\d\d)年(?![前底末]|版)")
_FIVE_YEARS = re.compile(r"“?十([四五六])五(?=[”规])")
_FIRST = {"四": 2021, "五": 2026, "六": 2031}


def term_of(paper: Paper) -> str | None:
    """The years that the title of a document printed whole names; None where they are over, or none is printed."""
    heads = [paper.title, *(line.plain for line in paper.lines[:4])]
    if not any(_YEARS.search(head) or _YEAR.search(head) or _FIVE_YEARS.search(head) for head in heads):
        return None
    titles = printed_whole(paper)
    if not titles:
        return None
    title = titles[0].title
    if (years := _YEARS.search(title)) is not None:
        first, last = int(years[1]), int(years[2])
    elif (five := _FIVE_YEARS.search(title)) is not None:
        first, last = _FIRST[five[1]], _FIRST[five[1]] + 4
    elif (year := _YEAR.search(title)) is not None:
        first = last = int(year[1])
    else:
        return None
    if last < paper.published.year:
        return None
    return f"{first}/{last}" if first < last else f"{last}"


def heading_of(line: Line) -> re.Match[str] | None:
    """The heading that the line is or begins with (（二）工作目标。…)."""
    head = phrases.SECTION.match(line.plain, 0, min(len(line.plain), _SHORT))
    if head is None:
        return None
    closed = line.plain[head.end() : head.end() + 1].strip()
    return None if closed not in ("", "：", "。") or (closed == "。" and not head["mark"]) else head


def section_of(line: Line, head: re.Match[str], named: list[Time], term: str | None) -> Section | None:
    """The section that the heading opens; None where nothing dates it. `named` are the dates in the heading."""
    if named and named[-1].past:
        return None
    deadline = named[-1].deadline if named else term if head["aims"] else None
    if deadline is None:
        return None
    return Section(
        wording.rank_of(line),
        Scope(
            (deadline,), firm=True, period=True, figures_only=not head["aims"], rule="a heading that dates its section"
        ),
    )


def ends_section(line: Line, section: Section) -> bool:
    """The next heading of the same or a higher rank."""
    rank = wording.rank_of(line)
    if section.rank < _PLAIN:
        return rank <= section.rank
    return rank == 1 or (len(line.plain) <= _SHORT and phrases.CLAUSE.search(line.plain) is None)
