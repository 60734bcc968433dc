"""Tables of indicators: which columns are aims, where the unit stands, and what is no table of aims."""

from datetime import datetime

import pytest

from feeds.model import BEIJING, Article, Block, Target
from feeds.plan import plan_of

WHEN = datetime(2026, 1, 20, tzinfo=BEIJING)
ISSUED = "商务部近日印发《集市振兴规划》，要求加强管理。"
Row = tuple[str, str, str, str, str, str]


def read(*texts: str) -> tuple[Target, ...]:
    blocks = tuple(Block(text, kind="row" if " | " in text else "text") for text in (ISSUED, *texts))
    article = Article(id="x", keys=("x",), title="", published=WHEN, seen=WHEN, blocks=blocks)
    found = plan_of(article).targets
    for target in found:
        quote = blocks[target.span.p].text[target.span.start : target.span.end]
        assert target.indicator in quote
        assert target.value in quote
    return found


def rows(found: tuple[Target, ...]) -> list[Row]:
    return [(t.deadline, t.indicator, t.comparator, t.direction, t.value, t.unit) for t in found]


def test_a_year_to_come_heads_a_column_of_aims() -> None:
    assert rows(read("指标 | 2025年 | 2030年", "集市覆盖率 | 80% | 95%以上", "集市数量 | 300个 | 500个左右")) == [
        ("2030", "集市覆盖率", "ge", "level", "95", "%"),
        ("2030", "集市数量", "approx", "level", "500", "个"),
    ]


def test_the_unit_may_stand_in_a_column_or_beside_the_name() -> None:
    found = read(
        "序号 | 指标 | 单位 | 2025年 | 2030年 | 属性",
        "1 | 集市数量 | 万个 | 3 | 5 | 预期性",
        "2 | 集市能耗降低 | % | — | [13.5] | 约束性",
        "说明：方括号内为累计数。",
        "主要指标 | 2028年目标值",
        "集市交易额（亿元） | ≥1200",
    )
    assert rows(found) == [
        ("2030", "集市数量", "eq", "level", "5", "万个"),
        ("2030", "集市能耗降低", "eq", "down", "13.5", "%"),
        ("2028", "集市交易额", "ge", "level", "1200", "亿元"),
    ]


def test_a_row_whose_first_cell_goes_over_several_is_read_from_the_right() -> None:
    found = read("类别 | 指标 | 2030年目标", "规模 | 集市数量 | 500个", "摊位数量 | 3万个")
    assert [(t.indicator, t.value) for t in found] == [("集市数量", "500"), ("摊位数量", "3")]


def test_a_column_of_aims_without_a_year_takes_the_one_over_the_table() -> None:
    table = ("指标名称 | 目标值", "集市覆盖率 | 年均增长5%以上")
    assert rows(read("到2027年集市发展目标", *table)) == [("2027", "集市覆盖率", "ge", "up", "5", "%")]
    assert read("集市发展目标", *table) == ()


@pytest.mark.parametrize(
    "head",
    ["城市 | 2024年 | 2025年", "城市 | 2026年实际", "城市 | 2030年预测", "城市 | 交易额"],
)
def test_what_is_over_told_or_forecast_is_no_aim(head: str) -> None:
    assert read(head, " | ".join(["甲市", *["30亿元"] * head.count("|")])) == ()


def test_a_table_ends_with_its_rows() -> None:
    assert len(read("指标 | 2030年", "集市数量 | 500个", "以下为各市交易额。", "甲市 | 30亿元")) == 1


def test_a_power_is_a_figure_and_a_unit_behind_the_name_counts_where_its_own_cell_is_empty() -> None:
    found = read("指标 | 单位 | 2030年目标", "蓄水量 | 立方米 | 10⁹", "绿地（万m²） |  | 500")
    assert [(t.indicator, t.value, t.unit) for t in found] == [("蓄水量", "10⁹", "立方米"), ("绿地", "500", "万m²")]
