"""Faulty, cut and hostile XML of feeds; bases of links; messages about feeds that are not read."""

import json
from typing import Protocol

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.errors import ParseError
from feeds.kinds import entries_of
from feeds.model import Entry, Page, Source
from feeds.parse.xml import is_cut_off, repair_xml

ITUNES = 'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


class Maker(Protocol):
    def text(self, text: str, content_type: str = ..., url: str = ..., coding: str = ...) -> Page: ...


def rss(*items: str, channel: str = "", names: str = "") -> str:
    listed = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0" {names}><channel><title>频道</title>{channel}{listed}</channel></rss>'


def read(text: str, url: str = "https://feeds.example/dir/a.xml") -> list[Entry]:
    page = Page(url=url, body=text.encode(), content_type="text/xml")
    return entries_of(page, Source(name="国内", kind="rss", url=url))


def titles_of(text: str) -> str:
    (entry,) = read(rss(f"<title>{text}</title><guid>1</guid>"))
    return entry.title


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("科研 R&D 投入 & 产出", "科研 R&D 投入 & 产出"),
        ("R&D;投入", "R&D;投入"),
        ("煤&电&热", "煤&电&热"),
        ("AT&T &amp; S&P500", "AT&T & S&P500"),
        ("甲&nbsp;乙&mdash;丙&hellip;", "甲 乙—丙…"),
        ("&copy;版权 &copy版权", "©版权 &copy版权"),
        ("甲&nosuch;乙", "甲&nosuch;乙"),
        ("甲&#0;乙&#x1b;丙&#xFFFF;丁&#1114112;", "甲乙丙丁"),
        ("&#20013;&#x6587;&#128;", "中文€"),
        ("<![CDATA[R&D &amp; 试验 & 产出]]>", "R&D & 试验 & 产出"),
        ("<![CDATA[甲]]>&<![CDATA[乙]]>", "甲&乙"),
    ],
)
def test_a_bare_ampersand_is_a_character(written: str, title: str) -> None:
    assert titles_of(written) == title


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("http://n.example/x?a=1&copy=3&region=4", "http://n.example/x?a=1&copy=3&region=4"),
        ("http://n.example/x?a=1&amp;copy=3&amp;reg=4", "http://n.example/x?a=1&copy=3&reg=4"),
        ("http://n.example/x?lt=1&gt=2&amp=3&not=4", "http://n.example/x?lt=1&gt=2&amp=3&not=4"),
        ("<![CDATA[http://n.example/x?a=1&para=2]]>", "http://n.example/x?a=1&para=2"),
    ],
)
def test_an_address_keeps_its_query(written: str, address: str) -> None:
    (entry,) = read(rss(f"<title>题 & 目</title><link>{written}</link>"))
    assert entry.url == address


@pytest.mark.parametrize(
    ("channel", "names", "link", "address"),
    [
        ("<link>http://news.example.org/</link>", "", "/b/1.html", "http://news.example.org/b/1.html"),
        ("<link>http://news.example.org/x/y</link>", "", "1.html", "http://news.example.org/x/1.html"),
        ("<link>https://news.example.org</link>", "", "//cdn.example.org/1", "https://cdn.example.org/1"),
        ("<link>/home/</link>", "", "1.html", "https://feeds.example/home/1.html"),
        ("", "", "/b/1.html", "https://feeds.example/b/1.html"),
        ("", "", "1.html", "https://feeds.example/dir/1.html"),
        ("<link>mailto:a@b.example</link>", "", "/1", "https://feeds.example/1"),
        ("<link>http://n.example/</link>", 'xml:base="http://base.example/q/"', "1", "http://base.example/q/1"),
        ("<link>http://n.example/</link>", 'xml:base="../up/"', "1", "https://feeds.example/up/1"),
        ("<link>http://n.example/</link>", "", "https://o.example/1", "https://o.example/1"),
    ],
)
def test_relative_links_count_from_the_channel(channel: str, names: str, link: str, address: str) -> None:
    text = rss(f"<title>题</title><link>{link}</link>", channel=channel, names=names)
    assert [entry.url for entry in read(text)] == [address]


def test_links_of_atom_and_json_feed_count_from_their_bases() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://a.example/r/"><title>频道</title>'
        '<entry xml:base="sub/"><id>1</id><title>题</title><link href="1.html"/></entry>'
        '<entry><id>2</id><title>目</title><link href="2.html"/></entry></feed>'
    )
    assert [entry.url for entry in read(atom)] == ["http://a.example/r/sub/1.html", "http://a.example/r/2.html"]
    items = [{"id": "1", "title": "题", "url": "/1", "image": "i.jpg"}]
    feed = {"version": "https://jsonfeed.org/version/1.1", "home_page_url": "http://j.example/h/", "items": items}
    (entry,) = read(json.dumps(feed))
    assert (entry.url, entry.headimg) == ("http://j.example/1", "http://j.example/h/i.jpg")


@pytest.mark.parametrize(
    "head",
    [
        "",
        "\ufeff",
        "\n\n  ",
        "<?xml version='1.0'?>",
        '\n<?xml version="1.0" encoding="utf-8"?>\n<?xml-stylesheet href="a.xsl"?>\n<!-- 注 > 释 -->\n',
        "Warning: something is deprecated in line 3\n<?xml version='1.0'?>",
        '<!DOCTYPE rss SYSTEM "http://d.example/rss-0.91.dtd">',
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY nbsp "&#160;"><!ENTITY x "]>">]>',
        '<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://d.example/rss.dtd" [<!-- ]> --><!ENTITY a "b">\n]>',
    ],
)
def test_text_before_a_feed_does_no_harm(head: str) -> None:
    text = head + rss("<title>甲&nbsp;乙</title><guid>1</guid>", "<title>丙</title><guid>2</guid>")
    assert [entry.title for entry in read(text)] == ["甲 乙", "丙"]


def test_entities_are_never_expanded() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    text = f'<!DOCTYPE rss [<!ENTITY a0 "哈哈">{bomb}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    (entry,) = read(text + rss("<title>题&a11;&f;</title><guid>1</guid>"))
    assert entry.title == "题&a11;&f;"


@pytest.mark.parametrize(
    "text",
    [
        (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
            '<channel rdf:about="http://n.example/"><title>频道</title><link>http://n.example/</link></channel>'
            '<item rdf:about="1"><title>题</title><link>/1</link></item></rdf:RDF>'
        ),
        (
            '<rss version="0.91"><channel><title>频道</title><link>http://n.example/</link></channel>'
            "<item><title>题</title><link>/1</link></item></rss>"
        ),
        (
            '<rss version="2.0"><channel><title>频道</title><link>http://n.example/</link><item><title>题</title><link>/1'
            "</link><dc:creator>某</dc:creator><content:encoded><![CDATA[<p>文。</p>]]></content:encoded></item></channel></rss>"
        ),
        (
            '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>频道</title>'
            '<link rel="alternate" type="text/html" href="http://n.example/"/>'
            '<entry><title>题</title><link rel="alternate" type="text/html" href="/1"/></entry></feed>'
        ),
    ],
    ids=["rdf", "items-outside", "undeclared-names", "atom-0.3"],
)
def test_each_kind_of_feed_is_read(text: str) -> None:
    assert [(entry.title, entry.url) for entry in read(text)] == [("题", "http://n.example/1")]


@pytest.mark.parametrize(
    "text",
    [
        "<rss><channel><title>坏",
        '<rss version="2.0"><channel><title>好</title>',
        '<?xml version="1.0"?><rss version="2.0"><channel><item><title>半',
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>频道</title><entry><title>半</title><id>ta',
        "<rss><channel><item><title>半</title><description><![CDATA[一段",
    ],
)
def test_a_feed_that_is_cut_off_is_reported(text: str) -> None:
    with pytest.raises(ParseError, match="breaks off"):
        read(text)


@pytest.mark.parametrize("cut", ["<item><title>半", "<item><title>三</title><guid>http://n.example/1", "<ite", ""])
def test_items_before_a_break_are_read_and_the_break_is_reported(cut: str) -> None:
    whole = rss("<title>一</title><guid>1</guid>", "<title>二</title><guid>2</guid>").removesuffix("</channel></rss>")
    told: list[Exception] = []
    page = Page(url="https://feeds.example/a", body=(whole + cut).encode())
    entries = entries_of(page, Source(name="国内", kind="rss", url=page.url), told.append)
    assert [entry.title for entry in entries] == ["一", "二"]
    assert ["breaks off" in str(error) for error in told] == [True]


def test_a_whole_feed_is_not_reported_as_cut_off() -> None:
    for text in (
        rss("<title>一</title>"),
        rss(),
        rss("<title>一</title>") + "\n<!-- 0.1 s -->",
        rss().replace("rss>", "RSS>"),
    ):
        assert not is_cut_off(text)
        read(text)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (rss("<title>题</title>" + "".join(f"<category>c{n}</category>" for n in range(9_000))), "categories"),
        (
            rss("<title>题</title>" + "".join(f"<dc:subject>c{n}</dc:subject>" for n in range(9_000)), names=DC),
            "categories",
        ),
        (rss("<title>题</title><itunes:keywords>" + "a,b" * 9_000 + "</itunes:keywords>", names=ITUNES), "categories"),
        (rss("<title>题</title>", channel="<category>c</category>" * 9_000), "categories"),
        ("<rss><channel><item><title>" + "<b>" * 200_000, "elements"),
        (rss("<x>" * 130_000 + "</x>" * 130_000), "elements"),
        (rss("<title>题</title>" * 130_000), "elements"),
        (rss(*["<title>题</title>"] * 70_000), "elements"),
        (rss("<" * 400_000), "elements"),
        (rss("<!---->" * 400_000), "elements"),
        (rss("<x " + " ".join(f'a{n}="1"' for n in range(2_000)) + "/>"), "attributes"),
        (rss("<x " + " ".join(f'a{n}=">"' for n in range(2_000)) + "/>"), "attributes"),
        (rss("<q:z/>" * 500, names=" ".join(f'xmlns:n{n}="http://n.example/{n}"' for n in range(500))), "namespaces"),
        (rss("<title>题</title><author>" + "a" * 50_000 + "</author>"), "author"),
        (rss("<title>题</title><author><![CDATA[" + "a.b@" * 9_000 + "]]></author>"), "author"),
        (rss("<title>题</title><managingEditor>" + "a" * 50_000), "author"),
    ],
)
def test_a_feed_that_would_take_minutes_is_refused_and_reported(text: str, what: str) -> None:
    with pytest.raises(ParseError, match=what) as refused:
        read(text)
    assert refused.value.costly


def test_large_honest_feeds_pass() -> None:
    text = "<p>　　各地要抓好落实。</p>" * 120
    items = [
        f"<title>第{n}号通知</title><guid>{n}</guid><author>某处</author>"
        "<pubDate>Fri, 15 Mar 2024 09:30:00 +0800</pubDate>"
        + "<category>农业</category>" * 12
        + f"<description><![CDATA[{text}]]></description>"
        for n in range(2_000)
    ]
    feed = rss(*items)
    assert len(feed.encode()) > 8_000_000
    assert read(feed)[0].title == "第0号通知"


@given(st.text(st.sampled_from("<>&;![]CDATA-?x'\"= \n/rss甲"), max_size=80))
def test_repair_never_raises_and_never_adds_an_element(text: str) -> None:
    assert repair_xml(text, "https://feeds.example/a").count("<") <= text.count("<")


@given(st.text(st.sampled_from("甲乙&R;D copyamp<>\"'=#1x")).map(lambda text: f"甲{' '.join(text.split())}乙"))
def test_escaped_text_is_read_as_the_same(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert f"<title>{escaped}</title>" in repair_xml(rss(f"<title>{escaped}</title>"), "")
