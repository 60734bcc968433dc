"""Processes that a case may crash or block: each gets one case after another, within a time limit."""

import io
import multiprocessing
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stderr
from multiprocessing.connection import Connection
from queue import LifoQueue
from typing import Any

from tests.suites.cases import Fault

LIMIT = 10.0  # seconds after which a case hangs
_context = multiprocessing.get_context("spawn")


class Worker:
    """One process that calls `work` with what it is given. A process that dies or hangs is replaced by another."""

    def __init__(self, work: Callable[[Any], list[Fault] | None], limit: float, room: str) -> None:
        self._work = work
        self._room = room
        self._limit = limit
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None

    def faults_of(self, task: object) -> list[Fault]:
        """What `work` answers; a crash or a hang where it does not."""
        pipe = self._pipe or self._start()
        try:
            pipe.send(task)
            if not pipe.poll(self._limit):
                self.end()
                return [Fault("hangs", f"no answer after {self._limit:g} seconds")]
            return pipe.recv() or []
        except (EOFError, OSError):
            code = self.end()
            return [Fault("crashes", f"the process ended with code {code}")]

    def end(self) -> int | None:
        """End the process; its exit code."""
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if pipe:
            pipe.close()
        if process is None:
            return None
        process.join(0.5)  # a process that is dying says by what
        if process.is_alive():
            process.kill()
            process.join()
        code = process.exitcode
        process.close()
        return code

    def _start(self) -> Connection:
        ours, theirs = _context.Pipe()
        self._process = _context.Process(target=_answer, args=(theirs, self._work, self._room), daemon=True)
        self._process.start()
        theirs.close()
        self._pipe = ours
        ours.poll(60)
        ours.recv()  # it has imported what it needs
        return ours


def _answer(pipe: Connection, work: Callable[[Any], list[Fault] | None], room: str) -> None:
    tempfile.tempdir = room  # a process that is killed tidies nothing up
    pipe.send(None)
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        with redirect_stderr(io.StringIO()):  # a bug's traceback; what is told of it is counted
            answer = work(task)
        pipe.send(answer)


def run(
    tasks: Iterable[Any], work: Callable[[Any], list[Fault] | None], limit: float = LIMIT
) -> Iterator[tuple[Any, list[Fault]]]:
    """Each task with its faults, in their order; a process a core reads them."""
    with tempfile.TemporaryDirectory(prefix="zhengwen-") as room:
        workers = [Worker(work, limit, room) for _ in range(os.cpu_count() or 1)]
        idle: LifoQueue[Worker] = LifoQueue()
        for worker in workers:
            idle.put(worker)

        def answer_to(task: object) -> tuple[Any, list[Fault]]:
            worker = idle.get()
            try:
                return task, worker.faults_of(task)
            finally:
                idle.put(worker)

        threads = ThreadPoolExecutor(len(workers))
        try:
            yield from threads.map(answer_to, tasks)
        finally:
            threads.shutdown(cancel_futures=True)
            for worker in workers:
                worker.end()
