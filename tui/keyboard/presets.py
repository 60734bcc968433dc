"""Keys as other programs have them: what `preset` in [keys] takes. Pure.

newsboat: the table of keys in its documentation. vim: its motions, windows, marks of changes and folds.
"""

from collections.abc import Mapping

from tui.keyboard.names import keys_named
from tui.keyboard.tables import Keys

_NEWSBOAT = {
    "open": "enter", "back": "q", "quit": "Q|ctrl+q",
    "reload": "r", "reload-all": "R",
    "next-unread": "n", "previous-unread": "p", "plan": "P",
    "read-all": "A", "toggle-read": "N", "unread-only": "l|U",
    "browse": "o", "search": "/", "views": "f", "filter": "F", "clear-filter": "ctrl+f",
    "toggle-star": "ctrl+b", "tag": "ctrl+e|#",
    "cursor-down": "down|j", "cursor-up": "up|k", "top": "home|g", "bottom": "end|G",
    "page-down": "pagedown", "page-up": "pageup", "pane-right": "right", "unfold": "right", "pane-left": "left|h",
    "previous-hit": "p", "previous-change": "p", "help": "?|f1", "palette": ":", "redraw": "ctrl+l", "next-pane": "tab",
}  # fmt: skip

_VIM = {
    "top": "g g|home", "bottom": "G|end",
    "pane-left": "h|left|ctrl+w h", "pane-right": "l|right|ctrl+w l",
    "next-pane": "tab|ctrl+w w", "previous-pane": "shift+tab|ctrl+w p", "zoom": "ctrl+w o",
    "narrower": "ctrl+w <", "wider": "ctrl+w >",
    "next-unread": "n|] u", "previous-unread": "N|[ u", "next-change": "n|] c", "previous-change": "N|[ c",
    "unfold": "l|right|z o", "fold": "h|left|z c",
    "copy-url": "y y|Y", "browse": "g x", "documents": "g d|D", "targets": "g t|L",
    "quit": "Z Z|Z Q|ctrl+q",
}  # fmt: skip


def _keys_in(table: Mapping[str, str]) -> dict[tuple[str, str], tuple[Keys, ...]]:
    return {("", name): tuple(filter(None, map(keys_named, keys.split("|")))) for name, keys in table.items()}


PRESETS = {"newsboat": _keys_in(_NEWSBOAT), "vim": _keys_in(_VIM)}
