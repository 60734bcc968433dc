"""The dashboard as a Textual app: themes, signals, and the poller's events on their way to the screens.

It fetches nothing and parses nothing; that is the poller's process. A module that the first frame does not need
is imported where it is used.
"""

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import ClassVar

from textual import on
from textual.app import App
from textual.binding import BindingType
from textual.driver import Driver
from textual.screen import Screen
from textual.theme import Theme
from textual.timer import Timer
from textual.worker import WorkerFailed

from feeds.archive import Archive
from feeds.archive.state import poller_of
from feeds.config import Config
from feeds.errors import FeedError
from tui.commands import bindings_of
from tui.failures import ReportsFailures
from tui.keyboard.dispatch import KeyPresses
from tui.keyboard.own_keys import take_keys
from tui.links import ConfigLink, PollerLink
from tui.messages import FetchWanted, PlaceWanted, PollEventsArrived, ReloadWanted, ScreensWanted, TermWanted
from tui.polling import Polling
from tui.polling.status import PollingStatus
from tui.screens.context import ScreenContext
from tui.screens.main import MainScreen
from tui.screens.screen_stack import ScreenStack
from tui.textual_fixes.dead_widgets import FreesRemoved, share_inner_outer
from tui.textual_fixes.driver import BytesDropped, lasting
from tui.textual_fixes.late_calls import DropsLateCalls
from tui.textual_fixes.plain_strips import render_plainly
from tui.textual_fixes.steady_terminal import SteadyTerminal
from tui.widgets.bars.key_line import KeyLine, Notice, show_waiting
from tui.words import _, sentence_of

AGAIN = 3.0  # seconds in which the second press of ^c quits
ENDINGS = ("SIGHUP", "SIGTERM", "SIGINT")  # by name: not every system has them all

DARK = Theme(
    name="zhengwen-dark",
    dark=True,
    primary="#7aa2c8",
    secondary="#8fb3a5",
    accent="#d8a657",
    foreground="#d5d2c8",
    background="#16191d",
    surface="#1d2126",
    panel="#282d34",
    success="#8fb573",
    warning="#e0af68",
    error="#e67e80",
    variables={"quiet": "#8d9299"},
)
LIGHT = Theme(
    name="zhengwen-light",
    dark=False,
    primary="#1f5f8b",
    secondary="#3a6b57",
    accent="#8f4e00",
    foreground="#24292e",
    background="#fbfaf6",
    surface="#f2efe7",
    panel="#e4e0d4",
    success="#3d6b1f",
    warning="#8a5a00",
    error="#b3261e",
    variables={"quiet": "#63676b"},
)


def theme_of(wish: str, colorfgbg: str) -> Theme:
    """The theme for `dark`, `light` or `auto`; COLORFGBG ends with the background's number, 7 and 15 are white."""
    if wish == "auto":
        wish = "light" if colorfgbg.rpartition(";")[2] in {"7", "15"} else "dark"
    return LIGHT if wish == "light" else DARK


def _utc() -> datetime:
    return datetime.now(UTC)


def _endings() -> list[signal.Signals]:
    return [number for name in ENDINGS if (number := getattr(signal, name, None))]


class DashboardApp(ReportsFailures, SteadyTerminal, FreesRemoved, DropsLateCalls, App[None], inherit_bindings=False):
    """The app. `polling` None polls nothing. Opens the archive for reading and closes it; raises ArchiveError.

    It says `notice` at the beginning. With `make` False it makes no archive where it finds none. Once it has ended,
    `failure` says why, unless the reader or a bug ended it.
    """

    TITLE = "zhengwen"
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        "app.tcss",
        "widgets/article_list.tcss",
        "widgets/reader.tcss",
        "widgets/plan_tree.tcss",
        "widgets/bars/bars.tcss",
        "widgets/menus/menus.tcss",
        "screens/main/main.tcss",
    ]
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("app")
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        config: Config,
        archive_path: Path,
        polling: Polling | None,
        now: Callable[[], datetime] = _utc,
        *,
        notice: str = "",
        make: bool = True,
    ) -> None:
        super().__init__()
        share_inner_outer()
        render_plainly()
        self.failure: FeedError | None = None
        self._notice = notice
        if config.ambiguous_width == 2:
            from tui.textual_fixes.ambiguous_width import widen_ambiguous

            widen_ambiguous()
        self._wrong_keys = take_keys(config)
        self.archive = Archive.open(archive_path, catch_up=polling is None, make=make)
        self.poller = PollerLink(
            self,
            polling,
            self.archive.load_state,
            lambda: str(poller_of(archive_path) or ""),
            self.show_status,
            lambda events: self.main_screen.post_message(PollEventsArrived(events)),
        )
        self.poller.take_sources(config.sources)
        self._keys = KeyPresses(
            self,
            lambda waiting, unknown: show_waiting(self.screen, waiting, unknown=unknown),
            lambda key: self.screen is self.main_screen and self.main_screen.since_left.pass_by(key),
        )
        self._silence: Timer | None = None
        self._not_utf8 = False
        self._asked_to_quit = -AGAIN
        self._screen_context = context = ScreenContext(self.archive, config, now)
        self.main_screen = MainScreen(context)
        self.config = ConfigLink(self, context, self.poller, self.main_screen.filtering.name_view)
        self.main_screen.set_reactive(MainScreen.status, self.poller.status)
        self._lasting = ScreenStack(self, self.main_screen, context)
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        # Before there is anything to draw: a theme that is set later styles everything a second time.
        usual = theme_of(config.theme, os.environ.get("COLORFGBG", "")).name
        self.set_reactive(App.theme, self.main_screen.session.theme(usual, (DARK.name, LIGHT.name)))
        self.stylesheet.set_variables(self.get_css_variables())

    def get_driver_class(self) -> type[Driver]:
        """Textual's choice, made to outlive its terminal."""
        return lasting(super().get_driver_class())

    def get_default_screen(self) -> Screen[None]:
        """The main screen, which lies under everything."""
        return self.main_screen

    def on_mount(self) -> None:
        """Listen to signals and to the poller."""
        # Textual leaves the terminal in its alternate screen when a signal ends the process.
        for number in _endings():
            with contextlib.suppress(NotImplementedError):  # the loop of Windows handles no signal
                asyncio.get_running_loop().add_signal_handler(number, self.exit, None, 128 + number)
        self.call_after_refresh(self._begin)  # the first frame waits for nothing

    async def on_unmount(self) -> None:
        """End the poller and let go of the archive, however the app ends."""
        for number in _endings():
            with contextlib.suppress(NotImplementedError):
                asyncio.get_running_loop().remove_signal_handler(number)
        await self.poller.end()
        self.main_screen.session.end()
        self.main_screen.watches.end()
        self.archive.close()

    def _handle_exception(self, error: Exception) -> None:
        """End the app without a traceback after an expected failure, in every loop of Textual."""
        cause = error.error if isinstance(error, WorkerFailed) else error
        if not isinstance(cause, FeedError):
            super()._handle_exception(error)
        elif self.failure is None:
            self.failure = cause
            self.exit(return_code=1)

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:  # noqa: FBT001, FBT002 -- Textual's signature
        """Run what a key means after the keys before it. Textual asks before and after the widgets."""
        self._screen_context.last_key = time.monotonic()
        return await (self._keys.press_early(key) if priority else self._keys.press(key))

    def complain(self, error: FeedError) -> None:
        """Show why an action failed."""
        self.main_screen.complain(error)

    def _refresh_notifications(self) -> None:
        """Show the newest notice in the lowest line of the screen. Textual's toasts would cover text and status."""
        newest = list(self._notifications)[-1:]
        for older in list(self._notifications)[:-1]:
            del self._notifications[older]
        if self._silence:
            self._silence.stop()
        if newest:
            self._silence = self.set_timer(max(newest[0].time_left, 0.01), self._refresh_notifications)
        opened = getattr(self.screen, "opened", 0.0)
        if newest and newest[0].severity == "information" and newest[0].raised_at < opened:
            newest = []  # a warning stands in a dialog too: it may have come with the key that opened it
        notice = Notice(newest[0].message, newest[0].severity) if newest else None
        for screen in self.screen_stack:
            for line in screen.query(KeyLine):
                line.notice = notice if screen is self.screen else None

    def _begin(self) -> None:
        oddities = self.archive.view.oddities if self.archive.view else ()
        back = self.main_screen.session.begin()
        if told := [words for words in (self._notice, *map(sentence_of, (*oddities, *self._wrong_keys[:1]))) if words]:
            self.notify(" · ".join(told), severity="warning", markup=False)
        elif back:
            self.main_screen.say(back)
        self.poller.begin()
        self.config.begin()
        self.main_screen.since_left.begin()

    def show_status(self, status: PollingStatus) -> None:
        """Pass the status of poller and sources to the main screen and to every lasting one."""
        self._lasting.show_status(status)

    def action_open_screen(self, name: str) -> None:
        """Open a lasting screen by its name in the registry, or go back from it."""
        self._lasting.toggle(name)

    @on(TermWanted)
    @on(PlaceWanted)
    @on(ScreensWanted)
    def _go(self, message: TermWanted | PlaceWanted | ScreensWanted) -> None:
        self._lasting.go(message)

    def on_bytes_dropped(self, _message: BytesDropped) -> None:
        """Say once that the terminal sends another encoding."""
        if not self._not_utf8:
            self._not_utf8 = True
            self.notify(
                _("The terminal is not set to UTF-8; what it sends otherwise is left out."),
                severity="warning",
                markup=False,
            )

    async def on_reload_wanted(self, message: ReloadWanted) -> None:
        """Poll these sources now, or say who polls them."""
        await self.poller.reload(message.sources)

    async def on_fetch_wanted(self, message: FetchWanted) -> None:
        """Fetch an article's page again."""
        await self.poller.fetch(message.article)

    def on_flags_marked(self) -> None:
        """Write marks into the archive's files when the reader pauses."""
        self.poller.fold_soon()

    def action_hint_quit(self) -> None:
        """Say how to quit. If the same key follows soon, quit."""
        before, self._asked_to_quit = self._asked_to_quit, time.monotonic()
        if self._asked_to_quit - before < AGAIN:
            self.exit()
            return
        self.notify(_("Press ^c again to quit, or ^q."), timeout=AGAIN, markup=False)

    def action_redraw(self) -> None:
        """Draw the whole screen again, over whatever another program wrote on it."""
        self.forget_drawn()
        self.screen.refresh()

    def action_toggle_theme(self) -> None:
        """Change from the dark theme to the light one, or back."""
        self.theme = (LIGHT if self.current_theme.dark else DARK).name
