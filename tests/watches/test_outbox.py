"""The programs outside: each telling is taken once, whatever is killed."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from feeds.archive.sqlite.watches import WatchJournal, WatchMatch, newest_matches
from feeds.watches import launcher
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
    assert len(list(tmp_path.glob("1.command.*.told"))) == 1


def test_a_telling_that_a_killed_poller_left_is_finished_by_the_next(tmp_path: Path, journal: WatchJournal) -> None:
    out, command = tmp_path / "out", [sys.executable, "-c", COPY, str(tmp_path / "out")]
    tell(journal, "1 没写文件", "2 写了文件", "3 已被取走")
    folder = tmp_path / "tellings"
    folder.mkdir()
    (folder / "2.command.json").write_text("2 写了文件\n", "utf-8")
    (folder / "3.command.4711.told").write_text("3 已被取走\n", "utf-8")
    (folder / "9.command.4712.told").touch()
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


KILLED_AFTER_RENAME = """
import os, sys
sys.path.insert(0, sys.argv[2])
import launcher
rename, number = os.rename, int(sys.argv[1])
def rename_and_die(before, after):
    rename(before, after)
    if number and after.endswith(".told"):
        os.kill(os.getpid(), number)
os.rename = rename_and_die
sys.exit(launcher.main(sys.argv[3:]))
"""


def dying_words(number: int, out: Path) -> list[str]:
    python, folder = [sys.executable, "-I", "-S", "-c"], str(Path(launcher.__file__).parent)
    return [*python, KILLED_AFTER_RENAME, str(number), folder, "{}", *python, COPY, str(out)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_launcher_that_is_ended_between_rename_and_exec_tells_nothing_and_loses_nothing(
    tmp_path: Path, journal: WatchJournal, number: int
) -> None:
    if number == signal.SIGKILL and sys.platform != "linux":
        pytest.skip("only Linux says that a killed process never became its command")
    outbox, out = Outbox(tmp_path, journal), tmp_path / "out"
    tell(journal, "一")
    until = time.monotonic() + 30
    while not outbox.failures and time.monotonic() < until:
        outbox.step({"command": dying_words(number, out)}, time.time())
        time.sleep(0.005)
    assert outbox.failures == [("command", -9 if number == signal.SIGKILL else 128 + number)]
    assert not out.exists()
    again = time.time() + 120
    until = time.monotonic() + 30
    while journal.open_tellings() and time.monotonic() < until:
        outbox.step({"command": dying_words(0, out)}, again)
        time.sleep(0.005)
    assert out.read_text("utf-8") == "一\n"


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM])
def test_a_command_that_is_killed_was_told(tmp_path: Path, journal: WatchJournal, ending: int) -> None:
    outbox, out = Outbox(tmp_path, journal), tmp_path / "out"
    tell(journal, "一")
    dies = f"import os, sys; open(sys.argv[1], 'a').write(sys.stdin.read()); os.kill(os.getpid(), {int(ending)})"
    run_until(outbox, [sys.executable, "-I", "-S", "-c", dies, str(out)], lambda: not journal.open_tellings())
    assert out.read_text("utf-8") == "一\n"
    assert not list((tmp_path / "tellings").iterdir())


def test_without_a_command_nothing_waits(tmp_path: Path, journal: WatchJournal) -> None:
    tell(journal, "一")
    assert not Outbox(tmp_path, journal).step({}, time.time())
    assert not journal.open_tellings()
    journal.keep_matches([WatchMatch("甲", "二")])
    journal.keep_tellings([("二\n", journal.waiting())], [])
    assert not journal.open_tellings()
    assert sorted(newest_matches(tmp_path, 5)) == [("甲", "一"), ("甲", "二")]
