"""The lasting screens over the main screen: each is made when it is first opened, and a key leads back from it.

The app owns the stack. It passes on what the reader wants elsewhere: a screen, a place in an article, a term.
"""

from typing import TYPE_CHECKING

from textual.app import App

from feeds.query import Query
from tui.commands import command_named
from tui.messages import PlaceWanted, ScreensWanted, TermWanted
from tui.polling.status import PollingStatus
from tui.screens.context import ScreenContext
from tui.screens.main import MainScreen
from tui.widgets.bars.key_line import KeyLine

if TYPE_CHECKING:
    from tui.screens.lasting import LastingScreen  # imported when a screen is opened; the first frame does not need it


class ScreenStack:
    """Opens lasting screens, and gives them what they need from above."""

    def __init__(self, app: App[None], main: MainScreen, context: ScreenContext) -> None:
        self._app = app
        self._main = main
        self._context = context
        self._made: dict[str, LastingScreen] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The lasting screens that are open, the uppermost last."""
        open_screens = self._app.screen_stack
        return tuple(name for screen in open_screens for name, made in self._made.items() if screen is made)

    def show_status(self, status: PollingStatus) -> None:
        """Pass the status of poller and sources to the main screen and to every lasting one."""
        self._main.status = status
        for screen in self._made.values():
            screen.status = status

    def toggle(self, name: str) -> None:
        """Open a screen. From that screen, go back to the one under it; from an article it opened, back to it."""
        if name == "help":
            self._open_help()
            return
        behind = self._main.state.screens_behind
        if self._app.screen is self._main and name in behind:
            self._main.call_later(self._main.navigation.go_back)
        elif self.names[-1:] == (name,):
            self._app.pop_screen()
        else:
            self._open(name, self._main.state.query, self._main.state.current_id or "", ())

    def _open_help(self) -> None:
        """Open the help over any screen, with the keys in force there first, and run the command it answers."""
        from tui.screens.dialogs.help import HelpScreen

        screen = self._app.screen

        async def run(answer: str | None) -> None:
            if screen is self._main:
                await self._main.run_command(answer)
            elif answer is not None and (command := command_named(answer)) and "lasting" in command.where:
                await self._app.run_action(command.action_in("lasting"), screen)

        self._app.push_screen(HelpScreen(screen.query_one(KeyLine).places), run)

    def go(self, message: TermWanted | PlaceWanted | ScreensWanted) -> None:
        """Lead the reader to what is wanted."""
        if isinstance(message, TermWanted):
            self._main.call_later(self._main.filtering.add_term, message.field, message.value)
        elif isinstance(message, PlaceWanted):
            names = self.names
            self._close_above(self._main)
            self._main.call_later(self._main.navigation.open_place, message.article, message.span, names)
        else:
            *below, last = message.names
            for name in below:
                self._open(name, None)
            self._open(last, message.query, subject=message.subject or None)

    def _open(
        self, name: str, query: Query | None, article: str | None = None, subject: tuple[str, ...] | None = None
    ) -> None:
        """Open a screen; one that is open already is laid bare. None leaves what it has been given as it is."""
        from tui.screens.lasting import MarkingScreen, screen_class

        if name not in self._made:
            self._made[name] = screen_class(command_named(name))(self._context)
            self._made[name].status = self._main.status
            self._app.install_screen(self._made[name], name)
        screen = self._made[name]
        if query is not None:
            screen.in_force = query
        if article is not None:
            screen.article = article
        if subject is not None:
            screen.subject = subject
        if isinstance(screen, MarkingScreen):
            if notice := screen.notice_instead():
                self._app.notify(notice, timeout=4, markup=False)
                return
            self._app.clear_notifications()  # what is marked is on the screen
        if name in self.names:
            self._close_above(screen)
        else:
            self._app.push_screen(name)

    def _close_above(self, screen: "MainScreen | LastingScreen") -> None:
        while self._app.screen is not screen:
            self._app.pop_screen()
