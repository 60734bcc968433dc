"""The line behind `:`: a part of a command's name, or a command with arguments; Enter runs it.

The rows are made from the table of commands, the saved views and the verbs (tui.command_line.verbs). Behind a verb they
are the words that may follow, which Tab writes. Above the first row ↑ brings back the lines that were written before.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.events import Mount
from textual.widgets import Input

from feeds.config import Pipe, View
from feeds.folding import folded_text
from tui.command_line.offers import Labels, LineOffer, line_offers
from tui.command_line.paths import paths_like
from tui.command_line.verbs import VERBS, Misunderstanding, Verb, read_line, split_line, verb_named
from tui.commands import COMMANDS, FILTERING, Command, bindings_of
from tui.keyboard.in_force import keymap
from tui.screens.dialogs.dialog import Dialog
from tui.text import cells
from tui.widgets.bars.written_line import LineInput
from tui.widgets.menus.row_list import RowList
from tui.words import _, is_chinese

KEY_CELLS = 6
VIEW = "view:"  # before a view's name
LINE = ":"  # before a line that is more than a command's name

Row = Command | Verb | LineOffer


class PaletteScreen(Dialog[str]):
    """Commands and views by name, and lines with arguments.

    Answers the id of a command, `VIEW` and a view's name, or `LINE` and the line. `check` says what is wrong with a
    line, "" if nothing is. `history` are the lines that were written before, the latest last.
    """

    BINDINGS = bindings_of("palette")
    AUTO_FOCUS = "Input"

    def __init__(
        self,
        views: Sequence[View] = (),
        labels: Labels = lambda _field: (),
        history: Sequence[str] = (),
        check: Callable[[str], str] = lambda _line: "",
        text: str = "",
        pipes: Sequence[Pipe] = (),
    ) -> None:
        super().__init__()
        self._commands = [*COMMANDS, *keymap().macros, *map(_command_of, views)]
        self._views = [(view.name, view.query) for view in views]
        self._pipes = [(pipe.name, pipe.input) for pipe in pipes]
        self._labels = labels
        self._history = [*history, ""]
        self._check = check
        self._text = text
        self._place = len(history)
        self._rows: Sequence[Row] = ()

    def heading(self) -> str:
        """The box's title."""
        return _("Commands")

    def compose_box(self) -> ComposeResult:
        """The line to type in, over the rows that fit it."""
        yield LineInput(self._text, compact=True, select_on_focus=False)
        yield RowList(hang=KEY_CELLS)

    @on(Mount)
    @on(Input.Changed)
    def _sift(self) -> None:
        text = self.query_one(Input).value
        if _is_line(text):
            self._rows = line_offers(text, self._views, self._labels, paths_like, self._pipes)
        else:
            self._rows = [*matching_commands(text, self._commands), *matching_verbs(text)]
        self.query_one(RowList).show([_row(row) for row in self._rows], cursor=0)

    @on(Input.Submitted)
    def _run(self) -> None:
        text = self.query_one(Input).value
        offer = self._rows[self.query_one(RowList).cursor] if self._rows else None
        if isinstance(offer, LineOffer) and not split_line(text)[1]:
            self._run_line(offer.line)  # nothing is written behind the verb: the row under the cursor is meant
        elif _is_line(text) or offer is None:
            self._run_line(text)
        else:
            self._take(offer)

    @on(RowList.RowChosen)
    def _clicked(self, event: RowList.RowChosen) -> None:
        if event.index < len(self._rows):
            self._take(self._rows[event.index])

    def _run_line(self, text: str) -> None:
        read = read_line(text)
        wrong = read.sentence if isinstance(read, Misunderstanding) else self._check(text)
        if wrong:
            self._rows = ()
            self.query_one(RowList).show([Content.styled(wrong, "$error")], cursor=0)
        else:
            self.dismiss(LINE + text.strip())

    def _take(self, row: Row) -> None:
        if isinstance(row, Command):
            self.dismiss(row.id)
            return
        name = row.chinese[0] if isinstance(row, Verb) and is_chinese() else ""
        self._write(row.line if isinstance(row, LineOffer) else f"{name or row.name} ")

    def _write(self, text: str) -> None:
        line = self.query_one(Input)
        line.value = text
        line.cursor_position = len(text)
        self.set_focus(line)

    def action_complete_line(self) -> None:
        """Write the word or the name under the cursor into the line."""
        if self._rows:
            row = self._rows[self.query_one(RowList).cursor]
            if isinstance(row, Command):
                self._write(_(row.label))
            else:
                self._take(row)

    def action_next(self) -> None:
        """One row down; while lines of before are shown, the next of them."""
        if self._place < len(self._history) - 1:
            self._place += 1
            self._write(self._history[self._place])
        else:
            self.query_one(RowList).cursor += 1

    def action_previous(self) -> None:
        """One row up; above the first row the line that was written before."""
        rows = self.query_one(RowList)
        if rows.cursor > 0:
            rows.cursor -= 1
        elif self._place > 0:
            self._place -= 1
            self._write(self._history[self._place])


def _is_line(text: str) -> bool:
    """Whether a text is a number, or a verb with a blank behind it, and no longer a part of a command's name."""
    first, blank, _rest = text.lstrip(":： ").partition(" ")
    return first.isdecimal() or (bool(blank) and verb_named(first) is not None)


def matching_commands(text: str, commands: Sequence[Command] = COMMANDS) -> list[Command]:
    """The commands whose name has every word. A name or id that is the text comes first, then those that begin so."""
    words = folded_text(text).split()
    begun = folded_text(text.strip())
    found = [
        (begun not in (label, command.id), not label.startswith(begun), command)
        for command in commands
        if command.palette
        for label, rest in [_searched_texts(_(command.label), f"{_(command.tooltip)} {command.id}")]
        if all(word in f"{label} {rest}" for word in words)
    ]
    return [command for *_late, command in sorted(found, key=lambda one: one[:-1])]


@lru_cache(1024)
def _searched_texts(label: str, rest: str) -> tuple[str, str]:
    return folded_text(label), folded_text(rest)  # the same ones at each key


def matching_verbs(text: str) -> list[Verb]:
    """The verbs of which a name begins with the text."""
    begun = folded_text(text.strip())
    return [verb for verb in VERBS if any(name.startswith(begun) for name in verb.names)]


def _command_of(view: View) -> Command:
    """The command that shows a view. The catalogue does not have a view's name, because the reader chose it."""
    label = _("View: {name}").format(name=view.name)
    return Command(VIEW + view.name, (), label, view.query, ("main",), FILTERING)


def _row(row: Row) -> Content:
    if isinstance(row, LineOffer):
        return Content.assemble("  ", (row.word, "bold"), (f"  {row.hint}", "$quiet"))
    if isinstance(row, Verb):
        name = row.chinese[0] if is_chinese() else row.name
        gap = " " * (KEY_CELLS - 1)
        return Content.assemble((":", "bold $accent"), gap, name, (f"  {_(row.help)}  :{row.example}", "$quiet"))
    key = next(iter(keymap().labels_of(row)), "")
    gap = " " * max(1, KEY_CELLS - cells(key))
    return Content.assemble((key, "bold $accent"), gap, _(row.label), (f"  {_(row.tooltip)}", "$quiet"))
