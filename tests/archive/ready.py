"""Archives that many tests need: each is filled once in a run, and a test gets a copy, which it may change."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from feeds.archive import Archive

Fill = Callable[[Archive], object]
_FOLDER = tempfile.TemporaryDirectory(prefix="zhengwen-ready-")  # removed when the run ends
_MADE: dict[str, Path] = {}


def copy_ready(place: Path, name: str, fill: Fill) -> Path:
    """Put a copy of the archive `name` at `place`, which is not there yet. `fill` fills it when it is asked first."""
    if name not in _MADE:
        made = Path(_FOLDER.name) / str(len(_MADE))
        with Archive.open(made, write=True) as archive:
            fill(archive)
        _MADE[name] = made
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(_MADE[name], place, dirs_exist_ok=True)
    return place
