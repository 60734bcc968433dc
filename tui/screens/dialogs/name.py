"""A box with one line to write in: the name or the key of a view."""

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from tui.screens.dialogs.dialog import Dialog
from tui.widgets.bars.written_line import LineInput


class NameScreen(Dialog[str]):
    """Asks for a short text. Answers it, or None."""

    AUTO_FOCUS = "Input"
    PLACES = ("dialog",)

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
    def _answer(self) -> None:
        self.dismiss(self.query_one(Input).value.strip())
