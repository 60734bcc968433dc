"""The state and the place of a file, by which a change is seen, and the order in which day files are read.

The index compares what it noted with what is there; it opens no file for that.
"""

import errno
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from feeds.errors import ArchiveGone

_FIRST, _RUN = 7, 28  # days that are taken in one by one, and those that are taken in together
FileState = tuple[int, int] | None


def _stat(path: Path) -> os.stat_result | None:
    """The file that a name means. A link that leads nowhere or in a circle gives itself, no file gives None."""
    for look in (path.stat, path.lstat):
        with suppress(OSError):
            return look()
    return None


def state_of(path: Path) -> FileState:
    """The size and time of a file, by which a change is noticed; None without a file."""
    return (stat.st_size, stat.st_mtime_ns) if (stat := _stat(path)) else None


def place_of(path: Path) -> tuple[int, int] | None:
    """The device and number of the file that has a name; None without a file."""
    return (stat.st_dev, stat.st_ino) if (stat := _stat(path)) else None


def is_archive(folder: Path) -> bool:
    """Whether an archive is in a folder, or was and left something."""
    return any(_stat(folder / name) for name in ("shards", "index.sqlite", "flags.sqlite", "state.json", "lock"))


def is_nameable(path: Path) -> bool:
    """Whether SQLite and the system take a path: it is text, and not too long."""
    try:
        str(path).encode()
        path.lstat()
    except UnicodeEncodeError:
        return False
    except OSError as error:
        return error.errno != errno.ENAMETOOLONG
    return True


class Place:
    """The files of the index and of the pending flags, as they were when they were opened.

    A process can write into an open file that no longer has a name. Nobody would read that.
    """

    def __init__(self, index: Path, flags: Path) -> None:
        self._index, self._flags = index, flags
        self._was, self._flags_were = place_of(index), place_of(flags)

    @property
    def is_left(self) -> bool:
        """Whether the index's name now means another file, or no file."""
        return place_of(self._index) != self._was

    @property
    def is_stripped(self) -> bool:
        """Whether the name of flags.sqlite now means another file, or no file."""
        return place_of(self._flags) != self._flags_were

    def loss(self) -> ArchiveGone | None:
        """The error that folder and flags.sqlite are gone. The index alone may be deleted; it is rebuilt.

        A damaged flags.sqlite that got another name is no loss.
        """
        folder = self._flags.parent
        files = [self._flags]
        with suppress(OSError):
            files += folder.glob(f"{self._flags.name}.damaged-*")
        if self._flags_were in {place_of(file) for file in files}:
            return None
        return ArchiveGone.at(str(folder))


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """Make a folder with those above it, so that a crash leaves them there. `mode` is the folder's own."""
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for path in reversed(missing):
        with suppress(FileExistsError):
            path.mkdir(mode if path == missing[0] else 0o777)
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Write a folder's names to the disk, after a file was made, renamed or removed in it."""
    if os.name != "posix":
        return  # elsewhere a folder cannot be opened, and a rename is written through
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def in_runs(days: Iterable[int]) -> list[int]:
    """The order in which days are read: the latest one by one, then runs of days, each run from its oldest day.

    A list should begin with the newest articles. But a table in which each row comes before the row that was put last
    is split in half again and again, and stays half empty.
    """
    found = sorted(days, reverse=True)
    rest = found[_FIRST:]
    runs = (rest[start : start + _RUN] for start in range(0, len(rest), _RUN))
    return found[:_FIRST] + [day for run in runs for day in reversed(run)]
