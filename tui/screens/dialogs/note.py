"""The box in which a note is written. Answers its text, or None if the reader leaves it as it was."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import TextArea

from feeds.controls import drop_controls
from feeds.errors import FeedError
from tui.commands import bindings_of
from tui.screens.dialogs.dialog import Dialog
from tui.text import clip
from tui.words import _, sentence_of

_TITLE = 40  # cells


class NoteScreen(Dialog[str]):
    """A text of several lines, kept with ^s. ^o writes it in the reader's own editor."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("note")
    AUTO_FOCUS = "TextArea"
    PLACES = ("note", "dialog")

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def heading(self) -> str:
        """The box's title."""
        return _("Note on {title}").format(title=clip(drop_controls(self._title), _TITLE))

    def compose_box(self) -> ComposeResult:
        """The text."""
        area = TextArea(self._text, soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
        area.cursor_location = area.document.end
        yield area

    def action_keep_note(self) -> None:
        """Answer the text."""
        self.dismiss(self.query_one(TextArea).text)

    def action_write_outside(self) -> None:
        """Lend the terminal to the reader's editor; its text is kept when it ends."""
        from tui.outside.editor import edited_text  # with subprocess, which no first frame needs
        from tui.outside.terminal import with_terminal

        area = self.query_one(TextArea)
        try:
            text = with_terminal(self.app, lambda: edited_text(area.text))
        except FeedError as error:
            self.notify(sentence_of(error.fault), severity="error", markup=False)
            return
        area.text = text
