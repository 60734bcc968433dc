"""One group a count, however often the text names it: 六方面具体任务 first, 六大任务 later."""

import re
from bisect import bisect

from feeds.plan.clauses import Paper
from feeds.plan.groups.counts import GENERAL
from feeds.plan.groups.drafts import Draft


def merged(paper: Paper, drafts: list[Draft], unlisted: list[Draft]) -> list[Draft]:
    """The drafts without repetitions; of two mentions the one with more items stays, the earlier one if equal."""
    kept: list[Draft] = []
    titles: list[set[str]] = []
    sections = sorted(item.begin for draft in drafts if draft.section for item in draft.items)
    places: dict[str | tuple[int | None, str], list[int]] = {}
    for draft in sorted(drafts, key=lambda d: (d.home, -len(d.items))):
        bare = {_bare(title) for title in draft.titles(paper)}
        names: list[str | tuple[int | None, str]] = [*bare]
        if draft.n is not None:
            names.append(draft.key)
        met = {i: None for name in names for i in places.get(name, [])[:_MANY]}
        for i in met:
            apart = bisect(sections, draft.home) != bisect(sections, kept[i].home)
            if _same(draft, kept[i], bare, titles[i], apart=apart):
                if _worth(draft) > _worth(kept[i]):
                    kept[i], titles[i] = draft, bare
                break
        else:
            for name in names:
                places.setdefault(name, []).append(len(kept))
            kept.append(draft)
            titles.append(bare)
    listed = {draft.key for draft in kept if draft.n is not None}
    for draft in unlisted:
        # 推出12条措施。…具体是哪12条: the measure word alone takes up the count that was named in full.
        short = next((one for one in kept if one.key in ((draft.n, "条"), (draft.n, "项"))), None)
        if short is not None:
            short.label, short.key = draft.label, draft.key
            listed.add(draft.key)
    kept += [draft for draft in unlisted if draft.key not in listed]
    return sorted(kept, key=lambda d: d.home)


_MANY = 20
"""Earlier groups that share a title and are compared; a text with more repeats itself on purpose."""


def _worth(draft: Draft) -> tuple[bool, int]:
    return len(draft.items) == draft.n, len(draft.items)


def _same(a: Draft, b: Draft, x: set[str], y: set[str], *, apart: bool) -> bool:
    """Two mentions of one group: equal counts, or none on one side, and half of the items in common.

    `apart`: they lie in different sections of a document, each of which may count two kinds of its own.
    """
    if a.n is not None and b.n is not None and a.key != b.key:
        return False
    if len(a.items) == a.n == b.n == len(b.items) and not x & y:
        return False  # 对收入提出三条建议：…; 对支出提出三条建议：…: each has its own whole list
    if not apart and a.beside and b.beside and a.key == b.key and a.label[0] != b.label[0] and a.key[1] != GENERAL:
        # 六大行业 of which the text speaks again with other words: one group, the first list is its own.
        return True
    return bool(x and y) and 2 * len(x & y) > min(len(x), len(y))


def _bare(title: str) -> str:
    return _MARKS.sub("", title)


_MARKS = re.compile(r"[\W_]+")
