"""Lasting screens: each is made when it is opened for the first time, and keeps its place while it is not shown.

`SCREENS` in tui/commands/table.py is their registry: each of its commands opens one. A lasting screen gets the values
that it needs from above: the context that it is made with, and its reactive `status`, `article` and `in_force`. A wish
of the reader for another screen goes up as a message (tui/messages.py). tui/screens/screen_stack.py carries it out.
"""

from importlib import import_module

from textual.reactive import reactive

from feeds.query import Query
from tui.commands import Command, bindings_of
from tui.polling.status import PollingStatus
from tui.screens.context import ScreenContext
from tui.screens.dialogs.dialog import WithAppKeys


class LastingScreen(WithAppKeys[None]):
    """A screen that outlives its closing. A subclass composes widgets, binds its keys and closes with `dismiss()`.

    The keys that open the other lasting screens work in it, unless it has them for itself.
    """

    BINDINGS = bindings_of("lasting")

    status: reactive[PollingStatus] = reactive(PollingStatus(), init=False, repaint=False)
    """The status of poller and sources. The app sets it at every change, also while the screen is not shown."""

    article: reactive[str] = reactive("", init=False, repaint=False)
    """The id of the main screen's article. It is set each time the screen is opened."""

    in_force: reactive[Query] = reactive(Query(), init=False, repaint=False)
    """The filter in force: the main screen's, or the one that another screen wants shown. Set at each opening."""

    subject: reactive[tuple[str, ...]] = reactive((), init=False, repaint=False)
    """Keys of documents or ids of articles that another screen wants shown. Empty if the reader opened the screen."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self.context = context


class MarkingScreen(LastingScreen):
    """A screen that a reader marks something for before it opens."""

    def notice_instead(self) -> str:
        """Say this instead of opening the screen, where the reader only marks something for it; "" opens it."""
        return ""


def screen_class(command: Command) -> type[LastingScreen]:
    """The class of the screen that a command opens. This imports its module."""
    module, _colon, name = command.screen.partition(":")
    found: type[LastingScreen] = getattr(import_module(module), name)
    return found
