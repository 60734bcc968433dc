"""The keys in force: the table of commands, over it a preset, over that the keys of the reader.

A command may have other keys where the reader is in one place (`[keys.list]`) than elsewhere (`[keys]`). Footer, help
and palette ask here. Without [keys] in config.toml nothing is looked up.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from textual.binding import Binding

from tui.commands import COMMANDS, MACRO, Command, shown_key
from tui.keyboard.tables import KeyAction, Keys, KeyTable, command_in, default_keys

FOLLOWERS = {"leave": "back"}
"""Commands of the footer that are a label for another command's key."""

_BY_ID = {command.id: command for command in COMMANDS}
Given = Mapping[tuple[str, str], tuple[Keys, ...]]
"""The keys of commands by (place, id of the command); the place "" is everywhere."""


class KeyMap(Struct, frozen=True):
    """Keys that differ from the table of commands. `own` are the reader's, `preset` those of the preset."""

    own: Given = {}
    preset: Given = {}
    macros: tuple[Command, ...] = ()
    """The reader's macros, as commands."""

    def keys_of(self, command: Command, places: Sequence[str]) -> tuple[Sequence[Keys], bool]:
        """The keys of a command where these places are in force, the innermost first; and whether they are `own`."""
        name = FOLLOWERS.get(command.id, command.id)
        for given in (self.own, self.preset):
            for place in (*places, "") if given else ():
                if (place, name) in given:
                    return given[place, name], given is self.own
        return [tuple(key.split(" ")) for key in _BY_ID.get(name, command).keys], False

    def of_binding(self, binding: Binding, places: Sequence[str]) -> tuple[Sequence[Keys], bool]:
        """The keys that run a binding; and whether they are the reader's."""
        command = _BY_ID.get(command_in(binding))
        if command is None or not (self.own or self.preset):
            return default_keys(binding)
        keys, own = self.keys_of(command, places)
        if command.gets_key and binding.id:  # a binding for each digit, which is the last part of its id
            number = int(binding.id.rpartition(".")[2]) - 1
            return keys[number : number + 1], own
        # A command has a binding for each of its keys; the first stands for all of them.
        return (keys if binding.key == command.keys[0] else ()), own

    def of_keyless(self, levels: Mapping[str, int]) -> Iterator[tuple[KeyAction, Sequence[Keys]]]:
        """Commands that have keys only here. `levels` has the level of the widget of each place."""
        for command in (*COMMANDS, *self.macros) if self.own or self.preset else ():
            place = next((place for place in command.where if place in levels), None)
            if place is None or command.keys:
                continue
            keys, own = self.keys_of(command, tuple(levels))
            name = command.id.removeprefix(MACRO)
            action = command.action_in(place) if name == command.id else f"do('macro', {name!r})"
            action = f"app.{action}" if place == "app" else action
            yield KeyAction(levels[place], action, command.id, own=own), keys

    def labels_of(self, command: Command, *places: str) -> tuple[str, ...]:
        """The keys of a command as they are printed on a keyboard."""
        keys, _own = self.keys_of(command, places or command.where)
        shown = tuple(shown_key(" ".join(sequence)) for sequence in keys)
        return (f"{shown[0]}…{keys[-1][-1]}",) if command.gets_key and shown else shown


class _InForce:
    keymap = KeyMap()
    tables: dict[tuple[type[Any], ...], KeyTable] = {}  # noqa: RUF012 -- one for the process


def keymap() -> KeyMap:
    """The keys in force in this process."""
    return _InForce.keymap


def made_tables() -> dict[tuple[type[Any], ...], KeyTable]:
    """The tables that were made of these keys, by chains of widget types."""
    return _InForce.tables


def use(new: KeyMap) -> None:
    """Put these keys in force."""
    _InForce.keymap, _InForce.tables = new, {}
