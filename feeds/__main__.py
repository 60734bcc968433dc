"""The poller as a process of its own: `python -m feeds`. It writes PollEvents and reads commands, as lines of JSON.

    {"reload": []}           poll every source now       {"reload": ["name"]}   poll these
    {"flags": true}          write pending flags into the archive's day files
    {"fetch": ["id"]}        fetch the pages of these articles again

SIGTERM, SIGHUP and SIGINT end it. With --tied the end of stdin ends it too. The last line is `stopped`. Exit codes: 0
it ended as requested, 1 the archive cannot be used, or a bug, 2 a mistake on the command line or in config.toml,
3 another process writes this archive.
"""

import argparse
import asyncio
import faulthandler
import os
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import msgspec
from msgspec import Struct, structs

from feeds import config
from feeds.archive import Archive
from feeds.archive.state import note_poller
from feeds.bugs import words_of_bug
from feeds.config.watching import LOOK, ConfigWatch
from feeds.controls import drop_controls
from feeds.endings import ignore_ends, on_end
from feeds.errors import ArchiveError, ArchiveLocked, ConfigError, reason_of
from feeds.events import PollerStopped, PollEvent
from feeds.fetch import Fetcher
from feeds.model import Fault
from feeds.poller import Poller
from feeds.workers.pool import WorkerPool

_NICENESS = 5  # the dashboard at the other end of stdin draws frames, which are more urgent
EXIT_ARCHIVE, EXIT_CONFIG, EXIT_LOCKED = 1, 2, 3
_LINE = 64 * 1024  # bytes; a longer line is not a command


class PollerCommand(Struct, forbid_unknown_fields=True):
    """One command, a line of stdin."""

    reload: list[str] | None = None
    flags: bool = False
    fetch: list[str] | None = None


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Print what is wrong with the command line, in one line without control characters."""
        super().error(drop_controls(message))


def main(words: Sequence[str] | None = None) -> int:
    """Poll as the command line says. Return the exit code."""
    parser = _Parser(prog="python -m feeds", description="Poll the sources of config.toml.")
    parser.add_argument("--config", type=Path, metavar="FILE")
    parser.add_argument("--archive", type=Path, metavar="DIR")
    parser.add_argument("--once", action="store_true", help="ask every source once, then end")
    parser.add_argument("--fetch", action="append", metavar="ID", help="ask for an article's page again, then end")
    parser.add_argument("--tied", action="store_true", help="end when stdin ends")
    parser.add_argument("--existing", action="store_true", help="make no archive where there is none")
    arguments = parser.parse_args(words)
    if arguments.tied and hasattr(os, "nice"):
        os.nice(_NICENESS)
    faulthandler.enable()
    try:
        return _run_poller(arguments)
    except ConfigError as error:
        print(error, file=sys.stderr)  # noqa: T201 -- the one line for the reader
        _print(PollerStopped(datetime.now(UTC), error.fault))
        return EXIT_CONFIG
    except Exception as bug:
        # The parent process shows this line; the traceback goes to the log.
        _print(
            PollerStopped(datetime.now(UTC), Fault("the poller has a fault: {reason}", {"reason": words_of_bug(bug)}))
        )
        raise


def _run_poller(arguments: argparse.Namespace) -> int:
    settings = config.load(arguments.config)
    settings = structs.replace(settings, archive=arguments.archive or settings.archive)
    try:
        with _open_archive(settings.archive, make=not arguments.existing) as archive, WorkerPool() as workers:
            asyncio.run(_poll(settings, archive, workers, arguments))
    except ArchiveError as error:
        _print(PollerStopped(datetime.now(UTC), error.fault))
        return EXIT_LOCKED if isinstance(error, ArchiveLocked) else EXIT_ARCHIVE
    return 0


def _open_archive(path: Path, *, make: bool) -> Archive:
    try:
        archive = Archive.open(path, write=True, make=make)
    except OSError as error:
        raise ArchiveError(
            "the archive in {path} cannot be opened: {reason}", path=str(path), reason=reason_of(error)
        ) from error
    note_poller(path)
    return archive


async def _poll(settings: config.Config, archive: Archive, workers: WorkerPool, arguments: argparse.Namespace) -> None:
    async with Fetcher(settings.fetch) as fetcher:
        poller = Poller(settings, archive, fetcher, workers)
        _listen(poller, tied=arguments.tied)
        # A run that ends by itself asks what it began with: a new source would be polled again and again.
        ends = arguments.once or arguments.fetch
        watching = None if ends else asyncio.create_task(_follow_config(poller, settings.path))
        try:
            async for event in poller.run(once=arguments.once, fetch=arguments.fetch or ()):
                if not _print(event):
                    poller.stop()  # the reader of the events is gone
        finally:
            if watching:
                watching.cancel()


async def _follow_config(poller: Poller, path: Path) -> None:
    """Give the poller the sources of config.toml when the file changes, or its fault."""
    watch = ConfigWatch(path)
    while True:
        await asyncio.sleep(LOOK)
        try:
            settings = await asyncio.to_thread(watch.look)
        except ConfigError as error:
            poller.take_sources((), error.fault)
            continue
        if settings:
            poller.take_sources(settings.sources)
            poller.take_settings(settings)


def _listen(poller: Poller, *, tied: bool) -> None:
    """Let signals end the poller, and let lines of stdin command it."""
    loop = asyncio.get_running_loop()
    on_end(poller.stop)
    if tied or not os.isatty(0):
        # A thread, because the loop cannot watch every kind of stdin (/dev/null, a file). It reads the descriptor
        # without a buffer: a waiting thread would hold the buffer's lock, and the interpreter could not end.
        call = loop.call_soon_threadsafe
        end = (lambda: call(poller.stop)) if tied else lambda: None
        threading.Thread(target=_read_stdin, args=(lambda line: call(_obey, poller, line), end), daemon=True).start()


def _read_stdin(take_line: Callable[[bytes], object], end: Callable[[], object]) -> None:
    """Call `take_line` with each line of stdin, and `end` at its end."""
    rest = b""
    with suppress(OSError, RuntimeError):  # stdin is closed, or the loop was closed meanwhile
        while data := os.read(0, _LINE):
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                take_line(line)
            rest = rest[-_LINE:]
    with suppress(RuntimeError):
        end()


def _obey(poller: Poller, line: bytes) -> None:
    try:
        command = msgspec.json.decode(line or b"{}", type=PollerCommand)
    except msgspec.DecodeError as error:
        print(f"not a command ({error}): {line[:200]!r}", file=sys.stderr, flush=True)  # noqa: T201 -- the log
        return
    if command.reload is not None:
        poller.reload(command.reload)
    if command.fetch:
        poller.fetch(command.fetch)
    if command.flags:
        poller.fold_flags()


def _print(event: PollEvent) -> bool:
    """Write the event as one line, at once. Return False if nothing reads it any more."""
    line = msgspec.json.encode(event) + b"\n"
    try:
        while line:
            line = line[os.write(1, line) :]
    except BrokenPipeError:
        return False
    return True


if __name__ == "__main__":
    code = main()
    ignore_ends()
    sys.exit(code)
