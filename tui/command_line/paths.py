"""The paths that a path in the making may become, for the completion of a line."""

import os
from pathlib import Path

from feeds.controls import drop_controls

_MOST = 100


def paths_like(written: str) -> list[str]:
    """The files and folders whose path begins as it is written, folders with a slash; none where nothing can be read.

    A name that begins with a dot is left out unless the dot is written, and so is one with control characters.
    """
    folder, slash, begun = written.rpartition("/")
    try:
        with os.scandir(Path(folder + slash or ".").expanduser()) as entries:
            found = [
                f"{folder}{slash}{entry.name}{'/' if entry.is_dir() else ''}"
                for entry in entries
                if entry.name.startswith(begun) and (begun or not entry.name.startswith("."))
            ]
    except (OSError, ValueError, RuntimeError):  # no such folder, no such home, a name that no file can have
        return []
    return sorted(path for path in found if path.isprintable() and path == drop_controls(path))[:_MOST]
