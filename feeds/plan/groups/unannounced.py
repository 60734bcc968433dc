"""Inline lists with neither count nor ordinals, where the document is the subject: 《规划》从甲、乙、丙等方面保障.

Everyday prose is full of 、; only two shapes plainly name parts of a document, so only these are groups, with low
confidence: what a 《document》 does 从…等方面, and principles that all begin with one word (原则，即坚持甲，坚持乙).
"""

from feeds.plan.clauses import Line, Paper, stretches_between
from feeds.plan.groups.drafts import Draft, DraftItem
from feeds.plan.lexicon import phrases
from feeds.plan.rule import GUESS, Rule, table_of

_LEAST = 3


def unannounced_lists(paper: Paper, taken: list[Draft]) -> list[Draft]:
    """The drafts of such lists that no other group has taken."""
    places = {(item.p, item.start) for draft in taken for item in draft.items}
    ways = [find for rule, find in zip(UNANNOUNCED, (_from_lists, _same_words), strict=True) if rule.applies(paper)]
    drafts = (draft for line in paper.lines for find in ways for draft in find(line))
    return [d for d in drafts if not any((item.p, item.start) in places for item in d.items)]


def _from_lists(line: Line) -> list[Draft]:
    if "从" not in line.plain or "方面" not in line.plain or "《" not in line.plain:
        return []
    found = []
    for match in phrases.FROM.finditer(line.plain):
        start, end = match.span("list")
        items = list(stretches_between(line.flat, start, end, "、"))
        if len(items) >= _LEAST and "，" not in line.flat[start:end]:
            found.append(_draft(line, (start, start), items, _SIDES))
    return found


def _same_words(line: Line) -> list[Draft]:
    if phrases.NAMES_PRINCIPLES.search(line.plain) is None:
        return []
    found = []
    for match in phrases.SAME_WORD.finditer(line.plain):
        items = list(stretches_between(line.flat, *match.span("list"), "，"))
        words = {line.plain[start : start + 2] for start, _ in items}
        if len(items) >= _LEAST and len(words) == 1:
            found.append(_draft(line, match.span("label"), items, _PRINCIPLES))
    return found


def _draft(line: Line, label: tuple[int, int], items: list[tuple[int, int]], rule: Rule[Paper, str]) -> Draft:
    draft = Draft((line.p, *label), None, [DraftItem(line.p, start, end) for start, end in items])
    draft.home = (line.p, items[0][0])
    draft.is_open = rule is _SIDES
    draft.rule, draft.confidence = rule.title, rule.confidence
    return draft


UNANNOUNCED: tuple[Rule[Paper, str], ...] = table_of(
    "group",
    ("a document works from several sides", lambda paper: "方面" in paper.body, "open", GUESS),
    ("principles of one word", lambda paper: phrases.NAMES_PRINCIPLES.search(paper.body), "closed", GUESS),
)
"""Lists that nothing announces. They do not compete: each is looked for in every paragraph."""
_SIDES, _PRINCIPLES = UNANNOUNCED
