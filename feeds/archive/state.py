"""The small files of an archive: state.json and poller.json of the poller, and session.json of the dashboard.

state.json has what the poller keeps about its sources, as plain JSON values. session.json says when the last dashboard
ended and what its reader had before him; only the dashboard writes it.
"""

import json
import os
import platform
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from feeds.archive.files import is_archive
from feeds.archive.shards import file as dayfile
from feeds.controls import excerpt
from feeds.errors import ArchiveError, reason_of

_LARGEST = 256_000_000  # bytes of state.json that are read; it has some hundred bytes for a source and entry


def load_state(folder: Path) -> dict[str, Any]:
    """The state that `save_state` saved in an archive's folder; empty without a readable file."""
    try:
        file = folder / "state.json"
        state = json.loads(file.read_bytes()) if file.stat().st_size < _LARGEST else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return state if isinstance(state, dict) else {}


def save_state(folder: Path, state: Mapping[str, Any]) -> None:
    """Save what the poller keeps about its sources, in an archive's folder. A crash leaves the old or the new state."""
    try:
        dayfile.put(folder / "state.json", msgspec.json.format(msgspec.json.encode(state)) + b"\n", private=True)
    except OSError as fault:
        raise ArchiveError("{name} cannot be written: {reason}", name="state.json", reason=reason_of(fault)) from fault


_POLLER = "poller.json"


class PollerProcess(Struct, frozen=True):
    """The process that polls into an archive, and its machine."""

    pid: int
    host: str

    def __str__(self) -> str:
        return f"pid {self.pid}, {excerpt(self.host, 40)}"


def note_poller(folder: Path) -> None:
    """Note that this process polls into an archive. A disk that refuses it costs only the words about it."""
    with suppress(OSError):
        process = PollerProcess(os.getpid(), platform.node())
        dayfile.put(folder / _POLLER, msgspec.json.encode(process) + b"\n", private=True)


def poller_of(folder: Path) -> PollerProcess | None:
    """The process that noted itself last, if it may still run: on this machine, if its number is in use."""
    try:
        with (folder / _POLLER).open("rb") as file:
            process = msgspec.json.decode(file.read(4096), type=PollerProcess)
        if process.host == platform.node() and process.pid > 0:
            os.kill(process.pid, 0)
    except PermissionError:
        return process
    except (OSError, ValueError, OverflowError):
        return None
    return process


_SESSION = "session.json"
_LARGEST_SESSION = 262_144  # bytes of session.json that are read


class Session(Struct, frozen=True, omit_defaults=True):
    """The things that a dashboard keeps of itself: when it ended, and what the reader had before him.

    `theme` is the wish of config.toml with the theme that the reader took instead. `place` counts from 1. `places` has
    of each article read the paragraph and the offset of the line under the cursor, `folded` the numbers of the folded
    nodes of its plan.
    """

    left: datetime | None = None
    query: str = ""
    selected: str = ""
    place: int = 0
    pane: str = "list"
    reading: str = ""
    zoomed: bool = False
    plan: bool | None = None
    wide: int = 0
    stacked: int = 0
    theme: tuple[str, str] = ("", "")
    places: dict[str, tuple[int, int]] = {}
    folded: dict[str, tuple[int, ...]] = {}


def load_session(folder: Path) -> Session:
    """The session that was kept last, or an empty one. Raises ArchiveError for a file that cannot be read."""
    try:
        with (folder / _SESSION).open("rb") as file:
            return msgspec.json.decode(file.read(_LARGEST_SESSION), type=Session)
    except FileNotFoundError:
        return Session()
    except (OSError, ValueError, RecursionError) as fault:  # msgspec.DecodeError is a ValueError
        raise ArchiveError("session.json cannot be read; the next session writes a new one") from fault


def save_session(folder: Path, session: Session) -> None:
    """Keep a session; a crash leaves the old or the new one. Without an archive nothing is written. Raises OSError."""
    if is_archive(folder):
        dayfile.put(folder / _SESSION, msgspec.json.encode(session) + b"\n", private=True)


_LINES = "commands.history"


def load_lines(folder: Path) -> list[str]:
    """The lines that the reader wrote behind `:`; none where the file cannot be read."""
    try:
        return (folder / _LINES).read_text("utf-8", "replace").splitlines()
    except OSError:
        return []


def save_lines(folder: Path, lines: Sequence[str]) -> None:
    """Keep these lines; a crash leaves the old or the new ones. Without the folder none is kept. Raises OSError."""
    if folder.is_dir():
        dayfile.put(folder / _LINES, "".join(f"{line}\n" for line in lines).encode("utf-8", "replace"), private=True)


def left_of(session: Session, now: datetime) -> datetime | None:
    """When the session ended; None if it did not, or if a wrong clock wrote a later time."""
    left = session.left
    return left if left and left.tzinfo and left <= now else None


def load_left(folder: Path, now: datetime) -> datetime | None:
    """When the last dashboard ended. Raises ArchiveError for a file that cannot be read."""
    return left_of(load_session(folder), now)
