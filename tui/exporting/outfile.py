"""A file that is written as a whole or not at all, and never over another one unless that is wanted.

The bytes go into a file beside the wanted one, which gets its name at the end. An unfinished file is removed when the
writing stops before its end.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from feeds.controls import printable
from feeds.errors import FeedError, reason_of


def is_folder(path: Path, written: str) -> bool:
    """Whether a target is a folder: one that is there, or a name that ends with a slash."""
    return path.is_dir() or written.endswith(("/", os.sep))


def files_in(folder: Path) -> list[str]:
    """The names of the files in a folder; none if it is not there. Raises FeedError."""
    try:
        return [entry.name for entry in os.scandir(folder)]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise refusal(folder, error) from error


def refusal(path: Path, error: OSError) -> FeedError:
    """A failure of the file system as a sentence."""
    return FeedError("{path} cannot be written: {reason}", path=printable(path), reason=reason_of(error))


@contextmanager
def new_file(path: Path, *, force: bool = False, lasting: bool = True) -> Iterator[BinaryIO]:
    """Open a file that gets the name `path` when the block ends without an error. Raises FeedError.

    With `force` it takes the place of a file that is there. `lasting` waits until the disk has it.
    """
    if path.exists() and not path.is_file():
        raise FeedError("{path} is no ordinary file", path=printable(path))
    if os.path.lexists(path) and not force:
        raise exists_already(path)
    begun = path.with_name(f".{path.name[:80]}.{secrets.token_hex(4)}.part")
    try:
        stream = begun.open("xb")
    except OSError as error:
        raise refusal(path, error) from error
    try:
        with stream:
            yield stream
            stream.flush()
            if lasting:
                os.fsync(stream.fileno())
        _name_file(begun, path, force=force)
    except OSError as error:
        raise refusal(path, error) from error
    finally:
        with suppress(OSError):
            begun.unlink()


def exist_already(folder: Path, count: int) -> FeedError:
    """The sentence about files that are in a folder."""
    return FeedError(
        "{count} of the files are in {path} already; --force replaces them", count=count, path=printable(folder)
    )


def exists_already(path: Path) -> FeedError:
    """The sentence about a file that is there."""
    return FeedError("{path} exists already; --force replaces it", path=printable(path))


def _name_file(begun: Path, path: Path, *, force: bool) -> None:
    """Give the finished file its name. Without `force` this fails if a file has come there meanwhile."""
    if force:
        begun.replace(path)
        return
    try:
        os.link(begun, path)
    except FileExistsError:
        raise exists_already(path) from None
    except OSError:  # a file system without links
        if os.path.lexists(path):
            raise exists_already(path) from None
        begun.replace(path)
