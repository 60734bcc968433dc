"""Words that lead a list in, and are no part of its first item: 提出, 重点支持, 分为, and verbs that govern names.

A verb is cut where the items are names and it governs them all (打造甲、乙两大平台); where the items are acts, each
has a verb of its own and the first keeps its own (打造平台、完善机制两项任务).
"""

from feeds.plan.clauses import trim
from feeds.plan.groups.counts import Count
from feeds.plan.lexicon import phrases

Stretch = tuple[int, int]


_VERBS = (phrases.LEAD_NAMES, phrases.ADVERB, phrases.LEAD_VERBS)
_DIVIDES = frozenset(("阶段", "步", "步走", "环节", "部分", "类", "层面", "步骤", "批"))


def _past_obligation(flat: str, items: list[Stretch]) -> int | None:
    """Behind the verb of 要…, where no other item has a verb of its own; behind 要 itself where each has."""
    start, end = items[0]
    obliged = phrases.OBLIGED.match(flat, start, end)
    if obliged is not None and flat[start] == "要" and _all_open(flat, items[1:]):
        return start + 1  # 要完善甲、优化乙: acts, each with its own verb
    if obliged is None or any(phrases.OBLIGES.match(flat, *item) for item in items[1:]) or any_acts(flat, items[1:]):
        return None
    return obliged.end()


def lead_in(flat: str, items: list[Stretch], count: Count) -> int:
    """Where the first item begins inside its clause."""
    if (begin := _past_obligation(flat, items)) is not None:
        return begin
    return _past_words(flat, items, count)


def _past_words(flat: str, items: list[Stretch], count: Count) -> int:
    """Behind the words that lead a list in."""
    start, end = items[0]
    if (by := phrases.LEADS_BY_THEN.match(flat, start, end)) is not None:
        start = by.end()
        items = [(start, end), *items[1:]]
    said = flat.find(count.noun, start, end)
    if count.exact and said > start and all(flat.startswith(count.noun, a) for a, _ in items[1:]):
        return said  # 推广统一面单、统一分拣、统一线路“三统一”
    if count.noun in _DIVIDES and (divided := phrases.DIVIDED.search(flat, start, end)) is not None:
        return divided.end()
    for lead in phrases.LEAD.finditer(flat, start, end):
        names = flat.startswith("从", lead.end() - 1)  # 从规划引导、…五个方面: no verb follows 从
        if lead.end() < end and flat[lead.end()] != "（" and (names or not phrases.LEAD.match(flat, lead.end(), end)):
            again = phrases.LEADS_AGAIN.match(flat, lead.end(), end)
            if again is not None and phrases.LEAD.match(flat, again.end(), end):
                continue  # 明确今年要聚焦甲、乙: the last of two leads
            begin = trim(flat, lead.end(), end)[0]
            return begin if count.act else _past_verb(flat, begin, items)
    for holds, led in (
        (count.act, phrases.MEANS.match),
        (phrases.OF_THEM.match(flat, count.end) is not None, phrases.OF.search),
    ):
        if holds and (found := led(flat, start, end)) is not None:
            return found.end()
    for loose in (phrases.ASPECT, phrases.AT) if count.act else (phrases.ASPECT,):
        lead_or_none = loose.search(flat, start, end)
        if lead_or_none is not None and not any(loose.search(flat, *item) for item in items[1:]):
            return lead_or_none.end()
    return _past_focus(flat, items) if count.act else _past_lead(flat, items)


def _past_focus(flat: str, items: list[Stretch]) -> int:
    """重点支持甲、乙、丙三个方向: one verb for names; but 重点支持甲、优化乙、做强丙 are acts."""
    start, end = items[0]
    if (verb := over_all(flat, items)) is not None:
        return verb
    led = phrases.FOCUS.match(flat, start, end) or phrases.MODAL.search(flat, start, end)
    if led is None or led.end() >= end - 1:
        return start
    return start if any_acts(flat, items[1:]) else led.end()


def over_all(flat: str, items: list[Stretch]) -> int | None:
    """强化预演、巡查、值守三项措施: short items of one length, the first as long as they are without its verb."""
    start, end = items[0]
    lengths = {b - a for a, b in items[1:]}
    if len(lengths) != 1 or (length := lengths.pop()) > _SHORT or end - start - length < len("做好"):
        return None
    verb = phrases.LEAD_NAMES.match(flat, start, end - length) or phrases.DO_WELL.match(flat, start, end - length)
    if verb is None or verb.end() != end - length or any(_opens(flat, *item) for item in items[1:]):
        return None
    return verb.end()


_SHORT = 4
"""Characters of an item that is a bare name."""


def _past_lead(flat: str, items: list[Stretch]) -> int:
    """打造甲、乙两大平台: the names begin behind the verb."""
    start, end = items[0]
    if (modal := phrases.MODAL.search(flat, start, end)) is not None and modal.end() < end - 1:
        return modal.end()
    for lead in phrases.LEAD_NAMES.finditer(flat, start, end):
        if lead.end() < end - 1 and flat[lead.end()] not in "要将":  # 能源发展|要处理好甲、乙两对关系
            means = phrases.LEADS_BY_MEANS.match(flat, lead.end(), end)
            return means.end() if means is not None else lead.end()
    for led in (phrases.LEAD_VERBS, phrases.ADVERB):
        verb = led.match(flat, start, end)
        if verb is not None and verb.end() < end - 1 and not _all_open(flat, items[1:]):
            return verb.end()
    return start


def _past_verb(flat: str, begin: int, items: list[Stretch]) -> int:
    """“3”即完善甲、乙、丙三项制度: a verb behind the lead-in, where no other item has one."""
    verb = next((m for verb in _VERBS if (m := verb.match(flat, begin, items[0][1])) is not None), None)
    if verb is None or verb.end() - begin < 2 or verb.end() > items[0][1] - 2:
        return begin
    return begin if _all_open(flat, items[1:]) or all_act(flat, items[1:]) else verb.end()


def _all_open(flat: str, items: list[Stretch]) -> bool:
    """Most of the items begin with a verb of their own; a single one (覆盖保墒 among methods) may only look so."""
    return 2 * sum(_opens(flat, *item) for item in items) > len(items)


def all_act(flat: str, items: list[Stretch]) -> bool:
    """Most of the items begin with a verb and an object of their own."""
    acts = sum(_opens(flat, *item) or phrases.ACT.match(flat, *item) is not None for item in items)
    return 2 * acts > len(items) and all(end - start >= _SHORT for start, end in items)


def any_acts(flat: str, items: list[Stretch]) -> bool:
    """One of the items begins with a verb."""
    return any(_opens(flat, *item) or phrases.ACT.match(flat, *item) is not None for item in items)


def _opens(flat: str, start: int, end: int) -> bool:
    """The item begins with a verb itself, so that the first one's verb is its own."""
    return any(pattern.match(flat, start, end) for pattern in (phrases.LEAD_NAMES, phrases.LEAD_VERBS, phrases.ADVERB))
