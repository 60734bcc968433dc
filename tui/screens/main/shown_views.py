"""The strip of saved views over the list: room for it, the view in force, what is unread and told in each.

The counts are read in a thread with a view of the archive of its own, after the list was drawn: only those in sight, a
few at a time, and while no key comes. So many views, or a poller that stores much, slow no key.
"""

import time
from collections.abc import Callable

from feeds.errors import FeedError
from tui.screens.archive_reading import read_in_thread
from tui.screens.context import ScreenContext
from tui.screens.main.parts.filtering import view_in
from tui.screens.main.state import StatefulScreen
from tui.widgets.bars.filter_bar import FilterBar
from tui.widgets.bars.view_strip import ViewStrip

ROOMY = 30  # lines of window from which the strip is shown
LOOK = 1.0  # seconds between two looks at views, filter and unread articles
QUIET = 1.0  # seconds without a key after which views are counted
BUDGET = 0.1  # seconds of counting at a look, and one view more


class ShownViews:
    """Keeps the strip up to date while nothing else is to do. `told` returns the numbers that watches told, by view."""

    def __init__(self, screen: StatefulScreen, context: ScreenContext, told: Callable[[], dict[str, int]]) -> None:
        self._screen = screen
        self._context = context
        self._told = told
        self._counted: tuple[object, int] | None = None
        self._pending: dict[str, None] = {}  # the views to count, by name
        self._counting = False

    def begin(self) -> None:
        """Look from now on."""
        self._screen.set_interval(LOOK, self.look)

    def look(self) -> None:
        """Show the strip where there is room and a view. Count again if views or unread articles changed."""
        views = tuple(self._context.config.views)
        strip = next(iter(self._screen.query(ViewStrip)), None)
        has_room = bool(views) and self._screen.app.size.height >= ROOMY
        if strip is None:
            if has_room:
                strip = ViewStrip(self._context.config.ambiguous_width)
                self._screen.query_one("#list-pane").mount(strip, after=self._screen.query_one(FilterBar))
            else:
                return
        if strip.display != has_room:
            strip.display = has_room
        strip.views, strip.query_in_force = views, self._screen.state.query
        strip.told = self._told()
        strip.current = view_in(self._screen.state.query, views)[0]
        now = (views, self._context.archive.unread())
        if has_room and now != self._counted:
            self._counted = now
            self._pending |= dict.fromkeys(view.name for view in views)
        if has_room and self._pending and not self._counting:
            self._count(strip)

    def _count(self, strip: ViewStrip) -> None:
        """Count some views that are in sight, if no key came lately. The next look goes on with the others."""
        from tui.screens.dialogs.filters import count_some

        begin = time.monotonic()
        if begin - self._context.last_key < QUIET:
            return
        in_sight = {view.name: view for view in strip.views[: len(strip.parts()) + 1]}
        views = [in_sight[name] for name in self._pending if name in in_sight]
        if not views:
            return
        self._counting = True
        today = self._context.today()
        read_in_thread(
            self._screen,
            self._context.archive.path,
            lambda archive: count_some(archive, views, today, lambda: self._must_stop(begin)),
            self._take,
            self._complain,
            group="views",
        )

    def _must_stop(self, begin: float) -> bool:
        return self._context.last_key > begin or time.monotonic() - begin > BUDGET

    def _take(self, counts: dict[str, int]) -> None:
        self._counting = False
        for name in counts:
            self._pending.pop(name, None)
        for strip in self._screen.query(ViewStrip):
            strip.unread = {**strip.unread, **counts}

    def _complain(self, failure: FeedError) -> None:
        self._counting = False
        self._pending.clear()
        self._screen.complain(failure)
