"""The link between app and poller: its events go to the screens, the reader's wishes go to it."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace
from textual.app import App
from textual.timer import Timer

from feeds.events import PollEvent
from feeds.model import Source
from tui.polling import Polling
from tui.polling.status import PollingChanged, PollingStatus, status_after, with_saved_states, with_sources
from tui.widgets.bars.status_line import who_polls
from tui.words import _

FOLD_PAUSE = 20.0  # seconds after the last mark before the poller is asked to write marks into the archive's files
TELLING = 0.05  # seconds in which the poller's events are collected: a message each would keep keys waiting
STATUS_PAUSE = 0.25  # seconds between two pictures of the status: hundreds of sources may answer at once
MEMORY = 10.0  # seconds between two looks at what another process's poller keeps of its sources


class PollerLink:
    """Follows the poller, if this dashboard has one. `show` gets each status, `tell` the events as they come.

    `saved_states` gives what the archive knows of the sources, by their names; `holder` the process that polls, if any.
    """

    def __init__(
        self,
        app: App[None],
        polling: Polling | None,
        saved_states: Callable[[], dict[str, Any]],
        holder: Callable[[], str],
        show: Callable[[PollingStatus], None],
        tell: Callable[[tuple[PollEvent, ...]], object],
    ) -> None:
        self.status = PollingStatus()
        self._app = app
        self._saved_states = saved_states
        self._holder = holder
        self.polling = polling
        self._show = show
        self._tell = tell
        self._events: list[PollEvent] = []
        self._telling: Timer | None = None
        self._settling: Timer | None = None
        self._fold: Timer | None = None
        self._begun = False

    def take_sources(self, sources: Sequence[Source]) -> None:
        """Show the status of these sources of config.toml. The poller's process reads the file itself."""
        self.status = with_sources(self.status, sources)
        if self._begun:
            self._show(self.status)

    def begin(self) -> None:
        """Read the saved states of the sources, and listen to the poller."""
        self._begun = True
        self._recall()
        self._app.set_interval(MEMORY, self._recall)
        if self.polling:
            self._app.run_worker(self._listen(self.polling), name="polling")

    def _recall(self) -> None:
        """Show what the archive knows of the sources, as long as our own poller does not run."""
        if self.status.state != "running":
            holder = self._holder() if self.status.state == "reading-only" else ""
            self.status = replace(with_saved_states(self.status, self._saved_states()), holder=holder)
            self._show(self.status)

    async def _listen(self, polling: Polling) -> None:
        async for event in polling.events():
            self.status = status_after(self.status, event)
            if isinstance(event, PollingChanged):
                self._settle()
            else:
                self._settling = self._settling or self._app.set_timer(STATUS_PAUSE, self._settle)
                self._events.append(event)
                self._telling = self._telling or self._app.set_timer(TELLING, self._tell_events)
            await asyncio.sleep(0)  # hundreds may have come at once, and a key among them

    def _settle(self) -> None:
        if self._settling:
            self._settling.stop()
            self._settling = None
        self._show(self.status)

    def _tell_events(self) -> None:
        self._telling = None
        events, self._events = tuple(self._events), []
        self._tell(events)

    async def reload(self, sources: tuple[str, ...]) -> None:
        """Poll these sources now, or say who polls them."""
        if not self.polling or not await self.polling.reload(sources):
            self._recall()
            self._warn(who_polls(self.status, datetime.now(UTC)))

    async def fetch(self, article: str) -> None:
        """Fetch an article's page again."""
        if not self.polling or not await self.polling.fetch([article]):
            self._warn(_("No poller of this dashboard is running to ask for it."))

    def _warn(self, words: str) -> None:
        self._app.notify(words, severity="warning", markup=False)

    def fold_soon(self) -> None:
        """Write marks into the archive's files when the reader pauses."""
        if self._fold:
            self._fold.stop()
        if self.polling:
            self._fold = self._app.set_timer(FOLD_PAUSE, self.polling.fold_flags)

    async def end(self) -> None:
        """End the poller."""
        if self.polling:
            await self.polling.stop()
