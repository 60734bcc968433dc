"""The words by which a clause shows what it is: an aim, a report, a frame, the head of a list."""

import re

from feeds.marks import CIRCLED, ORDINAL
from feeds.plan.clauses import Line, Paper, trim
from feeds.plan.grammar.quantities import has_quantity
from feeds.plan.lexicon import phrases

FOLLOWS = ("并", "确保", "使", "让", "切实", "明确", "落实")
"""…于6月底前出台细则，确保政策直达: clauses that belong to a dated one before them."""
GOES_ON = ("同时，", "其中")


def is_led_in(plain: str, start: int, first: int) -> bool:
    """《办法》指出，到2025年…; but in 各区要于6月底前编制方案 the date stands behind a subject, in mid-clause."""
    lead = phrases.REPORTS.search(plain, start, first)
    return lead is not None and not (lead[0] in ("要", "将") and lead.start() > start + 1)


def is_subject(plain: str, start: int, first: int) -> bool:
    """《规划》到2025年, 全省到2025年: a short subject before the date is still its head."""
    return first > start and phrases.SUBJECT.fullmatch(plain, start, first) is not None


def is_budgeted(plain: str, start: int, end: int) -> bool:
    """Money that the state allots: 安排补助资金5亿元."""
    return phrases.BUDGET.search(plain, start, end) is not None and has_quantity(plain, start, end)


def clauses(line: Line, start: int, end: int) -> list[tuple[int, int, str]]:
    """The clauses of a sentence with the mark that closes each."""
    found = []
    flat, at = line.flat, start
    for match in phrases.COMMA.finditer(flat, start, end):
        found.append((*trim(flat, at, match.start()), match[0]))
        at = match.end()
    found.append((*trim(flat, at, end), "。"))
    return found


def is_listed(line: Line) -> bool:
    """A bullet, an ordinal, or a short line without a stop: the shapes of a list under a date."""
    return phrases.BULLET.match(line.text) is not None or (len(line.text) <= 60 and "。" not in line.text)


UNRANKED = 9
"""The rank of a paragraph without an ordinal."""
_RANKED = re.compile(rf"\s*(?:({ORDINAL}、)|(（{ORDINAL}）)|(\d{{1,2}}[.、．])|(（\d{{1,2}}）|[{CIRCLED}]))")


def rank_of(line: Line) -> int:
    """How deep a paragraph's ordinal stands, from 1: 一、 （一） 1. （1）; UNRANKED without one."""
    ordinal = _RANKED.match(line.plain)
    return ordinal.lastindex or UNRANKED if ordinal else UNRANKED


def numbers_follow(paper: Paper, line: Line, end: int) -> bool:
    """今年抓好八项工作。 closes its paragraph, and the next one begins with an ordinal."""
    if end + 1 < len(line.plain.rstrip()) or line.p + 1 >= len(paper.lines):
        return False
    return rank_of(paper.lines[line.p + 1]) < UNRANKED


def works_follow(line: Line, start: int) -> bool:
    """今年办好十件实事。新增托位2万个，…: the works stand in the next sentence."""
    stop = phrases.CLAUSE.search(line.plain, start)
    end = stop.start() if stop is not None else len(line.plain)
    return phrases.SETS.match(line.plain, start, end) is not None and has_quantity(line.plain, start, end)


def opens_list(line: Line) -> bool:
    """A paragraph whose date is for what stands under it: 到2025年 alone, or …主要目标如下： (a colon closes it)."""
    text = line.text.rstrip()
    return text.endswith(("：", ":")) or (len(text) <= 30 and not text.endswith(("。", "；")))
