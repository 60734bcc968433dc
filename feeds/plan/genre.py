"""What kind of article this is, and who speaks in it: a plan, or the market, a company, an accident, a statistic.

A plan has a document that is issued, or a public body that says what is to be done. What an analyst expects is no plan.
"""

import re
import sys
from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from feeds.agencies import province_rows
from feeds.plan.clauses import Line, Paper
from feeds.plan.rule import DOUBT, SURE, Rule, first_of, table_of

Kind = Literal["plan", "doubtful", "none"]
"""A plan, one that is shown with low confidence, or no plan."""

_OPINES = r"[^。；]{0,30}?(?:认为|表示|指出|称|说|分析|预计|预测|测算|估算|告诉|坦言|看来|建议|介绍|显示|强调)"
# One pattern for each way to begin, so that a text is searched by its first characters alone: every alternative of a
# pattern opens with a character, none with a group.
_OUTSIDE = (
    re.compile(
        r"(?:教授|分析师|首席|研究员|经济学家|专家|证券|研究院|研究中心|研究所|咨询|业内人士|大学|学院|"
        r"机构|组织(?=[^，。；]{0,8}预[计测])|研报|"
        r"基金经理|律师|投行|智库|总裁|董事长|董事|创始人|合伙人|协会|学会|商会|联合会|会长)"
        rf"{_OPINES}"
    ),
    re.compile(
        r"(?:某|一[位名]|银行|公司|企业|市场|行业|业[界内]|券商|基金|中心|集团|分析|投资|金融)[^，。；、]{0,6}人士"
        rf"{_OPINES}"
    ),
    re.compile(
        r"记者[^，。]{0,12}从(?![^，。]*(?:部|委|局|厅|署|政府|办|会|院|省|市|县|区|行|海关|司|中心))[^，。]{2,16}(?:了解到|获悉)"
    ),
    re.compile("该(?<![^，。；“\n]该)(?:行|企业|集团|券商|基金)(?![业动政为程])"),
    re.compile("公司(?:(?<![^，。“]公司)|(?<=[该我本]公司)(?<![^，。“].公司))(?![法治债])"),
    re.compile(r"(?:公司|集团)[^。；，]{0,16}(?:表示|公告|披露|透露|回应称|计划|拟投资)"),
)
_FORECAST = re.compile(
    r"(?:^|(?<=[。”]))(?![^，。]{0,10}(?:[部委局厅署会省市县]|《|政府|国务院|规划|方案|意见))[^，。]{2,10}(?:预计|预测)，"
)
_FORESEES = re.compile("预[计测]，")  # searched before it, for it may begin anywhere
_NAMED = re.compile(
    r"(?:教授|分析师|研究员|经济学家|专家|院长|副院长|主任|所长|首席[^，。、]{0,8}|总裁|董事长|创始人|"
    r"合伙人|律师|经理)([\u4e00-\u9fff]{2,3}?)"
    r"(?:在接受|认为|表示|指出|告诉|对[^，。]{2,14}记者|向[^，。]{0,10}记者|分析|坦言|称|说)"
)
_SAYS = "(?:认为|表示|指出|说|坦言|分析|看来|强调|称|介绍|建议)"


_MARKET = re.compile(
    r"股价|涨停|跌停|净利|营业收入|营收|券商|研报|市值|股东|收盘|A股|环比|同比|板块|指数|公告称|"
    r"上市公司|报收|跌幅|涨幅|季报|年报|业绩|"
    r"股份|持股|比上月|临界点|机构投资者|董事会|减持|增持|回购|融资余额|主力资金|点位"
)
_INTENT = re.compile(
    r"将|(?<![主需首重紧])要(?!求|闻|素)|推进|加强|完善|健全|加快|落实|强化|推动|支持|鼓励|确保|深化|"
    r"提升|实施|优化|建立|严厉|考虑|目标"
)
_PUBLIC = re.compile(
    r"国务院|中共中央|政府工作报告|常务会议|工作(?:电视|视频|电话|推进|部署|动员|座谈){0,2}会议|"
    r"(?:央行|人民银行|证监会|银保监会|发改委|工信部)(?:[^，。；]{0,16})(?:召开|表示|印发|要求|部署|发布|明确)|"
    r"专题会议|座谈会|吹风会|新闻发布会|专项整治|"
    r"专项行动|两会|政治局会议|中央经济工作会议|"
    r"[\u4e00-\u9fff]{2}(?:部|委|厅|局|政府|办公室|委员会|法院|检察院|管理部|海关|央行|人民银行)"
    r"(?:[^。，；]{0,16})(?:获悉|表示|召开|印发|通知|指出|要求|负责人|介绍|举行|发布|部署|提出|明确|"
    r"决定|出台|推出|宣布|启动|开展|下发|发文|回应|同意)|"
    r"[\u4e00-\u9fff]{2}[部委厅局]："
)
_STATISTIC = re.compile(r"同比|环比|比上月|比上年|较上年|百分点|累计|提前完成|历史性|居世界|居全球|亮眼|成就")
_MOVED = re.compile(r"(?:增长|下降|上升|回落|减少)[\d.]+%(?!以|左|的|目标|或)")
_AIMED = re.compile(r"目标|预期|力争|确保|到20\d\d|要|今年(?!以来|前|\d)|[^，。]{2,8}(?:提出|明确)，")
_ACCIDENT = re.compile(r"被困|遇难|获救|失联|伤者|受伤|死亡|送医|救援|搜救|起火|坍塌|涌水|险情|升井")
_NUMBERED = re.compile(r"〔(?<=[\u4e00-\u9fff]〔)20\d\d〕\d+号")
_FOREIGN = re.compile(
    r"美国|美联储|美元指数|白宫|华尔街|拜登|欧盟|欧洲|欧央行|欧元区|英国|德国|法国|俄罗斯|日本|韩国|印度(?!尼)|"
    r"澳大利亚|加拿大|国际货币基金组织|世界银行|经合组织|世贸组织|联合国(?!.{0,8}倡议)|全球(?:经济|通胀|央行)|发达经济体|成员国|巴西|土耳其|越南|新加坡|乌克兰|外媒|美媒|英媒|全球央行|各国央行"
)
_HOME = re.compile(
    r"我国|中国|国务院|全国(?!性)|我省|我市|全省|全市|全区|各省|各地|各级|中央|部门|人民政府|省政府|市政府|"
    r"工信部|发改委|发展改革委|财政部|商务部|人民银行|证监会|银保监会"
)
_HEAD = 1200
"""Characters in which a report names who acts; a public body named only later is background."""
_MARKET_SHARE = 12.0
_INTENT_SHARE = 3.0
_ACCIDENT_SHARE = 8.0
_PUBLIC_AIM = re.compile(
    r"(?:到20\d\d年|到二[〇零]|到“十[四五六]五”末|“十[四五六]五”(?:时期|期间)|年底前|[今明]年|20\d\d年|\d月底前)[^。]{0,60}?"
    r"(?:将(?!近)|要(?!求|素)|力争|确保|达到|完成|实现|建成|计划|安排)|(?:印发|发布|出台)[^。]{0,40}《"
)


_PLACED = re.compile(rf"我国|全[国省市]|我[省市]|求是|(?:{'|'.join(name for row in province_rows() for name in row)})")


class Signs:
    """What an article's words say of its kind, counted once. Shares are words per thousand characters.

    The shares are set wide apart: a market report uses its words twenty to forty times in a thousand characters, a
    report of measures less than four; a plan says 将, 要, 推进, 完善 four times or more.
    """

    def __init__(self, paper: Paper, *, documents: bool, told: bool) -> None:
        self.documents = documents
        """It has a document that has just come out."""
        self.told = told or _NUMBERED.search(paper.body) is not None
        """It speaks of a document, or prints one's number."""
        size = max(len(paper.body), 200) / 1000
        self.market = len(_MARKET.findall(paper.body)) / size
        self._size = size
        self._paper = paper
        self._head = paper.title + "\n" + paper.body[:_HEAD]

    @cached_property
    def intents(self) -> int:
        """Words of intent."""
        return len(_INTENT.findall(self._paper.body))

    @property
    def intent_share(self) -> float:
        """Words of intent per thousand characters."""
        return self.intents / self._size

    @cached_property
    def accidents(self) -> int:
        """Words of accident and rescue."""
        return len(_ACCIDENT.findall(self._paper.body))

    @property
    def accident_share(self) -> float:
        """Words of accident per thousand characters."""
        return self.accidents / self._size

    @property
    def foreign(self) -> bool:
        """More is said of other countries than of this one."""
        body = self._paper.body
        abroad = len(_FOREIGN.findall(body))
        return abroad > 0 and abroad > 2 * len(_HOME.findall(body))

    @cached_property
    def statistic(self) -> bool:
        """It tells more of what rose and fell than of what is intended."""
        told = len(_STATISTIC.findall(self._paper.body)) + _moves_told(self._paper)
        return told > self.intents

    @property
    def public(self) -> bool:
        """A public body speaks or acts in its first paragraphs."""
        return _PUBLIC.search(self._head) is not None

    @property
    def placed(self) -> bool:
        """It names the country, a province or 我省 in its first paragraphs."""
        return _PLACED.search(self._head) is not None

    @property
    def public_aim(self) -> bool:
        """A dated aim stands in it, or a document that is issued."""
        return _PUBLIC_AIM.search(self._paper.body) is not None


GENRES: tuple[Rule[Signs, Kind], ...] = table_of(
    "genre",
    ("what other countries intend", lambda s: s.foreign, "none", SURE),
    (
        "a market report beside a document that has come out",
        lambda s: s.documents and s.market >= _MARKET_SHARE,
        "doubtful",
        DOUBT,
    ),
    ("a market report", lambda s: s.market >= _MARKET_SHARE, "none", SURE),
    ("a document", lambda s: s.documents or s.told, "plan", SURE),
    ("an accident", lambda s: s.accidents > s.intents and s.accident_share >= _ACCIDENT_SHARE, "none", SURE),
    (
        "statistics",
        lambda s: s.statistic and not (s.public and s.public_aim and s.intent_share >= _INTENT_SHARE),
        "none",
        SURE,
    ),
    ("statistics beside a public body's aims", lambda s: s.statistic, "doubtful", DOUBT),
    ("what a public body will do", lambda s: s.public and s.intent_share >= _INTENT_SHARE, "plan", SURE),
    (
        "a dated aim of a place or a body",
        lambda s: s.public_aim and s.placed and s.intent_share >= _INTENT_SHARE,
        "doubtful",
        DOUBT,
    ),
    ("nothing of the public's", lambda _: True, "none", SURE),
)


def genre_of(paper: Paper, *, documents: bool, told: bool = False) -> Rule[Signs, Kind]:
    """The first genre that applies. `documents`: one has just come out; `told`: the article only speaks of one."""
    return first_of(GENRES, Signs(paper, documents=documents, told=told)) or GENRES[-1]


def _moves_told(paper: Paper) -> int:
    """How often a sentence that sets no aim tells what rose or fell by how much (出口增长31%，进口下降2%)."""
    sentences = (line.plain[start:end] for line in paper.lines for start, end in line.sentences)
    return sum(len(_MOVED.findall(text)) for text in sentences if "%" in text and not _AIMED.search(text))


_WORD_BACK = re.compile(
    r"[”]?(?:《|根据|按照|会议|(?:规划|方案|意见|通知|办法|纲要|计划)(?:还|也)?(?:提出|明确|要求|指出)|"
    r"[\u4e00-\u9fff]{2,14}(?:部|委|局|署|厅|政府|负责人)(?:提出|表示|要求|明确|印发|介绍|指出))"
)


def _speaks_outside(text: str, start: int = 0, end: int = sys.maxsize) -> bool:
    """Whether the stretch has the word of somebody who issues nothing."""
    if any(way.search(text, start, end) for way in _OUTSIDE):
        return True
    return _FORESEES.search(text, start, end) is not None and _FORECAST.search(text, start, end) is not None


class Voices:
    """The people in an article who do not speak for the issuer."""

    def __init__(self, paper: Paper) -> None:
        names = set(_NAMED.findall(paper.body)) if "记者" in paper.body or "认为" in paper.body else set()
        body = paper.body
        self._names = re.compile(f"(?:{'|'.join(sorted(names))}){_SAYS}") if names else None
        self._any = self._names is not None or _speaks_outside(body)
        self._line: Line | None = None
        self._outside: frozenset[int] = frozenset()

    def is_outside(self, line: Line, start: int) -> bool:
        """Whether the sentence that begins at `start` is an outsider's word."""
        if not self._any:
            return False
        if line is not self._line:
            self._line, self._outside = line, frozenset(self._spoken(line))
        return start in self._outside

    def _spoken(self, line: Line) -> Iterator[int]:
        """Where the sentences of outsiders begin: a speaker's own, those after it, and a quotation before it.

        Whoever has begun to speak speaks on to the paragraph's end, or until a document or a body has the word again.
        """
        quoted: list[int] = []
        speaking = False
        for start, end in line.sentences:
            says = _speaks_outside(line.plain, start, end) or (
                self._names is not None and self._names.search(line.plain, start, end)
            )
            if says:
                yield from quoted
                speaking = True
            elif speaking and _WORD_BACK.match(line.plain, start):
                speaking = False
            if speaking:
                yield start
            if line.plain.startswith("“", start):
                quoted = [start]
            elif quoted:
                quoted.append(start)
