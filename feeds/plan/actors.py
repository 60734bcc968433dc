"""Who issues a document, and who speaks: of the bodies named, those that are the subject of issuing.

A body that only agreed (经国务院同意), that passed a document or is told to do something does not issue it.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from feeds.plan.bodies import Body, Home, bodies_in
from feeds.plan.clauses import Line, Paper
from feeds.plan.documents import ISSUES, Title, line_above

_AGREES = re.compile(r"(?:经|报|报经|贯彻|落实|按照|根据|关于|遵照|经报|受|对|向|提请|习近平|贯彻落实|在)$")
_MORE = re.compile(
    r"(?:办公厅|秘书局|综合司|党组)?(?:、|（|）|和|与|及|以及|会同|联合|，会同|，联合|，| |等|\d+|"
    r"[一二三四五六七八九十]+|个|部门|单位|部委|有关|相关|家|近日|日前|同|共同|牵头|今日|今天|昨日|正式|已|昨天|经国务院同意)*"
)
_REACH = 400
"""Characters that a subject may fill: a list of forty bodies fits."""
_PASSES = re.compile("通过|批准|同意")
_VERB = re.compile(ISSUES)


def issuers_of(paper: Paper, title: Title, home: Home) -> tuple[str, ...]:
    """Who issues the document, in the order of the text; empty where the text does not say."""
    if own := _in_title(title.title):
        # 甲局等四部门关于…的意见: the other three sign at the end.
        return tuple(dict.fromkeys((*own, *_signed(paper, home)))) if "部门关于" in title.title else own
    if found := _named(paper, title.title, home):
        return found
    if found := _in_heading(paper, title, home):
        return found
    if title.p >= 0 and ("《" not in paper.lines[title.p].text or _SENT_OUT.search(paper.lines[title.p].text)):
        return _signed(paper, home)
    return ()


def _named(paper: Paper, key: str, home: Home) -> tuple[str, ...]:
    """The bodies beside a mention of the title: the first that names any, or a later one that names those and more.

    甲部举行发布会，介绍《…》。近日，甲部、乙局联合印发《…》: the host is one of the two.
    """
    best: tuple[str, ...] = ()
    sure = False
    for line, at in islice(_mentions(paper, key), _MOST_MENTIONS):
        found = _beside(line, at, at + len(key), home)
        issues = bool(found)
        if not found and _CARRIES_ON.fullmatch(line.plain, 0, at):
            # 甲委 乙局 as a line of its own, 关于印发《…》的通知 in the next
            above = line_above(paper, line)
            found = _subject(above, 0, len(above), home)
            issues = bool(found)
        elif not found and at <= 1 and (verb := _VERB.search(above := line_above(paper, line))) is not None:
            found = _subject(above, 0, verb.start(), home)
            issues = True
        if not found and not best:
            found = _asking(line, at, home)
        if found and _WE.search(line.plain, max(0, at - _NEAR), at):
            # 我委会同甲局印发《…》, said by the body that holds the press conference
            found = tuple(dict.fromkeys((*speakers_of(paper, home), *found)))
        if found and ((issues and not sure) or (issues == sure and set(found) > set(best))):
            best, sure = found, issues
    told = _by_alias(paper, key, home)
    return told if set(told) > set(best) else best


_CARRIES_ON = re.compile(rf"\s*(?:关于)?{ISSUES}《")
_WE = re.compile("我[委部局行会办](?:近日|日前|已)?(?:会同|联合|和|与|、)")
_NEAR = 60


_THAT = "(?:上述|该|这份|这一)(?:规划|方案|意见|办法|通知|计划|措施|文件)"
_ABOVE_NAMED = re.compile(rf"(?:^|(?<=[。，]))([^。；，]{{2,120}}?){ISSUES}了?{_THAT}")
"""介绍《甲方案》。近日，甲部、乙局联合印发了上述方案。"""
_NAMES_ABOVE = re.compile(_THAT)  # few paragraphs do, and only these are searched for who issued it
_MOST_MENTIONS = 20


def _mentions(paper: Paper, key: str) -> Iterator[tuple[Line, int]]:
    """Every place of the title in the text."""
    for line in paper.lines:
        at = line.text.find(key)
        while at >= 0:
            yield line, at
            at = line.text.find(key, at + len(key))


def _by_alias(paper: Paper, key: str, home: Home) -> tuple[str, ...]:
    """《意见》由甲部、乙局印发, where 《意见》 is what the text calls the title."""
    aliases = _aliases_of(paper, key)
    for line in paper.lines:
        given = (_given(line.plain, f"《{alias}》") for alias in aliases)
        found = next((match for match in given if match), None) or _issued_above(line.plain)
        if found is not None:
            return _subject(line.plain, found.start(1), found.end(1), home)
    return ()


_CALLED = re.compile("》（(?:以下|下)?简?称《([^《》]{2,12})(?=》)")


def _aliases_of(paper: Paper, key: str) -> tuple[str, ...]:
    """What the text calls the title: 《key》（以下简称《意见》）, else its last word or two."""
    for line in paper.lines:
        for called in _CALLED.finditer(line.text):
            if line.text.endswith(key, 0, called.start()):
                return (called[1],)
    kind = _KIND_OF.search(key)
    return tuple(dict.fromkeys((kind[0], kind[0][-2:]))) if kind else ()


_KIND_OF = re.compile(
    "(?:行动计划|行动方案|实施意见|指导意见|实施方案|若干措施|规划|方案|意见|办法|条例|计划|措施|通知|规定|纲要)(?=(?:（[^（）]{1,16}）)?$)"
)
"""《意见》 alone is what a report calls the document that it has named in full."""


def _issued_above(plain: str) -> re.Match[str] | None:
    return _ABOVE_NAMED.search(plain) if _NAMES_ABOVE.search(plain) else None


def _given(plain: str, title: str) -> re.Match[str] | None:
    """《意见》由甲部、乙局印发."""
    at = plain.find(f"{title}由")
    while at >= 0:
        if (found := _by(120).match(plain, at + len(title))) is not None:
            return found
        at = plain.find(f"{title}由", at + 1)
    return None


@cache
def _by(most: int) -> re.Pattern[str]:
    """由甲部、乙局印发, with up to `most` characters for those who do."""
    return re.compile(rf"由([^，。；]{{2,{most}}}?)(?:{ISSUES}|(?:研究)?制定)")


_SENT_OUT = re.compile("现[将予]|，现(?:印发|发布|公布|转发)")


def _in_title(title: str) -> tuple[str, ...]:
    """国务院关于…的意见 names its issuer."""
    about = title.find("关于")
    if about <= 1:
        return ()
    return tuple(dict.fromkeys(body.name for body in bodies_in(title, Home(), 0, about)))


def _beside(line: Line, start: int, end: int, home: Home) -> tuple[str, ...]:
    """The bodies before the issuing verb in the title's sentence, or after 由 behind it."""
    plain = line.plain
    first, last = line.sentence_at(start)
    first = max(first, start - _REACH)
    first = max(first, plain.rfind("；", first, start) + 1)
    last = min(last, end + _REACH)
    verbs = [
        m
        for m in _VERB.finditer(plain, first, start)
        if not re.search("[《》]", plain[m.end() : max(m.end(), start - 1)])
    ]
    if _asked(plain, start):
        return ()
    # 转发商务部制定的《…》: who passes it on sends it out.
    verb = next((m for m in verbs if m[0].endswith("转发")), verbs[-1] if verbs else None)
    if verb is not None and _PASSES.search(verb[0]):
        return ()
    if verb is not None:
        bodies = _with_host(plain, first, verb.start(), _subject(plain, first, verb.start(), home), home)
        if bodies or verb.start() > first + 2:
            return bodies
    by = _by(80).search(plain, end, last)
    if by is not None:
        return _subject(plain, by.start(1), by.end(1), home)
    return ()


# 交通运输部发布《甲》，并解读此前与公安部联合印发的《乙》: who issued 乙 with the other is the sentence's subject.
_WITH = re.compile(r"(?:解读|介绍|发布|公布|，)了?(?:此前|近日|日前|已|近期|今年|\d{1,2}月|\d{1,2}日)*(?:与|会同|同)")


def _with_host(plain: str, start: int, end: int, names: tuple[str, ...], home: Home) -> tuple[str, ...]:
    """The bodies of an issuing verb, with the sentence's subject where they are only those that it issued with."""
    joined = list(_WITH.finditer(plain, start, end)) if names else []
    if not joined or _subject(plain, joined[-1].end(), end, home) != names:
        return names
    hosts = bodies_in(plain, home, start, joined[-1].start())
    return tuple(dict.fromkeys((hosts[0].name, *names))) if hosts else names


def _asked(plain: str, start: int) -> bool:
    """就《甲》, 就甲: the title at `start` is what somebody asks or answers about."""
    return plain.endswith(("就", "就《"), max(0, start - 2), start)


def _asking(line: Line, start: int, home: Home) -> tuple[str, ...]:
    """Who asks for comment on the document (证监会就《…》公开征求意见): its issuer, if nobody else is.

    Who only holds the press conference, explains it or is the reporter's source does not issue it.
    """
    plain = line.plain
    first = max(line.sentence_at(start)[0], start - _REACH)
    bodies: tuple[str, ...] = ()
    if _asked(plain, start):
        bodies = _subject(plain, first, plain.rindex("就", first, start), home)
    return tuple(name for name in bodies if not name.endswith(_PRESS))


def _subject(plain: str, start: int, end: int, home: Home) -> tuple[str, ...]:
    """The last run of bodies joined by 、 和 会同 联合 before `end`."""
    run: list[Body] = []
    start = max(start, end - _REACH)
    for body in bodies_in(plain, home, start, end):
        if run and run[-1].end <= body.start and not _MORE.fullmatch(plain, run[-1].end, body.start):
            run = []
        if _AGREES.search(plain, max(start, body.start - 5), body.start) and not run:
            continue
        if body.name.endswith(_PRESS) and plain.startswith("获悉", body.end):
            continue  # 记者从省政府新闻办公室获悉，该省印发…: it only tells
        run.append(body)
    if not run or end - run[-1].end > 30:
        return ()
    return tuple(dict.fromkeys(body.name for body in run))


_PRESS = ("新闻办公室", "新闻办")


def _in_heading(paper: Paper, title: Title, home: Home) -> tuple[str, ...]:
    verb = _VERB.search(paper.title)
    if verb is None or _PASSES.search(verb[0]) or "《" not in paper.title[verb.end() :]:
        return ()
    bare = "".join(c for c in paper.title if c.isalnum())
    if "".join(c for c in title.title if c.isalnum())[:12] not in bare:
        return ()
    return _subject(paper.title, 0, verb.start(), home)


def _signed(paper: Paper, home: Home) -> tuple[str, ...]:
    """The signature of a document printed whole: a body alone in its paragraph, or the head 国务院关于印发…的通知."""
    names: dict[str, None] = {}
    for line in paper.lines:
        if len(line.text) > 60:
            continue
        text = line.plain.strip()
        bodies = bodies_in(text, home)
        if (
            bodies
            and bodies[0].start == 0
            and (bodies[-1].end == len(text) or text[bodies[0].end :].startswith("关于"))
        ):
            names.update(dict.fromkeys(body.name for body in bodies if body.start == 0 or bodies[-1].end == len(text)))
            if line.p < 3:
                break
    return tuple(names)


_SPEAKS = re.compile(r"召开|举行|发布|表示|介绍|指出|印发|通知|提出|要求|明确|决定|部署|强调|获悉|回应|宣布")


def speakers_of(paper: Paper, home: Home) -> tuple[str, ...]:
    """The body that the report lets speak first: the host of the 发布会, the meeting, the notice."""
    press: tuple[str, ...] = ()
    for line in paper.lines[:4]:
        for body in bodies_in(line.plain, home, 0, min(len(line.plain), 300)):
            if line.plain.startswith("政策例行", body.end):
                continue
            if _SPEAKS.search(line.plain, body.end, body.end + 40) and not _AGREES.search(line.plain, 0, body.start):
                if not body.name.endswith(_PRESS):
                    return (body.name,)
                press = press or (body.name,)
    if press:
        return press
    for body in bodies_in(paper.title, home):
        return (body.name,)
    return ()
