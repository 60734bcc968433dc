"""What stands in the reader and the plan: the selected article, shown once the selection rests, or opened.

Moving in the list shows an article; opening it with Enter, or with n and N while reading, is what marks it read.
"""

from collections.abc import Callable
from datetime import datetime

from textual import on
from textual.message import Message
from textual.timer import Timer

from feeds.archive import Engine
from feeds.config import Config
from feeds.errors import FeedError
from feeds.model import Article
from tui.failures import report_failures
from tui.screens.main.filtering import Filtered
from tui.screens.main.panes import Pane
from tui.widgets.article_list import ArticleList
from tui.widgets.plan_tree import PlanTree
from tui.widgets.reader import Reader
from tui.widgets.rows import Row
from tui.words import _, sentence_of

# Seconds that the selection rests before its article is shown. Whoever walks through the list presses a key every tenth
# of a second or sooner, and each is answered before any text is drawn; after this pause the reader has stopped to look.
REST = 0.15
AGAIN = 3.0  # seconds in which q is pressed once more


class Reading(Filtered):
    """Panes that show the selected article."""

    def __init__(self, archive: Engine, config: Config, now: Callable[[], datetime]) -> None:
        super().__init__(archive, config, now)
        self._selected: Row | None = None
        self._shown: Article | None = None
        self._rest: Timer | None = None
        self._leaving: Timer | None = None

    async def _dispatch_message(self, message: Message) -> None:
        """Hand a message to its handler; what fails as it may is said, and the main screen goes on."""
        hand_over = super()._dispatch_message
        await report_failures(lambda: hand_over(message), self.complain)

    def complain(self, error: FeedError) -> None:
        """Say why what the reader asked for could not be done."""
        self.notify(sentence_of(error.fault), severity="error", markup=False)

    def mark_read(self, name: str) -> None:
        """Mark an article that was opened."""
        raise NotImplementedError

    @property
    def selected_id(self) -> str | None:
        """The id of the list's selected article."""
        return self._selected.id if self._selected else None

    @on(ArticleList.ArticleSelected)
    def _moved(self, event: ArticleList.ArticleSelected) -> None:
        self._selected = event.row
        self.count()
        if self.pane == "list":
            self._show_soon()

    @on(ArticleList.ArticleOpened)
    def _chosen_article(self, event: ArticleList.ArticleOpened) -> None:
        self._selected = event.row
        self.action_open()

    def show_first(self) -> None:
        """Put the first article into the first picture, which waits for no rest."""
        self._selected = self.query_one(ArticleList).selected
        self._show_selected(at_once=True)

    def _show_soon(self) -> None:
        if self._rest:
            self._rest.stop()
        self._rest = self.set_timer(REST, self._show_selected)

    def _show_selected(self, *, at_once: bool = False) -> None:
        """Put the selected article into reader and plan, where they are in view."""
        if self._selected and (self.shows("reader") or self.shows("plan")):
            self._show(self._selected.id, at_once=at_once)
        elif not self._selected:
            self._shown = None
            self.query_one(Reader).show(None)
            self.query_one(PlanTree).show(None)

    def _show(self, name: str, *, at_once: bool = False) -> bool:
        if self._rest:
            self._rest.stop()
        if self._shown and self._shown.id == name:
            return True
        try:
            article, flags = self._archive.get(name), self._archive.flags(name)
        except FeedError as error:
            self.complain(error)
            return False
        self._shown = article
        self.query_one(Reader).show(article, flags, self._archive.duplicates(name))
        if at_once:
            self.query_one(PlanTree).show(article.plan)
        else:
            self.call_after_refresh(self._show_plan, article)  # a frame of its own: a key between the two need not wait
        return True

    def _show_plan(self, article: Article) -> None:
        if self._shown is article:
            self.query_one(PlanTree).show(article.plan)

    def go(self, pane: Pane) -> None:
        """Give the keys to a pane; text and plan are those of the selected article."""
        if pane != "list" and not self._shown and self._selected:
            self._show(self._selected.id)
        super().go(pane)
        if pane == "list":
            self._show_soon()

    def action_open(self) -> None:
        """Read the selected article: show it, give the reader the keys, mark it read."""
        if self._selected and self._show(self._selected.id):
            name = self._selected.id
            super().go("reader")
            self.mark_read(name)

    def action_pane_right(self) -> None:
        """To the pane on the right; where the list stands alone, that is to open the article."""
        if self.alone and self.pane == "list":
            self.action_open()
        else:
            super().action_pane_right()

    def action_next_unread(self) -> None:
        """To the next unread article; one that is being read gives way to it."""
        self._to_unread(self.query_one(ArticleList).next_unread)

    def action_previous_unread(self) -> None:
        """To the unread article before."""
        self._to_unread(self.query_one(ArticleList).previous_unread)

    @on(Reader.HitsPassed)
    def _hits_passed(self, event: Reader.HitsPassed) -> None:
        """On to the next article of the search, to its first hit; or back to the last hit of the one before."""
        articles = self.query_one(ArticleList)
        articles.move_to(articles.cursor + event.way)
        self._selected = articles.selected
        if not self._selected or (self._shown and self._selected.id == self._shown.id):
            self.say(_("No further hit."))
            return
        self.action_open()
        if self._shown and self._shown.id == self._selected.id:
            self.query_one(Reader).to_hit(0 if event.way > 0 else -1)

    def _to_unread(self, step: Callable[[], bool]) -> None:
        if not step():
            self.say(_("Nothing unread here."))
        elif self.pane != "list":
            self.query_one(ArticleList).action_open()

    async def action_read_on(self) -> None:
        """A page down; at the end of an article to the next unread one."""
        reader = self.query_one(Reader)
        if self.pane == "reader" and reader.scroll_offset.y >= reader.max_scroll_y:
            self.action_next_unread()
        else:
            await self.app.run_action("page_down", self.widget_of(self.pane))

    @on(PlanTree.NodeSelected)
    def _node_passed(self, event: PlanTree.NodeSelected) -> None:
        self.query_one(Reader).mark(event.span)

    @on(PlanTree.NodeChosen)  # which is a NodeSelected too
    def _node_chosen(self) -> None:
        if self.alone:
            self.go("reader")

    @on(Reader.PlaceChanged)
    def _reader_moved(self, event: Reader.PlaceChanged) -> None:
        self.query_one(PlanTree).highlight(event.p, event.start, event.end)

    async def action_back(self) -> None:
        """One step back: from zoom, from plan and text to the list, from the list out."""
        if self._zoomed:
            self.action_zoom()
        elif self.pane == "list":
            await self.action_leave()
        else:
            self.go("reader" if self.pane == "plan" and self.alone else "list")

    async def action_leave(self) -> None:
        """Leave zhengwen, if the key is pressed once more soon after."""
        if self._leaving:
            await self.app.action_quit()
            return
        self._leaving = self.set_timer(AGAIN, self._stay)
        self.notify(_("Press q again to quit."), timeout=AGAIN, markup=False)

    def _stay(self) -> None:
        self._leaving = None

    def action_escape(self) -> None:
        """Back to the list; there, the filter goes."""
        if self._zoomed:
            self.action_zoom()
        elif self.pane == "list":
            self.action_clear_filter()
        else:
            self.go("list")
