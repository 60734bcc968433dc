"""The footer: the keys that are of use where the reader is, as many as fit, each to be clicked as well."""

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.commands import Command, Place, footer_of
from tui.text import cells
from tui.words import _


class KeyLine(Widget):
    """One line of keys, made from the table of commands for `places`."""

    places: reactive[tuple[Place, ...]] = reactive[tuple[Place, ...]](("desk",))

    class Pressed(Message):
        """A key of the line was clicked."""

        def __init__(self, command: Command) -> None:
            super().__init__()
            self.command = command

    def shown(self) -> list[tuple[int, Command]]:
        """The commands that fit, each with the column behind it."""
        fitting, column = [], 0
        for command in footer_of(*self.places):
            column += cells(f" {command.shown_keys[0]} {_(command.label)} ")
            if column > self.size.width:
                break
            fitting.append((column, command))
        return fitting

    def render(self) -> Content:
        """Keys in the accent colour, labels muted."""
        parts: list[tuple[str, str]] = []
        for _column, command in self.shown():
            parts += [(f" {command.shown_keys[0]} ", "bold $accent"), (f"{_(command.label)} ", "$quiet")]
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        """Run what stands under the mouse."""
        event.stop()
        for column, command in self.shown():
            if event.x < column:
                self.post_message(self.Pressed(command))
                break
