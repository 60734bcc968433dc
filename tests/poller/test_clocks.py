"""A wrong clock, future dates, feeds without articles, and answers that are not read twice."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from feeds.archive import Archive
from feeds.events import SourceAnswered
from feeds.model import Article, Source
from feeds.workers.pool import WorkerPool
from feeds.workers.tasks import Task, WorkerAnswer
from tests.poller.bench import Bench, answered, common_workers

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LONG_AGO = datetime(1970, 1, 2, tzinfo=UTC)
FAR = datetime(2041, 5, 6, tzinfo=UTC)
SOURCE = Source(name="水利", kind="rss", url="https://news.example.cn/feeds/a", interval=300)
DATED = "<pubDate>Mon, 02 Mar 2026 10:00:00 +0800</pubDate>"
PUBLISHED = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def rss(*items: str) -> str:
    return '<rss version="2.0"><channel><title>频道</title>' + "".join(items) + "</channel></rss>"


def item(more: str = "", number: int = 1) -> str:
    text = f"<p>各灌区第{number}次开闸放水，受益农田过半。</p>" * 40
    named = f"<title>第{number}次放水</title><guid isPermaLink='false'>{number}</guid>"
    return f"<item>{named}{more}<description><![CDATA[{text}]]></description></item>"


class Counting(WorkerPool):
    """The workers; counts the tasks."""

    def __init__(self) -> None:
        self.asked = 0

    @property
    def busy(self) -> bool:
        return False

    async def read(self, tasks: Sequence[Task]) -> list[WorkerAnswer]:
        self.asked += len(tasks)
        return await common_workers().read(tasks)

    def end_idle(self) -> None:
        """End no worker."""


async def poll(place: Path, feed: str, now: datetime, reader: WorkerPool | None = None) -> SourceAnswered:
    """One poll of the feed by a clock that shows `now`."""
    bench = Bench(place / "archive")
    bench.sources, bench.now, bench.workers = (SOURCE,), now, reader or common_workers()
    bench.site.answers["feeds/a"] = httpx.Response(200, stream=httpx.ByteStream(feed.encode()))
    return answered(await bench.poll(), SOURCE.name)


def stored(place: Path) -> list[Article]:
    with Archive.open(place / "archive") as archive:
        return [archive.get(row.id) for row in archive.listing().window(0, 100)]


@pytest.mark.parametrize("wrong", [LONG_AGO, datetime(2001, 1, 1, tzinfo=UTC), datetime(2024, 6, 1, tzinfo=UTC)])
async def test_a_date_that_a_slow_clock_did_not_believe_comes_back(tmp_path: Path, wrong: datetime) -> None:
    await poll(tmp_path, rss(item(DATED)), wrong)
    assert [article.dated for article in stored(tmp_path)] == [False]
    await poll(tmp_path, rss(item(DATED)), NOW)
    (article,) = stored(tmp_path)
    assert (article.published, article.dated, article.seen) == (PUBLISHED, True, NOW)


@pytest.mark.parametrize("wrong", [LONG_AGO, FAR])
async def test_an_article_without_a_date_is_seen_by_the_right_clock(tmp_path: Path, wrong: datetime) -> None:
    await poll(tmp_path, rss(item()), wrong)
    await poll(tmp_path, rss(item()), NOW)
    (article,) = stored(tmp_path)
    assert (article.published, article.dated, article.seen) == (NOW, False, NOW)
    await poll(tmp_path, rss(item()), NOW + timedelta(hours=1))
    assert stored(tmp_path) == [article]


async def test_a_future_date_that_a_fast_clock_accepted_is_corrected(tmp_path: Path) -> None:
    ahead = "<pubDate>Fri, 01 Jan 2038 00:00:00 +0800</pubDate>"
    await poll(tmp_path, rss(item(ahead)), FAR)
    assert [article.dated for article in stored(tmp_path)] == [True]
    await poll(tmp_path, rss(item(ahead)), NOW)
    (article,) = stored(tmp_path)
    assert (article.published, article.dated) == (NOW, False)


async def test_a_future_date_is_accepted_when_it_has_come(tmp_path: Path) -> None:
    await poll(tmp_path, rss(item(DATED)), PUBLISHED - timedelta(days=3))
    assert [article.dated for article in stored(tmp_path)] == [False]
    await poll(tmp_path, rss(item(DATED)), PUBLISHED + timedelta(hours=1))
    assert [article.published for article in stored(tmp_path)] == [PUBLISHED]


async def test_a_feed_without_articles_is_not_a_failure(tmp_path: Path) -> None:
    told = await poll(tmp_path, rss(), NOW)
    assert (told.outcome, told.fault) == ("ok", None)
    assert told.due - NOW < timedelta(seconds=SOURCE.interval * 1.2)


async def test_a_feed_that_has_lost_its_articles_is_reported_each_time(tmp_path: Path) -> None:
    await poll(tmp_path, rss(item(DATED)), NOW)
    for hours in (1, 2):
        told = await poll(tmp_path, rss(), NOW + timedelta(hours=hours))
        assert told.outcome == "ok"
        assert "lists nothing at present" in str(told.fault)
    assert len(stored(tmp_path)) == 1


MANY = rss(item("".join(f"<category>c{number}</category>" for number in range(9_000))))
BROKEN: list[Callable[[], str]] = [lambda: MANY, lambda: "<rss><channel><item><title>" + "<b>" * 200_000]


@pytest.mark.parametrize("feed", BROKEN)
async def test_an_answer_that_is_refused_is_read_once(tmp_path: Path, feed: Callable[[], str]) -> None:
    reader = Counting()
    for hours in range(3):
        told = await poll(tmp_path, feed(), NOW + timedelta(hours=hours), reader)
        assert told.outcome == "failed"
        assert "is not read" in str(told.fault)
    assert reader.asked == 1
    assert (await poll(tmp_path, rss(item(DATED)), NOW + timedelta(hours=9), reader)).new == 1
