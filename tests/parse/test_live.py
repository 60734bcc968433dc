"""The 7x24 feed: items with their whole text."""

import json
from datetime import datetime
from typing import Any, Protocol

import pytest

from feeds.errors import ParseError
from feeds.kinds import address_of, entries_of
from feeds.kinds.live.reading import title_of
from feeds.model import BEIJING, Page, Source
from feeds.parse import reading_of_body

EXT = {
    "stocks": [{"market": "cn", "symbol": "sh600000", "key": "银行"}],
    "docurl": "https://finance.sina.com.cn/7x24/2023-05-04/doc-imyabcde1234567.shtml",
    "docid": "myabcde1234567",
}
ITEM = {
    "id": 4155848,
    "zhibo_id": 152,
    "type": 0,
    "rich_text": "【央行开展逆回购操作】中国人民银行公告，<a href='x'>今日</a>开展逆回购操作。\n利率不变。（金融时报）",
    "create_time": "2023-05-04 09:20:14",
    "update_time": "2023-05-04 09:20:22",
    "is_delete": 0,
    "ext": json.dumps(EXT),
    "tag": [{"id": "8", "name": "央行"}, {"id": "5", "name": "市场"}],
    "docurl": "https://finance.sina.cn/7x24/2023-05-04/detail-imyabcde1234567.d.html",
}


class Maker(Protocol):
    def text(self, text: str, content_type: str = ..., url: str = ..., coding: str = ...) -> Page: ...


def feed(*items: Any) -> str:
    data = {"feed": {"list": list(items), "page_info": {"totalPage": 1}, "max_id": 1, "min_id": 1}}
    return json.dumps({"result": {"status": {"code": 0, "msg": "OK"}, "data": data}})


@pytest.mark.parametrize("form", ["{}", "try{{callback({});}}catch(e){{}};"])
def test_an_item_has_its_whole_text(sample: Maker, live_source: Source, form: str) -> None:
    (entry,) = entries_of(sample.text(form.format(feed(ITEM))), live_source)
    assert entry.title == "央行开展逆回购操作"
    assert entry.flash
    assert entry.published == datetime(2023, 5, 4, 9, 20, 14, tzinfo=BEIJING)
    assert entry.updated == datetime(2023, 5, 4, 9, 20, 22, tzinfo=BEIJING)
    assert entry.url == EXT["docurl"]
    assert (entry.docid, entry.guid) == ("comos:myabcde1234567", "live:152-4155848")
    assert (entry.origin, entry.keywords) == ("金融时报", ("央行", "市场"))
    assert [block.text for block in reading_of_body(entry.body or "").blocks] == [
        "中国人民银行公告，今日开展逆回购操作。",
        "利率不变。（金融时报）",
    ]


def test_an_item_without_a_page_is_known_by_its_number(sample: Maker, live_source: Source) -> None:
    item = ITEM | {"ext": "", "docurl": None, "rich_text": "财政部：一季度收入增长。支出保持强度。"}
    (entry,) = entries_of(sample.text(feed(item)), live_source)
    assert (entry.url, entry.docid, entry.guid) == ("", "", "live:152-4155848")
    assert entry.title == "财政部：一季度收入增长"


@pytest.mark.parametrize("ext", ["{broken", "[1]", "7", None, {"docurl": EXT["docurl"]}, "[" * 100_000])
def test_a_broken_ext_does_not_remove_an_item(sample: Maker, live_source: Source, ext: object) -> None:
    (entry,) = entries_of(sample.text(feed(ITEM | {"ext": ext})), live_source)
    assert entry.url.endswith(("doc-imyabcde1234567.shtml", "detail-imyabcde1234567.d.html"))


def test_deleted_and_empty_items_are_skipped(sample: Maker, live_source: Source) -> None:
    nowhere = {"docurl": "", "ext": "{}"}
    items = [
        ITEM | {"is_delete": 1},
        ITEM | nowhere | {"rich_text": " <br> "},
        ITEM | nowhere | {"rich_text": None},
        None,
    ]
    assert entries_of(sample.text(feed(*items)), live_source) == []


def test_an_item_of_which_only_the_page_is_known_is_kept(sample: Maker, live_source: Source) -> None:
    (entry,) = entries_of(sample.text(feed(ITEM | {"rich_text": None})), live_source)
    assert (entry.title, entry.body) == ("", None)
    assert entry.url


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("【短题】正文", "短题"),
        ("没有句号的一句话", "没有句号的一句话"),
        ("为什么？因为如此。", "为什么？"),
        ("长" * 30 + "，" + "句" * 40 + "。", "长" * 30 + "…"),
        ("【】空的题目。后面", "【】空的题目"),
    ],
)
def test_a_title_is_in_brackets_or_the_first_sentence(text: str, title: str) -> None:
    assert title_of(text) == title


@pytest.mark.parametrize("text", ["", "<html>", '{"result":{"data":{"feed":{}}}}', '{"result":{"data":[]}}', "{}"])
def test_another_answer_than_a_live_feed_is_a_parse_error(sample: Maker, live_source: Source, text: str) -> None:
    with pytest.raises(ParseError):
        entries_of(sample.text(text), live_source)


def test_the_channel_is_the_zhibo_id(live_source: Source) -> None:
    address = address_of(live_source, 3)
    assert address.startswith("https://zhibo.sina.com.cn/api/zhibo/feed?page=3&")
    assert "zhibo_id=152" in address
