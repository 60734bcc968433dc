"""What is no plan gives nothing."""

from collections.abc import Callable

import pytest

from feeds.model import Plan

Planned = Callable[..., Plan]


@pytest.mark.parametrize(
    "paragraphs",
    [
        (
            "甲公司上半年营业收入41亿元，同比增长34%，净利润28亿元。券商认为，首先，该公司业绩亮眼；其次，股价有望回升。到2025年，营收将达到100亿元。",
        ),
        (
            "一、制造业指数运行情况",
            "12月份指数为50.3%，比上月上升0.2个百分点，高于临界点。",
            "二、非制造业指数运行情况",
            "指数为52.7%，比上月上升0.4个百分点。",
        ),
        ("昨晚，某装置运行1056秒，创造了世界纪录。",),
        (
            "今年1至2月，国家统计局发布数据，利润同比上升5%，比上月上升2个百分点。主要有三个方面：一是量增；二是价升；三是费降。",
        ),
        (
            "记者从某市应急管理局获悉，一在建隧道发生涌水，5名工人被困，经过连夜救援，被困人员全部获救，已送医检查。",
            "救援主要有两方面难题：一是涌水量大；二是洞内空间狭小。救援队将配合调查，加强监测。",
        ),
        (
            "《金融时报》询问了几家资产管理公司的首席投资官。各国央行正在准备出台新的政策，美国经济或放缓，欧洲央行将加强宽松。",
            "到2025年底，美国国债收益率可能在1.2%至1.6%之间。日本央行应推进购债，美联储要完善沟通，投资者应优化组合。",
        ),
        ("三大股指收盘涨跌互现，板块轮动。一是银行涨幅居前；二是地产跌幅居前。",),
    ],
)
def test_market_company_accident_and_statistics_give_nothing(plan: Planned, paragraphs: tuple[str, ...]) -> None:
    assert not plan(*paragraphs)


def test_an_empty_article_gives_nothing(plan: Planned) -> None:
    assert not plan()
    assert not plan("")
    assert not plan("", "  ", title="《》")


def test_a_campaign_without_a_document_is_a_plan(plan: Planned) -> None:
    found = plan("记者从某市城市管理局获悉，本月起将开展专项整治。一是严查超载；二是严查无证。")
    assert [[item.title for item in group.items] for group in found.groups] == [["严查超载", "严查无证"]]


def test_a_meeting_by_telephone_is_a_meeting(plan: Planned) -> None:
    found = plan("2月9日，央行召开今年集市金融工作电视会议，一是着力稳定信贷，二是加强重点支持，三是防范风险。")
    assert [[item.title for item in group.items] for group in found.groups] == [
        ["着力稳定信贷", "加强重点支持", "防范风险"]
    ]


def test_what_a_body_brings_out_is_a_plan(plan: Planned) -> None:
    assert plan("税务总局推出便民措施，要求各地尽快落实，包括两个方面。一是优化热线；二是推进网办。")
