"""One command: its keys, its words, and the places where it works."""

from typing import Literal

from msgspec import Struct
from textual.keys import key_to_character

from tui.words import N_

# Where a command's action lives: three panes, the main screen around them, the app, a line being written, the row lists
# of the dialogs, the dialogs.
# `last` is the list where no step back is left: there `q` quits.
# `lasting` is every lasting screen: the keys that open the others work there.
# `changes` is the main screen while its reader compares two versions of an article.
# `text` is the main screen while the reader has the keys: there it takes a key that the main screen has otherwise.
# `choosing` is the bar that has the keys while text is chosen.
# `hits` is the reader while a search is in force: there it takes keys that the main screen has otherwise.
Place = Literal[
    "list", "last", "reader", "text", "choosing", "changes", "hits", "plan", "main", "app",
    "line", "find", "name", "rows", "dialog", "facets", "filters", "views", "palette", "help",
    "lasting", "note", "export", "pipe", "sources", "compare", "table", "targets", "calendar", "documents", "document",
]  # fmt: skip

TAKE_COUNTS = frozenset({
    "cursor-down", "cursor-up", "top", "bottom", "half-page-down", "half-page-up", "page-down", "page-up",
    "next-unread", "previous-unread", "next-hit", "previous-hit", "next-change", "previous-change",
    "next-difference", "previous-difference", "next-statement", "previous-statement", "next-document",
    "to-targets", "to-goals", "to-lists", "to-documents",
    "next-place", "previous-place", "earlier", "later", "next-character", "previous-character", "next-word",
    "previous-word", "next-paragraph", "previous-paragraph",
})  # fmt: skip
"""The commands whose action takes a count: `5j` goes five lines down, `12G` to the twelfth."""

HANDED_ON: tuple[Place, ...] = ("choosing", "text", "changes", "main", "last")
"""Places of the main screen: it has no actions of its own, its parts have them (tui/screens/main/parts)."""


class Command(Struct, frozen=True):
    """One thing a reader can do. `keys` are Textual's names, the first is the one shown; none: palette only.

    `footer` is its rank in the footer line, lowest first; 0 keeps it out. `palette` is False where only a key
    makes sense. If `gets_key` is True, its action gets the key that was pressed. `screen` is `module:Class` of the
    lasting screen that the command opens (tui/screens/lasting.py), or of the dialog, if that opens over any screen.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    tooltip: str
    where: tuple[Place, ...]
    group: str
    footer: int = 0
    palette: bool = True
    gets_key: bool = False
    screen: str = ""

    @property
    def action(self) -> str:
        """The action's name: `half-page-down` runs `action_half_page_down`."""
        return self.id.replace("-", "_")

    def action_in(self, place: Place, *arguments: str) -> str:
        """The action as it runs in a place. The app opens lasting screens. The main screen passes actions on."""
        if self.screen:
            return f"app.open_screen({self.id!r})"
        name, given = ("do", (self.action, *arguments)) if place in HANDED_ON else (self.action, arguments)
        return f"{name}({', '.join(map(repr, given))})" if given else name

    @property
    def shown_keys(self) -> tuple[str, ...]:
        """The keys as they are printed on a keyboard."""
        keys = tuple(shown_key(key) for key in self.keys)
        return (f"{keys[0]}…{self.keys[-1][-1]}",) if self.gets_key else keys


GLYPHS = {
    "enter": "Enter", "space": "Space", "escape": "Esc", "tab": "Tab", "shift+tab": "S-Tab", "slash": "/",
    "question_mark": "?", "colon": ":", "number_sign": "#", "asterisk": "*", "left_square_bracket": "[",
    "right_square_bracket": "]", "down": "↓", "up": "↑", "left": "←", "right": "→", "pagedown": "PgDn",
    "pageup": "PgUp", "home": "Home", "end": "End", "backspace": "Bksp", "f1": "F1", "equals_sign": "=",
    "less_than_sign": "<", "greater_than_sign": ">", "apostrophe": "'", "vertical_line": "|",
    "dollar_sign": "$", "left_curly_bracket": "{", "right_curly_bracket": "}",
}  # fmt: skip


def shown_key(key: str) -> str:
    """A key, or a sequence of keys, as it is printed: `ctrl+d` is ^d, `question_mark` is ?, `apostrophe 1` is '1."""
    if " " in key:
        shown = [shown_key(part) for part in key.split(" ")]
        return ("" if all(len(part) == 1 for part in shown) else " ").join(shown)
    if key in GLYPHS:
        return GLYPHS[key]
    if key.startswith("ctrl+"):
        return f"^{shown_key(key.removeprefix('ctrl+'))}"
    if key.startswith("alt+"):
        return f"Alt-{shown_key(key.removeprefix('alt+'))}"
    return key_to_character(key) or key


MOVING = N_("Moving")
READING = N_("Reading")
FILTERING = N_("Filtering")
WINDOW = N_("Window")
DIALOG = N_("In the plan and in dialogs")
GROUPS = (READING, MOVING, FILTERING, WINDOW, DIALOG)
