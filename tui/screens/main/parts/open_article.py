"""The article in reader and plan: the selected one, shown once the selection rests, or the opened one.

Moving in the list shows an article; opening it with Enter, or with n and N while reading, is what marks it read.
"""

from msgspec.structs import replace
from textual.timer import Timer

from feeds.archive import Engine
from feeds.errors import FeedError
from feeds.model import Article
from feeds.query.results import Row
from tui.screens.main.layout import Pane
from tui.screens.main.parts.counts import ListCounts
from tui.screens.main.parts.marking import Marking
from tui.screens.main.parts.panes import Panes
from tui.screens.main.state import StatefulScreen
from tui.widgets.article_list import ArticleList
from tui.widgets.plan_tree import PlanTree
from tui.widgets.reader import Reader
from tui.words import _

# Seconds that the selection rests before its article is shown. A reader who walks through the list presses a key every
# tenth of a second or sooner, and each is answered before any text is drawn; after this pause the reader stops to look.
REST = 0.15
MOST_STEPS = 200  # unread articles that a count passes: each is a question to the archive


class OpenArticle:
    """Puts the selected article into reader and plan, and opens it."""

    def __init__(
        self, screen: StatefulScreen, archive: Engine, panes: Panes, counts: ListCounts, marking: Marking
    ) -> None:
        self._screen = screen
        self._archive = archive
        self._panes = panes
        self._counts = counts
        self._marking = marking
        self._rest: Timer | None = None
        self._trail: list[str] = []  # the articles that were opened, the latest last
        self._place = -1

    def _change(self, article: Article | None) -> None:
        self._screen.state = replace(self._screen.state, article=article)

    def select(self, row: Row | None) -> None:
        """Follow the list's selection."""
        self._screen.state = replace(self._screen.state, selected=row)
        self._counts.update()
        if self._screen.state.pane == "list":
            self._show_soon()

    def show_first(self) -> None:
        """Put the first article into the first picture, without a pause."""
        self._screen.state = replace(self._screen.state, selected=self._screen.query_one(ArticleList).selected)
        self._show_selected(at_once=True)

    def _show_soon(self) -> None:
        if self._rest:
            self._rest.stop()
        self._rest = self._screen.set_timer(REST, self._show_selected)

    def _show_selected(self, *, at_once: bool = False) -> None:
        """Put the selected article into reader and plan, if they are in view."""
        state = self._screen.state
        if state.selected and (state.layout.shows("reader") or state.layout.shows("plan")):
            self.show(state.selected.id, at_once=at_once)
        elif not state.selected:
            self._change(None)
            self._screen.query_one(Reader).show(None)
            self._screen.query_one(PlanTree).show(None)

    def show(self, name: str, *, at_once: bool = False) -> bool:
        """Put an article into reader and plan. If it cannot be read, show the reason and return False."""
        if self._rest:
            self._rest.stop()
        shown = self._screen.state.article
        if shown and shown.id == name:
            return True
        try:
            article, flags = self._archive.get(name), self._archive.flags(name)
        except FeedError as error:
            self._screen.complain(error)
            return False
        self._change(article)
        self._screen.query_one(Reader).show(article, flags, self._archive.duplicates(name))
        if at_once:
            self._screen.query_one(PlanTree).show(article.plan, article.id)
        else:
            # A frame of its own: a key between the two need not wait.
            self._screen.call_after_refresh(self._show_plan, article)
        return True

    def _show_plan(self, article: Article) -> None:
        if self._screen.state.article is article:
            self._screen.query_one(PlanTree).show(article.plan, article.id)

    def read_on_in(self, name: str, pane: Pane) -> None:
        """Show an article and give the keys to a pane, as they were in the last session."""
        if self.show(name):
            self._panes.enter(pane)

    def forget(self) -> None:
        """Read the article from the archive again when it is shown next."""
        self._change(None)

    def go(self, pane: Pane) -> None:
        """Give the keys to a pane. Reader and plan show the selected article."""
        state = self._screen.state
        if pane != "list" and not state.article and state.selected:
            self.show(state.selected.id)
        self._panes.enter(pane)
        if pane == "list":
            self._show_soon()

    def open(self, name: str | None = None) -> bool:
        """Read the selected article, or the one with this id: show it, give the reader the keys, mark it read.

        Return False without an article, or if it cannot be read.
        """
        name = name or self._screen.state.selected_id
        if not name or not self.show(name):
            return False
        self._screen.state = replace(self._screen.state, way_back=None)
        self._panes.enter("reader")
        self._marking.mark_read(name)
        if self._trail[self._place : self._place + 1] != [name]:
            self._trail = [*self._trail[: self._place + 1], name][-MOST_STEPS:]
            self._place = len(self._trail) - 1
        return True

    def action_earlier(self, count: int = 1) -> None:
        """Open the article that was read before, or from the list the one that was read last."""
        self._step(-count if self._screen.state.pane != "list" else 1 - count)

    def action_later(self, count: int = 1) -> None:
        """Open the article that was read after this one."""
        self._step(count)

    def _step(self, step: int) -> None:
        place = self._place + step
        if not 0 <= place < len(self._trail):
            self._screen.say(_("No other article was read in this session."))
            return
        name, self._place = self._trail[place], place
        self._screen.query_one(ArticleList).select(name)
        self._screen.state = replace(self._screen.state, selected=self._screen.query_one(ArticleList).selected)
        self.open(name)

    def action_next_unread(self, count: int = 1) -> None:
        """To the next unread article, or so many further. If the reader is in the text, open it."""
        self._to_unread(1, count)

    def action_previous_unread(self, count: int = 1) -> None:
        """To the unread article before."""
        self._to_unread(-1, count)

    def _to_unread(self, way: int, count: int) -> None:
        articles = self._screen.query_one(ArticleList)
        found = [articles.select_unread(way) for _step in range(min(count, MOST_STEPS))]
        if not found[0]:
            self._screen.say(_("Nothing unread here."))
        elif self._screen.state.pane != "list":
            self._screen.query_one(ArticleList).action_open()

    def pass_hits(self, way: int) -> None:
        """Open the next article of the search at its first hit, or the one before at its last hit (`way` -1)."""
        articles = self._screen.query_one(ArticleList)
        articles.move_to(articles.cursor + way)
        before = self._screen.state.article
        self._screen.state = replace(self._screen.state, selected=articles.selected)
        name = self._screen.state.selected_id
        if not name or (before and name == before.id):
            self._screen.say(_("No further hit."))
            return
        self.open()
        now = self._screen.state.article
        if now and now.id == name:
            self._screen.query_one(Reader).to_hit(0 if way > 0 else -1)

    async def action_read_on(self) -> None:
        """A page down. At the end of an article, open the next unread one."""
        reader, pane = self._screen.query_one(Reader), self._screen.state.pane
        if pane == "reader" and reader.scroll_offset.y >= reader.max_scroll_y:
            self.action_next_unread()
        else:
            await self._screen.app.run_action("page_down", self._panes.widget_of(pane))
