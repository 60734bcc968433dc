"""Texts in a feed: a line of a wall instead of an item's text, and one text under many titles."""

import json

import pytest

from feeds.kinds import entries_of
from feeds.model import Entry, Page, Source

SOURCE = Source(name="水务", kind="rss", url="http://water.example.cn/feed")
FEED = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>水务</title>{}</channel></rss>'
ITEM = (
    "<item><title>{title}</title><link>http://water.example.cn/{title}</link><description>{summary}</description>"
    "<content:encoded><![CDATA[{body}]]></content:encoded></item>"
)
WALLS = [
    "<p>请登录后查看全文。</p>",
    "<div>本文为付费内容，订阅后可继续阅读</div><div>立即订阅</div>",
    "<p>Sign in to continue reading this article.</p>",
    "<p>您的访问过于频繁，请完成验证后继续。</p>",
    "<p>页面不存在或已被删除</p>",
    "正在加载……",
]


def entries(*items: tuple[str, str, str]) -> list[Entry]:
    told = "".join(ITEM.format(title=title, summary=summary, body=body) for title, summary, body in items)
    return entries_of(Page(url=SOURCE.url, body=FEED.format(told).encode()), SOURCE)


@pytest.mark.parametrize("wall", WALLS)
def test_a_line_of_a_wall_is_not_the_text_of_the_item(wall: str) -> None:
    (entry,) = entries(("灌区改造全面开工", "灌区改造分三批进行。", wall))
    assert (entry.body, entry.summary) == (None, "灌区改造分三批进行。")


@pytest.mark.parametrize("wall", WALLS)
def test_in_a_json_feed_too(wall: str) -> None:
    item = {"id": "1", "url": "http://water.example.cn/1", "title": "灌区改造全面开工", "content_html": wall}
    feed = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{**item, "summary": "分三批进行。"}]})
    (entry,) = entries_of(Page(url=SOURCE.url, body=feed.encode()), SOURCE)
    assert (entry.body, entry.summary) == (None, "分三批进行。")


def test_a_line_of_a_wall_is_not_a_summary() -> None:
    (entry,) = entries(("灌区改造全面开工", "请登录后查看全文", ""))
    assert (entry.body, entry.summary) == (None, "")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("灌区改造", "灌区开工。"),
        ("人事", "任命某人为厅长。"),
        ("短信验证码新规", "平台发送验证码须经同意，请用户注意。"),
        ("快讯", "央行净投放。"),
    ],
)
def test_a_short_text_stays(title: str, text: str) -> None:
    (entry,) = entries((title, "", f"<p>{text}</p>"))
    assert entry.body == f"<p>{text}</p>"


BOX = "<p>碧波亭欢迎各位，更多精彩尽在亭中。</p>"


def test_one_text_under_several_titles_belongs_to_none() -> None:
    found = entries(("灌区改造", "甲", BOX), ("春耕部署", "乙", BOX), ("农机补贴", "丙", "<p>农机补贴下达。</p>"))
    assert [entry.body for entry in found] == [None, None, "<p>农机补贴下达。</p>"]


def test_one_text_under_one_title_or_one_that_fits_stays() -> None:
    assert [entry.body for entry in entries(("灌区改造", "", BOX), ("灌区改造", "", BOX))] == [BOX, BOX]
    fitting = "<p>灌区改造与春耕部署同时进行。</p>"
    assert [entry.body for entry in entries(("灌区改造", "", fitting), ("春耕部署", "", fitting))] == [fitting] * 2
