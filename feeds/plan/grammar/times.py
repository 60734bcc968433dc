"""When: every date and period that a plan can set, as a deadline (`2025`, `2025-06`, `2021/2025`), with its stretch.

feeds.plan.grammar.date_forms has the ways to name a time. A form stands alone, behind a word that makes
it an end (到, 力争到), before one (前, 底前), or joined to another form (从11月1日至明年春节前), which makes a period.

A date is firm when the expression itself says "by then" (到2025年, 6月底前, “十四五”末): what follows is an aim. It is
loose when it only names a time (今年, 一季度, “十四五”时期): then a verb must say that something is intended.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from feeds.plan.grammar.date_forms import FORM_OF, FORMS, PERIODS_END, Form
from feeds.plan.lexicon import phrases


class Time(NamedTuple):
    """A time expression: its stretch, its deadline, whether it is firm, whether it is over when the article appears.

    `period`: needs no word of intent before a figure. `coming`: a year after the article's, or a half-year or quarter
    that ends after its month. `early`: its own year, barely begun, of which nobody has figures yet. `wanted`: 力争
    stands in it. `term`: from a month to a month (4月至11月), which is a campaign's or nothing. `late`: its own year,
    or the last of its five-year plan, which is nearly over. `form`: the name of its form.
    """

    start: int
    end: int
    deadline: str
    firm: bool
    past: bool
    period: bool = False
    coming: bool = False
    early: bool = False
    wanted: bool = False
    term: bool = False
    late: bool = False
    form: str = ""


# How a form begins: most digits, and most of what follows 到 or 在, begin no time and need not be tried.
_BEGINS = (
    r"(?:20\d\d|\d\d?月|十?[一二三四五六七八九十]月[底末]|十[二三四五六]五|二[〇零○]|[今明后全当次翌同本]年|今明|明后|年[内底末]|[本当]月|下[个月半]|上半|第?[一二三四首]季|未来|今后|"
    r"接下|再?(?:用|利用|花|通过|经过)(?:大约|约)?[一二两三四五六七八九十\d]|[一二两三四五六七八九十\d]{1,2}年[间内建培新完实打形达引改接翻基把使让]|春[节运耕播]|秋收|[春秋]季?(?:学期)?开学|开学|汛|五一|国庆|元旦|中秋|今冬|本世|21世|二十一世|新中|建国|中华人民共和国|即日)"
)
_BEGINNING = re.compile(
    rf"[0-9一二两三四五六七八九首第十本今明后年全当次翌同上下未接用利花通经再春秋新建中即开汛国元]"
    r"(?=[\d一二两三四五六七八九十首〇零○月年明后内底末个半季来下世中国华日节运用利花通经过约大开学期庆旦秋冬前耕播收])"
    # refuses most of them
    rf"(?<=(?={_BEGINS}).)"
)
_LED_IN = (
    r"(?P<wanted>力争|争取)?"
    r"(?P<by>(?<![谈提说讲])(?:最迟|最晚)?到|至|截至|截止到|持续到|持续至|延续至|于|在到|在|(?:远景)?展望到?|远景|面向|迈向|"
    r"(?:最迟|最晚|至迟)[于在至]?|不[晚迟]于)?[“‘\"]?"
)
_LEAD = re.compile(rf"{_LED_IN}\Z")
_LEAD_ENDS = frozenset('争取到至于在望景向迟晚“‘"')
_LONGEST_LEAD = 6
_TIME = re.compile(
    rf"{_LED_IN}(?:{'|'.join(form.pattern for form in FORMS)})"
    r"(?:(?:新中国|中华人民共和国|建[党军国])(?:成立)?(?:\d{2,3}|[一二三四五六七八九十百]{1,3})周年时?)?"
    r"(?:供暖季|采暖季|供暖期|汛期|汛末|雨季|入汛|入冬|国庆节?|元旦|[春秋]季学期)?"
    r"(?P<before>(?:年?底|末)?(?:之前|以前|前后|前(?!后|\d|[一二三四五六七八九十]+(?:个?月|季度|年|天|次会|批)))|底前)?"
    r"(?P<since>起|开始|以来|以后|后|间)?(?P<open>为止)?"
)


def times_in(
    plain: str, published: datetime, start: int = 0, end: int | None = None, *, dated: bool = True
) -> list[Time]:
    """The time expressions of the stretch, in order.

    Where nobody knows when the article appeared (`dated` False) 今年 and 6月底 are no date: a year is not made up.
    """
    matches = list(_matches(plain, start, len(plain) if end is None else end))
    return list(_read(plain, matches, published, dated=dated)) if matches else []


def _matches(plain: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Every form of a date with the words that lead it in, none inside another."""
    for beginning in _BEGINNING.finditer(plain, start, end):
        at = beginning.start()
        if at < start:
            continue
        led_in = at > start and plain[at - 1] in _LEAD_ENDS
        lead = _LEAD.search(plain, max(start, at - _LONGEST_LEAD), at) if led_in else None
        if (match := _TIME.match(plain, lead.start() if lead else at, end)) is not None:
            yield match
            start = match.end()


def _read(plain: str, matches: list[re.Match[str]], published: datetime, *, dated: bool) -> Iterator[Time]:
    """The times of the matches, two that are joined by 至 as one."""
    i = 0
    while i < len(matches):
        match = matches[i]
        following = matches[i + 1] if i + 1 < len(matches) else None
        i += 1
        if not dated and not _form(match).absolute:
            continue
        if following is not None and _are_joined(plain, match, following):
            i += 1
            joined = _joint_period(plain, match, following, published)
            if joined is not None:
                yield joined
            continue
        if match[0].startswith(("次年", "翌年", "同年")):
            continue
        time = _time(match, published)
        if time is not None and not _is_no_time(plain, match):
            yield time


def _are_joined(plain: str, first: re.Match[str], second: re.Match[str]) -> bool:
    """10月|至次年3月, 2022年|—|2025年: nothing but a joint between the two, said once."""
    if first["before"] or first["since"] not in (None, "起") or first["by"] in ("到", "至"):
        return False
    between = plain[first.end() : second.start()]
    if second["by"]:
        return second["by"] in ("到", "至") and between == ""
    return between != "" and phrases.TIME_JOINS.fullmatch(between) is not None


_OF_THE_FIRST = ("次年", "翌年", "当年", "同年")


def _joint_period(plain: str, first: re.Match[str], second: re.Match[str], published: datetime) -> Time | None:
    """从11月1日至明年春节前 → 2021-11/2022-02. A second month without a year is in the first one's."""
    begin, finish = (_form(match).deadline(match, published) for match in (first, second))
    if begin is None or finish is None:
        return None
    begin, finish = begin.split("/")[0], finish.split("/")[-1]
    year = begin[:4]
    if second["rel"] in _OF_THE_FIRST:
        year = str(int(year) + (second["rel"] in ("次年", "翌年")))
    if second["month"] or second["part"] or second["rel"] in _OF_THE_FIRST:
        finish = year + finish[4:]
    monthly = first["month"] or first["ymonth"] or first["rmonth"] or first["now"]
    if finish < begin[: len(finish)] and second["month"]:
        finish = f"{int(year) + 1}{finish[4:]}"  # 11月至3月
    if _is_term_of_validity(plain, first) or finish < begin[: len(finish)]:
        return None
    if monthly:
        begin, finish = begin[:7], finish[:7] + "-12" * (len(finish) == len("2024"))
    last, today = finish, published.date().isoformat()
    past = last < today[: len(last)]
    coming = last[:4] > today[:4]
    return Time(
        first.start(),
        second.end(),
        f"{begin}/{finish}",
        firm=False,
        past=past,
        period=True,
        coming=coming,
        term=bool(monthly),
        form=_form(first).name,
    )


def _is_term_of_validity(plain: str, first: re.Match[str]) -> bool:
    """自1月1日至12月31日: a term of validity; （5月至9月）: a stage's own term."""
    before = plain[first.start() - 1 : first.start()] if first.start() else ""
    return before == "（" or bool((first["day"] or first["yday"]) and before == "自")


_FROM_NOW = ("现在起", "目前起", "今起", "今年起", "即日起")
_FIRST_PART = re.compile("前[一二三四五六七八九十\\d]")
_BEFORE_A_YEAR = (*"到至于在、，。；：和或及与明（“", "")
_COUNTED_YEARS = frozenset("一二三四五六七八九十两几多半每0123456789")


def _is_no_time(plain: str, match: re.Match[str]) -> bool:
    """2021年版, 第3月, 3月龄; and numbers that a date only seems to stand in (12022年)."""
    start, end = match.span()
    before = plain[start - 1 : start] if start else ""
    following = plain[end : end + 1]
    by, ahead_of, relative = match.group("by", "before", "rel")
    until = by in ("至", "到")
    if until and before in ("日", "月", "起") and not plain.endswith(_FROM_NOW, 0, start):
        return True  # 自1月1日至12月31日: a term of validity
    if match[0] == "当年":
        return True  # 占当年新建建筑的比例
    if before == "（" and following == "）" and match["from"] and phrases.NAMED_FOR.search(plain, 0, start - 1):
        return True  # 三年行动计划（2022—2024年）的通知: a title's own term
    if (by or ahead_of or relative in ("年底", "年末")) and (
        phrases.VALID_UNTIL.search(plain, max(0, start - 12), start)
        or (until and phrases.RELIEF_UNTIL.search(plain, max(0, start - 30), start))
    ):
        return True  # 有效期至2027年底, 免收电费至2025年底, 推迟到明年
    if _is_past_state(plain, match, before):
        return True
    return (
        (before.isdigit() and not by)
        or following in ("版", "龄")
        or (relative == "今年" and _FIRST_PART.match(plain, end) is not None)  # 今年前8个月: what has been
        or (relative == "后年" and before not in _BEFORE_A_YEAR)  # 建成后年供水量3亿立方米
        or (before != "" and before in "第.个每去前")
        or plain.endswith("每年", 0, start)
        or (match[0].startswith("年") and before in _COUNTED_YEARS)  # 五年内可不变更用途: counted from no date
    )


def _is_past_state(plain: str, match: re.Match[str], before: str) -> bool:
    """A baseline, a bygone or a mere modifier.

    比2020年下降; 由2020年的66.2%提高到72%; 对2023年底前开业的集市给予补贴; 一季度实现的税费 (which, not when);
    2023年底到期，延长….
    """
    from_there = before in ("由", "从") and match["year"] and plain.startswith("的", match.end())
    if (before in ("比", "较", "与", "对") and not plain.endswith("占比", 0, match.start())) or from_there:
        return True
    return phrases.TIME_BASE.match(plain, match.end()) is not None


_SINCE = ("起", "开始", "以来", "以后", "后")
_ENDS = ("年内", "年底", "内", "底", "末", "年末")
_NO_EFFORT = (None, None, None)
_NO_END = ("", "于", "在", "面向", "迈向", "截至")
"""Words that may stand before a date without saying "by then"."""


def _time(match: re.Match[str], published: datetime) -> Time | None:
    # A group is asked for in one call with others: alone it costs a fifth of all that is done here.
    by, since, now_on, five, wanted, *parts = match.group(
        "by", "since", "now", "five", "wanted", "part", "relend", "yearend"
    )
    if since in _SINCE or (now_on and not by):
        return None
    form = _form(match)
    deadline = form.deadline(match, published)
    if deadline is None:
        return None
    today = published.date().isoformat()
    firm = _is_firm(match) and not (by == "展望" and deadline[:4] <= f"{published.year + 1}")
    part = parts[0] or parts[1] or parts[2] or ""
    half, parted = "半年" in part, "半年" in part or "季度" in match[0]
    if firm and "/" in deadline and parted:
        deadline = deadline.split("/")[-1]  # 上半年前: by its end
    period, last = "/" in deadline, deadline.split("/")[-1]
    year, ahead, now = today[:4], last[:4] > today[:4], deadline == today[:4]
    return Time(
        *match.span(),
        deadline,
        firm,
        past=last < today[: len(last)] or last == today,  # what a text says of its own day has happened
        # A year still to come needs no word of intent either: nobody reports its figures.
        period=(period and not half) or bool(five) or ahead,
        coming=(ahead and (not period or parted or "-" in deadline)) or (period and today[:7] <= last <= f"{year}-12"),
        early=now and today[5:7] <= ("05" if form.name == "year" else "03"),  # 2022年 is the whole of it
        wanted=bool(wanted),
        late=(now and today[5:7] >= "11") or (bool(five) and not firm and last == year and today[5:7] >= "07"),
        form=form.name,
    )


def _is_firm(match: re.Match[str]) -> bool:
    """Whether the expression itself says "by then"."""
    by, before, relative, fivepart, yearend = match.group("by", "before", "rel", "fivepart", "yearend")
    if before or (by or "") not in _NO_END:
        return True
    if by == "截至":
        return False
    part = match["relend"] or match["part"] or yearend or relative or fivepart or ""
    if part in _ENDS or PERIODS_END.search(part) or (fivepart or "").endswith(("末", "末期")):
        return yearend is None or yearend.endswith("内") or PERIODS_END.search(part) is not None
    return relative in _ENDS or match.group("span", "months", "centenary") != _NO_EFFORT


def _form(match: re.Match[str]) -> Form:
    for name, form in FORM_OF.items():
        if match[name]:
            return form
    message = f"a date of no form: {match[0]}"
    raise ValueError(message)
