"""The watch over the poller process, with small programs in its place."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feeds.events import PollerStarted, PollerStopped, SourceAsked
from feeds.model import Fault
from tui.polling import EXIT_LOCKED, Polling
from tui.polling.process import LINE_LIMIT, LOG_LIMIT, LOG_NAME, Backoff
from tui.polling.status import PollingChanged, PollingEvent

STARTED = '{"event":"started","at":"2026-01-05T08:00:00Z","sources":["国内滚动"]}'
ASKED = '{"event":"asked","at":"2026-01-05T08:00:01Z","source":"国内滚动"}'
LOCKED = (
    '{"event":"stopped","at":"2026-01-05T08:00:00Z",'
    '"fault":{"template":"another zhengwen writes {path}","values":{"path":"x"}}}'
)
SAY_ASKED = f"say({ASKED!r})"
QUICK = Backoff(first=0.01, longest=0.02, locked=0.01)
UNTIL_EOF = "sys.stdin.read()"


def child(*statements: str) -> list[str]:
    lines = ["import sys, os, time, signal", "say = lambda line: print(line, flush=True)", *statements]
    return [sys.executable, "-I", "-S", "-c", "\n".join(lines)]


def polling(path: Path, *statements: str) -> Polling:
    return Polling(path / "config.toml", path, command=child(*statements), backoff=QUICK)


async def until(events: AsyncIterator[PollingEvent], wanted: type | str, times: int = 1) -> list[PollingEvent]:
    """The events up to the one of this kind, or of this state of the process."""
    seen: list[PollingEvent] = []
    async with asyncio.timeout(20):
        async for event in events:
            seen.append(event)
            found = event.state == wanted if isinstance(event, PollingChanged) else wanted is type(event)
            times -= found
            if not times:
                break
    return seen


def states(events: list[PollingEvent]) -> list[str]:
    return [event.state for event in events if isinstance(event, PollingChanged)]


async def test_lines_become_events_and_the_process_counts_as_running_once_it_started(tmp_path: Path) -> None:
    watch = polling(tmp_path, f"say({STARTED!r})", f"say({ASKED!r})", UNTIL_EOF)
    seen = await until(watch.events(), SourceAsked)
    await watch.stop()
    assert states(seen) == ["starting", "running"]
    assert PollerStarted(datetime(2026, 1, 5, 8, tzinfo=UTC), ("国内滚动",)) in seen


async def test_a_child_that_dies_is_started_again_and_the_reason_is_told(tmp_path: Path) -> None:
    watch = polling(tmp_path, f"say({STARTED!r})", "sys.exit(9)")
    seen = await until(watch.events(), "waiting", times=3)
    await watch.stop()
    deaths = [event for event in seen if isinstance(event, PollingChanged) and event.state == "waiting"]
    assert [death.restarts for death in deaths] == [1, 2, 3]
    assert all(death.fault and death.fault.values["code"] == 9 and death.retry for death in deaths)


async def test_its_own_words_for_its_end_are_preferred_to_the_exit_code(tmp_path: Path) -> None:
    watch = polling(tmp_path, f"say({LOCKED!r})", "sys.exit(1)")
    (*_, last) = await until(watch.events(), "waiting")
    await watch.stop()
    assert isinstance(last, PollingChanged)
    assert last.fault == Fault("another zhengwen writes {path}", {"path": "x"})


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("import no_such_module", "No module named 'no_such_module'"),
        ("sys.exit('\\x1b[31mnot today\\u202e')", "not today"),
        (
            "import faulthandler; faulthandler.enable(); os.kill(os.getpid(), 11)",
            "Fatal Python error: Segmentation fault",
        ),
    ],
)
@pytest.mark.parametrize("once", [True, False])
async def test_a_child_that_dies_before_its_first_event_is_told_with_its_last_line(
    tmp_path: Path, statement: str, reason: str, *, once: bool
) -> None:
    (tmp_path / LOG_NAME).write_text("of another child\n")
    watch = Polling(tmp_path / "c", tmp_path, once=once, command=child(statement), backoff=QUICK)
    (*_, last) = await until(watch.events(), "stopped" if once else "waiting")
    await watch.stop()
    assert isinstance(last, PollingChanged)
    assert reason in str(last.fault)
    assert str(last.fault).isprintable()


async def test_a_child_that_says_nothing_is_told_with_its_code_alone(tmp_path: Path) -> None:
    (tmp_path / LOG_NAME).write_text("of another child\n")
    watch = Polling(tmp_path / "c", tmp_path, once=True, command=child("os._exit(4)"))
    (*_, last) = await until(watch.events(), "stopped")
    assert isinstance(last, PollingChanged)
    assert str(last.fault) == f"the poller ended with code 4; see {tmp_path / LOG_NAME}"


async def test_the_log_is_its_owners_alone(tmp_path: Path) -> None:
    (tmp_path / LOG_NAME).touch(0o644)
    watch = polling(tmp_path, f"say({ASKED!r})", UNTIL_EOF)
    await until(watch.events(), SourceAsked)
    await watch.stop()
    assert (tmp_path / LOG_NAME).stat().st_mode & 0o777 == 0o600


async def test_a_locked_archive_means_reading_only_and_another_try(tmp_path: Path) -> None:
    watch = polling(tmp_path, f"say({LOCKED!r})", f"sys.exit({EXIT_LOCKED})")
    seen = await until(watch.events(), "reading-only", times=2)
    await watch.stop()
    assert states(seen) == ["starting", "reading-only", "starting", "reading-only"]
    assert [event.restarts for event in seen if isinstance(event, PollingChanged)] == [0, 0, 0, 0]


async def test_what_is_no_event_is_noted_in_the_log_and_nothing_else_is_lost(tmp_path: Path) -> None:
    watch = polling(tmp_path, "say('no json')", 'say(\'{"event":"party"}\')', f"say({ASKED!r})", UNTIL_EOF)
    seen = await until(watch.events(), SourceAsked)
    await watch.stop()
    assert not [event for event in seen if isinstance(event, PollerStopped)]
    log = (tmp_path / LOG_NAME).read_text(encoding="utf-8")
    assert "no json" in log
    assert "party" in log


async def test_a_line_without_end_is_dropped_whole(tmp_path: Path) -> None:
    watch = polling(tmp_path, f"say('x' * {3 * LINE_LIMIT})", f"say({ASKED!r})", UNTIL_EOF)
    seen = await until(watch.events(), SourceAsked)
    await watch.stop()
    assert states(seen) == ["starting"]
    assert "longer than" in (tmp_path / LOG_NAME).read_text(encoding="utf-8")


async def test_complaints_go_to_the_log_which_is_turned_over_when_large(tmp_path: Path) -> None:
    log = tmp_path / LOG_NAME
    log.write_bytes(b"x" * (LOG_LIMIT + 1))
    watch = polling(tmp_path, "print('dear me', file=sys.stderr, flush=True)", f"say({ASKED!r})", UNTIL_EOF)
    await until(watch.events(), SourceAsked)
    await watch.stop()
    assert log.read_text(encoding="utf-8") == "dear me\n"
    assert log.with_suffix(".log.1").stat().st_size > LOG_LIMIT


async def test_a_program_that_cannot_be_started_is_a_fault_not_a_crash(tmp_path: Path) -> None:
    watch = Polling(tmp_path / "c", tmp_path, command=[str(tmp_path / "nowhere")], backoff=QUICK)
    (*_, last) = await until(watch.events(), "waiting")
    await watch.stop()
    assert isinstance(last, PollingChanged)
    assert last.fault
    assert "could not be started" in last.fault.template


async def test_words_reach_the_child(tmp_path: Path) -> None:
    echo = "for line in sys.stdin: print(line, end='', file=sys.stderr, flush=True); " + SAY_ASKED
    watch = polling(tmp_path, f"say({STARTED!r})", echo)
    events = watch.events()
    await until(events, "running")
    assert await watch.reload(["国内滚动"])
    assert await watch.fold_flags()
    await until(events, SourceAsked, times=2)
    await watch.stop()
    assert (tmp_path / LOG_NAME).read_text(encoding="utf-8") == '{"reload":["国内滚动"]}\n{"flags":true}\n'


async def test_words_to_nobody_say_so(tmp_path: Path) -> None:
    assert not await polling(tmp_path).reload()
    assert not await polling(tmp_path).fold_flags()


async def test_asking_for_a_reload_cuts_the_wait_short(tmp_path: Path) -> None:
    long = Backoff(first=1000, longest=1000)
    watch = Polling(tmp_path / "c", tmp_path, command=child("sys.exit(1)"), backoff=long)
    events = watch.events()
    await until(events, "waiting")
    step = asyncio.ensure_future(until(events, "waiting"))
    while not step.done():
        await watch.reload()
        await asyncio.sleep(0)
    await watch.stop()
    assert states(await step) == ["starting", "waiting"]


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.parametrize(
    "stubborn",
    [
        UNTIL_EOF,
        "time.sleep(1000)",
        "signal.signal(signal.SIGTERM, signal.SIG_IGN); " + SAY_ASKED + "; time.sleep(1000)",
    ],
    ids=["ends with its stdin", "ends by SIGTERM", "must be killed"],
)
async def test_stopping_leaves_no_child(tmp_path: Path, stubborn: str) -> None:
    watch = polling(tmp_path, f"say({STARTED!r})", stubborn)
    events = watch.events()
    await until(events, SourceAsked if "SIG_IGN" in stubborn else "running")
    pid = watch.pid
    assert pid is not None
    rest = asyncio.ensure_future(until(events, "stopped"))
    await watch.stop(patience=0.2)
    await rest
    assert gone(pid)
    assert watch.pid is None


async def test_a_child_told_to_end_by_somebody_else_is_started_again(tmp_path: Path) -> None:
    watch = polling(tmp_path, f"say({STARTED!r})", UNTIL_EOF)
    events = watch.events()
    await until(events, "running")
    assert watch.pid is not None
    os.kill(watch.pid, signal.SIGTERM)
    seen = await until(events, "running")
    await watch.stop()
    assert states(seen) == ["waiting", "starting", "running"]


async def test_once_means_one_life(tmp_path: Path) -> None:
    command = child(f"say({STARTED!r})", "sys.exit(4)")
    watch = Polling(tmp_path / "c", tmp_path, once=True, command=command, backoff=QUICK)
    seen = await until(watch.events(), "stopped")
    assert states(seen) == ["starting", "running", "stopped"]
    assert watch.code == 4


def test_the_wait_doubles_up_to_its_limit() -> None:
    backoff = Backoff(first=1.0, longest=10.0)
    assert [backoff.pause(n) for n in (1, 2, 3, 4, 5, 500)] == [1, 2, 4, 8, 10, 10]
