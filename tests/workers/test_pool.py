"""Workers that read, workers that a text kills, and idle workers."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feeds.errors import FeedError
from feeds.model import Entry, Page, Source
from feeds.workers import pool
from feeds.workers.pool import WorkerPool
from feeds.workers.tasks import FeedTask, TextTask, WorkerAnswer
from feeds.workers.worker import answer_of

SEEN = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
SOURCE = Source(name="部委动态", kind="rss", url="https://feeds.example.cn/a", interval=300)
# A worker that an entry "deadly" kills, that sleeps at "endless", that has a bug at "buggy", and that dies once at
# "unlucky" and leaves a file.
HURT = """
import os, pathlib, sys, time
from feeds.workers import worker
steps_of = worker.steps_of
def hurt(task):
    title = task.entry.title if hasattr(task, "entry") else task.source.name
    if "deadly" in title:
        os.kill(os.getpid(), 11)
    if "endless" in title:
        time.sleep(60)
    if "buggy" in title:
        raise ZeroDivisionError
    mark = pathlib.Path(sys.argv[1])
    if "unlucky" in title and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), 9)
    return steps_of(task)
worker.steps_of = hurt
worker.main(patience=0.5)
"""


def text(title: str) -> TextTask:
    return TextTask(Entry(source="部委动态", title=title, body=f"<p>{title}印发，提出四项措施。</p>"), None, SEEN)


def log_text(log: Path) -> str:
    return log.read_text() if log.exists() else ""


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "workers.log"


@pytest.fixture
def hurt(tmp_path: Path, log: Path) -> Iterator[WorkerPool]:
    with WorkerPool(log, 1, (sys.executable, "-c", HURT, str(tmp_path / "mark"))) as workers:
        yield workers


async def test_each_task_has_the_answer_that_its_reading_gives(log: Path) -> None:
    tasks = [text(f"第{number}号方案") for number in range(40)]
    with WorkerPool(log, 2) as workers:
        rows = await asyncio.gather(workers.read(tasks[:30]), workers.read(tasks[30:]), workers.read(()))
    assert [answer for row in rows for answer in row] == [answer_of(task) for task in tasks]
    assert not log_text(log)


async def test_more_than_the_pipes_hold_goes_through_them(log: Path) -> None:
    long = "<p>" + "国家发展改革委印发方案。" * 20_000 + "</p>"
    tasks = [TextTask(Entry(source="a", title=f"题{number}", body=long), None, SEEN) for number in range(12)]
    with WorkerPool(log, 1) as workers:
        async with asyncio.timeout(60):
            answers = await workers.read(tasks)
    assert [answer.article.title for answer in answers if answer.article] == [f"题{number}" for number in range(12)]


@pytest.mark.parametrize("death", ["deadly", "endless"])
async def test_a_text_that_kills_its_worker_twice_is_named_and_does_not_affect_others(
    hurt: WorkerPool, log: Path, death: str
) -> None:
    answers = await hurt.read([text("一"), text(death), text("三")])
    assert [answer.article.title if answer.article else "" for answer in answers] == ["一", "", "三"]
    assert answers[1].deadly
    assert "ended the program" in str(answers[1].fault)
    if death == "endless":
        assert "Timeout" in log_text(log)


async def test_a_bug_in_one_text_is_logged_and_does_not_affect_others(hurt: WorkerPool, log: Path) -> None:
    answers = await hurt.read([text("一"), text("buggy"), text("三")])
    assert [answer.article.title if answer.article else "" for answer in answers] == ["一", "buggy", "三"]
    assert answers[1].article
    assert not answers[1].article.blocks
    assert not answers[1].deadly
    assert "ZeroDivisionError" in str(answers[1].fault)
    assert log_text(log).count("Traceback") == 1


async def test_a_process_that_answers_no_json_is_as_good_as_dead(log: Path) -> None:
    garbage = "print('ready', flush=True)\nfor _ in iter(input, ''): print('{', flush=True)"
    with WorkerPool(log, 1, (sys.executable, "-c", garbage)) as workers:
        (answer,) = await workers.read([text("一")])
    assert answer.deadly


async def test_one_death_may_be_chance(hurt: WorkerPool, tmp_path: Path) -> None:
    answers = await hurt.read([text("一"), text("unlucky"), text("三")])
    assert (tmp_path / "mark").exists()
    assert [answer.article.title if answer.article else "" for answer in answers] == ["一", "unlucky", "三"]


async def test_a_feed_that_kills_its_worker_is_a_fault(hurt: WorkerPool) -> None:
    source = Source(name="deadly", kind="rss", url=SOURCE.url, interval=300)
    assert await hurt.read([FeedTask(source, Page(url="", body=b"<rss/>"))]) == [
        WorkerAnswer(fault=(await hurt.read([FeedTask(source, Page(url="", body=b""))]))[0].fault, deadly=True)
    ]


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("import no_such_module", "No module named 'no_such_module'"),
        ("import sys; sys.exit('\x1b[31mnot today\u202e')", "�[31mnot today�"),
        ("import sys; sys.exit(7)", "it ended with code 7"),
    ],
)
async def test_a_worker_that_cannot_start_reports_why(log: Path, program: str, reason: str) -> None:
    with (
        WorkerPool(log, 1, (sys.executable, "-c", program)) as workers,
        pytest.raises(FeedError, match="the process that reads does not start: ") as failure,
    ):
        await workers.read([text("一")])
    assert reason in str(failure.value)


async def test_a_program_that_is_not_there_is_named_in_a_line(log: Path) -> None:
    with (
        WorkerPool(log, 1, ("/nowhere/python",)) as workers,
        pytest.raises(FeedError, match="it is not there"),
    ):
        await workers.read([text("一")])


async def test_little_work_starts_one_process_and_idle_ones_are_ended(
    log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 4)
    started = 0

    class Counted(subprocess.Popen[bytes]):
        def __init__(self, *words: object, **more: object) -> None:
            nonlocal started
            started += 1
            super().__init__(*words, **more)  # type: ignore[call-overload]

    monkeypatch.setattr("subprocess.Popen", Counted)
    with WorkerPool(log, 4) as workers:
        for _ in range(5):
            await workers.read([text("一")])
        workers.end_idle()
        await workers.read([text("一")])
        assert started == 1
        monkeypatch.setattr(pool, "IDLE", 0.0)
        workers.end_idle()
        await workers.read([text("一")])
        assert started == 2


async def test_it_is_busy_while_it_reads(log: Path) -> None:
    with WorkerPool(log, 1) as workers:
        assert not workers.busy
        reading = asyncio.create_task(workers.read([text("一")]))
        await asyncio.sleep(0)
        assert workers.busy
        await reading
        assert not workers.busy
