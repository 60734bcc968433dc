"""The worker processes, and what happens to a text that crashes one.

A thread for each worker sends it tasks and waits for the answers. When a worker dies, a new one reads the same text
again, because one death may be chance (the machine is short of memory). At the second death the pool answers for the
text and goes on with the next. A worker without a task for a while is stopped.
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
from msgspec import structs

from feeds.controls import excerpt
from feeds.endings import kill_child
from feeds.errors import FeedError, reason_of
from feeds.model import Fault
from feeds.workers.memory import KEEP_MEMORY
from feeds.workers.tasks import READY, Task, WorkerAnswer, deadly_answer

IDLE = 60.0  # seconds without a task after which a worker is stopped
COMMAND = (sys.executable, "-P", "-m", "feeds.workers.worker")
_START_ERROR_TIMEOUT = 10.0  # seconds in which a worker that does not start must say why
_ROWS_AHEAD = 12  # rows of tasks for each worker, so that it goes on reading while a batch is stored
_decode = msgspec.json.Decoder(WorkerAnswer).decode
_encode = msgspec.json.Encoder().encode


class _Stopped(Exception):
    """The pool is closed and starts no more workers."""


class Worker:
    """One worker process. It starts with its first task."""

    def __init__(self, command: Sequence[str], log: Path | None) -> None:
        self._command = command
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False
        self._last_used = time.monotonic()

    def read(self, tasks: Sequence[Task]) -> list[WorkerAnswer]:
        """Read the tasks: an answer to each, or fewer when the process dies."""
        process = self._process or self._start()
        found: list[WorkerAnswer] = []
        if process.stdin and process.stdout:
            with suppress(OSError):  # the pipe is broken
                process.stdin.write(b"".join(_encode(task) + b"\n" for task in tasks))
                process.stdin.flush()
            with suppress(msgspec.DecodeError):  # the line is not an answer: treat the process as dead
                while len(found) < len(tasks) and (line := process.stdout.readline()).endswith(b"\n"):
                    found.append(_without_its_line(_decode(line)))
        self._last_used = time.monotonic()
        if len(found) < len(tasks):
            self.end()
        return found

    def end_if_idle(self) -> None:
        """End the process if it has had no task for a while."""
        if time.monotonic() - self._last_used > IDLE:
            self.end()

    def end(self) -> None:
        """Kill the process. It only reads, so nothing is lost."""
        process, self._process = self._process, None
        if process:
            kill_child(process)

    def stop(self) -> None:
        """Kill the process and start no other. Another thread than the reading one may call this."""
        self._stopped = True
        if process := self._process:
            process.kill()

    def _start(self) -> subprocess.Popen[bytes]:
        if self._stopped:
            raise _Stopped
        try:
            with self._log.open("ab") if self._log else nullcontext() as log:
                # The process has its own session. Ctrl-C goes to the terminal's group, and the caller handles it.
                process = subprocess.Popen(  # noqa: S603 -- our own module
                    self._command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    env=_environment(),
                    start_new_session=True,
                )
        except OSError as error:
            raise _start_error(reason_of(error)) from error
        self._process = process
        if process.stdout is None or process.stdout.readline() != READY:
            self.end()
            if self._stopped:
                raise _Stopped
            raise _start_error(excerpt(_last_stderr_line(self._command)))
        return process


def _without_its_line(answer: WorkerAnswer) -> WorkerAnswer:
    """The answer without the line that it was read from, which msgspec keeps as long as a part of it.

    In a refresh of 2,500 articles the poller then has at most 83 – 85 MB, and not 89 – 92.
    """
    if answer.ready is None:
        return answer
    return structs.replace(answer, ready=structs.replace(answer.ready, line=answer.ready.line.copy()))


def _environment() -> dict[str, str]:
    return {**os.environ, **KEEP_MEMORY}


def _start_error(reason: str | Fault) -> FeedError:
    return FeedError("the process that reads does not start: {reason}", reason=reason)


def _last_stderr_line(command: Sequence[str]) -> str:
    """The last line that a process prints which does not start. This starts it once more, without a task."""
    try:
        run = subprocess.run(  # noqa: S603 -- our own module
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=_environment(),
            timeout=_START_ERROR_TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    lines = run.stderr.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else f"it ended with code {run.returncode}"


class WorkerPool:
    """As many workers as there are processors, at most `most`. Their tracebacks go to `log`, or to stderr."""

    def __init__(self, log: Path | None = None, most: int = 8, command: Sequence[str] = COMMAND) -> None:
        self._log = log
        count = max(1, min(os.cpu_count() or 1, most))
        self._workers = [Worker(command, log) for _ in range(count)]
        # The worker that was used last is used first, so a few tasks start one process only.
        self._idle: LifoQueue[Worker] = LifoQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="worker")
        self._reading = 0

    @property
    def busy(self) -> bool:
        """Whether `read` is waiting for an answer."""
        return self._reading > 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.stop()
        self._threads.shutdown(wait=True)
        for worker in self._workers:
            worker.end()
        if self._log and self._log.exists() and not self._log.stat().st_size:
            self._log.unlink()

    async def read(self, tasks: Sequence[Task]) -> list[WorkerAnswer]:
        """Read the tasks: an answer to each. Raises FeedError when no process can be started."""
        self._reading += 1
        try:
            return await asyncio.wrap_future(self._threads.submit(self._read_with_idle_worker, tasks))
        finally:
            self._reading -= 1

    def read_rows(self, rows: Iterable[Sequence[Task]]) -> Iterator[list[WorkerAnswer]]:
        """Read one row of tasks after the other. A bounded number of rows is read ahead of the caller."""
        ahead: deque[Future[list[WorkerAnswer]]] = deque()
        for tasks in rows:
            ahead.append(self._threads.submit(self._read_with_idle_worker, tasks))
            if len(ahead) >= _ROWS_AHEAD * len(self._workers):
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()

    def end_idle(self) -> None:
        """End the workers that have had no task for a while."""
        idle: list[Worker] = []
        with suppress(Empty):
            while True:
                idle.append(self._idle.get_nowait())
        for worker in reversed(idle):
            worker.end_if_idle()
            self._idle.put(worker)

    def _read_with_idle_worker(self, tasks: Sequence[Task]) -> list[WorkerAnswer]:
        worker = self._idle.get()
        try:
            return _read_all(worker, tasks)
        finally:
            self._idle.put(worker)


def _read_all(worker: Worker, tasks: Sequence[Task]) -> list[WorkerAnswer]:
    """Read all tasks: an answer to each. A task that killed two processes gets the deadly answer.

    A worker reads the tasks of a row together. After a death each task is read alone, so that it is known which kills.
    """
    found: list[WorkerAnswer] = []
    killer = None
    while len(found) < len(tasks):
        rest = tasks[len(found) :] if killer is None else tasks[len(found) :][:1]
        answers = worker.read(rest)
        found += answers
        if len(answers) == len(rest):
            continue
        current = tasks[len(found)]
        if current is killer:
            found.append(deadly_answer(current))
        killer = current
    return found
