"""Drafts in their order: one group a count, and what lies inside what.

However often the text names a count, it is one group: six tasks first named in full, later in short. Sections lie in
sections as items, a list in an item's text is a group of that item.
"""

from bisect import bisect

from feeds.plan.clauses import Paper
from feeds.plan.groups.counts import GENERAL
from feeds.plan.groups.drafts import Draft, DraftItem
from feeds.plan.groups.enumerations import INLINE, Series
from feeds.plan.lexicon import phrases


def merge(paper: Paper, drafts: list[Draft], unlisted: list[Draft]) -> list[Draft]:
    """The drafts without repetitions; of two mentions the one with more items stays, the earlier one if equal."""
    kept: list[Draft] = []
    titles: list[set[str]] = []
    sections = sorted(item.begin for draft in drafts if draft.section for item in draft.items)
    places: dict[str | tuple[int | None, str], list[int]] = {}
    for draft in sorted(drafts, key=lambda d: (d.home, -len(d.items))):
        bare = {_bare(title) for title in draft.titles(paper)} if len(drafts) > 1 else set()
        names: list[str | tuple[int | None, str]] = [*bare]
        if draft.n is not None:
            names.append(draft.key)
        met = {i: None for name in names for i in places.get(name, [])[:_MANY]}
        for i in met:
            apart = bisect(sections, draft.home) != bisect(sections, kept[i].home)
            if _same(draft, kept[i], bare, titles[i], apart=apart):
                better, worse = (draft, kept[i]) if _worth(draft) > _worth(kept[i]) else (kept[i], draft)
                paper.note(*worse.label, worse.rule, f"displaced by {better.rule}")
                kept[i], titles[i] = (draft, bare) if better is draft else (kept[i], titles[i])
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
    return phrases.MARKS.sub("", title)


def split_by_section(series: list[Series]) -> list[Series]:
    """The series, those that number on across sections (（四） under 二、 after （三） under 一、) parted at each."""
    higher = sorted(
        (marker for one in series if one.rank < INLINE for marker in one.markers),
        key=lambda marker: (marker.p, marker.start),
    )
    parts: list[Series] = []
    for one in series:
        if one.rank == 0 or one.rank >= INLINE:
            parts.append(one)
            continue
        bounds = [(m.p, m.start) for m in higher if m.rank < one.rank]
        part = Series(one.markers[0])
        parts.append(part)
        i = 0
        for marker in one.markers[1:]:
            while i < len(bounds) and bounds[i] < (part.last.p, part.last.start):
                i += 1
            if i < len(bounds) and bounds[i] < (marker.p, marker.start):
                part = Series(marker)
                parts.append(part)
            else:
                part.markers.append(marker)
    return parts


def _is_subsection(draft: Draft, holder: DraftItem) -> bool:
    """1. 2. under （一） in one paragraph, without words that lead them in."""
    inline = draft.rank is None or holder.rank is None or max(draft.rank, holder.rank) >= INLINE
    p, start, end = draft.label
    own = start == end or holder.start <= start < end <= holder.end  # 二、主要任务。（一）…: the section's own title
    return not inline and not draft.led_in and own and p == holder.p


_DEEP = 400
"""Items that may be open at once and are looked at; a document has less than half of that."""


def nest(drafts: list[Draft]) -> list[Draft]:
    """The top-level drafts, every other one moved into the item whose text holds it."""
    top: list[Draft] = []
    stack: list[DraftItem] = []
    for draft in sorted(drafts, key=lambda d: d.home):
        while stack and stack[-1].finish <= draft.home:
            stack.pop()
        if draft.rank is not None and any(item.rank == draft.rank for item in stack[-_DEEP:]):
            # A list that begins at （一） again does not lie inside （三）.
            while stack and stack.pop().rank != draft.rank:
                pass
            while stack and stack[-1].rank == draft.rank:
                stack.pop()
        holder = next((item for item in reversed(stack) if item.holds(draft.home)), None)
        if holder is not None:
            for item in draft.items:
                item.finish = min(item.finish, holder.finish)
        if holder is None:
            top.append(draft)
        elif draft.n is None and (draft.section or _is_subsection(draft, holder)):
            holder.items += draft.items
        else:
            holder.groups.append(draft)
        stack += sorted(draft.items, key=lambda item: item.begin, reverse=True)
    return sorted(top, key=lambda draft: draft.label)
