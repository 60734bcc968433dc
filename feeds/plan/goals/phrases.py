"""The words by which a clause shows what it is: an aim, a report, a frame, the head of a list."""

import re

from feeds.agencies import province_rows
from feeds.plan.clauses import Line, trimmed
from feeds.plan.grammar.quantities import has_quantity

WILL = re.compile(
    r"将(?!近)|(?<![主需首重紧])要(?!求|素|闻|点|领)|力争|确保|争取|计划|拟|全力|继续|着力|加快|推动|推进|完成|实现|"
    r"努力|力求|保持|全面|基本|预期|安排|落实"
)
WANTS = re.compile(r"将(?!近)|(?<![主需首重紧])要(?!求|素|闻|点|领)|力争|确保|争取|计划|拟|全力|预期|力求")
AIMS = re.compile(
    r"(?:确保|保持|实现|力争|完成|保证|争取|要求|落实|推动|促进|务必|必须|将|计划|拟|能够|有信心)[^，。；]{0,14}$"
)
REPORTS = re.compile(
    r"(?:(?:提出|明确|确定|设定)了|提出|明确|要求|指出|强调|指|是|：|力争|计划|确保|预计|将|目标|决定|"
    r"部署|表示|要|规划|通知|意见|方案|其中|即|争取|为|并|且|同时|而|介绍|称|说|“|，|》|提到|设定|"
    r"确定|希望|显示)$"
)
STATED = re.compile(
    r"同比|环比|去年|上年同期|已经|[^完]已[^成]|以来|截至|数据显示|过去|了(?:[，。；]|$)|进入了|面临|"
    r"(?<![为除划出确署排定置])了(?![解结如])|意义重大|生效|施行|至关重要|将(?:召开|迎来|举行)|首次|是[^，。]{0,14}(?:关键期|窗口期|时期|之年|一年|阶段)"
)
REACHED = re.compile(r"去年|(?<!以)上年(?!同期)|已(?:经|达到|达|有|建成|完成|实现|开工)|有望|^目前")
"""What a clause under a date only looks back to, or hopes for."""
DONE = re.compile(r"同比|环比|[^业]已(?!有)|了[，。；]")
OUTCOME = re.compile(
    r"更加|进一步|明显|显著|基本|全面|取得|达到|实现|建成|形成|提升|完善|健全|稳步|持续|大幅|初步|"
    r"突破|增强|有效|不断|提高|下降|得到|稳定|充分|优化|位居|走在|改善"
)
INTRODUCES = re.compile(
    r"(?:以下|如下|下列|这些|几个?)(?:[^，。]{0,8})$|^(?!.{0,4}(?:完成|实现|落实|超额)).{0,14}(?:任务|目标|工作|方面|措施|举措|原则)(?:是|为|包括)?$"
)
FRAMING = re.compile(r"(?:(?<!基本)(?<!更加)(?<!一步)明确|提出|指出|表示|要求|介绍|强调|决定)$")
"""The last two characters of a clause that only says who speaks: 会议指出."""
WITH_FOCUS = re.compile(r"[^，]{0,6}将?以[^，]+为(?:重点|主线|抓手|核心|引领|导向|目标|指导)$")
BY_MEANS = re.compile(
    r"(?:重点|主要|紧紧|并)?(?:通过|围绕|依托|按照|聚焦|以|在|坚持|立足|根据|瞄准|结合)[^，]*"
    r"(?:，(?:重点|主要)?(?:通过|围绕|依托|按照|聚焦|以|在|坚持|立足)[^，]*)*$"
)
COMES_ABOUT = re.compile("(?:基本|全面|初步|总体|加快|显著|明显|进一步|更加|持续|不断)[\u4e00-\u9fff]{2}$")
"""以新能源为主体的电力系统基本建成 begins like a means and is an outcome."""
TURNS = re.compile(
    "(?:具体|简单|总体|总的|概括)(?:来[说看讲]|而言)|也就是说|换句话说|从总体上看|一方面|另一方面|与此同时|在此基础上"
)
"""具体来说，…: what only turns the talk sets no aim."""
LINKS = re.compile("(?:同时，|此外，|(?:届时|到那时|到时候?)，?)?")
"""What joins an aim to the one before it and is no part of it."""
THEN = re.compile("届时|到那时|到时候?(?=[，将])")
"""By the date that was named last."""
AIMS_ARE = re.compile(r"(?:目标|任务)(?:任务)?(?:是|为|包括|如下)?$")
ORDINAL = re.compile(
    r"(?:[一二三四五六七八九十]{1,2}(?:是|要)(?!否)|第[一二三四五六七八九十]{1,2}(?=[，、：]|是)是?|(?:首先|其次|再次|最后)(?:是|要)?|"
    r"（[一二三四五六七八九十\d]{1,2}）|[①-⑳]|\d{1,2}[.、](?!\d)|[一二三四五六七八九十]{1,3}、)[，、：]?"
)
"""An item's ordinal at its clause's head: 二是, 第三，, （四）, 5.新建…"""
CLOSES = re.compile(
    r"结合[^，]{0,12}实际$|欢迎|感谢|(?:特|现)?(?:就|从[^，]{0,8}方面)?(?:特|研究)?(?:制定|提出|出台)(?:以下|如下|本|[\d一二三四五六七八九十]+条)|"
    r"第[一二三四五六七](?:阶段|步|期|个阶段)$"
)
"""A clause that ends what a date governs and is no aim itself: 结合本市实际, 制定以下9条措施, 第二阶段."""
COUNTED = re.compile(
    r"(?:[\d一二两三四五六七八九十]+|几|以下|下列|如下)(?:个|项|件|大|方面|条)?(?:方面)?[^，。]{0,8}(?:工作|任务|实事|目标|指标|大事)(?:项目|清单)?$"
)
"""The count of a year's works before a colon: 今年办好八件民生实事：."""
WORKS = re.compile(r"(?:工作|任务|大事)$")
WORKS_OF = re.compile("工作的.{0,8}任务$")
"""今年水利工作的八项重点任务: the year is an attribute of the tasks."""
PARTS = re.compile(
    r"(?:《[^》]{2,30}》|规划|方案|意见|计划|文件)?(?:提出|部署|明确|实施)了?[一二两三四五六七八九十\d]{1,3}[大项个类条]|"
    r"[“]?[一二两三四五六七八九十\d]{1,3}[大项个][^，。；：]{2,8}$|"
    r"(?:重点|主要|具体|保障)?(?:任务|工程|举措|措施|行动|工作)[：]?$"
)
"""A line of a poster that turns from the aims to the parts: 规划提出五项重点工程."""
DOES_TOO = re.compile(
    "并(?:将|要)?(?:逐步|逐年|不断|持续|稳步|进一步|有序|全面|同步|适时|启动|建成|完成|实现|推进|开展|新建|改造|形成|建立)"
)
GRANTS = re.compile(r"给予|奖补|最高(?:补|奖|不超)|按[^，]{0,12}(?:补助|奖励|补贴)|每[家户人个][^，]{0,4}(?:补|奖)")
"""A rule's parameter: 年底前给予每家20万元补助."""
OVERTAKEN = re.compile(r"(?:原计划|原定|原拟|本应|此前计划)于?$")
SOON = re.compile(r"，?[^，。；]{0,10}?(?:将(?!近|召开|迎来|举行)|力争|确保|拟)")
"""Right behind a loose date: what follows is to come, whatever else the clause tells."""
FIGURES_AGO = re.compile("同比|环比|以来|截至|去年|上年")
DECIDES = re.compile(r"(?:会议|[^，。；]{2,16})(?:决定|要求|提出|明确|部署)，")
"""A sentence in which a body says what is to be done; those after it in its paragraph go on with that."""
EXPECTED = re.compile("预计$")
YEARS_AHEAD = re.compile("未来|今后|接下来")
MUST = re.compile(r"(?:各[^，]{1,8})?(?:要(?!求|素|闻|点|领)|必须|应当|须)")
DOES = re.compile(
    r"实现|完成|建成|形成|达到|建立|全面|基本|初步|力争|启动|投产|投用|通车|全部|组织|开展|出台|推[广开行]|设立|试点"
)
SETS = re.compile(
    r"(?:全[国省市县区州]|我[省市县区])?(?:再|共|计划)?(?:新[增建]|推动|引进|开展|招聘|招录|招募|招收|改造|完成|建[设成]|压减|打造|培育|实施|新?开工|淘汰|筹集|改扩?建|发放|培训|启动|遴选|认定)"
)
AT_LEAST = re.compile(
    "不少于|不低于|不高于|控制在|以内|提高到|提高至|保持在|稳定在|以上|(?<!首次)达到|下降|降至|增[长加]"
)
REACHES = re.compile(AT_LEAST.pattern + "|完成|突破|超过|左右|提升到|降到|压减|新开工")
BEGINS = re.compile("启动|开工|投用|投产|投运|通车|建成|出台")
"""What is begun or finished in a year that has barely begun itself, unless the clause says that it has been."""
BEGUN = re.compile("[了已]")
BY_THEN = re.compile(
    "(?:底|末)?(?:要|将|力争)?(?:达到?|提高[到至]|提升[到至]|增[加长]?[到至]|[升降]至|降低[到至]|控制在|突破|超过|不低于)"
)
"""覆盖率2025年达到95%: what a thing reaches in a year to come."""
FORESEEN = re.compile("预[计测]|有望|可能|或将|或可|料将")
TOLD = re.compile("(?:提出|明确|要求|决定|部署)$")
CAMPAIGN = re.compile(
    r"(?:开展|组织|部署|实施|启动|进行|集中)[^，。；]{0,30}(?:整治|行动|检查|攻坚|活动|排查|治理|执法|会战|清理)"
)
GUIDES = re.compile(r"为指导|指导思想")
BUDGET = re.compile(r"退税|减税|降费|支出|赤字|债券|转移支付|中央预算内投资|补助资金|专项债|让利|缓税|财政")
INTENDS = re.compile(r"将|要|力争|计划|安排|预期|目标|确保|不低于|不少于|预计全年|约|左右|超过|以上")
OF_FIGURE = re.compile("这|该|此|是|也是|主要|重点|其中|由|按|比|较|占|其余|均")
"""…安排100亿元限额，并计入余额: a clause that tells of the figure before it."""
TERM = re.compile("(?:持续|延续)[到至]")
YEAR_OF = re.compile("是[^，]*(?:之年|一年)")
YEAR = re.compile(r"20\d\d|五|世纪|年时间|未来|今后")
FOLLOWS = ("并", "确保", "使", "让", "切实", "明确", "落实")
"""…于6月底前出台细则，确保政策直达: clauses that belong to a dated one before them."""
SIDE = re.compile("在[^，。]{2,20}(?:方面|领域|上|中)，")
ELSEWHERE = re.compile("而|但|不过|[^，]{0,16}(?:则|还|也)(?:提出|明确|要求)")
"""A clause after a ； that turns to something else."""
STAGE = re.compile("为[^，。]{2,12}阶段")
ORDERS = re.compile("(?:《[^》]{2,20}》|会议|方案|通知)?(?:要求|决定|部署|明确|提出)(?:了)?")
"""What leads in a whole clause whose date stands in its middle: 要求各机构在年底前完成改造."""
GOES_ON = ("同时，", "其中")
COMMA = re.compile(r"[，；：](?!(?<=\d：)\d)")  # no comma inside 2：1
BULLET = re.compile(r"\s*(?:——|—|--|[·●▷■◆◇★▲○◎☆]|（?[一二三四五六七八九十\d]{1,2}[）、.．]|[①-⑳])")


ADDRESSES = re.compile("[↓⬇👇]|[你您]|来看|速览|一图读懂|划重点|速读")
"""A poster's line that turns to its reader and ends what stood above it."""


def is_led_in(plain: str, start: int, first: int) -> bool:
    """《办法》指出，到2025年…; but in 各区要于6月底前编制方案 the date stands behind a subject, in mid-clause."""
    lead = REPORTS.search(plain, start, first)
    return lead is not None and not (lead[0] in ("要", "将") and lead.start() > start + 1)


def is_subject(plain: str, start: int, first: int) -> bool:
    """《规划》到2025年, 全省到2025年: a short subject before the date is still its head."""
    return first > start and _SUBJECT.fullmatch(plain, start, first) is not None


_PLACES = "|".join(sorted((name for row in province_rows() for name in row), key=len, reverse=True))
_SUBJECT = re.compile(
    rf"到|力争|在?(?:我国|全国|我[省市县区]|全[省市县区]|各地|(?:{_PLACES})|(?![^，]*[对将把被向])[\u4e00-\u9fff]{{2,10}}[省市县区部委局厅署院])，?"
)
"""Who acts, in front of the date: 安徽今年计划…, 在湖北，今年将…"""


def is_budgeted(plain: str, start: int, end: int) -> bool:
    """Money that the state allots: 安排补助资金5亿元."""
    return BUDGET.search(plain, start, end) is not None and has_quantity(plain, start, end)


def clauses(line: Line, start: int, end: int) -> list[tuple[int, int, str]]:
    """The clauses of a sentence with the mark that closes each."""
    found = []
    at = start
    for match in COMMA.finditer(line.flat, start, end):
        found.append((at, match.start(), match[0]))
        at = match.end()
    found.append((at, end, "。"))
    return [(*trimmed(line.flat, a, b), mark) for a, b, mark in found]


def is_listed(line: Line) -> bool:
    """A bullet, an ordinal, or a short line without a stop: the shapes of a list under a date."""
    return BULLET.match(line.text) is not None or (len(line.text) <= 60 and "。" not in line.text)


_RANKS = (
    re.compile(r"\s*[一二三四五六七八九十]{1,3}、"),
    re.compile(r"\s*（[一二三四五六七八九十]{1,3}）"),
    re.compile(r"\s*\d{1,2}[.、．]"),
    re.compile(r"\s*(?:（\d{1,2}）|[①-⑳])"),
)


def rank_of(line: Line) -> int:
    """How deep a paragraph's ordinal stands, from 1: 一、 （一） 1. （1）; 9 without one."""
    for rank, pattern in enumerate(_RANKS, start=1):
        if pattern.match(line.plain):
            return rank
    return 9


def opens_list(line: Line) -> bool:
    """A paragraph whose date is for what stands under it: 到2025年 alone, or …主要目标如下： (a colon closes it)."""
    text = line.text.rstrip()
    return text.endswith(("：", ":")) or (len(text) <= 30 and not text.endswith(("。", "；")))
