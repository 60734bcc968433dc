"""What holds for every text: places, metamorphic changes, and work that grows no faster than the text."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.export.plans import plan_json
from feeds.model import BEIJING, Article, Block, Group, Item, Plan, Span
from feeds.plan import plan_of

ROOT = Path(__file__).resolve().parents[2]

FRAGMENTS = [
    "商务部", "国务院", "印发", "《集市规划》", "（以下简称《规划》）", "提出", "到2025年，",
    "“十四五”期间，", "6月底前", "今年",
    "三项任务", "“两步走”", "4个方面", "十大工程", "20条措施", "包括", "分别是", "：", "，", "。", "；", "、",
    "和", "等", "以及",
    "一是", "二是", "三是", "第一，", "首先，", "其次，", "（一）", "（二）", "一、", "1.", "2．", "①",
    "加强管理", "道路工程",
    "覆盖率", "达到", "90%", "13.5%以上", "比2020年", "分别下降", "8个", "三分之一", "“", "”", "《", "》",
    "（", "）", "在修路方面，",
    "将", "要", "——", "●", "某教授认为，", "１２", "4，000亿元", "\u3000", "𠮷", "é",
]  # fmt: skip
WHEN = datetime(2022, 3, 20, tzinfo=BEIJING)


def _article(*texts: str) -> Article:
    return Article(id="x", keys=("x",), title="", published=WHEN, seen=WHEN, blocks=tuple(map(Block, texts)))


paragraphs = st.lists(st.lists(st.sampled_from(FRAGMENTS), max_size=24).map("".join), max_size=6)


def _groups(groups: tuple[Group, ...]) -> Iterator[tuple[str, Span]]:
    for group in groups:
        yield group.label, group.span
        yield from _items(group.items)


def _items(items: tuple[Item, ...]) -> Iterator[tuple[str, Span]]:
    for item in items:
        yield item.title, item.span
        yield from _items(item.items)
        yield from _groups(item.groups)


def _every(groups: tuple[Group, ...]) -> Iterator[Item]:
    """Every item at any depth."""
    stack = [item for group in groups for item in group.items]
    while stack:
        item = stack.pop()
        yield item
        stack += [*item.items, *(inner for group in item.groups for inner in group.items)]


@settings(max_examples=400, deadline=None)
@given(paragraphs)
def test_every_string_stands_at_its_place(texts: list[str]) -> None:
    article = _article(*texts)
    plan = plan_of(article)
    exact = [*_groups(plan.groups), *((goal.text, goal.span) for goal in plan.goals)]
    for text, span in exact:
        assert article.paragraphs[span.p][span.start : span.end] == text
    for item in _every(plan.groups):
        assert item.span.start < item.span.end
    for target in plan.targets:
        quote = article.paragraphs[target.span.p][target.span.start : target.span.end]
        assert target.indicator in quote
        assert target.value in quote
    for document in plan.documents:
        if document.span is not None and "《" in article.paragraphs[document.span.p]:
            span = document.span
            assert article.paragraphs[span.p][span.start : span.end] == document.title


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(alphabet="《》“”（）、，。；一二三是到2025年%提出项任务", max_size=80), max_size=4))
def test_no_text_makes_it_fail(texts: list[str]) -> None:
    assert plan_json(_article(*texts))["paragraphs"] == texts


names = st.lists(st.text(alphabet="修建路棚水电灯井渠", min_size=2, max_size=4), min_size=3, max_size=9, unique=True)
NUMERALS = "零一二三四五六七八九十"


def _told(items: list[str], numeral: str, mark: str) -> Plan:
    listed = mark.join(f"{NUMERALS[i]}是加强{item}" for i, item in enumerate(items, start=1))
    text = f"商务部近日印发《集市规划》。《集市规划》部署{numeral}项任务。{listed}。到2025年，集市覆盖率达到90%。"
    return plan_of(_article(text))


def _titles(plan: Plan) -> list[str]:
    return [item.title for item in plan.groups[0].items]


@given(names)
def test_the_dress_of_the_number_and_the_mark_between_items_change_nothing(items: list[str]) -> None:
    plans = [
        _told(items, numeral, mark) for numeral in (NUMERALS[len(items)], str(len(items))) for mark in ("；", "。")
    ]
    assert all(_titles(plan) == [f"加强{item}" for item in items] for plan in plans)
    assert {plan.groups[0].declared for plan in plans} == {len(items)}
    assert {plan.groups[0].status for plan in plans} == {"complete"}
    assert {plan.targets[0].value for plan in plans} == {"90"}


@given(names, st.data())
def test_two_items_swapped_are_swapped(items: list[str], data: st.DataObject) -> None:
    i, j = (data.draw(st.integers(0, len(items) - 1)) for _ in range(2))
    swapped = list(items)
    swapped[i], swapped[j] = swapped[j], swapped[i]
    before = _titles(_told(items, NUMERALS[len(items)], "；"))
    after = _titles(_told(swapped, NUMERALS[len(items)], "；"))
    before[i], before[j] = before[j], before[i]
    assert before == after


@given(names)
def test_the_last_item_deleted_makes_the_group_short(items: list[str]) -> None:
    plan = _told(items[:-1], NUMERALS[len(items)], "；")
    assert plan.groups[0].status == "short"
    assert _titles(plan) == [f"加强{item}" for item in items[:-1]]


HOSTILE = """
from datetime import datetime
from feeds.model import BEIJING, Article, Block
from feeds.plan import plan_of

HEAD = "商务部印发《集市规划》，提出三项任务，到2025年，"
N = 100_000
TEXTS = [
    "、" * N, "，" * N, "《" * N, "《" * (N // 2) + "》" * (N // 2), "（" * (N // 2) + "）" * (N // 2),
    "“" * N, "1" * N,
    "1," * (N // 2), "1.1" * (N // 3), "一" * N, "一是" * (N // 2), "甲、" * (N // 2), "三项任务" * (N // 4),
    "甲、乙、丙三项任务，" * (N // 10), "三项任务包括" * (N // 6), "主要" * (N // 2), "重点" * (N // 2),
    "分别" * (N // 2),
    "到2025年" * (N // 6), "达到90%，" * (N // 6), "一是甲；二是乙。" * (N // 8), "《甲乙丙丁》、" * (N // 7),
    "由" * N, "的目标" * (N // 3),
    "下降8%、8%、" * (N // 8), "在甲方面，" * (N // 5), "以及" * (N // 2), "和" * N, "印发" * (N // 2),
    "国务院、" * (N // 4),
    "联合" * (N // 2), "“甲”" * (N // 3), "等" * N, " " * N, "省市" * (N // 2), "中国" * (N // 2),
    "2020——" * (N // 6),
    "教授" * (N // 2), "第一，" * (N // 3), "（一）" * (N // 3), "三项" + "甲" * N, "20条" * (N // 3),
    "6月底前甲乙丙丁，" * (N // 9),
]
now = datetime(2022, 3, 20, tzinfo=BEIJING)
for text in TEXTS:
    for head in ("", HEAD):
        plan_of(Article(id="x", keys=("x",), title=text, published=now, seen=now, blocks=(Block(head + text),)))
"""


def test_hostile_text_takes_no_more_than_its_length() -> None:
    # Eighty texts of 100,000 characters: linear work is some seconds, quadratic work is hours.
    subprocess.run([sys.executable, "-c", HOSTILE], cwd=ROOT, check=True, timeout=300)
