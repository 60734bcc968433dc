"""Why a disk refuses what an archive asks of it."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from feeds.errors import phrase, reason_of
from feeds.model import Fault

NO_SPACE = reason_of(OSError(errno.ENOSPC, ""))
READ_ONLY = Fault(phrase("it cannot be written to"))
DISK_ERROR = reason_of(OSError(errno.EIO, ""))
NOT_OPENED = Fault(phrase("a file cannot be opened"))
BUSY = Fault(phrase("another process held it for too long"))


_LEAST = 1_000_000  # bytes: with fewer free a disk counts as full


def reason_on(folder: Path) -> Fault | None:
    """The reason why a folder refuses new files, as far as that can be seen."""
    if not folder.is_dir():
        return reason_of(FileNotFoundError(errno.ENOENT, ""))
    if hasattr(os, "statvfs"):
        with suppress(OSError):
            disk = os.statvfs(folder)
            if disk.f_flag & os.ST_RDONLY:
                return reason_of(OSError(errno.EROFS, ""))
            if disk.f_bavail * disk.f_frsize < _LEAST or (disk.f_files and not disk.f_favail):
                return NO_SPACE
    return None if os.access(folder, os.W_OK) else reason_of(PermissionError(errno.EACCES, ""))
