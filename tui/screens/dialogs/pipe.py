"""The boxes of the pipe: what goes into which command, and what the command printed."""

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from tui.command_line.outputs import INPUTS
from tui.outside.piping import PipeOutput
from tui.screens.dialogs.dialog import Dialog
from tui.text import clip
from tui.widgets.menus.row_list import RowList
from tui.words import _

_COMMAND_CELLS = 60


class PipeScreen(Dialog[tuple[str, str]]):
    """A command, and what it reads. Answers the name of the input and the command as it is written."""

    AUTO_FOCUS = "Input"
    PLACES = ("rows", "dialog")

    def __init__(self, before: str) -> None:
        super().__init__()
        self._before = before

    def heading(self) -> str:
        """The box's title."""
        return _("Pipe into a command")

    def compose_box(self) -> ComposeResult:
        """The command, and the inputs."""
        yield Input(self._before, placeholder="wc -m", compact=True)
        yield RowList()
        yield Static(
            Content(_("Enter runs it; Tab chooses what it reads; with ! in front it gets the terminal.")), id="note"
        )

    def on_mount(self) -> None:
        """Show the inputs."""
        self.query_one(RowList).show([Content(_(word.help)) for word in INPUTS], cursor=0)

    @on(Input.Submitted)
    @on(RowList.RowChosen)
    def _answer(self) -> None:
        if written := self.query_one(Input).value.strip():
            self.dismiss((INPUTS[self.query_one(RowList).cursor].name, written))


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
