"""An archive on a full disk, on a read-only file system or in another's folder, opened without a single write to it.

An index that is sound and says what the day files say is read where it is: with its log where SQLite can map that,
else as a file that does not change while it is read. Any other index is copied into a temporary folder on another
disk, or made there out of the day files, and is gone when the archive is closed. Where there is no room for that
either, an index that is behind is better than none.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from msgspec import Struct

from feeds.archive.files import FileState, state_of
from feeds.archive.separations import separations_of
from feeds.archive.shards import Shards
from feeds.archive.sqlite.days import IndexedDays
from feeds.archive.sqlite.index import Index
from feeds.archive.sqlite.rows.articles import ArticleRows
from feeds.archive.sqlite.schema import flags_of, open_read_only, repair_flags
from feeds.archive.sqlite.schema.connection import Connection, damage_marker_of
from feeds.errors import ArchiveChanged, ArchiveError, DiskRefused, IndexDamaged
from feeds.model import Fault

_ROOM = 16_000_000  # bytes that must be free for a temporary index, beside its size
_NAMES = 200  # titles that are joined in one transaction
_MEMORY = Path("/dev/shm")  # noqa: S108 -- a folder of one's own is made in it
_ENOUGH = 4_000_000  # bytes that must be free again before a full disk is written to


class ReadOnlyView(Struct):
    """A read-only archive. `why` says why it cannot be written to; `notice` says what differs in reading.

    `found` is how the files were; None where SQLite itself sees what another process writes.
    """

    index: Index
    shards: Shards
    why: Fault
    notice: Fault | None
    path: Path
    found: tuple[FileState, ...] | None
    could_write: bool
    folder: Path | None = None

    @property
    def oddities(self) -> tuple[Fault, ...]:
        """The faults that a reader should see first."""
        return (self.why, self.notice) if self.notice else (self.why,)

    @property
    def change(self) -> ArchiveChanged | None:
        """Why the archive should be opened again: somebody wrote, or one may write now."""
        same = self.found is None or self.found == _states_of(self.path)
        if same and (self.could_write or not _may_write(self.path)):
            return None
        return ArchiveChanged("{path} was changed; it is opened again", path=str(self.path))

    def close(self) -> None:
        """Let go of everything."""
        self.index.close()
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)


def _states_of(path: Path) -> tuple[FileState, ...]:
    """The states of the files that change when another process writes into an archive."""
    return tuple(state_of(path / name) for name in ("index.sqlite", "index.sqlite-wal", "shards"))


def _may_write(path: Path) -> bool:
    """Whether writing could work by now, as far as that can be seen without trying."""
    if not hasattr(os, "statvfs"):
        return False
    try:
        disk = os.statvfs(path)
    except OSError:
        return False
    return os.access(path, os.W_OK) and not disk.f_flag & os.ST_RDONLY and disk.f_bavail * disk.f_frsize > _ENOUGH


def open_view(path: Path, why: Fault) -> ReadOnlyView:
    """Open the archive at `path` for reading alone. DiskRefused, ArchiveError, OSError."""
    shards = Shards(path / "shards", write=False)
    found = _states_of(path)

    index, live = _as_it_is(path)

    def view(index: Index, notice: Fault | None, folder: Path | None = None) -> ReadOnlyView:
        told = None if live and folder is None else found
        return ReadOnlyView(index, shards, why, notice, path, told, _may_write(path), folder)

    if index and not _behind(index, shards):
        return view(index, None)
    notice = _notice(missing=index is None)
    try:
        folder, copy = _copy_index(path, shards, keep=index is not None)
    except (OSError, ArchiveError):
        if index is None:
            raise
        return view(index, Fault("the archive's index is out of date: what came since is not listed"))
    if index:
        index.close()
    return view(copy, notice, folder)


def _notice(*, missing: bool) -> Fault:
    if missing:
        return Fault("the archive cannot be written to and has no index; it is read into a temporary one")
    return Fault("the archive cannot be written to and its index is out of date; a copy of it is brought up to date")


def _as_it_is(path: Path) -> tuple[Index | None, bool]:
    """The index where it is, and whether it sees what is written meanwhile; None where it cannot be used like that."""
    file = path / "index.sqlite"
    if damage_marker_of(file).exists() or not file.is_file():
        return None, False
    ways = ["mode=ro"]
    if (state_of(path / "index.sqlite-wal") or (0, 0))[0] == 0:
        ways.append("mode=ro&immutable=1")
    for way in ways:
        connect: Callable[[Path], Connection] = partial(open_read_only, options=way)
        with suppress(DiskRefused, IndexDamaged, ArchiveChanged):
            return Index(file, connect=connect), way == "mode=ro"
    return None, False


def _behind(index: Index, shards: Shards) -> set[int]:
    """The days that an index is behind with; day 0 stands for what cannot be told."""
    try:
        return IndexedDays(index, shards).behind()[0]
    except (IndexDamaged, DiskRefused):
        return {0}


def _copy_index(path: Path, shards: Shards, *, keep: bool) -> tuple[Path, Index]:
    """A temporary folder with an index that says what the day files say; with `keep` it begins as a copy."""
    file = path / "index.sqlite"
    folder = _temporary_folder((state_of(file) or (0, 0))[0] if keep else 0)
    copy = folder / "index.sqlite"
    try:
        if keep:
            _copy(file, copy)
        _copy(flags_of(file), flags_of(copy))
        repair_flags(copy)
        _copy(separations_of(path), separations_of(folder))
        return folder, _caught_up(copy, shards)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _copy(file: Path, copy: Path) -> None:
    """A database with its log; a part that may not be read is left out."""
    for suffix in ("", "-wal"):
        with suppress(FileNotFoundError, PermissionError):
            shutil.copyfile(file.with_name(file.name + suffix), copy.with_name(copy.name + suffix))


def _caught_up(copy: Path, shards: Shards) -> Index:
    """The copy brought up to the day files. A copy of a file that changed meanwhile is rebuilt."""
    try:
        return _index_of(copy, shards, rebuild=False)
    except IndexDamaged:
        return _index_of(copy, shards, rebuild=True)


def _index_of(copy: Path, shards: Shards, *, rebuild: bool) -> Index:
    index = Index(copy, rebuild=rebuild)
    try:
        for _ in IndexedDays(index, shards).catch_up(every=rebuild):
            pass
        while ArticleRows(index).join_documents(_NAMES):
            pass
    except BaseException:
        index.close()
        raise
    return index


def _temporary_folder(size: int) -> Path:
    """A new folder with room for an index of this size. OSError where no disk has it."""
    refused: OSError | None = None
    for parent in (None, _MEMORY):
        try:
            folder = Path(tempfile.mkdtemp(prefix="zhengwen-", dir=parent))
        except OSError as error:
            refused = error
            continue
        if shutil.disk_usage(folder).free > size + _ROOM:
            return folder
        folder.rmdir()
    raise refused or OSError(28, os.strerror(28))
