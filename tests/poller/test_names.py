"""One article or several, from feeds to rows: names, moves, order, articles that an older archive joined."""

import json
from collections.abc import Sequence
from datetime import timedelta

import pytest
from msgspec import structs

from feeds.archive import Archive
from feeds.identity import id_of
from feeds.model import Block, Flags, Source
from tests.archive.conftest import small
from tests.poller.bench import HOST, NOW, Bench, answered, reply, stored

PAGE = f"{HOST}/china/article-%d.html"
REST = "<p>　　各地要抓好落实，重要情况及时报告，年底前完成自查。</p>" * 8
TITLES = ("港口收费目录公布", "粮食收储办法施行", "夜间公交线路调整")


def item(title: str, *, text: str = "", **fields: str) -> str:
    """An item of RSS; with `text` it has the whole of it."""
    said = {"title": title, **fields, **({"description": f"<![CDATA[<p>{text}</p>{REST}]]>"} if text else {})}
    inside = "".join(f"<{name}>{value}</{name}>" for name, value in said.items())
    return f"<item>{inside}</item>".replace("<guid>", '<guid isPermaLink="false">').replace("&", "&amp;")


class PolledFeed(Bench):
    """Sources `a` and `b` whose answers a test writes."""

    async def tell(self, *items: str, source: str = "a") -> list[str]:
        """The titles of the list from its top, after the source has told these items."""
        self.sources = tuple(Source(name=name, kind="rss", url=f"{HOST}/feed/{name}") for name in ("a", "b"))
        feed = f"<rss version='2.0'><channel><title>t</title>{''.join(items)}</channel></rss>"
        self.site.answers = {f"/feed/{name}": reply("", 304) for name in ("a", "b")}
        self.site.answers[f"/feed/{source}"] = reply(feed)
        self.events = await self.poll()
        return self.rows()

    def rows(self) -> list[str]:
        with self.archive() as archive:
            return [row.title for row in archive.listing().window(0, 2000)]


@pytest.fixture
def feed(bench: Bench) -> PolledFeed:
    return PolledFeed(bench.folder)


def with_date(hour: int) -> str:
    return f"Mon, 12 Jan 2026 {hour:02}:30:00 +0800"


SHARED = {
    "one link": [{"link": f"{HOST}/live", "guid": f"notice-{number}"} for number in range(3)],
    "one address with a docid": [
        {"link": f"{HOST}/doc-inexample1234567.shtml", "guid": f"notice-{number}"} for number in range(3)
    ],
    "one guid": [{"link": PAGE % number, "guid": "urn:x:0"} for number in range(3)],
    "one address as guid": [{"link": PAGE % number, "guid": f"{HOST}/index-7.html"} for number in range(3)],
    "one link and no guid": [{"link": f"{HOST}/live"} for _ in range(3)],
    "both shared": [{"link": f"{HOST}/live", "guid": "N/A"} for _ in range(3)],
    "fragments": [{"link": f"{HOST}/day-7.html#part{number}"} for number in range(3)],
    **{
        f"a parameter {name}": [{"link": f"{HOST}/show-7.html?{name}={number}"} for number in range(3)]
        for name in ("from", "r", "id", "loc", "_", "utm_content")
    },
    "neither": [{} for _ in range(3)],
}


@pytest.mark.parametrize("fields", SHARED.values(), ids=SHARED)
async def test_items_of_one_answer_that_differ_are_so_many_rows_at_each_poll(
    feed: PolledFeed, fields: Sequence[dict[str, str]]
) -> None:
    items = [
        item(title, text=f"{title}。", pubDate=with_date(9 - number), **fields[number])
        for number, title in enumerate(TITLES)
    ]
    for _ in range(3):
        assert await feed.tell(*items) == [*TITLES]
    assert stored(feed.events) == []
    # one by one, as a feed of one item tells them
    for number in (2, 0, 1):
        assert await feed.tell(items[number]) == [*TITLES]
    with feed.archive() as archive:
        for row in archive.listing().window(0, 9):
            assert archive.get(row.id).paragraphs[0] == f"{row.title}。"
            assert archive.get(row.id).earlier == ()


@pytest.mark.parametrize("fields", [SHARED["one link"], SHARED["one guid"], SHARED["a parameter from"]])
async def test_a_later_item_under_a_shared_name_is_a_row_of_its_own(
    feed: PolledFeed, fields: Sequence[dict[str, str]]
) -> None:
    items = [item(title, text=f"{title}。", pubDate=with_date(9 - n), **fields[n]) for n, title in enumerate(TITLES)]
    assert await feed.tell(items[2]) == [TITLES[2]]
    assert await feed.tell(*items[1:]) == [*TITLES[1:]]
    assert await feed.tell(*items) == [*TITLES]
    assert await feed.tell(items[2], items[0]) == [*TITLES]


@pytest.mark.parametrize("guid", ["N/A", "none", "0", "-", "item", "无"])
async def test_a_placeholder_guid_names_nothing(feed: PolledFeed, guid: str) -> None:
    for number, title in enumerate(TITLES):
        await feed.tell(item(title, text=f"{title}。", link=PAGE % number, guid=guid, pubDate=with_date(9 + number)))
    assert feed.rows() == [*reversed(TITLES)]


@pytest.mark.parametrize("guid", ["urn:plan:77", "notice-77", "https://finance.example.cn/?p=77"])
async def test_a_moved_article_is_the_same_row_with_its_marks(feed: PolledFeed, guid: str) -> None:
    await feed.tell(item("港口收费目录公布", text="目录共三十项。", link=PAGE % 1, guid=guid, pubDate=with_date(8)))
    with Archive.open(feed.folder, write=True) as archive:
        (row,) = archive.listing().window(0, 9)
        archive.set_flags([row.id], starred=True, tag=["港口"])
    moved = item("港口收费目录公布（更正）", text="目录共三十一项。", link=PAGE % 2, guid=guid, pubDate=with_date(10))
    assert await feed.tell(moved) == ["港口收费目录公布（更正）"]
    assert await feed.tell(moved) == ["港口收费目录公布（更正）"]
    with feed.archive() as archive:
        article = archive.get(row.id)
        assert (article.url, article.published) == (PAGE % 2, NOW.replace(hour=2, minute=30))
        assert article.paragraphs[0] == "目录共三十一项。"
        assert [past.blocks[0].text for past in article.earlier] == ["目录共三十项。"]
        assert (archive.flags(row.id).starred, archive.flags(row.id).tags) == (True, ("港口",))
        assert archive.resolve(PAGE % 1) == archive.resolve(PAGE % 2) == row.id


async def test_one_article_with_tracking_parameters_of_two_sources_is_one(feed: PolledFeed) -> None:
    for source, tail in (("a", "?from=rss&utm_source=a"), ("b", "?from=app&spm=7"), ("a", "?from=top")):
        said = item("港口收费目录公布", text="目录共三十项。", link=PAGE % 1 + tail, pubDate=with_date(8))
        assert await feed.tell(said, source=source) == ["港口收费目录公布"]


async def test_numbers_that_move_with_the_list_name_nothing(feed: PolledFeed) -> None:
    def items(*titles: str) -> list[str]:
        return [
            item(title, text=f"{title}。", link=PAGE % TITLES.index(title), guid=f"item-{place}")
            for place, title in enumerate(titles)
        ]

    await feed.tell(*items(TITLES[2], TITLES[1]))
    assert sorted(await feed.tell(*items(TITLES[0], TITLES[2]))) == sorted(TITLES)
    assert sorted(await feed.tell(*items(TITLES[1], TITLES[0]))) == sorted(TITLES)


async def test_items_of_one_day_keep_the_order_of_the_feed_below_later_ones(feed: PolledFeed) -> None:
    def day(*numbers: int) -> list[str]:
        return [item(f"第{n}条", text=f"第{n}条。", guid=f"s{n}", pubDate="2026-01-12") for n in numbers]

    assert await feed.tell(*day(7, 6, 5)) == ["第7条", "第6条", "第5条"]
    assert await feed.tell(*day(9, 8, 7, 6, 5)) == [f"第{n}条" for n in (9, 8, 7, 6, 5)]
    (feed.folder / "index.sqlite").unlink()
    assert await feed.tell(*day(80, *range(79, 9, -1), 9)) == [f"第{n}条" for n in (*range(80, 4, -1),)]


async def test_items_without_a_time_keep_the_order_of_the_feed(feed: PolledFeed) -> None:
    told = [item(f"第{n}条", text=f"第{n}条。", guid=f"s{n}") for n in range(40, 0, -1)]
    assert await feed.tell(*told[20:]) == [f"第{n}条" for n in range(20, 0, -1)]
    assert await feed.tell(*told) == [f"第{n}条" for n in range(40, 0, -1)]


async def test_only_the_newest_of_too_many_items_are_kept_and_the_rest_is_reported(feed: PolledFeed) -> None:
    items = [
        item(f"第{n:03}号", guid=f"o{n}", pubDate=f"Sun, 11 Jan 2026 {n // 60:02}:{n % 60:02}:00 +0800")
        for n in range(520)
    ]
    rows = await feed.tell(*items)
    assert rows == [f"第{n:03}号" for n in range(519, 19, -1)]
    assert (
        str(answered(feed.events, "a").fault) == "520 entries are listed; the newest 500 are kept, the others left out"
    )


async def test_an_item_of_only_a_link_is_kept_under_its_address(feed: PolledFeed) -> None:
    feed.site.answers = {}
    rows = await feed.tell(f"<item><link>{PAGE % 3}</link></item>", item("有题", text="有文。", guid="g1"))
    assert set(rows) == {feed.site.title(3), "有题"}


async def test_flashes_between_two_polls_are_paged_back_to(feed: PolledFeed) -> None:
    feed.sources = (Source(name="快讯", kind="live", url=f"{HOST}/wire", channel="152", pages=4),)

    def page(*numbers: int) -> str:
        rows = [
            {
                "id": n,
                "zhibo_id": 152,
                "rich_text": f"【第{n}条快讯】电讯第{n}条的正文。",
                "create_time": (NOW + timedelta(minutes=n)).strftime("%Y-%m-%d %H:%M:%S"),
                "docurl": f"{HOST}/7x24/notice.html",
            }
            for n in numbers
        ]
        return json.dumps({"result": {"status": {"code": 0}, "data": {"feed": {"list": rows}}}})

    feed.site.answers = {"page=1&": reply(page(2, 1)), "page=": reply(page())}
    await feed.poll()
    feed.site.answers = {"page=1&": reply(page(8, 7)), "page=2&": reply(page(6, 5)), "page=3&": reply(page(4, 3, 2))}
    events = await feed.poll()
    assert feed.titles() == {f"第{n}条快讯" for n in range(1, 9)}
    assert answered(events, "快讯").fault is None
    feed.site.answers = {f"page={p}&": reply(page(30 - 2 * p, 29 - 2 * p)) for p in range(1, 6)}
    events = await feed.poll()
    assert "more than 4 pages" in str(answered(events, "快讯").fault)


async def test_what_an_older_archive_joined_comes_apart_and_keeps_its_marks(feed: PolledFeed) -> None:
    """One GUID for all, as the version before joined them: every address, the last title, the others' texts earlier."""
    keys = ["guid:a:N/A", *(PAGE % number for number in range(3))]
    texts = [f"{title}，自公布之日起施行，各单位遵照执行。" for title in TITLES]
    with Archive.open(feed.folder, write=True) as archive:
        for number in (0, 1, 2):
            old = small(keys[1], texts[number], title=TITLES[number], source="a", keys=(*keys[2:], keys[0]))
            archive.store(structs.replace(old, url=PAGE % 0, guid="N/A", published=NOW, blocks=(Block(texts[number]),)))
        archive.set_flags([id_of(keys[1])], starred=True)
        archive.fold_flags()
        assert len(archive.get(id_of(keys[1])).earlier) == 2
    known = dict.fromkeys(keys[1:], "old")
    (feed.folder / "state.json").write_text(json.dumps({"a": {"known": known, "validators": {"etag": '"1"'}}}))
    items = [item(title, link=PAGE % n, guid="N/A", pubDate=with_date(9 - n)) for n, title in enumerate(TITLES)]
    for _ in range(2):
        assert sorted(await feed.tell(*items)) == sorted(TITLES)
        with feed.archive() as archive:
            rows = archive.listing().window(0, 9)
            assert {row.url for row in rows} == {PAGE % number for number in range(3)}
            assert [archive.flags(row.id) for row in rows] == [Flags(starred=True)] * 3
            assert all(archive.get(row.id).url == PAGE % TITLES.index(row.title) for row in rows)
            assert not any(
                past.title in TITLES for row in rows for past in archive.get(row.id).earlier if past.title != row.title
            )
            assert archive.resolve(id_of(keys[1])) == id_of(keys[1])
