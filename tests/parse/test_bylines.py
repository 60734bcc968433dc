"""Lines about the text give their facts and are removed; similar lines stay."""

import pytest

from feeds.parse import reading_of_body

TEXT = "<p>国务院办公厅印发意见，部署有关工作。</p>"


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("本报记者 某某 见习记者 某 甲", "某某 见习记者 某 甲"),
        ("新华社记者某某、某甲", "某某、某甲"),
        ("（总台记者 某某 某甲 某乙）", "某某 某甲 某乙"),
        ("文/某某日报记者 某某", "某某日报记者 某某"),
        ("作 者丨某某", "某某"),
        ("■ 本报记者 某某", "某某"),
        ("原创： 某某工作室", "某某工作室"),
        ("证券时报记者 某某 通讯员 某甲", "某某 通讯员 某甲"),
        ("⊙记者 某某 ○编辑 某甲", "某某 ○编辑 某甲"),
        ("记者：某某", "某某"),
        ("作者：某某 来源：某某周刊", "某某"),
        ("21世纪经济报道记者 某某 北京报道", "某某"),
        ("每经记者：某某 每经编辑：某甲", "某某"),
        ("人民日报评论员", "人民日报评论员"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_reporter_line_at_either_end_gives_the_author(line: str, author: str, *, first: bool) -> None:
    html = f"<p>{line}</p>{TEXT}" if first else f"{TEXT}<p>{line}</p>"
    reading = reading_of_body(html)
    assert [block.text for block in reading.blocks] == ["国务院办公厅印发意见，部署有关工作。"]
    assert reading.author == author


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("来源：经济参考报", "origin", "经济参考报"),
        ("文章来源：人民网", "origin", "人民网"),
        ("（来源：新华社）", "origin", "新华社"),
        ("来　源：央视网", "origin", "央视网"),
        ("原标题：国务院办公厅印发意见 来源：新华网", "origin", "新华网"),
        ("责任编辑：某某 SF014", "editor", "某某 SF014"),
        ("（编辑：某某）", "editor", "某某"),
        ("编辑/某某", "editor", "某某"),
        ("本期编辑 某某", "editor", "某某"),
        ("责编：某某", "editor", "某某"),
        ("来源：某某周刊 作者：某某", "origin", "某某周刊"),
        ("本文源自：金融时报", "origin", "金融时报"),
    ],
)
def test_a_line_about_the_text_gives_its_fact_and_is_removed(line: str, field: str, value: str) -> None:
    reading = reading_of_body(f"{TEXT}<p>　　{line}</p>")
    assert len(reading.blocks) == 1
    assert getattr(reading, field) == value


@pytest.mark.parametrize(
    "line",
    [
        "新华社北京3月2日电 题：农田水利怎么建",
        "新华社北京3月2日电",
        "中新社北京3月2日电 （记者 某某）",
        "（原标题：农田水利怎么建）",
        "校对：某某",
        "2023年5月4日 09:12 新华网",
        "工业和信息化部运行监测协调局",
    ],
)
def test_a_dateline_or_signature_alone_is_removed(line: str) -> None:
    assert len(reading_of_body(f"<p>{line}</p>{TEXT}").blocks) == 1


@pytest.mark.parametrize(
    "line",
    [
        "某某财经记者：",
        "记者调查",
        "本报记者获悉",
        "新华社北京3月2日电 国务院印发方案。",
        "新华社记者从水利部获悉，春灌已经开始。",
        "编辑出版工作要坚持正确导向。",
        "来源于农业的收入增长5%。",
        "更多企业因此受益。",
        "2023年5月4日",
        "记者：为什么要出台这份意见",
        "编辑 让阅读更美",
        "审核 明确责任",
    ],
)
def test_a_line_that_says_something_of_its_own_stays(line: str) -> None:
    assert reading_of_body(f"<p>{line}</p>{TEXT}").blocks[0].text == line


def test_a_document_heading_over_several_lines_is_not_a_signature() -> None:
    html = "<p>国务院办公厅 财政部</p><p>中国人民银行</p><p>关于支持春耕的通知</p><p>各省财政厅：</p>"
    assert [block.text for block in reading_of_body(html).blocks][:3] == [
        "国务院办公厅 财政部",
        "中国人民银行",
        "关于支持春耕的通知",
    ]


def test_a_signature_below_a_document_stays() -> None:
    html = f"{TEXT}<p>财政部</p><p>2023年5月4日</p><p>（此件公开发布）</p>"
    assert [block.text for block in reading_of_body(html).blocks][1:] == ["财政部", "2023年5月4日", "（此件公开发布）"]


def test_the_first_value_of_a_fact_counts() -> None:
    reading = reading_of_body(f"<p>来源：新华社</p>{TEXT}<p>来源：某某公众号</p>")
    assert reading.origin == "新华社"


@pytest.mark.parametrize(
    "line",
    [
        "编辑 " * 20 + "。",
        "编辑 编辑 编 辑 王 李 张 " * 4 + "!",
        "本报记者 王、李 " * 9 + "。",
        "新华社报网" * 16,
        "来 源 来源：" * 12 + "。",
    ],
)
def test_a_hostile_line_ends_in_time(line: str) -> None:
    assert reading_of_body(f"<p>{line}</p>" * 300 + TEXT).blocks
