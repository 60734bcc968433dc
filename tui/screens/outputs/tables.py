"""The rows of a lasting screen for a command, and its table as a file."""

from pathlib import Path
from typing import Any, ClassVar, Protocol

from feeds.export.rowtext import TableForm, rows_text
from feeds.query import Query
from tui.screens.lasting import LastingScreen
from tui.words import _

_MOST_PIPED = 10_000  # rows


class PipedRows(Protocol):
    """Rows that can be read from the first one on."""

    @property
    def total(self) -> int:
        """How many there are."""

    def window(self, start: int, count: int, /) -> Any:
        """Some of them."""


class PipedTable(LastingScreen):
    """A lasting screen whose `rows` can be given to a command, in the form `FORM`."""

    FORM: ClassVar[TableForm]
    rows: PipedRows | None

    def action_pipe_rows(self) -> None:
        """Choose a command that reads the rows. While one runs, stop it."""
        from tui.command_line.outputs import ROWS
        from tui.screens.dialogs.pipe import PipeScreen
        from tui.screens.outputs.pipes import PIPE, start_pipe
        from tui.stoppable_work import stop_work

        if stop_work(self, PIPE):
            return
        rows, today = self.rows, self.context.today()
        if rows is None or not rows.total:
            self.notify(_("There is nothing to give to a command here."), markup=False, timeout=3)
            return
        if rows.total > _MOST_PIPED:
            words = _("Only the first {most} rows are given to the command.").format(most=_MOST_PIPED)
            self.notify(words, markup=False, timeout=3)
        box = PipeScreen(self.context.config.pipes, ROWS)
        self.app.push_screen(
            box,
            lambda wish: (
                start_pipe(self, wish, rows_text(self.FORM, rows.window(0, _MOST_PIPED), wish.input, today))
                if wish
                else None
            ),
        )


class ExportedTable(PipedTable):
    """A lasting screen with a table of the archive under the filter `wish`."""

    wish: Query

    def action_export_table(self) -> None:
        """Choose how to export the table and where to. While an export is written, stop it."""
        from tui.exporting import ExportOffer
        from tui.screens.outputs.exports import choose_export

        context = self.context
        choose_export(
            self, context.archive.path, lambda: ExportOffer(self.wish, context.now(), Path.cwd(), tables=True)
        )
