"""Notices that config.toml changed while the program runs. Dashboard and poller look about once a second."""

import os
from pathlib import Path

from feeds.config.loading import load
from feeds.config.places import reader_path, shipped_path
from feeds.config.values import Config
from feeds.errors import ConfigError

LOOK = 1.0  # seconds between two looks

_State = tuple[Path, int, int] | None


class ConfigWatch:
    """Watches the file of a configuration; for the shipped one, that the reader makes a file of their own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._follows = path == shipped_path() or (path == reader_path() and not os.environ.get("ZHENGWEN_CONFIG"))
        self._known = self._state()
        self._suspect: _State = None

    def look(self) -> Config | None:
        """The configuration of a file that changed since the last look, else None.

        An editor may write a file in steps, so a fault counts at the second look. Raises ConfigError, once for a state
        of the file; what was in force stays so.
        """
        state = self._state()
        if state == self._known:
            return None
        try:
            config = load(self._place())
        except ConfigError:
            if state != self._suspect:
                self._suspect = state
                return None
            self._known = state
            raise
        self._known = state
        return config

    def _place(self) -> Path:
        if not self._follows:
            return self._path
        return reader_path() if reader_path().exists() else shipped_path()

    def _state(self) -> _State:
        place = self._place()
        try:
            stat = place.stat()
        except (OSError, ValueError):
            return place, -1, -1
        return place, stat.st_size, stat.st_mtime_ns
