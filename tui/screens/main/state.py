"""The main screen's state as one value, and the screen that holds it.

The parts of the main screen read the state and put a changed copy in its place. No part keeps a copy of its own.
"""

from msgspec import Struct, field
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen

from feeds.archive import Listing, Undo
from feeds.errors import FeedError
from feeds.model import Article
from feeds.query import Query
from feeds.query.results import Row
from tui.failures import report_failures
from tui.screens.main.layout import Pane, PaneLayout
from tui.words import sentence_of


class WayBack(Struct, frozen=True):
    """The lasting screens from which the reader came to an article, and what the main screen showed under them."""

    article: str
    screens: tuple[str, ...]
    pane: Pane
    before: str
    line: int


class MainState(Struct, frozen=True, eq=False):
    """Everything that the main screen shows. Two states are compared by identity, because articles are large."""

    query: Query = field(default_factory=Query)
    listing: Listing | None = None
    """The articles that the query finds; None before the first query."""
    selected: Row | None = None
    """The list's selected row."""
    article: Article | None = None
    """The article in reader and plan. None also means: read it from the archive again."""
    layout: PaneLayout = field(default_factory=PaneLayout)
    way_back: "WayBack | None" = None
    """Where one step back leads from the article in reader and plan; None: to the list."""
    undos: tuple[tuple[tuple[Undo, ...], str], ...] = ()
    """The steps that can be undone, the latest last: the marks of each in their order, and a sentence about it."""

    @property
    def pane(self) -> Pane:
        """The pane that has the keys."""
        return self.layout.pane

    @property
    def screens_behind(self) -> tuple[str, ...]:
        """The lasting screens to which one step back leads from where the reader is."""
        way = self.way_back
        there = way and self.pane != "list" and self.article and self.article.id == way.article
        return way.screens if way and there else ()

    @property
    def selected_id(self) -> str | None:
        """The id of the list's selected article."""
        return self.selected.id if self.selected else None

    @property
    def current_id(self) -> str | None:
        """The id of the article that a command is meant for: the one being read, else the selected one."""
        return self.article.id if self.pane != "list" and self.article else self.selected_id


class StatefulScreen(Screen[None]):
    """A screen with one state. It shows sentences and failures in its lowest line."""

    state: reactive[MainState] = reactive(MainState, init=False, repaint=False)

    def __init__(self) -> None:
        super().__init__()
        self._resumed = False

    def say(self, words: str) -> None:
        """Show a sentence for a moment."""
        self.notify(words, markup=False, timeout=3)

    def complain(self, error: FeedError) -> None:
        """Show why an action failed."""
        self.notify(sentence_of(error.fault), severity="error", markup=False)

    async def _dispatch_message(self, message: Message) -> None:
        """Pass a message to its handler. Show an expected failure, and go on."""
        hand_over = super()._dispatch_message
        await report_failures(lambda: hand_over(message), self.complain)

    def update_node_styles(self, animate: bool = True) -> None:  # noqa: FBT001, FBT002 -- Textual's signature
        """Style every widget again, except before the first frame: each was styled when it was mounted."""
        if self._resumed:
            super().update_node_styles(animate)

    def on_screen_resume(self) -> None:
        """Allow new styles from now on: the first frame is drawn."""
        self.call_next(self._resume)

    def _resume(self) -> None:
        self._resumed = True
