"""The main screen's filter: one Query, what changes it, and the listing it gives."""

from collections.abc import Callable, Sequence
from datetime import datetime

from textual import events, on
from textual.timer import Timer

from feeds.archive import Engine, Listing
from feeds.config import Config, View
from feeds.query import Query, parse
from tui.screens.main.panes import Panes
from tui.widgets.article_list import ArticleList
from tui.widgets.bars.filter_bar import FilterBar
from tui.widgets.bars.status_line import StatusLine
from tui.widgets.bars.written_line import WrittenLine
from tui.widgets.reader import Reader
from tui.words import _

COUNTING = 0.05  # seconds between two slices of a list that is still being counted, each about 0.01
_OPPOSITES = {"is:unread": "is:read", "is:read": "is:unread"}


class Filtered(Panes):
    """Panes over the articles that the filter leaves."""

    def __init__(self, archive: Engine, config: Config, now: Callable[[], datetime]) -> None:
        super().__init__(config, now)
        self._archive = archive
        self._query = Query()
        self._view = ""
        self._listing: Listing | None = None
        self._counting: Timer | None = None

    def labels(self, field: str) -> Sequence[tuple[str, int]]:
        """What a field of the filter may hold, with numbers of articles."""
        return self._archive.names(field)

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
        self._view, rest = view_in(query, self._config.views)
        self.query_one(FilterBar).tell(query, self._view, rest)
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
        total, exact = (self._listing.total, self._listing.exact) if self._listing else (0, True)
        articles, status = self.query_one(ArticleList), self.query_one(StatusLine)
        self.query_one(FilterBar).count(total, articles.above, exact=exact)
        status.position, status.total, status.unread = articles.position[0] + 1, total, self._archive.unread()
        status.exact = exact
        if not exact and self._counting is None:
            self._counting = self.set_timer(COUNTING, self._count_on)

    def _count_on(self) -> None:
        """Count the list a little further while nothing else is to do."""
        self._counting = None
        self.query_one(ArticleList).count_on()
        self.count()

    def say(self, words: str) -> None:
        """Tell the reader something in passing."""
        self.notify(words, markup=False, timeout=3)

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

    @on(WrittenLine.Left)
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

    def action_best_first(self) -> None:
        """Order a search by how well it is met, or by date again."""
        if self._query.order == "rank":
            self.apply(self._query.without("order"))
        else:
            self.apply(self._query.with_term("order", "rank"))

    def action_views(self) -> None:
        """Choose a saved view."""
        from tui.screens.views import ViewsScreen

        self.app.push_screen(ViewsScreen(self._config, self._view), self.show_view)

    def action_numbered_view(self, number: str) -> None:
        """Show the view with this number."""
        if int(number) <= len(self._config.views):
            self.show_view(self._config.views[int(number) - 1].name)
        else:
            self.say(_("There is no view {number}; v shows what there is.").format(number=number))

    def on_key(self, event: events.Key) -> None:
        """A key that a view was given, where no command has it."""
        view = self._config.view_with_key(event.character)
        if view and event.key not in self.active_bindings and not self.line_written:
            event.stop()
            self.show_view(view.name)

    def show_view(self, name: str | None) -> None:
        """Show what a view finds, in the list."""
        if name is not None:
            self.apply(self.parsed(self._config.view(name).query))
            self.go("list")

    def action_filter(self) -> None:
        """Choose from what there is to filter by."""
        from tui.screens.filters import FilterScreen

        screen = FilterScreen(self._archive, self._query, self.today, self.apply)
        self.app.push_screen(screen, self._chosen)

    async def _chosen(self, addition: str | None) -> None:
        """The filter screen closed; `addition` is a term that it wants to be written by hand."""
        if addition:
            await self.write_filter(addition)


def view_in(query: Query, views: Sequence[View]) -> tuple[str, tuple[str, ...]]:
    """The name of the view that says most of a query, "" if none does, and the query's terms that it does not say."""
    terms, name = query.terms(), ""
    said: tuple[str, ...] = ()
    for view in views:
        wanted = parse(view.query, query.today).terms()
        if len(wanted) > len(said) and set(wanted) <= set(terms):
            name, said = view.name, wanted
    return name, tuple(term for term in terms if term not in said)
