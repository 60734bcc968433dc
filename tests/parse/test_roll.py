"""Roll answers in all forms: JSON, both callbacks, the old recommendation rows, the HTML list."""

import json
from datetime import UTC, datetime
from typing import Any, Protocol

import pytest

from feeds.errors import ParseError
from feeds.kinds import address_of, entries_of
from feeds.model import Page, Source

URL = "https://finance.sina.com.cn/china/bwdt/2023-05-04/doc-imyabcde1234567.shtml"
ROW = {
    "docid": "comos:myabcde1234567",
    "url": URL + "?utm_source=x",
    "wapurl": "https://finance.sina.cn/2023-05-04/detail-imyabcde1234567.d.html",
    "title": "水利部：“春灌”<b>有序</b>推进",
    "intro": "水利部有关负责人介绍&nbsp;情况",
    "media_name": "经济日报",
    "keywords": "春灌,水利，水利",
    "ctime": "1683162729",
    "mtime": "1683166329",
    "intime": "1683163000",
    "images": [{"u": "//n.sinaimg.cn/a.jpg"}],
}


class Maker(Protocol):
    def text(self, text: str, content_type: str = ..., url: str = ..., coding: str = ...) -> Page: ...


def envelope(*rows: Any, code: int = 0) -> str:
    status = {"code": code, "msg": "succ" if not code else "bad lid"}
    return json.dumps({"result": {"status": status, "total": len(rows), "lid": 1689, "data": list(rows)}})


@pytest.mark.parametrize(
    "form",
    [
        "{}",
        "  {}\n",
        "jQuery111_1({});",
        "try{{feedCallback({});}}catch(e){{}};",
        "/*<script>location.href='//sina.com';</script>*/\nfeed.cb({});",
    ],
)
def test_a_row_becomes_an_entry_in_every_form(sample: Maker, roll_source: Source, form: str) -> None:
    (entry,) = entries_of(sample.text(form.format(envelope(ROW))), roll_source)
    assert entry.title == "水利部：“春灌”有序推进"
    assert entry.url == URL + "?utm_source=x"
    assert (entry.docid, entry.guid) == ("comos:myabcde1234567",) * 2
    assert entry.published == datetime(2023, 5, 4, 1, 12, 9, tzinfo=UTC)
    assert entry.updated == datetime(2023, 5, 4, 2, 12, 9, tzinfo=UTC)
    assert (entry.source, entry.category) == ("部委动态", ("金融", "部委动态"))
    assert (entry.origin, entry.summary) == ("经济日报", "水利部有关负责人介绍 情况")
    assert entry.keywords == ("春灌", "水利")
    assert entry.thumbnail == "https://n.sinaimg.cn/a.jpg"
    assert entry.body is None
    assert not entry.flash


def test_escaped_slashes_and_letters_are_read(sample: Maker, roll_source: Source) -> None:
    text = '{"result":{"data":[{"title":"\\u592e\\u884c","url":"http:\\/\\/a.example\\/1"}]}}'
    (entry,) = entries_of(sample.text(text), roll_source)
    assert (entry.title, entry.url) == ("央行", "http://a.example/1")


def test_rows_of_the_old_recommendation_interface_are_read(sample: Maker, roll_source: Source) -> None:
    row = {"mtitle": "商务部：稳外贸", "surl": "http://a.example/2", "short_intro": "简介", "ctime": 1683162729}
    row |= {"mthumbs": ["http://a.example/t.jpg"], "category": {}}
    (entry,) = entries_of(sample.text(json.dumps({"status": {"code": 0}, "data": [row]})), roll_source)
    assert (entry.title, entry.url, entry.summary) == ("商务部：稳外贸", "http://a.example/2", "简介")
    assert entry.published is not None
    assert entry.headimg == "http://a.example/t.jpg"


def test_the_roll_page_gives_its_hidden_list(sample: Maker, roll_source: Source) -> None:
    html = (
        '<!DOCTYPE html><ul class="seo_data_list" style="display:none"><li><a href="https://cj.sina.cn/article/norm_detail'
        '?url=https%3A%2F%2Ffinance.sina.com.cn%2F2023-05-04%2Fdoc-imyabcde1234567.shtml">水利部部署春灌</a></li></ul>'
    )
    (entry,) = entries_of(sample.text(html), roll_source)
    assert entry.title == "水利部部署春灌"
    assert entry.url == "https://finance.sina.com.cn/2023-05-04/doc-imyabcde1234567.shtml"
    assert entry.docid == "comos:myabcde1234567"


def test_rows_that_are_not_articles_are_skipped(sample: Maker, roll_source: Source) -> None:
    rows = [ROW, None, 7, {}, {"title": "", "url": "javascript:alert(1)"}, ROW]
    assert len(entries_of(sample.text(envelope(*rows)), roll_source)) == 1


def test_a_row_with_a_title_or_an_address_is_an_article(sample: Maker, roll_source: Source) -> None:
    rows = [{"title": "无址"}, {"url": "https://a.example.cn/1"}, {"title": "坏址", "url": "javascript:alert(1)"}]
    found = entries_of(sample.text(envelope(*rows)), roll_source)
    assert [(entry.title, entry.url) for entry in found] == [("无址", ""), ("", "https://a.example.cn/1"), ("坏址", "")]


def test_rows_without_a_docid_under_one_address_are_not_one(sample: Maker, roll_source: Source) -> None:
    rows = [{"title": f"第{number}场发布会", "url": "https://a.example.cn/live"} for number in range(3)]
    assert len(entries_of(sample.text(envelope(*rows)), roll_source)) == 3


def test_an_empty_channel_is_no_failure(sample: Maker, roll_source: Source) -> None:
    assert entries_of(sample.text(envelope()), roll_source) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("<html><body>502</body></html>", "web page"),
        ("not json", "not JSON"),
        ("cb({", "not JSON"),
        ('{"result":' * 20_000, "not JSON"),
        ("[" * 200_000, "not JSON"),
        ("7", "without a list"),
        ('{"result":{"data":7}}', "without a list"),
        (envelope(code=11), "refused: bad lid"),
    ],
)
def test_another_answer_than_a_roll_is_a_parse_error(sample: Maker, roll_source: Source, text: str, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        entries_of(sample.text(text), roll_source)


def test_a_channel_is_requested_page_by_page(roll_source: Source) -> None:
    address = address_of(roll_source, 2)
    assert address.startswith("https://feed.mix.sina.com.cn/api/roll/get?")
    assert {"pageid=155", "lid=1689", "page=2"} <= set(address.partition("?")[2].split("&"))
    assert address_of(roll_source, 0) == ""


def test_a_channel_on_another_host_keeps_that_host() -> None:
    source = Source(name="a", kind="roll", url="http://127.0.0.1:8000", channel="155/1686")
    assert address_of(source, 1).startswith("http://127.0.0.1:8000/api/roll/get?pageid=155&lid=1686")
    own = Source(name="b", kind="roll", url="http://127.0.0.1:8000/r?k=v&page=9")
    assert address_of(own, 3) == "http://127.0.0.1:8000/r?k=v&page=3"
