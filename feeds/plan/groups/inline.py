"""Lists in running text: where a list beside a count begins and ends, and what parts it.

、 binds closer than ，, and ， closer than ； (GB/T 15834-2011 §4.5, 4.6). The last 和, 及 or 以及 joins one more
item only when the declared number asks for it, since 和 also joins words inside an item (巡查记录和整修落实). 等
leaves a list open.
"""

import re
from itertools import pairwise
from typing import NamedTuple

from feeds.plan.clauses import BLANK, Line, stretches_between, trim
from feeds.plan.groups.counts import Count
from feeds.plan.groups.leads import all_act, lead_in, over_all
from feeds.plan.lexicon import last_match, phrases
from feeds.quantities.numerals import CHINESE, number_of

Stretch = tuple[int, int]


class InlineList(NamedTuple):
    """The items found, each a stretch of the paragraph, and whether 等 left them open."""

    items: list[Stretch]
    open: bool


# “三个更加”，更加注重甲、更加注重乙、…: the word that is counted leads itself in.
_FEW = 3
"""Acts in a row that no word leads in."""


def after(line: Line, count: Count) -> InlineList | None:
    """The list that follows the count in its paragraph: 六个行动包括：A行动、B行动…; None when nothing there is one."""
    flat = line.flat
    if (row := _ROW.match(line.plain, count.end)) is not None and count.n is not None:
        # “四大工程、十二项任务”，包括甲、乙、丙和丁: a list of its number is the first one's
        listing = after(line, count._replace(end=row.end()))
        if listing is not None and len(listing.items) == count.n:
            return listing
    opens = count.end + (flat[count.end : count.end + 1] in ("”", "’"))
    if flat.startswith("（", opens):
        close = flat.find("）", opens)
        return _in_remark(line, count, opens + 1, close) if close > 0 else None
    for pattern, firm in ((phrases.FIRM, True), (phrases.LOOSE, False), (phrases.NEXT, False)):
        lead = pattern.match(flat, count.end)
        if lead is None or lead.end() >= len(flat):
            continue
        stop = _stop(flat, lead.end())
        listing = _best(flat, lead.end(), stop, count)
        if listing is None:
            continue
        if pattern is phrases.NEXT and not _says_itself(line, count, listing.items, stop):
            continue
        if count.n is None or len(listing.items) == count.n:
            return listing
        if firm and 2 <= len(listing.items) <= count.n + 2 and lead[0][-1:] != "，":
            return listing
    return None


_ROW = re.compile(
    rf"[”’]?[、和及]?[“‘]?(?:\d{{1,3}}|[{CHINESE}]{{1,3}})(?:个|大|项|条|类)(?:[\u4e00-\u9fff]{{1,8}}?)(?=[”’]?[，：])"
)
"""The next count of a row, behind which the list of both stands."""


def _says_itself(line: Line, count: Count, items: list[Stretch], stop: int) -> bool:
    """Every item says the counted word; or they are acts of that very number up to the sentence's end.

    提出三项任务，建立台账、完善流程、压实责任。
    """
    if all(line.flat.find(count.noun, start, end) >= 0 for start, end in items):
        return True
    acts = count.part and len(items) >= _FEW and items[-1][1] >= stop and all_act(line.flat, items)
    return acts and before(line, count) is None


def _stop(flat: str, start: int) -> int:
    match = phrases.SENTENCE_END.search(flat, start, start + _REACH)
    return match.start() if match else min(len(flat), start + _REACH)


_REACH = 1500
"""Characters that a list beside its count may fill; official sentences stay far below."""


def _in_remark(line: Line, count: Count, start: int, close: int) -> InlineList | None:
    """四项措施（A、B、C、D）: the remark is shielded in `flat`, so its own text is parted."""
    items = list(stretches_between(line.plain, start, close, "、，；"))
    return InlineList(items, open=False) if len(items) == count.n else None


# 两个体系即甲和乙；三个网络包括丙、丁、戊: the next count ends the list.
_NEXT_COUNT = re.compile(rf"[“‘]?(?:\d{{1,2}}|[{CHINESE}]{{1,3}})[大个项条类张]\w{{2}}")


def _best(flat: str, start: int, stop: int, count: Count) -> InlineList | None:
    """The reading of the stretch that gives the declared number; failing that, the one its marks suggest."""
    readings = []
    first = flat.find("；", start, stop)
    if first >= 0 and _NEXT_COUNT.match(flat, first + 1):
        stop, first = first, -1
    if first >= 0:
        readings.append(list(stretches_between(flat, start, stop, "；")))
    comma = flat.find("，", start, stop if first < 0 else first)
    near = comma if comma >= 0 else first if first >= 0 else stop  # 即甲、乙、丙；并…
    readings.append(list(stretches_between(flat, start, near, "、")))
    if comma >= 0:
        readings.append(list(stretches_between(flat, start, stop if first < 0 else first, "，")))
    # 一年摸底；两年改造；三年通电率等指标达标: in a clause of its own 等 closes a list inside it.
    closed = [
        _without_and_so_on(flat, reading, reach=0 if len(reading) > 1 and flat[reading[0][1]] == "；" else _TAILS)
        for reading in readings
        if reading
    ]
    if count.n is not None:
        closed += [InlineList(cut, open=False) for listing in closed if (cut := _alike(flat, listing.items, count.n))]
        for listing in closed:
            for tried in _with_joints(flat, listing, count.n):
                if len(tried.items) == count.n:
                    return tried
    for listing in closed:
        if len(listing.items) >= 2:
            return listing
    return None


def _alike(flat: str, items: list[Stretch], n: int) -> list[Stretch] | None:
    """三个结合：坚持甲，坚持乙，坚持丙，推动丁: the first n begin with one word, the clause after them does not."""
    if len(items) <= n:
        return None
    words = {flat[start : start + 2] for start, _ in items[:n]}
    following = flat[items[n][0] : items[n][0] + 2]
    return items[:n] if len(words) == 1 and following not in words else None


_TAILS = 16
"""Characters that may follow the 等 of a list."""


_SUMMED = re.compile(rf"(?P<n>[\d{CHINESE}]{{1,2}})[个项大类种]")
"""甲率、乙率、丙率3个指标提升: the sum of the list behind its last item."""


def _without_and_so_on(flat: str, items: list[Stretch], reach: int = _TAILS) -> InlineList:
    """The list without its 等, and without what follows 等 in at most `reach` characters."""
    start, end = items[-1]
    found = last_match(phrases.AND_SO_ON, flat, start, end)
    if found is None or end - found.end() > reach:
        summed = _SUMMED.search(flat, start + 2, end) if len(items) > 1 else None
        cut = summed.start() if summed is not None and number_of(summed["n"]) == len(items) else end
        return InlineList([*items[:-1], trim(flat, start, cut)], open=False)
    start, end = trim(flat, start, found.start())
    if flat[start:end] == "等":  # 甲；乙；等等。
        end = start
    return InlineList([*items[:-1], (start, end)] if start < end else items[:-1], open=True)


def _with_joints(flat: str, listing: InlineList, n: int) -> list[InlineList]:
    """The list as it stands, and with its last item parted at a 和 where one item is wanting."""
    readings = [listing]
    if not listing.items or len(listing.items) != n - 1:
        return readings
    start, end = listing.items[-1]
    if flat.find("，", start, end) >= 0:
        return readings
    joints = [j for j in phrases.JOINTS.finditer(flat, start + 1, end - 1) if j[0] != "、"]
    for joint in sorted(joints, key=lambda j: (j[0] != "以及", -j.start())):
        left, right = trim(flat, start, joint.start()), trim(flat, joint.end(), end)
        if left[1] - left[0] >= 2 and right[1] - right[0] >= 2:
            readings.append(InlineList([*listing.items[:-1], left, right], listing.open))
    return readings


def _counted_text(line: Line, count: Count) -> tuple[str, int]:
    """The text that may be parted, and where it begins: 甲（包括乙、丙2项任务） counts inside its own remark."""
    flat = line.flat
    if flat[count.start] != BLANK:
        return flat, 0
    remark = flat.rfind("（", max(0, count.start - _REACH), count.start) + 1
    inside = remark and flat.count(BLANK, remark, count.start) == count.start - remark
    return (line.plain, remark) if inside else (flat, 0)


_ORDINAL = re.compile(rf"\s*(?:（[{CHINESE}\d]{{1,3}}）|\d{{1,2}}[.、]|第?[{CHINESE}]{{1,3}}(?:、|[是要](?=..)|，))\s*")


# 《意见》加快甲、乙、丙三大枢纽建设: the document that does it is no part of the list.
_SUBJECT = re.compile(f"《{BLANK}+》(?=[^、，和及与（])")


def before(line: Line, count: Count) -> InlineList | None:
    """The list that stands before its count: 从A、B和C等三方面; A、B、C4个部分."""
    flat, remark = _counted_text(line, count)
    start = max(line.sentence_at(count.start)[0], remark)
    ordinal = _ORDINAL.match(flat, start)
    start = max(ordinal.end() if ordinal and ordinal.end() < count.start else start, count.start - _REACH)
    start = max(start, flat.rfind("；", start, count.start) + 1)
    clause = max(start, flat.rfind("，", start, count.start) + 1)
    if (subject := _SUBJECT.match(flat, clause) or _SUBJECT.match(flat, start)) is not None:
        start = subject.end()
    edge = count.start - (1 if count.quoted else 0)
    if count.n is not None and (around := _around(flat, start, clause, edge, count.n)):
        return InlineList(around, open=False)
    tail = phrases.TAIL.search(flat, max(start, edge - 12), edge)
    end = tail.start() if tail else edge
    is_open = bool(tail and "等" in tail[0])
    if (
        end - start < 3
        or flat[end - 1] in "、，和及与：；"
        or (end == edge and flat[end - 1] in "是为即有了对把将向从在")
    ):
        return None
    if (listing := _listed_before(line, flat, start, end, count, is_open=is_open)) is None:
        return None
    # 概括为“三类设施、两张清单、四项机制”: what begins in one pair of marks and ends in another is no item.
    halved = any(flat.count("“", a, b) != flat.count("”", a, b) for a, b in listing.items)
    return None if halved else listing


def _around(flat: str, start: int, clause: int, edge: int, n: int) -> list[Stretch]:
    """围绕甲、乙、丙，提出3个方面: the list stands in the clause before the verb."""
    if clause <= start or phrases.SETS_FORTH.fullmatch(flat, clause, edge) is None:
        return []
    led = phrases.SIDES_LED.match(flat, max(start, flat.rfind("，", start, clause - 1) + 1), clause - 1)
    readings = _readings(flat, led.end(), clause - 1) if led is not None else []
    return next((reading for reading in readings if len(reading) == n), [])


def _listed_before(line: Line, flat: str, start: int, end: int, count: Count, *, is_open: bool) -> InlineList | None:
    """The list of the stretch by whatever parts it."""
    if count.n is not None and (
        row := _quoted_row(flat, start, end, count.n, is_open=is_open) or _in_quotes(line, start, end, count.n)
    ):
        return InlineList(row, is_open)
    clause = max(flat.rfind("，", start, end), flat.rfind("：", start, end)) + 1
    for reading in _readings(flat, max(start, clause), end):
        if (items := _without_lead_in(flat, reading, count, at_least=count.n)) is not None:
            return InlineList(items, is_open)
    return _by_commas(flat, start, end, count, is_open=is_open) or _shorter_list(
        flat, max(start, clause), end, count, is_open=is_open
    )


_QUOTED = re.compile(f"“{BLANK}+”")


def _quoted_row(flat: str, start: int, end: int, n: int, *, is_open: bool) -> list[Stretch]:
    """“甲”“乙”“丙”三项制度: quotation marks stand in a row without 、 (GB/T 15834-2011 §4.5.3.5)."""
    if not flat.startswith("”", end - 1):
        return []
    quoted = [match.span() for match in _QUOTED.finditer(flat, max(start, end - _REACH), end)][-n:]
    joined = all(a[1] == b[0] for a, b in pairwise(quoted))
    enough = len(quoted) == n or (is_open and 2 <= len(quoted) < n)
    return quoted if enough and joined and quoted[-1][1] == end else []


def _in_quotes(line: Line, start: int, end: int, n: int) -> list[Stretch]:
    """“建、管、用”三个环节: one pair of quotation marks around the whole list."""
    if line.flat[end - 1] != "”":
        return []
    opens = line.plain.rfind("“", start, end)
    items = list(stretches_between(line.plain, opens + 1, end - 1, "、")) if opens >= 0 else []
    return items if len(items) == n else []


def _readings(flat: str, start: int, end: int) -> list[list[Stretch]]:
    """Ways to part a list by 、: 以及 as a looser joint first, then 、 alone, then with the last 和."""
    plain = list(stretches_between(flat, start, end, "、"))
    readings = []
    loose = flat.rfind("以及", start, end)
    if loose > start and flat.find("、", loose, end) > 0:
        readings.append([*stretches_between(flat, start, loose, "、"), trim(flat, loose + 2, end)])
    readings.append(plain)
    if plain:
        readings += [tried.items for tried in _with_joints(flat, InlineList(plain, open=False), len(plain) + 1)[1:]]
    return readings


def _without_lead_in(flat: str, items: list[Stretch], count: Count, *, at_least: int | None) -> list[Stretch] | None:
    """The list with its lead-in cut from the first item; None without one, or the number is not met."""
    if at_least is not None and len(items) != at_least:
        return None
    if len(items) > 1 and phrases.GOVERNS.fullmatch(flat, *items[-1]):
        return None  # 建成甲、完善|两类机制
    end = items[0][1]
    lead = lead_in(flat, items, count)
    if lead >= end:
        return None
    return [(lead, end), *items[1:]]


def _by_commas(flat: str, start: int, end: int, count: Count, *, is_open: bool) -> InlineList | None:
    """提出加强A，健全B，创新C和优化D等四方面举措: items parted by ， that begin right after a lead-in."""
    if count.n is None:
        return None
    clauses = list(stretches_between(flat, start, end, "，：" if flat.find("：", start, end) < 0 else "，"))
    for reading in [
        InlineList(clauses, is_open),
        *_with_joints(flat, InlineList(clauses, is_open), len(clauses) + 1)[1:],
    ]:
        items = reading.items[-count.n :]
        if len(items) != count.n or count.n < 2 or phrases.GOVERNS.fullmatch(flat, *items[-1]):
            continue
        lead = phrases.LEAD.search(flat, *items[0])
        if lead is not None and lead.start() <= items[0][0] + 6 and lead.end() < items[0][1] - 1:
            return InlineList([(lead.end(), items[0][1]), *items[1:]], is_open)
        if len(clauses) > len(items) and all(phrases.TRANSACTED.match(flat, *item) for item in items):
            return InlineList(items, is_open)
    said = clauses[1:]
    if is_open and _FEWEST <= len(said) < count.n and phrases.FRAMING.search(flat, *clauses[0]) and all_act(flat, said):
        return InlineList(said, open=True)  # 意见提出，修集市，建凉棚，训摊主等六方面任务
    return None


_FEWEST = 3
"""Clauses that make an open list."""


def _last_lead(flat: str, start: int, end: int) -> re.Match[str] | None:
    """规划|部署了|甲: of two that follow each other the last."""
    lead = phrases.LEAD.search(flat, start, end)
    while lead is not None and (following := phrases.LEAD.match(flat, lead.end(), end)) is not None:
        lead = following
    return lead


_AIDED = ("行业", "领域", "产业", "人群", "群体", "主体", "对象")
"""Nouns of those whom a policy aids or works on, more often than of its parts."""


def _shorter_list(flat: str, start: int, end: int, count: Count, *, is_open: bool) -> InlineList | None:
    """明确了A工程等十一个工程: fewer items than declared, which 等 allows."""
    if not is_open or count.n is None:
        return None
    for reading in _readings(flat, start, end)[:1]:
        if len(reading) >= count.n or not reading:
            continue
        if len(reading) == 1 and count.noun in _AIDED:
            return None  # 在制造业等6个行业基础上: one example of those that are worked on is no list
        lead = _last_lead(flat, *reading[0]) or phrases.CARRIED_OUT.search(flat, *reading[0])
        lead = lead or phrases.MODAL.search(flat, *reading[0])
        if lead is None and len(reading) >= 2:
            lead = phrases.LEAD_NAMES.match(flat, *reading[0])
        if lead is None and len(reading) > 1 and flat.startswith("：", start - 1):
            return InlineList(reading, open=True)  # 主要包括：甲、乙、丙等5个方面
        if lead is None or lead.end() >= reading[0][1] or (len(reading) > 1 and BLANK in flat[lead.end() : end]):
            return None
        reading[0] = (lead.end(), reading[0][1])
        begin = over_all(flat, reading)  # 即落实甲、乙、丙等八项保障
        return InlineList([(begin or lead.end(), reading[0][1]), *reading[1:]], open=True)
    return None
