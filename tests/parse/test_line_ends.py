"""Wanted line ends are kept; a text that is too long is split; nothing is lost without a report."""

from datetime import UTC, datetime

import pytest

from feeds.assembly import article_of
from feeds.kinds import entries_of
from feeds.model import Entry, Page, Source
from feeds.parse import reading_of_body, reading_of_page
from feeds.parse.blocks import CUT_SHORT, LINES_LIMIT
from feeds.parse.safety import PARAGRAPH_LIMIT

SOURCE = Source(name="甲", kind="rss", url="https://feeds.example/x")


def texts_of(html: str) -> list[str]:
    return [block.text for block in reading_of_body(html).blocks]


@pytest.mark.parametrize(
    "html",
    [
        "<pre>子\n丑\n\n寅</pre>",
        "<pre>\r\n子\r\n丑\r寅\r\n</pre>",
        "<p style='white-space: pre'>子\n丑\n寅</p>",
        "<div style='WHITE-SPACE:pre-wrap'>子\n<b>丑\n</b>寅</div>",
        "<span style='white-space:pre-line'>子\n丑\n寅</span>",
        "<section style='color:red;white-space:break-spaces;'>子\n丑\n寅</section>",
        "<listing>子\n丑\n寅</listing>",
        "<xmp>子\n丑\n寅</xmp>",
        "<textarea readonly>子\n丑\n寅</textarea>",
        "<table><tr><td style='white-space:pre'>子\n丑\n寅</td></tr></table>",
        "子<br>丑<br/>\n寅",
        "子<br clear=all><br>丑</br>寅",
    ],
)
def test_line_ends_that_are_meant_are_kept(html: str) -> None:
    assert texts_of(html) == ["子", "丑", "寅"]


@pytest.mark.parametrize(
    "html",
    ["<p>子\n丑</p>", "<pre style='white-space:normal'>子\n丑</pre>", "<p style='white-space:nowrap'>子\n丑</p>"],
)
def test_other_line_ends_are_spaces(html: str) -> None:
    assert texts_of(html) == ["子 丑"]


def test_the_style_of_one_element_does_not_reach_its_sibling() -> None:
    assert texts_of("<pre>子\n丑</pre><p>寅\n卯</p>") == ["子", "丑", "寅 卯"]


def test_tags_shown_as_they_are_written() -> None:
    assert texts_of("<xmp><b>粗</b>\nR&D </xmp><p>后</p>") == ["<b>粗</b>", "R&D", "后"]


@pytest.mark.parametrize("kind", ["text/plain", "text/plain; charset=utf-8", "TEXT/PLAIN;charset=UTF-8"])
def test_a_page_of_plain_text_keeps_its_lines(kind: str) -> None:
    page = Page(
        url="https://a.example/a.txt", body="第一条 甲 < 乙\n第二条 R&D;\n\n第三条 <丙>".encode(), content_type=kind
    )
    assert [block.text for block in reading_of_page(page).blocks] == ["第一条 甲 < 乙", "第二条 R&D;", "第三条 <丙>"]


def test_html_that_is_sent_as_plain_text_is_still_html() -> None:
    page = Page(url="https://a.example/a", body="<html><p>甲</p><p>乙</p>".encode(), content_type="text/plain")
    assert [block.text for block in reading_of_page(page).blocks] == ["甲", "乙"]


def atom(title: str, content: str) -> str:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>f</title><entry><id>1</id>'
        f"{title}<link href='https://a.example/1'/>{content}</entry></feed>"
    )


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("<title type='text'>甲 &lt;b&gt; 乙</title>", "甲 <b> 乙"),
        ("<title>1 &lt; 2 &amp; 3</title>", "1 < 2 & 3"),
        ("<title type='text'>&lt;p&gt;标记&lt;/p&gt;</title>", "<p>标记</p>"),
        ("<title type='html'>甲 &lt;b&gt;乙&lt;/b&gt;</title>", "甲 乙"),
        ("<title type='html'>CO&lt;sub&gt;2&lt;/sub&gt; 10&lt;sup&gt;9&lt;/sup&gt;</title>", "CO₂ 10⁹"),
        ("<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>甲<b>乙</b></div></title>", "甲乙"),
    ],
)
def test_a_title_is_what_atom_declares_it_to_be(written: str, title: str) -> None:
    page = Page(url=SOURCE.url, body=atom(written, "").encode())
    assert entries_of(page, SOURCE)[0].title == title


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("甲 &lt;b&gt;乙&lt;/b&gt;", "甲 乙"),
        ("List&lt;String&gt; 的用法", "List<String> 的用法"),
        ("甲&lt;B 的条件", "甲<B 的条件"),
        ("a&lt;b，c&gt;d", "a<b，c>d"),
        ("增速&lt;b&gt;6%&lt;/b&gt;", "增速6%"),
        ("&lt;规划&gt; 印发", "<规划> 印发"),
        ("涨幅 &lt;5%", "涨幅 <5%"),
        ("&lt;![CDATA[甲]]&gt;", "甲]]>"),
        ("R&amp;D 与 a&amp;copy=1", "R&D 与 a&copy=1"),
    ],
)
def test_a_title_of_rss_is_html_where_it_has_elements_of_html(written: str, title: str) -> None:
    feed = f"<rss version='2.0'><channel><item><title>{written}</title><link>https://a.example/1</link></item></channel></rss>"
    assert entries_of(Page(url=SOURCE.url, body=feed.encode()), SOURCE)[0].title == title


def test_plain_text_of_a_feed_keeps_its_lines() -> None:
    page = Page(
        url=SOURCE.url, body=atom("<title>t</title>", "<content type='text'>子 &lt;p&gt;\n丑\n\n寅</content>").encode()
    )
    (entry,) = entries_of(page, SOURCE)
    assert texts_of(entry.body or "") == ["子 <p>", "丑", "寅"]
    lines = [f"第{number}条 各部门应当依照本办法的规定做好有关工作并按期报告。" for number in range(30)]
    item = f"<item><title>t</title><description>{'&#10;'.join(lines)}</description></item>"
    feed = f"<rss version='2.0'><channel>{item}</channel></rss>"
    (entry,) = entries_of(Page(url=SOURCE.url, body=feed.encode()), SOURCE)
    assert texts_of(entry.body or "") == lines


@pytest.mark.parametrize("unit", ["一句不长的话。", "no stop but words ", "一、二；", "字"])
def test_a_paragraph_over_the_limit_is_split_and_not_cut(unit: str) -> None:
    text = (unit * (3 * PARAGRAPH_LIMIT // len(unit))).strip()
    blocks = reading_of_body(f"<p><b>{text}</b></p>").blocks
    assert "".join(block.text for block in blocks).replace(" ", "") == text.replace(" ", "")
    assert all(0 < len(block.text) <= PARAGRAPH_LIMIT for block in blocks)
    assert all(block.strong == ((0, len(block.text)),) for block in blocks)
    if "。" in unit:
        assert all(block.text.endswith("。") for block in blocks)


def test_a_row_over_the_limit_is_split() -> None:
    blocks = reading_of_body("<table><tr>" + f"<td>{'格' * 300}</td>" * 200 + "</tr></table>").blocks
    assert sum(block.text.count("格") for block in blocks) == 60_000


def test_lines_over_the_limit_are_reported() -> None:
    texts = texts_of("<p>行。</p>" * (LINES_LIMIT + 5))
    assert len(texts) == LINES_LIMIT + 1
    assert texts[-1] == CUT_SHORT
    assert CUT_SHORT not in texts_of("<p>行。</p>" * LINES_LIMIT)


@pytest.mark.parametrize(
    ("picture", "line"),
    [
        ("<img alt='新建成的跨江大桥' src='a.jpg'>", "〔图：新建成的跨江大桥〕"),
        ("<a href='big.jpg'><img alt='新建成的跨江大桥'></a>", "〔图：新建成的跨江大桥〕"),
        ("<img alt='Map of the new rail lines'>", "〔图：Map of the new rail lines〕"),
    ],
)
def test_a_picture_is_shown_by_its_description(picture: str, line: str) -> None:
    blocks = reading_of_body(f"<p>甲。{picture}乙。</p>").blocks
    assert [(block.kind, block.text) for block in blocks] == [("text", "甲。乙。"), ("caption", line)]


@pytest.mark.parametrize(
    "alt",
    [
        "",
        "图片",
        "图1",
        "IMG_2024.jpg",
        "微信图片_20261103.png",
        "logo",
        "二维码",
        "某某公众号",
        "{{alt}}",
        "undefined",
        "本期编辑 甲乙",
    ],
)
def test_a_useless_description_is_left_out(alt: str) -> None:
    assert texts_of(f"<p>正文一句。</p><img alt='{alt}'>") == ["正文一句。"]


def test_a_description_that_the_caption_repeats_is_shown_once() -> None:
    html = (
        "<figure><img alt='夜色中的港口码头'><figcaption>夜色中的港口码头（资料图片）</figcaption></figure><p>文。</p>"
    )
    assert texts_of(html) == ["夜色中的港口码头（资料图片）", "文。"]
    assert texts_of("<img alt='夜色中的港口码头'>" * 3) == ["〔图：夜色中的港口码头〕"]


def test_a_description_that_is_the_title_is_left_out() -> None:
    entry = Entry(source="甲", title="跨江大桥今日通车", body="<p>文一句。</p><img alt='跨江大桥今日通车'>")
    article = article_of(entry, reading_of_body(entry.body or ""), datetime(2026, 11, 1, tzinfo=UTC))
    assert [block.text for block in article.blocks] == ["文一句。"]


def test_a_picture_that_replaces_a_character_is_the_character() -> None:
    assert texts_of("<p>办成了<img alt='[鼓掌]'>，<img class='latex' alt='x^2'>。</p>") == ["办成了[鼓掌]，x^2。"]
    assert texts_of("<a href='/app'><img alt='下载客户端看更多新闻'></a><p>文。</p>") == ["文。"]
