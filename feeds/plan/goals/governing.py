"""How a dated clause governs: ordered tables of rules, asked for each clause in which a date stands.

A rule's verdict sets what holds from here on and gives where the governed text begins, -1 when the clause governs
nothing of its own. feeds.plan.goals.reach has how far a date reaches.
"""

from collections.abc import Callable

from feeds.plan.goals import wording
from feeds.plan.goals.clause import FEW, DatedClause, Held, dated_clause
from feeds.plan.goals.scope import Scope
from feeds.plan.grammar.quantities import has_quantity
from feeds.plan.grammar.times import Time
from feeds.plan.lexicon import phrases
from feeds.plan.rule import GUESS, LIKELY, OUTRIGHT, SURE, Rule, first_of, table_of


def _nothing(c: DatedClause) -> int:
    """Set no scope."""
    c.held.scope = None
    return -1


def _same_period(c: DatedClause) -> int:
    """“十五五”时期，…，未来五年…: the period goes on."""
    c.held.hole = (c.first, c.time.end)
    return c.begin


def _same_year(c: DatedClause) -> int:
    """今年主要目标是：…；失业率全年控制在…: the same year is said again."""
    c.held.hole = None if c.head else (c.time.start, c.time.end)
    return c.begin


def _set_term(c: DatedClause) -> None:
    c.held.scope = Scope(c.deadlines, firm=True, lasting=False, rule=c.held.rule)


def _all_that_follows(c: DatedClause) -> int:
    """整治持续至11月30日，…: all that follows is to be done in it."""
    _set_term(c)
    return c.start if c.end >= c.held.end else c.end


def _next_clause(c: DatedClause) -> int:
    _set_term(c)
    return c.end


def _campaign(c: DatedClause) -> int:
    _set_term(c)
    return c.begin


def _counted_list(c: DatedClause) -> int:
    """今年办好十件实事：…."""
    announced = c.plain.startswith("。", c.end)
    scope = c.scope._replace(firm=True, lasting=True, figures_only=c.has(phrases.WORKS), announced=announced, wide=True)
    c.held.scope = scope
    c.held.outer = (scope,)
    c.held.told = True
    return -1


def _over_what_follows(c: DatedClause) -> int:
    """会议明确了明年的主要目标。 and “十四五”期间： alone."""
    c.held.scope = c.scope._replace(firm=True, lasting=True, announced=c.plain.startswith("。", c.end))
    return -1


def _wait(c: DatedClause) -> int:
    """2022年，将…: the next clause must show the intent."""
    c.held.scope = None
    c.held.pending, c.held.early, c.held.late = c.scope, c.time.early or (c.held.told and not c.time.past), c.time.late
    return c.end


def _speak_of(c: DatedClause) -> int:
    """谈到今年的工作，他说，…: all that he says is of the year."""
    begin = _wait(c)
    c.held.pending = c.scope._replace(lasting=True)
    return begin


def _keep_budget(c: DatedClause) -> None:
    c.held.scope = None
    if c.head and not c.time.period:
        c.held.budget = c.scope


def _statement(c: DatedClause) -> int:
    """2022年是关键之年，将…: the clause after it may still show an intent."""
    _keep_budget(c)
    if c.head and phrases.YEAR_OF.match(c.plain, c.rest, c.end):
        c.held.pending = c.scope
    return -1


def _motto(c: DatedClause) -> int:
    """2023年上台阶，产值达到…."""
    _no_intent(c)
    c.held.pending, c.held.early = c.scope, c.time.early
    return -1


def _no_intent(c: DatedClause) -> int:
    _keep_budget(c)
    if c.allots:
        c.held.hole = (c.time.start, c.time.end)
    return -1


def _aim(c: DatedClause) -> int:
    surely = c.time.wanted or c.held.wanting or (c.head and (c.time.early or c.time.coming or c.held.told))
    surely = surely or phrases.STRIVES.match(c.plain, c.rest, c.end) is not None
    _no_intent(c)
    c.held.scope = c.scope._replace(period=True) if surely else c.scope
    return c.begin


def _aim_before(c: DatedClause) -> int:
    _no_intent(c)
    c.held.scope = c.scope._replace(period=True)
    return c.start if c.brief else c.begin  # 工程计划于今年9月开工


def _firm_scope(c: DatedClause, *, head: bool) -> Scope:
    lasting = head and "-" not in c.time.deadline and phrases.YEAR.search(c.plain, c.first, c.time.end) is not None
    return Scope(c.deadlines, firm=head, period=True, holds=head, lasting=lasting, rule=c.held.rule)


def _end_of_last(c: DatedClause) -> int:
    """…办理退还，年底前完成: it belongs to the clause before it."""
    c.held.set_firm(_firm_scope(c, head=True))
    c.held.set_firm(Scope(c.deadlines, firm=True, holds=False, rule=c.held.rule))
    return c.held.start_of_last()


def _follows_a_count(c: DatedClause) -> bool:
    """明确了三项任务，力争到2026年建成体系: what is announced is no subject."""
    start, end = c.held.before[-1]
    return phrases.DECIDES_ON.search(c.plain, start, end) is not None


def _firm_head(c: DatedClause) -> int:
    c.held.set_firm(_firm_scope(c, head=True))
    c.held.hole = None
    return c.rest


def _firm_close(c: DatedClause) -> int:
    """本市将用三年时间，…: what follows the clause is to be done by then."""
    c.held.set_firm(_firm_scope(c, head=True))
    c.held.hole = None
    return c.end


def _mid_clause(c: DatedClause) -> int:
    """各机构在年底前完成改造; in 细则将于6月底前出台 the subject stands before the date.

    各区要在年底前编制方案，逐年分解任务: what somebody has to do by then goes on in the next clauses.
    """
    scope = _firm_scope(c, head=False)
    obliged = phrases.OBLIGED_BY.search(c.plain, c.start, c.first) is not None
    c.held.set_firm(scope._replace(firm=True, holds=True) if obliged else scope)
    c.held.hole = (c.first, c.time.end)
    orders = phrases.ORDERS.match(c.plain, c.start, c.first)
    return orders.end() if orders is not None else c.start


def _overtaken(c: DatedClause) -> bool:
    return phrases.OVERTAKEN.search(c.plain, max(c.start, c.first - 4), c.first) is not None


def _is_period_again(c: DatedClause) -> bool:
    scope = c.held.scope
    return scope is not None and scope.years and phrases.YEARS_AHEAD.match(c.plain, c.first) is not None


def _is_of_a_market(c: DatedClause) -> bool:
    """预计，到2030年市场规模将达到1万亿元: nobody sets that."""
    start, _ = c.held.line.sentence_at(c.start)
    return phrases.MARKET_EXPECTED.search(c.plain, max(start, c.start - _SAID), c.end) is not None


_SAID = 20
"""Characters before a clause in which somebody says what is expected."""


def _campaign_follows(c: DatedClause) -> bool:
    if not c.time.term or c.rest < c.end:
        return False
    plain, end = c.plain, c.end
    return bool(phrases.CAMPAIGN.search(plain, end, c.held.end) or phrases.SOON.match(plain, end))


def _is_campaign(c: DatedClause) -> bool:
    if not c.time.term:
        return False
    campaign = c.has(phrases.CAMPAIGN) and not phrases.STATED.search(c.plain, c.start, c.end + 1)
    starts = (phrases.STAGE, phrases.SOON)
    return campaign or any(pattern.match(c.plain, c.begin, c.end) for pattern in starts)


def _is_same_year(c: DatedClause) -> bool:
    scope = c.held.scope
    again = c.plain.startswith("全年", c.time.start)
    if scope is None or scope.figures_only or not (scope.firm or not c.head or again):
        return False
    return set(c.deadlines) <= set(scope.deadlines)


def _announces(c: DatedClause) -> bool:
    """部署了今年水利工作的八项任务 tells of tasks, the year is their attribute and no date."""
    return phrases.WORKS_OF.search(c.plain, c.time.end, c.end) is None


def _wants(c: DatedClause) -> bool:
    return c.time.wanted or c.held.wanting or c.follows(phrases.WANTS, 24)


def _reached_then(c: DatedClause) -> bool:
    """覆盖率2025年达到95%."""
    plain, time = c.plain, c.time
    return (
        (time.coming or time.period)
        and bool(phrases.BY_THEN.match(plain, time.end))
        and has_quantity(plain, time.end, c.end)
    )


def _nobody_can_have(c: DatedClause) -> bool:
    if not (c.time.early or c.held.told) or not c.measured:
        return False
    sets = phrases.SETS.match(c.plain, c.rest) is not None or c.follows(phrases.ANY_WORK)
    return sets and not c.follows(phrases.FORESEEN)


def _follows_a_date(c: DatedClause) -> bool:
    """6月底前完成改造，全年新建集市20个: what stands beside a date to come is to come too."""
    scope = c.held.scope
    beside = scope is not None and scope.monthly
    return beside and c.head and c.plain.startswith("全年", c.time.start) and c.measured


def _before_its_clause(c: DatedClause) -> bool:
    return c.head and c.rest >= c.end


def _closes_its_clause(c: DatedClause) -> bool:
    """The comma follows the date, and before it stands who acts, with a word of intent."""
    comma = c.rest >= c.end and c.plain.startswith("，", c.end)
    return comma and phrases.INTENDS_BY.search(c.plain, max(c.start, c.first - 4), c.first) is not None


def _is_spoken_of(c: DatedClause) -> bool:
    if phrases.SPEAKS_OF.search(c.plain, c.start, c.first) is None:
        return False
    return phrases.SPOKEN_OF.fullmatch(c.plain, c.time.end, c.end) is not None


def _stands_alone(c: DatedClause) -> bool:
    """Whether a date in mid-clause may set an aim: 为今年…作准备 only says what for."""
    return not c.head and not c.plain.startswith("为", c.start)


GOVERNS: tuple[Rule[DatedClause, Callable[[DatedClause], int]], ...] = table_of(
    "goal",
    ("a date that is over", lambda c: c.over, _nothing, SURE),
    ("a date that was overtaken", _overtaken, _nothing, OUTRIGHT),
    ("the period is named again", _is_period_again, _same_period, OUTRIGHT),
    ("what is expected of a market", _is_of_a_market, _nothing, LIKELY),
    (
        "a work that goes on until a date",
        lambda c: not c.time.term and phrases.TERM.match(c.plain, c.first),
        _all_that_follows,
        OUTRIGHT,
    ),
    ("a term before its campaign", _campaign_follows, _next_clause, OUTRIGHT),
    ("a campaign's term", _is_campaign, _campaign, OUTRIGHT),
    ("a term of something else", lambda c: c.time.term, _nothing, LIKELY),
)
"""For every dated clause; where none of these applies, LOOSE or FIRM decides."""
LOOSE: tuple[Rule[DatedClause, Callable[[DatedClause], int]], ...] = table_of(
    "goal",
    ("the year is named again", _is_same_year, _same_year, OUTRIGHT),
    (
        "a counted list of works",
        lambda c: _announces(c) and c.listed and phrases.COUNTED.search(c.plain, c.time.end, c.end),
        _counted_list,
        OUTRIGHT,
    ),
    (
        "aims that are announced",
        lambda c: _announces(c) and c.closes and c.has(phrases.AIMS_ARE),
        _over_what_follows,
        OUTRIGHT,
    ),
    (
        "a period over the lines under it",
        lambda c: _before_its_clause(c) and c.time.period and c.end >= len(c.plain.rstrip(" ：")),
        _over_what_follows,
        OUTRIGHT,
    ),
    ("a loose date before its clause", _before_its_clause, _wait, LIKELY),
    ("the year that is spoken of", _is_spoken_of, _speak_of, LIKELY),
    ("what a text is for", lambda c: c.has(phrases.GUIDES), _nothing, LIKELY),
    ("a statement under a loose date", lambda c: c.states, _statement, LIKELY),
    (
        "the end of a year without an intent",
        lambda c: c.time.late and not c.aims and not phrases.WANTS.search(c.plain, c.time.end, c.end),
        _no_intent,
        LIKELY,
    ),
    ("an intent before a loose date", lambda c: (c.head or _stands_alone(c)) and c.aims, _aim_before, LIKELY),
    ("money for years to come", lambda c: _stands_alone(c) and c.allots, _aim, LIKELY),
    ("what is reached in a year to come", lambda c: _stands_alone(c) and _reached_then(c), _aim, LIKELY),
    ("an intent behind a loose date", lambda c: c.head and _wants(c), _aim, LIKELY),
    ("a stage of a work", lambda c: c.head and phrases.STAGE.match(c.plain, c.rest, c.end), _aim, LIKELY),
    (
        "money that the state allots",
        lambda c: (c.head or c.plain.startswith("安排", c.rest)) and wording.is_budgeted(c.plain, c.start, c.end),
        _aim,
        LIKELY,
    ),
    (
        "what is done in a year to come",
        lambda c: c.head and (c.time.coming or c.time.form == "within years") and c.follows(phrases.DOES, 16),
        _aim,
        LIKELY,
    ),
    (
        "a work that is done in a year to come",
        lambda c: (
            (c.time.coming or c.time.wanted) and _stands_alone(c) and phrases.DONE_THEN.match(c.plain, c.time.end)
        ),
        _aim_before,
        LIKELY,
    ),
    ("a year behind a date to come", _follows_a_date, _aim_before, LIKELY),
    (
        "a campaign or a figure of a period",
        lambda c: c.head and c.time.period and (c.follows(phrases.CAMPAIGN) or c.measured),
        _aim,
        LIKELY,
    ),
    ("a figure that nobody can have yet", lambda c: c.head and _nobody_can_have(c), _aim, LIKELY),
    ("a year's motto", lambda c: c.head and (c.time.coming or c.time.early) and c.end - c.rest <= FEW, _motto, GUESS),
    ("a loose date without an intent", lambda _: True, _no_intent, LIKELY),
)
"""For a date that only names its time."""
FIRM: tuple[Rule[DatedClause, Callable[[DatedClause], int]], ...] = table_of(
    "goal",
    (
        "a firm date too short to stand alone",
        lambda c: c.head and c.brief and c.first <= c.start + 1 and c.held.before and not _follows_a_count(c),
        _end_of_last,
        OUTRIGHT,
    ),
    ("a firm date at the head", lambda c: c.head and not (c.brief and c.first > c.start + 1), _firm_head, OUTRIGHT),
    ("a firm date that closes its clause", _closes_its_clause, _firm_close, LIKELY),
    ("a firm date in mid-clause", lambda _: True, _mid_clause, LIKELY),
)


def governed_from(held: Held, start: int, end: int, times: list[Time]) -> int:
    """Let the dates of a clause decide what holds; where the governed text begins, -1 when nothing is governed."""
    clause = dated_clause(held, start, end, times)
    if held.pending is not None and held.pending.years and phrases.YEARS_AHEAD.match(clause.plain, clause.first):
        held.scope = held.pending._replace(period=True)  # 2024年至2026年，用2至3年时间，…
    held.pending = None
    rule = first_of(GOVERNS, clause) or first_of(LOOSE if clause.loose else FIRM, clause) or FIRM[-1]
    held.rule = rule.name
    last = held.scope
    begin = rule.verdict(clause)
    if held.paper.notes is not None:
        displaced = "" if last is None or held.scope is last else f", displaces {'、'.join(last.deadlines)}"
        verdict = "、".join(clause.deadlines or (clause.time.deadline,)) + displaced
        held.paper.note(held.line.p, start, end, rule.title, verdict)
    return begin
