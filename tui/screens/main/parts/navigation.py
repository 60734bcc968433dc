"""The keys between the panes: to a neighbour, one step back, and out."""

from msgspec.structs import replace
from textual.geometry import Size
from textual.timer import Timer

from feeds.model import Span
from tui.messages import ScreensWanted
from tui.screens.main.parts.changes import Changes
from tui.screens.main.parts.filtering import Filtering
from tui.screens.main.parts.open_article import OpenArticle
from tui.screens.main.parts.panes import Panes
from tui.screens.main.state import StatefulScreen, WayBack
from tui.widgets.article_list import ArticleList
from tui.widgets.reader import Reader
from tui.words import _

AGAIN = 3.0  # seconds in which the second press of q quits


class Navigation:
    """Moves the keys from pane to pane, and leaves."""

    def __init__(
        self,
        screen: StatefulScreen,
        panes: Panes,
        open_article: OpenArticle,
        filtering: Filtering,
        changes: Changes,
    ) -> None:
        self._screen = screen
        self._panes = panes
        self._open_article = open_article
        self._filtering = filtering
        self._changes = changes
        self._leaving: Timer | None = None

    def resize(self, size: Size) -> None:
        """Take the layout that a window of this size asks for."""
        self._panes.resize(size)
        layout = self._panes.layout
        if layout.pane == "plan" and not layout.plan_shown:
            self._open_article.go("reader")
        self._panes.arrange()

    def action_pane_right(self) -> None:
        """To the pane on the right. If the list stands alone, open the article."""
        layout = self._panes.layout
        if layout.alone and layout.pane == "list":
            self._open_article.open()
        else:
            self._open_article.go(layout.neighbour(1))

    def open_place(self, article: str, span: Span | None, screens: tuple[str, ...]) -> None:
        """Open an article at a part of its text. One step back leads to `screens`, from which the reader came."""
        state, reader = self._screen.state, self._screen.query_one(Reader)
        before = state.article.id if state.article else ""
        way = WayBack(article, screens, state.pane, before, reader.cursor)
        if self._open_article.open(article):
            self._screen.state = replace(self._screen.state, way_back=way)
            # The page of a pane that was hidden is set in the next frame.
            self._screen.call_after_refresh(reader.mark, span)

    def go_back(self) -> bool:
        """Open the screens from which the reader came, over what stood under them. Return False without such ones."""
        state, way = self._screen.state, self._screen.state.way_back
        if not state.screens_behind or way is None:
            return False
        self._screen.state = replace(state, way_back=None)
        self._screen.query_one(Reader).mark(None)
        if way.pane != "list" and self._open_article.show(way.before):
            self._panes.enter(way.pane)
            self._screen.call_after_refresh(self._screen.query_one(Reader).move_to, way.line)
        else:
            self._open_article.go("list")
        self._screen.post_message(ScreensWanted(way.screens))
        return True

    def action_pane_left(self) -> None:
        """To the pane on the left; from the text of an article that another screen opened, back to that screen."""
        if self._panes.layout.pane == "reader" and self.go_back():
            return
        self._open_article.go(self._panes.layout.neighbour(-1))

    def action_next_pane(self) -> None:
        """To the next pane, from the last to the first."""
        self._open_article.go(self._panes.layout.neighbour(1, around=True))

    def action_previous_pane(self) -> None:
        """To the pane before, from the first to the last."""
        self._open_article.go(self._panes.layout.neighbour(-1, around=True))

    def action_plan(self) -> None:
        """Show or hide the plan. If one pane stands alone, go to the plan or leave it."""
        layout = self._panes.layout
        if layout.alone:
            self._open_article.go("reader" if layout.pane == "plan" else "plan")
            return
        wish = not layout.plan_shown
        self._panes.layout = replace(layout, plan_wish=wish)
        if layout.pane == "plan" and not wish:
            self._open_article.go("reader")
        self._panes.arrange()

    def action_zoom(self) -> None:
        """Give the window to one pane, or back."""
        layout = self._panes.layout
        self._panes.layout = replace(layout, zoomed=not layout.zoomed)
        self._open_article.go(layout.pane)

    def _left_comparison(self) -> bool:
        """Leave the comparison of versions for the article itself. Return False outside of one."""
        return self._panes.layout.pane == "reader" and self._changes.leave()

    def _ended_range(self) -> bool:
        """End a range of the list, if the reader is there. Return whether there was one."""
        articles = self._screen.query_one(ArticleList)
        if self._panes.layout.pane != "list" or not articles.range.end():
            return False
        articles.redraw()
        return True

    async def action_back(self) -> None:
        """One step back: out of zoom or comparison; to the screen that opened the article; to the list; out."""
        layout = self._panes.layout
        if self._ended_range():
            return
        if layout.zoomed:
            self.action_zoom()
        elif self._left_comparison() or self.go_back():
            return
        elif layout.pane == "list":
            await self.action_leave()
        else:
            self._open_article.go("reader" if layout.pane == "plan" and layout.alone else "list")

    async def action_leave(self) -> None:
        """Leave zhengwen, if the key is pressed once more soon after."""
        if self._leaving:
            await self._screen.app.action_quit()
            return
        self._leaving = self._screen.set_timer(AGAIN, self._stay)
        self._screen.notify(_("Press q again to quit."), timeout=AGAIN, markup=False)

    def _stay(self) -> None:
        self._leaving = None

    def action_escape(self) -> None:
        """Back to the list, or to the screen that opened the article. In the list, clear the filter."""
        layout = self._panes.layout
        if self._ended_range():
            return
        if layout.zoomed:
            self.action_zoom()
        elif self._left_comparison() or self.go_back():
            return
        elif layout.pane == "list":
            self._filtering.action_clear_filter()
        else:
            self._open_article.go("list")
