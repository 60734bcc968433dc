"""Lasting screens: each is made when it is opened for the first time, and keeps its place while it is not shown.

`SCREENS` in tui/commands.py is their registry: each of its commands opens one. A lasting screen gets the values that it
needs from above: the context that it is made with, and its reactive `status` and `article`. A wish of the reader for
another screen goes up as a message (tui/messages.py). The app passes it to the main screen or the poller.
"""

from importlib import import_module

from textual.reactive import reactive

from tui.commands import Command
from tui.polling.status import PollingStatus
from tui.screens.context import ScreenContext
from tui.screens.dialogs.dialog import WithAppKeys


class LastingScreen(WithAppKeys[None]):
    """A screen that outlives its closing. A subclass composes widgets, binds its keys and closes with `dismiss()`."""

    status: reactive[PollingStatus] = reactive(PollingStatus(), init=False, repaint=False)
    """The status of poller and sources. The app sets it at every change, also while the screen is not shown."""

    article: reactive[str] = reactive("", init=False, repaint=False)
    """The id of the main screen's article. The app sets it each time the screen is opened."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self.context = context


def screen_class(command: Command) -> type[LastingScreen]:
    """The class of the screen that a command opens. This imports its module."""
    module, _colon, name = command.screen.partition(":")
    found: type[LastingScreen] = getattr(import_module(module), name)
    return found
