"""News from the poller and from other processes, and the reader's requests to the poller."""

from collections.abc import Iterable

from textual.timer import Timer

from feeds.archive import Engine
from feeds.events import ArticleFetched, ArticleSetAside, ArticlesTold, ArticleStored, PollEvent, TellingFailed
from tui.answers import outcome_of
from tui.messages import FetchWanted, ReloadWanted
from tui.screens.main.parts.counts import ListCounts
from tui.screens.main.parts.open_article import OpenArticle
from tui.screens.main.state import StatefulScreen
from tui.screens.main.watches import Watches
from tui.widgets.reader import Reader
from tui.words import _, sentence_of

ARRIVALS = 0.25  # seconds in which arrivals are collected before the list looks again
GLANCE = 2.0  # seconds between two looks at what other processes changed


class PollerNews:
    """Brings what is new into the list, without moving what the reader reads."""

    def __init__(
        self,
        screen: StatefulScreen,
        archive: Engine,
        counts: ListCounts,
        open_article: OpenArticle,
        watches: Watches,
    ) -> None:
        self._watches = watches
        self._screen = screen
        self._archive = archive
        self._counts = counts
        self._open_article = open_article
        self._arriving: Timer | None = None

    def take(self, events: Iterable[PollEvent]) -> None:
        """Carry out the poller's events."""
        for event in events:
            if isinstance(event, ArticleStored):
                self._take_stored(event)
            elif isinstance(event, ArticleFetched):
                self._take_fetched(event)
            elif isinstance(event, ArticleSetAside):
                words = f"{event.name}: {sentence_of(event.fault)}"
                self._screen.notify(words, severity="warning", markup=False)
            elif isinstance(event, ArticlesTold):
                self._watches.take(event)
            elif isinstance(event, TellingFailed):
                self._screen.notify(sentence_of(event.fault), severity="warning", markup=False)

    def _take_stored(self, event: ArticleStored) -> None:
        if self._arriving is None:
            self._arriving = self._screen.set_timer(ARRIVALS, self._show_arrivals)
        shown = self._screen.state.article
        if not event.new and shown and shown.id == event.id:
            self._screen.say(_("The article you read was changed; Enter in the list shows the new text."))
            self._open_article.forget()

    def _take_fetched(self, event: ArticleFetched) -> None:
        """Say how the new fetch of an article ended. If the article is in the reader, show its present text."""
        self._screen.say(outcome_of(event))
        if (article := self._screen.query_one(Reader).article) and article.id == event.id:
            self._open_article.forget()
            self._open_article.show(event.id)

    def _show_arrivals(self) -> None:
        self._arriving = None
        self._counts.look_again()

    def look(self) -> None:
        """Show what another process changed: marks of a second dashboard, articles of another poller, the index."""
        if damage := self._archive.damage:
            raise damage
        listing = self._screen.state.listing
        if listing and listing.refresh():
            self._show_arrivals()
        self._watches.look()

    def action_fetch(self) -> None:
        """Ask for the article's text again."""
        if name := self._screen.state.current_id:
            self._screen.post_message(FetchWanted(name))

    def action_reload(self) -> None:
        """Ask the selected article's source now."""
        selected = self._screen.state.selected
        if selected and selected.source:
            self._screen.post_message(ReloadWanted((selected.source,)))

    def action_reload_all(self) -> None:
        """Ask every source now."""
        self._screen.post_message(ReloadWanted())
