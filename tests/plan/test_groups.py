"""Declared counts and their lists, each rule with the case that shows it."""

from collections.abc import Callable

import pytest

from feeds.model import Group, Item, Plan

Planned = Callable[..., Plan]

ISSUED = "商务部近日印发《关于促进集市发展的意见》（以下简称《意见》）。"


def titles(group: Group) -> list[str]:
    return [item.title for item in group.items]


def only(plan: Plan) -> Group:
    assert len(plan.groups) == 1, plan.groups
    return plan.groups[0]


@pytest.mark.parametrize("numeral", ["三", "3", "３"])
def test_a_count_takes_the_series_after_it(plan: Planned, numeral: str) -> None:
    group = only(plan(f"{ISSUED}《意见》部署{numeral}方面重点任务。一是修路。资金下达到县。二是建棚；三是通水电。"))
    assert (group.label, group.declared, group.status) == (f"{numeral}方面重点任务", 3, "complete")
    assert titles(group) == ["修路", "建棚", "通水电"]


def test_the_count_with_the_series_own_number_is_meant(plan: Planned) -> None:
    found = plan(f"{ISSUED}《意见》从2个方面提出15条措施。一是修路。二是建棚。").groups
    assert [(g.declared, len(g.items)) for g in found] == [(2, 2), (15, 0)]


def test_a_count_in_an_items_text_belongs_to_the_item(plan: Planned) -> None:
    text = "从2个方面提出措施。一是修路。主要包括拓宽村道，硬化场院等2条措施。二是建棚。"
    group = only(plan(ISSUED + "《意见》" + text))
    inner: Item = group.items[0]
    assert [(g.label, titles(g)) for g in inner.groups] == [("2条措施", ["拓宽村道", "硬化场院"])]


def test_a_list_may_stand_before_its_count(plan: Planned) -> None:
    group = only(plan(f"{ISSUED}《意见》包括形势、要求、保障3个部分。"))
    assert (group.label, titles(group)) == ("3个部分", ["形势", "要求", "保障"])


def test_the_last_joint_parts_only_where_the_number_asks_for_it(plan: Planned) -> None:
    three = only(plan(f"{ISSUED}《意见》从压实责任、资金安排和跟踪问效等三方面抓好落实。"))
    assert titles(three) == ["压实责任", "资金安排", "跟踪问效"]
    two = only(plan(f"{ISSUED}《意见》从压实责任、资金安排和跟踪问效等两方面抓好落实。"))
    assert titles(two) == ["压实责任", "资金安排和跟踪问效"]


def test_a_looser_joint_parts_before_the_comma_of_lists(plan: Planned) -> None:
    group = only(plan(f"{ISSUED}《意见》聚焦税费、信贷以及用地、用能和环境三方面发力。"))
    assert titles(group) == ["税费", "信贷", "用地、用能和环境"]


def test_a_list_of_clauses_may_stand_before_its_count(plan: Planned) -> None:
    group = only(plan(f"{ISSUED}《意见》提出扩大集市范围，健全管理办法，改造老市场和培训摊主等四方面举措。"))
    assert titles(group) == ["扩大集市范围", "健全管理办法", "改造老市场", "培训摊主"]


@pytest.mark.parametrize("lead", ["包括", "分别是", "分别为：", "：", "，即", "，也就是"])
def test_a_list_follows_its_lead_in(plan: Planned, lead: str) -> None:
    group = only(plan(f"{ISSUED}《意见》部署“三大工程”{lead}道路工程、水电工程、信息工程，明确了分工。"))
    assert titles(group) == ["道路工程", "水电工程", "信息工程"]


def test_semicolons_part_before_commas(plan: Planned) -> None:
    group = only(plan("市场监管总局部署专项整治，将查处三类违法行为：短斤少两，屡教不改的；以次充好的；拒不退换的。"))
    assert titles(group) == ["短斤少两，屡教不改的", "以次充好的", "拒不退换的"]


def test_a_counted_list_in_another_paragraph_is_found(plan: Planned) -> None:
    found = plan(
        ISSUED + "《意见》可以归纳为“两步走、三项行动”：",
        "“两步走”指的是：到2025年，集市基本覆盖乡镇；到2035年，集市全面数字化。",
        "“三项行动”包括：修缮行动、亮灯行动、诚信行动。",
    )
    assert [(g.label, titles(g)) for g in found.groups] == [
        ("两步走", ["到2025年，集市基本覆盖乡镇", "到2035年，集市全面数字化"]),
        ("三项行动", ["修缮行动", "亮灯行动", "诚信行动"]),
    ]
    assert [(g.deadline, g.text) for g in found.goals] == [("2025", "集市基本覆盖乡镇"), ("2035", "集市全面数字化")]


def test_steps_may_be_sentences(plan: Planned) -> None:
    group = only(plan(f"{ISSUED}发展目标分两步走。到2025年，集市成网。到2030年，集市上云。"))
    assert titles(group) == ["到2025年，集市成网", "到2030年，集市上云"]


def test_sides_in_a_row_are_the_items_of_their_count(plan: Planned) -> None:
    text = "《意见》从两个方面作出部署。在用地方面，盘活闲置厂房；在用电方面，执行农业电价。"
    assert titles(only(plan(ISSUED + text))) == ["用地", "用电"]


def test_bullets_under_a_count_are_its_items(plan: Planned) -> None:
    group = only(plan(ISSUED + "《意见》提出两项任务：", "● 修缮老集市", "由县里出资。", "● 开办新集市"))
    assert titles(group) == ["修缮老集市", "开办新集市"]


def test_a_count_that_is_never_listed_stands_if_the_document_is_the_articles_own(plan: Planned) -> None:
    group = only(plan(f"{ISSUED}《意见》提出20条举措。"))
    assert (group.label, group.declared, group.status) == ("20条举措", 20, "unlisted")
    assert plan("商务部表示，将推动落实20条举措。").groups == ()


def test_a_count_said_again_is_the_same_group(plan: Planned) -> None:
    found = plan(f"{ISSUED}《意见》部署两方面重点任务。一是修路。二是建棚。围绕两大任务，各地要细化方案。")
    assert [g.label for g in found.groups] == ["两方面重点任务"]


def test_deng_leaves_a_list_open(plan: Planned) -> None:
    group = only(plan(f"{ISSUED}《意见》明确了道路改造等十一个整修工程。"))
    assert (titles(group), group.open, group.status) == (["道路改造"], True, "open")


def test_a_list_may_fall_short(plan: Planned) -> None:
    group = only(plan(f"{ISSUED}《意见》部署四项任务：一是修路；二是建棚；三是通水电。"))
    assert (group.declared, len(group.items), group.status) == (4, 3, "short")
    assert group.confidence < 0.9


@pytest.mark.parametrize(
    ("text", "items", "missing"),
    [
        ("《意见》部署四项任务：一是修路；二是建棚；四是通水电。", ["修路", "建棚", "通水电"], (3,)),
        ("《意见》部署四项任务：一是修路；二是建棚；三是通水电。", ["修路", "建棚", "通水电"], (4,)),
        ("《意见》要求，一要修路；二要建棚；五要通水电。", ["修路", "建棚", "通水电"], (3, 4)),
        ("《意见》部署两项任务：一是修路；二是建棚。", ["修路", "建棚"], ()),
    ],
)
def test_a_list_that_skips_an_ordinal_says_which(
    plan: Planned, text: str, items: list[str], missing: tuple[int, ...]
) -> None:
    group = only(plan(f"{ISSUED}{text}"))
    assert (titles(group), group.missing) == (items, missing)


def test_bodies_places_people_and_time_are_no_parts(plan: Planned) -> None:
    for counted in ("8个部门", "4省市", "三个月", "两个县区", "五家单位", "20个工作日"):
        assert plan(f"{ISSUED}《意见》由{counted}落实，包括甲、乙、丙、丁。").groups == ()
    assert plan(f"{ISSUED}《意见》支持北京、上海、广州三个中心建设。").groups == ()


def test_slogans_that_are_never_listed_are_no_groups(plan: Planned) -> None:
    assert plan(f"{ISSUED}《意见》要求增强“四个意识”，应对“三重压力”，守牢“五大安全”。").groups == ()


def test_a_roughly_counted_or_ordinal_number_declares_nothing(plan: Planned) -> None:
    for text in ("数十项措施", "第十项任务", "近百条举措", "2.5项任务", "前三项任务"):
        assert plan(f"{ISSUED}《意见》提出{text}。").groups == ()


def test_the_texts_own_shorthand_is_kept(plan: Planned) -> None:
    text = "可以归纳为“二三”，即“两步走、三项行动”。"
    assert plan(ISSUED + text).code == "二三"
    assert plan(ISSUED + text.replace("二三", "二四")).code == ""


def test_a_list_that_fulfils_one_count_is_not_the_beginning_of_another(plan: Planned) -> None:
    found = plan(f"{ISSUED}《意见》实施两大行动25项任务，即修缮行动、亮灯行动。").groups
    assert [(g.label, titles(g)) for g in found] == [("两大行动", ["修缮行动", "亮灯行动"]), ("25项任务", [])]


def test_the_word_that_every_item_begins_with_is_counted(plan: Planned) -> None:
    group = only(plan(f"{ISSUED}《意见》要求做到三个确保：确保有路、确保有灯、确保有水。"))
    assert (group.label, titles(group)) == ("三个确保", ["确保有路", "确保有灯", "确保有水"])


def test_a_noun_may_follow_sides_after_of(plan: Planned) -> None:
    group = only(plan(f"{ISSUED}《意见》提出两个方面的重点任务：修路，方便进场；建棚，遮风挡雨。"))
    assert (group.label, titles(group)) == ("两个方面的重点任务", ["修路，方便进场", "建棚，遮风挡雨"])


def test_deng_after_shuiping_is_no_pingdeng(plan: Planned) -> None:
    group = only(plan(f"{ISSUED}《意见》提出九项任务，包括：修路；建棚；提升服务水平等。"))
    assert (titles(group), group.open) == (["修路", "建棚", "提升服务水平"], True)


def test_what_the_document_does_from_several_sides_is_an_uncounted_list(plan: Planned) -> None:
    group = only(plan(f"{ISSUED}《意见》从组织、资金、人才等方面提出措施。"))
    assert (group.declared, titles(group), group.open) == (None, ["组织", "资金", "人才"], True)
    assert group.confidence < 0.5
    assert plan(f"{ISSUED}各地要从组织、资金、人才等方面抓落实。").groups == ()


def test_principles_that_begin_with_one_word_are_an_uncounted_list(plan: Planned) -> None:
    group = only(plan(f"{ISSUED}《意见》明确了基本原则，即坚持便民利民，坚持因地制宜、分步推进，坚持守住底线。"))
    assert (group.label, titles(group)) == ("基本原则", ["坚持便民利民", "坚持因地制宜、分步推进", "坚持守住底线"])


def test_the_smaller_of_two_counts_names_the_parts(plan: Planned) -> None:
    found = plan(f"{ISSUED}《意见》包括八个方面、50条措施，主要包括：第一方面，修路；第二方面，建棚。").groups
    assert [(g.label, titles(g)) for g in found] == [("八个方面", ["修路", "建棚"]), ("50条措施", [])]


def test_a_list_may_hold_more_than_was_declared(plan: Planned) -> None:
    group = only(plan(f"{ISSUED}《意见》实施两大工程，包括道路工程、水电工程、信息工程。"))
    assert (group.declared, len(group.items), group.status) == (2, 3, "over")


def test_a_count_with_a_list_of_its_own_does_not_take_the_sections_below(plan: Planned) -> None:
    found = plan(
        "商务部办公厅关于开展集市整修的通知",
        "一、目标",
        "二、任务",
        "（一）整修。实施三项提升：提升照明、提升通风、提升排水。",
        "1. 换灯。",
        "2. 开窗。",
        "3. 疏沟。",
        "（二）招商。",
    )
    first = found.groups[0].items[1].items[0]
    assert [(g.label, titles(g)) for g in first.groups] == [("三项提升", ["提升照明", "提升通风", "提升排水"])]
    assert [item.title for item in first.items] == ["换灯", "开窗", "疏沟"]


def test_a_verb_between_number_and_noun_ends_the_label(plan: Planned) -> None:
    group = only(plan(f"{ISSUED}《意见》按照露天、室内、夜间三类集市分别提出建设要求。"))
    assert titles(group) == ["露天", "室内", "夜间"]
    assert "提出" not in group.label


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("商务部印发《集市方案》，提出3项主要举措。", "主要举措包括整修摊位、疏通道路、培训摊主。"),
        ("水利部印发《小水库办法》，部署三项巡查内容，3月开始。巡查内容涵盖坝体、闸门、库岸。",),
        ("某市印发《渡口方案》，明确2类配套设施。", "该市介绍，渡口即将开工。", "其中，配套设施为候船亭和照明灯。"),
    ],
)
def test_a_count_is_taken_up_by_its_noun(plan: Planned, paragraphs: tuple[str, ...]) -> None:
    found = plan(*paragraphs).groups
    assert [(group.declared, len(group.items)) for group in found] == [(found[0].declared, found[0].declared)]


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("商务部印发《集市方案》，提出3项主要举措。", "主要举措包括整修摊位、疏通道路。"),
        ("水利部印发《小水库办法》，部署三项巡查内容。", "去年的其他巡查内容包括坝体、闸门、库岸。"),
    ],
)
def test_a_noun_with_another_number_of_items_takes_no_count_up(plan: Planned, paragraphs: tuple[str, ...]) -> None:
    assert all(group.items == () for group in plan(*paragraphs).groups)
