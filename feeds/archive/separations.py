"""The reader's separations of documents: `separations.json` beside the day files.

A separation says of two mentions that they are of two documents, see feeds.documents.Separation. No day file has it,
because a mention is no part of an article's record. The file is small and is written whole.
"""

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from feeds.errors import DiskRefused, reason_of

if TYPE_CHECKING:
    from feeds.documents import Separation


def separations_of(folder: Path) -> Path:
    """The file of the archive in a folder."""
    return folder / "separations.json"


def load_separations(folder: Path) -> "tuple[Separation, ...]":
    """The separations of the archive in a folder; none if the file is missing or cannot be read."""
    try:
        data = separations_of(folder).read_bytes()
    except OSError:
        return ()
    from feeds.documents import Separation  # few archives have any

    try:
        return msgspec.json.decode(data, type=tuple[Separation, ...])
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ()


def save_separations(folder: Path, separations: "Collection[Separation]") -> None:
    """Save the separations. After a crash the file has the old ones or the new ones. Raises DiskRefused.

    A file that cannot be read is kept under another name.
    """
    from feeds.archive.shards.file import put  # only writers need it

    file = separations_of(folder)
    try:
        if file.exists() and not load_separations(folder) and file.read_bytes().strip() != b"[]":
            with suppress(FileExistsError):
                file.rename(file.with_name("separations.damaged.json"))
        put(file, msgspec.json.encode(sorted(separations, key=lambda one: (one.left, one.right))), private=True)
    except OSError as fault:
        raise DiskRefused("the archive cannot be written to: {reason}", reason=reason_of(fault)) from fault
