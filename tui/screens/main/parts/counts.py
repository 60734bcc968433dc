"""The numbers in the bars: how many articles the filter leaves, where the reader is, how many are unread."""

from collections.abc import Callable
from datetime import datetime

from textual.timer import Timer

from feeds.archive import Engine
from tui.polling.reasons import empty_reason
from tui.polling.status import PollingStatus
from tui.screens.main.state import StatefulScreen
from tui.widgets.article_list import ArticleList
from tui.widgets.bars.filter_bar import FilterBar
from tui.widgets.bars.status_line import StatusLine

COUNTING = 0.05  # seconds between two slices of a list that is still being counted, each about 0.01


class ListCounts:
    """Brings the numbers up to date, and counts a long list slice by slice while nothing else is to do."""

    def __init__(self, screen: StatefulScreen, archive: Engine, now: Callable[[], datetime]) -> None:
        self._screen = screen
        self._now = now
        self._archive = archive
        self._counting: Timer | None = None
        self._status = PollingStatus()

    def take_status(self, status: PollingStatus) -> None:
        """Take the status of poller and sources: it says why an archive has no articles."""
        self._status = status
        for line in self._screen.query(StatusLine):  # there is no line before the first frame and after the last
            line.status = status
            self._explain()

    def _explain(self) -> None:
        """Say in a list without articles why it has none. Under a filter the filter says it."""
        listing = self._screen.state.listing
        if listing is not None and listing.exact and not listing.total and not self._screen.state.query:
            self._screen.query_one(ArticleList).empty = empty_reason(self._status, self._now())

    def update(self) -> None:
        """Bring every number in the bars up to date."""
        listing = self._screen.state.listing
        total, exact = (listing.total, listing.exact) if listing else (0, True)
        articles, status = self._screen.query_one(ArticleList), self._screen.query_one(StatusLine)
        self._screen.query_one(FilterBar).count(total, articles.above, exact=exact)
        status.position, status.total, status.unread = articles.position[0] + 1, total, self._archive.unread()
        status.exact = exact
        self._explain()
        if not exact and self._counting is None:
            self._counting = self._screen.set_timer(COUNTING, self._count_further)

    def _count_further(self) -> None:
        self._counting = None
        self._screen.query_one(ArticleList).count_on()
        self.update()

    def look_again(self) -> None:
        """Ask the listing again for its rows, and bring list and numbers up to date."""
        self._screen.query_one(ArticleList).refresh_rows()
        self.update()
