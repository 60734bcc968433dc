"""Documents whose full name stands without 《》: beside a shortened 《办法》, and the government's report of its work.

A text that prints the name bare and later speaks of 《办法》 means the name that ends in it (甲部发布了集市管理办法。
《办法》提出…). A report of the year's work is the document where somebody gives it, not where a text only cites it.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain, islice

from feeds.plan.clauses import Line, Paper
from feeds.plan.documents.bodies import HomePlace, bodies_in
from feeds.plan.documents.mentions import ISSUES, is_stale
from feeds.plan.documents.titles import Title
from feeds.plan.lexicon import beginning, expand, pattern, phrases

_OPENS = 4
"""Paragraphs in which an article names what it is about."""
_LIGHT = (
    r"(?:于|在|已|已经|将|正式|近日|日前|今天|今日|昨日|昨天|同日|对外|联合|公开|新近|（[^（）]{1,12}）|\d{1,2}月|"
    r"\d{1,2}日|由[^，。；]{2,30}?)"
)
_NAME = r"(?P<name>[^\s，。；：！？《》]{4,50}?"


def beside_a_short_name(paper: Paper) -> list[Title]:
    """甲部发布了集市管理办法。《办法》提出…: the full name that the short one stands for."""
    short = next((name for line in paper.lines for name in _short_names(line)), None)
    if short is None:
        return []
    for line in paper.lines[:_OPENS]:
        for match in chain.from_iterable(form.finditer(line.plain) for form in _name_patterns(short)):
            start, end = match.span("name")
            if filled := phrases.FILLS.match(line.plain[start:end]):
                start += filled.end()
            first, _ = line.sentence_at(start)
            if (
                end - start <= len(short) + 1
                or phrases.EARLIER.search(line.plain, first, start)
                or is_stale(paper, line, start)
            ):
                continue
            return [Title(line.text[start:end], line.p, start, end)]
    return []


def _short_names(line: Line) -> list[str]:
    """《办法》, 《实施方案》: the kinds that stand alone inside 《》."""
    return [name for a, b in line.titles if phrases.KINDS_ALONE.match(name := line.plain[a:b])]


@cache
def _name_patterns(short: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """甲部发布了集市管理办法, 甲部就集市管理办法答记者问; 集市管理办法今天发布: a name that ends in the short one."""
    name = _NAME + re.escape(short) + ")"
    return (
        re.compile(
            rf"(?:{ISSUES}了?|解读|介绍|就){name}"
            r"(?=[，。；（]|等?有关情况|公开征求意见|征求意见|答记者问|$)"
        ),
        re.compile(rf"(?:^|(?<=[，。；：])){name}{_LIGHT}*(?:印发|发布(?!会)|出台|公布|下发|颁布|公开征求意见)"),
    )


_GIVES = beginning("manner", "issued") + expand("<manner>{0,5}<issued>了?(?:最新版?的?|新版的?)?")
# 联合印发关于推进集市建设的行动方案: 关于…的方案 is a whole title; a name without 关于 must be long enough for one.
_ABOUT = "(?P<name>关于[^，。；：《》]{4,60}?的<kind_of>*<kind>)(?![\u4e00-\u9fff](?<![等也已将近日于明提要部和及与]))"
_ISSUED = (
    pattern(f"{_GIVES}的?“?{_ABOUT}"),
    pattern(
        _GIVES + r"(?P<name>(?!关于)[^\s，。；：、《》的了]{5,36}?"
        r"(?:规划|方案|条例|纲要|行动计划|办法|规定|目录|细则|若干措施))(?=[，。；（]|$)"
    ),
)
_NEXT = pattern(f"》(?:（[^（）]*）)?[、和及以与]{{1,2}}{_ABOUT}")
_NEAR = 120


def issued_bare(paper: Paper) -> list[Title]:
    """甲部、乙局联合印发关于…的行动方案，提出…: a public body gives out a document that is named in full."""
    found = chain.from_iterable(_given_out(paper, line, form) for line in paper.lines[:_OPENS] for form in _ISSUED)
    return list(islice(found, 1))


def _given_out(paper: Paper, line: Line, form: re.Pattern[str]) -> Iterator[Title]:
    """The names of one form that a public body gives out in the paragraph."""
    for match in form.finditer(line.plain):
        start, end = match.span("name")
        first, _ = line.sentence_at(match.start())
        if phrases.EARLIER.search(line.plain, first, start) or is_stale(paper, line, start):
            continue
        if bodies_in(line.plain, HomePlace(), max(first, match.start() - _NEAR), match.start()):
            yield Title(line.text[start:end], line.p, start, end)


def beside_marked(paper: Paper, marked: list[Title]) -> Iterator[Title]:
    """The bare names beside those inside 《》: 《甲》和关于…的意见, and those of a digest that another body issues."""
    for title in marked:
        line = paper.lines[title.p]
        if (named := _NEXT.match(line.plain, title.end)) is not None:
            yield Title(line.text[slice(*named.span("name"))], line.p, *named.span("name"))
    for line in paper.lines:
        if "关于" in line.flat:
            yield from _given_out(paper, line, _ISSUED[0])


_REPORT = "政府工作报告"
_GIVEN = re.compile(
    rf"(?:作了?(?:[^，。；]{{0,12}}的)?{_REPORT}|(?:审议|听取|讨论|公布|发布)(?:了|和审[议查])?{_REPORT}(?!中?(?:提出|确定|部署|明确)的)|{_REPORT}(?:全文|摘要))"
)

_PRINTED = re.compile(rf"{_REPORT}(?:（?(?:全文|摘要|摘编|摘登)）?)$")
"""A page's own title that says that it prints the report."""


def report_given(paper: Paper) -> list[Title]:
    """市长作政府工作报告: the report is the document. 落实政府工作报告 in other news only cites it."""
    for line in paper.lines[:_OPENS]:
        for match in _GIVEN.finditer(line.plain):
            first, _ = line.sentence_at(match.start())
            if phrases.SAID_OF.search(line.plain, first, match.start()) or is_stale(paper, line, match.start()):
                continue
            start = line.plain.index(_REPORT, match.start())
            return [Title(_REPORT, line.p, start, start + len(_REPORT))]
    titled = _PRINTED.search(paper.title) is not None
    if not titled and _REPORT in paper.title:
        titled = any("报告政府工作" in line.plain for line in paper.lines[:_OPENS])  # 市长报告政府工作
    return [Title(_REPORT, -1, 0, 0)] if titled else []
