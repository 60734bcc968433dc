"""The numbers in the bars: how many articles the filter leaves, where the reader is, how many are unread."""

from textual.timer import Timer

from feeds.archive import Engine
from tui.screens.main.state import StatefulScreen
from tui.widgets.article_list import ArticleList
from tui.widgets.bars.filter_bar import FilterBar
from tui.widgets.bars.status_line import StatusLine

COUNTING = 0.05  # seconds between two slices of a list that is still being counted, each about 0.01


class ListCounts:
    """Brings the numbers up to date, and counts a long list slice by slice while nothing else is to do."""

    def __init__(self, screen: StatefulScreen, archive: Engine) -> None:
        self._screen = screen
        self._archive = archive
        self._counting: Timer | None = None

    def update(self) -> None:
        """Bring every number in the bars up to date."""
        listing = self._screen.state.listing
        total, exact = (listing.total, listing.exact) if listing else (0, True)
        articles, status = self._screen.query_one(ArticleList), self._screen.query_one(StatusLine)
        self._screen.query_one(FilterBar).count(total, articles.above, exact=exact)
        status.position, status.total, status.unread = articles.position[0] + 1, total, self._archive.unread()
        status.exact = exact
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
