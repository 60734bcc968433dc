"""A box with one line to write in: the name or the key of a view."""

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from tui.commands import bindings_of
from tui.screens.dialogs.dialog import Dialog
from tui.widgets.bars.written_line import LineInput


class NameScreen(Dialog[str]):
    """Asks for a short text. Answers it, or None."""

    AUTO_FOCUS = "Input"
    BINDINGS = bindings_of("name")
    PLACES = ("name", "dialog")

    def __init__(self, heading: str, note: str, text: str = "") -> None:
        super().__init__()
        self._heading = heading
        self._note = note
        self._text = text

    def heading(self) -> str:
        """The box's title."""
        return self._heading

    def compose_box(self) -> ComposeResult:
        """The line, and what it is for."""
        yield LineInput(self._text, compact=True, select_on_focus=False)
        yield Static(Content(self._note), id="note")

    @on(Input.Submitted)
    def action_take_name(self) -> None:
        """Answer what is written."""
        self.dismiss(self.query_one(Input).value.strip())
