"""Starts the poller process, turns its lines into events, restarts it, ends it. Knows no screen.

The dashboard and `zhengwen poll` both watch over the poller through this. The child is `python -m feeds`: PollEvents
come as JSON lines on its stdout, commands go as JSON lines to its stdin, what it complains about goes to `poller.log`
in the archive's folder. A child that dies is started again, later each time; one that finds the archive locked by
another zhengwen leaves us reading only, and is tried again now and then.
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
from feeds.errors import ArchiveGone
from feeds.model import Fault, PollerStarted, PollerStopped, PollEvent
from tui.polling.standing import PollingChanged, PollingEvent, PollingState
from tui.words import N_

LINE_LIMIT = 256 * 1024  # an event is a few hundred bytes; more than this is no event
LOG_LIMIT = 1024 * 1024
LOG_NAME = "poller.log"
_WORDS = 4096  # bytes at the end of the log in which a child's last line is looked for
EXIT_LOCKED = 3  # the exit code of `python -m feeds` for ArchiveLocked, as in tui.cli.exits


class Backoff(Struct, frozen=True):
    """Seconds before a dead child is started again: doubled each time; back to the first once it ran `steady` long."""

    first: float = 1.0
    longest: float = 60.0
    locked: float = 30.0
    steady: float = 60.0

    def pause(self, failures: int) -> float:
        """Seconds to wait after so many deaths in a row."""
        return min(self.longest, self.first * float(2 ** min(max(failures - 1, 0), 16)))


def _utc() -> datetime:
    return datetime.now(UTC)


def environment() -> dict[str, str]:
    """What a child starts with: our variables, and the way to our feeds, since -P takes a checkout off the path."""
    home = str(Path(feeds.__file__).resolve().parent.parent)
    given = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join([home, given]) if given else home}


def private(path: Path) -> BinaryIO:
    """A file to write behind what it holds, which none but its owner may read."""
    file = open(path, "ab", opener=lambda name, flags: os.open(name, flags, 0o600))  # noqa: SIM115 -- returned open
    if hasattr(os, "fchmod"):
        with contextlib.suppress(OSError):  # another's file
            os.fchmod(file.fileno(), 0o600)
    return file


class Polling:
    """One poller process and its supervision. `events()` runs it, `stop()` ends it; neither raises for its failures.

    With `once` the child asks every source one time and is not started again; with `fetch` it asks for these articles
    (ids) and for nothing else. With `make` False, and once a child had the archive open, none is made where there is
    none.
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
        self._made = not make  # whether an archive is there; who starts again must not make another in its place
        self._once = once
        self.code: int | None = None  # how the last child ended
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
        """The child's process id while it runs."""
        process = self._process
        return process.pid if process is not None and process.returncode is None else None

    async def events(self) -> AsyncIterator[PollingEvent]:
        """What the poller says and what becomes of it, until `stop()`."""
        failures = 0
        while not self._ending.is_set():
            yield self._changed("starting")
            begun = asyncio.get_running_loop().time()
            said: deque[PollEvent] = deque(maxlen=1)
            async for event in self._one_life():
                said.append(event)
                yield event
                if isinstance(event, PollerStarted):
                    self._made = True
                    yield self._changed("running")
            self.code = await self._bury()
            told = said[0].fault if said and isinstance(said[0], PollerStopped) else None
            fault = told if told or not self.code else self._death(self.code)
            if self._once:
                yield self._changed("stopped", fault)
                return
            if self._ending.is_set():
                break
            if self.code == EXIT_LOCKED:
                failures, pause = 0, self._backoff.locked
                yield self._changed("reading-only", fault, pause)
            else:
                lived = asyncio.get_running_loop().time() - begun
                failures = 1 if lived >= self._backoff.steady else failures + 1
                pause = self._backoff.pause(failures)
                self._restarts += 1
                yield self._changed("waiting", fault or self._death(self.code), pause)
            await self._sleep(pause)
        yield self._changed("stopped")

    async def reload(self, names: Sequence[str] = ()) -> bool:
        """Have these sources asked now, all where none is named. False where no poller listens."""
        self._hurry.set()
        return await self._say({"reload": list(names)})

    async def fetch(self, names: Sequence[str]) -> bool:
        """Have the pages of these articles (ids) asked for again. False where no poller listens."""
        return await self._say({"fetch": list(names)})

    async def fold_flags(self) -> bool:
        """Have pending flags written into the archive's files. False where no poller listens."""
        return await self._say({"flags": True})

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

    def _changed(self, state: PollingState, fault: Fault | None = None, pause: float = 0) -> PollingChanged:
        at = self._now()
        retry = at + timedelta(seconds=pause) if pause else None
        return PollingChanged(state, at, fault, self._restarts, retry)

    def _death(self, code: int | None) -> Fault:
        """Why a child ended that said nothing of it: its last line in the log, if it left one."""
        log = excerpt(str(self._log_path))
        if reason := self._last_words():
            template = N_("the poller ended with code {code} ({reason}); see {log}")
            return Fault(template, {"code": "?" if code is None else code, "reason": reason, "log": log})
        return Fault(
            N_("the poller ended with code {code}; see {log}"), {"code": "?" if code is None else code, "log": log}
        )

    def _last_words(self) -> str:
        try:
            with self._log_path.open("rb") as log:
                log.seek(max(self._logged, self._log_path.stat().st_size - _WORDS))
                lines = log.read(_WORDS).decode("utf-8", "replace").strip().splitlines()
        except OSError:
            return ""
        fatal = (line for line in lines if line.startswith("Fatal Python error"))  # a list of modules follows it
        return excerpt(next(fatal, lines[-1] if lines else ""))

    async def _one_life(self) -> AsyncIterator[PollEvent]:
        """Start the child and give its events until its stdout ends."""
        self._process = None
        try:
            self._process = process = await self._born()
        except OSError as error:
            if self._made and not self._log_path.parent.is_dir():
                yield PollerStopped(self._now(), ArchiveGone.at(str(self._log_path.parent)).fault)
                return
            reason = error.strerror or type(error).__name__
            fault = Fault(N_("the poller could not be started: {reason}"), {"reason": excerpt(reason)})
            yield PollerStopped(self._now(), fault)
            return
        stdout = process.stdout
        while stdout is not None and (line := await self._line(stdout)) is not None:
            try:
                yield self._decoder.decode(line)
            except msgspec.DecodeError as error:
                self._note(f"not an event ({error}): {line[:200]!r}")

    async def _born(self) -> asyncio.subprocess.Process:
        if not self._made:
            self._log_path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._log_path.exists() and self._log_path.stat().st_size > LOG_LIMIT:
            self._log_path.replace(self._log_path.with_suffix(".log.1"))
        with private(self._log_path) as log:
            self._logged = log.tell()
            # A session of its own: a signal to the terminal's foreground group is ours to pass on, and --tied
            # together with stdin's end of file sees to it that the child never outlives us.
            return await asyncio.create_subprocess_exec(
                *self._command,
                *(("--existing",) if self._made and self._own else ()),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                limit=LINE_LIMIT,
                env=environment(),
                start_new_session=True,
            )

    async def _line(self, stdout: asyncio.StreamReader) -> bytes | None:
        """The next line that keeps to the limit, None at the end. A longer one is dropped."""
        dropping = False
        while True:
            try:
                line = await stdout.readuntil(b"\n")
            except asyncio.IncompleteReadError:
                return None  # a line cut short by death is no event
            except asyncio.LimitOverrunError as error:
                await stdout.readexactly(max(error.consumed, 1))
                dropping = True
            else:
                if not dropping:
                    return line
                self._note(f"a line longer than {LINE_LIMIT} bytes was dropped")
                dropping = False

    async def _bury(self) -> int | None:
        """The exit code of the child, which is made to end where it closed its stdout and lives on."""
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

    async def _say(self, command: dict[str, object]) -> bool:
        process = self._process
        if process is None or process.returncode is not None or process.stdin is None:
            return False
        try:
            process.stdin.write(msgspec.json.encode(command) + b"\n")
            await process.stdin.drain()
        except ConnectionError:
            return False  # it died between our look and our word; `events()` sees to it
        return True

    async def _sleep(self, seconds: float) -> None:
        """Wait, unless somebody asks for a reload or for the end."""
        self._hurry.clear()
        if not self._ending.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._hurry.wait(), seconds)

    def _note(self, words: str) -> None:
        with contextlib.suppress(OSError), private(self._log_path) as log:
            log.write(f"{self._now().isoformat()} dashboard: {words}\n".encode())
