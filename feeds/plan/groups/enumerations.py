"""Enumerations by explicit ordinals: 一是…二是…, 第一…, 首先…其次…, （一）, 一、, 1., ①.

A marker stands where a clause begins, so 统一是 and 之一是 are no markers. A series begins at one and rises by one, so
一是一 alone and 公司一、二级市场 make no list; in running text a report may drop an item that it quotes from
(一是…二是…四是…), and the series goes on past the gap. Within a document the markers have ranks (第一章 over 第一条,
一、 over （一） over 1. over （1）; GB/T 9704-2012 §7.3.3), and a lower series lies inside one item of a higher one.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from feeds.marks import CIRCLED, DIGITS, ORDINAL
from feeds.plan.clauses import Line, Paper, trim
from feeds.plan.lexicon import matches_at, phrases
from feeds.quantities.numerals import number_of


class Marker(NamedTuple):
    """An ordinal in the text: its rank (0 the highest), its number, and where marker and title begin."""

    p: int
    start: int
    text: int
    rank: int
    number: int
    head: bool
    """It opens its paragraph."""


class Series:
    """Markers of one rank that count from one upwards."""

    __slots__ = ("markers", "rank")

    def __init__(self, first: Marker) -> None:
        self.rank = first.rank
        self.markers = [first]

    def missing(self, declared: int | None) -> tuple[int, ...]:
        """The ordinals that the text leaves out, up to the declared number or the last marker."""
        present = {marker.number for marker in self.markers}
        return tuple(n for n in range(1, (declared or self.last.number) + 1) if n not in present)

    @property
    def last(self) -> Marker:
        """The marker that the next one must follow."""
        return self.markers[-1]


EACH = 14
"""The rank of 一张是…另一张是…, which counts without numbers and is a list only under a count."""
_EACH_MOST = 12
_SPOKEN = 10
"""The rank of 第一, 首先, which 一个是 may open in speech."""
INLINE = 8
"""Ranks from here on stand in running text (一是, 一要, 第一, 首先); those below head the sections of a document."""
_FIRSTLY = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "然后": 3, "最后": 0}
_GAP = 2
"""Items that a report may leave out between two it quotes."""
_REACH = 4
"""Paragraphs that an item in running text may fill before the next marker must come."""

_N = ORDINAL
# A clause begins after a mark, a space, or a bracket that closes, and at the paragraph's head: after nothing else.
_BEGINS = "(?<![^。；：，！？“‘”’）》】· ])"
_FIRST = rf"(?=[{DIGITS}任行工举措目要原实看亮变关问路步第首其再然最还另又（{CIRCLED}\d])"
"""Every first character of a marker; where none stands, the long choice below need not be tried."""
_BEFORE = re.compile(rf"[\n。；：，！？“‘”’）》】· 作务点是]{_FIRST}")
"""The character before a marker: an article is searched for it, and only then for a marker."""
_MARKER = re.compile(
    rf"(?:{_BEGINS}|(?<=工作)(?=一是)|(?<=任务)(?=一是)|(?<=重点)(?=一是)|(?<=就是)(?=一是)){_FIRST}(?:"
    rf"(?P<r5>{_N})是(?![{DIGITS}][，。；])(?:，|：)?"
    rf"|(?P<r6>{_N})要(?=[^，。；])"
    rf"|(?P<act>{_N})(?=[抓查看管促保强治建防稳补]\w)"
    rf"|(?:任务|行动|工程|举措|措施|目标|要求|原则|实招|看点|亮点|变化|关键词|问题|路径|步骤)(?P<named>{_N})[：，]"
    rf"|第(?P<chapter>{_N})章[ 　](?=.)|第(?P<part>{_N})节[ 　](?=.)"
    rf"|第(?P<article>[{DIGITS}][{DIGITS}百零]{{0,5}})条[ 　](?=.)"
    rf"|第(?P<r7>{_N}|\d{{1,2}})(?:个(?:方面)?|方面|步|阶段|期|批次?|层次?|层面|档|对|轮|关|招|道|大类|类|部分|[大项个](?:板块|任务|行动|工程|举措|措施|转变|特点|亮点|变化|方向|环节|支柱|重点|关键|突破)|项|条|点|张|件事?)?(?:就?是(?!什么)|[，、：]|就?是要)"
    rf"|(?P<r8>首先|其次|再次|再者|然后|最后)(?:是|，|就是|要(?!求|[素闻件领]))?(?![于将把]|一[个位])"
    r"|(?P<each>(?:还有|另外|另|再|又)?一(?:个|张|项|件|条|类|种|头|方面))就?是(?!一)"
    rf"|其(?P<r9>{_N})(?:，|是|：|、)|(?P<rc>{_N})，(?=..)"
    rf"|（(?P<r1>{_N})）[、.．]?"
    rf"|（(?P<r3>\d{{1,2}})）[、.．]?"
    rf"|(?P<r4>[{CIRCLED}])[、.．]?"
    rf"|(?P<r0>{_N})、(?![{DIGITS}]{{1,2}}[级线类等、])"
    rf"|(?P<r2>\d{{1,2}})(?:[.．](?!\d)|、(?!\d))"
    r"|(?P<pad>0\d)[ 　]?(?=[\u4e00-\u9fff])"
    rf"|(?P<rb>\d{{1,2}})）"
    rf")\s*"
)
_IN_TEXT_TOO = frozenset((4, 6, 7))
_RANKS = {
    "chapter": 0, "part": 1, "r0": 2, "article": 3, "r1": 4, "r2": 5, "pad": 5, "r3": 6, "rb": 6, "r4": 7,
    "r5": 8, "r6": 9, "r7": 10, "r8": 10, "r9": 11, "rc": 11, "act": 12, "named": 13, "each": 14,
}  # fmt: skip
_MAY_SKIP = frozenset((8, 9, 10))
_MAY_STAND_INSIDE = frozenset(("r1", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "rc", "act", "named", "each"))
_AFTER_STOP = frozenset("。；：")


def markers_of(paper: Paper) -> Iterator[Marker]:
    """Every ordinal of the article that stands where a clause begins."""
    for p, places in paper.places(_BEFORE, flat=True).items():
        yield from _markers_at(paper.lines[p], places)


def _markers_at(line: Line, places: list[int]) -> Iterator[Marker]:
    flat = line.flat
    for match in matches_at(places, _MARKER, flat):
        name = match.lastgroup or ""
        at_head = match.start() <= trim(flat, 0, len(flat))[0]
        if not at_head and name not in _MAY_STAND_INSIDE and flat[match.start() - 1] not in _AFTER_STOP:
            continue
        if match.end() >= len(flat):
            continue
        word = match[name]
        if name == "r8":
            number = _FIRSTLY[word]
        elif name == "each":
            number = 1 if word.startswith("一") else 0
        elif name == "r4":
            number = CIRCLED.index(word) + 1
        else:
            number = number_of(word) or 99
        yield Marker(line.p, match.start(), match.end(), _RANKS[name], number, at_head)


def series_of(paper: Paper) -> list[Series]:
    """All series of two markers or more, in the order of their first markers.

    一是 opens a series of its rank and closes the one before it; a marker that does not follow on is no marker. 最后
    closes whatever 首先 opened. （四） after （三） goes on across the sections of a document, as official texts
    number.
    """
    open_series: dict[int, Series] = {}
    every: list[Series] = []
    for marker in markers_of(paper):
        spoken = open_series.get(EACH)
        if marker.rank == _SPOKEN and marker.number == 2 and spoken and [m.p for m in spoken.markers] == [marker.p]:
            spoken.rank = _SPOKEN  # 一个是…第二个是…
            open_series[_SPOKEN] = open_series.pop(EACH)
        series = open_series.get(marker.rank)
        if series is not None and _follows(series, marker):
            if marker.number == 0 or marker.rank == EACH:
                marker = marker._replace(number=series.last.number + 1)  # noqa: PLW2901 -- 最后 takes the next number
            series.markers.append(marker)
        elif marker.number == 1:
            open_series[marker.rank] = Series(marker)
            every.append(open_series[marker.rank])
    return [series for series in every if len(series.markers) >= 2]


def _follows(series: Series, marker: Marker) -> bool:
    last = series.last
    if series.rank == EACH:
        return marker.p == last.p and len(series.markers) < _EACH_MOST
    if marker.number not in (last.number + 1, 0):
        gap = marker.number - last.number - 1
        return series.rank in _MAY_SKIP and len(series.markers) >= 2 and 0 < gap <= _GAP and marker.p == last.p
    if series.rank < INLINE:
        # Sections head paragraphs; an inline （二） follows an inline （一）.
        return marker.head == last.head or series.rank in _IN_TEXT_TOO
    return marker.p == last.p or marker.p - last.p <= _REACH


def title_of(line: Line, start: int) -> tuple[int, int]:
    """An item's title: the text after its marker up to the first 。；： outside brackets.

    >>> # 一是加强统筹，压实责任；二是…  ->  加强统筹，压实责任
    """
    match = phrases.TITLE.match(line.flat, start, start + _LONGEST)
    end = match.end() if match else min(len(line.flat), start + _LONGEST)
    if (
        line.flat.startswith("：", end)
        and (lead := phrases.LEADS_ON.search(line.flat, max(start, end - 8), end)) is not None
    ):
        end = lead.start()
    return trim(line.flat, start, end)


_LONGEST = 2000
"""Characters of a title at most: no sentence is as long, and a text without stops is not read over and over."""
