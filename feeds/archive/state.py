"""state.json: what the poller keeps about its sources, as plain JSON values."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

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
