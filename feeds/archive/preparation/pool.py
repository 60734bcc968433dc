"""Day files prepared ahead of the process that puts them into the index: in other processes, or here where few wait.

A thread for each process gives it the next path and takes its parts. The parts of a path wait in a short queue, and
only a few paths are read ahead, so the memory is bounded. If a process dies or cannot be started, its day is `failed`,
and the caller reads that day itself.
"""

import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, Full, Queue
from types import TracebackType
from typing import Self

import msgspec

from feeds.archive.files import state_of
from feeds.archive.preparation.days import DayPart, parts_of_day
from feeds.archive.preparation.worker import LENGTH
from feeds.endings import kill_child

COMMAND = (sys.executable, "-P", "-m", "feeds.archive.preparation.worker")
_LEAST = 4_000_000  # bytes of day files: fewer are prepared sooner than a process starts
_MOST = 8  # processes
_PARTS_AHEAD = 2  # of a path
_PATHS_AHEAD = 3  # for each process
_PIPE = 1_000_000  # bytes
_LONGEST = 2_000_000_000  # bytes of a part; a greater number is no length
_CLOSE_CHECK = 0.2  # seconds

Parts = Queue[DayPart]


class DayPool:
    """The parts of many day files, in the order of their paths."""

    def __init__(self, paths: Sequence[Path], command: Sequence[str] = COMMAND) -> None:
        self._paths = paths
        self._tasks: Queue[tuple[Path, Parts]] = Queue()
        self._closed = threading.Event()
        count = max(1, min(os.cpu_count() or 1, _MOST)) if _is_much(paths) else 0
        self._processes = [_Process(command, self._tasks, self._closed) for _ in range(count)]

    def __enter__(self) -> Self:
        for process in self._processes:
            process.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed.set()
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.join()

    def days(self) -> Iterator[Iterator[DayPart]]:
        """The parts of each path. Take the parts of one path before those of the next."""
        if not self._processes:
            yield from map(parts_of_day, self._paths)
            return
        ahead: deque[Parts] = deque()
        for path in self._paths:
            ahead.append(Queue(_PARTS_AHEAD))
            self._tasks.put((path, ahead[-1]))
            if len(ahead) > _PATHS_AHEAD * len(self._processes):
                yield from _day(ahead.popleft())
        while ahead:
            yield from _day(ahead.popleft())


def _is_much(paths: Sequence[Path]) -> bool:
    """Whether there is so much to read that other processes are worth their start."""
    size = 0
    for path in paths:
        size += (state_of(path) or (0, 0))[0]
        if size >= _LEAST:
            return True
    return False


def _day(queue: Parts) -> Iterator[Iterator[DayPart]]:
    """The parts of one path. Parts that the caller left are taken out of the queue, so that its process goes on."""
    parts = _parts_in(queue)
    yield parts
    for _ in parts:
        pass


def _parts_in(queue: Parts) -> Iterator[DayPart]:
    while True:
        part = queue.get()
        yield part
        if part.last or part.failed:
            return


class _Process(threading.Thread):
    """One process, and the thread that talks to it."""

    def __init__(self, command: Sequence[str], tasks: Queue[tuple[Path, Parts]], closed: threading.Event) -> None:
        super().__init__(name="preparation", daemon=True)
        self._command = command
        self._tasks = tasks
        self._closed = closed
        self._process: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        """Prepare one path after the other until the pool is closed."""
        while not self._closed.is_set():
            try:
                path, parts = self._tasks.get(timeout=_CLOSE_CHECK)
            except Empty:
                continue
            self._prepare(path, parts)
        self._end()

    def kill(self) -> None:
        """Kill the process, so that its thread need not wait. It only reads, so nothing is lost."""
        if process := self._process:
            process.kill()

    def _prepare(self, path: Path, parts: Parts) -> None:
        ended = False
        try:
            process = self._process or self._start()
            if process.stdin and process.stdout:
                process.stdin.write(os.fsencode(path).hex().encode() + b"\n")
                process.stdin.flush()
                while not ended and 0 < (length := int.from_bytes(process.stdout.read(LENGTH))) < _LONGEST:
                    part = _decode(process.stdout.read(length))
                    ended = part.last or part.failed
                    self._put(parts, part)
        except (OSError, msgspec.DecodeError):  # it did not start, or died and left a broken pipe or half a part
            pass
        if not ended:
            self._end()
            self._put(parts, DayPart(None, [], failed=True))

    def _put(self, parts: Parts, part: DayPart) -> None:
        while not self._closed.is_set():
            with suppress(Full):
                parts.put(part, timeout=_CLOSE_CHECK)
                return

    def _start(self) -> subprocess.Popen[bytes]:
        # The process has its own session. Ctrl-C goes to the terminal's group, and the caller handles it.
        self._process = subprocess.Popen(  # noqa: S603 -- our own module
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pipesize=_PIPE,
            start_new_session=True,
        )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process:
            kill_child(process)


_decode = msgspec.msgpack.Decoder(DayPart).decode
