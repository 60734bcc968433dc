"""Counts meet lists: which series, which list beside it, or none at all.

The count that announces a series stands in the sentence before it, or closes the paragraph before it; of several, the
one whose number is the series' own (从4个方面提出15条措施。一是…四是… is four).
"""

import re
from bisect import bisect_left

from feeds.plan.clauses import Line, Paper, trim
from feeds.plan.groups import inline
from feeds.plan.groups.counts import Count, counted_as
from feeds.plan.groups.drafts import Draft, DraftItem, Place, turn_after
from feeds.plan.groups.enumerations import EACH, INLINE, Marker, Series, title_of
from feeds.plan.groups.listing import has_list
from feeds.plan.lexicon import phrases
from feeds.plan.rule import LIKELY, Rule, first_of, table_of
from feeds.quantities.numerals import CHINESE

_SENTENCES_BACK = 2
_SENTENCES_ON = 30


class Counts:
    """The counts of an article, found by paragraph."""

    def __init__(self, counts: list[Count]) -> None:
        self._by_paragraph: dict[int, list[Count]] = {}
        for count in counts:
            self._by_paragraph.setdefault(count.p, []).append(count)

    def within(self, p: int, start: int, end: int) -> list[Count]:
        """Those of paragraph `p` that lie between the offsets, in order."""
        counts = self._by_paragraph.get(p, [])
        first = bisect_left(counts, start, key=lambda count: count.start)
        return [count for count in counts[first : first + _NEAR] if count.end <= end]


_NEAR = 24
"""Counts before a series that are worth a look."""


ORDINALS: tuple[Rule[tuple[int, int, Count | None], str], ...] = table_of(
    "group",
    ("as many ordinals as declared", lambda s: s[2] is not None and s[2].n == s[0], "whole", 0.95),
    ("ordinals under a vague count", lambda s: s[2] is not None and s[2].n is None, "vague", 0.85),
    ("ordinals of another number than declared", lambda s: s[2] is not None, "short", LIKELY),
    ("ordinals without a count", lambda s: s[1] != EACH, "undeclared", 0.85),
)
"""How items by ordinals (their number, their rank) meet the count that announces them, None where none does.

一张是…另一张是… is a list only under a count.
"""


def by_series(paper: Paper, series: list[Series], counts: list[Count]) -> tuple[list[Draft], set[Count]]:
    """A draft for every series, and the counts that they took."""
    drafts: list[Draft] = []
    used: set[Count] = set()
    known = Counts(counts)
    for one in series:
        items = _items_of(paper, one)
        if not all(item.start < item.end for item in items) or _part_no_plan(paper, items):
            continue
        count = _announcing(paper, one, known, used)
        rule = first_of(ORDINALS, (len(items), one.rank, count))
        if rule is None:
            continue
        if count is not None:
            used.add(count)
            draft = Draft((count.p, count.start, count.end), count.n, items, key=count.key)
        else:
            first = one.markers[0]
            label = _introduction(paper, first)
            draft = Draft(label or (first.p, first.start, first.start), None, items)
        draft.rule, draft.confidence = rule.title, rule.confidence
        draft.home = (one.markers[0].p, one.markers[0].start)
        draft.missing = one.missing(draft.n)
        draft.rank = one.rank
        first = one.markers[0]
        draft.led_in = paper.lines[first.p].flat[: first.start].endswith("：")
        for item in items:
            item.rank = one.rank
        draft.section = one.rank < INLINE and one.markers[0].head
        drafts.append(draft)
    return drafts, used


def _part_no_plan(paper: Paper, items: list[DraftItem]) -> bool:
    """一、问：…？ and 二、问：…？ part an interview, 1.三部门：推进… and 2.湖南：支持… a digest of news."""
    lines = [paper.lines[item.p].plain for item in items]
    headlines = sum(
        phrases.HEADLINE.fullmatch(line, item.start) is not None for line, item in zip(lines, items, strict=True)
    )
    return 2 * headlines > len(items) or all(
        line.startswith(("问：", "记者："), item.start) or line.rstrip().endswith("？")
        for line, item in zip(lines, items, strict=True)
    )


def _items_of(paper: Paper, series: Series) -> list[DraftItem]:
    items = []
    for i, marker in enumerate(series.markers):
        start, end = title_of(paper.lines[marker.p], marker.text)
        following = series.markers[i + 1] if i + 1 < len(series.markers) else None
        if following is not None and following.p == marker.p and following.start < end:
            start, end = trim(paper.lines[marker.p].flat, start, following.start)  # 一是修路，二是建棚
        finish = (following.p, following.start) if following else _finish(paper, series, marker)
        items.append(DraftItem(marker.p, start, end, begin=(marker.p, marker.start), finish=finish))
    return items


def _finish(paper: Paper, series: Series, marker: Marker) -> Place:
    """How far a last item reaches: a section to the article's end or the next speaker, others to a new frame.

    Points of one paragraph each, one right below the other, are no sections.
    """
    line = paper.lines[marker.p]
    if series.rank < INLINE and marker.head:
        below = paper.lines[marker.p + 1 : marker.p + 2]
        points = marker.p - series.markers[0].p == len(series.markers) - 1 and line.flat.rstrip().endswith(("。", "；"))
        if points and not any(phrases.ORDINAL.match(one.flat.lstrip()) for one in below):
            return (marker.p, len(line.text))
        return (turn_after(paper, marker.p), 0)
    first = bisect_left(line.sentences, (marker.text + 1, 0))
    for start, _ in line.sentences[first : first + _SENTENCES_ON]:
        if phrases.FRAME.match(line.flat, start) or _was_announced(line, start, series.markers[0]):
            return (marker.p, start)
    return (marker.p, len(line.text))


_NAME = re.compile(rf"[“‘]?(?P<name>(?:\d{{1,2}}|[{CHINESE}]{{1,3}})[大项个条类]\w{{2}})")


def _was_announced(line: Line, start: int, first: Marker) -> bool:
    """三大行动、两项保障。三大行动：第一，…；第三，…。两项保障是…: what stood before the series is taken up."""
    name = _NAME.match(line.plain, start)
    return name is not None and first.p == line.p and 0 <= line.plain.find(name["name"]) < first.start


def _announcing(paper: Paper, series: Series, counts: Counts, used: set[Count]) -> Count | None:
    """The count before a series that it fulfils, or comes near to fulfilling."""
    size = len(series.markers)
    sections = series.rank < INLINE and series.markers[0].head
    near = [c for stretch in _before(paper, series.markers[0]) for c in counts.within(*stretch) if c not in used]
    if sections:
        # 三项提升：提升甲、提升乙、提升丙。 with 1. 2. 3. below: the count has its list already.
        near = [count for count in near if not has_list(paper, count)]
    elif not series.markers[0].head:
        # 破解甲难、乙难两大难题。 and in the next paragraph 会议要求，一要…: that list has its own introduction.
        near = [count for count in near if count.p == series.markers[0].p or not _is_listed(paper, count)]
    near = [count for count in near if not count.exact or _repeats(paper, series, count)]
    near = [count for count in near if not _listed_before_series(paper, count, series.markers[0])]
    for count in reversed(near):
        if count.n == size:
            return count
    if not sections and (anything := _counted_anyhow(paper, series, counts)) is not None:
        return anything
    for count in reversed(near):
        if count.n is None:
            return count
    if not sections and (named := _introduction(paper, series.markers[0])) is not None:
        # 共六章，主要内容包括：一是…: the list has a name of its own
        near = [count for count in near if (count.p, count.end) > named[:2] or _takes_up(paper, series, count)]
    elif sections:
        near = [count for count in near if phrases.LAST_WORDS.fullmatch(paper.lines[count.p].plain, count.end)]
    for count in reversed(near):
        # 部署五项工作：一是…四是… : the report dropped one. A count of what another list has given is none of ours.
        if (
            count.n is not None
            and (abs(count.n - size) <= 2 or _takes_up(paper, series, count))
            and inline.before(paper.lines[count.p], count) is None
        ):
            return count
    return _led_in(paper, series, near)


def _counted_anyhow(paper: Paper, series: Series, counts: Counts) -> Count | None:
    """要过三道坎：一是…；二是…；三是…: right before a list of that number any noun may be counted."""
    for p, start, end in reversed(_before(paper, series.markers[0])):
        line = paper.lines[p]
        sentence = line.sentences[bisect_left(line.sentences, (end, 0)) - 1][0] if line.sentences else start
        count = counted_as(line, max(start, sentence, end - _JUST_BEFORE), end, len(series.markers))
        if count is not None and not any(known.end > count.start for known in counts.within(p, start, end)):
            return count
    return None


_JUST_BEFORE = 60
"""Characters before a series in which a count of no known noun must stand."""


def _repeats(paper: Paper, series: Series, count: Count) -> bool:
    """“三个同步”：一是同步规划；二是同步建设；三是同步投用: a quoted word is what the series says again and again."""
    return all(count.noun in paper.lines[m.p].plain[m.text : m.text + _SAID_AGAIN] for m in series.markers)


_SAID_AGAIN = 40
"""Characters of an item in which the counted word must stand."""


def _listed_before_series(paper: Paper, count: Count, first: Marker) -> bool:
    """三个统一：目标统一、路径统一、考核统一。…：一是…: the count has its whole list before the series begins."""
    if count.p != first.p:
        return False
    listing = inline.after(paper.lines[count.p], count)
    return listing is not None and len(listing.items) == count.n and listing.items[-1][1] <= first.start


def _is_listed(paper: Paper, count: Count) -> bool:
    listing = inline.before(paper.lines[count.p], count)
    return has_list(paper, count) or (listing is not None and len(listing.items) == count.n)


def _takes_up(paper: Paper, series: Series, count: Count) -> bool:
    """《措施》共8个方面。第一，用地方面。…第三，融资方面。…: the counted word closes the title of each that is told."""
    titles = ((paper.lines[m.p], title_of(paper.lines[m.p], m.text)) for m in series.markers)
    return len(series.markers) < (count.n or 0) and all(
        line.plain.endswith(count.noun, start, end) for line, (start, end) in titles
    )


_FEW = 2
"""Items that are too few for a count which a full stop parts from them."""


def _led_in(paper: Paper, series: Series, near: list[Count]) -> Count | None:
    """八个方面、50条措施，主要包括：第一方面，…: a count joined to the first marker keeps its series, however short.

    Where two are joined, the smaller counts the parts and the larger what is in them.
    """
    first = series.markers[0]
    plain = paper.lines[first.p].plain
    opens = first.head or phrases.LEADS.fullmatch(plain, 0, first.start) is not None
    if opens and near and near[-1].p < first.p and (near[-1].n or 0) > len(series.markers):
        # 重点抓好十方面工作： at a paragraph's end, and below it （一）…（四）, or 主要包括：一是…
        above = paper.lines[near[-1].p].plain
        ends = phrases.LAST_WORDS.fullmatch(above, near[-1].end)
        parts = near[-1].part or near[-1].noun == "方面"
        # 包括十个方面重点任务。 and below it 一是…。二是…。三是…
        return near[-1] if ends and (ends[0][-1:] != "。" or (parts and len(series.markers) > _FEW)) else None
    joined = [c for c in near if c.p == first.p and c.n is not None and c.n > len(series.markers)]
    if not joined or not phrases.LEADS.fullmatch(plain, joined[-1].end, first.start):
        return None
    return min(joined, key=lambda count: count.n or 0)


def _before(paper: Paper, first: Marker) -> list[tuple[int, int, int]]:
    """Where a series may be announced: (paragraph, start, end), the nearest last."""
    line = paper.lines[first.p]
    stretches: list[tuple[int, int, int]] = []
    begin = _sentences_back(line, first.start)
    if first.head or line.first_stop >= first.start:
        p = first.p - 1
        while p >= 0 and p >= first.p - 2:
            text = paper.lines[p].text
            stretches.insert(0, (p, _sentences_back(paper.lines[p], len(text)), len(text)))
            if len(text.strip()) > 4:
                break
            p -= 1
    if not first.head:
        stretches.append((first.p, begin, first.start))
    return stretches


def _sentences_back(line: Line, position: int) -> int:
    """Where the second-last sentence before `position` begins."""
    before = bisect_left(line.sentences, (position, 0))
    return line.sentences[before - _SENTENCES_BACK][0] if before >= _SENTENCES_BACK else 0


def _introduction(paper: Paper, first: Marker) -> tuple[int, int, int] | None:
    """The kind noun that leads in an undeclared series: 明确以下具体任务，一是… ; None where no noun does."""
    for p, start, end in reversed(_before(paper, first)):
        line = paper.lines[p]
        begin, finish = trim(line.flat, start, end)
        last = max(line.flat.rfind(mark, begin, finish) for mark in "。；，") + 1
        found = list(phrases.KIND.finditer(line.flat, max(begin, last), finish))
        if found and finish - found[-1].end() <= 6 and found[-1][0] not in _VERBS:
            return (p, found[-1].start(), found[-1].end())
    return None


_VERBS = frozenset(("要求", "部署", "安排", "意见"))
"""Nouns that are verbs in 《通知》要求, …; bare, they introduce nothing."""
