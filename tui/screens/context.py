"""The values that every screen gets when it is made."""

from collections.abc import Callable
from datetime import date, datetime

from msgspec import Struct

from feeds.archive import Engine
from feeds.config import Config
from feeds.model import BEIJING


class ScreenContext(Struct, eq=False):
    """Archive, configuration and clock; `now` tells the time that "5 min ago" is counted from.

    The app replaces `config` when its file changes; `look_at_config` makes it look at once. The app sets `last_key` to
    the moment of each key, by the monotonic clock: work that may wait does not begin while keys come.
    The archive belongs to the event loop. A screen that counts for long opens a view of its own in a thread.
    """

    archive: Engine
    config: Config
    now: Callable[[], datetime]
    look_at_config: Callable[[], None] = lambda: None
    last_key: float = 0.0

    def today(self) -> date:
        """The Beijing day."""
        return self.now().astimezone(BEIJING).date()
