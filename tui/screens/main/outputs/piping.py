"""Pipes from the main screen: the box, and `:pipe [INPUT] COMMAND`."""

from feeds.model import Flags
from tui.screens.context import ScreenContext
from tui.screens.main.outputs.copying import Copying
from tui.screens.main.state import StatefulScreen
from tui.words import _

_MOST_PIPED = 10_000  # rows


class Piping:
    """Gives the text, the plan or the rows to a command."""

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
            self._screen.app.push_screen(PipeScreen(self._before), self._run)

    def action_line_pipe(self, argument: str) -> None:
        """Run the command that was written. Without the name of an input it reads the text, in the list the rows."""
        from tui.command_line.outputs import pipe_words

        name, written = pipe_words(argument)
        self._run((name or ("rows" if self._screen.state.pane == "list" else "text"), written))

    def _run(self, answer: tuple[str, str] | None) -> None:
        from tui.screens.outputs.pipes import start_pipe

        if answer is not None:
            name, self._before = answer
            if text := self._input_of(name):
                start_pipe(self._screen, self._before, text)
            else:
                self._screen.say(_("There is nothing to give to a command here."))

    def _input_of(self, name: str) -> str:
        """The input with this name: `text`, `plan-json`, `rows`."""
        from feeds.export.files import format_named

        article, listing = self._copying.article(), self._screen.state.listing
        if name != "rows":
            form = format_named("txt" if name == "text" else name)
            return form.whole(article, Flags(), self._context.now()) if article else ""
        rows = listing.window(0, _MOST_PIPED) if listing else []
        return "".join(f"{row.published.isoformat()}\t{row.id}\t{row.title}\t{row.url}\n" for row in rows)
