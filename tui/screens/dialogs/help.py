"""Help: every command of the table, the filter language and the signs. Enter runs the command it stands on."""

from textual import on
from textual.content import Content
from textual.events import Mount

from feeds.query import FIELDS
from tui.commands import COMMANDS, GROUPS, Command
from tui.keyboard.in_force import keymap
from tui.screens.dialogs.dialog import Dialog
from tui.text import cells
from tui.widgets.menus.row_list import RowList
from tui.words import N_, _

KEY_CELLS = 14

LANGUAGE = (
    ("数字经济", N_("title or text holds these characters; several words must all be there")),
    ('"水利部 国家"', N_("exactly these words, blanks and all")),
    *((field.example, field.help) for field in FIELDS),
    ("-房地产", N_("not this")),
    ("(规划 or 方案)", N_("either")),
)

NOTES = (
    N_("Moving in the list shows an article beside it; it stays unread until it is opened with Enter."),
    N_("n and N do the same in the list; in the text they open the next unread article."),
    N_("While a search is in force, n and N go from hit to hit in the text."),
    N_("What is opened or marked stays in its list until the filter is set again."),
    N_("New articles appear above without moving what you read; their number stands over the list."),
    N_("Choosing a line of the plan marks its sentence in the text; moving in the text marks the line."),
    N_("The mouse selects, opens with a double click, chooses text, and presses what the lowest lines offer."),
)

SIGNS = (
    ("●  ★", N_("unread; starred")),
    ("◆", N_("unread, told by a watch")),
    (N_("E"), N_("its publisher edited it; d shows what changed")),
    (N_("N"), N_("you wrote a note about it; a shows it")),
    (N_("A"), N_("it has an attachment")),
    ("×3", N_("three articles print this text; = takes them apart")),
    (N_("tasks 8"), N_("so many items have the plan's lists of works")),
    (N_("targets 3"), N_("so many figures have a value to reach")),
    ("→2030", N_("the last year by which a target, else a goal, is to be reached")),
    ("§", N_("the text has a plan without any of these")),
    ("✓ ✗ ↻", N_("a source is well, failed, or is being asked; s says more")),
    ("二五六三", N_("the text's own name for its plan")),
    ("4/4", N_("so many of the text's counted lists are complete")),
)


class HelpScreen(Dialog[str]):
    """The help as a list to move in. Answers the id of the command to run."""

    def heading(self) -> str:
        """The box's title."""
        return _("Help")

    @on(Mount)
    def _fill(self) -> None:
        self._lines = lines()
        self.query_one(RowList).show([line for line, _command in self._lines])

    @on(RowList.RowChosen)
    def _answer(self, event: RowList.RowChosen) -> None:
        command = self._lines[event.index][1]
        if command is not None and command.palette:
            self.dismiss(command.id)


def lines() -> list[tuple[Content, Command | None]]:
    """Every line of the help, with its command."""
    told: list[tuple[Content, Command | None]] = []
    for group in GROUPS:
        told += _heading(group)
        for command in (*COMMANDS, *keymap().macros):
            if command.group == group:
                words = f"{_(command.label)} – {_(command.tooltip)}" if command.label != command.tooltip else ""
                told.append((_line(" ".join(keymap().labels_of(command)) or ":", words or _(command.tooltip)), command))
    told += _heading(N_("The filter language"))
    told += [(_line(example, _(meaning)), None) for example, meaning in LANGUAGE]
    told += _heading(N_("Signs"))
    told += [(_line(_(sign), _(meaning)), None) for sign, meaning in SIGNS]
    told += _heading(N_("Good to know"))
    told += [(Content.styled(_(note), "$quiet"), None) for note in NOTES]
    return told[1:]


def _heading(title: str) -> list[tuple[Content, Command | None]]:
    return [(Content(""), None), (Content.styled(_(title), "bold $primary"), None)]


def _line(keys: str, words: str) -> Content:
    gap = " " * max(1, KEY_CELLS - cells(keys))
    return Content.assemble((keys, "bold $accent"), gap, words)
