"""The lines that were written behind `:`, kept in a file of the archive's folder over a restart."""

import os
from contextlib import suppress
from pathlib import Path

from feeds.controls import blank_controls

NAME = "commands.history"
_MOST, _LONGEST = 200, 1000  # lines, characters of a line


def load_history(folder: Path) -> list[str]:
    """The lines, the latest last; none where the file cannot be read."""
    try:
        text = (folder / NAME).read_text("utf-8", "replace")
    except OSError:
        return []
    return [blank_controls(line)[:_LONGEST] for line in text.splitlines() if line.strip()][-_MOST:]


def add_to_history(folder: Path, line: str) -> None:
    """Put a line at the end, once. A folder that refuses it keeps none."""
    lines = [other for other in load_history(folder) if other != line]
    fresh = folder / f".{NAME}.{os.getpid()}.new"
    with suppress(OSError):
        fresh.write_text("".join(f"{one}\n" for one in [*lines, line][-_MOST:]), "utf-8")
        fresh.replace(folder / NAME)
