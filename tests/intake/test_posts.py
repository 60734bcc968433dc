"""The import of folders of posts into an archive, with real processes."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from feeds.archive import Archive
from feeds.errors import FeedError
from feeds.intake.journal import FILE_NAME
from feeds.intake.posts import LOG_NAME, ImportProgress, import_posts
from feeds.query import parse
from feeds.workers.pool import WorkerPool
from feeds.workers.tasks import PostTask
from feeds.workers.worker import answer_of
from tests.archive.corpus import article
from tests.benchmarks.posts import post_of, write_posts

SEEN = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
# A worker that a file called deadly kills, and that sleeps over one called endless.
HURT = """
import os, time
from feeds.workers import worker
steps_of = worker.steps_of
def hurt(task):
    if b"deadly" in task.path:
        os.kill(os.getpid(), 9)
    if b"endless" in task.path:
        time.sleep(60)
    return steps_of(task)
worker.steps_of = hurt
worker.main(patience=1.0)
"""


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", write=True) as opened:
        yield opened


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    """Sixty posts of three days."""
    write_posts(tmp_path / "posts", 60, every=timedelta(minutes=72))
    return tmp_path / "posts"


def take(posts: Path, archive: Archive) -> ImportProgress:
    """A whole import; its last word."""
    return list(import_posts([posts], archive, SEEN, most=2))[-1]


def test_every_post_becomes_the_article_that_the_poller_would_make(posts: Path, archive: Archive) -> None:
    taken = take(posts, archive)
    assert (taken.total, taken.new, taken.failed, taken.done) == (60, 60, 0, 60)
    for number in range(0, 60, 7):
        made = answer_of(PostTask(bytes(posts / f"0000/{number:07}.md"), "posts", SEEN)).article
        assert made
        assert archive.get(made.id) == made
        assert made.paragraphs == article(number, every=timedelta(minutes=72)).paragraphs
        assert made.plan
    assert sorted(file.name for file in archive.path.iterdir()) == [
        *("flags.sqlite", "flags.sqlite-shm", "flags.sqlite-wal"),
        *("index.sqlite", "index.sqlite-shm", "index.sqlite-wal", "lock", "shards"),
    ]


def test_the_search_is_right_before_it_has_taken_the_texts_and_after(posts: Path, archive: Archive) -> None:
    take(posts, archive)
    wish = parse("编号第7号", SEEN.date())
    assert archive.upkeep(1) == 59
    assert archive.listing(wish).total == 1
    assert archive.upkeep(100) == 0
    assert archive.listing(wish).total == 1


def test_a_second_import_knows_them_all_and_what_was_edited_since(posts: Path, archive: Archive) -> None:
    take(posts, archive)
    archive.set_flags(archive.listing().ids(), read=True)
    edited, widened = (posts / f"0000/{number:07}.md" for number in (7, 21))
    edited.write_text(edited.read_text("utf-8") + "\n<p>又到二〇三一年，建成三百座航标站。</p>\n", "utf-8")
    widened.write_text(widened.read_text("utf-8").replace("，", " ，"), "utf-8")
    taken = list(import_posts([posts], archive, SEEN, most=2, unread_when_changed=True))[-1]
    assert (taken.new, taken.changed, taken.same) == (0, 1, 59)
    unread = [row.title for row in archive.listing(parse("is:unread", SEEN.date())).window(0, 9)]
    assert unread == [article(7, every=timedelta(minutes=72)).title]


def test_an_import_that_was_stopped_continues(posts: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.intake.posts._BATCH", 20)
    monkeypatch.setattr("feeds.intake.posts._ROW", 5)
    steps = import_posts([posts], archive, SEEN, most=2)
    reached = [next(steps).done for _ in range(3)]
    steps.close()
    assert reached == [0, 20, 40]
    assert archive.listing().total == 40
    taken = take(posts, archive)
    assert (taken.total, taken.earlier, taken.new, taken.done) == (60, 40, 20, 60)
    assert archive.listing().total == 60
    assert not (archive.path / FILE_NAME).exists()


def test_bad_files_are_named_and_the_others_come_in(posts: Path, archive: Archive) -> None:
    (posts / "no-post.md").write_text("no front matter", "utf-8")
    (posts / "gone.md").symlink_to(posts / "nowhere")
    told = list(import_posts([posts], archive, SEEN, most=2))
    assert (told[-1].new, told[-1].failed, told[-1].done) == (60, 2, 62)
    faults = [str(fault) for taken in told for fault in taken.faults]
    assert len(faults) == 2
    assert any("no-post.md is no post" in fault for fault in faults)
    assert any("gone.md cannot be read: it is not there" in fault for fault in faults)
    assert take(posts, archive).earlier == 60  # the journal stays, so that only the mended ones are read


def test_a_file_that_kills_the_worker_is_named_and_does_not_affect_others(
    posts: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feeds.intake.posts.WorkerPool", partial(WorkerPool, command=(sys.executable, "-c", HURT)))
    for name in ("2024-02-29-deadly.md", "2024-03-01-endless.md", "2024-03-01-deadly.md"):
        (posts / name).write_text(post_of(article(900)), "utf-8")
    told = list(import_posts([posts], archive, SEEN, most=2))
    assert (told[-1].new, told[-1].failed) == (60, 3)
    faults = sorted(str(fault) for taken in told for fault in taken.faults)
    assert [fault.rpartition("/")[2].partition(" ")[0] for fault in faults] == [
        *("2024-02-29-deadly.md", "2024-03-01-deadly.md", "2024-03-01-endless.md"),
    ]
    assert "Timeout" in (archive.path / LOG_NAME).read_text()


def test_processes_that_do_not_start_are_no_fault_of_the_files(
    posts: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = (sys.executable, "-c", "import no_such_module")
    monkeypatch.setattr("feeds.intake.posts.WorkerPool", partial(WorkerPool, command=command))
    with pytest.raises(FeedError, match="does not start"):
        take(posts, archive)
    assert "no_such_module" in (archive.path / LOG_NAME).read_text()


def test_no_process_outlives_an_import_that_is_left(
    posts: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Kept(subprocess.Popen[bytes]):
        def __init__(self, *words: object, **more: object) -> None:
            super().__init__(*words, **more)  # type: ignore[call-overload]
            started.append(self)

    monkeypatch.setattr("feeds.intake.posts._BATCH", 5)
    monkeypatch.setattr("feeds.intake.posts._ROW", 5)
    monkeypatch.setattr("subprocess.Popen", Kept)
    steps = import_posts([posts], archive, SEEN, most=2)
    next(steps)
    next(steps)
    assert started
    steps.close()
    assert all(process.returncode is not None for process in started)


def test_an_empty_folder_gives_an_empty_import(tmp_path: Path, archive: Archive) -> None:
    (tmp_path / "none").mkdir()
    assert take(tmp_path / "none", archive) == ImportProgress(0, 0)
