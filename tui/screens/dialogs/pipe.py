"""The boxes of the pipe: what goes into which command, and what the command printed."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from feeds.config import Pipe
from feeds.errors import FeedError
from tui.command_line.outputs import CHOSEN, OutputWord
from tui.commands import bindings_of
from tui.outside.piping import PipeOutput, PipeWish, wish_of, wish_of_pipe
from tui.screens.dialogs.dialog import Dialog
from tui.text import clip
from tui.widgets.menus.row_list import RowList
from tui.words import _, sentence_of

_COMMAND_CELLS = 60


class PipeScreen(Dialog[PipeWish]):
    """The pipes of config.toml, then what a command that is written below may read. Answers what to run."""

    BINDINGS = bindings_of("pipe")
    PLACES = ("pipe", "rows", "dialog")

    def __init__(self, pipes: Sequence[Pipe], inputs: Sequence[OutputWord], before: str = "") -> None:
        super().__init__()
        names = {word.name for word in inputs}
        with_rows = all(name.startswith("rows") for name in names)
        self._pipes = [
            pipe
            for pipe in pipes
            if pipe.input in names or not (with_rows or pipe.input.startswith("rows") or pipe.input == CHOSEN.name)
        ]
        self._inputs = inputs
        self._before = before

    def heading(self) -> str:
        """The box's title."""
        return _("Pipe into a command")

    def compose_box(self) -> ComposeResult:
        """The pipes and the inputs, and a command."""
        yield RowList()
        yield Static(id="note")
        yield Input(self._before, placeholder="wc -m", compact=True)

    def on_mount(self) -> None:
        """Show the pipes and the inputs. Without pipes a command is written at once."""
        rows = [
            Content.assemble(
                (f"{number} " if number <= 9 else "  ", "bold $accent"), pipe.name, (hint_of(pipe), "$quiet")
            )
            for number, pipe in enumerate(self._pipes, 1)
        ]
        rows += [Content(_(word.help)) for word in self._inputs]
        self.query_one(RowList).show(rows, cursor=0)
        self._say(
            _("Enter runs it; Tab leads to a command of your own, which reads what is chosen; ! lends the terminal.")
        )
        if not self._pipes:
            self.set_focus(self.query_one(Input))

    def _say(self, words: str, style: str = "") -> None:
        self.query_one("#note", Static).update(Content.styled(words, style))

    def action_take_pipe(self, number: str) -> None:
        """Run the pipe with this number."""
        if int(number) <= len(self._pipes):
            self._run_pipe(self._pipes[int(number) - 1])

    def _run_pipe(self, pipe: Pipe) -> None:
        self.dismiss(wish_of_pipe(pipe))

    @on(RowList.RowChosen)
    def _row_chosen(self, event: RowList.RowChosen) -> None:
        if event.index < len(self._pipes):
            self._run_pipe(self._pipes[event.index])
        elif self.query_one(Input).value.strip():
            self._command_written()
        else:
            self.set_focus(self.query_one(Input))

    @on(Input.Submitted)
    def _command_written(self) -> None:
        """Run the command on the chosen input; on the first one while a pipe is chosen."""
        chosen = max(self.query_one(RowList).cursor - len(self._pipes), 0)
        if written := self.query_one(Input).value.strip():
            try:
                self.dismiss(wish_of(written, "", self._pipes, self._inputs[chosen].name))
            except FeedError as failure:
                self._say(sentence_of(failure.fault), "$error")


def hint_of(pipe: Pipe) -> str:
    """The input of a pipe, and its command."""
    from shlex import join

    return f"  {pipe.input} | {join(pipe.command)}"


class OutputScreen(Dialog[None]):
    """The output of a command, in lines."""

    def __init__(self, command: str, output: PipeOutput) -> None:
        super().__init__()
        self._command = command
        self._output = output

    def heading(self) -> str:
        """The box's title: the command, and how it ended."""
        code = _("stopped") if self._output.stopped else _("code {code}").format(code=self._output.code)
        return f"{clip(self._command, _COMMAND_CELLS)} · {code}"

    def on_mount(self) -> None:
        """Show the lines."""
        lines = self._output.lines or (_("It printed nothing."),)
        self.query_one(RowList).show([Content(line) for line in lines], cursor=0)
