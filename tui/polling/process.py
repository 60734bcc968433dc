"""Starts the poller's process, turns its lines into events, restarts it, ends it.

The child process is `python -m feeds`. It writes PollEvents as JSON lines to its stdout and reads commands as JSON
lines from its stdin. Its stderr goes to `poller.log` in the archive's folder. A child that dies is started again, after
a longer pause each time. If another zhengwen has locked the archive, the dashboard only reads, and the child is started
again from time to time.
"""

import asyncio
import contextlib
import os
import sys
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct

import feeds
from feeds.controls import excerpt
from feeds.errors import ArchiveGone, reason_of
from feeds.events import PollerStarted, PollerStopped, PollEvent
from feeds.model import Fault
from tui.polling.status import PollingChanged, PollingEvent, PollingState
from tui.words import N_

LINE_LIMIT = 256 * 1024  # bytes; an event has a few hundred, so a longer line is not an event
LOG_LIMIT = 1024 * 1024
LOG_NAME = "poller.log"
_TAIL = 4096  # bytes at the end of the log in which the child's last line is searched
EXIT_LOCKED = 3  # the exit code of `python -m feeds` for ArchiveLocked, as in tui.cli.exits


class Backoff(Struct, frozen=True):
    """Seconds before a dead child is started again: doubled each time; the first again after a life of `steady`."""

    first: float = 1.0
    longest: float = 60.0
    locked: float = 30.0
    steady: float = 60.0

    def pause(self, failures: int) -> float:
        """Seconds to wait after this number of deaths in a row."""
        return min(self.longest, self.first * float(2 ** min(max(failures - 1, 0), 16)))


def _utc() -> datetime:
    return datetime.now(UTC)


def child_environment() -> dict[str, str]:
    """The environment of a child: our variables and the path of our packages, which -P takes off the path."""
    home = str(Path(feeds.__file__).resolve().parent.parent)
    given = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join([home, given]) if given else home}


def open_private(path: Path) -> BinaryIO:
    """Open a file for appending that only its owner may read."""
    file = open(path, "ab", opener=lambda name, flags: os.open(name, flags, 0o600))  # noqa: SIM115 -- stays open
    if hasattr(os, "fchmod"):
        with contextlib.suppress(OSError):  # the file belongs to another user
            os.fchmod(file.fileno(), 0o600)
    return file


class Polling:
    """Runs and watches one poller process: `events()` starts it, `stop()` ends it. Its failures are events.

    With `once` the child polls every source one time and is not started again. With `fetch` it only fetches these
    articles (ids). If `make` is False, or after a child has opened the archive, no new archive is made in its place.
    """

    def __init__(
        self,
        config_path: Path,
        archive_path: Path,
        *,
        once: bool = False,
        fetch: Sequence[str] = (),
        make: bool = True,
        command: Sequence[str] | None = None,
        backoff: Backoff = Backoff(),  # noqa: B008 -- frozen
        now: Callable[[], datetime] = _utc,
    ) -> None:
        self._command = command or (
            *(sys.executable, "-P", "-m", "feeds"),
            *("--config", str(config_path), "--archive", str(archive_path), "--once" if once else "--tied"),
            *(word for name in fetch for word in ("--fetch", name)),
        )
        self._own = command is None
        self._made = not make  # whether there is an archive; then a child must not make another in its place
        self._once = once
        self.code: int | None = None  # the exit code of the last child
        self._log_path = archive_path / LOG_NAME
        self._backoff = backoff
        self._now = now
        self._process: asyncio.subprocess.Process | None = None
        self._decoder = msgspec.json.Decoder(PollEvent)
        self._ending = asyncio.Event()
        self._hurry = asyncio.Event()
        self._restarts = 0
        self._logged = 0  # bytes of the log that were there before this child

    @property
    def pid(self) -> int | None:
        """The child's process id, or None if it does not run."""
        process = self._process
        return process.pid if process is not None and process.returncode is None else None

    async def events(self) -> AsyncIterator[PollingEvent]:
        """The events of the poller and the changes of its process, until `stop()`."""
        failures = 0
        while not self._ending.is_set():
            yield self._change("starting")
            begun = asyncio.get_running_loop().time()
            last: deque[PollEvent] = deque(maxlen=1)
            async for event in self._run_child():
                last.append(event)
                yield event
                if isinstance(event, PollerStarted):
                    self._made = True
                    yield self._change("running")
            self.code = await self._wait_for_end()
            reported = last[0].fault if last and isinstance(last[0], PollerStopped) else None
            fault = reported if reported or not self.code else self._fault_of_exit(self.code)
            if self._once:
                yield self._change("stopped", fault)
                return
            if self._ending.is_set():
                break
            if self.code == EXIT_LOCKED:
                failures, pause = 0, self._backoff.locked
                yield self._change("reading-only", fault, pause)
            else:
                lived = asyncio.get_running_loop().time() - begun
                failures = 1 if lived >= self._backoff.steady else failures + 1
                pause = self._backoff.pause(failures)
                self._restarts += 1
                yield self._change("waiting", fault or self._fault_of_exit(self.code), pause)
            await self._sleep(pause)
        yield self._change("stopped")

    async def reload(self, names: Sequence[str] = ()) -> bool:
        """Ask the poller to poll these sources now, or all if none is named. Return False if no poller runs."""
        self._hurry.set()
        return await self._send({"reload": list(names)})

    async def fetch(self, names: Sequence[str]) -> bool:
        """Ask the poller to fetch the pages of these articles (ids) again. Return False if no poller runs."""
        return await self._send({"fetch": list(names)})

    async def fold_flags(self) -> bool:
        """Ask the poller to write pending flags into the archive's files. Return False if no poller runs."""
        return await self._send({"flags": True})

    async def stop(self, patience: float = 3.0) -> None:
        """End the child: close its stdin, then SIGTERM, then SIGKILL, `patience` seconds apart."""
        self._ending.set()
        self._hurry.set()
        process = self._process
        if process is None or process.returncode is not None:
            return
        if process.stdin is not None:
            process.stdin.close()
        for end in (process.terminate, process.kill):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), patience)
                return
            with contextlib.suppress(ProcessLookupError):
                end()
        await process.wait()

    def _change(self, state: PollingState, fault: Fault | None = None, pause: float = 0) -> PollingChanged:
        now = self._now()
        retry = now + timedelta(seconds=pause) if pause else None
        return PollingChanged(state, now, fault, self._restarts, retry)

    def _fault_of_exit(self, code: int | None) -> Fault:
        """The reason why a child ended without a last event: its last line in the log, if there is one."""
        log = excerpt(str(self._log_path))
        if reason := self._last_log_line():
            template = N_("the poller ended with code {code} ({reason}); see {log}")
            return Fault(template, {"code": "?" if code is None else code, "reason": reason, "log": log})
        return Fault(
            N_("the poller ended with code {code}; see {log}"), {"code": "?" if code is None else code, "log": log}
        )

    def _last_log_line(self) -> str:
        try:
            with self._log_path.open("rb") as log:
                log.seek(max(self._logged, self._log_path.stat().st_size - _TAIL))
                lines = log.read(_TAIL).decode("utf-8", "replace").strip().splitlines()
        except OSError:
            return ""
        fatal = (line for line in lines if line.startswith("Fatal Python error"))  # a list of modules follows it
        return excerpt(next(fatal, lines[-1] if lines else ""))

    async def _run_child(self) -> AsyncIterator[PollEvent]:
        """Start the child and yield its events until its stdout ends."""
        self._process = None
        try:
            self._process = process = await self._start_child()
        except OSError as error:
            if self._made and not self._log_path.parent.is_dir():
                yield PollerStopped(self._now(), ArchiveGone.at(str(self._log_path.parent)).fault)
                return
            fault = Fault(N_("the poller could not be started: {reason}"), {"reason": reason_of(error)})
            yield PollerStopped(self._now(), fault)
            return
        stdout = process.stdout
        while stdout is not None and (line := await self._next_line(stdout)) is not None:
            try:
                yield self._decoder.decode(line)
            except msgspec.DecodeError as error:
                self._log(f"not an event ({error}): {line[:200]!r}")

    async def _start_child(self) -> asyncio.subprocess.Process:
        if not self._made:
            self._log_path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._log_path.exists() and self._log_path.stat().st_size > LOG_LIMIT:
            self._log_path.replace(self._log_path.with_suffix(".log.1"))
        with open_private(self._log_path) as log:
            self._logged = log.tell()
            # A session of its own: a signal to the terminal's foreground group does not reach the child. With --tied
            # the end of its stdin ends the child, so it never lives longer than this process.
            return await asyncio.create_subprocess_exec(
                *self._command,
                *(("--existing",) if self._made and self._own else ()),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                limit=LINE_LIMIT,
                env=child_environment(),
                start_new_session=True,
            )

    async def _next_line(self, stdout: asyncio.StreamReader) -> bytes | None:
        """The next line within the limit, None at the end. Longer lines are dropped."""
        dropping = False
        while True:
            try:
                line = await stdout.readuntil(b"\n")
            except asyncio.IncompleteReadError:
                return None  # a line that is cut off is not an event
            except asyncio.LimitOverrunError as error:
                await stdout.readexactly(max(error.consumed, 1))
                dropping = True
            else:
                if not dropping:
                    return line
                self._log(f"a line longer than {LINE_LIMIT} bytes was dropped")
                dropping = False

    async def _wait_for_end(self) -> int | None:
        """The exit code of the child. It is killed if it has closed its stdout and still runs."""
        process = self._process
        if process is None:
            return None
        if process.stdin is not None:
            process.stdin.close()
        try:
            return await asyncio.wait_for(process.wait(), 5.0)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            return await process.wait()

    async def _send(self, command: dict[str, object]) -> bool:
        process = self._process
        if process is None or process.returncode is not None or process.stdin is None:
            return False
        try:
            process.stdin.write(msgspec.json.encode(command) + b"\n")
            await process.stdin.drain()
        except ConnectionError:
            return False  # it has just ended; `events()` handles this
        return True

    async def _sleep(self, seconds: float) -> None:
        """Wait, but not longer than until a reload or the end is requested."""
        self._hurry.clear()
        if not self._ending.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._hurry.wait(), seconds)

    def _log(self, words: str) -> None:
        with contextlib.suppress(OSError), open_private(self._log_path) as log:
            log.write(f"{self._now().isoformat()} dashboard: {words}\n".encode())
