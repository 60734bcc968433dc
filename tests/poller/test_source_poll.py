"""Polls of roll sources: requests, stored articles and saved states."""

from datetime import timedelta
from unittest.mock import patch

import httpx
import pytest

from feeds.archive import Archive, writer
from feeds.archive.records import Record
from feeds.archive.sqlite.rows.prepared import PreparedArticle, prepared_article
from feeds.errors import IndexDamaged
from feeds.events import ArticleStored, PollerStarted, PollerStopped, SourceAnswered, SourceAsked
from feeds.query import parse
from tests.poller.bench import NOW, Bench, Site, answered, reply, set_aside, stored


async def test_a_poll_emits_its_events_in_order(bench: Bench) -> None:
    bench.site.channels["1689"] = [2, 1]
    events = await bench.poll()
    assert [type(event) for event in events] == [
        PollerStarted,
        SourceAsked,
        ArticleStored,
        ArticleStored,
        SourceAnswered,
        PollerStopped,
    ]
    assert [event.title for event in stored(events)] == ["第2号方案印发", "第1号方案印发"]
    over = answered(events)
    assert (over.outcome, over.new, over.changed, over.fault) == ("ok", 2, 0, None)
    assert over.due == NOW + timedelta(seconds=300)
    assert over.newest == NOW - timedelta(hours=98)


async def test_an_article_is_made_of_its_row_and_its_page(bench: Bench) -> None:
    bench.site.channels["1689"] = [1]
    (event,) = stored(await bench.poll())
    with bench.archive() as archive:
        article = archive.get(event.id)
    assert article.paragraphs[0] == "国家发展改革委印发第1号方案，提出四项措施。"
    assert article.published == NOW - timedelta(hours=99)
    assert (article.sources, article.categories) == (("部委动态",), (("金融", "部委动态"),))
    assert article.summary == "第1号方案的提要"
    assert "comos:plan0000001" in article.keys


async def test_known_articles_are_not_fetched_again(bench: Bench) -> None:
    bench.site.channels["1689"] = [1]
    await bench.poll()
    bench.site.channels["1689"] = [2, 1]
    events = await bench.poll()
    assert [event.title for event in stored(events)] == ["第2号方案印发"]
    assert bench.site.pages_asked == ["/china/article-1.html", "/china/article-2.html"]


async def test_a_lost_state_fetches_no_page_and_doubles_no_article(bench: Bench) -> None:
    bench.site.channels["1689"] = [2, 1]
    await bench.poll()
    (bench.folder / "state.json").write_text('{"部委动态": {"known": 7}}')
    events = await bench.poll()
    assert stored(events) == []
    assert len(bench.site.pages_asked) == 2


async def test_a_changed_article_is_read_again_and_keeps_its_earlier_text(bench: Bench) -> None:
    bench.site.channels["1689"] = [1]
    await bench.poll()
    bench.site.texts[1] = "国家发展改革委印发第1号方案，提出五项措施。"
    bench.site.updated[1] = NOW
    events = await bench.poll()
    assert [event.new for event in stored(events)] == [False]
    assert answered(events).changed == 1
    with bench.archive() as archive:
        article = archive.get(stored(events)[0].id)
    assert article.paragraphs[0].endswith("五项措施。")
    assert article.earlier[0].blocks[0].text.endswith("四项措施。")


async def test_only_an_article_that_merges_is_made_ready_by_the_poller(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def note(record: Record, **wishes: bool) -> PreparedArticle:
        made.append(record.title)
        return prepared_article(record, **wishes)

    monkeypatch.setattr(writer, "prepared_article", note)
    bench.site.channels["1689"] = [2, 1]
    await bench.poll()
    assert made == []
    bench.site.texts[1] = "国家发展改革委印发第1号方案，提出五项措施。"
    bench.site.updated[1] = NOW
    bench.site.channels["1689"] = [3, 2, 1]
    assert sorted(event.new for event in stored(await bench.poll())) == [False, True]
    assert made == [bench.site.title(1)]
    with bench.archive() as archive:
        found = {row.title for row in archive.listing(parse("五项措施", NOW.date())).window(0, 9)}
        assert (found, archive.listing().count()) == ({bench.site.title(1)}, 3)


async def test_an_answer_of_304_costs_nothing(bench: Bench) -> None:
    bench.site.channels["1689"] = [1]
    bench.site.etag = '"one"'
    await bench.poll()
    bench.site.answers["/roll"] = reply(status=304)
    events = await bench.poll()
    assert answered(events).outcome == "unchanged"
    assert bench.site.asked[-1].headers["If-None-Match"] == '"one"'
    bench.site.answers.clear()
    bench.site.channels["1689"] = [2, 1]
    assert [event.title for event in stored(await bench.poll())] == ["第2号方案印发"]


# Paging back


async def test_it_pages_back_until_a_known_entry(bench: Bench) -> None:
    bench.site.rows_a_page = 2
    bench.sources = (bench.roll("部委动态", "1689", pages=10),)
    bench.site.channels["1689"] = [3, 2, 1]
    await bench.poll()
    bench.site.asked.clear()
    bench.site.channels["1689"] = [8, 7, 6, 5, 4, 3, 2, 1]
    events = await bench.poll()
    assert answered(events).new == 5
    assert [path.split("page=")[1] for path in bench.site.paths if "/roll" in path] == ["1", "2", "3"]


async def test_it_pages_back_no_further_than_configured(bench: Bench) -> None:
    bench.site.rows_a_page = 2
    bench.site.channels["1689"] = list(range(20, 0, -1))
    assert answered(await bench.poll()).new == 6


async def test_a_page_that_fails_on_the_way_back_leaves_no_hole(bench: Bench) -> None:
    bench.site.rows_a_page = 2
    bench.site.channels["1689"] = [1]
    await bench.poll()
    bench.site.channels["1689"] = [5, 4, 3, 2, 1]
    bench.site.answers["page=2"] = reply(status=500)
    events = await bench.poll()
    assert answered(events).outcome == "failed"
    assert {event.title for event in stored(events)} == {"第5号方案印发", "第4号方案印发"}
    bench.site.answers.clear()
    events = await bench.poll()
    assert {event.title for event in stored(events)} == {"第3号方案印发", "第2号方案印发"}


# Several sources


async def test_an_article_of_two_channels_is_fetched_once_and_filed_twice(bench: Bench) -> None:
    bench.sources = (bench.roll("国内滚动", "1686"), bench.roll("部委动态", "1689"))
    bench.site.channels = {"1686": [3, 2, 1], "1689": [2]}
    events = await bench.poll()
    assert sorted(bench.site.pages_asked) == [f"/china/article-{number}.html" for number in (1, 2, 3)]
    assert len(stored(events)) == 3
    with bench.archive() as archive:
        article = archive.get(next(event.id for event in stored(events) if event.title == "第2号方案印发"))
    assert set(article.sources) == {"国内滚动", "部委动态"}
    assert set(article.categories) == {("金融", "国内滚动"), ("金融", "部委动态")}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (httpx.ConnectError("All connection attempts failed"), "no connection to"),
        (httpx.ReadError("reset"), "broke off"),
        (reply(status=500), "a fault of its own"),
        (reply("<html><body>系统维护中</body></html>"), ""),
        (reply(""), ""),
        (reply('{"result":{"status":{"code":0},"data":[]}}'), "lists nothing at present"),
        (reply('{"result":{"status":'), ""),
    ],
)
async def test_a_source_that_fails_does_not_affect_others(
    bench: Bench, wrong: httpx.Response | Exception, says: str
) -> None:
    bench.sources = (bench.roll("宏观经济", "1687"), bench.roll("部委动态", "1689"))
    bench.site.channels = {"1687": [9], "1689": [1]}
    bench.site.answers["lid=1687"] = wrong
    events = await bench.poll()
    failed = answered(events, "宏观经济")
    assert failed.outcome == "failed"
    assert failed.fault
    assert says in str(failed.fault)
    assert failed.due >= NOW + timedelta(seconds=300)
    assert answered(events).new == 1
    bench.site.answers.clear()
    assert answered(await bench.poll(), "宏观经济").new == 1


async def test_a_failing_source_is_polled_less_and_less_often(bench: Bench) -> None:
    bench.site.answers["/roll"] = reply(status=500)
    waits = []
    for _ in range(3):
        began = bench.now
        waits.append((answered(await bench.poll()).due - began).total_seconds())
    assert waits == [300, 600, 1200]


async def test_a_retry_after_is_obeyed_even_against_a_reload(bench: Bench) -> None:
    bench.site.channels["1689"] = [1]
    bench.site.answers["/roll"] = reply(status=429, **{"Retry-After": "1000"})
    events = await bench.poll()
    assert answered(events).due == NOW + timedelta(seconds=1000)
    bench.site.answers.clear()
    bench.now = NOW + timedelta(seconds=999)
    again = await bench.poll()
    assert answered(again).outcome == "failed"
    assert "come less often" in str(answered(again).fault)
    assert len(bench.site.asked) == 1
    bench.now = NOW + timedelta(seconds=1001)
    assert answered(await bench.poll()).new == 1


# Ends


async def test_the_next_poll_does_what_a_stopped_one_left(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.poller.source_poll.BATCH", 5)
    bench.site.channels["1689"] = list(range(40, 0, -1))
    events = await bench.poll(stop_at=ArticleStored)
    assert isinstance(events[-1], PollerStopped)
    assert len(stored(events)) < 40
    await bench.poll()
    assert len(bench.titles()) == 40
    assert len(set(bench.site.pages_asked)) == 40


async def test_a_disk_that_cannot_be_written_is_a_fault_of_the_poll(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    bench.site.channels["1689"] = [1]
    with monkeypatch.context() as patched:
        patched.setattr("feeds.archive.Archive.store_many", full)
        events = await bench.poll()
    assert "no space is left on the disk" in str(answered(events).fault)
    assert answered(await bench.poll()).new == 1


async def test_a_damaged_day_is_named(bench: Bench) -> None:
    bench.site.channels["1689"] = [1]
    await bench.poll()
    (day,) = (bench.folder / "shards").rglob("*.json")
    day.write_bytes(day.read_bytes()[:-40])
    bench.site.updated[1] = NOW
    events = await bench.poll()
    assert [event.name for event in set_aside(events)] == [day.name]


async def test_a_damaged_index_ends_the_poller_and_the_next_one_has_all(bench: Bench) -> None:
    bench.site.channels["1689"] = [3, 2, 1]
    await bench.poll()
    file = bench.folder / "index.sqlite"
    kept = file.stat().st_size - 16384
    with Archive.open(bench.folder) as archive, file.open("r+b") as opened:
        opened.seek(16384)
        opened.write(b"\x5a" * kept)
        with pytest.raises(IndexDamaged):
            archive.listing().ids()
        with pytest.raises(IndexDamaged):
            archive.listing().ids()
    bench.site.channels["1689"] = [4, 3, 2, 1]
    await bench.poll()
    assert len(bench.titles()) == 4


async def test_a_poller_ends_when_another_process_found_the_index_damaged(bench: Bench) -> None:
    bench.site.channels["1689"] = [2, 1]

    def page(site: Site, number: int) -> str:
        (bench.folder / "index.damaged").touch()
        return page_of(site, number)

    page_of = Site.page
    with pytest.raises(IndexDamaged), patch.object(Site, "page", page):
        await bench.poll()
    await bench.poll()
    assert len(bench.titles()) == 2
