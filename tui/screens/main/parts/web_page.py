"""The article's page on the web: its address, and the reader's browser."""

from feeds.errors import FeedError
from tui import browsing
from tui.outside.terminal import with_terminal
from tui.screens.main.state import StatefulScreen
from tui.words import _


class WebPage:
    """Opens the address of the article that the reader is at."""

    def __init__(self, screen: StatefulScreen) -> None:
        self._screen = screen
        self._asked_about = ""  # the address that the reader was asked about

    def action_browse(self) -> None:
        """Open the article's page in the web browser."""
        url = self.address()
        if not url:
            return
        if not browsing.may_open(url):
            self._screen.notify(_("Not a web address: {url}").format(url=url), severity="error", markup=False)
        elif (doubt := browsing.doubt_of(url)) and self._asked_about != url:
            self._asked_about = url
            host = browsing.host_of(url)
            words = _("{doubt}: {host}. Press o again to open it.").format(doubt=_(doubt), host=host)
            self._screen.notify(words, severity="warning", markup=False, timeout=10)
        else:
            self._asked_about = ""
            self._screen.say(_("Opening {host}").format(host=browsing.host_of(url)))
            self._screen.run_worker(lambda: self._browse(url), thread=True, group="browsing")

    def _browse(self, url: str) -> None:
        """Open an address, in a thread."""
        call = self._screen.app.call_from_thread
        if browsing.takes_the_terminal():
            call(self._lend_terminal, url)
        elif not browsing.open_url(url):
            call(self._say_no_browser, url)

    def _lend_terminal(self, url: str) -> None:
        try:
            opened = with_terminal(self._screen.app, lambda: browsing.open_url(url, quietly=False))
        except FeedError as error:
            self._screen.complain(error)
            return
        if not opened:
            self._say_no_browser(url)

    def _say_no_browser(self, url: str) -> None:
        self._screen.notify(
            _("No web browser could be started; y y copies the address {url}").format(url=url),
            severity="error",
            markup=False,
        )

    def address(self) -> str:
        """The address of the article in the text, or of the selected one in the list; say when it has no address."""
        state = self._screen.state
        article = state.article if state.pane != "list" else state.selected
        url = article.url if article else ""
        if not url:
            self._screen.say(_("This article has no address."))
        return url
