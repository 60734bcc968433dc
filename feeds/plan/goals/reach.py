"""How far a date reaches: one ordered table of rules that say whether it holds in the next sentence of its paragraph.

A date is firm (到2025年, 6月底前), or loose and only names its time: a period of years (“十五五”时期) or a part of one
(今年). The first rule that applies to a sentence decides. What a date does inside its own sentence is in
feeds.plan.goals.runs.

A rule's verdict is whether the date holds. In the examples ‖ stands before the sentence that is judged.
"""

import re
from typing import NamedTuple

from feeds.plan.clauses import Line
from feeds.plan.goals import phrases
from feeds.plan.goals.scope import Scope
from feeds.plan.grammar.times import Time
from feeds.plan.rule import OUTRIGHT, Rule, first_of, table_of


class FollowingSentence(NamedTuple):
    """A sentence after the first of its paragraph, with the dates in it and the scope that the one before it leaves."""

    line: Line
    start: int
    end: int
    times: list[Time]
    scope: Scope
    outside: bool
    """Somebody says it who does not speak for the issuer."""

    def matches(self, pattern: re.Pattern[str]) -> bool:
        """Whether the sentence begins with what the pattern describes."""
        return pattern.match(self.line.plain, self.start, self.end) is not None

    def has(self, pattern: re.Pattern[str]) -> bool:
        """Whether what the pattern describes stands in the sentence before its first date."""
        until = self.times[0].start if self.times else self.end
        return pattern.search(self.line.plain, self.start, until) is not None


_LEAD = 8
"""Characters before a sentence's first date that can only lead it in."""
_NEW_FRAME = re.compile(
    r"[”]?(?:《|这|此外|另外|会议|记者|据|上述|他|她|对此|目前|近年|截至|其次|值得|专家|业内|分析|与此相关|"
    r"(?:规划|方案|意见|通知|办法|纲要|计划|文件|报告|条例|措施|要点|政策)(?:还|也|同时|明确|提出|要求|指出|强调|规定)|"
    r"[一二两三四五六七八九十\d]{1,3}[大项个][^，。；：]{2,8}(?:分别|包括|即|是|为)|"
    r"[\u4e00-\u9fff]{2,14}(?:负责人|负责同志|发言人|主任|部长|司长|局长|省长|市长))"
)
_SOFT_FRAME = re.compile(
    r"(?:要求|围绕|为此|下一步|针对|在[^，]{2,20}(?:方面|上|中)，|我们|主要|重点|作为|从[^，]{1,14}看|根据|按照|通过|为了?|"
    r"要|还|（|第[一二三四]|[一二三四五六七八九]是)"
)
_LOOKS_BACK = re.compile(
    r"同比|环比|去年|上年|已经|已[建累完实达有成]|累计(?!新增|完成)|以来|截至|数据显示|过去|取得了|达到了|增长了|位居全国|[^，。]了[^，。]{0,12}$|"
    r"目前|正在|是一[项个种场条]|意义重大|具有[^，。]{2,8}意义|是[^，。]{2,14}(?:之年|关键期|基础|保障|要求|支撑)$"
)
_RELIEF = re.compile(r"(?:延[至长期]|延续)(?!.{0,4}寿)|免[收征]|减[免征]|缓缴|补贴标准|给予[^，。]{0,12}(?:补|奖)")
_WORKS = re.compile(
    r"(?:优化|推动|支持|加强|推进|组织|引导|鼓励|开展|强化|深化|加快|实施|落实|统筹|聚焦|坚持)(?!的)[^，。；]{2,24}(?:，|$)"
    r"(?![^。]{0,20}(?:更加|明显|显著|基本|初步|大幅))"
)
_GOES_ON_WITH = re.compile(
    r"(?:同时|并|还将|也将|将|要(?!求)|力争|确保|努力|争取|进一步|不断|持续|继续|加快|加强|加大|推进|推动|深化|完善|健全|建设|建成|打造|构建|"
    r"培育|发展|实施|开展|支持|促进|提升|提高|优化|扩大|强化|巩固|保障|改善|统筹|积极|大力|全面|深入|着力|稳步|有序|聚焦|落实|"
    r"做好|做强|做优|用好|抓好|新增|新建|改造|完成|实现|启动|布局|拓展|创新|鼓励|引导|组织|奋力|壮大|守住|筑牢|让|使|切实|争创|突破|"
    r"向[“‘]|再|严格|稳定|保持|争|抢抓|力促|办好|增强|激发|释放)"
)

REACHES: tuple[Rule[FollowingSentence, bool], ...] = table_of(
    "reach",
    ("a question sets no aim", lambda s: s.line.plain.startswith("？", s.end), False, OUTRIGHT),
    ("another voice", lambda s: s.outside, False, OUTRIGHT),
    (
        "a list that was announced",
        lambda s: s.scope.figures_only or (s.scope.announced and s.matches(phrases.SIDE)),
        True,
        OUTRIGHT,
    ),
    ("another date takes over", lambda s: bool(s.times) and s.times[0].start <= s.start + _LEAD, True, OUTRIGHT),
    (
        "the sentence says that it goes on",
        lambda s: (
            s.matches(phrases.THEN) or (s.line.plain.startswith(phrases.GOES_ON, s.start) and not s.scope.monthly)
        ),
        True,
        OUTRIGHT,
    ),
    ("a new frame", lambda s: s.matches(_NEW_FRAME), False, OUTRIGHT),
    ("a look back", lambda s: s.has(_LOOKS_BACK), False, OUTRIGHT),
    ("a relief's terms", lambda s: s.has(_RELIEF), False, OUTRIGHT),
    ("works after a firm date", lambda s: s.scope.firm and not s.scope.loose and s.matches(_WORKS), False, OUTRIGHT),
    (
        "an outcome under a firm date",
        lambda s: s.scope.firm and s.scope.lasting and not s.matches(_SOFT_FRAME) and s.has(phrases.OUTCOME),
        True,
        OUTRIGHT,
    ),
    ("works of a period of years", lambda s: s.scope.epoch and s.scope.loose, True, OUTRIGHT),
    (
        "works of the year go on with a verb",
        lambda s: (
            s.scope.lasting and s.scope.loose and not s.scope.monthly and not s.scope.years and s.matches(_GOES_ON_WITH)
        ),
        True,
        OUTRIGHT,
    ),
    ("nothing joins it to the date", lambda _: True, False, OUTRIGHT),
)


def reach_of(sentence: FollowingSentence) -> Rule[FollowingSentence, bool]:
    """The first rule that applies; the last one always does."""
    return first_of(REACHES, sentence) or REACHES[-1]
