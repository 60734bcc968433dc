"""How a file is known again, by its state and by its place, and in which order the days' files are taken in.

The index compares what it noted with what is there; it opens no file for that.
"""

import os
from collections.abc import Iterable
from pathlib import Path

_FIRST, _RUN = 7, 28  # days that are taken in one by one, and those that are taken in together
FileState = tuple[int, int] | None


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def state_of(path: Path) -> FileState:
    """Size and time of a file, by which a change is noticed; None where there is no file."""
    return (stat.st_size, stat.st_mtime_ns) if (stat := _stat(path)) else None


def place_of(path: Path) -> tuple[int, int] | None:
    """Which file has a name; None where none has it."""
    return (stat.st_dev, stat.st_ino) if (stat := _stat(path)) else None


def in_runs(days: Iterable[int]) -> list[int]:
    """Days in the order in which they are taken in: the latest one by one, then run by run, each from its oldest day.

    A list shall begin with what is new; but a table in which each row comes before the one that was put last is
    split in half again and again, and stays half empty.
    """
    found = sorted(days, reverse=True)
    rest = found[_FIRST:]
    runs = (rest[start : start + _RUN] for start in range(0, len(rest), _RUN))
    return found[:_FIRST] + [day for run in runs for day in reversed(run)]
