"""The documents screen: a row for each document of the articles that a filter leaves, whatever article speaks of it.

Enter opens the document's page, and back leads to the row.
"""

from typing import cast

from textual import on

from feeds.archive import DocumentSort, Engine
from feeds.documents import DOCUMENT_COLUMNS, DocumentRow, document_cells, document_row_json
from feeds.documents.page import draft_and_final
from feeds.export.rowtext import TableForm
from feeds.query import Query
from tui.commands import bindings_of
from tui.messages import ScreensWanted
from tui.outside.clipboard import copy_text
from tui.screens.archive_reading import FEW, read_in_thread
from tui.screens.table_screen import TableScreen
from tui.widgets.layout.document_table import DOCUMENTS, quotation_of
from tui.widgets.lists.list_pane import ListPane
from tui.widgets.lists.row_source import RowSource
from tui.words import N_, _, ngettext


class DocumentsScreen(TableScreen[DocumentRow]):
    """Documents of the filter in force."""

    PLACES = ("documents", "table", "rows", "dialog")
    BINDINGS = bindings_of("documents")
    TABLE = DOCUMENTS
    FORM = TableForm(DocumentRow, DOCUMENT_COLUMNS, document_cells, document_row_json)
    ORDERS = {  # noqa: RUF012 -- TableScreen says that it belongs to the class
        "seen": N_("seen last"),
        "deadline": N_("by deadline"),
        "stage": N_("by stage"),
        "title": N_("by title"),
    }

    def heading(self) -> str:
        """The title, which stands in the bar of the filter."""
        return _("Documents")

    def rows_of(self, query: Query, order: str) -> RowSource[DocumentRow]:
        """The documents that the articles of a query are about."""
        return self.context.archive.documents(query, cast("DocumentSort", order))

    def count_words(self, total: int, exact: bool) -> str:  # noqa: FBT001 -- the one form of CountWords
        """How many documents there are."""
        if exact:
            return ngettext("{n} document", "{n} documents", total)
        return ngettext("{n}+ document", "{n}+ documents", total)

    def reason_of_none(self, query: Query) -> str:
        """The reason why there is no document, and which keys help."""
        if self.context.archive.join_documents(0):
            return _("Documents are still being joined; try again in a moment.")
        if query:
            return _("No article of this filter is about a document; c lists those of all articles.")
        return _("No article is about a document yet; q leads back.")

    @property
    def _row(self) -> DocumentRow | None:
        """The selected row."""
        selected: DocumentRow | None = self.query_one(ListPane).selected
        return selected

    @on(ListPane.RowOpened)
    def _row_opened(self, event: ListPane.RowOpened) -> None:
        self.post_message(ScreensWanted(("document",), subject=(event.row.key,)))

    def action_open_document(self) -> None:
        """Open the page of the selected document."""
        self.query_one(ListPane).action_choose()

    def action_draft_and_final(self) -> None:
        """Compare the selected document's draft with its final text."""
        if (row := self._row) is None or (document := self.context.archive.document(row.key)) is None:
            return

        def pair_in(archive: Engine) -> tuple[str, str] | None:
            return draft_and_final(document, {article.id: article for article in archive.get_many(row.articles)})

        if len(row.articles) <= FEW:
            self._compare_pair(pair_in(self.context.archive))
        else:
            read_in_thread(self, self.context.archive.path, pair_in, self._compare_pair)

    def _compare_pair(self, pair: tuple[str, str] | None) -> None:
        if pair:
            self.post_message(ScreensWanted(("compare",), subject=pair))
        else:
            self.notify(_("The archive has no draft and final text of this document."), markup=False, timeout=3)

    def action_compare_document(self) -> None:
        """Mark the selected document; at another one, compare the two."""
        if row := self._row:
            self.post_message(ScreensWanted(("compare",), subject=(row.articles[-1],)))

    def action_copy_row(self) -> None:
        """Copy the selected row."""
        if row := self._row:
            copy_text(self.app, quotation_of(row))
            self.notify(_("Copied: {what}").format(what=row.title), markup=False, timeout=3)
