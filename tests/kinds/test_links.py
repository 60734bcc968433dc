"""A page of links: its rows by a selector, their dates, and pages that are something else."""

from pathlib import Path

import httpx
import pytest

from feeds.config import load, text_of
from feeds.demo import DemoServer
from feeds.errors import ConfigError, ParseError
from feeds.kinds import address_of, entries_of
from feeds.model import Page, Source

URL = "https://gov.example.cn/zwgk/list/index.html"
CONFIG = f'[[source]]\nname = "某厅"\nkind = "links"\nurl = "{URL}"\n'
ROWS = """
<li>2026年9月公开目录</li>
<li><a href="../tz/1.html">关于2026年8月1日起施行新规的通知</a><span>[2026-09-03]</span></li>
<li><a href="#"><img src="i.png"></a>
<a href="/tz/2.html" title="关于支持低空物流试点的若干措施">关于支持低空物流…</a><em>2026/09/02</em></li>
<li><a href="https://other.example.cn/3.html">省级冷链规划解读</a></li>
<li><a href="../tz/1.html">关于2026年8月1日起施行新规的通知（图解）</a><span>2026-09-03</span></li>
<li><a href="javascript:void(0)">打开</a></li>
"""


def source_with(selector: str) -> Source:
    return Source(name="某厅", kind="links", url=URL, category=("地方",), options=(("selector", selector),))


def page_of(rows: str, head: str = "", content_type: str = "text/html; charset=utf-8") -> Page:
    text = f"<html><head>{head}</head><body><div class=nav><a href=/>首页</a></div><ul class='list'>{rows}</ul></body>"
    return Page(url=URL, body=text.encode(), content_type=content_type)


def test_each_row_is_an_entry_with_its_date() -> None:
    found = entries_of(page_of(ROWS), source_with(".list li"))
    assert [(entry.title, entry.url, str(entry.published)[:10]) for entry in found] == [
        ("关于2026年8月1日起施行新规的通知", "https://gov.example.cn/zwgk/tz/1.html", "2026-09-03"),
        ("关于支持低空物流试点的若干措施", "https://gov.example.cn/tz/2.html", "2026-09-02"),
        ("省级冷链规划解读", "https://other.example.cn/3.html", "None"),
    ]
    assert {(entry.source, entry.category, entry.body) for entry in found} == {("某厅", ("地方",), None)}


def test_a_selector_may_name_the_links_themselves() -> None:
    found = entries_of(page_of(ROWS), source_with(".list a"))
    assert found[0].title == "关于2026年8月1日起施行新规的通知"
    assert {entry.published for entry in found} == {None}


def test_a_base_of_the_page_counts() -> None:
    page = page_of("<li><a href='x.html'>水利建设投资公告</a></li>", "<base href='https://static.example.cn/d/'>")
    assert entries_of(page, source_with("li"))[0].url == "https://static.example.cn/d/x.html"


def test_a_page_in_gbk_is_read() -> None:
    text = "<meta charset=gbk><ul><li><a href=/1>财政贴息办法</a> 2026.09.01</ul>"
    page = Page(url=URL, body=text.encode("gbk"), content_type="text/html")
    assert entries_of(page, source_with("li"))[0].title == "财政贴息办法"


@pytest.mark.parametrize(
    "row",
    [
        "<li><a href='/1'>通知\x1b[31m\u202e一</a> 2026-09-01</li>",
        "<li><a href='/1'>通知\x07一<script>alert(1)</script></a>",
        "<li><a href='/1' title='\x9b2J'>通知&#27;[2J一</a>",
    ],
)
def test_hostile_text_is_cleaned(row: str) -> None:
    title = entries_of(page_of(row), source_with("li"))[0].title
    assert title.startswith("通知")
    assert not {char for char in title if ord(char) < 32 or char in "\u202e\x9b"}


@pytest.mark.parametrize(
    ("body", "selector", "message"),
    [
        (b"", "li", "empty answer"),
        (b"<ul></ul>", "li", "finds no link"),
        (b"<ul><li>no link</li></ul>", "li", "finds no link"),
        (b'{"items": []}', "li", "finds no link"),
        (b"<ul><li><a href=x>a</a>", "li[", "no CSS selector"),
        (b"<ul><li><a href=x>a</a>", "li:nope", "no CSS selector"),
        (b"<div>" * 9000 + b"<li><a href=x>a</a>", "li", "nested too deeply"),
    ],
)
def test_a_page_without_rows_is_an_expected_failure(body: bytes, selector: str, message: str) -> None:
    with pytest.raises(ParseError, match=message) as caught:
        entries_of(Page(url=URL, body=body, content_type="text/html"), source_with(selector))
    assert "\n" not in str(caught.value)


def test_a_page_that_breaks_off_gives_its_whole_rows() -> None:
    page = page_of(ROWS)
    cut = page.body.decode().index("低空物流试点")
    found = entries_of(
        Page(url=URL, body=page.body.decode()[:cut].encode(), content_type="text/html"), source_with("li")
    )
    assert found[0].title == "关于2026年8月1日起施行新规的通知"


def test_config_reads_and_writes_the_selector(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(CONFIG + 'selector = ".list > li"\n', "utf-8")
    config = load(path)
    assert config.sources[0].options == (("selector", ".list > li"),)
    assert [address_of(config.sources[0], number) for number in (1, 2)] == [URL, ""]
    path.write_text(text_of(config, config.archive), "utf-8")
    assert load(path).sources == config.sources


@pytest.mark.parametrize("text", ["", 'selector = ""', 'selector = "  "', "selector = 5", f"selector = '{'a' * 301}'"])
def test_config_refuses_a_source_without_a_selector(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(CONFIG + text, "utf-8")
    with pytest.raises(ConfigError, match=r"source\[1\]\.selector: expected a"):
        load(path)


async def test_the_demo_serves_a_page_of_links() -> None:
    async with DemoServer() as server, httpx.AsyncClient(base_url=server.url, trust_env=False) as client:
        answer = await client.get("/links/list.html")
        page = Page(
            url=f"{server.url}/links/list.html", body=answer.content, content_type=answer.headers["content-type"]
        )
        found = entries_of(page, source_with(".news-list li"))
        newest = server.stories()[: len(found)]
        assert [(entry.title, entry.url) for entry in found] == [(one.title, server.url + one.path) for one in newest]
        assert len(found) > 10
        assert (await client.get(found[0].url)).status_code == 200
