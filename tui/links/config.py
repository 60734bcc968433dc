"""The link between app and config.toml: a change of the file is taken over, a fault in it is told in one line."""

import asyncio
import contextlib
from collections.abc import Callable

from textual.app import App

from feeds.config import Config
from feeds.errors import ConfigError
from tui.keyboard.own_keys import take_keys
from tui.links.poller import PollerLink
from tui.screens.context import ScreenContext
from tui.words import _, sentence_of


class ConfigLink:
    """Looks at the file each second, in a thread. A change goes into `context` and to `poller`; `show` shows it."""

    def __init__(self, app: App[None], context: ScreenContext, poller: PollerLink, show: Callable[[], None]) -> None:
        self._app = app
        self._context = context
        self._poller = poller
        self._show = show
        self._hurry = asyncio.Event()
        context.look_at_config = self.look_soon

    def begin(self) -> None:
        """Follow the file until the app ends."""
        self._app.run_worker(self._follow(), name="config")

    def look_soon(self) -> None:
        """Look now: the reader has just changed the file from inside."""
        self._hurry.set()

    async def _follow(self) -> None:
        from feeds.config.watching import LOOK, ConfigWatch  # the first frame does not need it

        watch = ConfigWatch(self._context.config.path)
        found: Config | None = None
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._hurry.wait(), LOOK)
            self._hurry.clear()
            before = self._context.config
            try:
                found = await asyncio.to_thread(watch.look) or found
            except ConfigError as error:
                found = None
                words = _("{fault}; what was in force stays so").format(fault=sentence_of(error.fault))
                self._app.notify(words, severity="warning", markup=False)
                continue
            # If the reader has changed the file from inside meanwhile, what was read may be older than that.
            if found is not None and self._context.config is before and not self._hurry.is_set():
                self._take(found)
                found = None

    def _take(self, config: Config) -> None:
        """Put another configuration in force, and show it."""
        before = self._context.config
        if (config.keys, config.macros) != (before.keys, before.macros):
            self._take_keys(config)
        self._context.config = config
        self._poller.take_sources(config.sources)
        self._show()

    def _take_keys(self, config: Config) -> None:
        """Put other keys in force, show them in the lowest line, and tell the first mistake in them."""
        faults = take_keys(config)
        for line in self._app.screen.query("KeyLine"):
            line.refresh()
        for fault in faults[:1]:
            self._app.notify(sentence_of(fault), severity="warning", markup=False)
