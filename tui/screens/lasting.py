"""Lasting screens: each is made once, when it is opened first, and keeps its place while it is not shown.

`SCREENS` in tui/commands.py is their registry: each of its commands opens one. What a lasting screen needs comes down
to it as a value: the context it is made with, and its reactive `status` and `article`. What the reader wants
elsewhere goes up as a message (tui/messages.py), which the app hands to the main screen or the poller.
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
    """How poller and sources stand; the app sets it whenever that changes, also while the screen is not shown."""

    article: reactive[str] = reactive("", init=False, repaint=False)
    """The id of the article that the main screen is at; the app sets it each time the screen is opened."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self.context = context


def screen_class(command: Command) -> type[LastingScreen]:
    """The class of the screen that a command opens. Its module is imported only now."""
    module, _colon, name = command.screen.partition(":")
    found: type[LastingScreen] = getattr(import_module(module), name)
    return found
