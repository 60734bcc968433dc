"""An element that a name or a style would leave out is the text if it has nearly all sentences."""

import re

import pytest

from feeds.model import Page
from feeds.parse import reading_of_body, reading_of_page

PROSE = (
    "<p>市政府近日印发实施意见，部署冬季供暖保障工作。</p>"
    "<p>意见要求，各区要在11月底前完成管网检修，储备燃料不少于二十天用量。</p>"
)
LINES = [
    "市政府近日印发实施意见，部署冬季供暖保障工作。",
    "意见要求，各区要在11月底前完成管网检修，储备燃料不少于二十天用量。",
]


def texts_of(html: str) -> list[str]:
    return [block.text for block in reading_of_body(html).blocks]


@pytest.mark.parametrize(
    "opening",
    [
        "<div style='visibility:hidden'>",
        "<section style='VISIBILITY : hidden; opacity: 0'>",
        "<div style='display:none'>",
        "<div style='opacity:0;transition:opacity 1s'>",
        "<div hidden>",
        "<div hidden='until-found'>",
        "<div class='hide js-body'>",
        "<div class='hidden'>",
        "<noscript>",
        "<template>",
        "<textarea>",
        "<div style='visibility:hidden'><div style='opacity:0'>",
        "<div class='ad-content'>",
        "<div class='share-article'>",
        "<div id='comment'>",
        "<div class='page footer'>",
        "<div class='recommend-text'>",
        "<div class='qrcode wechat'>",
        "<div class='video'><div class='tools'><div class='related'>",
        "<div data-sudaclick='share_body'>",
        "<footer>",
        "<aside>",
    ],
)
def test_an_element_with_nearly_all_sentences_is_the_text(opening: str) -> None:
    assert texts_of(f"<div>{opening}{PROSE}") == LINES
    name = re.split("[ >]", opening[1:], maxsplit=1)[0]
    assert texts_of(f"<div><p>冬季供暖</p>{opening}{PROSE}</{name}></div>")[1:] == LINES


def test_paragraphs_that_a_script_fades_in_are_the_text() -> None:
    assert texts_of(PROSE.replace("<p>", "<p style='opacity: 0'>")) == LINES


@pytest.mark.parametrize(
    "part",
    [
        "<span style='visibility:hidden'>密</span>",
        "<div style='opacity:0'>不给人看的一句话。</div>",
        "<span style='font-size:0px'>防复制</span>",
        "<div hidden>不给人看的一句话。</div>",
        "<noscript>请启用脚本。</noscript>",
        "<template><p>模板里的话。</p></template>",
        "<dialog>是否接受？</dialog>",
        "<textarea>说说你的看法</textarea>",
        "<div class='share'>分享到</div>",
        "<div class='comments'><p>我觉得这个办法很好，支持。</p><p>什么时候开始执行？请尽快通知大家。</p></div>",
    ],
)
def test_a_small_hidden_part_stays_hidden_also_in_a_hidden_text(part: str) -> None:
    assert texts_of(f"<div>{PROSE}{part}</div>") == LINES
    assert texts_of(f"<div style='visibility:hidden'>{PROSE}{part}</div>") == LINES


def test_comments_longer_than_a_short_text_are_not_the_text() -> None:
    assert texts_of(f"<p>今日油价上调，每升约贵一角。</p><div class='comments'>{PROSE}</div>") == [
        "今日油价上调，每升约贵一角。"
    ]


def test_links_are_not_sentences() -> None:
    links = "<ul class='related'>" + "<li><a href='/a'>另一篇文章的长长的题目。</a></li>" * 30 + "</ul>"
    assert texts_of(f"<p>短讯一则。</p>{links}") == ["短讯一则。"]


def test_a_request_to_allow_scripts_is_not_a_text() -> None:
    assert (
        texts_of("<noscript>本页面需要启用 JavaScript 才能正常显示，请检查您的浏览器设置之后再试一次。</noscript>")
        == []
    )


def test_a_page_whose_body_waits_for_a_script_is_read() -> None:
    html = (
        f"<html><body><h1>供暖</h1><div id='js_content' style='visibility:hidden'><div class='hide'>{PROSE}</div></div>"
    )
    page = Page(url="https://a.example/x", body=html.encode(), content_type="text/html; charset=utf-8")
    assert [block.text for block in reading_of_page(page).blocks] == LINES


def test_a_body_that_is_marked_like_an_editors_line_is_the_text() -> None:
    assert texts_of(f"<div class='article-editor'>{PROSE * 4}</div>") == LINES * 4
