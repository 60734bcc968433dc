"""The desk's filter: one Query, what changes it, and the listing it gives."""

from collections.abc import Callable
from datetime import datetime

from textual import on

from feeds.archive import Archive, Listing, Query
from feeds.archive.query import parse
from feeds.config import Config
from tui.screens.desk.panes import Panes
from tui.widgets.article_list import ArticleList
from tui.widgets.bars.filter_bar import FilterBar
from tui.widgets.bars.status_line import StatusLine
from tui.widgets.reader import Reader
from tui.words import _

_OPPOSITES = {"is:unread": "is:read", "is:read": "is:unread"}


class Filtered(Panes):
    """Panes over the articles that the filter leaves."""

    def __init__(self, archive: Archive, config: Config, now: Callable[[], datetime]) -> None:
        super().__init__(config, now)
        self._archive = archive
        self._query = Query()
        self._listing: Listing | None = None

    @property
    def query_in_force(self) -> Query:
        """What the list shows."""
        return self._query

    def apply(self, query: Query) -> None:
        """Show what the query finds. Where it lets more through, the selected article stays selected."""
        wider = set(query.terms()) < set(self._query.terms())
        selected = self.selected_id if wider else None
        self._query = query
        self._listing = self._archive.listing(query)
        articles = self.query_one(ArticleList)
        empty = _("Nothing matches this filter; c shows all articles again.") if query else ""
        articles.show(self._listing, empty=empty)
        articles.mark_words(query.words())
        self.query_one(Reader).search(query.words())
        if selected:
            articles.select(selected)
        self.count()
        self.fold()

    def count(self) -> None:
        """Bring every number in the bars up to date."""
        total = self._listing.total if self._listing else 0
        articles, status = self.query_one(ArticleList), self.query_one(StatusLine)
        self.query_one(FilterBar).show(self._query, total, articles.above)
        status.position, status.total, status.unread = articles.position[0] + 1, total, self._archive.unread()

    @property
    def selected_id(self) -> str | None:
        """The id of the list's selected article."""
        raise NotImplementedError

    def toggled(self, field: str, value: str) -> Query:
        """The query in force with a term added, or taken out where it stands."""
        term, terms = f"{field}:{value}", self._query.terms()
        if term in terms:
            return self.parsed(" ".join(other for other in terms if other != term))
        kept = " ".join(other for other in terms if other != _OPPOSITES.get(term))
        return self.parsed(kept).with_term(field, value)

    def parsed(self, text: str) -> Query:
        """A query of terms that stood in one before."""
        return parse(text, self.today())

    @on(FilterBar.Changed)
    def _wished(self, event: FilterBar.Changed) -> None:
        if str(event.query) != str(self._query):
            self.apply(event.query)
        if event.final:
            self.go("list")

    @on(FilterBar.Left)
    def _left(self) -> None:
        self.fold()

    async def action_search(self) -> None:
        """Write the filter."""
        await self.write_filter()

    async def write_filter(self, addition: str = "") -> None:
        """Open the filter's line, with `addition` in it."""
        if not self.shows("list"):
            self.go("list")
        await self.query_one(FilterBar).edit(addition)
        self.fold()

    def action_unread_only(self) -> None:
        """Show unread articles only, or all again."""
        self.apply(self.toggled("is", "unread"))

    def action_starred_only(self) -> None:
        """Show starred articles only, or all again."""
        self.apply(self.toggled("is", "starred"))

    def action_today(self) -> None:
        """Show today's articles only, or all again."""
        self.apply(self.toggled("date", "today"))

    def action_this_week(self) -> None:
        """Show this week's articles only, or all again."""
        self.apply(self.toggled("date", "week"))

    def action_clear_filter(self) -> None:
        """Show all articles again."""
        if self._query:
            self.apply(Query(today=self.today()))

    def action_filter(self) -> None:
        """Choose from what there is to filter by."""
        from tui.screens.filters import FilterScreen

        screen = FilterScreen(self._archive, self._query, self.today, self.apply)
        self.app.push_screen(screen, self._chosen)

    async def _chosen(self, addition: str | None) -> None:
        """The filter screen closed; `addition` is a term that it wants to be written by hand."""
        if addition:
            await self.write_filter(addition)
