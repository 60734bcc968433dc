"""The commands of a place: by id, as bindings, for the footer line."""

from collections.abc import Callable, Sequence
from operator import attrgetter

from textual.binding import Binding, BindingType

from tui.commands.command import Command, Place
from tui.commands.table import COMMANDS

MACRO = "macro:"
"""The beginning of a macro's id, before its name. Macros are commands of config.toml and not of the table."""


def command_named(name: str) -> Command:
    """The command with this id."""
    return next(command for command in COMMANDS if command.id == name)


def commands_of(*places: Place) -> list[Command]:
    """The commands whose action lives in any of these places, in the table's order."""
    return [command for command in COMMANDS if any(place in command.where for place in places)]


def bindings_of(*places: Place, owner: str = "") -> list[BindingType]:
    """Textual's bindings for these places. Textual shows none of them: the footer line is made from the table.

    `owner` ("app.") names whose actions they are, where that is not who has the bindings.
    """
    made: list[BindingType] = []
    for place in places:
        for command in commands_of(place):
            name = f"{place}.{command.id}"
            if command.gets_key:
                made += [
                    Binding(key, command.action_in(place, key[-1]), show=False, id=f"{name}.{key[-1]}")
                    for key in command.keys
                ]
            elif command.keys:
                action = owner + command.action_in(place)
                made.append(Binding(",".join(command.keys), action, show=False, id=name))
    return made


def footer_of(*places: Place, keys_of: Callable[[Command], Sequence[object]] = attrgetter("keys")) -> list[Command]:
    """The commands for the footer line, the most needed first. If two places have a key, the first place gets it."""
    taken: dict[object, Command] = {}
    for place in places:
        for command in commands_of(place):
            if command.footer and (keys := keys_of(command)):
                taken.setdefault(keys[0], command)
    return sorted(dict.fromkeys(taken.values()), key=lambda command: command.footer)
