"""How far a date reaches: one ordered table of rules that say whether it holds in the next sentence of its paragraph.

A date is firm (到2025年, 6月底前), or loose and only names its time: a period of years (“十五五”时期) or a part of one
(今年). The first rule that applies to a sentence decides. What a date does inside its own sentence is in
feeds.plan.goals.runs.

In the examples ‖ stands before the sentence that is judged: `taken` are those to which the rule applies and gives its
verdict, `refused` those in which another rule must decide otherwise.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from feeds.plan.clauses import Line
from feeds.plan.goals import phrases
from feeds.plan.goals.ledger import Scope
from feeds.plan.times import Time


class Sentence(NamedTuple):
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


class Reach(NamedTuple):
    """One rule: what it is called, whether the date holds where it applies, and its examples."""

    name: str
    holds: bool
    applies: Callable[[Sentence], bool]
    taken: tuple[str, ...]
    refused: tuple[str, ...] = ()


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

REACHES: tuple[Reach, ...] = (
    Reach(
        "a question sets no aim",
        False,
        lambda s: s.line.plain.startswith("？", s.end),
        ("到2025年，集市布局更加合理。‖夜市活力怎样明显提升？", "今年将新建集市20个。‖还有哪些集市将改造？"),
    ),
    Reach(
        "another voice",
        False,
        lambda s: s.outside,
        (
            "到2025年，集市布局更加合理。‖有分析师认为，夜市交易额显著提升。",
            "到2030年，水网基本建成。‖业内人士表示，投资稳步增加。",
        ),
    ),
    Reach(
        "a list that was announced",
        True,
        lambda s: s.scope.figures_only or (s.scope.announced and s.matches(phrases.SIDE)),
        (
            "会议明确了明年的主要目标。‖在供应方面，新增摊位2000个。",
            "会议确定了明年的工作目标。‖在管理方面，覆盖率达到90%。",
        ),
    ),
    Reach(
        "another date takes over",
        True,
        lambda s: bool(s.times) and s.times[0].start <= s.start + _LEAD,
        ("到2025年，集市布局更加合理。‖到2030年，集市全面建成。", "今年将新建集市20个。‖明年将改造夜市10个。"),
    ),
    Reach(
        "the sentence says that it goes on",
        True,
        lambda s: (
            s.matches(phrases.THEN) or (s.line.plain.startswith(phrases.GOES_ON, s.start) and not s.scope.monthly)
        ),
        (
            "到2025年，集市覆盖率达到90%。‖同时，夜市活力显著增强。",
            "到2030年，水网基本建成。‖届时，供水保证率将达到95%。",
        ),
    ),
    Reach(
        "a new frame",
        False,
        lambda s: s.matches(_NEW_FRAME),
        (
            "到2025年，集市布局更加合理。‖《规划》还提出，完善夜市管理。",
            "“十五五”时期，将加快建设集市。‖会议要求，加强组织领导。",
            "到2025年，集市布局更加合理。‖此外，夜市管理全面加强。",
        ),
        ("“十五五”时期，将加快建设集市。‖推动夜市提质升级。",),
    ),
    Reach(
        "a look back",
        False,
        lambda s: s.has(_LOOKS_BACK),
        (
            "“十五五”时期，将加快建设集市。‖集市交易额同比增长5%。",
            "今年将新建集市20个。‖夜市已建成30个。",
        ),
    ),
    Reach(
        "a relief's terms",
        False,
        lambda s: s.has(_RELIEF),
        ("今年将新建集市20个。‖将减免摊位费的办法延长到年底。", "今年将改造夜市。‖对小微摊主免收租金。"),
    ),
    Reach(
        "works after a firm date",
        False,
        lambda s: s.scope.firm and not s.scope.loose and s.matches(_WORKS),
        (
            "到2025年，集市布局更加合理。‖优化摊位设置，支持夜市发展。",
            "到2030年，水网基本建成。‖推动管理提升，引导各方参与。",
        ),
        ("到2025年，集市布局更加合理。‖优化的夜市格局基本形成。",),
    ),
    Reach(
        "an outcome under a firm date",
        True,
        lambda s: s.scope.firm and s.scope.lasting and not s.matches(_SOFT_FRAME) and s.has(phrases.OUTCOME),
        ("到2025年，集市布局更加合理。‖夜市活力显著提升。", "到2030年，水网基本建成。‖用水效率明显提高。"),
        ("到2025年，集市布局更加合理。‖要完善管理制度，明确责任。",),
    ),
    Reach(
        "works of a period of years",
        True,
        lambda s: s.scope.epoch and s.scope.loose,
        (
            "“十五五”时期，山东将加快建设集市。‖推动夜市升级。‖织密物流网络。",
            "未来五年，将加快建设水网。‖推进灌区现代化改造。",
        ),
    ),
    Reach(
        "works of the year go on with a verb",
        True,
        lambda s: (
            s.scope.lasting and s.scope.loose and not s.scope.monthly and not s.scope.years and s.matches(_GOES_ON_WITH)
        ),
        ("今年将新建集市20个，完善管理制度。‖推动夜市提质升级。", "2023年，将加快水网建设。‖新增灌溉面积20万亩。"),
        ("今年将新建集市20个，完善管理制度。‖集市是百姓生活的一部分。",),
    ),
    Reach(
        "nothing joins it to the date",
        False,
        lambda _: True,
        ("今年将新建集市20个。‖集市管理各地不同。", "6月底前，完成集市改造。‖摊主反映良好。"),
    ),
)


def reach_of(sentence: Sentence) -> Reach:
    """The first rule that applies."""
    return next(rule for rule in REACHES if rule.applies(sentence))
