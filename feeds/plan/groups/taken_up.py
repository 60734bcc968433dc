"""Lists behind the noun of a count that stands further up (4项主要任务 and later 主要任务包括…)."""

import re
from functools import cache

from feeds.plan.clauses import Line, Paper
from feeds.plan.groups import inline
from feeds.plan.groups.counts import Count
from feeds.plan.groups.drafts import Draft, DraftItem
from feeds.plan.numerals import CHINESE

_COUNTED = re.compile(rf"(?:\d{{1,3}}|[{CHINESE}]{{1,3}})(?:个?方面|大类|个|项|条|大|类|种)?")
_REACH = 6
"""Paragraphs below the count in which its noun may be taken up."""
_SHORTEST = 2
"""Characters of a noun: one says too little of what was counted."""


def taken_up(paper: Paper, count: Count) -> Draft | None:
    """The list of exactly the declared number that follows the counted noun where it stands alone later."""
    text = paper.lines[count.p].plain
    counted = _COUNTED.match(text, count.start, count.end)
    noun = text[counted.end() : count.end] if counted is not None else ""
    if count.n is None or len(noun) < _SHORTEST:
        return None
    for line in paper.lines[count.p : count.p + 1 + _REACH]:
        at = count.end if line.p == count.p else 0
        for match in _alone(noun).finditer(line.flat, at):
            if (items := _listed_after(line, count, *match.span("noun"))) is not None:
                draft = Draft((count.p, count.start, count.end), count.n, items, key=count.key)
                draft.confidence = 0.8
                return draft
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
    if listing is None or len(listing.items) != count.n:
        return None
    return [DraftItem(line.p, a, b) for a, b in listing.items]
