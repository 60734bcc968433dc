"""The menu of exports: a format, the articles or the one article, and the file. Answers what to write."""

from pathlib import Path

from msgspec import structs
from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from feeds.controls import printable
from feeds.export.files import FORMATS, FileFormat
from tui.commands import bindings_of
from tui.exporting import ExportJob, ExportOffer
from tui.screens.dialogs.dialog import Dialog
from tui.widgets.menus.row_list import RowList
from tui.words import _, ngettext


class ExportScreen(Dialog[ExportJob]):
    """Formats in rows, the proposed file below. Enter writes; if the file is there, the second Enter replaces it."""

    BINDINGS = bindings_of("export")
    PLACES = ("export", "rows", "dialog")

    def __init__(self, offer: ExportOffer, refused: ExportJob | None = None) -> None:
        """With a `refused` job, whose file is there, begin at the question whether to replace it."""
        super().__init__()
        self._offer = offer
        self._alone = offer.alone and offer.article is not None
        self._forms = [form for form in FORMATS if not offer.tables or form.of != "articles"]
        self._refused = refused
        self._asked = ""  # the file that the reader was asked about

    def heading(self) -> str:
        """The box's title."""
        return _("Export")

    def compose_box(self) -> ComposeResult:
        """The formats, what is exported, and the file."""
        yield RowList()
        yield Static(id="note")
        yield Input(compact=True)

    def on_mount(self) -> None:
        """Show the formats."""
        rows = [
            Content.assemble((f"{number} " if number <= 9 else "  ", "bold $accent"), _(form.label))
            for number, form in enumerate(self._forms, 1)
        ]
        refused = self._refused
        self.query_one(RowList).show(rows, cursor=self._forms.index(refused.form) if refused else 0)
        self._propose()
        if refused:
            self.query_one(Input).value = str(refused.target)
            self._answer()

    @property
    def _form(self) -> FileFormat:
        return self._forms[self.query_one(RowList).cursor]

    @on(RowList.RowSelected)
    def _propose(self) -> None:
        """Propose a file for the selected format."""
        form, offer = self._form, self._offer
        if self._refused:  # the file of the line stays until another format is chosen
            if form == self._refused.form:
                return
            self._refused = None
        if offer.is_of_article(form, alone=self._alone):
            words = _("This article")
        elif form.of == "articles":
            words = ngettext("{n} article of the filter", "{n} articles of the filter", offer.count)
        else:
            words = _("The table of the filter")
        written = offer.proposed_target(form, alone=self._alone)
        self.query_one(Input).value = written
        if written != self._asked:
            self._asked = ""
            self._say(words)

    def _say(self, words: str) -> None:
        self.query_one("#note", Static).update(Content(words))

    def action_toggle_scope(self) -> None:
        """Export the article, or all articles of the filter."""
        if self._offer.article:
            self._alone, self._refused = not self._alone, None
            self._propose()

    def action_take_format(self, number: str) -> None:
        """Take the format with this number, and write."""
        if int(number) <= len(self._forms):
            self.query_one(RowList).cursor = int(number) - 1
            self._propose()
            self._answer()

    @on(RowList.RowChosen)
    @on(Input.Submitted)
    def _answer(self) -> None:
        written = self.query_one(Input).value.strip()
        if not written:
            return
        job = self._offer.job_of(self._form, written, alone=self._alone)
        is_there = isinstance(job.target, Path) and job.target.exists() and not job.is_folder
        if is_there and self._asked != written:
            self._asked = written
            self._say(_("{path} exists; Enter again replaces it.").format(path=printable(Path(written))))
            return
        self.dismiss(structs.replace(job, force=is_there))
