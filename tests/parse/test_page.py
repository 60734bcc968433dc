"""Five layouts of an article page, each with an invented page; and saved pages if they are available."""

from datetime import datetime
from pathlib import Path
from typing import Protocol

import pytest

from feeds.model import BEIJING, Page
from feeds.parse import reading_of_page


class Maker(Protocol):
    def file(self, name: str, url: str = ...) -> Page: ...
    def text(self, text: str, content_type: str = ..., url: str = ..., coding: str = ...) -> Page: ...


def test_a_page_of_2017_gives_its_metadata(sample: Maker) -> None:
    reading = reading_of_page(sample.file("finance-2017.html"))
    assert reading.title == "住建部：三年内补齐社区养老短板"
    assert reading.origin == "经济日报"
    assert reading.author == "某某 见习记者 某 甲"
    assert reading.editor == "某某 SF001"
    assert reading.keywords == ("社区", "养老")
    assert reading.published == datetime(2023, 5, 4, 9, 12, 29, tzinfo=BEIJING)
    assert reading.updated == datetime(2023, 5, 4, 10, 2, tzinfo=BEIJING)
    assert reading.headimg == "https://n.sinaimg.cn/finance/transform/20230504/example.jpg"
    assert reading.docid == "comos:myabcde1234567"
    assert reading.url == "https://finance.sina.com.cn/china/bwdt/2023-05-04/doc-imyabcde1234567.shtml"


def test_a_page_of_2017_reads_without_anything_foreign(sample: Maker) -> None:
    blocks = reading_of_page(sample.file("finance-2017.html")).blocks
    assert [(block.kind, block.text) for block in blocks] == [
        (
            "text",
            "住房城乡建设部近日部署社区养老服务补短板工作，提出三项任务：一是摸清底数，二是补建设施，三是培训人员。",
        ),
        ("caption", "图为一处社区食堂"),
        ("heading", "设施怎么建"),
        ("text", "按照部署，各地要推进新技术应用，"),
        ("text", "不搞一刀切。"),
        ("row", "年份 | 设施（个）"),
        ("row", "2023 | 120 含改建"),
        ("item", "居家"),
        ("item", "助餐"),
        ("item", "社区"),
        ("text", "上述负责人表示，到2025年基本补齐。"),
    ]
    assert [block.level for block in blocks if block.kind == "item"] == [1, 2, 1]
    start, end = blocks[0].strong[0]
    assert blocks[0].text[start:end] == "三项任务"


def test_a_page_of_2014_gives_time_and_source_from_bare_text(sample: Maker) -> None:
    reading = reading_of_page(sample.file("finance-2014.html"))
    assert reading.title == "央行：下调存款准备金率"
    assert reading.origin == "中国人民银行网站"
    assert reading.published == datetime(2016, 3, 1, 8, 0, 19, tzinfo=BEIJING)
    assert reading.editor == "某某 SF099"
    assert reading.keywords == ("准备金",)
    assert [block.text for block in reading.blocks] == [
        "中国人民银行决定，自3月1日起下调存款准备金率。",
        "此举意在保持流动性合理充裕。",
    ]


def test_the_oldest_template_keeps_a_linked_word_and_drops_promotion(sample: Maker) -> None:
    reading = reading_of_page(sample.file("tech-2012.html"))
    assert reading.title == "工信部：推进算力基础设施建设"
    assert reading.origin == "新浪科技"
    assert reading.published == datetime(2019, 10, 11, 1, 53, tzinfo=BEIJING)
    assert [block.text for block in reading.blocks] == ["新浪科技讯 工业和信息化部表示，算力设施要适度超前。"]


def test_a_mobile_page_is_read_in_beijing_time(sample: Maker) -> None:
    reading = reading_of_page(sample.file("mobile.html", url="https://finance.sina.cn/sa/x.d.html"))
    assert reading.title == "财政部关于专项资金管理的提示"
    assert reading.origin == "中国财经报"
    assert reading.published == datetime(2005, 7, 26, 5, 39, tzinfo=BEIJING)
    assert reading.keywords == ()
    assert reading.docid == "comos:kabcde3334445"
    assert [block.text for block in reading.blocks] == ["各省财政厅要加强专项资金管理。", "有关事项请咨询财政部。"]


def test_a_news_page_of_2024_gives_its_author_and_a_caption(sample: Maker) -> None:
    reading = reading_of_page(sample.file("news-2024.html", url="https://news.sina.com.cn/a.shtml"))
    assert (reading.origin, reading.author, reading.editor) == ("央视新闻", "某某", "某甲")
    assert reading.keywords == ("公路", "农村")
    assert [(block.kind, block.text) for block in reading.blocks] == [
        ("text", "交通运输部印发通知，部署农村公路养护。"),
        ("caption", "农村公路养护现场"),
    ]


def test_another_site_is_read_by_its_densest_block(sample: Maker) -> None:
    html = (
        "<title>水利部发布通知</title><div><p>首页</p></div><div><p>水利部近日发布通知，要求做好春灌。</p>"
        "<p>通知明确，要统筹水源。</p></div><div><p>联系我们</p></div>"
    )
    reading = reading_of_page(sample.text(html, url="https://www.example.org/a"))
    assert reading.title == "水利部发布通知"
    assert [block.text for block in reading.blocks] == ["水利部近日发布通知，要求做好春灌。", "通知明确，要统筹水源。"]


def test_a_page_cannot_claim_the_address_of_another_site(sample: Maker) -> None:
    html = '<meta property="og:url" content="https://finance.sina.com.cn/doc-iabcde1234567.shtml"><p>一段话。</p>'
    assert reading_of_page(sample.text(html, url="https://other.example/a")).url == "https://other.example/a"


def test_a_gbk_page_that_calls_itself_utf8_is_still_read(sample: Maker) -> None:
    html = '<meta charset="utf-8"><h1>商务部回应</h1><div id="artibody"><p>商务部新闻发言人作出回应。</p></div>'
    reading = reading_of_page(sample.text(html, "text/html; charset=utf-8", coding="gbk"))
    assert reading.title == "商务部回应"
    assert [block.text for block in reading.blocks] == ["商务部新闻发言人作出回应。"]


@pytest.mark.parametrize("html", ["", "<html></html>", "\x00\x01", "<div", "<p>"])
def test_a_page_without_text_gives_no_blocks(sample: Maker, html: str) -> None:
    assert reading_of_page(sample.text(html)).blocks == ()


def test_saved_pages_give_title_time_source_and_text(sina_pages: Path) -> None:
    foreign = ("APP", "扫描", "客户端】", "责任编辑", "原标题", "股吧", "热点栏目", "相关新闻", "quote_", "&#", "{")
    for path in sorted(sina_pages.glob("*.html")):
        reading = reading_of_page(Page(url="", body=path.read_bytes(), content_type="text/html"))
        assert reading.title, path.name
        assert reading.origin, path.name
        assert reading.published is not None, path.name
        assert reading.docid.startswith("comos:"), path.name
        assert reading.url.startswith("http"), path.name
        assert len(reading.blocks) > 2, path.name
        assert not [block for block in reading.blocks for word in foreign if word in block.text], path.name
