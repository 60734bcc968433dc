"""How the text tells of a document that it names inside 《》: it has come out, it is cited, or it is named in passing.

The verb beside the title decides, and an alias (以下简称《规划》), which a text gives to what it is about. MENTIONS is
the ordered table; its examples are in feeds/plan/examples/document.toml.
"""

import re
from datetime import date
from functools import cached_property
from typing import Literal

from feeds.plan.clauses import BLANK, Line, Paper
from feeds.plan.documents.bodies import HomePlace, bodies_in
from feeds.plan.grammar.times import times_in
from feeds.plan.lexicon import beginning, expand, pattern, phrases
from feeds.plan.rule import LIKELY, OUTRIGHT, Rule, first_of, table_of

Told = Literal["news", "cited", "passing"]
"""It has come out; it is only cited, but has an alias; it is named in passing."""

ISSUES = beginning("manner", "issue") + expand("<manner>{0,5}<issue>")
"""A verb that gives a document to the public, with what says how (正式印发, 联合出台)."""

BEFORE = pattern(
    beginning("manner", "issue") + r"<manner>{0,5}<issue>(?:实施|形成|完成|出台)?了?"
    r"(?:关于|对|题为|一份|新版|新修订的|修订后的|最新的?|有关|以下|<kind_beside>|通知|公告)*$"
    r"|征求对?$|转发[^，。；《》]{2,40}$"  # 转发甲局《…》, 转发甲局制定的《…》
)
LISTED = pattern(
    beginning("manner", "issue")
    + r"<manner>{0,5}<issue>了?[^，。；《》]{0,24}(?:文件|政策|规章|标准|制度|办法|规则|规定|指引|方案|措施|通知|意见)"
    r"，(?:其中)?(?:包括|分别[是为]|即|为|是)(?:：)?$"
)
_STALE_DAYS = 45
_OPENING = 2
"""Paragraphs that name what a text is about."""
_IN_A_ROW = 12
_BACK = 240
_BROKEN = 60
"""Characters of a line that a poster broke off at most."""


class Mention:
    """A title inside 《》 and what stands around it. 《甲》和《乙》印发: what is said of the row is said of each."""

    def __init__(self, paper: Paper, line: Line, start: int, end: int) -> None:
        self._paper = paper
        self._line = line
        self._start = start
        self._end = end
        plain = line.plain
        self.title = plain[start:end]
        before = plain[max(0, start - _BACK) : start - 1] or line_above(paper, line)
        self.clause = phrases.CLAUSES.split(phrases.ROW.sub("", before))[-1]
        """The words before the title, or the row of titles, in its sentence up to ；."""

    @cached_property
    def _behind_row(self) -> int:
        behind = self._end + 1
        for _ in range(_IN_A_ROW):
            joined = phrases.JOINED.match(self._line.plain, behind)
            if joined is None:
                break
            behind = joined.end()
        beside = phrases.KIND_BESIDE.match(self._line.plain, behind - 1)
        return behind if beside is None else beside.end()

    def before(self, said: re.Pattern[str]) -> bool:
        """The pattern fits what stands before the title."""
        return said.search(self.clause) is not None

    def behind(self, said: re.Pattern[str]) -> bool:
        """The pattern fits what stands right behind 》."""
        return said.match(self._line.plain, self._end + 1) is not None

    def behind_row(self, said: re.Pattern[str]) -> bool:
        """The pattern fits what stands behind the row of titles."""
        return said.match(self._line.plain, self._behind_row) is not None

    @property
    def has_kind(self) -> bool:
        """It is named as a kind of document, in its title or beside it."""
        return (
            phrases.TITLE_KIND.search(self.title) is not None
            or phrases.KIND_BESIDE.match(self._line.plain, self._end) is not None
        )

    @property
    def is_from_a_body(self) -> bool:
        """A public body gives it out (民政部发布《养老院评级》): a document of whatever name."""
        return self.before(BEFORE) and bool(bodies_in(self.clause, HomePlace()))

    @property
    def is_of_a_company(self) -> bool:
        """公司董事会审议通过《甲》: no public body has to do with it."""
        return self.before(phrases.COMPANY) and not bodies_in(self.clause, HomePlace())

    @property
    def is_cited(self) -> bool:
        """根据《甲》, 落实《甲》."""
        return self.before(phrases.CITES)

    @property
    def is_named_by_issuer(self) -> bool:
        """甲局印发的《乙规范》明确…: who rules by a document has issued it."""
        return self.before(phrases.ISSUED_BY) and self.behind(phrases.RULES_BY) and not self._cites_before_of

    @property
    def _cites_before_of(self) -> bool:
        return phrases.CITES.search(self.clause[: self.clause.rfind("的")]) is not None

    @property
    def is_just_issued(self) -> bool:
        """日前印发的《甲》明确…."""
        return self.before(phrases.JUST) and not self._cites_before_of

    @property
    def opens(self) -> bool:
        """It stands in the first paragraphs, where a text names what it is about."""
        return self._line.p < _OPENING

    @property
    def is_one_of_those(self) -> bool:
        """甲局发布一批标准。其中，《甲》明确…: the sentence before tells that they have come out."""
        first = self._line.sentence_at(self._start)[0]
        among = phrases.AMONG.search(self.clause) is not None and first > 1
        return among and phrases.GAVE_OUT.search(self._line.plain, max(0, first - _BACK), first) is not None

    @property
    def heads(self) -> bool:
        """It is a line of its own at the head of a poster (图解)."""
        return self.opens and set(self._line.flat.strip()) == {"《", BLANK, "》"}

    @property
    def is_stale(self) -> bool:
        """The news of it is old."""
        return is_stale(self._paper, self._line, self._start)

    @property
    def comes(self) -> bool:
        """It comes into force, and did not long ago."""
        coming = phrases.COMES.match(self._line.plain, self._behind_row)
        return coming is not None and not _is_old(self._paper, self._line, *coming.span("when"))


MENTIONS: tuple[Rule[Mention, Told], ...] = table_of(
    "document",
    (
        "an alias beside a citation",
        lambda m: m.behind(phrases.ALIAS) and m.is_cited and not m.before(BEFORE),
        "cited",
        LIKELY,
    ),
    ("an alias", lambda m: m.behind(phrases.ALIAS), "news", OUTRIGHT),
    ("of no kind of document", lambda m: not (m.has_kind or m.is_from_a_body), "passing", OUTRIGHT),
    ("of a company", lambda m: m.is_of_a_company, "passing", OUTRIGHT),
    ("a line of its own at the head", lambda m: m.heads, "news", LIKELY),
    ("explained after it came out", lambda m: m.before(phrases.EXPLAINED), "news", OUTRIGHT),
    ("named as just issued", lambda m: m.is_just_issued, "news", OUTRIGHT),
    ("still to come, named below the opening", lambda m: m.before(phrases.PLANNED) and not m.opens, "passing", LIKELY),
    ("still to come", lambda m: m.before(phrases.PLANNED), "cited", LIKELY),
    ("told of the past", lambda m: m.is_stale, "passing", OUTRIGHT),
    ("issued", lambda m: m.before(BEFORE), "news", OUTRIGHT),
    ("listed behind a count of documents issued", lambda m: m.before(LISTED), "news", OUTRIGHT),
    ("one of those that the sentence before gives out", lambda m: m.is_one_of_those, "news", LIKELY),
    ("its issuer rules by it", lambda m: m.is_named_by_issuer, "news", OUTRIGHT),
    (
        "given out in the next clause",
        lambda m: m.behind_row(phrases.PASSED_ON) or m.behind(phrases.REVISED),
        "news",
        OUTRIGHT,
    ),
    ("only cited", lambda m: m.is_cited, "passing", OUTRIGHT),
    ("the verb behind the title", lambda m: m.behind_row(phrases.SENT_BEHIND), "news", OUTRIGHT),
    ("it comes into force", lambda m: m.comes, "news", OUTRIGHT),
    ("explained or reviewed", lambda m: m.before(phrases.EXPLAINS), "news", LIKELY),
    ("nothing is said of it", lambda _: True, "passing", LIKELY),
)
"""The first that applies to a mention decides."""


def told_of(paper: Paper, line: Line, start: int, end: int) -> Told:
    """How the text tells of the title in `line` between `start` and `end`."""
    rule = first_of(MENTIONS, Mention(paper, line, start, end))
    assert rule is not None  # noqa: S101 -- the last rule applies to everything
    paper.note(line.p, start, end, rule.title, rule.verdict)
    return rule.verdict


def line_above(paper: Paper, line: Line) -> str:
    """The line above, where a poster breaks off before a title (某市印发, then 《…》); "" where a sentence ends."""
    above = paper.lines[line.p - 1].plain.strip() if line.p else ""
    return above if len(above) <= _BROKEN and not above.endswith(("。", "！", "？", "；", "：")) else ""


def is_stale(paper: Paper, line: Line, position: int) -> bool:
    """Whether what is told there is old: 今年3月，…印发了《…》 in an article of November: background, not news."""
    start, _ = line.sentence_at(position)
    return phrases.MENTIONS_EARLIER.search(line.plain, start, position) is not None or _is_old(
        paper, line, start, position
    )


def _is_old(paper: Paper, line: Line, start: int, end: int) -> bool:
    """The last date of the stretch lies more than a month and a half back, in an article that has a date itself."""
    if not paper.dated:
        return False
    times = [t for t in times_in(line.plain, paper.published, start, end) if not t.period and "/" not in t.deadline]
    if not times or phrases.LATELY.search(line.plain, times[-1].end, end):
        return False
    year, *rest = map(int, times[-1].deadline.split("-"))
    month, day = (*rest, 28)[:2] if rest else (12, 31)
    return (paper.published.date() - date(year, month, day)).days > _STALE_DAYS
