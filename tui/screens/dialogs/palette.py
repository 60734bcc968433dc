"""The palette: type a part of a command's name, Enter runs it. Made from the table of commands and the saved views."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.events import Mount
from textual.widgets import Input

from feeds.config import View
from feeds.folding import folded_text
from tui.commands import COMMANDS, FILTERING, Command, bindings_of
from tui.keyboard.in_force import keymap
from tui.screens.dialogs.dialog import Dialog
from tui.text import cells
from tui.widgets.menus.row_list import RowList
from tui.words import _

KEY_CELLS = 6
VIEW = "view:"  # before a view's name


class PaletteScreen(Dialog[str]):
    """Commands and views by name. Answers the id of the command to run, or `VIEW` and the name of the view to show."""

    BINDINGS = bindings_of("palette")
    AUTO_FOCUS = "Input"

    def __init__(self, views: Sequence[View] = ()) -> None:
        super().__init__()
        self._commands = [*COMMANDS, *keymap().macros, *map(_command_of, views)]

    def heading(self) -> str:
        """The box's title."""
        return _("Commands")

    def compose_box(self) -> ComposeResult:
        """The line to type in, over the commands that are left."""
        yield Input(compact=True)
        yield RowList()

    @on(Mount)
    @on(Input.Changed)
    def _sift(self) -> None:
        self._found = matching_commands(self.query_one(Input).value, self._commands)
        self.query_one(RowList).show([_row(command) for command in self._found], cursor=0)

    @on(Input.Submitted)
    @on(RowList.RowChosen)
    def _run(self) -> None:
        place = self.query_one(RowList).cursor
        self.dismiss(self._found[place].id if self._found else None)

    def action_next(self) -> None:
        """One command down."""
        self.query_one(RowList).cursor += 1

    def action_previous(self) -> None:
        """One command up."""
        self.query_one(RowList).cursor -= 1


def matching_commands(text: str, commands: Sequence[Command] = COMMANDS) -> list[Command]:
    """The commands whose name has every word. Names that begin with the text come first."""
    words = folded_text(text).split()
    fitting = [
        command
        for command in commands
        if command.palette
        and all(word in folded_text(f"{_(command.label)} {_(command.tooltip)} {command.id}") for word in words)
    ]
    return sorted(fitting, key=lambda command: not folded_text(_(command.label)).startswith(folded_text(text.strip())))


def _command_of(view: View) -> Command:
    """The command that shows a view. The catalogue does not have a view's name, because the reader chose it."""
    label = _("View: {name}").format(name=view.name)
    return Command(VIEW + view.name, (), label, view.query, ("main",), FILTERING)


def _row(command: Command) -> Content:
    key = next(iter(keymap().labels_of(command)), "")
    gap = " " * max(1, KEY_CELLS - cells(key))
    return Content.assemble((key, "bold $accent"), gap, _(command.label), (f"  {_(command.tooltip)}", "$quiet"))
