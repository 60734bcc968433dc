"""The calendar: how much is due in each year, half-year or month, or of each agency, as bars of which one is chosen.

Over the bars stand what is overdue, due in this quarter, and in the next. Choosing a bar lists its targets and goals.
"""

from collections.abc import Sequence
from typing import cast

from textual import on

from feeds.archive import TableListing
from feeds.export.rowtext import TableForm
from feeds.query import Query
from feeds.targets import DueBy, TargetRow
from tui.commands import bindings_of
from tui.messages import ScreensWanted
from tui.screens.context import ScreenContext
from tui.screens.table_screen import TableScreen
from tui.widgets.lists.due_table import (
    BAR_COLUMNS,
    DUE_BARS,
    GOAL,
    TARGET,
    DueBar,
    bar_cells,
    bar_json,
    bars_of,
    before,
    on_one_scale,
    present_bars,
)
from tui.widgets.lists.fixed_rows import FixedRows
from tui.widgets.lists.list_pane import ListPane
from tui.widgets.lists.row_source import RowSource
from tui.words import N_, _, ngettext


class CalendarScreen(TableScreen[DueBar]):
    """Bars for what the articles of the filter in force promise."""

    PLACES = ("calendar", "table", "rows", "dialog")
    BINDINGS = bindings_of("calendar")
    TABLE = DUE_BARS
    FORM = TableForm(DueBar, BAR_COLUMNS, lambda row, _today: bar_cells(row), lambda row, _today: bar_json(row))
    ORDERS = {  # noqa: RUF012 -- TableScreen says that it belongs to the class
        "year": N_("by year"),
        "half": N_("by half-year"),
        "month": N_("by month"),
        "agency": N_("by agency"),
    }

    def heading(self) -> str:
        """The title, which stands in the bar of the filter."""
        return _("Calendar")

    def rows_of(self, query: Query, order: str) -> RowSource[DueBar]:
        """The bars of a query."""
        return DueRows(self.context, query, cast("DueBy", order))

    def show_rows(self) -> None:
        """Show the bars; select the first one, which stands below a heading."""
        super().show_rows()
        self.query_one(ListPane).move_to(1)

    def count_words(self, total: int, exact: bool) -> str:  # noqa: FBT001, ARG002 -- the one form of CountWords
        """How many targets and goals are due."""
        return ngettext("{n} due", "{n} due", total)

    def reason_of_none(self, query: Query) -> str:
        """The reason why nothing is due, and which keys help."""
        if query:
            return _("No article of this filter states a time by which something is due; c counts all articles.")
        return _("No article states a time by which something is due yet; q leads back.")

    @on(ListPane.RowOpened)
    def _bar_chosen(self, event: ListPane.RowOpened) -> None:
        if isinstance(event.row, DueBar) and event.row.most:
            self.post_message(ScreensWanted(("targets",), event.row.query_of(self.wish)))

    def action_list_bar(self) -> None:
        """List the targets and goals of the selected bar."""
        self.query_one(ListPane).action_choose()


class DueRows(FixedRows[DueBar]):
    """The bars of a query. They are counted again when the archive has changed."""

    def __init__(self, context: ScreenContext, query: Query, by: DueBy) -> None:
        self._context = context
        self._query = query
        self._by = by
        self._listing: TableListing[TargetRow] = context.archive.targets(query)
        self.count = 0
        """How many targets and goals have a deadline."""
        super().__init__(lambda bar: bar.key, self._counted_bars())

    def refresh(self) -> bool:
        """Count again if the archive has changed; return whether it has."""
        if not self._listing.refresh():
            return False
        self.rows = self._counted_bars()
        return super().refresh()

    def _counted_bars(self) -> Sequence[DueBar]:
        archive, today = self._context.archive, self._context.today()
        late = self._query.and_also(before(today))
        months, late_months = archive.due_counts(self._query, "month"), archive.due_counts(late, "month")
        counts, late_counts = months, late_months
        if self._by != "month":
            counts, late_counts = archive.due_counts(self._query, self._by), archive.due_counts(late, self._by)
        self.count = sum(count.total for count in months)
        if not self.count:
            return ()
        signs = _("{target} targets  {goal} goals").format(target=TARGET, goal=GOAL)
        return on_one_scale(
            [
                (f"{_('Now')}   {signs}", present_bars(months, late_months, today)),
                (_(CalendarScreen.ORDERS[self._by]), bars_of(counts, late_counts, self._by, today)),
            ]
        )
