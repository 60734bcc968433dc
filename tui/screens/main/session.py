"""The session: the reader's filter, selection, panes, theme, places and folds are there again after a restart.

They are one value, kept beside the archive. Every second the present one is compared with the kept one, and a thread
writes it if it differs. So a killed dashboard loses the last two seconds at most.
"""

from collections.abc import Callable
from contextlib import suppress
from threading import Lock

from msgspec.structs import replace

from feeds.archive.state import Session, load_session, save_session
from feeds.errors import ArchiveError, QueryError
from feeds.query import Query, parse
from tui.screens.context import ScreenContext
from tui.screens.main.layout import PANES, Pane, PaneLayout
from tui.screens.main.state import MainState, StatefulScreen
from tui.widgets.article_list import ArticleList
from tui.widgets.plan_tree import PlanTree
from tui.widgets.reader import Reader
from tui.words import _

PAUSE = 1.0  # seconds between two comparisons
MOST = 300  # articles whose places are kept, and whose folds


class SessionKeeper:
    """Reads the last session, restores it, and keeps the present one."""

    def __init__(self, screen: StatefulScreen, context: ScreenContext, read: Callable[[str, Pane], None]) -> None:
        self._screen = screen
        self._read = read
        self._context = context
        self._lock = Lock()
        self.failure: ArchiveError | None = None
        """Why the last session cannot be read."""
        try:
            self.kept = load_session(context.archive.path)
        except ArchiveError as failure:
            self.kept, self.failure = Session(), failure
        self.usual_theme = ""
        """The theme that config.toml asks for. The app sets it."""
        self._places = dict(self.kept.places)
        self._folded = dict(self.kept.folded)

    def state(self) -> MainState:
        """The main screen's state at its beginning: the kept filter and panes."""
        kept = self.kept
        layout = PaneLayout(zoomed=kept.zoomed, plan_wish=kept.plan)
        if kept.wide:
            layout = replace(layout, wide=layout.wide.with_share(kept.wide))
        if kept.stacked:
            layout = replace(layout, stacked=layout.stacked.with_share(kept.stacked))
        return MainState(query=self._kept_query(), layout=layout)

    def _kept_query(self) -> Query:
        try:
            return parse(self.kept.query, self._context.today())
        except QueryError:  # another version has written it, or a hand
            return Query()

    def theme(self, usual: str, known: tuple[str, ...]) -> str:
        """The theme that the reader took instead of the usual one, as long as config.toml asks for the same."""
        self.usual_theme = usual
        wish, taken = self.kept.theme
        return taken if wish == self._context.config.theme and taken in known else usual

    def select(self) -> None:
        """Select the kept article; if it is not listed any more, the row at its place."""
        self._screen.query_one(Reader).places = self._places
        self._screen.query_one(PlanTree).kept_folds = self._folded
        articles, kept = self._screen.query_one(ArticleList), self.kept
        if kept.selected and not articles.select(kept.selected) and kept.place > 1:
            articles.move_to(kept.place - 1)

    def begin(self) -> str:
        """After the first frame: give the keys to the kept pane, and keep the session from now on.

        Return a sentence that says where the reader is; "" at the beginning.
        """
        self._screen.set_interval(PAUSE, self.look)
        kept, (index, total) = self.kept, self._screen.query_one(ArticleList).position
        if self.failure:
            self._screen.complain(self.failure)
        pane: Pane = next((pane for pane in PANES if pane == kept.pane), "list")
        if kept.reading and pane != "list":  # the list of unread articles may not have it any more
            self._read(kept.reading, pane)
        listing = self._screen.state.listing
        if not kept.selected or index < 0 or listing is None:
            return ""
        more = "" if listing.exact else "+"
        return _("Back at {place}.").format(place=f"{index + 1}/{total}{more}") if index or kept.query else ""

    def look(self) -> None:
        """Write the session in a thread, if it changed."""
        session = self._session()
        if session != self.kept and self._may_write and not self._lock.locked():
            self.kept = session
            self._screen.run_worker(lambda: self._write(session), thread=True, group="session")

    def end(self) -> None:
        """Keep the session, and that the dashboard ends now."""
        if self._may_write:
            self._write(replace(self._session(), left=self._context.now()))

    @property
    def _may_write(self) -> bool:
        return self._context.archive.view is None and self._context.archive.damage is None

    def _write(self, session: Session) -> None:
        # A disk that refuses it costs only the next session.
        with self._lock, suppress(OSError):
            save_session(self._context.archive.path, session)

    def _session(self) -> Session:
        state = self._screen.state
        layout = state.layout
        lists = self._screen.query(ArticleList)  # none while the app ends
        theme, wish = self._screen.app.theme, self._context.config.theme
        for kept in (self._places, self._folded):
            for name in list(kept)[:-MOST]:
                del kept[name]
        return replace(
            self.kept,
            query=str(state.query),
            selected=state.selected_id or "",
            place=lists.first().position[0] + 1 if lists else self.kept.place,
            pane=layout.pane,
            reading=(state.current_id or "") if layout.pane != "list" else "",
            zoomed=layout.zoomed,
            plan=layout.plan_wish,
            wide=layout.wide.share,
            stacked=layout.stacked.share,
            theme=(wish, theme) if theme != self.usual_theme else ("", ""),
            places=dict(self._places),
            folded=dict(self._folded),
        )
