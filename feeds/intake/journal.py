"""What an unfinished import has brought in: a line a file, so that the next run passes it over.

A line is a digest of path, source, size and time: a file that changed is another file. Lines are added only when the
article is on disk; one that is lost or torn costs a file read twice and known already. When all is in, the journal
goes.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from feeds.intake.folders import PostFile

FILE_NAME = "import.journal"
_DIGITS = 16


def mark_of(file: PostFile) -> str:
    """A file as it is now, in sixteen hexadecimal digits."""
    told = f"{file.path}\0{file.source}\0{file.size}\0{file.modified}"
    return hashlib.blake2b(told.encode(errors="surrogateescape"), digest_size=_DIGITS // 2).hexdigest()


class Journal:
    """The journal in an archive's folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self._marks = frozenset(self._read())

    def __contains__(self, file: PostFile) -> bool:
        return bool(self._marks) and int(mark_of(file), 16) in self._marks

    def add(self, files: Iterable[PostFile]) -> None:
        """These are in."""
        with self._path.open("ab") as out:
            out.write("".join(f"{mark_of(file)}\n" for file in files).encode())

    def end(self) -> None:
        """All is in."""
        self._path.unlink(missing_ok=True)

    def _read(self) -> Iterable[int]:
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return
        if data and not data.endswith(b"\n"):
            # Killed in the middle of a line: the next one begins anew.
            self._path.write_bytes(data[: data.rfind(b"\n") + 1])
        for line in data.split(b"\n")[:-1]:
            try:
                yield int(line, 16)
            except ValueError:
                continue
