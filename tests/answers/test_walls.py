"""Which texts are walls or empty frames and which are articles, however short."""

import re
from datetime import datetime

import pytest

from feeds.answers import terms
from feeds.answers.walls import digest_of_stray, instead_of, instead_of_article
from feeds.demo import samples
from feeds.model import BEIJING, Article, Block, Entry
from feeds.parse import reading_of_body

ENTRY = Entry(source="s", title="水利部门部署灌区改造", summary="灌区改造分三批进行，年内开工。")


def kind(text: str, entry: Entry = ENTRY, markup: str = "") -> str | None:
    found = instead_of(entry, [Block(line) for line in text.splitlines()], markup)
    return found.kind if found else None


WALLS = [
    ("check", "访问过于频繁，请稍后完成安全验证再继续浏览"),
    ("check", "为了您能正常访问，请先拖动滑块完成拼图"),
    ("check", "系统检测到您的网络存在异常流量，请输入下图中的字符以继续访问。"),
    ("check", "环境检测中\n请稍候，正在检查您的浏览器……"),
    ("check", "您的请求疑似攻击行为，已被网站防火墙拦截。\n如有疑问请联系管理员，并提供事件ID：9f3c。"),
    ("check", "请开启 JavaScript 后刷新页面"),
    ("check", "One more step\nPlease complete the security check to access stats.example.cn"),
    (
        "check",
        "Verify you are human by completing the action below.\nWe need to review your connection.",
    ),
    ("check", "Access Denied\nYou don't have permission to access this page on this server."),
    ("check", "Our systems have detected unusual traffic from your computer network."),
    ("login", "登录后即可阅读全文\n没有账号？免费注册"),
    ("login", "本文仅限会员阅读，请先登录或开通会员。"),
    ("login", "您需要登录才可以继续查看此内容"),
    ("login", "Subscribe to continue reading\nAlready a subscriber? Sign in"),
    ("cookies", "本站使用 Cookie 来改善您的浏览体验，您可以接受全部或管理偏好设置。"),
    ("cookies", "We use cookies to improve your experience. Accept all or manage your preferences."),
    ("error", "抱歉，您访问的页面不存在或已被删除\n返回首页"),
    ("error", "系统维护中，请您稍后再试"),
    ("error", "Oops! Something went wrong. Please try again later."),
    ("error", "502 Bad Gateway\nngx"),
    ("error", "Gateway Time-out"),
    ("error", "HTTP Status 500\nInternal Server Error\nThe server met a condition that it did not expect."),
    ("error", "这条内容已被作者删除"),
    ("frame", "正在加载……"),
    ("frame", "·春季检修安排 [03-02]\n·水费收缴须知 [03-01]\n共 36 条　首页　上一页　下一页　尾页"),
    ("frame", "首页 | 新闻 | 政策 | 互动 | 服务\n登录 注册"),
    ("frame", "主办单位：某市水务局　技术支持：某市信息中心\n某ICP备00000000号　网站标识码：0000000000"),
    ("frame", "Copyright © 2026 stats.example.cn All Rights Reserved"),
    ("frame", "走近水务\n机构设置\n水情简报\n公众服务\n专题集锦"),
]


@pytest.mark.parametrize(("expected", "text"), WALLS)
def test_a_wall_is_not_a_text(expected: str, text: str) -> None:
    assert kind(text) == expected


@pytest.mark.parametrize(("expected", "text"), WALLS)
def test_a_wall_under_the_title_of_the_article_is_not_a_text(expected: str, text: str) -> None:
    assert kind(f"{ENTRY.title}\n{text}") == expected


ARTICLES = [
    ("部门人事", "某省任命两名副厅长。"),
    ("最新任免", "免去某人的某厅副厅长职务。"),
    ("快讯", "央行今日净投放600亿元。"),
    ("监管出手", "工信部门要求平台规范短信验证码，用户登录须经本人同意，账号注销应当便捷。"),
    ("短信验证码有了新规矩", "通信管理部门印发办法，验证码有效期不超过十分钟。\n办法要求，平台不得索要验证码。"),
    ("平台登录新规施行", "用户登录平台时，平台应当提示安全风险。请用户留意公告。"),
    ("Cookie 新规征求意见", "网信部门就网站使用 Cookie 征求意见，您可以在月底前反馈。"),
    ("考试报名开始", "请考生于6月1日前登录报名网站，注册账号并缴费。"),
    ("天气", "今天夜间多云。"),
    ("公告", "因系统升级，本行将于周六暂停网上服务。"),
    ("一图读懂", "图为灌区新修的渠道。"),
    ("Rates unchanged", "央行维持利率不变，符合市场预期。"),
    ("央行决定", "The central bank kept its rates unchanged on Thursday."),
    ("数据速览", "增速 | 5.2%\n价格 | 0.3%"),
    ("要点", "稳增长\n促就业\n惠民生\n防风险2026"),
    ("版权条例修订", "版权所有人可在网上登记作品。"),
    ("热线开通", "举报热线：12345"),
]


@pytest.mark.parametrize(("title", "text"), ARTICLES)
def test_a_short_notice_is_an_article(title: str, text: str) -> None:
    assert kind(text, Entry(source="s", title=title)) is None


def test_whole_articles_and_each_of_their_paragraphs_are_articles_under_any_title() -> None:
    for sample in samples():
        blocks = reading_of_body("".join(f"<p>{part}</p>" for part in re.split(r"\n+", sample.body))).blocks
        assert instead_of(Entry(source="s", title=sample.title), blocks) is None
        for block in blocks:
            for title in (sample.title, ENTRY.title, ""):
                assert instead_of(Entry(source="s", title=title), [block]) is None, block.text


@pytest.mark.parametrize(
    ("heading", "text", "expected"),
    [
        ("温馨提示", "为保护账户，请按顺序点击上图中的汉字", "check"),
        ("某站会员中心", "包年九折，畅听专栏。立即加入", "frame"),
        ("Parked", "This name can be bought.", "frame"),
        ("数据库查询出错", "数据库查询失败，可联系管理员", "error"),
    ],
)
def test_a_few_words_under_a_heading_of_their_own_are_another_page(heading: str, text: str, expected: str) -> None:
    found = instead_of(ENTRY, [Block(heading), Block(text)], heading=heading)
    assert found is not None
    assert found.kind == expected
    assert instead_of(ENTRY, [Block("灌区改造"), Block(text)], heading="灌区改造") is None or terms.plain().search(text)
    assert instead_of(ENTRY, [Block("支渠衬砌年内开工。")], heading="某市要闻") is None
    assert instead_of(ENTRY, [Block("第二批項目已驗收。")], heading="農業與灌區") is None


def test_an_empty_page_is_a_frame_and_a_film_is_a_player() -> None:
    assert kind("") == "frame"
    assert kind("", markup='<div id="app"></div><script src="/app.js"></script>') == "frame"
    assert kind("", markup='<video src="a.mp4"></video>') == "player"


def test_the_title_alone_is_a_text_unless_the_summary_says_more() -> None:
    assert kind(ENTRY.title) == "frame"
    assert kind(ENTRY.title, Entry(source="s", title=ENTRY.title)) is None


@pytest.mark.parametrize(
    "markup",
    ['<form><input type="password"></form>', '<div id="geetest_box">', '<meta http-equiv="refresh" content="3">'],
)
def test_few_strange_words_with_the_markup_of_a_check_are_a_wall(markup: str) -> None:
    assert kind("点这里向前走", markup=markup) == "check"
    assert kind("灌区改造分三批。", markup=markup) is None
    assert kind("点这里向前走", markup="<p>") is None


@pytest.mark.parametrize("text", ["请完成下面的验证后继续访问", "Just a moment...\nChecking your browser"])
def test_clear_words_show_a_wall_without_a_title(text: str) -> None:
    assert kind(text, Entry(source="", title="")) == "check"
    assert kind("网络安全部门检查了验证码服务。", Entry(source="", title="")) is None


def stored_article(title: str, text: str, **more: object) -> Article:
    now = datetime(2026, 3, 4, tzinfo=BEIJING)
    blocks = tuple(Block(line) for line in text.splitlines())
    fields = {"url": "http://a.example.cn/1", **more}
    return Article(id="a", keys=("k",), title=title, published=now, seen=now, blocks=blocks, **fields)  # type: ignore[arg-type]


def test_a_stored_text_is_judged_by_its_title_and_summary() -> None:
    assert instead_of_article(stored_article("灌区改造", "请完成安全验证后继续")) is not None
    assert instead_of_article(stored_article("灌区改造", "灌区今年改造。")) is None
    assert instead_of_article(stored_article("灌区改造", "请完成安全验证后继续", flash=True)) is None
    assert instead_of_article(stored_article("灌区改造", "请完成安全验证后继续", url="")) is None


def test_a_text_that_fits_no_title_has_a_digest_of_its_own() -> None:
    strange = "欢迎来到某某大厅，今天也是晴朗的一天。"
    first = digest_of_stray(stored_article("灌区改造", strange))
    assert first
    assert first == digest_of_stray(stored_article("春耕部署", strange))
    assert first != digest_of_stray(stored_article("春耕部署", strange + "明天见。"))
    assert digest_of_stray(stored_article("某某大厅开放", strange)) == ""
    assert digest_of_stray(stored_article("春耕", strange * 200)) == ""
