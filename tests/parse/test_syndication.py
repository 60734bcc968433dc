"""RSS, Atom and JSON Feed, correct and faulty."""

import json
from datetime import UTC, datetime
from typing import Protocol

import pytest

from feeds.errors import ParseError
from feeds.kinds import address_of, entries_of
from feeds.model import BEIJING, Page, Source
from feeds.parse import reading_of_body

WHOLE = (
    '<p cms-style="font-L">　　<font cms-style="strong-Bold">一是</font>商务部近日印发通知，部署县域商业体系建设，'
    "要求各地结合实际抓好落实。</p>"
    "<p>　　通知明确，要完善县乡村三级物流配送体系，推动冷链物流设施向产地延伸，支持农村电商发展。</p>"
    "<p>　　通知自印发之日起施行，各地要及时总结推广好的经验做法，重大事项及时报告商务部。</p>"
)


class Maker(Protocol):
    def text(self, text: str, content_type: str = ..., url: str = ..., coding: str = ...) -> Page: ...


def rss(item: str, channel: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>频道</title>{channel}<item>{item}</item></channel></rss>"
    )


def test_an_rsshub_item_has_its_whole_body(sample: Maker, rss_source: Source) -> None:
    item = (
        "<title><![CDATA[商务部：建设县域商业体系]]></title><link>https://finance.sina.com.cn/x/doc-imyabcde1234567.shtml</link>"
        f"<description><![CDATA[{WHOLE}]]></description><author>国际商报</author><category>商务</category>"
        '<guid isPermaLink="false">sina-1</guid><pubDate>Thu, 04 May 2023 01:12:09 GMT</pubDate>'
    )
    (entry,) = entries_of(sample.text(rss(item, "<generator>RSSHub</generator>")), rss_source)
    assert entry.title == "商务部：建设县域商业体系"
    assert (entry.guid, entry.docid) == ("sina-1", "comos:myabcde1234567")
    assert entry.published == datetime(2023, 5, 4, 1, 12, 9, tzinfo=UTC)
    assert (entry.author, entry.origin, entry.keywords) == ("国际商报", "国际商报", ("商务",))
    assert entry.category == ("金融", "国内")
    blocks = reading_of_body(entry.body or "").blocks
    assert len(blocks) == 3
    assert blocks[0].strong == ((0, 2),)


@pytest.mark.parametrize("odd", ["", "<x:y xmlns:x='urn:z' z='1'/>"], ids=["plain", "by feedparser"])
@pytest.mark.parametrize(
    ("names", "url"),
    [
        ("<guid>m0</guid>", ""),
        ("<guid>2026-0117</guid>", ""),
        ("<guid>tag:news.example,2026:7</guid>", ""),
        ("<guid>m0</guid><link>/a</link>", "https://feeds.example/a"),
        ("<link>m0</link><guid>m0</guid>", "https://feeds.example/m0"),
        ("<guid>/news/1.html</guid>", "https://feeds.example/news/1.html"),
        ("<guid>https://news.example/1</guid>", "https://news.example/1"),
    ],
)
def test_a_bare_id_is_no_address(sample: Maker, rss_source: Source, names: str, url: str, odd: str) -> None:
    (entry,) = entries_of(sample.text(rss(f"<title>商务部印发通知</title>{names}{odd}")), rss_source)
    assert entry.url == url
    assert bool(entry.guid) == ("guid" in names)


@pytest.mark.parametrize(
    "description",
    ["一句话的摘要。", "&lt;p&gt;一段摘要……&lt;/p&gt;", "<![CDATA[" + WHOLE + "<p>查看全文</p>]]>", ""],
)
def test_a_summary_is_not_a_body(sample: Maker, rss_source: Source, description: str) -> None:
    item = f"<title>题</title><link>/a</link><description>{description}</description>"
    (entry,) = entries_of(sample.text(rss(item)), rss_source)
    assert entry.body is None
    assert entry.url == "https://feeds.example/a"


def test_content_is_the_body_and_the_description_not(sample: Maker, rss_source: Source) -> None:
    item = (
        "<title>题</title><description>摘要</description><content:encoded><![CDATA[<p>全文。</p>]]></content:encoded>"
    )
    (entry,) = entries_of(sample.text(rss(item)), rss_source)
    assert entry.body == "<p>全文。</p>"


def test_atom_is_read(sample: Maker, rss_source: Source) -> None:
    text = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>频道</title><entry><id>tag:a,2023:1</id>'
        '<title type="html">国资委：&lt;b&gt;深化&lt;/b&gt;改革</title><link rel="alternate" href="https://a.example/1"/>'
        "<published>2023-05-04T09:00:00+08:00</published><updated>2023-05-04T10:00:00+08:00</updated>"
        '<author><name>某某</name></author><content type="html">&lt;p&gt;全文。&lt;/p&gt;</content></entry></feed>'
    )
    (entry,) = entries_of(sample.text(text), rss_source)
    assert (entry.title, entry.url, entry.guid, entry.author) == (
        "国资委：深化改革",
        "https://a.example/1",
        "tag:a,2023:1",
        "某某",
    )
    assert entry.published == datetime(2023, 5, 4, 9, tzinfo=BEIJING)
    assert entry.updated == datetime(2023, 5, 4, 10, tzinfo=BEIJING)
    assert entry.body == "<p>全文。</p>"


@pytest.mark.parametrize("content_type", ["", "application/json", "application/feed+json"])
def test_json_feed_is_read_whatever_its_media_type(sample: Maker, rss_source: Source, content_type: str) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "频道",
        "items": [
            {
                "id": "1",
                "url": "https://a.example/1",
                "title": "应急管理部部署防汛",
                "content_html": "<p>应急管理部部署防汛工作。</p>",
                "date_published": "2023-05-04T09:00:00+08:00",
                "authors": [{"name": "某某"}],
                "tags": ["防汛"],
                "image": "https://a.example/i.jpg",
            },
            {"id": 2, "content_text": "没有题目的短讯 <5%。"},
            "不是条目",
        ],
    }
    first, second = entries_of(sample.text(json.dumps(feed), content_type), rss_source)
    assert (first.title, first.guid, first.author, first.keywords) == ("应急管理部部署防汛", "1", "某某", ("防汛",))
    assert first.body == "<p>应急管理部部署防汛工作。</p>"
    assert first.published == datetime(2023, 5, 4, 9, tzinfo=BEIJING)
    assert first.headimg == "https://a.example/i.jpg"
    assert (second.title, second.guid, second.body) == ("没有题目的短讯 <5%。", "2", None)


def test_a_time_without_zone_is_beijings(sample: Maker, rss_source: Source) -> None:
    (entry,) = entries_of(sample.text(rss("<title>题</title><pubDate>2023-05-04 09:00:00</pubDate>")), rss_source)
    assert entry.published == datetime(2023, 5, 4, 9, tzinfo=BEIJING)


@pytest.mark.parametrize("coding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("label", ["UTF-8", "gb2312"])
def test_the_label_of_a_feed_may_be_wrong(sample: Maker, rss_source: Source, coding: str, label: str) -> None:
    text = rss("<title>国家能源局发布通知</title>").replace("UTF-8", label)
    (entry,) = entries_of(sample.text(text, f"text/xml; charset={label}", coding=coding), rss_source)
    assert entry.title == "国家能源局发布通知"


def test_one_forbidden_byte_does_not_stop_a_feed(sample: Maker, rss_source: Source) -> None:
    (entry,) = entries_of(sample.text(rss("<title>教育\x0b部\x1b[31m通知</title>")), rss_source)
    assert entry.title == "教育部[31m通知"


def test_a_broken_feed_gives_its_whole_items(sample: Maker, rss_source: Source) -> None:
    text = rss("<title>甲 & 乙</title>").replace("</channel></rss>", "<item><title>丙")
    assert entries_of(sample.text(text), rss_source)[0].title == "甲 & 乙"


def test_entities_of_a_document_type_are_not_expanded(sample: Maker, rss_source: Source) -> None:
    text = (
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY y "yy">]>' + rss("<title>甲&x;&y;</title>")[38:]
    )
    (entry,) = entries_of(sample.text(text), rss_source)
    assert entry.title.startswith("甲")
    assert "yy" not in entry.title


def test_a_feed_without_items_is_not_a_failure(sample: Maker, rss_source: Source) -> None:
    assert entries_of(sample.text('<rss version="2.0"><channel><title>空</title></channel></rss>'), rss_source) == []


@pytest.mark.parametrize("text", ["", "<html><body>404</body></html>", "一行字", '{"a":1}', "{", "[]"])
def test_another_answer_than_a_feed_is_a_parse_error(sample: Maker, rss_source: Source, text: str) -> None:
    with pytest.raises(ParseError):
        entries_of(sample.text(text), rss_source)


def test_a_feed_has_one_page(rss_source: Source) -> None:
    assert (address_of(rss_source, 1), address_of(rss_source, 2)) == ("https://feeds.example/china", "")
