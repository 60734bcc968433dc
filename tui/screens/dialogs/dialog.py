"""A titled box over the main screen, with a list in it, the keys below, and Esc or q to close."""

from pathlib import Path
from time import time
from typing import TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import ModalScreen

from tui.commands import Command, Place, bindings_of
from tui.widgets.bars.key_line import KeyLine
from tui.widgets.lists import LIST_STYLES
from tui.widgets.menus.row_list import RowList

Answer = TypeVar("Answer")


class WithAppKeys(ModalScreen[Answer | None]):
    """A modal screen in which the app's keys work. Textual ignores all bindings behind a modal screen."""

    BINDINGS = bindings_of("app", owner="app.")


class Dialog(WithAppKeys[Answer]):
    """A modal box. `PLACES` are the places whose keys its footer shows."""

    # Whole paths, because dialogs stand in other folders too.
    CSS_PATH = [Path(__file__).with_name("dialog.tcss"), LIST_STYLES]  # noqa: RUF012 -- Textual's way to name them
    BINDINGS = bindings_of("dialog")
    AUTO_FOCUS = "ListPane, RowList, FacetTree, Input"
    PLACES: tuple[Place, ...] = ("rows", "dialog")

    opened = 0.0
    """When it was opened, in seconds since 1970. A notice from before that is no warning does not cover its keys."""

    def compose(self) -> ComposeResult:
        """The box, with the dialog's own widgets in it."""
        self.opened = time()
        with Container(id="box") as box:
            box.border_title = Content(self.heading())
            yield from self.compose_box()
            line = KeyLine()
            line.places = self.PLACES
            yield line

    def heading(self) -> str:
        """The box's title."""
        raise NotImplementedError

    def compose_box(self) -> ComposeResult:
        """The content of the box."""
        yield RowList()

    def action_close(self) -> None:
        """Close without an answer."""
        self.dismiss(None)

    @on(KeyLine.CommandPressed)
    async def _key_pressed(self, event: KeyLine.CommandPressed) -> None:
        event.stop()
        await self.app.run_action(event.command.action, self._owner_of(event.command))

    def _owner_of(self, command: Command) -> DOMNode:
        return self.query("ListPane, RowList").first() if set(command.where) & {"rows", "facets"} else self
