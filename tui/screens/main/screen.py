"""The main screen: the three panes with everything a reader does there, routed from the keys to whoever can do it.

Each file adds one concern to the one before: `panes` the ground, `filtering` the one filter, `reading` the article in
view, `marking` its flags, and this one the world outside: poller, browser, clipboard, dialogs.
"""

from collections.abc import Callable
from datetime import datetime

from textual import on, work
from textual.dom import DOMNode
from textual.reactive import reactive
from textual.timer import Timer

from feeds.archive import Engine
from feeds.config import Config
from feeds.model import ArticleFetched, ArticleSetAside, ArticleStored
from tui import browsing
from tui.answers import outcome_of
from tui.commands import command_named
from tui.messages import FetchWanted, PollEventsArrived, ReloadWanted
from tui.polling.status import PollingStatus
from tui.screens.main.marking import Marking
from tui.widgets.article_list import ArticleList
from tui.widgets.bars.key_line import KeyLine
from tui.widgets.bars.status_line import StatusLine
from tui.widgets.reader import Reader
from tui.words import _, sentence_of

GATHER = 0.25  # seconds in which arrivals are gathered before the list looks again
GLANCE = 2.0  # seconds between two looks at what other processes changed

__all__ = ["MainScreen"]


class MainScreen(Marking):
    """The dashboard's one lasting screen."""

    status: reactive[PollingStatus] = reactive(PollingStatus(), init=False, repaint=False)

    def __init__(self, archive: Engine, config: Config, now: Callable[[], datetime]) -> None:
        super().__init__(archive, config, now)
        self._gather: Timer | None = None
        self._asked_about = ""  # an address of which the reader was asked

    def on_mount(self) -> None:
        """Show what the archive has."""
        self.query_one(StatusLine).status = self.status
        self.watch(self.query_one(ArticleList), "above", self.count, init=False)
        self.apply(self._query)
        self.show_first()
        self.set_interval(GLANCE, self._glance)

    # -- the poller

    def watch_status(self, status: PollingStatus) -> None:
        """Pass on how poller and sources stand."""
        for line in self.query(StatusLine):  # before the first frame and after the last there is none
            line.status = status

    @on(PollEventsArrived)
    def _poller_told(self, message: PollEventsArrived) -> None:
        for event in message.events:
            if isinstance(event, ArticleStored):
                if self._gather is None:
                    self._gather = self.set_timer(GATHER, self._arrived)
                if not event.new and self._shown and self._shown.id == event.id:
                    self.say(_("The article you read was changed; Enter in the list shows the new text."))
                    self._shown = None
            elif isinstance(event, ArticleFetched):
                self._fetched(event)
            elif isinstance(event, ArticleSetAside):
                self.notify(f"{event.name}: {sentence_of(event.fault)}", severity="warning", markup=False)

    def _fetched(self, event: ArticleFetched) -> None:
        """Tell what came of asking for an article again; one that is in the reader is shown as it is now."""
        self.say(outcome_of(event))
        if (article := self.query_one(Reader).article) and article.id == event.id:
            self._shown = None
            self._show(event.id)

    def _arrived(self) -> None:
        self._gather = None
        self.query_one(ArticleList).refresh_listing()
        self.count()

    def _glance(self) -> None:
        """Take in what another process changed: a second dashboard's marks, another poller's articles, the index."""
        if damage := self._archive.damage:
            raise damage
        if self._listing and self._listing.refresh():
            self._arrived()

    def action_fetch(self) -> None:
        """Ask for the article's text again."""
        if name := self.current_id:
            self.post_message(FetchWanted(name))

    def action_reload(self) -> None:
        """Ask the selected article's source now."""
        if self._selected and self._selected.source:
            self._reload(self._selected.source)

    def action_reload_all(self) -> None:
        """Ask every source now."""
        self._reload()

    def _reload(self, *sources: str) -> None:
        self.post_message(ReloadWanted(sources))

    # -- the article's page

    def action_copy_url(self) -> None:
        """Copy the article's address to the clipboard."""
        if url := self._address():
            self.app.copy_to_clipboard(url)
            self.say(_("Copied: {url}").format(url=url))

    def action_browse(self) -> None:
        """Open the article's page in the web browser."""
        if url := self._address():
            if not browsing.may_open(url):
                self.notify(_("Not a web address: {url}").format(url=url), severity="error", markup=False)
            elif (doubt := browsing.doubt_of(url)) and self._asked_about != url:
                self._asked_about = url
                host = browsing.host_of(url)
                words = _("{doubt}: {host}. Press o again to open it.").format(doubt=_(doubt), host=host)
                self.notify(words, severity="warning", markup=False, timeout=10)
            else:
                self._asked_about = ""
                self.say(_("Opening {host}").format(host=browsing.host_of(url)))
                self._browse(url)

    @work(thread=True, group="browsing")
    def _browse(self, url: str) -> None:
        if browsing.takes_the_terminal():
            self.app.call_from_thread(self._lend_terminal, url)
        elif not browsing.opened(url):
            self.app.call_from_thread(self._no_browser, url)

    def _lend_terminal(self, url: str) -> None:
        with self.app.suspend():
            opened = browsing.opened(url, quietly=False)
        if not opened:
            self._no_browser(url)

    def _no_browser(self, url: str) -> None:
        self.notify(
            _("No web browser could be started; y copies the address {url}").format(url=url),
            severity="error",
            markup=False,
        )

    def _address(self) -> str:
        article = self._shown if self.pane != "list" else self._selected
        url = article.url if article else ""
        if not url:
            self.say(_("This article has no address."))
        return url

    # -- dialogs

    @on(KeyLine.CommandPressed)
    async def _key_pressed(self, event: KeyLine.CommandPressed) -> None:
        await self.run_command(event.command.id)

    async def run_command(self, name: str | None) -> None:
        """Do what a command of the table does, as if its key had been pressed."""
        if name is None:
            return
        command = command_named(name)
        places: dict[str, DOMNode] = {"app": self.app, "main": self, "last": self, "line": self.line_written or self}
        places["hits"] = self.query_one(Reader)
        node = next((places[place] for place in command.where if place in places), self.widget_of(self.pane))
        await self.app.run_action(command.action, node)

    @on(StatusLine.StatusPressed)
    async def _status_pressed(self) -> None:
        await self.run_command("sources")

    def add_term(self, field: str, value: str) -> None:
        """Limit the list by one more term of the filter."""
        self.apply(self._query.with_term(field, value))

    def action_help(self) -> None:
        """Show all keys, the filter language and the signs."""
        from tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(), self.run_command)

    def action_palette(self) -> None:
        """Find a command by its name."""
        from tui.screens.palette import PaletteScreen

        self.app.push_screen(PaletteScreen(self._config.views), self._palette_chose)

    async def _palette_chose(self, name: str | None) -> None:
        from tui.screens.palette import VIEW

        if name and name.startswith(VIEW):
            self.show_view(name.removeprefix(VIEW))
        else:
            await self.run_command(name)
