"""Texts in feeds: which blocks are kept, of which kind, and what is left out."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feeds.model import Block, Page
from feeds.parse import posts_of, reading_of_body, reading_of_page
from feeds.parse.safety import clean


def blocks_of(html: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in reading_of_body(html).blocks]


def texts_of(html: str) -> list[str]:
    return [block.text for block in reading_of_body(html).blocks]


def test_a_word_split_by_a_stock_link_is_one_word() -> None:
    html = '<p>　　培育<span id="stock_sz1"><a class="keyword">新材</a></span><span id="quote_sz1"></span>料基地</p>'
    assert texts_of(html) == ["培育新材料基地"]


def test_prices_that_a_script_fills_in_are_not_text() -> None:
    html = '<p>某银行<span id="quote_JPM">(<font color="green">115.395</font>, 2.47%)</span>表示</p>'
    assert texts_of(html) == ["某银行表示"]


def test_line_breaks_make_paragraphs() -> None:
    assert texts_of("　　第一段。<br/>　　第二段。<br><br>第三段。") == ["第一段。", "第二段。", "第三段。"]


def test_full_width_spaces_inside_become_one_space() -> None:
    assert texts_of("<p>　　国务院　　办公厅&nbsp;&nbsp;通知。　</p>") == ["国务院 办公厅 通知。"]


def test_bold_stretches_keep_their_offsets_across_elements() -> None:
    (block,) = reading_of_body("<p>　　会议要求，<b>一是</b><strong>稳就业。</strong>二是<i>稳投资。</i></p>").blocks
    assert block == Block("会议要求，一是稳就业。二是稳投资。", strong=((5, 11),))


@pytest.mark.parametrize(
    "html",
    [
        "<p>　　<strong>重点任务</strong></p>",
        '<p><font cms-style="font-L strong-Bold align-Center">重点任务</font></p>',
        '<p style="font-weight:bold">重点任务</p>',
        "<h2>重点任务</h2>",
    ],
)
def test_a_short_line_all_in_bold_is_a_heading(html: str) -> None:
    assert blocks_of(html) == [("heading", "重点任务")]


def test_a_bold_speaker_or_sentence_is_not_a_heading() -> None:
    assert blocks_of("<p><b>某报记者：</b></p><p><b>任务已经明确。</b></p>") == [
        ("text", "某报记者："),
        ("text", "任务已经明确。"),
    ]


def test_outline_numbers_give_headings_their_level() -> None:
    blocks = reading_of_body(
        "<p>一、总体要求</p><p>（一）基本原则</p><p>（二）主要目标。到2030年，建成体系。</p>"
    ).blocks
    assert [(block.kind, block.level) for block in blocks] == [("heading", 1), ("heading", 2), ("text", 0)]


def test_lists_keep_their_depth() -> None:
    blocks = reading_of_body("<ul><li>甲<ol><li>乙</li></ol></li><li>丙</li></ul>").blocks
    assert [(block.text, block.kind, block.level) for block in blocks] == [
        ("甲", "item", 1),
        ("乙", "item", 2),
        ("丙", "item", 1),
    ]


def test_a_table_gives_a_line_for_each_row() -> None:
    html = "<table><tr><th>指标</th><th>2025年</th></tr><tr><td>产量<br>（万吨）</td><td></td></tr></table>"
    assert blocks_of(html) == [("row", "指标 | 2025年"), ("row", "产量 （万吨） |")]


def test_a_layout_table_is_not_a_table() -> None:
    html = "<table><tr><td><p>财政部发布公告。</p><p>公告自发布之日起施行。</p></td></tr></table>"
    assert blocks_of(html) == [("text", "财政部发布公告。"), ("text", "公告自发布之日起施行。")]


def test_a_lone_bullet_joins_the_next_line_and_a_lone_colon_the_last() -> None:
    html = "<p>任务有</p><p>：</p><p>▷</p><p>建成十个园区。</p><p>▷</p><p>• 引进项目。</p>"
    assert blocks_of(html) == [("text", "任务有："), ("item", "▷ 建成十个园区。"), ("item", "• 引进项目。")]


@pytest.mark.parametrize(
    "junk",
    [
        '<div class="clearfix appendQr_wrap"><div>扫码看资讯</div></div>',
        '<div class="app-kaihu-qr"><span>开户有礼</span></div>',
        "<style>.appendQr_wrap&#123;border:1px&#125;</style>",
        "<script>document.write('<p>广告</p>')</script>",
        '<div id="left_hzh_ad">广告</div>',
        '<div class="tech-quotation"><p>试玩</p></div>',
        '<div style="display: none">隐藏</div>',
        "<!--article_adlist[<p>推广</p>]article_adlist-->",
        "<iframe src='https://ad.example'></iframe>",
        "<select><option>新闻</option></select>",
        "<aside>推荐</aside><nav>首页</nav><footer>版权</footer>",
        '<ul class="related-news"><li>另一篇</li></ul>',
        "<p>新浪声明：此消息系转载。</p>",
        "<p>海量资讯，尽在某某财经APP</p>",
        "<p>点击上方蓝字，每天读懂一份文件</p>",
        "<p>【纠错】</p>",
        "<p>本网声明：内容仅供参考，不构成投资建议。</p>",
        "<p>（文中商户观点不代表本网立场）</p>",
        "<p>扫描二维码关注某某公众号</p>",
        "<p>延伸阅读：</p><p>• <a href='/a'>另一篇</a></p>",
        "<p>相关阅读</p><p><a href='/a'>另一篇</a></p><p><a href='/b'>又一篇</a></p>",
    ],
)
def test_foreign_elements_leave_no_trace(junk: str) -> None:
    html = f"<div><p>　　国务院印发方案。</p>{junk}<p>　　方案自印发之日起施行。</p></div>"
    assert texts_of(html) == ["国务院印发方案。", "方案自印发之日起施行。"]


@pytest.mark.parametrize(
    "line",
    ["更多资金开始关注县域。", "下载速度快的应用客户端更受欢迎。", "联合声明：双方同意深化合作。", "相关内容"],
)
def test_a_text_that_begins_like_a_notice_is_text(line: str) -> None:
    assert texts_of(f"<p>{line}</p><p>国务院印发方案。</p>")[0] == line


def test_a_linked_title_above_the_text_is_kept() -> None:
    assert (
        texts_of('<p><a href="/a">全文|关于做好春耕的通知</a></p><p>一、总体要求</p>')[0] == "全文|关于做好春耕的通知"
    )


def test_ansi_and_bidi_characters_are_removed() -> None:
    (text,) = texts_of("<p>央行\x1b[31m宣布\x1b[0m&#27;]8;;http://x\x07链接&#x202e;颠倒&#x200b;。</p>")
    assert text == "央行宣布链接颠倒。"


def test_escaped_entities_are_read_once_more() -> None:
    assert texts_of("<p>A&amp;nbsp;B &amp;amp; C</p>") == ["A B & C"]


def test_two_hundred_thousand_open_tags_end_in_time() -> None:
    assert texts_of("<div>" * 200_000 + "正文在最里面") == ["正文在最里面"]
    assert texts_of("<select><option>" * 200_000 + "正文在后面") == ["正文在后面"]


PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["<p>", "</p>", "<b>", "</b>", "<br>", "<a href='/a'>", "</a>", "<td>", "<tr>", "<table>", "<li>", "<h3>"]
    ),
    st.sampled_from(
        [
            "来源：",
            "记者 ",
            "责任编辑：",
            "原标题：",
            "相关阅读",
            "\x1b[31m",
            "&nbsp;",
            "&amp;lt;",
            "▷",
            "：",
            "，",
            "\u202e",
        ]
    ),
)


@given(st.lists(PIECES, max_size=40).map("".join))
@example("<TABLE><TD><TD>0")
def test_blocks_are_safe_and_their_spans_fit(html: str) -> None:
    reading = reading_of_body(html)
    for block in reading.blocks:
        assert block.text
        assert "\x1b" not in block.text
        assert "\u202e" not in block.text
        cells = block.text.split(" | ") if block.kind == "row" else [block.text]  # a cell may be empty
        assert all(cell == " ".join(cell.split()) for cell in cells)
        ends = [0, *(offset for span in block.strong for offset in span), len(block.text)]
        assert ends == sorted(ends)
        assert all(block.text[start:end].strip() for start, end in block.strong)
    for fact in (reading.origin, reading.author, reading.editor):
        assert fact == clean(fact)


@given(st.binary(max_size=400), st.sampled_from(["", "text/html", "text/html; charset=gbk"]))
def test_no_bytes_of_a_page_raise(body: bytes, content_type: str) -> None:
    reading_of_page(Page(url="https://a.example/", body=body, content_type=content_type))


def test_every_gold_post_is_read_whole_and_clean(gold: Path) -> None:
    for label_file in sorted((gold / "labels").glob("*.json")):
        label = json.loads(label_file.read_text("utf-8"))["blocks"]
        numbered = (gold / "blocks" / f"{label_file.stem}.txt").read_text("utf-8").rstrip("\n").split("\n")
        printed = [line.partition("\t")[2] for line in numbered]
        (entry,) = posts_of(gold / "posts" / f"{label_file.stem}.md")
        letters = [re.sub(r"[\W_]+", "", text) for text in texts_of(entry.body or "")]
        wanted = [re.sub(r"[\W_]+", "", printed[index]) for index in label["body"]]
        assert letters == [text for text in wanted if text], label_file.stem
