"""The menu of exports: a format, the articles or the one article, and the file. Answers what to write."""

from datetime import datetime
from pathlib import Path

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from feeds.controls import printable
from feeds.export.files import FORMATS, FileFormat, file_name, proposed_name
from feeds.model import Article
from feeds.query import Query
from tui.commands import bindings_of
from tui.exporting import ExportJob, is_folder
from tui.screens.dialogs.dialog import Dialog
from tui.widgets.menus.row_list import RowList
from tui.words import _, ngettext


class ExportOffer(Struct, frozen=True):
    """The choices of an export: one `article`, the `count` articles of a `query`. `alone` begins with the article."""

    query: Query
    now: datetime
    folder: Path
    count: int = 0
    article: Article | None = None
    alone: bool = True
    tables: bool = False


class ExportScreen(Dialog[ExportJob]):
    """Formats in rows, the proposed file below. Enter writes; if the file is there, the second Enter replaces it."""

    BINDINGS = bindings_of("export")
    PLACES = ("export", "rows", "dialog")

    def __init__(self, offer: ExportOffer) -> None:
        super().__init__()
        self._offer = offer
        self._alone = offer.alone and offer.article is not None
        self._forms = [form for form in FORMATS if not offer.tables or form.of != "articles"]
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
        self.query_one(RowList).show(rows, cursor=0)
        self._propose()

    @property
    def _form(self) -> FileFormat:
        return self._forms[self.query_one(RowList).cursor]

    @property
    def _names(self) -> tuple[str, ...]:
        article = self._offer.article
        return (article.id,) if article and self._alone and self._form.of == "articles" else ()

    @on(RowList.RowSelected)
    def _propose(self) -> None:
        """Propose a file for the selected format."""
        form, offer = self._form, self._offer
        if self._names and offer.article:
            name, words = file_name(offer.article, form.suffix), _("This article")
        else:
            name = proposed_name(str(offer.query), offer.now.date().isoformat(), "/" if form.alone else form.suffix)
            words = ngettext("{n} article of the filter", "{n} articles of the filter", offer.count)
            words = words if form.of == "articles" else _("The table of the filter")
        written = f"{offer.folder / name}{'/' if name.endswith('/') else ''}"
        self.query_one(Input).value = written
        if written != self._asked:
            self._asked = ""
            self._say(words)

    def _say(self, words: str) -> None:
        self.query_one("#note", Static).update(Content(words))

    def action_toggle_scope(self) -> None:
        """Export the article, or all articles of the filter."""
        if self._offer.article:
            self._alone = not self._alone
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
        path = Path(written).expanduser()
        several = is_folder(path, written)
        is_there = path.exists() and not several
        if is_there and self._asked != written:
            self._asked = written
            self._say(_("{path} exists; Enter again replaces it.").format(path=printable(path)))
            return
        job = ExportJob(
            form=self._form, title=str(self._offer.query) or "zhengwen", now=self._offer.now, query=self._offer.query,
            target=path, names=self._names, is_folder=several, force=is_there,
        )  # fmt: skip
        self.dismiss(job)
