"""The small files of an archive: state.json of the poller, and session.json of the dashboard.

state.json has what the poller keeps about its sources, as plain JSON values. session.json says when the last dashboard
ended; only the dashboard writes it.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from feeds.archive.files import is_archive
from feeds.archive.refusals import reason_of
from feeds.archive.shards import file as dayfile
from feeds.errors import ArchiveError

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


_SESSION = "session.json"
_LARGEST_SESSION = 65_536  # bytes of session.json that are read


class Session(Struct, frozen=True):
    """The last session of a dashboard: when it ended."""

    left: datetime


def load_left(folder: Path, now: datetime) -> datetime | None:
    """When the last dashboard ended; None without a session, or if a wrong clock wrote a later time.

    Raises ArchiveError for a file that cannot be read.
    """
    try:
        with (folder / _SESSION).open("rb") as file:
            left = msgspec.json.decode(file.read(_LARGEST_SESSION), type=Session).left
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as fault:  # msgspec.DecodeError is a ValueError
        raise ArchiveError("session.json cannot be read; the next session writes a new one") from fault
    return left if left.tzinfo and left <= now else None


def save_left(folder: Path, now: datetime) -> None:
    """Note that a dashboard ends now. Without an archive in the folder nothing is written. Raises OSError."""
    if is_archive(folder):
        dayfile.put(folder / _SESSION, msgspec.json.encode(Session(now)) + b"\n", private=True)
