"""What leads a list in, and is no part of its first item; which list a count takes where two offer themselves."""

from collections.abc import Callable

import pytest

from feeds.model import Group, Plan

Planned = Callable[..., Plan]


def shape(group: Group) -> tuple[str, list[str]]:
    return group.label, [item.title for item in group.items]


@pytest.mark.parametrize(
    ("text", "label", "items"),
    [
        ("《方案》安排了渠系清淤、泵站更新两大工程。", "两大工程", ["渠系清淤", "泵站更新"]),
        ("计划部署了渠系清淤、泵站更新两大工程。", "两大工程", ["渠系清淤", "泵站更新"]),
        ("据介绍，《方案》由总则、附则等5个部分组成。", "5个部分", ["总则", "附则"]),
        ("奖补资金重点用于水渠、泵站两类支出。", "两类支出", ["水渠", "泵站"]),
        ("种子建设工程将重点打造粟米、高粱“两大名谷”。", "两大名谷", ["粟米", "高粱"]),
        ("设立专项，重点支持耐旱选育、节水灌溉两个方向。", "两个方向", ["耐旱选育", "节水灌溉"]),
        ("将重点支持耐旱选育、优化田间灌溉两个方向。", "两个方向", ["将重点支持耐旱选育", "优化田间灌溉"]),
        ("“两方面保障”则包括充实人手以及增加投入。", "两方面保障", ["充实人手", "增加投入"]),
        (
            "全县将分三步推进：首先，摸清底数；其次，修好水渠；再次，换好泵站。",
            "三步",
            ["摸清底数", "修好水渠", "换好泵站"],
        ),
        ("工程分两期实施：第一期，修渠；第二期，换泵。", "两期", ["修渠", "换泵"]),
        ("方案聚焦“渠、泵、闸”三要素。", "三要素", ["渠", "泵", "闸"]),
        ("方案抓住“修、换、清”三个字。", "三个字", ["修", "换", "清"]),
        ("方案分三个层次推进：第一层次，县城；第二层次，乡镇；第三层次，村庄。", "三个层次", ["县城", "乡镇", "村庄"]),
        ("方案要求把好“三道关”：一是准入关，二是过程关，三是验收关。", "三道关", ["准入关", "过程关", "验收关"]),
        ("方案提出打好“三张牌”：渠系牌、节水牌、林网牌。", "三张牌", ["渠系牌", "节水牌", "林网牌"]),
        ("里面有三样：渠管、水泵、闸门。", "三样", ["渠管", "水泵", "闸门"]),
        ("方案对修渠、换泵、清淤3个方面作出安排。", "3个方面", ["修渠", "换泵", "清淤"]),
        ("任务分解为2大类9项，2大类即基础类、保障类。", "2大类", ["基础类", "保障类"]),
        ("补助对象为以下三类主体：合作社、家庭农场、用水户。", "三类主体", ["合作社", "家庭农场", "用水户"]),
        ("《方案》要求紧盯灌区、水库两类重点对象。", "两类重点对象", ["灌区", "水库"]),
    ],
)
def test_what_leads_in_is_no_item(plan: Planned, text: str, label: str, items: list[str]) -> None:
    (group,) = plan("县政府印发《水渠整修工作方案》，要求加快推进。", text).groups
    assert shape(group) == (label, items)


def test_a_side_that_is_secured_is_a_verbs_object(plan: Planned) -> None:
    (group,) = plan("县政府印发《水渠整修工作方案》，从两方面保障春灌用水：一是修渠；二是换泵。").groups
    assert group.label == "两方面"


def test_headings_below_are_no_list_where_the_count_is_taken_up_again(plan: Planned) -> None:
    groups = plan(
        "县政府印发《水渠整修工作方案》，内容归纳为“建好两大体系”。",
        "水从哪里来的家底",
        "全县水渠有不少年久失修。",
        "渠往哪里修的安排",
        "“两大体系”是重头戏。一是灌溉体系；二是排涝体系。",
    ).groups
    assert [shape(group) for group in groups] == [("两大体系", ["灌溉体系", "排涝体系"])]


def test_questions_are_headings_of_the_report_and_no_tasks(plan: Planned) -> None:
    (group,) = plan(
        "县政府印发《水渠整修工作方案》，提出两大工程。",
        "水渠怎么修",
        "县里安排了资金。",
        "泵站如何换",
        "县里请了专家。",
    ).groups
    assert shape(group) == ("两大工程", [])


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("要牢牢把握集市和水网两个关键词，加快改革。", ["集市", "水网"]),
        ("要重点排查用电安全、用气安全和用水安全3类风险。", ["用电安全", "用气安全", "用水安全"]),
        ("必须紧紧抓住摊位、资金、人才三个关键要素。", ["摊位", "资金", "人才"]),
        ("要完善集市、优化水网、强化管理三项任务。", ["完善集市", "优化水网", "强化管理"]),
    ],
)
def test_one_obligation_governs_the_whole_list(plan: Planned, text: str, items: list[str]) -> None:
    (group,) = plan("商务部近日印发《集市规划》（以下简称《规划》）。", text).groups
    assert [item.title for item in group.items] == items


def test_a_count_at_a_paragraph_s_end_takes_a_shorter_list_below_it(plan: Planned) -> None:
    (group,) = plan(
        "商务部近日印发《集市规划》（以下简称《规划》）。",
        "今年重点抓好十方面工作：",
        "（一）改造集市。支持摊主。",
        "（二）治理水网。完善灌区。",
    ).groups
    assert (group.declared, [item.title for item in group.items]) == (10, ["改造集市", "治理水网"])


def test_dates_are_no_items(plan: Planned) -> None:
    groups = plan("商务部近日印发《集市规划》（以下简称《规划》）。", "明确了2025年和2030年两个阶段的目标。").groups
    assert [group.items for group in groups if group.items] == []
