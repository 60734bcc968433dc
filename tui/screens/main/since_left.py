"""Since you left: after the first frame, one panel of what is new, edited and due soon. Any key passes it by.

A thread counts, with a view of the archive of its own. The panel takes no focus, so a key does what it always does and
the panel goes. Only keys that close a box do nothing else, and also these if they follow at once: the reader did not
mean the panel. If a key comes before the panel is there, the counts stand in the lowest line instead.
"""

import time
from datetime import datetime
from typing import TYPE_CHECKING

from feeds.archive import Engine
from tui.screens.archive_reading import read_in_thread
from tui.screens.context import ScreenContext
from tui.screens.main.state import StatefulScreen
from tui.words import _

if TYPE_CHECKING:
    from feeds.digest import Digest
    from tui.widgets.digest_panel import DigestPanel

_CLOSING = ("escape", "enter", "space", "q")
_LOOK = 0.5  # seconds in which nobody has read the panel: a key so soon after was meant for what lay under it
_ROWS = 5  # lines of a section


class SinceLeft:
    """Counts, shows the panel and puts it away. `left` is when the last session ended."""

    def __init__(self, screen: StatefulScreen, context: ScreenContext, left: datetime | None) -> None:
        self._screen = screen
        self._context = context
        self._panel: DigestPanel | None = None
        self._shown_at = 0.0
        self._busy = False  # the reader has begun to use the dashboard
        self._left = left

    def begin(self) -> None:
        """Count in a thread what happened since the last session, if there was one."""
        if self._left and self._context.config.since_you_left:
            self._count(self._left)

    def action_since_left(self) -> None:
        """Show the panel again."""
        if self._left is None:
            self._screen.say(_("There was no earlier session with this archive."))
            return
        self._busy = False
        self._count(self._left, wanted=True)

    def _count(self, left: datetime, *, wanted: bool = False) -> None:
        def read(archive: Engine) -> "Digest":
            from feeds.digest import digest_of

            return digest_of(archive, self._context.config.views, left, self._context.now())

        def take(digest: "Digest") -> None:
            if wanted or not digest.is_empty:
                self._show(digest)

        read_in_thread(self._screen, self._context.archive.path, read, take, self._screen.complain, group="since")

    def _show(self, digest: "Digest") -> None:
        from tui.widgets.layout.digest import digest_sections, digest_summary, digest_title

        if self._busy or not self._screen.is_current:
            self._screen.say(f"{digest_title(digest)}: {digest_summary(digest)}")
            return
        from tui.widgets.digest_panel import DigestPanel

        self._remove()
        ambiguous = self._context.config.ambiguous_width
        sections = list(digest_sections(digest, _ROWS)) or [(digest_summary(digest), [])]
        self._panel = DigestPanel(f"{_('Since you left')} · {digest_title(digest)}", sections, ambiguous=ambiguous)
        self._shown_at = time.monotonic()
        self._screen.mount(self._panel)

    def pass_by(self, key: str) -> bool:
        """Put the panel away. Return whether that is all that the key does."""
        self._busy = True
        if self._panel is None:
            return False
        self._remove()
        return key in _CLOSING and time.monotonic() - self._shown_at >= _LOOK

    def _remove(self) -> None:
        if self._panel is not None:
            self._panel.remove()
            self._panel = None

    def resize(self) -> None:
        """Let the panel stand in the middle of the window."""
        if self._panel is not None and self._panel.is_mounted:
            self._panel.fit(self._screen.app.size)
