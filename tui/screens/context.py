"""The values that every screen gets when it is made."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from feeds.archive import Engine
from feeds.config import Config
from feeds.model import BEIJING


@dataclass(frozen=True)
class ScreenContext:
    """Archive, configuration and clock; `now` tells the time that "5 min ago" is counted from.

    The archive belongs to the event loop. A screen that counts for long opens a view of its own in a thread.
    """

    archive: Engine
    config: Config
    now: Callable[[], datetime]

    def today(self) -> date:
        """The Beijing day."""
        return self.now().astimezone(BEIJING).date()
