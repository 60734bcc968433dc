"""The targets screen: a row for each target and goal of the articles that a filter leaves, with its sentence.

By deadline the rows stand in groups, a year each. Enter opens the article at the sentence, and back leads to the row.
"""

from collections.abc import Sequence
from typing import cast

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.reactive import reactive
from textual.timer import Timer
from textual.widgets import Static

from feeds.archive import TargetSort
from feeds.errors import FeedError
from feeds.export.rowtext import TableForm
from feeds.model import BEIJING, Article, Target
from feeds.query import Query
from feeds.targets import COLUMNS, TargetRow, TargetStatement, row_cells, target_row_json
from tui.commands import bindings_of
from tui.messages import PlaceWanted
from tui.outside.clipboard import copy_text
from tui.screens.table_screen import TableScreen
from tui.text import sentence_around, wrap
from tui.widgets.layout.outline import figure_of
from tui.widgets.lists.grouped_rows import GroupedRows, Heading
from tui.widgets.lists.list_pane import ListPane
from tui.widgets.lists.row_source import RowSource
from tui.widgets.lists.target_table import TARGETS, name_of
from tui.words import N_, _, ngettext, sentence_of

_REST = 0.15  # seconds that the cursor rests before its sentence is read from the archive


class TargetsScreen(TableScreen[TargetRow | Heading]):
    """Targets and goals of the filter in force."""

    PLACES = ("targets", "table", "rows", "dialog")
    BINDINGS = bindings_of("targets")
    CSS = """
    TargetsScreen #sentence {
        display: none; height: auto; max-height: 50%; padding: 0 1; border-top: solid $primary; background: $surface;
    }
    """
    TABLE = TARGETS
    FORM = TableForm(TargetRow, COLUMNS, lambda row, _today: row_cells(row), lambda row, _today: target_row_json(row))
    ORDERS = {  # noqa: RUF012 -- TableScreen says that it belongs to the class
        "deadline": N_("by deadline"),
        "value": N_("by value"),
        "agency": N_("by agency"),
        "document": N_("by document"),
        "date": N_("newest first"),
    }

    reading: reactive[bool] = reactive(default=False, init=False)
    """Whether the sentence of the selected row stands below the rows."""

    def heading(self) -> str:
        """The title, which stands in the bar of the filter."""
        return _("Targets")

    def compose_box(self) -> ComposeResult:
        """The filter and the rows, then the sentence of the selected row."""
        self._statement = 0  # which of the row's statements is read, copied and opened
        self._rest: Timer | None = None
        yield from super().compose_box()
        yield Static(id="sentence")

    # The rows

    def rows_of(self, query: Query, order: str) -> RowSource[TargetRow | Heading]:
        """The targets and goals; by deadline in years, behind them those for which no time is given."""
        archive = self.context.archive
        listing = archive.targets(query, cast("TargetSort", order))

        def years() -> Sequence[Heading]:
            counts = [Heading(count.label, count.total) for count in archive.due_counts(query, "year")]
            return [*counts, Heading("", listing.total - sum(year.count for year in counts))]

        return GroupedRows(listing, years) if order == "deadline" else listing

    def show_rows(self) -> None:
        """List the rows; select the first one, which stands below a heading."""
        super().show_rows()
        pane = self.query_one(ListPane)
        if isinstance(pane.selected, Heading):
            pane.move_to(1)

    def count_words(self, total: int, exact: bool) -> str:  # noqa: FBT001 -- the one form of CountWords
        """How many targets and goals there are."""
        if exact:
            return ngettext("{n} target", "{n} targets", total)
        return ngettext("{n}+ target", "{n}+ targets", total)

    def reason_of_none(self, query: Query) -> str:
        """The reason why there is no target, and which keys help."""
        if query:
            return _("No article of this filter states a target or a goal; c lists those of all articles.")
        return _("No article states a target or a goal yet; q leads back.")

    @on(ListPane.RowOpened)
    def _row_opened(self, event: ListPane.RowOpened) -> None:
        if isinstance(event.row, TargetRow):
            statement = self._statement_of(event.row)
            self.post_message(PlaceWanted(statement.article, statement.span))
        elif isinstance(event.row, Heading) and event.row.name:
            self.take_filter(self.wish.with_term("due", event.row.name))

    def action_open_place(self) -> None:
        """Open the article of the selected row at its sentence."""
        self.query_one(ListPane).action_choose()

    # The sentence

    @property
    def _row(self) -> TargetRow | None:
        """The selected row; None on a heading and in an empty table."""
        selected = self.query_one(ListPane).selected
        return selected if isinstance(selected, TargetRow) else None

    def _statement_of(self, row: TargetRow) -> TargetStatement:
        return row.statements[self._statement % len(row.statements)]

    def _article_of(self, row: TargetRow) -> Article | None:
        """The article of the chosen statement; if it cannot be read, show the reason."""
        try:
            return self.context.archive.get(self._statement_of(row).article)
        except FeedError as error:
            self.notify(sentence_of(error.fault), severity="error", markup=False)
            return None

    def watch_reading(self) -> None:
        """Show the sentence, or give its room to the rows."""
        self.query_one("#sentence").display = self.reading
        self._show_sentence()

    @on(ListPane.SelectionMoved)
    def _row_selected(self) -> None:
        self._statement = 0
        if self._rest:
            self._rest.stop()
        if self.reading:
            self._rest = self.set_timer(_REST, self._show_sentence)

    def _show_sentence(self) -> None:
        if self.reading:
            row = self._row
            article = self._article_of(row) if row else None
            words = sentence_of_row(row, self._statement_of(row), article) if row and article else Content("")
            width = max(self.size.width - 2, 1)
            self.query_one("#sentence", Static).update(in_lines(words, width, self.context.config.ambiguous_width))

    def on_resize(self) -> None:
        """Break the sentence for another width."""
        self._show_sentence()

    def action_read_sentence(self) -> None:
        """Show the sentence of the selected row below the rows, or hide it."""
        self.reading = not self.reading

    def action_next_statement(self, count: int = 1) -> None:
        """Go to the next article that states the same target, or so many further; a negative count goes back."""
        self._statement += count
        if self.reading:
            self._show_sentence()
        else:
            self.reading = True

    def action_previous_statement(self, count: int = 1) -> None:
        """Go to the article before that states the same target."""
        self.action_next_statement(-count)

    def action_copy_row(self) -> None:
        """Copy the selected row with its sentence and its source."""
        row = self._row
        if row and (article := self._article_of(row)):
            copy_text(self.app, quotation_of(self._statement_of(row), article))
            self.notify(_("Copied: {what}").format(what=name_of(row)), markup=False, timeout=3)


def _date_of(statement: TargetStatement) -> str:
    return statement.published.astimezone(BEIJING).date().isoformat()


def quotation_of(statement: TargetStatement, article: Article) -> str:
    """A statement with its sentence and its source, for a text of one's own."""
    part, span = statement.part, statement.span
    text = article.paragraph(span.p)
    first, last = sentence_around(text, span.start, span.end)
    what = [part.deadline, part.indicator, figure_of(part)] if isinstance(part, Target) else [part.deadline, part.text]
    issuers = "、".join(statement.agencies)
    source = [issuers, statement.document and f"《{statement.document}》", article.title, article.origin]
    place = [_date_of(statement), article.url or article.id]
    return "\n".join([" ".join(filter(None, what)), text[first:last], " · ".join(filter(None, [*source, *place]))])


def in_lines(words: Content, width: int, ambiguous: int) -> Content:
    """Paragraphs broken at the width as the text of an article is: no line begins with a mark that may not."""
    return Content("\n").join(
        paragraph[start:end]
        for paragraph in words.split("\n", allow_blank=True)
        for start, end in wrap(paragraph.plain, width, ambiguous=ambiguous)
    )


def sentence_of_row(row: TargetRow, statement: TargetStatement, article: Article) -> Content:
    """The sentence with the part that states the target marked, below it the article."""
    span = statement.span
    text = article.paragraph(span.p)
    first, last = sentence_around(text, span.start, span.end)
    quote = (text[span.start : span.end], "bold underline $accent")
    source = " · ".join(filter(None, [article.title, article.origin, _date_of(statement)]))
    number = row.statements.index(statement) + 1
    count = f"{number}/{len(row.statements)}  {statement.figure}  " if len(row.statements) > 1 else ""
    return Content.assemble(text[first : span.start], quote, text[span.end : last], "\n", (count + source, "$quiet"))
