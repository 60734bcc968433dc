"""The processes that read, and what becomes of a text that takes one down.

A thread for each process hands it tasks and waits for the answers. When a process dies, the text it had in hand is
given to a new one: once may be chance (a machine short of memory), the second time the text is named and passed over.
A process that nobody has asked for a while is let go.
"""

import asyncio
import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext, suppress
from pathlib import Path
from queue import Empty, LifoQueue
from types import TracebackType
from typing import Self

import msgspec

from feeds.crew.tasks import READY, Answer, Task, deadly
from feeds.errors import FeedError, quoted

IDLE = 60.0  # seconds after which a process that nobody asks is let go
COMMAND = (sys.executable, "-P", "-m", "feeds.crew.worker")
_HEARD = 10.0  # seconds that a process which does not start may take to say why
_AHEAD = 12  # rows of tasks a process, so that it goes on reading while a batch is being stored
# glibc gives a tree's memory back as soon as it is torn down, and takes it anew for the next one: an eighth of the
# time. Elsewhere these say nothing.
_KEEP_MEMORY = {
    "MALLOC_TRIM_THRESHOLD_": "33554432",
    "MALLOC_MMAP_THRESHOLD_": "33554432",
    "MALLOC_TOP_PAD_": "4194304",
}
_decode = msgspec.json.Decoder(Answer).decode
_encode = msgspec.json.Encoder().encode


class _Dismissed(Exception):
    """The crew is no longer wanted."""


class Worker:
    """One process, started when it is first asked."""

    def __init__(self, command: Sequence[str], log: Path | None) -> None:
        self._command = command
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None
        self._dismissed = False
        self._asked = time.monotonic()

    def answers(self, tasks: Sequence[Task]) -> list[Answer]:
        """An answer to each of the tasks, as many as it lives to give."""
        process = self._process or self._started()
        found: list[Answer] = []
        if process.stdin and process.stdout:
            with suppress(OSError):  # a pipe that broke
                process.stdin.write(b"".join(_encode(task) + b"\n" for task in tasks))
                process.stdin.flush()
            with suppress(msgspec.DecodeError):  # no answer: then it is as good as dead
                while len(found) < len(tasks) and (line := process.stdout.readline()).endswith(b"\n"):
                    found.append(_decode(line))
        self._asked = time.monotonic()
        if len(found) < len(tasks):
            self.end()
        return found

    def rest(self) -> None:
        """End it if nobody has asked it for a while."""
        if time.monotonic() - self._asked > IDLE:
            self.end()

    def end(self) -> None:
        """Kill it; what it reads it only reads."""
        process, self._process = self._process, None
        if process:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    with suppress(OSError):  # what was still to be written to the dead
                        pipe.close()

    def dismiss(self) -> None:
        """End it for good, from another thread than the one that asks it."""
        self._dismissed = True
        if process := self._process:
            process.kill()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._dismissed:
            raise _Dismissed
        try:
            with self._log.open("ab") if self._log else nullcontext() as log:
                # A session of its own: Ctrl-C goes to the terminal's group, and whoever asks decides what it means.
                process = subprocess.Popen(  # noqa: S603 -- our own module
                    self._command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    env=_environment(),
                    start_new_session=True,
                )
        except OSError as error:
            raise _not_started(error.strerror or str(error)) from error
        self._process = process
        if process.stdout is None or process.stdout.readline() != READY:
            self.end()
            if self._dismissed:
                raise _Dismissed
            raise _not_started(_last_words(self._command))
        return process


def _environment() -> dict[str, str]:
    return {**os.environ, **_KEEP_MEMORY}


def _not_started(reason: str) -> FeedError:
    return FeedError("the process that reads does not start: {reason}", reason=quoted(reason))


def _last_words(command: Sequence[str]) -> str:
    """What a process that does not start says at its end: it is started once more, with nothing to do, to hear it."""
    try:
        run = subprocess.run(  # noqa: S603 -- our own module
            command, stdin=subprocess.DEVNULL, capture_output=True, env=_environment(), timeout=_HEARD, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    lines = run.stderr.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else f"it ended with code {run.returncode}"


class Crew:
    """As many workers as there are processors, at most `most`. What they complain of goes to `log`, or to stderr."""

    def __init__(self, log: Path | None = None, most: int = 8, command: Sequence[str] = COMMAND) -> None:
        self._log = log
        count = max(1, min(os.cpu_count() or 1, most))
        self._workers = [Worker(command, log) for _ in range(count)]
        # The last to have worked is asked first: a little work wakes one process only.
        self._idle: LifoQueue[Worker] = LifoQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="crew")
        self._reading = 0

    @property
    def busy(self) -> bool:
        """Whether anything is being read for `read`."""
        return self._reading > 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.dismiss()
        self._threads.shutdown(wait=True)
        for worker in self._workers:
            worker.end()
        if self._log and self._log.exists() and not self._log.stat().st_size:
            self._log.unlink()

    async def read(self, tasks: Sequence[Task]) -> list[Answer]:
        """Each task's answer. Raises FeedError when no process can be started."""
        self._reading += 1
        try:
            return await asyncio.wrap_future(self._threads.submit(self._asked, tasks))
        finally:
            self._reading -= 1

    def answers(self, rows: Iterable[Sequence[Task]]) -> Iterator[list[Answer]]:
        """The answers to one row of tasks after the other, a bounded number ahead of whoever takes them."""
        ahead: deque[Future[list[Answer]]] = deque()
        for tasks in rows:
            ahead.append(self._threads.submit(self._asked, tasks))
            if len(ahead) >= _AHEAD * len(self._workers):
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()

    def rest(self) -> None:
        """Let go of the processes that nobody has asked for a while."""
        resting: list[Worker] = []
        with suppress(Empty):
            while True:
                resting.append(self._idle.get_nowait())
        for worker in reversed(resting):
            worker.rest()
            self._idle.put(worker)

    def _asked(self, tasks: Sequence[Task]) -> list[Answer]:
        worker = self._idle.get()
        try:
            return _answered(worker, tasks)
        finally:
            self._idle.put(worker)


def _answered(worker: Worker, tasks: Sequence[Task]) -> list[Answer]:
    """Each task's answer; the one that a process died of twice is answered for."""
    found: list[Answer] = []
    died_of = None
    while len(found) < len(tasks):
        found += worker.answers(tasks[len(found) :])
        if len(found) == len(tasks):
            break
        in_hand = tasks[len(found)]
        if in_hand is died_of:
            found.append(deadly(in_hand))
        died_of = in_hand
    return found
