"""The name of an indicator inside its clause, without what leads it in and without what only measures it."""

from feeds.plan.clauses import trim
from feeds.plan.lexicon import phrases


def _behind_lead(plain: str, start: int, end: int) -> int:
    """Where the name begins behind who intends it and the words that lead it in."""
    if (place := phrases.PLACE_AIMS.match(plain, start, end)) is not None:
        start = place.end()
    lead = phrases.NAME_LEAD.match(plain, start, end)
    return start if lead is None else lead.end()


def bare_name(plain: str, start: int, end: int, *, money: bool = False, share: bool = False) -> tuple[int, int]:
    """The indicator without what leads it in and without adverbs at its end.

    累计建成|加氢站20座 are things that are made, 累计引进外资20亿元 is one sum (`money`). `share`: the figure is in %.
    """
    if (date := phrases.NAME_DATED.search(plain, max(start, end - 16), end)) is not None and date.start() > start:
        end = date.start()
    start = _behind_lead(plain, start, end)
    if not share and (added := phrases.ADDED.match(plain, start, end)) is not None and end - added.end() >= 2:
        start = added.end()
    made = phrases.HEAD_VERB.match(plain, start, end)
    if made is not None and phrases.NAME_MEASURED.match(plain, made.end(), end):
        made = None
    if made is not None and end - made.end() >= 2 and not (share and phrases.NEW_ONLY.fullmatch(made[0])):
        start = start if money and "累计" in made[0] else made.end()
    if (per := phrases.MEASURED_PER.search(plain, max(start, end - 12), end)) is not None and per.start() > start:
        end = per.start()
    if (based := phrases.ON_BASE.search(plain, max(start, end - 24), end)) is not None:
        end = based.start()
    if (risen := phrases.RISES_FROM.search(plain, max(start, end - 24), end)) is not None and risen.start() > start:
        end = risen.start()
    if (whole := phrases.SHARE_OF.search(plain, max(start, end - 24), end)) is not None and whole.start() - start >= 4:
        end = whole.start()
    tail = phrases.NAME_ADVERBS.search(plain, max(start, end - 16), end)
    if tail is not None:
        end = tail.start()
    if (remark := phrases.REMARK.search(plain, max(start, end - 24), end)) is not None and remark.start() > start:
        end = remark.start()
    end -= plain.startswith("的", end - 1)  # 完成任务的60%
    return trim(plain, start, end)
