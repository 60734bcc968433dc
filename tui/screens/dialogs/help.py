"""Help: the commands of the pane in focus, then all others by group, the filter language and the signs.

`/` writes words by which the lines are found. Enter runs the command it stands on.
"""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.events import Mount
from textual.widgets import Input

from feeds.folding import folded_text
from feeds.query import FIELDS
from tui.commands import COMMANDS, DIALOG, GROUPS, Command, Place, bindings_of
from tui.keyboard.in_force import keymap
from tui.screens.dialogs.dialog import Dialog
from tui.text import cells
from tui.widgets.bars.written_line import LineInput
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


PLACES: dict[Place, str] = {
    "list": N_("In the list"),
    "reader": N_("In the text"),
    "hits": N_("In a search's text"),
    "changes": N_("In a comparison of versions"),
    "choosing": N_("While text is chosen"),
    "plan": N_("In the plan"),
    "line": N_("While a line is written"),
    "find": N_("While words to find are written"),
    "name": N_("While a name is written"),
    "facets": N_("In the filter screen"),
    "filters": N_("In the filter screen"),
    "views": N_("In the list of views"),
    "sources": N_("In the list of sources"),
    "table": N_("In a table"),
    "targets": N_("In the table of targets"),
    "calendar": N_("In the calendar"),
    "documents": N_("In the table of documents"),
    "document": N_("On a document's page"),
    "compare": N_("In a comparison"),
    "note": N_("In a note"),
    "export": N_("In the export menu"),
    "pipe": N_("In a pipe"),
    "palette": N_("Behind the colon"),
}
"""The places that have a heading of their own. Commands of other places stand under that of their group."""


class HelpLine(Struct, frozen=True):
    """One line: the words by which it is found, how it is drawn, its command if it has one."""

    words: str
    content: Content
    command: Command | None = None


class HelpSection(Struct, frozen=True):
    """Lines under one heading."""

    title: str
    lines: tuple[HelpLine, ...]


class HelpScreen(Dialog[str]):
    """The help as a list to move in and to search. Answers the id of the command to run.

    `places` are the places whose keys are in force, the innermost first.
    """

    BINDINGS = bindings_of("help")
    AUTO_FOCUS = "RowList"
    PLACES = ("rows", "help", "dialog")

    def __init__(self, places: Sequence[Place] = ()) -> None:
        super().__init__()
        self._sections = sections_of(places)
        self._lines: Sequence[HelpLine] = ()

    def heading(self) -> str:
        """The box's title."""
        return _("Help")

    def compose_box(self) -> ComposeResult:
        """The line of a search, which is not shown before there is one, over the lines."""
        line = LineInput(placeholder=_("Words of a command, a key, a sign"), compact=True)
        line.display = False
        yield line
        yield RowList(hang=KEY_CELLS)

    @on(Mount)
    @on(Input.Changed)
    def _sift(self) -> None:
        self._lines = found_lines(self._sections, self.query_one(Input).value)
        first = next((place for place, line in enumerate(self._lines) if line.words), 0)
        rows = self.query_one(RowList)
        rows.show([line.content for line in self._lines], first)
        self.call_after_refresh(rows.scroll_to, 0, 0, animate=False)  # with the heading over it

    def action_find_help(self) -> None:
        """Write words of which each line must have all."""
        line = self.query_one(Input)
        line.display = True
        self.screen.set_focus(line, scroll_visible=False)

    def action_next(self) -> None:
        """One line down."""
        self.query_one(RowList).cursor += 1

    def action_previous(self) -> None:
        """One line up."""
        self.query_one(RowList).cursor -= 1

    def action_close(self) -> None:
        """Show all lines again. Without a search, close."""
        line = self.query_one(Input)
        if line.display:
            self.set_focus(self.query_one(RowList))
            line.value, line.display = "", False
        else:
            self.dismiss(None)

    @on(Input.Submitted)
    def _keep_search(self) -> None:
        self.set_focus(self.query_one(RowList))

    @on(RowList.RowChosen)
    def _answer(self, event: RowList.RowChosen) -> None:
        command = self._lines[event.index].command
        if command is not None and command.palette:
            self.dismiss(command.id)


def sections_of(places: Sequence[Place] = ()) -> list[HelpSection]:
    """All sections of the help. Those of the pane in focus come first."""
    given = [place for place in places if place in PLACES]
    others = [place for place in PLACES if place not in given]
    by_place = {place: [command for command in COMMANDS if place in command.where] for place in PLACES}
    by_place["reader"] += [command for command in COMMANDS if "text" in command.where]
    sections = [_section(PLACES[place], by_place[place]) for place in given]
    told = {command.id for place in given for command in by_place[place]}
    rest = [command for command in (*COMMANDS, *keymap().macros) if command.id not in told]
    placed = [command for command in rest if command.group == DIALOG]
    sections += [_section(group, [one for one in rest if one.group == group]) for group in GROUPS if group != DIALOG]
    for place in others:
        sections.append(_section(PLACES[place], [one for one in placed if place in one.where]))
        placed = [one for one in placed if place not in one.where]
    sections += [
        _section(DIALOG, placed),
        HelpSection(N_("The filter language"), tuple(_line(example, _(meaning)) for example, meaning in LANGUAGE)),
        HelpSection(N_("Signs"), tuple(_line(_(sign), _(meaning)) for sign, meaning in SIGNS)),
        HelpSection(N_("Good to know"), tuple(HelpLine(_(note), Content.styled(_(note), "$quiet")) for note in NOTES)),
    ]
    return [section for section in sections if section.lines]


def _section(title: str, commands: Iterable[Command]) -> HelpSection:
    return HelpSection(title, tuple(map(_line_of, commands)))


def _line_of(command: Command) -> HelpLine:
    words = f"{_(command.label)} – {_(command.tooltip)}" if command.label != command.tooltip else _(command.tooltip)
    return _line(" ".join(keymap().labels_of(command)) or ":", words, command)


def _line(keys: str, words: str, command: Command | None = None) -> HelpLine:
    gap = " " * max(1, KEY_CELLS - cells(keys))
    content = Content.assemble((keys, "bold $accent"), gap, words)
    return HelpLine(f"{keys} {words} {command.id if command else ''}", content, command)


def found_lines(sections: Iterable[HelpSection], text: str = "") -> list[HelpLine]:
    """The lines that have every word of a text, under their headings."""
    words = folded_text(text).split()
    found: list[HelpLine] = []
    for section in sections:
        lines = [line for line in section.lines if all(word in folded_text(line.words) for word in words)]
        if lines:
            found += [*_heading(section.title, first=not found), *lines]
    return found or [HelpLine("", Content.styled(_("No line of the help has these words."), "$quiet"))]


def _heading(title: str, *, first: bool) -> Iterator[HelpLine]:
    if not first:
        yield HelpLine("", Content(""))
    yield HelpLine("", Content.styled(_(title), "bold $primary"))
