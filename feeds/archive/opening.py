"""How an archive folder is opened: its parts, the lock of its one writer, and what is done where a disk refuses writes.

A reader does not import what only a writer needs, because imports here delay the dashboard's first frame.
"""

from collections.abc import Callable
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from feeds.archive.files import is_archive, is_nameable, make_folder
from feeds.archive.shards import Shards
from feeds.archive.sqlite.index import Index
from feeds.controls import printable
from feeds.errors import ArchiveError, ArchiveGone, ArchiveLocked, DiskRefused, IndexDamaged, phrase, reason_of
from feeds.model import Fault

if TYPE_CHECKING:
    from feeds.archive.reading import ReadOnlyView
    from feeds.archive.writer import Writer


class Parts(Struct, frozen=True, dict=True):
    """The parts of an open archive. `unlock` releases the writer's lock; `view` is there if no write is possible."""

    path: Path
    shards: Shards
    index: Index
    unlock: Callable[[], None] | None = None
    view: "ReadOnlyView | None" = None

    @cached_property
    def writer(self) -> "Writer":
        """Writes the day files. A reader is made without it."""
        from feeds.archive.writer import Writer

        return Writer(self.index, self.shards)


def open_parts(path: Path, *, write: bool, catch_up: bool, rebuild: bool, make: bool) -> Parts:
    """Open the parts of the archive at `path`. See `Archive.open`."""
    if not is_nameable(path):
        wrong = Fault(phrase("no archive can have this name"))
        raise ArchiveError("{path} cannot be opened: {reason}", path=printable(path), reason=wrong)
    try:
        if not (make or is_archive(path)):
            raise ArchiveGone.at(str(path))
        make_folder(path, 0o700)
        return _open_repairing(path, write=write, catch_up=catch_up, rebuild=write and rebuild)
    except (OSError, DiskRefused) as fault:
        reason = reason_of(fault) if isinstance(fault, OSError) else fault.fault.values["reason"]
        if not write and is_archive(path):
            return _open_view(path, Fault("the archive cannot be written to: {reason}", {"reason": reason}))
        raise ArchiveError("{path} cannot be opened: {reason}", path=str(path), reason=reason) from fault


def _open_repairing(path: Path, *, write: bool, catch_up: bool, rebuild: bool) -> Parts:
    """Open the archive. If the index is damaged, open it once more, which rebuilds the index."""
    try:
        return _open_locked(path, write=write, catch_up=catch_up, rebuild=rebuild)
    except IndexDamaged:
        return _open_locked(path, write=write, catch_up=catch_up, rebuild=rebuild)


def _open_locked(path: Path, *, write: bool, catch_up: bool, rebuild: bool) -> Parts:
    with ExitStack() as cleanup:
        unlock = _take_lock(path / "lock") if write else None
        if unlock:
            cleanup.callback(unlock)
        index = Index(path / "index.sqlite", rebuild=rebuild)
        cleanup.callback(index.close)
        shards = Shards(path / "shards", write=write)
        if (write or catch_up) and not rebuild:
            from feeds.archive.sqlite.days import IndexedDays

            for _ in IndexedDays(index, shards).catch_up(every=write):
                pass
        cleanup.pop_all()
    parts = Parts(path, shards, index, unlock)
    if write:
        parts.writer  # noqa: B018 -- made before there are threads
    return parts


def _open_view(path: Path, why: Fault) -> Parts:
    from feeds.archive.reading import open_view  # a writer does not need it

    try:
        view = open_view(path, why)
    except (OSError, DiskRefused) as fault:
        raise ArchiveError("{path} cannot be opened: {reason}", path=str(path), reason=why) from fault
    return Parts(path, view.shards, view.index, view=view)


def _take_lock(path: Path) -> Callable[[], None]:
    """Take the lock. Return the function that releases it. Raises ArchiveLocked."""
    from filelock import FileLock, Timeout  # the reading path starts without it

    lock = FileLock(path, thread_local=False)  # another thread may close the archive
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise ArchiveLocked("another zhengwen already polls into {path}", path=str(path.parent)) from None
    return lock.release
