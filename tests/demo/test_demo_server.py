"""The embedded Sina over real HTTP."""

import asyncio
import json
import re
import socket
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import httpx
import pytest

from feeds.demo import DemoServer, faults, samples
from feeds.demo.faults import KINDS
from feeds.model import BEIJING

START = datetime(2026, 11, 20, 15, 30, tzinfo=BEIJING)


@pytest.fixture
async def demo() -> AsyncIterator[DemoServer]:
    async with DemoServer(start=START) as server:
        yield server


@pytest.fixture
async def client(demo: DemoServer) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=demo.url) as asking:
        yield asking


async def rows_of(client: httpx.AsyncClient, lid: str = "1686", **more: str) -> list[dict[str, Any]]:
    answer = await client.get("/api/roll/get", params={"pageid": "155", "lid": lid, **more})
    rows: list[dict[str, Any]] = answer.json()["result"]["data"]
    return rows


async def test_the_roll_lists_rows_newest_first_with_times_as_strings_of_seconds(client: httpx.AsyncClient) -> None:
    rows = await rows_of(client, num="80")
    times = [int(row["ctime"]) for row in rows]
    assert times == sorted(times, reverse=True)
    assert all(isinstance(row[name], str) for row in rows for name in ("ctime", "mtime", "intime"))
    assert times[0] <= START.timestamp()


async def test_the_roll_escapes_slashes_and_chinese_as_sina_does(client: httpx.AsyncClient) -> None:
    text = (await client.get("/api/roll/get?pageid=155&lid=1689")).text
    assert "http:\\/\\/127.0.0.1" in text
    assert text.isascii()


async def test_pages_of_the_roll_join_without_gap_or_overlap(client: httpx.AsyncClient) -> None:
    whole = [row["docid"] for row in await rows_of(client, num="80")]
    paged: list[str] = []
    for page in range(1, len(whole) + 1):
        rows = await rows_of(client, num="5", page=str(page))
        if not rows:
            break
        paged += [row["docid"] for row in rows]
    assert paged == whole


async def test_a_callback_makes_jsonp_and_a_hostile_one_is_ignored(client: httpx.AsyncClient) -> None:
    dressed = (await client.get("/api/roll/get?lid=1687&callback=jQuery111_22")).text
    assert json.loads(dressed.removeprefix("jQuery111_22(").removesuffix(");"))["result"]["status"]["code"] == 0
    hostile = await client.get("/api/roll/get", params={"lid": "1687", "callback": "alert(1);//"})
    assert hostile.json()["result"]["lid"] == 1687


async def test_an_unknown_channel_is_an_empty_list(client: httpx.AsyncClient) -> None:
    assert await rows_of(client, lid="9999") == []


async def test_the_finance_channel_answers_in_gb18030_and_says_so(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/roll/get?pageid=155&lid=1690")
    assert answer.headers["content-type"] == "application/json; charset=gb18030"
    rows = json.loads(answer.content.decode("gb18030"))["result"]["data"]
    assert any("耐心资本" in row["title"] for row in rows)


async def test_the_7x24_feed_has_exactly_its_form(client: httpx.AsyncClient) -> None:
    text = (await client.get("/api/zhibo/feed?page=1&page_size=20&zhibo_id=152&callback=callback")).text
    assert text.startswith("try{callback({")
    assert text.endswith("});}catch(e){};")
    feed = json.loads(text[len("try{callback(") : -len(");}catch(e){};")])["result"]["data"]["feed"]
    assert feed["list"][0]["id"] == feed["max_id"]
    assert feed["page_info"]["totalNum"] == len(feed["list"])
    ext = json.loads(feed["list"][0]["ext"])
    assert ext["docurl"] == feed["list"][0]["docurl"]


async def test_every_row_leads_to_pages_that_hold_the_text(demo: DemoServer, client: httpx.AsyncClient) -> None:
    for story in demo.stories():
        for path in (story.path, story.mobile_path):
            page = await client.get(path)
            encoding = "gb18030" if "charset=gb2312" in page.content[:400].decode("ascii", "ignore") else "utf-8"
            text = page.content.decode(encoding)
            assert page.status_code == 200
            for para in story.paragraphs:
                if not re.search(r"[\[*&<>]", para.text) and para.kind != "row":
                    assert para.text in text


async def test_a_flash_has_a_page_of_its_own(demo: DemoServer, client: httpx.AsyncClient) -> None:
    flash = demo.flashes()[0]
    page = await client.get(flash.path)
    assert flash.text.split("】")[-1] in page.text


async def test_what_does_not_exist_is_404(client: httpx.AsyncClient) -> None:
    for path in ("/nothing", "/china/2026-01-01/doc-iaaaaaaa1111111.shtml", "/sina/finance/china/9999"):
        assert (await client.get(path)).status_code == 404
    assert (await client.post("/api/roll/get")).status_code == 405


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
async def test_each_syndication_format_has_whole_bodies(form: str, client: httpx.AsyncClient) -> None:
    answer = await client.get(f"/sina/finance/china/1686?format={form}")
    assert answer.status_code == 200
    assert "责任编辑" in answer.text
    assert "补齐产地短板" in answer.text


@pytest.mark.parametrize(
    "path", ["/api/roll/get?lid=1687", "/api/zhibo/feed", "/sina/finance/china/1686", "/api/roll/get?lid=1690"]
)
async def test_a_feed_that_did_not_change_is_304_and_one_that_did_is_not(
    path: str, demo: DemoServer, client: httpx.AsyncClient
) -> None:
    first = await client.get(path)
    by_etag = await client.get(path, headers={"If-None-Match": first.headers["etag"]})
    by_time = await client.get(path, headers={"If-Modified-Since": first.headers["last-modified"]})
    assert [by_etag.status_code, by_time.status_code] == [304, 304]
    assert by_etag.content == b""
    moved: set[str] = set()
    while not {"1687", "1690"} <= moved:
        moved.update(demo.publish_next().sample.channels)
    demo.publish_flash()
    changed = await client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert changed.status_code == 200


async def test_the_body_is_packed_only_for_clients_that_unpack(client: httpx.AsyncClient) -> None:
    zipped = await client.get("/api/roll/get?lid=1686", headers={"Accept-Encoding": "gzip"})
    plain = await client.get("/api/roll/get?lid=1686", headers={"Accept-Encoding": "identity"})
    assert zipped.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert zipped.content == plain.content


async def test_head_has_the_length_and_no_body(demo: DemoServer) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", demo.port)
    writer.write(b"HEAD /api/roll/get?lid=1686 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    head = await reader.read()
    writer.close()
    await writer.wait_closed()
    assert b"Content-Length:" in head
    assert head.endswith(b"\r\n\r\n")


async def test_bytes_that_are_not_http_end_only_the_connection(demo: DemoServer) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", demo.port)
    writer.write(b"\x16\x03\x01 what is this\r\n\r\n")
    assert await reader.read() == b""
    writer.close()
    await writer.wait_closed()
    async with httpx.AsyncClient(base_url=demo.url) as client:
        assert await rows_of(client)


async def test_a_client_that_stops_reading_does_not_keep_the_server_open() -> None:
    async with asyncio.timeout(30):
        async with DemoServer(start=START) as server:
            connection = socket.create_connection(("127.0.0.1", server.port))
            connection.sendall(b"GET /sina/finance/china/1686 HTTP/1.1\r\nHost: x\r\n\r\n" * 300)
            answered = -1
            while answered != len(server.exchanges):  # until every buffer between the two is full
                answered = len(server.exchanges)
                await asyncio.sleep(0.3)
            assert 0 < answered < 300
        connection.close()


async def test_publish_next_puts_a_new_row_on_top_of_its_channels(demo: DemoServer, client: httpx.AsyncClient) -> None:
    before = {row["docid"] for row in await rows_of(client, num="80")}
    story = demo.publish_next()
    for lid in story.sample.channels:
        if lid == "1690":
            continue
        top = (await rows_of(client, lid=lid))[0]
        assert top["docid"] == f"comos:{story.comos}"
        assert top["docid"] not in before


async def test_two_articles_of_one_moment_keep_their_order(demo: DemoServer) -> None:
    stories = [demo.publish_next() for _ in range(5)]
    assert demo.stories()[:5] == stories[::-1]


async def test_a_change_keeps_id_and_place(demo: DemoServer, client: httpx.AsyncClient) -> None:
    changed = demo.reissue()
    assert changed is not None
    rows = {row["docid"]: row for row in await rows_of(client, num="80")}
    row = rows[f"comos:{changed.comos}"]
    assert int(row["mtime"]) > int(row["ctime"])
    page = await client.get(changed.path)
    assert "article:update_at" in page.text
    assert "{{" not in page.text
    assert demo.reissue() != changed


async def test_articles_are_generated_when_the_pool_is_empty(demo: DemoServer) -> None:
    known = {story.comos for story in demo.stories()}
    for _ in range(len(samples()) + 20):
        known.add(demo.publish_next().comos)
        demo.publish_flash()
    assert len(known) >= len([sample for sample in samples() if not sample.is_held_back]) + len(samples()) + 20


async def test_the_same_start_and_seed_give_the_same_articles() -> None:
    listings = []
    for _ in range(2):
        async with DemoServer(start=START, seed=7) as server:
            listings.append([(story.comos, story.published) for story in server.stories()])
            listings[-1] += [(server.publish_next().comos, START) for _ in range(20)]
    assert listings[0] == listings[1]


async def test_with_every_an_article_is_published_by_itself() -> None:
    async with DemoServer(every=0.01, start=START) as server:
        before = len(server.stories())
        for _ in range(1000):
            await asyncio.sleep(0.01)
            if len(server.stories()) >= before + 6:
                break
        assert any(story.revision for story in server.stories())


async def test_each_fault_is_what_its_name_says(client: httpx.AsyncClient) -> None:
    good = "/api/roll/get?lid=1689"
    for kind in ("down", "cut"):
        with pytest.raises(httpx.TransportError):
            await client.get(f"/fault/{kind}{good}")
    assert (await client.get(f"/fault/empty{good}")).content == b""
    assert "html" in (await client.get(f"/fault/html{good}")).headers["content-type"]
    busy = await client.get(f"/fault/429{good}")
    assert (busy.status_code, busy.headers["retry-after"]) == (429, "7")
    assert (await client.get(f"/fault/500{good}")).status_code == 500
    with pytest.raises(httpx.TooManyRedirects):
        await client.get(f"/fault/loop{good}", follow_redirects=True)
    moved = await client.get(f"/fault/moved{good}", follow_redirects=True)
    assert moved.json()["result"]["data"]


async def test_mislabelled_bytes_say_utf8_and_are_gb18030(client: httpx.AsyncClient) -> None:
    answer = await client.get("/fault/gbk/api/roll/get?lid=1689")
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    with pytest.raises(UnicodeDecodeError):
        answer.content.decode("utf-8")
    assert json.loads(answer.content.decode("gb18030"))["result"]["data"]


async def test_a_bomb_is_small_before_it_is_unpacked(demo: DemoServer, client: httpx.AsyncClient) -> None:
    async with client.stream("GET", "/fault/bomb/api/roll/get?lid=1689") as answer:
        assert int(answer.headers["content-length"]) < 200_000
        assert answer.headers["content-encoding"] == "gzip"


async def test_a_slow_server_sends_its_head_and_then_hardly_anything(client: httpx.AsyncClient) -> None:
    async with client.stream("GET", "/fault/slow/api/roll/get?lid=1689") as answer:
        assert answer.status_code == 200
        first = await anext(answer.aiter_raw())
        assert len(first) < 100


async def test_a_fault_of_a_channel_does_not_affect_others(demo: DemoServer, client: httpx.AsyncClient) -> None:
    demo.faults["1689"] = "500"
    assert (await client.get("/api/roll/get?lid=1689")).status_code == 500
    assert await rows_of(client, lid="1687")
    del demo.faults["1689"]
    assert await rows_of(client, lid="1689")


async def test_requests_are_kept_for_tests(demo: DemoServer, client: httpx.AsyncClient) -> None:
    await client.get("/api/roll/get?lid=1687", headers={"Referer": "https://news.sina.com.cn/"})
    last = demo.exchanges[-1]
    assert (last.target, last.status) == ("/api/roll/get?lid=1687", 200)
    assert last.headers["referer"] == "https://news.sina.com.cn/"


def test_the_docstring_lists_the_kinds_of_fault() -> None:
    assert all(re.search(rf"\b{kind}\b", faults.__doc__ or "") for kind in KINDS)
