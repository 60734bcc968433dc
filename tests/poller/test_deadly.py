"""A text that kills its worker is left out and named; the poller and the other articles go on."""

import sys
from collections.abc import Iterator

import pytest

from feeds.model import Source
from feeds.workers.pool import WorkerPool
from tests.poller.bench import NOW, Bench, answered, set_aside, stored

# Reads everything but what an article or a source is called in its arguments.
HURT = """
import os, sys
from feeds.workers import worker
steps_of = worker.steps_of
def hurt(task):
    name = task.entry.title if hasattr(task, "entry") else getattr(task.source, "name", "") or str(task.path)
    if any(word in name for word in sys.argv[1:]):
        os.kill(os.getpid(), 11)
    return steps_of(task)
worker.steps_of = hurt
worker.main()
"""


@pytest.fixture
def hurt(bench: Bench) -> Iterator[Bench]:
    """The bench with workers that die of article 1, of the source called 致命, and of the file called deadly.md."""
    with WorkerPool(most=1, command=(sys.executable, "-c", HURT, "第1号", "致命", "deadly.md")) as workers:
        bench.workers = workers
        yield bench


async def test_an_article_is_set_aside_and_the_others_are_stored(hurt: Bench) -> None:
    hurt.site.channels["1689"] = [3, 2, 1]
    events = await hurt.poll()
    assert [event.name for event in set_aside(events)] == ["第1号方案印发"]
    assert answered(events).outcome == "ok"
    assert hurt.titles() == {"第3号方案印发", "第2号方案印发"}
    asked = hurt.site.pages_asked.count("/china/article-1.html")
    assert set_aside(await hurt.poll()) == []
    assert hurt.site.pages_asked.count("/china/article-1.html") == asked


async def test_it_is_read_again_when_its_stamp_changes(hurt: Bench) -> None:
    hurt.site.channels["1689"] = [1]
    await hurt.poll()
    assert hurt.titles() == set()
    hurt.workers = Bench(hurt.folder).workers
    await hurt.poll()
    assert hurt.titles() == set()
    hurt.site.updated[1] = NOW
    assert [event.new for event in stored(await hurt.poll())] == [True]


async def test_a_feed_fails_and_is_asked_again_later(hurt: Bench) -> None:
    hurt.sources = (*hurt.sources, hurt.roll("致命", "1690"))
    hurt.site.channels |= {"1689": [2], "1690": [3]}
    events = await hurt.poll()
    answer = answered(events, "致命")
    assert (answer.outcome, str(answer.fault)) == ("failed", "reading its feed ended the program")
    assert answer.due
    assert answer.due > hurt.now
    assert hurt.titles() == {"第2号方案印发"}


async def test_a_file_of_posts_is_set_aside_until_it_changes(hurt: Bench) -> None:
    folder = hurt.folder / "posts"
    folder.mkdir()
    for name in ("good", "deadly"):
        (folder / f"{name}.md").write_text(f"---\ntitle: {name}\n---\n\n<p>正文在此。</p>\n", "utf-8")
    hurt.sources = (Source(name="posts", kind="posts", url=str(folder), interval=300),)
    assert [event.name for event in set_aside(await hurt.poll())] == ["posts/deadly.md"]
    assert hurt.titles() == {"good"}
    assert set_aside(await hurt.poll()) == []
    hurt.workers = Bench(hurt.folder).workers
    (folder / "deadly.md").write_text("---\ntitle: mended\n---\n\n<p>正文在此。</p>\n", "utf-8")
    await hurt.poll()
    assert hurt.titles() == {"good", "mended"}
