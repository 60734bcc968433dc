"""Who is the subject of a verb, and who speaks first in a report: the bodies named before it in one list."""

import re

from feeds.marks import DIGITS
from feeds.plan.clauses import Paper
from feeds.plan.documents.bodies import Body, HomePlace, bodies_in
from feeds.plan.lexicon import phrases

_MORE = re.compile(
    r"(?:办公厅|秘书局|综合司|党组)?(?:、|（|）|和|与|及|以及|将?会同|联合|，会同|，联合|，|牵头，| |等|\d+|"
    rf"[{DIGITS}]+|个|部门|单位|部委|有关|相关|家|近日|日前|同|共同|牵头|今日|今天|昨日|正式|已|昨天|经国务院同意)*"
)
_REACH = 400
"""Characters that a subject may fill: a list of forty bodies fits."""
_GAP = 30
"""Characters between the last body of a subject and its verb."""
PRESS = ("新闻办公室", "新闻办")
"""How the names of offices end that hold press conferences for others."""


def subject_of(plain: str, start: int, end: int, home: HomePlace) -> tuple[str, ...]:
    """The last run of bodies joined by 、 和 会同 联合 before `end`."""
    run: list[Body] = []
    start = max(start, end - _REACH)
    for body in bodies_in(plain, home, start, end):
        if run and run[-1].end <= body.start and not _is_joined(plain, run[-1].end, body.start):
            run = []
        if phrases.AGREES.search(plain, max(start, body.start - 5), body.start) and not run:
            continue
        if body.name.endswith(PRESS) and phrases.HOSTS.match(plain, body.end, end):
            continue  # 记者从省政府新闻办公室获悉，该省印发…: it only tells, or holds the press conference
        run.append(body)
    if not run or end - run[-1].end > _GAP:
        return ()
    return tuple(dict.fromkeys(body.name for body in run))


def _is_joined(plain: str, start: int, end: int) -> bool:
    return _MORE.fullmatch(plain, start, end) is not None or phrases.UNKNOWN.fullmatch(plain, start, end) is not None


def speakers_of(paper: Paper, home: HomePlace) -> tuple[str, ...]:
    """The body that the report lets speak first: the host of the 发布会, the meeting, the notice."""
    press: tuple[str, ...] = ()
    for line in paper.lines[:4]:
        if phrases.SPEAKS.search(line.plain, 0, 340) is None:
            continue
        for body in bodies_in(line.plain, home, 0, min(len(line.plain), 300)):
            if line.plain.startswith("政策例行", body.end):
                continue
            if phrases.SPEAKS.search(line.plain, body.end, body.end + 40) and not phrases.AGREES.search(
                line.plain, 0, body.start
            ):
                if not body.name.endswith(PRESS):
                    return (body.name,)
                press = press or (body.name,)
    if press:
        return press
    for body in bodies_in(paper.title, home):
        return (body.name,)
    return ()
