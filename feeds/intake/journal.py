"""The journal of an unfinished import: one line for each stored file, so that the next run skips it.

A line is a digest of path, source, size and time, so a file that changed is read again. A line is added when the
article is on disk. If a line is lost or incomplete, one file is read twice, and the archive knows its article already.
When all files are stored, the journal is removed.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from feeds.intake.folders import PostFile

FILE_NAME = "import.journal"
_DIGITS = 16


def digest_of(file: PostFile) -> str:
    """The digest of a file as it is now, in sixteen hexadecimal digits."""
    state = f"{file.path}\0{file.source}\0{file.size}\0{file.modified}"
    return hashlib.blake2b(state.encode(errors="surrogateescape"), digest_size=_DIGITS // 2).hexdigest()


class Journal:
    """The journal in an archive's folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self._digests = frozenset(self._read())

    def __contains__(self, file: PostFile) -> bool:
        return bool(self._digests) and int(digest_of(file), 16) in self._digests

    def add(self, files: Iterable[PostFile]) -> None:
        """Note that these files are stored."""
        with self._path.open("ab") as out:
            out.write("".join(f"{digest_of(file)}\n" for file in files).encode())

    def remove(self) -> None:
        """Remove the journal, because all files are stored."""
        self._path.unlink(missing_ok=True)

    def _read(self) -> Iterable[int]:
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return
        if data and not data.endswith(b"\n"):
            # The last line is incomplete, because the import was killed. Remove it.
            self._path.write_bytes(data[: data.rfind(b"\n") + 1])
        for line in data.split(b"\n")[:-1]:
            try:
                yield int(line, 16)
            except ValueError:
                continue
