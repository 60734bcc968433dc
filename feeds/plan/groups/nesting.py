"""What lies inside what: sections in sections (items), lists in an item's text (groups)."""

from feeds.plan.groups.drafts import Draft, DraftItem
from feeds.plan.groups.enumerations import INLINE, Series


def sectioned(series: list[Series]) -> list[Series]:
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
    return not inline and not draft.led_in and draft.label[1] == draft.label[2] and draft.label[0] == holder.p


_DEEP = 400
"""Items that may be open at once and are looked at; a document has less than half of that."""


def nested(drafts: list[Draft]) -> list[Draft]:
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
