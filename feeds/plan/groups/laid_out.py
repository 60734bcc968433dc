"""Lists that the layout makes: bullets and bare headings under a count, 在…方面 in a row, steps that are dated clauses.

They have no ordinals, so they are a group only where a count announces exactly as many of them.
"""

import re
from collections.abc import Callable
from itertools import pairwise, takewhile

from feeds.marks import BULLETS, DIGITS
from feeds.plan.clauses import Line, Paper, trim
from feeds.plan.groups.counts import GENERAL, Count
from feeds.plan.groups.drafts import Draft, DraftItem, turn_after
from feeds.plan.groups.enumerations import title_of
from feeds.plan.lexicon import phrases

_BULLET = re.compile(rf"\s*(?:——|--|—|[{BULLETS}])\s*")
_SIDE = re.compile(
    rf"(?=[{DIGITS}此同另在])(?<![^。；，：])(?:[{DIGITS}]是)?(?:此外，|同时，|"
    r"另外，)?在(?P<name>[^，。；：]{2,24}?)(?P<tail>方面|上|领域|环节|层面|侧|端)(?:，|：)"
)
_SIDES = frozenset(("领域", "环节", "层面", "维度", "角度", "方向", "维"))
"""The words besides 方面 that a report counts before it goes through them: 在甲方面，…."""
_REACH = 40
"""Lines below a count among which its headings may stand."""
_NAME = 20
"""Characters of a name that a paragraph opens with."""
_HEADING = 40
"""Characters of a bare heading at most."""


def laid_out(paper: Paper, count: Count, *, headed: Callable[[], bool]) -> Draft | None:
    """The draft of a count whose list the layout gives; None where it gives none of that number.

    `headed`: bare headings may be its list.
    """
    if count.n is None or count.n > 30:
        return None
    line = paper.lines[count.p]
    items = None
    if count.noun in ("步走", "阶段", "步", "批", "期"):
        items = _steps(paper, count, count.n)
    if items is None and (count.key[1] == GENERAL or count.noun in _SIDES):
        items = _sides(paper, count, count.n) or _sentences(line, count, count.n)
        if items is None and _ends_near(line, count):
            items = _sides_below(paper, count, count.n)
    if items is None and count.part and not count.act:
        items = _named_sides(paper, count, count.n)
        if items is None and _ends_near(line, count):
            items = _sides_below(paper, count, count.n, named=True)
    if items is None and _ends_near(line, count):
        items = _repeating(paper, count, count.n)
    if items is None and _ends_near(line, count):
        items = _bullets(paper, count, count.n) or (_headings(paper, count, count.n) if headed() else None)
        _give_texts(paper, items or [])
    if items is None:
        return None
    return Draft((count.p, count.start, count.end), count.n, items, key=count.key)


def _give_texts(paper: Paper, items: list[DraftItem]) -> None:
    """Give each item the text under its heading or bullet, the last one until the report goes on.

    Bullets one right after the other head nothing: each is its own text.
    """
    if all(following.p == item.p + 1 for item, following in pairwise(items)):
        return
    for item, following in pairwise(items):
        item.finish = following.begin
    last = items[-1]
    last.finish = (turn_after(paper, last.p), 0)


def _ends_near(line: Line, count: Count) -> bool:
    """The count stands in the last sentence of its paragraph."""
    return not line.sentences or line.sentences[-1][0] <= count.start or len(line.text) - count.end <= _NEAR_END


_NEAR_END = 40
"""共分三部分，含金量高。哪些值得关注？一起来看——: what still leads in the list."""


def _steps(paper: Paper, count: Count, n: int) -> list[DraftItem] | None:
    """分两步走：到2030年，…。到2035年，…: each step is a dated clause, up to its full stop."""
    items: list[DraftItem] = []
    for line in paper.lines[count.p : count.p + n + 1]:
        begin = count.end if line.p == count.p else 0
        for match in (phrases.STAGED if phrases.STAGED.search(line.plain, begin) else phrases.DATED).finditer(
            line.plain, begin
        ):
            before = line.plain[match.start() - 1] if match.start() else "。"
            if before in "。；：，:” —" and (not items or (line.p, match.start()) >= (items[-1].p, items[-1].end)):
                start, end = title_of(line, match.start())
                items.append(DraftItem(line.p, start, end))
        if len(items) >= n:
            break
    return items if len(items) == n else None


def _sides(paper: Paper, count: Count, n: int) -> list[DraftItem] | None:
    """从五个方面…。在规划方面，…；在技术方面，…: the title stands between 在 and 方面."""
    items: list[DraftItem] = []
    for line in paper.lines[count.p : count.p + n + 4]:
        begin = count.end if line.p == count.p else 0
        items += [
            DraftItem(line.p, match.start("name"), match.end("name"), finish=(line.p, len(line.text)))
            for match in _SIDE.finditer(line.plain, begin)
        ]
        if line.p == count.p and len(items) == n:
            break
    return items if len(items) == n else None


def _sentences(line: Line, count: Count, n: int) -> list[DraftItem] | None:
    """提出五方面举措。强化管理，…。规范运输，…: so many sentences in a row each open with a work."""
    told = (phrases.OPENING_WORK.match(line.plain, *bounds) for bounds in line.sentences if bounds[0] >= count.end)
    works = [work.span("name") for work in takewhile(bool, told) if work]
    if len(works) != n or n < _FEWEST_TOLD:
        return None
    return [DraftItem(line.p, *work, finish=(line.p, len(line.text))) for work in works]


def _sides_below(paper: Paper, count: Count, n: int, *, named: bool = False) -> list[DraftItem] | None:
    """提出八项任务。 and in each paragraph right below another 在…方面，: a report may take up fewer than it counts.

    `named`: each says the counted noun (提出六大工程。 and below it 在良种工程方面，…).
    """
    items: list[DraftItem] = []
    for line in paper.lines[count.p + 1 : count.p + 1 + n]:
        match = phrases.SIDE_HEAD.match(line.plain)
        if match is None or (named and not match["name"].endswith(count.noun)):
            break
        items.append(DraftItem(line.p, *match.span("name"), finish=(line.p, len(line.text))))
    return items if len(items) >= _FEWEST else None


_FEWEST = 2
"""Items that make a list."""
_FEWEST_TOLD = 3
"""Sentences that tell of a counted work each; two may be chance."""


def _named_sides(paper: Paper, count: Count, n: int) -> list[DraftItem] | None:
    """部署了四大行动。在能力提升行动中，…；在应用推广行动中，…: each is named with the counted noun."""
    noun = re.escape(count.noun)
    side = re.compile(
        rf"(?:在|(?:将|要)?(?:实施|开展|推进|组织))(?P<name>[^，。；：、]{{2,16}}?{noun})(?:中|方面|上)?，"
    )
    found = [
        (line, match)
        for line in paper.lines[count.p : count.p + n + 4]
        for match in side.finditer(line.plain, count.end if line.p == count.p else 0)
    ]
    if len(found) != n or sum(match[0].startswith("在") for _, match in found) < max(n - 1, 1):
        return None
    return [DraftItem(line.p, *match.span("name"), finish=(line.p, len(line.text))) for line, match in found]


def _bullets(paper: Paper, count: Count, n: int) -> list[DraftItem] | None:
    items: list[DraftItem] = []
    for line in paper.lines[count.p + 1 : count.p + 1 + _REACH]:
        bullet = _BULLET.match(line.text)
        if bullet is None and line.block.kind != "item":
            if items and len(items) >= n:
                break
            continue
        start, end = title_of(line, bullet.end() if bullet else 0)
        if start < end:
            items.append(DraftItem(line.p, start, end))
    return items if len(items) == n else None


def _repeating(paper: Paper, count: Count, n: int) -> list[DraftItem] | None:
    """Paragraphs below that all say the counted word.

    做到“三统一”： with a paragraph for each, 五项工程 with a bare line for each or a name that opens its paragraph.
    """
    items = []
    label = paper.lines[count.p].plain[count.start : count.end]
    for line in paper.lines[count.p + 1 : count.p + 1 + n]:
        start, end = title_of(line, 0)
        if count.exact and (
            label in line.plain or (len(count.noun) == 1 and line.plain[start : start + 1] != count.noun)
        ):
            return None  # “两区”建设…: a name that the text goes on to speak of
        named = end - start <= _NAME and line.plain.endswith(count.noun, start, end)  # 强基行动。支持…
        bare = (count.act and not count.part) or (end - start <= _HEADING and not phrases.STOPS.search(line.text))
        if not (bare or named) or count.noun not in line.plain[start : min(end, start + _HEADING)]:
            return _of_one_word(paper, count, n)
        items.append(DraftItem(line.p, start, end, finish=(line.p, len(line.text))))
    return items if len(items) == n else None


def _of_one_word(paper: Paper, count: Count, n: int) -> list[DraftItem] | None:
    """共四大类18条。 and below it 财税政策。…, 用能政策。…: names of one last word open their paragraphs."""
    items: list[DraftItem] = []
    words: set[str] = set()
    for line in paper.lines[count.p + 1 : count.p + 1 + n]:
        start, end = title_of(line, 0)
        words.add(line.plain[end - 2 : end])
        opens = line.plain.startswith("。", end) and end + 2 < len(line.plain)
        if not opens or not _ONE_WORD <= end - start <= _NAME or len(words) > 1:
            return None
        items.append(DraftItem(line.p, start, end, finish=(line.p, len(line.text))))
    return items if len(items) == n else None


_ONE_WORD = 4
"""Characters of such a name at least: a word and what tells it from the others."""


def _is_bare(line: Line) -> bool:
    return (
        4 <= len(line.text.strip()) <= _HEADING
        and phrases.STOPS.search(line.text) is None
        and _BULLET.match(line.text) is None
    )


def _headings(paper: Paper, count: Count, n: int) -> list[DraftItem] | None:
    """Bare headings below the count: the blocks that the page marks so, else short lines without a stop."""
    below = paper.lines[count.p + 1 : count.p + 1 + _REACH]
    marked = [line for line in below if line.block.kind == "heading"]
    bare = [line for line in below if _is_bare(line)]
    for lines in (marked, bare):
        if len(lines) == n and not (count.part and any(phrases.ASKS.search(line.plain) for line in lines)):
            items = []
            for line in lines:
                number = phrases.LAID_OUT_NUMBER.match(line.flat)
                start, end = trim(line.flat, number.end() if number else 0, len(line.flat))
                items.append(DraftItem(line.p, start, end))
            return items
    return None
