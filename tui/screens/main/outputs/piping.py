"""Pipes from the main screen: the box, and `:pipe [INPUT] COMMAND`."""

from typing import TYPE_CHECKING

from feeds.model import Flags
from tui.command_line.outputs import CHOSEN, INPUTS, INPUTS_OF_CHOICE, pipe_words
from tui.screens.context import ScreenContext
from tui.screens.main.outputs.copying import Copying
from tui.screens.main.state import StatefulScreen
from tui.words import _

if TYPE_CHECKING:
    from tui.outside.piping import PipeWish

_MOST_PIPED = 10_000  # rows


class Piping:
    """Gives the text, the chosen text, the plan or the rows to a command."""

    def __init__(self, screen: StatefulScreen, context: ScreenContext, copying: Copying) -> None:
        self._screen = screen
        self._context = context
        self._copying = copying
        self._before = ""  # the last command

    def action_pipe(self) -> None:
        """Choose a command and what it reads. While one runs, stop it."""
        from tui.screens.dialogs.pipe import PipeScreen
        from tui.screens.outputs.pipes import PIPE
        from tui.stoppable_work import stop_work

        if not stop_work(self._screen, PIPE):
            inputs = INPUTS_OF_CHOICE if self._copying.chosen_text() else INPUTS
            box = PipeScreen(self._context.config.pipes, inputs, self._before)
            self._screen.app.push_screen(box, self._run)

    def action_line_pipe(self, argument: str) -> None:
        """Run what was written. Without the name of an input a command reads what is chosen, the text, or the rows."""
        from tui.outside.piping import wish_of

        name, written = pipe_words(argument)
        usual = "rows" if self._screen.state.pane == "list" else "text"
        usual = CHOSEN.name if self._copying.chosen_text() else usual
        self._run(wish_of(written, name, self._context.config.pipes, usual))

    def _run(self, wish: "PipeWish | None") -> None:
        from tui.screens.outputs.pipes import start_pipe

        if wish is None:
            return
        if all(wish.name != pipe.name for pipe in self._context.config.pipes):
            self._before = wish.name
        if text := self._input_of(wish.input):
            start_pipe(self._screen, wish, text)
        elif wish.input == CHOSEN.name:
            self._screen.say(_("No text is chosen; v in the text chooses it."))
        else:
            self._screen.say(_("There is nothing to give to a command here."))

    def _input_of(self, name: str) -> str:
        """The input with this name: `text`, `chosen`, a format of articles, or `rows`, `rows-csv`, `rows-json`."""
        from feeds.export.files import format_named

        if name == CHOSEN.name:
            return self._copying.chosen_text()
        if name.startswith("rows"):
            return self._rows(name)
        article = self._copying.article()
        form = format_named("txt" if name == "text" else name)
        return form.whole(article, Flags(), self._context.now()) if article else ""

    def _rows(self, name: str) -> str:
        from feeds.export.rowtext import LIST_FORM, rows_text

        listing = self._screen.state.listing
        if listing is None or not listing.total:
            return ""
        if listing.total > _MOST_PIPED:
            self._screen.say(_("Only the first {most} rows are given to the command.").format(most=_MOST_PIPED))
        return rows_text(LIST_FORM, listing.window(0, _MOST_PIPED), name, self._context.today())
