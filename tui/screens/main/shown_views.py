"""The strip of saved views over the list: room for it, the view in force, what is unread and told in each.

The counts are read in a thread with a view of the archive of its own, after the list was drawn.
"""

from collections.abc import Callable

from tui.screens.archive_reading import read_in_thread
from tui.screens.context import ScreenContext
from tui.screens.main.parts.filtering import view_in
from tui.screens.main.state import StatefulScreen
from tui.widgets.bars.filter_bar import FilterBar
from tui.widgets.bars.view_strip import ViewStrip

ROOMY = 30  # lines of window from which the strip is shown
LOOK = 1.0  # seconds between two looks at views, filter and unread articles


class ShownViews:
    """Keeps the strip up to date while nothing else is to do. `told` returns the numbers that watches told, by view."""

    def __init__(self, screen: StatefulScreen, context: ScreenContext, told: Callable[[], dict[str, int]]) -> None:
        self._screen = screen
        self._context = context
        self._told = told
        self._counted: tuple[object, int] | None = None

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
            self._count()

    def _count(self) -> None:
        from tui.screens.dialogs.filters import unread_of_views

        views, today = self._context.config.views, self._context.today()
        read_in_thread(
            self._screen,
            self._context.archive.path,
            lambda archive: unread_of_views(archive, views, today),
            self._take,
            self._screen.complain,
            group="views",
        )

    def _take(self, counts: dict[str, int]) -> None:
        for strip in self._screen.query(ViewStrip):
            strip.unread = counts
