"""The processes that read posts, and what becomes of a file that takes one down.

A thread for each process hands it a task and waits for the answers; tasks are answered in the order given, a bounded
number ahead of whoever takes the answers. When a process dies over a task, its files are read one by one, and the one
that it dies of again is named.
"""

import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Self

import msgspec
from msgspec import structs

from feeds.errors import FeedError
from feeds.intake.worker import READY, Answer, Task
from feeds.model import Fault

LOG_NAME = "import.log"
_AHEAD = 12  # tasks a process, so that it goes on reading while a batch is being stored
COMMAND = (sys.executable, "-P", "-m", "feeds.intake.worker")
# glibc gives a tree's memory back as soon as it is torn down, and takes it anew for the next one: an eighth of the
# time. Elsewhere these say nothing.
_KEEP_MEMORY = {
    "MALLOC_TRIM_THRESHOLD_": "33554432",
    "MALLOC_MMAP_THRESHOLD_": "33554432",
    "MALLOC_TOP_PAD_": "4194304",
}
_decode = msgspec.json.Decoder(Answer).decode


class _Died(Exception):
    """The process ended before it had answered."""


class Worker:
    """One process, started when it is first asked."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None
        self._dismissed = False

    def answers(self, task: Task) -> list[bytes]:
        """A line for each of the task's files. Raises _Died."""
        process = self._process or self._started()
        if process.stdin and process.stdout:
            with suppress(OSError):  # a pipe that broke
                process.stdin.write(msgspec.json.encode(task) + b"\n")
                process.stdin.flush()
                lines = [process.stdout.readline() for _ in task.files]
                if lines[-1].endswith(b"\n"):
                    return lines
        self.end()
        raise _Died

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
            raise _Died
        with self._log.open("ab") as log:
            # A session of its own: Ctrl-C goes to the terminal's group, and the import decides what it means.
            process = subprocess.Popen(  # noqa: S603 -- our own module
                COMMAND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env={**os.environ, **_KEEP_MEMORY},
                start_new_session=True,
            )
        self._process = process
        if process.stdout is None or process.stdout.readline() != READY:
            self.end()
            raise FeedError("the process that reads posts does not start; {path} says why", path=str(self._log))
        return process


class Crew:
    """As many workers as there are processors, at most `most`. Their complaints go to a log in `folder`."""

    def __init__(self, folder: Path, most: int = 8) -> None:
        self._log = folder / LOG_NAME
        count = max(1, min(os.cpu_count() or 1, most))
        self._workers = [Worker(self._log) for _ in range(count)]
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="crew")

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
        if self._log.exists() and not self._log.stat().st_size:
            self._log.unlink()

    def answers(self, tasks: Iterable[Task]) -> Iterator[list[Answer]]:
        """Each task's answers, one for each of its files in their order."""
        ahead: deque[Future[list[bytes]]] = deque()
        for task in tasks:
            ahead.append(self._threads.submit(self._asked, task))
            if len(ahead) >= _AHEAD * len(self._workers):
                yield [_decode(line) for line in ahead.popleft().result()]
        while ahead:
            yield [_decode(line) for line in ahead.popleft().result()]

    def _asked(self, task: Task) -> list[bytes]:
        worker = self._idle.get()
        try:
            return self._answered(worker, task)
        finally:
            self._idle.put(worker)

    def _answered(self, worker: Worker, task: Task) -> list[bytes]:
        try:
            return worker.answers(task)
        except _Died:
            if len(task.files) > 1:
                alone = [structs.replace(task, files=(path,)) for path in task.files]
                return [line for single in alone for line in self._answered(worker, single)]
            fault = Fault("{path} cannot be read: it ended the process that tried", {"path": task.files[0]})
            return [msgspec.json.encode(Answer(fault=fault))]
