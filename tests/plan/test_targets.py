"""Figures to be reached: indicator, comparator, direction, value, unit, deadline, baseline."""

from collections.abc import Callable

import pytest

from feeds.model import Plan

Planned = Callable[..., Plan]
Row = tuple[str, str, str, str, str, str | None]
ISSUED = "商务部近日印发《集市振兴规划》（以下简称《规划》）。到2025年，"


def rows(plan: Plan) -> list[Row]:
    return [(t.indicator, t.comparator, t.direction, t.value, t.unit, t.baseline) for t in plan.targets]


def test_figures_are_dealt_out(plan: Planned) -> None:
    found = plan(f"{ISSUED}水耗、电耗和气耗比2020年分别下降8%、8%和10%以上。")
    assert rows(found) == [
        ("水耗", "ge", "down", "8", "%", "2020"),
        ("电耗", "ge", "down", "8", "%", "2020"),
        ("气耗", "ge", "down", "10", "%", "2020"),
    ]
    both = plan(f"{ISSUED}瓜果、蔬菜检测率均达到98%以上。")
    assert [row[0] for row in rows(both)] == ["瓜果", "蔬菜检测率"]


def test_a_unit_said_once_holds_for_the_row(plan: Planned) -> None:
    found = plan(f"{ISSUED}东部、西部集市面积分别达到300万、200万平方米。")
    assert [(t.value, t.unit) for t in found.targets] == [("300", "万平方米"), ("200", "万平方米")]


def test_parts_of_a_clause_each_have_their_figure(plan: Planned) -> None:
    closing = plan(f"{ISSUED}超20亿元市场20个、超50亿元市场10个。")
    assert rows(closing) == [
        ("超20亿元市场", "eq", "level", "20", "个", None),
        ("超50亿元市场", "eq", "level", "10", "个", None),
    ]
    opening = plan(f"{ISSUED}打造10个骨干集市和20个特色集市。")
    assert [(t.indicator, t.value) for t in opening.targets] == [("骨干集市", "10"), ("特色集市", "20")]


def test_a_clause_without_a_subject_takes_the_one_before(plan: Planned) -> None:
    found = plan(f"{ISSUED}集市交易额达到5万亿元，年均增长8%。")
    assert [(t.indicator, t.value, t.direction) for t in found.targets] == [
        ("集市交易额", "5", "level"),
        ("集市交易额", "8", "up"),
    ]


def test_goals_and_figures_share_a_sentence(plan: Planned) -> None:
    found = plan(f"{ISSUED}集市覆盖率达到90%，摊位更加整洁，夜市活力提升。")
    assert [t.value for t in found.targets] == ["90"]
    assert [g.text for g in found.goals] == ["摊位更加整洁，夜市活力提升"]


def test_a_figure_said_again_is_one(plan: Planned) -> None:
    text = f"{ISSUED}集市覆盖率达到90%。"
    assert len(plan(text, "《规划》重申，到2025年全国集市覆盖率达到90%。").targets) == 1


def test_what_the_text_calls_an_aim_is_one(plan: Planned) -> None:
    found = plan("商务部举行吹风会。为实现集市增长“5%左右”的预期目标，今年需做好几方面工作：", "一是修路。二是建棚。")
    assert rows(found) == [("集市增长", "approx", "up", "5", "%", None)]


def test_a_digit_changed_changes_that_value_only(plan: Planned) -> None:
    before, after = (plan(f"{ISSUED}覆盖率达到{n}%，客流增长6%。") for n in (80, 90))
    assert [t.value for t in before.targets] == ["80", "6"]
    assert [t.value for t in after.targets] == ["90", "6"]
    assert [t.indicator for t in before.targets] == [t.indicator for t in after.targets]


@pytest.mark.parametrize(
    "text",
    [
        "2021年集市交易额同比增长9.6%。",
        "2022年给摊主减免5个月租金，别处减免2个月。",
        "对小微摊主按2%征收，面积不超过70平方米。",
        "某证券首席分析师预计，到2025年，集市规模将达到5万亿元。",
    ],
)
def test_the_past_rules_and_forecasts_are_no_targets(plan: Planned, text: str) -> None:
    assert plan("商务部近日印发《集市振兴规划》。" + text).targets == ()


def test_shared_figures_are_dealt_to_a_pair(plan: Planned) -> None:
    found = plan(f"{ISSUED}岗前培训和“回炉”培训占比均达到40%以上。")
    assert [row[0] for row in rows(found)] == ["岗前培训", "“回炉”培训占比"]


def test_the_year_of_a_goal_is_no_figure(plan: Planned) -> None:
    assert rows(plan("商务部近日印发《集市振兴规划》，提出了到2025年的发展目标：集市覆盖率达到90%。")) == [
        ("集市覆盖率", "eq", "level", "90", "%", None)
    ]


def test_what_a_company_or_a_forecaster_expects_is_no_target(plan: Planned) -> None:
    found = plan(
        f"{ISSUED}集市覆盖率达到90%。",
        "甲设备有关经理对记者表示，公司去年投入较大，未来三年计划新建2座工厂，能力将达到400万台。",
        "乙数据预计，2022年市场零售额将达到8200亿元左右。",
        "丙科技负责人说，如果政策落地，公司年内把航线数量再增加一倍。",
    )
    assert [row[0] for row in rows(found)] == ["集市覆盖率"]
