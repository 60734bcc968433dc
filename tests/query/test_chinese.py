"""Filters as people write them: Chinese names of fields and values, and titles that are pasted."""

import re
from datetime import date

import pytest

from feeds.query import FIELDS, parse
from feeds.query.completion import completions, is_half_written
from feeds.query.terms import TextTerm

TODAY = date(2026, 11, 12)
AGENCIES = [("科学技术部", 7), ("国家能源局", 2)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("机构：科技部", "agency:科学技术部"),
        ("機構：国家能源局", "agency:国家能源局"),
        ("部门:能源局 -栏目：快讯", "agency:国家能源局 -cat:快讯"),
        ("到期：2028 有：指标", "due:2028 has:targets"),
        ("到期：<=2028年 含：任务", "due:<=2028 has:groups"),
        ("期限：2026年3月至2027年12月", "due:2026-03..2027-12"),
        ("日期：本周", "date:week"),
        ("日期：昨日 状态：未读", "date:yesterday is:unread"),
        ("发布：2026年3月5日", "date:2026-03-05"),
        ("改动：今天", "changed:today"),
        ("标题：粮食 排序：最相关", "title:粮食 order:rank"),
        ("来源：7x24 标签：种业 数值:>=2亿吨", "source:7x24 tag:种业 value:>=2亿吨"),
    ],
)
def test_a_filter_in_chinese_is_the_same_filter(typed: str, meant: str) -> None:
    query = parse(typed, TODAY)
    assert query.terms() == parse(meant, TODAY).terms()
    assert parse(str(query), TODAY).terms() == query.terms()


def test_each_chinese_name_and_word_belongs_to_one_field() -> None:
    names = [name for field in FIELDS for name in field.chinese]
    assert len(names) == len(set(names))
    assert all(re.fullmatch("[\u4e00-\u9fff]{1,2}", name) for name in names)
    for field in FIELDS:
        words = [word for word, _value in field.chinese_words]
        assert field.chinese
        assert len(words) == len(set(words))
        for word in words:
            assert str(parse(f"{field.chinese[0]}：{word}", TODAY)).startswith(f"{field.name}:") or word in {
                "最新",
                "newest",
            }


@pytest.mark.parametrize(
    "text",
    [
        "农业农村部印发《“十五五”种业振兴行动方案》",
        "“蓝天”行动再部署",
        '"菜篮子"稳产保供，怎么干？',
        "落实“藏粮于地”“藏粮于技”",
        "央行：保持流动性合理充裕",
        "问：粮价怎么看",
        "5″口径”管材",
    ],
)
def test_a_pasted_title_is_searched_as_it_stands(text: str) -> None:
    query = parse(text, TODAY)
    (node,) = query.root.nodes
    assert isinstance(node, TextTerm)
    assert node.value == text.replace("：", ":").replace("，", ",").replace("？", "?")
    assert parse(str(query), TODAY).root == query.root


def test_a_whole_quoted_text_is_still_one_value() -> None:
    quoted = parse('“粮食 安全” "甲 ""乙""" 标签：“两 字” (“丙 丁” or 戊)', TODAY)
    assert quoted.terms() == ('"粮食 安全"', '"甲 ""乙"""', 'tag:"两 字"', '("丙 丁" or 戊)')


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("机", ["机构:"]),
        ("机构：", ["科学技术部", "国家能源局"]),
        ("机构：科技部", ["科学技术部"]),
        ("有：", ["指标", "目标", "任务", "有规划"]),
        ("日期：本", ["本周", "本月"]),
        ("date:本", ["本周", "本月"]),
        ("状态：未", ["未读"]),
    ],
)
def test_what_is_begun_in_chinese_is_offered_in_chinese(typed: str, offered: list[str]) -> None:
    found = completions(typed, len(typed), lambda field: AGENCIES if field == "agency" else [])
    assert [offer.text for offer in found][: len(offered)] == [word.replace("有规划", "规划") for word in offered]


def test_with_nothing_begun_the_language_of_the_reader_decides() -> None:
    assert completions("", 0, lambda _field: [])[0].text == "cat:"
    assert completions("粮食 ", 3, lambda _field: [], chinese=True)[0].text == "栏目:"


@pytest.mark.parametrize(
    ("typed", "half"),
    [
        ("机", True), ("机构", True), ("机构：", True), ("机构：科", True), ("机构：科技部", False),
        ("日期：本", True), ("日期：本周", False), ("到期：20", True), ("机制", False), ("有色", False),
    ],
)  # fmt: skip
def test_the_list_holds_while_a_chinese_term_is_half_written(typed: str, half: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    labels = lambda field: AGENCIES if field == "agency" else []  # noqa: E731 -- a table
    assert is_half_written(typed, len(typed), TODAY, labels) is half
