"""Posts in Markdown, alone and with HTML inside."""

import pytest

from feeds.model import Block
from feeds.parse import reading_of_body
from feeds.parse.post.entries import entry_of


def blocks_of(text: str) -> tuple[Block, ...]:
    entry = entry_of(f"---\ntitle: t\n---\n{text}")
    assert entry is not None
    return reading_of_body(entry.body or "").blocks


def lines_of(text: str) -> list[str]:
    return [block.text for block in blocks_of(text)]


def kinds_of(text: str) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.text) for block in blocks_of(text)]


def test_headings_of_each_form() -> None:
    text = "# 甲\n\n## 乙 ##\n正文。\n\n丙\n===\n\n丁\n---\n\n###戊\n#话题不是标题\n\n####### 七个不是"
    assert kinds_of(text) == [
        ("heading", 1, "甲"),
        ("heading", 2, "乙"),
        ("text", 0, "正文。"),
        ("heading", 1, "丙"),
        ("heading", 2, "丁"),
        ("heading", 3, "戊"),
        ("text", 0, "#话题不是标题"),
        ("text", 0, "####### 七个不是"),
    ]


def test_lists_with_depth_numbers_and_tasks() -> None:
    assert kinds_of("- 甲\n- 乙\n  - 子\n\n  续乙。\n- 丙\n") == [
        ("item", 1, "甲"),
        ("item", 1, "乙"),
        ("item", 2, "子"),
        ("item", 1, "续乙。"),
        ("item", 1, "丙"),
    ]
    text = "部署任务：\n3. 修渠；\n4. 植树；\n\n1) 另起\n"
    assert lines_of(text) == [
        "部署任务：",
        "3. 修渠；",
        "4. 植树；",
        "1. 另起",
    ]
    assert lines_of("* [ ] 待办\n* [x] 已办\n+ 另一表") == ["☐ 待办", "☑ 已办", "另一表"]


@pytest.mark.parametrize(
    ("text", "line", "strong"),
    [
        ("甲**乙丙**丁", "甲乙丙丁", ((1, 3),)),
        ("**“甲”**乙", "“甲”乙", ((0, 3),)),
        ("甲__乙__。", "甲乙。", ((1, 2),)),
        ("***甲***乙", "甲乙", ((0, 1),)),
        ("*甲***乙**", "甲乙", ((1, 2),)),
        ("甲*乙*丙_丁_", "甲乙丙丁", ()),
        ("a_b_c 与 x__y__z", "a_b_c 与 x__y__z", ()),
        ("3*4*5=60", "3*4*5=60", ()),
        ("甲 ** 乙 ** 丙", "甲 ** 乙 ** 丙", ()),
        ("没有**结尾", "没有**结尾", ()),
    ],
)
def test_emphasis(text: str, line: str, strong: tuple[tuple[int, int], ...]) -> None:
    (block,) = blocks_of(f"{text}\n\n**第二段另说，不算**在内。")[:1]
    assert (block.text, block.strong) == (line, strong)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("补贴~~八百元~~一千元，5~6年", "补贴一千元，5~6年"),
        ('见[办法全文](https://a.example/x_y_z(1) "题")。', "见办法全文。"),
        ("见[办法][甲]、[甲]、[无此]。\n\n[甲]: https://a.example", "见办法、甲、[无此]。"),
        ("见<https://a.example/q?a=1>。", "见https://a.example/q?a=1。"),
        ("`a*b*<c>` 和 ``x`y``", "a*b*<c> 和 x`y"),
        (r"\*甲\* \# \[乙\](丙) 1\. \~~x\~~ \\", r"*甲* # [乙](丙) 1. ~~x~~ \\"[:-1]),
        ("&copy; AT&T R&D 5 < 6 > 4", "© AT&T R&D 5 < 6 > 4"),
        ("10^9^吨 H~2~O", "10⁹吨 H₂O"),
        ("CO<sub>2</sub> <del>旧</del><ins>新</ins>", "CO₂ 新"),
        ('甲{% raw %}乙{% endraw %}{{< ref "x" >}}丙', "甲乙丙"),
        ("甲<!-- 注 -->乙", "甲乙"),
    ],
)
def test_parts_of_a_line(text: str, line: str) -> None:
    assert lines_of(f"# 题\n\n{text}")[1:] == [line]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("{% raw %}灌溉用水下降。{% endraw %}", "灌溉用水下降。"),
        ("{{< hint info >}}渠系完好。{{< /hint >}}", "渠系完好。"),
        ("{% if a %}{% endif %}", ""),
        ('{% include figure.html title="图" %}', ""),
        ("::: warning", ""),
        ("见[[渠系名录]]与[[名录#第二节|第二节]]。", "见渠系名录与第二节。"),
        ("下图![[渠系.png]]所示", "下图所示"),
        ("[[1]](https://a.example.org)为据", "[1]为据"),
    ],
)
def test_commands_are_removed_and_the_text_between_them_stays(text: str, line: str) -> None:
    assert "".join(lines_of(f"甲段在前。\n\n{text}\n")) == f"甲段在前。{line}"


def test_line_ends_and_hard_breaks() -> None:
    assert lines_of("# 题\n中文换\n行不留空。\n下一句  \n硬断\\\n再断 and\nmore")[1:] == [
        "中文换行不留空。",
        "下一句",
        "硬断",
        "再断 and more",
    ]
    assert lines_of("三项任务：\n一是修渠，\n二是植树，\n（三）清淤") == [
        "三项任务：",
        "一是修渠，",
        "二是植树，",
        "（三）清淤",
    ]


def test_tables_code_quotations_rules_and_terms() -> None:
    assert kinds_of("| 指标 | 2030年 |\n|:--|--:|\n| 甲\\|乙 | **5** |\n无竖线的段落") == [
        ("row", 0, "指标 | 2030年"),
        ("row", 0, "甲|乙 | 5"),
        ("text", 0, "无竖线的段落"),
    ]
    text = "```yaml\n# 不是标题\n- 不是 **列表**\n\n~~~ x\n```\n后"
    assert lines_of(text) == [
        "# 不是标题",
        "- 不是 **列表**",
        "~~~ x",
        "后",
    ]
    assert lines_of("# 前\n\n    code <b>\n      two\n\n后") == ["前", "code <b>", "two", "后"]
    assert lines_of("> 引一。\n> > 引二。\n懒\n\n后\n\n* * *\n\n末") == ["引一。", "引二。", "懒", "后", "末"]
    assert lines_of("绿电\n: 可再生能源电力。\n: 又一说。") == ["绿电", "可再生能源电力。", "又一说。"]


def test_notes_stand_below_and_their_marks_are_not_glued_to_numbers() -> None:
    assert lines_of("增长5[^1]%。[^来源]\n\n[^1]: 初步核算数。\n[^来源]: 统计公报。\n    又见年鉴。") == [
        "增长5%。",
        "[1] 初步核算数。",
        "[来源] 统计公报。 又见年鉴。",
    ]


def test_a_picture_in_a_link_is_shown_by_its_description() -> None:
    assert lines_of("**题**\n\n文。![新建成的跨江大桥](a.png)\n\n[![小图](b.png)原图](b.png)") == [
        "题",
        "文。",
        "〔图：新建成的跨江大桥〕",
        "原图",
    ]


def test_html_inside_stays_as_it_is() -> None:
    text = "<div>\n<p>甲*不是*</p>\n</div>\n\n**是**的。\n\n<!-- more\n- 注 -->\n\n<b>末</b>段"
    assert lines_of(text) == [
        "甲*不是*",
        "是的。",
        "末段",
    ]
    assert lines_of("<pre>\n甲\n\n- 乙\n</pre>\n\n- 丙") == ["甲", "- 乙", "丙"]


@pytest.mark.parametrize(
    "html",
    [
        "<p>甲 * 乙 * 丙</p>\n\n<p>1. 丁</p>",
        "　　甲_乙_丙<br>\n\n　　第二段。<br>",
        "<div>\n\n<p>价格[注]上涨</p>\n    <p>缩进</p></div>",
        "文字 <font>5*6*7</font><br/>\n\n    缩进的一段。",
    ],
)
def test_a_post_that_is_html_is_left_alone(html: str) -> None:
    entry = entry_of(f"---\ntitle: t\n---\n{html}")
    assert entry is not None
    assert entry.body == html.strip()


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "![",
        "*",
        "**a",
        "_a ",
        "`",
        "`` ` ",
        "<!--",
        "<a ",
        "> ",
        "- ",
        "> - ",
        "[a](",
        "{{<",
        "~~a",
        "|a",
        "a\n===\n",
    ],
)
def test_endless_repetition_ends_in_time(piece: str) -> None:
    entry = entry_of("---\ntitle: t\n---\n**a**\n" + piece * 20_000)
    assert entry is not None
    assert len(entry.body or "") < 4_000_000
