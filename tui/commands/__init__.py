"""The commands of the dashboard: one table, from which keys, footer, palette and help are made.

command  what a command is, and how its keys are printed
table    every command, and the registry of lasting screens
lookup   the commands of a place
"""

from tui.commands.command import (
    DIALOG,
    FILTERING,
    GLYPHS,
    GROUPS,
    HANDED_ON,
    TAKE_COUNTS,
    WINDOW,
    Command,
    Place,
    shown_key,
)
from tui.commands.lookup import MACRO, bindings_of, command_named, commands_of, footer_of
from tui.commands.table import COMMANDS, SCREENS

__all__ = [
    "COMMANDS", "DIALOG", "FILTERING", "GLYPHS", "GROUPS", "HANDED_ON", "MACRO", "SCREENS", "TAKE_COUNTS", "WINDOW",
    "Command", "Place", "bindings_of", "command_named", "commands_of", "footer_of", "shown_key",
]  # fmt: skip
