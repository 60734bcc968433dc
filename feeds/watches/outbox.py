"""The outbox: a file for each telling that a program outside gets, and the processes that take them.

`tellings/12.command.json` waits. The process that becomes the command renames it to `12.command.PID.told` (see
launcher). So a file says for itself whether it was taken, whatever is killed: `.json` was not, `.told` was, and a
telling of the journal with neither was never written. The poller writes and removes these files; only it holds the
archive's lock. If the one process that becomes the command gets a SIGKILL between rename and exec, the poller that
started it takes the claim back; if that poller is dead too, the telling counts as told. The rename is not synced, so
after a power cut the last tellings may be made again, or never.
"""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from feeds.archive.shards.file import put
from feeds.archive.sqlite.watches import WatchJournal
from feeds.watches import launcher

_AT_ONCE = 4  # programs that run at the same time
_FIRST_REST, _LONGEST_REST = 60.0, 3600.0  # seconds
_LAUNCHER = Path(launcher.__file__)


def launching_words(command: Sequence[str]) -> tuple[str, ...]:
    """The words that start a command of config.toml; the path of the telling's file is put in place of `{}`."""
    program = str(Path(command[0]).expanduser()) if command[0].startswith("~") else command[0]
    return (sys.executable, "-I", "-S", str(_LAUNCHER), "{}", program, *command[1:])


def sending_words(config: Path, number: int) -> tuple[str, ...]:
    """The words that start the sending to an address of Apprise, by its number from 1."""
    return (sys.executable, "-P", "-m", "feeds.watches.sending", str(config), str(number), "{}")


class Outbox:
    """The tellings' files in an archive's folder, and the running programs of this process."""

    def __init__(self, folder: Path, journal: WatchJournal) -> None:
        self._folder = folder / "tellings"
        self._journal = journal
        self._running: dict[tuple[int, str], subprocess.Popen[bytes]] = {}
        self._rests: dict[str, tuple[float, float]] = {}  # of a route that failed: until when, for how many seconds
        self.failures: list[tuple[str, int]] = []

    def step(self, routes: Mapping[str, Sequence[str]], now: float) -> bool:
        """Note which programs have ended, and start those of the tellings that wait. Return whether any wait or run.

        `routes` has for each route the words that start its program, with `{}` for the telling's file. A route whose
        program left its telling untold rests for a minute, then longer each time. Raises OSError, ArchiveError.
        """
        self._reap(now)
        waiting = False
        for telling in self._journal.open_tellings():
            for route in telling.routes:
                key = (telling.id, route)
                job = self._folder / f"{telling.id}.{route}.json"
                if key in self._running:
                    continue
                is_written = job.exists()  # asked first: a process may rename it at any moment
                if not is_written and (claims := self._claims(key)):
                    self._journal.finish_route(telling, route)
                    for told in claims:
                        told.unlink(missing_ok=True)
                    continue
                words = routes.get(route)
                if words is None:  # config.toml does not have it any more
                    self._journal.finish_route(telling, route)
                    job.unlink(missing_ok=True)
                    continue
                if now < self._rests.get(route, (0.0, 0.0))[0] or len(self._running) >= _AT_ONCE:
                    waiting = True
                    continue
                if not is_written:
                    self._folder.mkdir(mode=0o700, exist_ok=True)
                    put(job, telling.text.encode(errors="replace"), private=True)
                self._start(key, [str(job) if word == "{}" else word for word in words])
        return waiting or bool(self._running)

    def _start(self, key: tuple[int, str], words: Sequence[str]) -> None:
        # A session of its own: what ends the poller's group or terminal does not end the command.
        self._running[key] = subprocess.Popen(  # noqa: S603 -- words of config.toml, without a shell
            words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
        )

    def _claims(self, key: tuple[int, str]) -> list[Path]:
        number, route = key
        return list(self._folder.glob(f"{number}.{route}.*told"))

    def _reap(self, now: float) -> None:
        for key, process in list(self._running.items()):
            number, route = key
            claim = self._folder / f"{number}.{route}.{process.pid}.told"
            if _ended_before_exec(process.pid):
                with suppress(FileNotFoundError):  # it was killed before the claim
                    claim.rename(self._folder / f"{number}.{route}.json")
            code = process.poll()
            if code is None:
                continue
            del self._running[key]
            if (self._folder / f"{number}.{route}.json").exists():
                first = route not in self._rests
                pause = min(_LONGEST_REST, 2 * self._rests.get(route, (0.0, _FIRST_REST / 2))[1])
                self._rests[route] = (now + pause, pause)
                if first:
                    self.failures.append((route, code))
                continue
            self._rests.pop(route, None)
            if code:
                self.failures.append((route, code))

    def remove_strays(self) -> None:
        """Remove files of tellings that the journal has finished or never had."""
        wanted = {f"{telling.id}.{route}" for telling in self._journal.open_tellings() for route in telling.routes}
        with suppress(FileNotFoundError):
            for file in self._folder.iterdir():
                key = ".".join(file.name.split(".")[:2])
                if file.suffix in (".json", ".told", ".new") and key not in wanted:
                    file.unlink(missing_ok=True)


def _ended_before_exec(pid: int) -> bool:
    """Whether a child has ended and still has the launcher's name: it never became its command. Linux alone says it."""
    if sys.platform != "linux":
        return False
    with suppress(OSError):
        if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
            return Path(f"/proc/{pid}/comm").read_text("utf-8", "replace").strip() == launcher.NAME
    return False
