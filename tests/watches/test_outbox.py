"""The programs outside: each telling is taken once, whatever is killed."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from feeds.archive.sqlite.watches import WatchJournal, WatchMatch, newest_matches
from feeds.watches.outbox import Outbox, launching_words

COPY = "import sys; open(sys.argv[1], 'a').write(sys.stdin.read())"


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[WatchJournal]:
    made = WatchJournal.open(tmp_path)
    yield made
    made.close()


def tell(journal: WatchJournal, *texts: str) -> None:
    journal.keep_matches([WatchMatch("甲", text) for text in texts])
    journal.keep_tellings([(f"{one.article}\n", [one]) for one in journal.waiting()], ["command"])


def run_until(outbox: Outbox, command: list[str], is_done: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not is_done() and time.monotonic() < until:
        outbox.step({"command": launching_words(command)}, time.time())
        time.sleep(0.005)
    assert is_done()


def test_a_command_gets_each_telling_once_on_its_standard_input(tmp_path: Path, journal: WatchJournal) -> None:
    out, outbox = tmp_path / "out $(id); '", Outbox(tmp_path, journal)
    hostile = "$(touch x) `id`; rm -rf ~"
    tell(journal, "一", "二", hostile)
    run_until(outbox, [sys.executable, "-c", COPY, str(out)], lambda: not journal.open_tellings())
    assert sorted(out.read_text("utf-8").splitlines()) == sorted(["一", "二", hostile])
    assert not list((tmp_path / "tellings").iterdir())
    tell(journal, "一")
    assert not journal.open_tellings()


def test_of_two_launchers_one_takes_the_telling(tmp_path: Path) -> None:
    job, out = tmp_path / "1.command.json", tmp_path / "out"
    job.write_text("一\n", "utf-8")
    words = [str(job) if word == "{}" else word for word in launching_words([sys.executable, "-c", COPY, str(out)])]
    running = [subprocess.Popen(words) for _ in range(4)]
    assert [process.wait() for process in running] == [0, 0, 0, 0]
    assert out.read_text("utf-8") == "一\n"
    assert job.with_suffix(".told").exists()


def test_a_telling_that_a_killed_poller_left_is_finished_by_the_next(tmp_path: Path, journal: WatchJournal) -> None:
    out, command = tmp_path / "out", [sys.executable, "-c", COPY, str(tmp_path / "out")]
    tell(journal, "1 没写文件", "2 写了文件", "3 已被取走")
    folder = tmp_path / "tellings"
    folder.mkdir()
    (folder / "2.command.json").write_text("2 写了文件\n", "utf-8")
    (folder / "3.command.told").write_text("3 已被取走\n", "utf-8")
    (folder / "9.command.told").touch()
    outbox = Outbox(tmp_path, journal)
    outbox.remove_strays()
    run_until(outbox, command, lambda: not journal.open_tellings())
    assert sorted(out.read_text("utf-8").splitlines()) == ["1 没写文件", "2 写了文件"]
    assert not list(folder.iterdir())


def test_a_command_that_does_not_start_is_reported_and_tried_again(tmp_path: Path, journal: WatchJournal) -> None:
    outbox, out = Outbox(tmp_path, journal), tmp_path / "out"
    tell(journal, "一")
    run_until(outbox, [str(tmp_path / "missing")], lambda: bool(outbox.failures))
    assert outbox.failures == [("command", 127)]
    assert [telling.text for telling in journal.open_tellings()] == ["一\n"]
    run_until(Outbox(tmp_path, journal), [sys.executable, "-c", COPY, str(out)], lambda: not journal.open_tellings())
    assert out.read_text("utf-8") == "一\n"


def test_without_a_command_nothing_waits(tmp_path: Path, journal: WatchJournal) -> None:
    tell(journal, "一")
    assert not Outbox(tmp_path, journal).step({}, time.time())
    assert not journal.open_tellings()
    journal.keep_matches([WatchMatch("甲", "二")])
    journal.keep_tellings([("二\n", journal.waiting())], [])
    assert not journal.open_tellings()
    assert sorted(newest_matches(tmp_path, 5)) == [("甲", "一"), ("甲", "二")]
