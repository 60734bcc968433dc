"""Why a disk refuses, in words that can be translated."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from feeds.errors import phrase
from feeds.model import Fault

_WORDS = {
    errno.ENOSPC: phrase("no space is left on the disk"),
    errno.EDQUOT: phrase("no space is left on the disk"),
    errno.EROFS: phrase("the file system is read-only"),
    errno.EACCES: phrase("permission is denied"),
    errno.EPERM: phrase("permission is denied"),
    errno.EIO: phrase("the disk reports an error"),
    errno.ELOOP: phrase("its links lead in a circle"),
    errno.EISDIR: phrase("it is a folder"),
    errno.ENOTDIR: phrase("a file stands where a folder should be"),
    errno.EEXIST: phrase("a file stands where a folder should be"),
    errno.ENOENT: phrase("it is not there"),
}
NO_SPACE = Fault(_WORDS[errno.ENOSPC])
READ_ONLY = Fault(phrase("it cannot be written to"))
DISK_ERROR = Fault(_WORDS[errno.EIO])
NOT_OPENED = Fault(phrase("a file cannot be opened"))
BUSY = Fault(phrase("another process held it for too long"))


_LEAST = 1_000_000  # bytes: with fewer free a disk counts as full


def reason_on(folder: Path) -> Fault | None:
    """The reason why a folder refuses new files, as far as that can be seen."""
    if not folder.is_dir():
        return Fault(_WORDS[errno.ENOENT])
    if hasattr(os, "statvfs"):
        with suppress(OSError):
            disk = os.statvfs(folder)
            if disk.f_flag & os.ST_RDONLY:
                return Fault(_WORDS[errno.EROFS])
            if disk.f_bavail * disk.f_frsize < _LEAST or (disk.f_files and not disk.f_favail):
                return NO_SPACE
    return None if os.access(folder, os.W_OK) else Fault(_WORDS[errno.EACCES])


def reason_of(error: OSError) -> Fault:
    """The reason of a system's error; where there are no words for it, the system's own."""
    words = _WORDS.get(error.errno or 0)
    return Fault(words) if words else Fault("{error}", {"error": error.strerror or type(error).__name__})
