"""The lowest line: the keys that are of use where the reader is, or for a few seconds what there is to tell.

A notice stands here and nowhere else, so that it covers neither text nor status. The newest takes the place of the one
before. One that is wider than the window takes lines from the panes while it stands.
"""

from typing import Any, NamedTuple

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from tui.commands import Command, Place, commands_of, footer_of, shown_key
from tui.keyboard.in_force import keymap
from tui.keyboard.pressing import Waiting
from tui.text import cells, clip, wrap
from tui.words import _

MOST_LINES = 3
_SIGNS = {"error": ("✗ ", "$error"), "warning": ("! ", "$warning")}


class Notice(NamedTuple):
    """A notice; `severity` is Textual's: information, warning or error."""

    words: str
    severity: str = "information"


class KeyLine(Widget):
    """One line of keys, made from the table of commands for `places`; while there is a `notice`, that instead."""

    places: reactive[tuple[Place, ...]] = reactive[tuple[Place, ...]](("main",))
    notice: reactive[Notice | None] = reactive[Notice | None](None)
    waiting: reactive[str] = reactive("")
    """A count and keys that were pressed and wait for more. They stand at the line's end."""

    class CommandPressed(Message):
        """A key of the line was clicked."""

        def __init__(self, command: Command) -> None:
            super().__init__()
            self.command = command

    def fitting_commands(self) -> list[tuple[int, Command]]:
        """The commands that fit, each with the column behind it; none while a notice stands here."""
        fitting, column = [], 0
        for command in self._commands() if self.notice is None else ():
            column += cells(f" {self._key_of(command)} {_(command.label)} ")
            if column > self.size.width:
                break
            fitting.append((column, command))
        return fitting

    def _commands(self) -> list[Command]:
        return footer_of(*self.places, keys_of=lambda command: keymap().keys_of(command, self.places)[0])

    def _key_of(self, command: Command) -> str:
        return keymap().labels_of(command, *self.places)[0]

    def on_resize(self) -> None:
        """Break the notice for another width."""
        self.watch_notice()

    def watch_notice(self) -> None:
        """Take the lines that the notice needs, as few as may be."""
        lines = len(self._notice_lines())
        if self.styles.height is None or self.styles.height.value != lines:
            self.styles.height = lines

    def _notice_lines(self) -> list[str]:
        if self.notice is None:
            return [""]
        words = _SIGNS.get(self.notice.severity, ("", ""))[0] + " ".join(self.notice.words.split())
        width = max(self.size.width - 2, 1)
        most = min(MOST_LINES, max(1, self.app.size.height // 8))
        lines = [words[start:end] for start, end in wrap(words, width)]
        if len(lines) > most:
            start = wrap(words, width)[most - 1][0]
            lines = [*lines[: most - 1], clip(words[start:], width)]
        return lines

    def render(self) -> Content:
        """Keys in the accent colour, labels muted; a notice in the colour of what it is; at the end what waits."""
        line = self._line()
        if not self.waiting:
            return line
        room = max(0, self.size.width - cells(self.waiting) - 3)
        return Content.assemble(line.truncate(room, pad=True), (f" {self.waiting}… ", "bold $accent"))

    def _line(self) -> Content:
        if self.notice is not None:
            style = _SIGNS.get(self.notice.severity, ("", "bold $foreground"))[1]
            return Content("\n").join(Content.styled(f" {line}", style) for line in self._notice_lines())
        parts: list[tuple[str, str]] = []
        for key, command in continuations(self.waiting, self.places):
            parts += [(f" {key} ", "bold $accent"), (f"{_(command.label)} ", "$quiet")]
        if parts:
            return Content.assemble(*parts)
        for _column, command in self.fitting_commands():
            parts += [(f" {self._key_of(command)} ", "bold $accent"), (f"{_(command.label)} ", "$quiet")]
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        """Run what stands under the mouse."""
        event.stop()
        for column, command in self.fitting_commands():
            if event.x < column:
                self.post_message(self.CommandPressed(command))
                break


def continuations(waiting: str, places: tuple[Place, ...]) -> list[tuple[str, Command]]:
    """The commands of sequences that begin with the key that waits, each with its second key: a menu in one line."""
    sequences = (
        (keys, command)
        for command in (commands_of(*places) if waiting else ())
        if not command.gets_key
        for keys in keymap().keys_of(command, places)[0]
    )
    return [
        (shown_key(keys[1]), command) for keys, command in sequences if len(keys) > 1 and shown_key(keys[0]) == waiting
    ]


def show_waiting(screen: Screen[Any], waiting: Waiting, *, unknown: bool = False) -> None:
    """Show at the end of the lowest line what was pressed and waits, or say that no command has these keys."""
    keys = shown_key(" ".join(waiting.keys))
    if unknown:
        screen.notify(_("No command has the keys {keys} here.").format(keys=keys), timeout=3, markup=False)
    for line in screen.query(KeyLine):
        line.waiting = "" if unknown else f"{waiting.digits}{keys}"
