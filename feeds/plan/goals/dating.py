"""Which dates of a sentence set an aim: a table of those that do not, and the year that 全年, 再用五年 or 五年内 means.

The forms of a date are in feeds.plan.grammar.times; how far a date reaches is in feeds.plan.goals.reach.
"""

from typing import NamedTuple

from feeds.plan.clauses import Line, Paper
from feeds.plan.grammar.quantities import is_in_brackets
from feeds.plan.grammar.times import Time
from feeds.plan.lexicon import last_match, phrases
from feeds.plan.rule import OUTRIGHT, Rule, first_of, table_of
from feeds.quantities.numerals import number_of


class Dated(NamedTuple):
    """A time expression in a sentence that ends at `end`."""

    line: Line
    time: Time
    end: int

    @property
    def plain(self) -> str:
        """The paragraph in one spelling."""
        return self.line.plain


NO_DATES: tuple[Rule[Dated, None], ...] = table_of(
    "no date",
    ("the year of a document", lambda d: d.plain.startswith(("《", "“《"), d.time.end), None, OUTRIGHT),
    (
        "the year of a named action or meeting",
        lambda d: not d.time.firm and phrases.NAMED_ACTION.match(d.plain, d.time.end),
        None,
        OUTRIGHT,
    ),
    (
        "an attribute of works that are only spoken of",
        lambda d: (
            not d.time.firm
            and phrases.TELLS_OF_WORKS.search(d.plain, max(0, d.time.start - 6), d.time.start)
            and phrases.ATTRIBUTE.match(d.plain, d.time.end, d.end)
            and phrases.INTENT_NEAR.match(d.plain, d.time.end) is None
            and not _heads_a_list(d)
        ),
        None,
        OUTRIGHT,
    ),
    (
        "the distance to an aim",
        lambda d: phrases.FAR_FROM.search(d.plain, max(0, d.time.start - 3), d.time.start),
        None,
        OUTRIGHT,
    ),
    (
        "which, not when",
        lambda d: (
            (not d.time.firm and not d.time.period and d.plain.startswith("部署的", d.time.end))
            or (d.time.firm and phrases.WHICH.match(d.plain, d.time.end))
            or _is_of_a_thing(d)
        ),
        None,
        OUTRIGHT,
    ),
)


def _heads_a_list(d: Dated) -> bool:
    """会议强调，做好今年五项工作。一要…: what is to be done is listed behind it."""
    if phrases.TO_BE_DONE.search(d.plain, max(0, d.time.start - 6), d.time.start) is None:
        return False
    stop = phrases.CLAUSE.search(d.plain, d.time.end, d.end)
    end = stop.start() if stop is not None else d.end
    return phrases.COUNTED.search(d.plain, d.time.end, end) is not None and (
        d.plain.startswith("：", end) or phrases.ORDINAL.match(d.plain, end + 1) is not None
    )


def _is_of_a_thing(d: Dated) -> bool:
    """对在6月底前发放的贷款，可以展期: the date says which of the things are meant."""
    if not d.time.firm or phrases.OF_WHICH.match(d.plain, d.time.end) is None:
        return False
    return phrases.TO_WHICH.search(d.plain, max(0, d.time.start - 30), d.time.start) is not None


def dates_of(paper: Paper, line: Line, start: int, end: int, *, in_plan: bool) -> list[Time]:
    """The dates of the sentence that may set an aim; none inside 《》: 《2030年前…方案》 sets none.

    In the text of a plan for these years (`in_plan`) a year needs no word of intent.
    """
    found = []
    this = paper.published.year
    for time in paper.times(line):
        if time.end <= start or time.start >= end or any(a <= time.start < b for a, b in line.titles):
            continue
        if time.start < start:
            time = time._replace(start=start)  # noqa: PLW2901 -- a quotation mark that the sentence lost
        placed = _by_its_form(paper, line, time, this)
        if placed is not None and not (placed.past and is_in_brackets(line.plain, start, placed.start)):
            found.append(placed._replace(period=True) if in_plan and not placed.past else placed)
    return [time for time in found if not _dates_nothing(paper, line, time, end)]


def _by_its_form(paper: Paper, line: Line, time: Time, this: int) -> Time | None:
    """The time in the year that its form leaves to the text; None where that is over."""
    plain = line.plain
    if time.form in ("month", "part of a year"):
        return _in_the_year_ahead(plain, time, this) if time.past else time
    if time.form == "within years":
        return _in_its_plan(paper, plain, time)
    if time.form == "effort of years":
        planned = _in_its_plan(paper, plain, time)
        return _after_the_last(plain, time, this) if planned is time else planned
    of_the_year = time.form == "relative year" and phrases.OF_THE_YEAR.match(plain, time.start) is not None
    if not of_the_year:
        return time
    late = paper.published.month >= _LATE and phrases.YEAR_NAMED.search(plain, 0, time.start) is None
    return _in_its_year(plain, time, this) if not late else _in_the_year_above(paper, line.p, time, this)


def _dates_nothing(paper: Paper, line: Line, time: Time, end: int) -> bool:
    rule = first_of(NO_DATES, Dated(line, time, end))
    if paper.notes is not None:
        title = f"date: {time.form}" if rule is None else rule.title
        paper.note(line.p, time.start, time.end, title, time.deadline)
    return rule is not None


_LATE = 11
"""The first month in which a year's plan may speak of the next one."""
_BACK = 400
"""Characters before 全年 in which its year may have been named."""


def _in_the_year_above(paper: Paper, p: int, time: Time, this: int) -> Time | None:
    """全国会议提出，2023年…。 and 会议强调，…，年内…, printed in December 2022: the year of the paragraph above."""
    above = paper.lines[p - 1].plain if p else ""
    named = last_match(phrases.YEAR_NAMED, above, 0, len(above))
    if named is None or not (named["next"] or named["year"] == str(this + 1)):
        return time
    return time._replace(deadline=time.deadline.replace(str(this), str(this + 1)), past=False, period=True, late=False)


def _in_the_year_ahead(plain: str, time: Time, this: int) -> Time:
    """2022年2月底前自查；3月至7月整治, printed in December 2021: the months are of the year that was named."""
    ahead = plain.find(f"{this + 1}年", max(0, time.start - _BACK), time.start) >= 0
    if not ahead or phrases.BARE_MONTH.match(plain, time.start) is None:
        return time
    return time._replace(deadline=time.deadline.replace(str(this), str(this + 1)), past=False)


def _in_its_year(plain: str, time: Time, this: int) -> Time | None:
    """全年 means the year that the paragraph named last: 过去一年，…全年完成… looks back, 2022年目标是…全年… ahead."""
    named = last_match(phrases.YEAR_NAMED, plain, max(0, time.start - _BACK), time.start)
    if named is None or named["this"] or phrases.TURNS_AHEAD.search(plain, named.end(), time.start):
        return time
    digits = named["year"] or named["until"]
    year = int(digits) if digits else this + (1 if named["next"] else -1)
    if year < this:
        return None
    if year > this + 1 and plain.find("。", named.end(), time.start) >= 0:
        return time  # …，到2030年基本建成。年底前完成…
    deadline = time.deadline.replace(str(this), str(year))
    return time._replace(deadline=deadline, past=False, period=time.period or year > this, late=False)


def _in_its_plan(paper: Paper, plain: str, time: Time) -> Time:
    """五年内, 用五年时间 in the report of a 行动计划（2021—2025年）: the years that its title or paragraph names."""
    within = phrases.WITHIN_YEARS.match(plain, time.start, time.end)
    if within is None:
        return time
    named = phrases.YEARS_NAMED.findall(plain, max(0, time.start - _BACK), time.start)
    if not named and paper.span is None:
        return time
    first, last = map(int, named[-1]) if named else paper.span or (0, 0)
    if last - first + 1 != number_of(within["years"]):
        return time
    return time._replace(deadline=f"{last}" if time.firm else f"{first}/{last}", period=True)


def _after_the_last(plain: str, time: Time, this: int) -> Time:
    """到2027年，…。再经过5年努力，…: five years after the year that was named last."""
    if not phrases.AGAIN_YEARS.match(plain, time.start):
        return time
    named = [int(year) for year in phrases.YEAR_DIGITS.findall(plain, max(0, time.start - _BACK), time.start)]
    if not named or not this <= named[-1] < this + _FAR:
        return time
    return time._replace(deadline=str(int(time.deadline) + named[-1] - this))


_FAR = 50
"""Years ahead in which a plan can end."""
