"""A lasting screen over the whole window: a table of the archive under a filter of its own, in one of several orders.

A subclass says which rows there are and in which columns. The filter begins as the one in force. The reader may write
another, which the list of articles does not follow.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.dom import DOMNode
from textual.reactive import reactive
from textual.timer import Timer

from feeds.errors import FeedError
from feeds.query import Query
from tui.commands import Command, bindings_of
from tui.screens.dialogs.dialog import Dialog
from tui.screens.outputs.tables import ExportedTable
from tui.widgets.bars.filter_bar import FilterBar
from tui.widgets.bars.filter_terms import FilterTerms
from tui.widgets.bars.key_line import KeyLine
from tui.widgets.bars.written_line import WrittenLine
from tui.widgets.lists.list_pane import ListPane
from tui.widgets.lists.row_source import RowSource
from tui.widgets.lists.table import RowTable
from tui.words import _, ngettext, sentence_of

T = TypeVar("T")
_GLANCE = 2.0  # seconds between two looks at what the poller has stored
_COUNTING = 0.05  # seconds between two slices of a search that is still being counted


class TableScreen(Dialog[None], ExportedTable, Generic[T]):
    """Rows of the archive in the columns of `TABLE`. `ORDERS` names the orders, each by a key of the catalogue."""

    BINDINGS = bindings_of("table")
    CSS_PATH = [*Dialog.CSS_PATH, Path(__file__).with_name("table_screen.tcss")]  # noqa: RUF012 -- as in Dialog
    ORDERS: ClassVar[Mapping[str, str]] = {}
    TABLE: ClassVar[RowTable[Any]]

    order: reactive[str] = reactive("", init=False)
    """The order of the rows: one of ORDERS."""

    # What a subclass says

    def rows_of(self, query: Query, order: str) -> RowSource[T]:
        """The rows of a query."""
        raise NotImplementedError

    def count_words(self, total: int, exact: bool) -> str:  # noqa: FBT001 -- the one form of CountWords
        """How many rows there are, in words."""
        raise NotImplementedError

    def reason_of_none(self, query: Query) -> str:
        """A sentence for a table without rows: why it is empty, and which keys help."""
        raise NotImplementedError

    # What it shows

    def compose_box(self) -> ComposeResult:
        """The filter and the rows."""
        self.wish = Query()
        self.rows: RowSource[T] | None = None
        self._counting: Timer | None = None
        self._joining = ""  # how many titles are not joined to their documents yet, in words
        self.set_reactive(TableScreen.order, next(iter(self.ORDERS)))
        ambiguous = self.context.config.ambiguous_width
        yield FilterBar(
            self.context.today,
            self.context.archive.names,
            ambiguous=ambiguous,
            title=self.heading(),
            count_words=lambda total, exact: " · ".join(
                filter(None, (self.count_words(total, exact), self._joining, _(self.ORDERS[self.order])))
            ),
        )
        yield ListPane(self.TABLE, ambiguous=ambiguous, clock=self.context.now)

    def on_mount(self) -> None:
        """List the rows of the filter in force, and follow the archive."""
        self.take_filter(self.in_force)
        self.set_interval(_GLANCE, self._look)

    def on_screen_resume(self) -> None:
        """Show what was stored since the screen was closed."""
        self._look()

    def watch_in_force(self, query: Query) -> None:
        """List the rows of another filter."""
        if self.is_mounted and self.query(FilterBar):
            self.take_filter(query)

    def watch_order(self) -> None:
        """List the rows in another order. The selected one stays selected."""
        pane = self.query_one(ListPane)
        selected = pane.selected
        self.show_rows()
        if selected is not None:
            pane.select(pane.table.id_of(selected))

    def take_filter(self, query: Query) -> None:
        """List the rows of a filter. A table has orders of its own."""
        self.wish = Query(query.root, self.context.today())
        self.show_rows()

    def show_rows(self) -> None:
        """List the rows. If the archive cannot list them, show the reason."""
        try:
            self.rows = self.rows_of(self.wish, self.order)
        except FeedError as error:
            self.notify(sentence_of(error.fault), severity="error", markup=False)
            return
        self.query_one(ListPane).show(self.rows, empty=self.reason_of_none(self.wish))
        self._tell()

    def _tell(self) -> None:
        """Bring the bar up to date, and count a long search on."""
        if (rows := self.rows) is None:
            return
        bar = self.query_one(FilterBar)
        waiting = self.context.archive.join_documents(0)
        self._joining = ngettext("joining {n} title", "joining {n} titles", waiting) if waiting else ""
        bar.tell(self.wish)
        bar.count(getattr(rows, "count", rows.total), exact=rows.exact)
        bar.query_one(FilterTerms).refresh()
        if not rows.exact and self._counting is None:
            self._counting = self.set_timer(_COUNTING, self._count_further)

    def _count_further(self) -> None:
        self._counting = None
        self.query_one(ListPane).count_on()
        self._tell()

    def _look(self) -> None:
        """Show what the archive has got, without moving the selected row."""
        if self.is_current and self.rows is not None and self.rows.refresh():
            self.query_one(ListPane).refresh_rows()
            self._tell()

    # The filter and the order

    @on(FilterBar.Changed)
    def _filter_changed(self, event: FilterBar.Changed) -> None:
        if str(event.query) != str(self.wish):
            self.take_filter(event.query)
        if event.final:
            self.set_focus(self.query_one(ListPane))

    @on(WrittenLine.Left)
    def _line_left(self) -> None:
        self.query_one(KeyLine).places = self.PLACES

    async def action_write_filter(self) -> None:
        """Write another filter for the table; the list of articles keeps its own."""
        self.query_one(KeyLine).places = ("line",)
        await self.query_one(FilterBar).edit()

    def action_widen(self) -> None:
        """List the rows of all articles."""
        self.take_filter(Query())

    def action_next_order(self) -> None:
        """Sort by the next column."""
        orders = list(self.ORDERS)
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]

    def action_numbered_order(self, number: str) -> None:
        """Take the order with this number."""
        orders = list(self.ORDERS)
        if int(number) <= len(orders):
            self.order = orders[int(number) - 1]

    def _owner_of(self, command: Command) -> DOMNode:
        return self.query_one(FilterBar) if "line" in command.where else super()._owner_of(command)
