"""Invented articles, the same for the same seed: for the archive's tests and for the benchmarks.

The agencies are real, their plans are not. About two to three kilobytes of text each.
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from feeds.identity import id_of
from feeds.model import BEIJING, Article, Block, Document, Goal, Group, Item, Plan, Span

AGENCIES = (
    "工信部",
    "发改委",
    "财政部",
    "商务部",
    "农业农村部",
    "生态环境部",
    "交通运输部",
    "人民银行",
    "市场监管总局",
    "国家能源局",
)
SOURCES = ("国内滚动", "宏观经济", "部委动态", "金融新闻", "7x24")
CATEGORIES = (
    ("金融", "要闻", "国内"),
    ("金融", "要闻", "宏观"),
    ("产业", "制造"),
    ("产业", "能源"),
    ("地方", "沿海"),
    ("部委动态",),
)
FIELDS = (
    "绿色船舶",
    "智能仓储",
    "冷链物流",
    "海水淡化",
    "工业软件",
    "再生材料",
    "数字档案",
    "乡村电商",
    "节水灌溉",
    "轨道装备",
    "氢能重卡",
    "城市更新",
)
DEEDS = (
    "标准体系建设",
    "骨干企业培育",
    "公共平台共享",
    "人才联合培养",
    "试点示范推广",
    "安全监测预警",
    "融资服务对接",
    "国际规则互认",
)
TAILS = (
    "有关负责人在发布会上介绍，各地要结合实际细化措施，按季度报送进展。",
    "方案提出，到期未完成的事项由牵头单位说明原因，并提出补救办法。",
    "参与起草的专家认为，关键在于把已有的设施连成网，而不是重复建设。",
    "文件还要求压缩审批环节，企业提交一次材料即可在多个窗口办理。",
    "资金安排上以存量调整为主，新增部分向中西部和老工业城市倾斜。",
    "评估将引入第三方机构，结果向社会公开，接受监督。",
)
NUMERALS = "零一二三四五六七八九"
NEWEST = datetime(2024, 3, 1, 18, 0, tzinfo=BEIJING)


def _plan(agency: str, field: str, year: int, lead: str, names: list[str]) -> Plan:
    count = len(names)
    label = f"{NUMERALS[count]}项行动"
    spans = [Span(1, lead.index(name), lead.index(name) + len(name)) for name in names]
    group = Group(label, count, Span(1, 0, len(label)), tuple(map(Item, names, spans)))
    document = Document(f"{field}发展行动方案", (agency,), None, Span(0, 0, 2))
    goal = Goal(str(year), f"{field}形成规模", Span(2, 0, 4))
    return Plan(documents=(document,), groups=(group,), goals=(goal,), agencies=(agency,), code="")


def article(number: int, seed: int = 0, *, every: timedelta = timedelta(minutes=5)) -> Article:
    """The `number`th article before `NEWEST`, one `every` so often."""
    dice = random.Random(f"{seed}/{number}")  # noqa: S311 -- invented texts, no secrets
    agency, field = dice.choice(AGENCIES), dice.choice(FIELDS)
    year, count = dice.randint(2025, 2035), dice.randint(3, 6)
    names = [f"{field}{deed}" for deed in dice.sample(DEEDS, count)]
    published = NEWEST - number * every - timedelta(seconds=dice.randint(0, 59))
    key = f"comos:zwcorpus{seed:03}{number:08}"
    has_plan = dice.random() < 0.4
    lead = f"{NUMERALS[count]}项行动包括：{'、'.join(names)}。"
    paragraphs = [f"{published.month}月{published.day}日，{agency}发布《{field}发展行动方案》，编号第{number}号。"]
    paragraphs += [lead, f"到{year}年，{field}形成规模，覆盖{dice.randint(20, 300)}个市县。"]
    paragraphs += [
        f"在{dice.choice(FIELDS)}方面，{dice.choice(AGENCIES)}将推进{dice.choice(DEEDS)}，{dice.choice(TAILS)}"
        for _ in range(dice.randint(10, 16))
    ]
    return Article(
        id=id_of(key),
        keys=(key, f"https://news.example/{seed}/{number}.shtml"),
        title=f"{agency}：到{year}年{field}覆盖{dice.randint(20, 300)}个市县 第{number}期",
        published=published,
        seen=published + timedelta(minutes=2),
        url=f"https://news.example/{seed}/{number}.shtml",
        sources=(dice.choice(SOURCES),),
        categories=(dice.choice(CATEGORIES),),
        origin=dice.choice(("新华社", "经济日报", "中国政府网")),
        blocks=tuple(map(Block, paragraphs)),
        plan=_plan(agency, field, year, lead, names) if has_plan else Plan(agencies=(agency,)),
    )


def articles(n: int, seed: int = 0, *, every: timedelta = timedelta(minutes=5)) -> Iterator[Article]:
    """`n` articles, the newest first."""
    return (article(number, seed, every=every) for number in range(n))
