"""The lines that were written behind `:`, kept in a file of the archive's folder over a restart."""

from contextlib import suppress
from pathlib import Path

from feeds.archive.state import load_lines, save_lines
from feeds.controls import blank_controls

_MOST, _LONGEST = 200, 1000  # lines, characters of a line


def load_history(folder: Path) -> list[str]:
    """The lines, the latest last; none where the file cannot be read."""
    return [blank_controls(line)[:_LONGEST] for line in load_lines(folder) if line.strip()][-_MOST:]


def add_to_history(folder: Path, line: str) -> None:
    """Put a line at the end, once. A folder that refuses it keeps none."""
    lines = [other for other in load_history(folder) if other != line]
    with suppress(OSError):
        save_lines(folder, [*lines, line][-_MOST:])
