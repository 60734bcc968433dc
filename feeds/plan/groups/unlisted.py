"""Counts that stand for a part of the document though the text lists nothing: 《意见》提出20条举措.

A count whose noun names parts of documents is one, where the text announces it. So is every count of a row that is
announced together, slogan or not: 提出“两步走、五大任务、六项行动、三项保障”. The list may come further down, behind
the noun alone: 提出4项主要任务, and later 主要任务包括….
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from feeds.plan.clauses import Line, Paper
from feeds.plan.groups import inline
from feeds.plan.groups.counts import Count
from feeds.plan.groups.drafts import Draft, DraftItem
from feeds.plan.lexicon import phrases
from feeds.plan.rule import Rule
from feeds.quantities.numerals import CHINESE


def _is_done(line: Line, start: int, end: int) -> bool:
    """修订了三项制度, or a count among past figures: what was done, not what the document holds."""
    return phrases.UNLISTED_DONE.search(line.plain, start, end) is not None and not phrases.NEWS.search(
        line.plain, start, end
    )


def groups_without_items(paper: Paper, counts: list[Count], *, own: bool) -> list[Draft]:
    """Groups without items. `own`: the article has a document whose bare counts are kept; else only a long row is."""
    rows = _rows(paper, counts)
    found: dict[tuple[int | None, str], Draft] = {}
    announced: set[tuple[int | None, str]] = set()
    for count in counts:
        line = paper.lines[count.p]
        row = rows.get((count.p, count.start), 1)
        if count.n is None or not (own or row > 1 or _is_announced(line, count)):
            continue
        if any(a <= count.start < b for a, b in line.titles):
            continue  # 《关于支持夜市的九条措施》: the number is a part of the title
        if row == 1 and not (_is_part(line, count) and _is_meant(line, count)):
            continue
        start, end = line.sentence_at(count.start)
        if phrases.PAST.search(line.flat, start, end) or _is_done(line, start, count.start):
            continue
        if phrases.ANNOUNCES.search(line.plain, start, count.start):
            announced.add(count.key)
        label = (count.p, count.start, count.end)
        known = found.get(count.key)
        if known is None or count.end - count.start < known.label[2] - known.label[1]:
            found[count.key] = Draft(label, count.n, [], key=count.key)
            found[count.key].rule, found[count.key].confidence = ANNOUNCED.title, ANNOUNCED.confidence
    return [draft for key, draft in found.items() if key in announced]


ANNOUNCED: Rule[Draft, str] = Rule("announced and not listed", "group", lambda draft: not draft.items, "no items", 0.5)
"""The rule of `groups_without_items`."""
_STAGES = ("阶段", "步", "步走", "批")


def _is_announced(line: Line, count: Count) -> bool:
    """会议决定实施33项措施, 提出24项主要指标: a body announces so many parts, though it names no document."""
    return count.part and phrases.JUST_ANNOUNCED.search(line.plain, max(0, count.start - 36), count.start) is not None


def _is_part(line: Line, count: Count) -> bool:
    if count.noun in _STAGES and phrases.UNLISTED_DIVIDED.search(line.plain, max(0, count.start - 4), count.start):
        return True  # 分三个阶段推进
    return count.part or count.noun == "方面" or phrases.LISTS.search(line.plain, 0, count.start) is not None


def _is_meant(line: Line, count: Count) -> bool:
    """“两个维护” is a slogan, unless the text says that it is deployed: 部署“五大行动”."""
    return not count.quoted or phrases.ANNOUNCED.search(line.plain, max(0, count.start - 8), count.start) is not None


def _rows(paper: Paper, counts: list[Count]) -> dict[tuple[int, int], int]:
    """By place, of each count that stands in a row with one that names a part: how many are in the row."""
    found: dict[tuple[int, int], int] = {}
    for row in _in_rows(paper, sorted(counts, key=lambda count: (count.p, count.start))):
        if len(row) > 1 and any(count.part for count in row):
            found.update(dict.fromkeys(((count.p, count.start) for count in row), len(row)))
    return found


def _in_rows(paper: Paper, counts: list[Count]) -> Iterator[list[Count]]:
    row: list[Count] = []
    for count in counts:
        if row and not (
            row[-1].p == count.p
            and row[-1].end <= count.start
            and phrases.UNLISTED_JOINED.fullmatch(paper.lines[count.p].plain, row[-1].end, count.start)
        ):
            yield row
            row = []
        row.append(count)
    yield row


_COUNTED = re.compile(rf"(?:\d{{1,3}}|[{CHINESE}]{{1,3}})(?:个?方面|大类|个|项|条|大|类|种)?")
_BELOW = 6
"""Paragraphs below the count in which its noun may be taken up."""
_FAR = 600
"""Characters of a paragraph in which the noun is looked for."""
_TRIES = 2
"""Places of the noun in a paragraph that are read for a list."""
_SHORTEST = 2
"""Characters of a noun: one says too little of what was counted."""


def taken_up(paper: Paper, count: Count) -> Draft | None:
    """The list of the declared number, or the beginning of one (…等), behind the counted noun where it stands later."""
    text = paper.lines[count.p].plain
    counted = _COUNTED.match(text, count.start, count.end)
    noun = text[counted.end() : count.end] if counted is not None else ""
    if count.n is None or len(noun) < _SHORTEST:
        return None
    for line in paper.lines[count.p : count.p + 1 + _BELOW]:
        at = count.end if line.p == count.p else 0
        said = line.flat.find(noun, at, at + _FAR) >= 0
        for match in islice(_alone(noun).finditer(line.flat, at, at + _FAR), _TRIES) if said else ():
            if (items := _listed_after(line, count, *match.span("noun"))) is not None:
                return Draft((count.p, count.start, count.end), count.n, items, key=count.key)
    return None


@cache
def _alone(noun: str) -> re.Pattern[str]:
    """The noun as the subject of a clause, before the word that leads its list in."""
    return re.compile(
        rf"(?:^\s*|(?<=[。；，：]))(?:其中，?|上述|这些|具体|《\ue000+》的?)?(?P<noun>{re.escape(noun)})"
        "(?=(?:主要|具体|分别|则|重点)?(?:包括|包含|涵盖|涉及|囊括|分别[是为]|有|是|为|：))"
    )


def _listed_after(line: Line, count: Count, start: int, end: int) -> list[DraftItem] | None:
    listing = inline.after(line, count._replace(p=line.p, start=start, end=end))
    if listing is None or not (len(listing.items) == count.n or (listing.open and len(listing.items) < (count.n or 0))):
        return None
    return [DraftItem(line.p, a, b) for a, b in listing.items]
