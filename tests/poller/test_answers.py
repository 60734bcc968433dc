"""Articles whose link gives no text of their own: a file, a wall, an empty frame, a text of others."""

from datetime import timedelta

import httpx
import pytest
from msgspec import structs

from feeds import query as language
from feeds.archive import Archive
from feeds.events import ArticleFetched, PollEvent
from feeds.fetch import Fetcher
from feeds.model import Article, Block, Instead, Revision
from feeds.poller import Poller
from tests.poller.bench import NOW, Bench, answered, reply, stored

PAGE = "/china/article-1.html"
WALL = (
    "<html><head><title>安全中心</title></head><body><div><p>您的操作太快了，请完成验证后继续浏览。</p>"
    "<p>拖动滑块到最右侧</p></div></body></html>"
)


def serve(body: bytes, content_type: str) -> httpx.Response:
    return httpx.Response(200, headers={"Content-Type": content_type}, stream=httpx.ByteStream(body))


def only(bench: Bench) -> Article:
    with bench.archive() as archive:
        (row,) = archive.listing().window(0, 10)
        return archive.get(row.id)


def hits(bench: Bench, words: str) -> int:
    with bench.archive() as archive:
        return archive.listing(language.parse(words, NOW.date())).count()


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        (b"%PDF-1.5\n%\xe2\xe3\xcf\xd3 spade", "application/pdf", Instead("pdf", "application/pdf")),
        (b"%PDF-1.5\n%\xe2\xe3\xcf\xd3 spade", "text/html", Instead("pdf", "application/pdf")),
        (b'{"spade": [1]}', "text/html", Instead("json", "application/json")),
        (b"\x89PNG\r\n\x1a\nspade", "image/png", Instead("picture", "image/png")),
        (b'<?xml version="1.0"?><spade/>', "text/xml", Instead("xml", "text/xml")),
    ],
)
async def test_a_file_is_reported_and_not_stored(
    bench: Bench, body: bytes, content_type: str, expected: Instead
) -> None:
    bench.site.channels["1689"] = [1]
    bench.site.answers[PAGE] = serve(body, content_type)
    events = await bench.poll()
    assert answered(events).fault is None
    assert [event.instead for event in stored(events)] == [expected]
    found = only(bench)
    assert (found.blocks, found.summary, found.instead) == ((), "第1号方案的提要", expected)
    assert found.url == bench.site.url(1)
    assert hits(bench, "spade") == 0
    assert b"spade" not in b"".join(path.read_bytes() for path in bench.folder.rglob("shards/*/*.json"))


async def test_a_file_is_not_fetched_again(bench: Bench) -> None:
    bench.sources = (bench.roll("部委动态", "1689"), bench.roll("宏观", "1686"))
    bench.site.channels.update({"1689": [1], "1686": [1]})
    bench.site.answers[PAGE] = serve(b"%PDF-1.5", "application/pdf")
    for _ in range(6):
        await bench.poll()
        bench.now += timedelta(hours=2)
    assert len(bench.site.pages_asked) == 1
    assert set(only(bench).sources) == {"部委动态", "宏观"}


async def test_a_wall_is_fetched_again_later_and_later_until_the_text_comes(bench: Bench) -> None:
    bench.site.channels["1689"] = [1]
    bench.site.answers[PAGE] = reply(WALL)
    events = await bench.poll()
    assert "not the article" in str(answered(events).fault)
    assert [event.instead for event in stored(events)] == [Instead("check")]
    assert (only(bench).blocks, only(bench).summary) == ((), "第1号方案的提要")
    assert hits(bench, "滑块") == 0
    for minutes, asked in ((1, 1), (4, 2), (5, 2), (6, 3), (12, 3), (9, 4)):
        bench.now += timedelta(minutes=minutes)
        assert stored(await bench.poll()) == []
        assert len(bench.site.pages_asked) == asked
    bench.site.answers.clear()
    bench.now += timedelta(hours=2)
    assert [event.new for event in stored(await bench.poll())] == [False]
    found = only(bench)
    assert found.paragraphs[0].endswith("提出四项措施。")
    assert (found.earlier, found.instead) == ((), None)
    asked = len(bench.site.pages_asked)
    bench.now += timedelta(hours=5)
    await bench.poll()
    assert len(bench.site.pages_asked) == asked


async def test_an_empty_frame_is_fetched_again_and_is_not_a_fault(bench: Bench) -> None:
    bench.site.channels["1689"] = [1]
    bench.site.answers[PAGE] = reply('<html><body><div id="app"></div><script src="a.js"></script></body></html>')
    events = await bench.poll()
    assert answered(events).fault is None
    assert only(bench).instead == Instead("frame")
    bench.site.answers.clear()
    bench.now += timedelta(minutes=6)
    assert len(stored(await bench.poll())) == 1
    assert len(only(bench).blocks) == 2


async def test_a_host_with_walls_gets_no_more_requests_in_a_poll(bench: Bench) -> None:
    bench.site.channels["1689"] = list(range(30, 0, -1))
    bench.site.answers["/china/"] = reply(WALL)
    await bench.poll()
    assert len(bench.site.pages_asked) < 10
    assert len(bench.titles()) == 30
    bench.site.answers.clear()
    bench.now = NOW + timedelta(seconds=400)
    assert answered(await bench.poll()).changed == 30


async def test_a_wall_never_replaces_a_text(bench: Bench) -> None:
    bench.site.channels["1689"] = [1]
    await bench.poll()
    before = only(bench).blocks
    bench.site.updated[1] = NOW + timedelta(seconds=1)
    bench.site.answers[PAGE] = reply(WALL)
    await bench.poll()
    assert (only(bench).blocks, only(bench).earlier, only(bench).instead) == (before, (), None)


# A wall in words that no rule knows

GREETING = "<div class='article'><p>欢迎光临碧波亭，亭内备有清茶与点心。</p><p>今日有雨，出门请带伞。</p></div>"


async def test_one_text_under_several_titles_that_it_does_not_fit_belongs_to_none(bench: Bench) -> None:
    for number in (1, 2, 3):
        bench.site.channels["1689"] = list(range(number, 0, -1))
        bench.site.title = lambda number: ("春耕部署", "灌区改造", "农机补贴")[number - 1]  # type: ignore[method-assign]
        bench.site.answers["/china/"] = reply(GREETING)
        await bench.poll()
        bench.now += timedelta(minutes=1)
    with bench.archive() as archive:
        rows = archive.listing().window(0, 10)
        found = [archive.get(row.id) for row in rows]
    assert [(one.blocks, one.instead, one.earlier) for one in found] == [((), Instead("same"), ())] * 3
    assert hits(bench, "碧波亭") == 0
    bench.site.answers.clear()
    bench.now += timedelta(hours=1)
    await bench.poll()
    with bench.archive() as archive:
        found = [archive.get(row.id) for row in archive.listing().window(0, 10)]
    assert [(len(one.blocks), one.instead, one.earlier) for one in found] == [(2, None, ())] * 3


async def test_one_text_printed_twice_under_one_title_stays(bench: Bench) -> None:
    bench.site.channels["1689"] = [2, 1]
    bench.site.title = lambda number: "春耕部署"  # type: ignore[method-assign]
    bench.site.answers["/china/"] = reply(GREETING)
    await bench.poll()
    assert hits(bench, "碧波亭") >= 1


# What is stored already


def wall_of(article: Article) -> Article:
    """The article as an earlier version stored it."""
    return structs.replace(article, blocks=(Block("您的操作太快了，请完成验证后继续浏览。"),), instead=None)


async def test_a_stored_wall_is_found_and_fetched_again(bench: Bench) -> None:
    bench.site.channels["1689"] = [2, 1]
    await bench.poll()
    with Archive.open(bench.folder, write=True) as archive:
        ids = [row.id for row in archive.listing().window(0, 10)]
        archive.set_texts([wall_of(archive.get(name)) for name in ids])
        state = archive.load_state()
        state["部委动态"].pop("rules")  # an earlier version knew none
        archive.save_state(state)
    assert hits(bench, "验证") == 2
    events = await bench.poll()
    assert sorted(event.id for event in stored(events)) == sorted(ids)
    assert hits(bench, "验证") == 0
    with bench.archive() as archive:
        for name in ids:
            found = archive.get(name)
            assert (len(found.blocks), found.earlier, found.instead) == (2, (), None)
    asked = len(bench.site.pages_asked)
    await bench.poll()
    assert len(bench.site.pages_asked) == asked


async def test_a_text_that_a_wall_replaced_comes_back_at_once(bench: Bench) -> None:
    bench.site.channels["1689"] = [1]
    await bench.poll()
    right = only(bench)
    with Archive.open(bench.folder, write=True) as archive:
        wrong = structs.replace(wall_of(right), earlier=(Revision(NOW, right.title, right.blocks),))
        archive.set_texts([wrong])
        archive.save_state({})
    bench.site.answers[PAGE] = reply(status=500)
    bench.site.channels["1689"] = [2]
    await bench.poll()
    with bench.archive() as archive:
        found = archive.get(right.id)
    assert (found.blocks, found.earlier, found.plan) == (right.blocks, (), right.plan)


# By hand


async def fetch(bench: Bench, *names: str) -> list[PollEvent]:
    with Archive.open(bench.folder, write=True) as archive:
        async with Fetcher(bench.config.fetch, transport=httpx.MockTransport(bench.site)) as fetcher:
            poller = Poller(bench.config, archive, fetcher, bench.workers, clock=lambda: bench.now, chance=lambda: 0.0)
            return [event async for event in poller.run(fetch=names)]


def fetch_again(events: list[PollEvent]) -> list[ArticleFetched]:
    return [event for event in events if isinstance(event, ArticleFetched)]


async def test_by_hand_the_text_comes_at_once_and_a_wrong_one_is_not_kept(bench: Bench) -> None:
    bench.site.channels["1689"] = [1]
    await bench.poll()
    name = only(bench).id
    with Archive.open(bench.folder, write=True) as archive:
        archive.set_texts([wall_of(archive.get(name))])
    asked = len(bench.site.asked)
    (event,) = fetch_again(await fetch(bench, name))
    assert len(bench.site.asked) == asked + 1
    assert (event.id, event.changed, event.instead, event.fault) == (name, True, None, None)
    found = only(bench)
    assert (len(found.blocks), found.earlier) == (2, ())
    (event,) = fetch_again(await fetch(bench, name))
    assert (event.changed, event.instead, event.fault) == (False, None, None)


async def test_by_hand_a_fitting_text_replaces_a_strange_one(bench: Bench) -> None:
    bench.site.channels["1689"] = [1]
    bench.site.answers[PAGE] = reply(GREETING)
    await bench.poll()
    assert "碧波亭" in only(bench).paragraphs[0]
    bench.site.answers.clear()
    (event,) = fetch_again(await fetch(bench, only(bench).id))
    assert event.changed
    assert (len(only(bench).blocks), only(bench).earlier) == (2, ())


async def test_by_hand_a_wall_is_reported_and_fetched_again_later(bench: Bench) -> None:
    bench.site.channels["1689"] = [1]
    await bench.poll()
    name = only(bench).id
    with Archive.open(bench.folder, write=True) as archive:
        archive.set_texts([wall_of(archive.get(name))])
    bench.site.answers[PAGE] = reply(WALL)
    (event,) = fetch_again(await fetch(bench, name))
    assert (event.changed, event.instead) == (False, Instead("check"))
    assert (only(bench).blocks, only(bench).instead) == ((), Instead("check"))
    bench.site.answers.clear()
    bench.now += timedelta(minutes=6)
    assert len(stored(await bench.poll())) == 1
    assert len(only(bench).blocks) == 2


async def test_by_hand_a_page_that_is_gone_leaves_the_text(bench: Bench) -> None:
    bench.site.channels["1689"] = [1]
    await bench.poll()
    before = only(bench)
    bench.site.answers[PAGE] = reply(status=404)
    (event,) = fetch_again(await fetch(bench, before.id))
    assert "no such page" in str(event.fault)
    assert only(bench).blocks == before.blocks


async def test_by_hand_an_article_without_an_address_is_reported(bench: Bench) -> None:
    events = fetch_again(await fetch(bench, "zzzz"))
    assert [str(event.fault) for event in events] == ["no article has the id zzzz"]
