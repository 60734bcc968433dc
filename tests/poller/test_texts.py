"""The source of an article's text, and articles whose text cannot be fetched."""

import json
import os
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from msgspec import structs

from feeds.events import PollEvent
from feeds.model import Article, Source
from tests.poller.bench import HOST, NOW, Bench, answered, reply, set_aside, stored

PAGE = "/china/article-1.html"


def article(bench: Bench, events: list[PollEvent]) -> Article:
    with bench.archive() as archive:
        return archive.get(stored(events)[0].id)


# Pages that do not come


async def test_an_article_without_its_page_is_kept_with_the_data_of_the_feed(bench: Bench) -> None:
    bench.site.channels["1689"] = [1]
    bench.site.answers[PAGE] = reply(status=500)
    events = await bench.poll()
    first = article(bench, events)
    assert (first.title, first.summary, first.blocks) == ("第1号方案印发", "第1号方案的提要", ())
    assert answered(events).outcome == "ok"
    assert "a fault of its own" in str(answered(events).fault)

    bench.site.answers.clear()
    bench.now = NOW + timedelta(seconds=301)
    events = await bench.poll()
    assert [event.new for event in stored(events)] == [False]
    assert article(bench, events).paragraphs[0].endswith("提出四项措施。")
    assert article(bench, events).earlier == ()
    assert answered(events).fault is None


async def test_without_pages_the_summary_is_the_text_and_no_page_is_asked(bench: Bench) -> None:
    bench.sources = (structs.replace(bench.sources[0], page=False),)
    bench.site.channels["1689"] = [1]
    events = await bench.poll()
    assert article(bench, events).paragraphs == ["第1号方案的提要"]
    assert bench.site.pages_asked == []
    bench.now = NOW + timedelta(seconds=301)
    assert stored(await bench.poll()) == []


async def test_a_failing_page_is_fetched_less_and_less_often_and_then_given_up(bench: Bench) -> None:
    bench.site.channels["1689"] = [1]
    bench.site.answers[PAGE] = reply(status=500)
    for _ in range(60):
        await bench.poll()
        bench.now += timedelta(hours=1)
    assert 10 <= len(bench.site.pages_asked) <= 12
    assert bench.titles() == {"第1号方案印发"}


@pytest.mark.parametrize("status", [404, 410])
async def test_a_page_that_is_gone_is_fetched_once(bench: Bench, status: int) -> None:
    bench.site.channels["1689"] = [1]
    bench.site.answers[PAGE] = reply(status=status)
    for _ in range(5):
        await bench.poll()
        bench.now += timedelta(hours=2)
    assert bench.titles() == {"第1号方案印发"}
    assert len(bench.site.pages_asked) == 1


async def test_a_page_without_text_is_soon_given_up_and_is_not_a_fault(bench: Bench) -> None:
    bench.site.channels["1689"] = [1]
    bench.site.answers[PAGE] = reply("<html><body><video></video></body></html>")
    for _ in range(10):
        events = await bench.poll()
        assert answered(events).fault is None
        bench.now += timedelta(hours=2)
    assert len(bench.site.pages_asked) == 3


async def test_a_host_whose_pages_fail_gets_no_more_requests_in_a_poll(bench: Bench) -> None:
    bench.site.channels["1689"] = list(range(30, 0, -1))
    bench.site.answers["/china/"] = httpx.ConnectError("down")
    await bench.poll()
    assert len(bench.site.pages_asked) < 10
    assert len(bench.titles()) == 30
    bench.site.answers.clear()
    bench.now = NOW + timedelta(seconds=400)
    assert answered(await bench.poll()).changed == 30


async def test_no_page_is_fetched_after_a_retry_after(bench: Bench) -> None:
    bench.site.channels["1689"] = list(range(30, 0, -1))
    bench.site.answers["/china/"] = reply(status=429)
    await bench.poll()
    assert len(bench.site.pages_asked) <= 5


async def test_a_feed_from_outside_cannot_lead_into_the_local_network(bench: Bench) -> None:
    bench.site.channels["1689"] = [1]
    bench.site.url = lambda number: f"http://192.168.1.1/china/article-{number}.html"  # type: ignore[method-assign]
    events = await bench.poll()
    assert bench.site.pages_asked == []
    assert bench.titles() == {"第1号方案印发"}
    assert "inside the local network" in str(answered(events).fault)


# The 7x24 feed


def live(bench: Bench, text: str, *, docurl: str = "", updated: str = "2026-01-12 16:30:00") -> None:
    item = {
        "id": 4100001,
        "zhibo_id": 152,
        "rich_text": text,
        "create_time": "2026-01-12 16:30:00",
        "update_time": updated,
        "tag": [{"id": "1", "name": "宏观"}],
        "ext": json.dumps({"stocks": [], "docurl": docurl, "docid": ""}),
        "docurl": docurl,
        "is_delete": 0,
    }
    feed = {"list": [item], "page_info": {"totalPage": 1}}
    body = {"result": {"status": {"code": 0, "msg": "OK"}, "data": {"feed": feed}}}
    bench.site.answers["/live"] = reply(json.dumps(body))


WIRE = Source(name="7x24", kind="live", url=f"{HOST}/live", channel="152", category=("7x24",), interval=60)


async def test_a_flash_needs_no_page(bench: Bench) -> None:
    bench.sources = (WIRE,)
    live(bench, "【央行开展操作】央行今日开展逆回购操作。")
    events = await bench.poll()
    found = article(bench, events)
    assert (found.title, found.flash) == ("央行开展操作", True)
    assert "逆回购" in found.paragraphs[-1]
    assert {request.url.path for request in bench.site.asked} == {"/live"}


async def test_the_whole_article_follows_its_flash_and_stays(bench: Bench) -> None:
    address = f"{HOST}/china/article-1.html"
    bench.sources = (WIRE,)
    live(bench, "【第1号方案】第1号方案印发。", docurl=address)
    await bench.poll()
    bench.sources = (WIRE, *Bench(bench.folder).sources)
    bench.site.channels["1689"] = [1]
    events = await bench.poll()
    assert [event.new for event in stored(events)] == [False]
    live(bench, "【第1号方案】第1号方案印发了。", docurl=address, updated="2026-01-12 17:30:00")
    assert stored(await bench.poll()) == []
    found = article(bench, events)
    assert not found.flash
    assert len(found.blocks) == 2
    assert set(found.sources) == {"7x24", "部委动态"}


# RSS


def rss(*items: str) -> httpx.Response:
    return reply(
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>政策</title>{"".join(items)}</channel></rss>'
    )


ITEM = (
    "<item><title>某省印发规划</title><guid isPermaLink='false'>one</guid>"
    "<pubDate>Mon, 12 Jan 2026 08:00:00 GMT</pubDate>{}</item>"
)


async def test_a_feed_with_the_text_needs_no_page(bench: Bench) -> None:
    bench.sources = (Source(name="规划", kind="rss", url=f"{HOST}/rss", category=("规划",)),)
    body = "".join(f"<p>第{number}段：某省印发规划，提出到2030年的目标。</p>" for number in range(20))
    link = f"<link>{HOST}/china/article-1.html</link>"
    bench.site.answers["/rss"] = rss(ITEM.format(f"{link}<description><![CDATA[{body}]]></description>"))
    events = await bench.poll()
    assert len(article(bench, events).blocks) == 20
    assert bench.site.pages_asked == []


async def test_an_item_without_an_address_has_its_summary_for_text(bench: Bench) -> None:
    bench.sources = (Source(name="规划", kind="rss", url=f"{HOST}/rss", category=("规划",)),)
    bench.site.answers["/rss"] = rss(ITEM.format("<description>某省今日印发规划。</description>"))
    assert article(bench, await bench.poll()).paragraphs == ["某省今日印发规划。"]


# Posts


def post(folder: Path, name: str, title: str, text: str = "方案提出三项任务。") -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        f"---\ntitle: '{title}'\ndate: Mon, 12 Jan 2026 01:00:00 GMT\n---\n<div><p>{text}</p></div>\n", "utf-8"
    )
    return file


@pytest.fixture
def posts(bench: Bench) -> Path:
    folder = bench.folder / "posts"
    bench.sources = (Source(name="文稿", kind="posts", url=str(folder), category=("文稿",), interval=60),)
    return folder


async def test_posts_are_read_once_and_again_when_their_file_changes(bench: Bench, posts: Path) -> None:
    post(posts, "一.md", "第一篇")
    post(posts, "deeper/二.md", "第二篇")
    (posts / "notes.txt").write_text("no post")
    events = await bench.poll()
    assert {event.title for event in stored(events)} == {"第一篇", "第二篇"}
    assert answered(await bench.poll(), "文稿").outcome == "unchanged"

    post(posts, "一.md", "第一篇", "方案提出三项任务，并明确分工。")
    post(posts, "三.md", "第三篇")
    events = await bench.poll()
    assert {(event.title, event.new) for event in stored(events)} == {("第一篇", False), ("第三篇", True)}


async def test_a_post_that_cannot_be_read_is_named_once_and_the_others_are_stored(bench: Bench, posts: Path) -> None:
    post(posts, "一.md", "第一篇")
    (posts / "二.md").write_text("no front matter")
    events = await bench.poll()
    assert [event.name for event in set_aside(events)] == ["posts/二.md"]
    assert bench.titles() == {"第一篇"}
    assert set_aside(await bench.poll()) == []


async def test_a_single_file_is_a_source_too(bench: Bench, posts: Path) -> None:
    file = post(posts, "一.md", "第一篇")
    bench.sources = (Source(name="文稿", kind="posts", url=str(file)),)
    await bench.poll()
    assert bench.titles() == {"第一篇"}


async def test_a_folder_that_is_not_there_is_a_fault(bench: Bench, posts: Path) -> None:
    events = await bench.poll()
    assert answered(events, "文稿").outcome == "failed"
    assert "there is no" in str(answered(events, "文稿").fault)


async def test_a_file_name_that_is_not_text_does_no_harm(bench: Bench, posts: Path) -> None:
    post(posts, "一.md", "第一篇")
    (posts / "一.md").rename(posts / os.fsdecode(b"\xff\xfe.md"))
    await bench.poll()
    assert answered(await bench.poll(), "文稿").outcome == "unchanged"
    assert bench.titles() == {"第一篇"}
