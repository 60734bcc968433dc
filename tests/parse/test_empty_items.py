"""An item without content is left out and reported; an item with only a text is kept."""

import json
from typing import Protocol

import pytest
from msgspec import structs

from feeds.kinds import entries_of
from feeds.model import Page, Source
from feeds.workers.tasks import FeedTask
from feeds.workers.worker import answer_of

SOUND = "<item><title>关于开展试点的通知</title><link>https://news.example/a</link></item>"
TOLD = "left out {} of its entries: they have no title, text or address"


class Maker(Protocol):
    def text(self, text: str, content_type: str = ..., url: str = ..., coding: str = ...) -> Page: ...


def reports_of(page: Page, source: Source) -> tuple[int, str]:
    answer = answer_of(FeedTask(source, page))
    return len(answer.entries), str(answer.unread or answer.fault or "")


@pytest.mark.parametrize(
    "item",
    [
        "<item/>",
        "<item><pubDate>Mon, 02 Mar 2026 09:00:00 +0800</pubDate></item>",
        "<item><author>记者</author><category>要闻</category></item>",
        "<item><title> </title><link>mailto:a@news.example</link></item>",
        "<item><description>&lt;br&gt;&lt;span&gt;&lt;/span&gt;</description></item>",
    ],
)
def test_an_empty_item_of_a_feed_is_reported(sample: Maker, rss_source: Source, item: str) -> None:
    feed = "<rss version='2.0'><channel><title>源</title>{}</channel></rss>"
    assert reports_of(sample.text(feed.format(item + SOUND + item)), rss_source) == (1, TOLD.format(2))
    assert reports_of(sample.text(feed.format(SOUND)), rss_source) == (1, "")


def test_an_empty_item_of_a_json_feed_is_reported(sample: Maker, rss_source: Source) -> None:
    items = [{"id": "1", "title": "通知"}, {"date_published": "2026-03-02"}, "2", None, {"url": 3}, {"title": ["甲"]}]
    page = sample.text(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}))
    assert reports_of(page, rss_source) == (2, TOLD.format(4))


@pytest.mark.parametrize("row", [{}, {"docid": "comos:abc"}, {"title": 1, "url": "mailto:a"}, None, [], "行"])
def test_an_empty_row_of_a_roll_is_reported(sample: Maker, roll_source: Source, row: object) -> None:
    rows = [{"title": "通知", "url": "https://finance.sina.com.cn/a.shtml"}, row]
    page = sample.text(json.dumps({"result": {"status": {"code": 0}, "data": rows}}))
    assert reports_of(page, roll_source) == (1, TOLD.format(1))


@pytest.mark.parametrize("item", [{"id": 2}, {"id": 3, "rich_text": 4}, {"rich_text": "<br>"}, 5, None])
def test_an_empty_flash_is_reported_and_a_deleted_one_is_not(sample: Maker, live_source: Source, item: object) -> None:
    def page(*items: object) -> Page:
        return sample.text(json.dumps({"result": {"data": {"feed": {"list": items}}}}))

    flash, gone = {"id": 1, "rich_text": "央行开展逆回购。"}, {"id": 9, "rich_text": "已撤回。", "is_delete": 1}
    assert reports_of(page(flash, item, gone), live_source) == (1, TOLD.format(1))
    assert reports_of(page(flash, gone), live_source) == (1, "")


def test_a_feed_of_only_empty_items_is_reported(sample: Maker, rss_source: Source) -> None:
    page = sample.text("<rss version='2.0'><channel><title>源</title><item/><item/></channel></rss>")
    assert reports_of(page, structs.replace(rss_source, name="空")) == (0, TOLD.format(2))


@pytest.mark.parametrize("kind", ["application/octet-stream", "application/x-text"])
def test_an_entry_that_has_only_a_text_is_kept(sample: Maker, rss_source: Source, kind: str) -> None:
    # 推进城乡公交一体化。
    feed = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry>"
        f"<content type='{kind}'>5o6o6L+b5Z+O5Lmh5YWs5Lqk5LiA5L2T5YyW44CC</content></entry></feed>"
    )
    (entry,) = entries_of(sample.text(feed), rss_source)
    assert (entry.title, entry.body) == ("推进城乡公交一体化。",) * 2
