"""A full disk, an index that SQLite cannot use: reported in a line, tried again, without a traceback."""

import asyncio
import os
import resource
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from feeds.archive import Archive
from feeds.errors import ArchiveError
from feeds.events import PollerStopped, PollEvent, SourceAnswered
from feeds.poller import Poller
from tests.archive.corpus import article, articles
from tests.poller.bench import Bench, answered, stored

ROOT = Path(__file__).resolve().parents[2]


def no_room(handle: int) -> None:
    raise OSError(28, "No space left on device")


@pytest.fixture
def bench(bench: Bench) -> Bench:
    bench.site.channels["1689"] = [5, 4, 3, 2, 1]
    return bench


async def test_a_full_disk_is_a_fault_of_the_source_and_the_next_poll_stores_all(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", no_room)
        events = await bench.poll()
    assert answered(events).outcome == "failed"
    assert "no space is left" in str(answered(events).fault)
    assert stored(events) == []
    last = events[-1]
    assert isinstance(last, PollerStopped)
    assert "no space is left" in str(last.fault)
    again = await bench.poll()
    assert answered(again).outcome == "ok"
    assert answered(again).new == len(stored(again)) > 0


async def test_an_index_without_space_is_a_fault_of_the_source_too(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Archive.open

    def without_space(path: Path, *, write: bool = False) -> Archive:
        """An index that may not grow by a page: SQLite's own way to be full."""
        archive = opened(path, write=write)
        archive._index.connection.execute("PRAGMA max_page_count = 1")
        return archive

    with monkeypatch.context() as patch:
        patch.setattr(Archive, "open", without_space)
        # Long, and of so many characters that no compression makes it fit into what is free already.
        bench.site.texts = {
            n: "".join(chr(0x4E00 + (n * 7919 + k * k * 31) % 20_000) for k in range(4000)) for n in range(100)
        }
        bench.site.channels["1689"] = list(range(40, 0, -1))
        events = await bench.poll()
    assert answered(events).outcome == "failed"
    assert "no space is left" in str(answered(events).fault)
    assert answered(await bench.poll()).outcome == "ok"


async def test_a_state_that_cannot_be_saved_is_reported_and_the_articles_stay(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unwritable(*_: object) -> None:
        raise ArchiveError("{name} cannot be written: {reason}", name="state.json", reason="no room")

    with monkeypatch.context() as patch:
        patch.setattr(Archive, "save_state", unwritable)
        events = await bench.poll()
    assert "no room" in str(answered(events).fault)
    assert len(stored(events)) == len(bench.titles()) > 0


async def test_marks_that_cannot_be_folded_wait(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    name = stored(await bench.poll())[0].id
    with bench.archive() as archive:
        archive.set_flags([name], starred=True)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", no_room)
        events = await bench.poll()
    assert isinstance(events[-1], PollerStopped)
    await bench.poll()
    for file in bench.folder.glob("*.sqlite*"):
        file.unlink()
    with bench.archive() as archive:
        assert archive.flags(name).starred


async def test_upkeep_waits_for_room_and_goes_on(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    with Archive.open(bench.folder, write=True) as archive:
        archive.store_many(articles(30), search_later=True)
        upkeep, refusals, done = archive.upkeep, [1, 1], asyncio.Event()

        def refuse(texts: int = 10) -> int:
            if refusals:
                refusals.pop()
                raise ArchiveError("the archive's index cannot be used: {reason}", reason="disk full")
            left = upkeep(texts)
            if not left:
                done.set()
            return left

        monkeypatch.setattr(archive, "upkeep", refuse)
        monkeypatch.setattr("feeds.poller.poller._CLOCK_CHECK", 0.0)
        monkeypatch.setattr("feeds.poller.poller._UPKEEP_PAUSE", 0.0)
        bench.sources = ()
        poller = Poller(bench.config, archive, None, bench.workers, clock=lambda: bench.now)  # type: ignore[arg-type]
        ended = asyncio.create_task(asyncio.wait_for(done.wait(), 60))
        ended.add_done_callback(lambda _: poller.stop())
        assert isinstance([event async for event in poller.run()][-1], PollerStopped)
        await ended
        assert refusals == []
        assert upkeep(0) == 0


@pytest.mark.parametrize("most", [0, 4096, 100_000])
def test_a_process_that_cannot_write_ends_in_a_line(tmp_path: Path, most: int) -> None:
    """The kernel's own refusal: no file of the child may grow beyond so many bytes."""
    with Archive.open(tmp_path / "archive", write=True) as archive:
        archive.store(article(0))
    posts = tmp_path / "posts"
    posts.mkdir()
    for number in range(40):
        (posts / f"{number}.md").write_text(
            f"---\ntitle: 题{number}\n---\n\n" + f"第{number}段正文很长。" * 900, "utf-8"
        )
    (tmp_path / "config.toml").write_text(f'[[source]]\nname = "p"\nkind = "posts"\nurl = "{posts}"\n', "utf-8")
    words = ["--config", str(tmp_path / "config.toml"), "--archive", str(tmp_path / "archive"), "--once"]
    run = subprocess.run(
        [sys.executable, "-P", "-m", "feeds", *words],
        env={"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}, capture_output=True, check=False, timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )  # fmt: skip
    assert b"Traceback" not in run.stderr, run.stderr.decode()
    assert run.returncode in (0, 1)
    events = [msgspec.json.decode(line, type=PollEvent) for line in run.stdout.splitlines()]
    last = events[-1]
    assert isinstance(last, PollerStopped)
    faults = [event.fault for event in events if isinstance(event, SourceAnswered | PollerStopped) and event.fault]
    assert faults
    with Archive.open(tmp_path / "archive", write=True) as archive:
        assert archive.set_aside == []
        assert archive.find(article(0).keys)
