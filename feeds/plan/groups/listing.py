"""Counts meet the lists beside and below them: one ordered table of where the list of a count stands.

The first place that gives the declared number decides; a list of another number is taken only where no place gives it.
"""

import re
from functools import cache, cached_property

from feeds.agencies import agency_rows, province_rows
from feeds.plan.clauses import Line, Paper
from feeds.plan.groups import inline
from feeds.plan.groups.counts import Count
from feeds.plan.groups.drafts import Draft, DraftItem
from feeds.plan.groups.laid_out import laid_out
from feeds.plan.groups.unlisted import taken_up
from feeds.plan.lexicon import phrases
from feeds.plan.rule import LIKELY, OUTRIGHT, first_found, places_of
from feeds.quantities.numerals import CHINESE


class _Counted:
    """A count that no ordinals fulfil, and the lists around it."""

    def __init__(self, paper: Paper, count: Count, again: list[Count], used: set[Count]) -> None:
        self._paper = paper
        self._count = count
        self._line = paper.lines[count.p]
        self._again = again
        self._used = used

    @cached_property
    def _following(self) -> inline.InlineList | None:
        listing = inline.after(self._line, self._count)
        if self._count.n is None and not (listing and len(listing.items) >= _FEWEST and "；" in self._line.flat):
            return None
        return listing

    @cached_property
    def _preceding(self) -> inline.InlineList | None:
        return inline.before(self._line, self._count) if self._count.n is not None else None

    def _is_whole(self, listing: inline.InlineList | None) -> bool:
        return listing is not None and len(listing.items) == self._count.n

    def _draft(self, listing: inline.InlineList) -> Draft | None:
        """The draft of a list that names parts of a plan."""
        line, count, items = self._line, self._count, listing.items
        if (
            _are_bodies(line, items)
            or all(line.plain.endswith("》", start, end) for start, end in items)  # 《甲》和《乙》两份文件
            or all(phrases.LISTING_YEAR.search(line.plain, *item) for item in items)
            or all(_PORTION.search(line.plain, *item) for item in items)
            or phrases.WAS_DONE.search(line.plain, 0, items[0][0])
            or (not count.part and phrases.SHARE.match(line.plain, count.end))
        ):
            return None
        return _list_draft(line, count, listing)

    def whole_behind(self) -> Draft | None:
        """六个行动包括：甲、乙、丙、丁、戊、己."""
        following = self._following
        return self._draft(following) if following is not None and self._is_whole(following) else None

    def whole_before(self) -> Draft | None:
        """甲、乙、丙三项任务."""
        preceding = self._preceding
        return self._draft(preceding) if preceding is not None and self._is_whole(preceding) else None

    def _is_headed(self) -> bool:
        """The headings below may be its list: the count is not taken up again beside another."""
        others = (other for other in self._again if other is not self._count)
        return not any(other in self._used or has_list(self._paper, other) for other in others)

    def laid_out(self) -> Draft | None:
        """三项任务。 and below it three bullets, headings, dated steps or 在…方面."""
        return laid_out(self._paper, self._count, headed=self._is_headed)

    def beginning(self) -> Draft | None:
        """甲、乙等十项任务: a list beside it that is shorter or longer than declared."""
        listing = self._following or self._preceding
        return self._draft(listing) if listing is not None and not self._count.exact else None

    def taken_up(self) -> Draft | None:
        """提出三项主要任务。…主要任务包括…."""
        return taken_up(self._paper, self._count)


COUNTED = places_of(
    "group",
    ("a whole list behind its count", _Counted.whole_behind, OUTRIGHT),
    ("a whole list before its count", _Counted.whole_before, 0.85),
    ("laid out below its count", _Counted.laid_out, 0.75),
    ("the beginning of a list beside its count", _Counted.beginning, LIKELY),
    ("taken up later by its noun", _Counted.taken_up, 0.8),
)
"""Where the list of a count stands; the first place that gives one decides."""


def by_lists(paper: Paper, counts: list[Count], used: set[Count], drafts: list[Draft]) -> list[Draft]:
    """A draft for every count left over that has its list beside it.

    The headings below 建好两大体系 are not its list where “两大体系”。一是…；二是… takes it up again.
    """
    taken = {(item.p, place) for draft in drafts for item in draft.items for place in (item.start, item.begin[1])}
    found: list[Draft] = []
    partial: list[tuple[Count, Draft]] = []
    said: dict[str, list[Count]] = {}
    for count in counts:
        said.setdefault(paper.lines[count.p].plain[count.start : count.end], []).append(count)

    def take(count: Count, draft: Draft) -> None:
        if not any((item.p, item.start) in taken for item in draft.items):
            found.append(draft)
            used.add(count)
            taken.update((item.p, item.start) for item in draft.items)

    for count in counts:
        if count in used:
            continue
        line = paper.lines[count.p]
        again = said[line.plain[count.start : count.end]][:_NEAR]
        placed = first_found(COUNTED, _Counted(paper, count, again, used))
        if placed is None:
            continue
        rule, draft = placed
        if not draft.beside and any(set(draft.titles(paper)) < set(other.titles(paper)) for other in found):
            continue  # 从甲、乙、丙3个方面提出18条措施。在甲方面，…: what is told is no beginning of the 18
        whole = len(draft.items) == count.n
        draft.rule, draft.confidence = rule.title, rule.confidence if whole or count.n is None else LIKELY
        if draft.beside and not whole:
            partial.append((count, draft))
        else:
            take(count, draft)
    # 四大行动25项任务，即甲、乙、丙、丁: a list that fulfils one count is not the beginning of another's.
    # 推出16条措施，包括甲、乙、丙等5个方面: the list is the beginning of the count that closes it.
    for count, draft in sorted(partial, key=lambda pair: pair[0].start < pair[1].items[0].start):
        take(count, draft)
    return found


def has_list(paper: Paper, count: Count) -> bool:
    """The count's whole list follows it in its paragraph."""
    listing = inline.after(paper.lines[count.p], count)
    return listing is not None and len(listing.items) == count.n


_NEAR = 24
"""Mentions of a count that are worth a look."""
_FEWEST = 2
"""Items that make a list."""


def _list_draft(line: Line, count: Count, listing: inline.InlineList) -> Draft:
    items = [DraftItem(count.p, start, end) for start, end in listing.items]
    sides = [phrases.LISTING_SIDE.match(line.plain, item.start, item.end) for item in items]
    for item, side in zip(items, sides, strict=True):
        if side is not None and all(sides):
            item.start, item.end = side.span("name")
    draft = Draft((count.p, count.start, count.end), count.n, items, key=count.key)
    draft.is_open = listing.open
    draft.beside = True
    return draft


_PORTION = re.compile(rf"(?:\d{{1,3}}|[{CHINESE}]{{1,3}})[项条个件]$")
"""12项任务中，环保的4项、住房的3项: how a count is made up is no list of what it counts."""


def _are_bodies(line: Line, items: list[tuple[int, int]]) -> bool:
    """Cities, provinces and bodies are no parts of a plan, even under a kind noun (北京、上海、天津三个中心)."""
    names = _places()
    texts = [line.plain[start:end] for start, end in items]
    return sum(text in names or bool(phrases.BODY.search(text)) for text in texts) * 2 > len(texts)


@cache
def _places() -> frozenset[str]:
    return frozenset(name for row in province_rows() for name in row) | frozenset(
        name for row in agency_rows() for name in row
    )
