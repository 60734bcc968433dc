"""The filter of the main screen: one query, the actions that change it, and the listing that it gives."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from feeds.archive import Archive, Engine
from feeds.config import View
from feeds.errors import FeedError
from feeds.query import Query, parse
from tui.failures import ENDINGS
from tui.filters.reasons import reasons_of_none
from tui.screens.context import ScreenContext
from tui.screens.main.parts.counts import ListCounts
from tui.screens.main.parts.open_article import OpenArticle
from tui.screens.main.parts.panes import Panes
from tui.screens.main.state import StatefulScreen
from tui.widgets.article_list import ArticleList
from tui.widgets.bars.filter_bar import FilterBar
from tui.widgets.bars.view_strip import ViewStrip
from tui.widgets.reader import Reader
from tui.words import _

if TYPE_CHECKING:
    from tui.screens.dialogs.filters import Counted  # the dialog is imported when it is opened

_SLICES = 20  # counted of one query that might help, about a fifth of a second
_OPPOSITES = {"is:unread": "is:read", "is:read": "is:unread"}


class Filtering:
    """Shows the articles that the filter leaves."""

    def __init__(
        self,
        screen: StatefulScreen,
        context: ScreenContext,
        panes: Panes,
        counts: ListCounts,
        open_article: OpenArticle,
    ) -> None:
        self._screen = screen
        self._context = context
        self._panes = panes
        self._counts = counts
        self._open_article = open_article
        self._counted: Counted | None = None  # what the filter screen counted last

    def labels(self, field: str) -> Sequence[tuple[str, int]]:
        """The values that a field of the filter may have, with their numbers of articles."""
        return self._context.archive.names(field)

    def apply(self, query: Query) -> None:
        """Show the articles that the query finds. If it finds more than before, the selected article stays selected."""
        state = self._screen.state
        wider = set(query.terms()) < set(state.query.terms())
        selected = state.selected_id if wider else None
        listing = self._context.archive.listing(query)
        self._screen.state = replace(state, query=query, listing=listing)
        self.name_view()
        articles = self._screen.query_one(ArticleList)
        articles.show(listing, empty=_sentence_of_none([]) if query else "", words=query.words())
        if query and listing.exact and not listing.total:
            self._screen.run_worker(lambda: self._find_reasons(query), thread=True, exclusive=True, group="reasons")
        self._screen.query_one(Reader).search(query.words())
        if selected:
            articles.select(selected)
        self._counts.update()
        self._panes.arrange()

    def name_view(self) -> None:
        """Show the filter in force above the list, with the name of the view that it is."""
        query = self._screen.state.query
        view, rest = view_in(query, self._context.config.views)
        self._screen.query_one(FilterBar).tell(query, view, rest)
        for strip in self._screen.query(ViewStrip):
            strip.current = view

    def _find_reasons(self, query: Query) -> None:
        """Find in a thread, with its own view of the archive, what helps where the query finds nothing."""
        call = self._screen.app.call_from_thread
        try:
            with Archive.open(self._context.archive.path, catch_up=False, make=False) as archive:
                reasons = reasons_of_none(query, archive.names, lambda rest: _count_soon(archive, rest))
        except ENDINGS:
            raise
        except FeedError as failure:
            call(self._screen.complain, failure)
        else:
            call(self._show_reasons, query, reasons)

    def _show_reasons(self, query: Query, reasons: list[str]) -> None:
        if self._screen.state.query is query:
            self._screen.query_one(ArticleList).empty = _sentence_of_none(reasons)

    def follow(self, query: Query, *, final: bool) -> None:
        """Follow the line in which the reader writes the filter. `final` is True when the reader leaves it."""
        if str(query) != str(self._screen.state.query):
            self.apply(query)
        if final:
            self._open_article.go("list")

    def with_toggled(self, field: str, value: str) -> Query:
        """The query with a term added, or without it if it has the term."""
        query = self._screen.state.query
        term, terms = f"{field}:{value}", query.terms()
        if term in terms:
            return self.query_of(" ".join(other for other in terms if other != term))
        kept = " ".join(other for other in terms if other != _OPPOSITES.get(term))
        return self.query_of(kept).with_term(field, value)

    def query_of(self, text: str) -> Query:
        """A query of terms that another query had."""
        return parse(text, self._context.today())

    def add_term(self, field: str, value: str) -> None:
        """Limit the list by one more term."""
        self.apply(self._screen.state.query.with_term(field, value))

    async def action_search(self) -> None:
        """Write the filter."""
        await self.write()

    async def write(self, addition: str | None = "") -> None:
        """Open the filter's line, with `addition` at its end. None opens nothing."""
        if addition is None:
            return
        if not self._screen.state.layout.shows("list"):
            self._open_article.go("list")
        await self._screen.query_one(FilterBar).edit(addition)
        self._panes.arrange()

    def action_unread_only(self) -> None:
        """Show unread articles only, or all again."""
        self.apply(self.with_toggled("is", "unread"))

    def action_starred_only(self) -> None:
        """Show starred articles only, or all again."""
        self.apply(self.with_toggled("is", "starred"))

    def action_today(self) -> None:
        """Show today's articles only, or all again."""
        self.apply(self.with_toggled("date", "today"))

    def action_this_week(self) -> None:
        """Show this week's articles only, or all again."""
        self.apply(self.with_toggled("date", "week"))

    def action_clear_filter(self) -> None:
        """Show all articles again."""
        if self._screen.state.query:
            self.apply(Query(today=self._context.today()))

    def action_drop_term(self) -> None:
        """Take the last term out of the filter."""
        if not self._screen.query_one(FilterBar).drop_term():
            self._screen.say(_("No filter is in force."))

    def action_best_first(self) -> None:
        """Sort a search by the best hits, or by date again."""
        query = self._screen.state.query
        self.apply(query.without("order") if query.order == "rank" else query.with_term("order", "rank"))

    def action_filter(self) -> None:
        """Choose the filter in a dialog. It may answer a term that the reader wants to write by hand."""
        from tui.screens.dialogs.filters import FilterScreen

        context, query = self._context, self._screen.state.query
        screen = FilterScreen(context.archive, query, context.today, self.apply, context.config.views, self._counted)

        async def take(addition: str | None) -> None:
            self._counted = screen.counted
            await self.write(addition)

        self._screen.app.push_screen(screen, take)


def _count_soon(archive: Engine, query: Query) -> int:
    listing = archive.listing(query)
    listing.count_on(_SLICES)
    return listing.total


def _sentence_of_none(reasons: Sequence[str]) -> str:
    """The text of an empty list under a filter: the reason, and the keys that help."""
    keys = _("/ edit the filter   Bksp drop its last term   c show all articles")
    return "\n".join([_("Nothing matches this filter."), *reasons, keys])


def view_in(query: Query, views: Sequence[View]) -> tuple[str, tuple[str, ...]]:
    """The name of the view that has the most terms of a query, and the query's other terms; "" if no view fits."""
    terms, name = query.terms(), ""
    said: tuple[str, ...] = ()
    for view in views:
        wanted = parse(view.query, query.today).terms()
        if len(wanted) > len(said) and set(wanted) <= set(terms):
            name, said = view.name, wanted
    return name, tuple(term for term in terms if term not in said)
