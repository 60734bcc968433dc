"""Decisions on which a whole plan hangs: a list shorter than its count, a year barely begun, who speaks."""

from collections.abc import Callable
from datetime import datetime

import pytest

from feeds.model import BEIJING, Plan

Planned = Callable[..., Plan]
ISSUED = "商务部近日印发《集市振兴规划》（以下简称《规划》）。"


def lists(plan: Plan) -> list[tuple[str, list[str]]]:
    return [(group.label, [item.title for item in group.items]) for group in plan.groups]


def figures(plan: Plan) -> list[tuple[str, str, str, str]]:
    return [(t.deadline, t.indicator, t.value, t.unit) for t in plan.targets]


def test_a_report_takes_up_fewer_sides_than_it_counts(plan: Planned) -> None:
    told = plan(
        ISSUED + "怎么改？《规划》部署六项重点任务。",
        "在整修摊位方面，商户自主申请。",
        "在规范秤具方面，将实施校秤、换秤、公示三项行动。",
        "此外，各县还要解决停车难。",
    )
    assert lists(told) == [("六项重点任务", ["整修摊位", "规范秤具"])]
    assert [g.label for g in told.groups[0].items[1].groups] == ["三项行动"]


def test_sides_that_say_the_counted_word(plan: Planned) -> None:
    told = plan(ISSUED + "《规划》提出五大工程。", "在翻棚工程方面，换瓦。", "在校秤工程方面，抽查。", "各县有序推进。")
    assert lists(told) == [("五大工程", ["翻棚工程", "校秤工程"])]


def test_fewer_sides_by_ordinals(plan: Planned) -> None:
    told = plan(ISSUED + "《规划》共7个方面21条。", "第一，摊位方面。共3条。", "第二，秤具方面。", "第三，车场方面。")
    assert lists(told)[0] == ("7个方面", ["摊位方面", "秤具方面", "车场方面"])


def test_names_of_one_last_word_open_their_paragraphs(plan: Planned) -> None:
    told = plan(
        ISSUED + "共三大类12条。", "租金政策。一是减租；二是缓租。", "水电政策。错峰用电。", "用工政策。就近招工。"
    )
    assert lists(told)[0] == ("三大类", ["租金政策", "水电政策", "用工政策"])
    assert len(told.groups[0].items[0].groups) == 1


def test_a_quoted_name_is_no_count_of_the_paragraphs_that_speak_of_it(plan: Planned) -> None:
    told = plan(
        ISSUED + "《规划》支持“两园”建设。",
        "“两园”管委会表示，园区将在3个方面发力。首先是翻棚，其次是校秤，最后是修路。",
        "两园的道路年底前修通。",
    )
    assert lists(told) == [("3个方面", ["翻棚", "校秤", "修路"])]


def test_how_a_count_is_made_up_is_no_list_of_it(plan: Planned) -> None:
    told = plan(ISSUED + "《规划》提出9项举措。9项举措中，涉及摊位的4项、秤具的3项、车场的2项。")
    assert lists(told) == [("9项举措", [])]


def test_one_side_alone_is_no_list(plan: Planned) -> None:
    told = plan(ISSUED + "《规划》部署六项重点任务。", "在整修摊位方面，商户自主申请。", "各县有序推进。")
    assert lists(told) == [("六项重点任务", [])]


def test_names_open_their_paragraphs(plan: Planned) -> None:
    told = plan(
        ISSUED + "《规划》部署三大行动、9项任务。",
        "摊位翻新行动。统一棚顶，整修地面。",
        "秤具校准行动。定期巡查。",
        "停车便民行动。扩建车场。",
    )
    assert ("三大行动", ["摊位翻新行动", "秤具校准行动", "停车便民行动"]) in lists(told)


@pytest.mark.parametrize(
    ("clause", "items"),
    [
        ("重点扶持三类摊点，即菜摊、果摊、花摊；改建一批车场。", ["菜摊", "果摊", "花摊"]),
        ("从规划布点、摊位改造、秤具管理三个方面作出部署。", ["规划布点", "摊位改造", "秤具管理"]),
        ("强化校秤、换秤、验秤三项措施。", ["校秤", "换秤", "验秤"]),
        (
            "要通过压实摊主责任、加密抽查频次、公开处罚结果三项措施抓好落实。",
            ["压实摊主责任", "加密抽查频次", "公开处罚结果"],
        ),
        ("《规划》提出“1+5”思路，“5”即落实摊位、秤具、车场等五项保障。", ["摊位", "秤具", "车场"]),
        ("办好供水、扫雪、修路三件实事。", ["供水", "扫雪", "修路"]),
        (
            "《规划》提出四项重点工作，建立摊位台账、完善收费办法、提高清扫频次、优化车场布局。",
            ["建立摊位台账", "完善收费办法", "提高清扫频次", "优化车场布局"],
        ),
        ("围绕两个方面作出安排：在翻棚方面，换瓦铺砖；在校秤上，定期抽查。", ["翻棚", "校秤"]),
        ("推出整修棚顶、清理水沟、更换路灯三项措施。", ["整修棚顶", "清理水沟", "更换路灯"]),
    ],
)
def test_a_list_beside_its_count(plan: Planned, clause: str, items: list[str]) -> None:
    assert [found for _, found in lists(plan(ISSUED, clause))] == [items]


@pytest.mark.parametrize(
    ("text", "month", "found"),
    [
        ("会议提出，2022年，摊位出租率提高到85%，摊主收入增长6%左右。", 1, [("摊位出租率", "85"), ("摊主收入", "6")]),
        ("会议提出，2022年，摊位出租率提高到85%。", 6, [("摊位出租率", "85")]),
        ("2022年，摊位出租率提高到85%。", 6, []),
        ("2022年，摊位出租率预计提高到85%。", 1, []),
    ],
)
def test_nobody_has_the_figures_of_a_year_that_has_begun(
    plan: Planned, text: str, month: int, found: list[tuple[str, str]]
) -> None:
    told = plan(ISSUED, text, when=datetime(2022, month, 20, tzinfo=BEIJING))
    assert [(t.indicator, t.value) for t in told.targets] == found


@pytest.mark.parametrize(
    "speaker", ["某城商行信用部人士告诉记者", "市场人士认为", "有分析人士指出", "该行今年关停了12个网点"]
)
def test_who_issues_nothing_sets_no_aims(plan: Planned, speaker: str) -> None:
    assert plan(ISSUED, f"{speaker}，到2025年坏账率将控制在2%以内。").targets == ()
    assert plan(ISSUED, "到2025年坏账率将控制在2%以内。").targets != ()


@pytest.mark.parametrize("then", ["届时，摊主收入明显提高。", "到那时，摊主收入明显提高。", "届时摊主收入明显提高。"])
def test_what_is_so_by_then(plan: Planned, then: str) -> None:
    for paragraphs in ([ISSUED, "到2025年，集市基本改建完毕。" + then], [ISSUED, "到2025年，集市基本改建完毕。", then]):
        assert [(g.deadline, g.text) for g in plan(*paragraphs).goals][1:] == [("2025", "摊主收入明显提高")]


def test_a_span_of_years_is_no_date(plan: Planned) -> None:
    assert plan(ISSUED, "改建后的摊位，五年内可不缴租金，并全面纳入管理。").goals == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("到2025年，每万人摊位拥有率达到120以上。", [("每万人摊位拥有率", "120")]),
        ("到2025年，拥挤指数降到4以下。", [("拥挤指数", "4")]),
        ("到2025年，把集市建成5A景区，达到3处。", []),
        ("到2025年，新建集市雨棚覆盖率达到90%。", [("新建集市雨棚覆盖率", "90")]),
    ],
)
def test_rates_without_a_unit_and_of_new_things(plan: Planned, text: str, found: list[tuple[str, str]]) -> None:
    assert [(t[1], t[2]) for t in figures(plan(ISSUED, text)) if t[3] in ("", "%")] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("三季度末，摊位出租率达到95%。", [("2022-09", "摊位出租率", "95", "%")]),
        ("上半年底前，摊位出租率达到95%。", [("2022-06", "摊位出租率", "95", "%")]),
        ("截至去年三季度末，摊位出租率达到95%。", []),
        ("力争6月中旬摊位出租率达到95%。", [("2022-06", "摊位出租率", "95", "%")]),
        ("在用水方面，节水器具普及率2025年达到95%。", [("2025", "节水器具普及率", "95", "%")]),
        ("今年，各县要实现摊主收入增长8%。", [("2022", "摊主收入", "8", "%")]),
        ("租金较上年下降2%。年底前，出租率达到92%。", [("2022", "出租率", "92", "%")]),
        ("到2030年前后，摊位出租率达到92%。", [("2030", "摊位出租率", "92", "%")]),
        (
            "分两步走：2023年打基础，摊位出租率达到80%；2024年见成效，摊位出租率达到92%。",
            [("2023", "摊位出租率", "80", "%"), ("2024", "摊位出租率", "92", "%")],
        ),
        ("今年，集市改造将在4个方面发力。", []),
        ("年底前，摊位租金比改造前下降30%。", [("2022", "摊位租金", "30", "%")]),
        ("到2025年，完成改造任务的60%。", [("2025", "改造任务", "60", "%")]),
        (
            "到2025年，城乡雨棚覆盖率分别达到90%和70%。",
            [("2025", "城乡雨棚覆盖率", "90", "%"), ("2025", "城乡雨棚覆盖率", "70", "%")],
        ),
    ],
)
def test_dates_and_names_of_figures(plan: Planned, text: str, found: list[tuple[str, str, str, str]]) -> None:
    assert figures(plan(ISSUED, text)) == found


@pytest.mark.parametrize(
    "text",
    [
        "水利部日前印发的《小泵站改造方案》明确三项任务。",
    ],
)
def test_a_document_that_has_just_come_out(plan: Planned, text: str) -> None:
    assert [(d.title, d.issuers) for d in plan(text).documents] == [("小泵站改造方案", ("水利部",))]


@pytest.mark.parametrize(
    "text",
    ["据水利部网站消息，《小泵站改造方案》近日发布。", "记者3日从水利部了解到，《小泵站改造方案》已出台。"],
)
def test_a_source_of_news_does_not_issue(plan: Planned, text: str) -> None:
    assert [(d.title, d.issuers) for d in plan(text).documents] == [("小泵站改造方案", ())]


@pytest.mark.parametrize(
    "opening",
    [
        "《小泵站改造方案》提出，到2025年，小泵站全面换新。",
        "据介绍，《小泵站改造方案》明确了“两步走”的路径。到2025年，小泵站全面换新。",
    ],
)
def test_an_article_may_just_speak_of_its_document(plan: Planned, opening: str) -> None:
    told = plan(opening)
    assert [d.title for d in told.documents] == ["小泵站改造方案"]
    assert [g.text for g in told.goals] == ["小泵站全面换新"]
    report = "水泵板块今日收盘上涨，三家上市公司涨停，股价创新高，市值增加，券商研报看好业绩。"
    assert plan(opening, report, report).goals == ()
    assert plan("《小泵站改造方案》提出的三项任务已全部启动，各县要加强检查，落实责任。").documents == ()
    assert plan("根据" + opening.removeprefix("据介绍，")).documents == ()


def test_the_reader_is_addressed_and_the_list_of_aims_ends(plan: Planned) -> None:
    told = plan(ISSUED, "到2025年", "集市秩序更加规范", "和你有关的内容↓↓", "▷ 摊位怎么租")
    assert [g.text for g in told.goals] == ["集市秩序更加规范"]


def test_a_body_in_the_line_above_issues(plan: Planned) -> None:
    told = plan("商务部 交通运输部", "关于印发《集市振兴规划》的通知", "《集市振兴规划》已经同意，现印发给你们。")
    assert [d.issuers for d in told.documents] == [("商务部", "交通运输部")]


def test_a_second_document_of_the_same_day(plan: Planned) -> None:
    told = plan(ISSUED + "配套的《集市摊位管理办法（试行）》也由交通运输部同日发布。")
    assert [(d.title, d.issuers) for d in told.documents][1:] == [("集市摊位管理办法（试行）", ("交通运输部",))]


def test_another_document_ends_the_last_section(plan: Planned) -> None:
    told = plan(
        ISSUED + "《规划》从两个方面发力：",
        "一、整修摊位",
        "统一棚顶。",
        "二、规范秤具",
        "定期抽查。",
        "《办法》则规定了退出。有下列情形之一的，收回摊位：（一）停业三个月的；（二）转租他人的。",
    )
    assert [group.label for group in told.groups] == ["两个方面", "下列情形"]


def test_aims_in_a_row_are_no_statistic(plan: Planned) -> None:
    told = plan("2022年县政府工作报告提出，今年的主要目标是：收入增长8%，投资增长10%，能耗下降3%，就业增长2%。")
    assert [t.value for t in told.targets] == ["8", "10", "3", "2"]


def test_a_statistic_with_few_words_of_change_is_no_plan(plan: Planned) -> None:
    text = (
        "今年1月，有关部门发布集市运行情况，成交额4.1亿元，增长9.2%；客流增长3.1%，租金下降2.4%，"
        "棚租下降5.1%。从全年看，将继续保持稳定，有望优化。到2025年，集市更加繁荣。"
    )
    assert plan(text).goals == ()
    assert plan(text.replace("增长", "达到").replace("下降", "达到")).goals != ()


def test_a_count_taken_up_again_ends_the_aims(plan: Planned) -> None:
    told = plan(ISSUED, "到2025年，集市全面换新。两大工程分别是：棚顶提升工程、秤具完善工程。")
    assert [g.text for g in told.goals] == ["集市全面换新"]


def test_a_poster_under_its_dates(plan: Planned) -> None:
    told = plan(
        "一图看懂《集市振兴方案》",
        "“十四五”期间",
        "集市秩序更加规范",
        "摊位出租率达到92%",
        "三大行动",
        "摊位翻新行动",
        "秤具校准行动",
        "停车便民行动",
    )
    assert [d.title for d in told.documents] == ["集市振兴方案"]
    assert [(g.deadline, g.text) for g in told.goals] == [("2021/2025", "集市秩序更加规范")]
    assert figures(told) == [("2021/2025", "摊位出租率", "92", "%")]
    assert lists(told) == [("三大行动", ["摊位翻新行动", "秤具校准行动", "停车便民行动"])]


def test_the_works_of_a_year_under_the_body_that_names_them(plan: Planned) -> None:
    told = plan("市水利局：今年要干这三件实事", "1. 新建泵站5座", "2. 清淤水渠60公里", "3. 建成智慧水网")
    assert lists(told) == [("三件实事", ["新建泵站5座", "清淤水渠60公里", "建成智慧水网"])]
    assert [t[2:] for t in figures(told)] == [("5", "座"), ("60", "公里")]
    assert [(g.deadline, g.text) for g in told.goals] == [("2022", "建成智慧水网")]
