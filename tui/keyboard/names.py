"""The names of keys: as a reader writes them in config.toml, and as Textual calls them. Pure."""

import re
from difflib import get_close_matches

from textual.keys import _character_to_key

from tui.commands import GLYPHS

_NAMES = {
    "esc": "escape", "return": "enter", "cr": "enter", "pgdn": "pagedown", "pgup": "pageup", "del": "delete",
    "ins": "insert", "bs": "backspace", "s-tab": "shift+tab", "blank": "space",
}  # fmt: skip
_OTHERS = ("backspace", "delete", "insert", *(f"f{number}" for number in range(1, 13)))
KNOWN = frozenset([*(key for key in GLYPHS if len(key) > 1), *_NAMES, *_NAMES.values(), *_OTHERS])
_TWINS = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+[": "escape", "ctrl+left_square_bracket": "escape"}
_MODIFIERS = {"c": "ctrl", "ctrl": "ctrl", "control": "ctrl", "a": "alt", "m": "alt", "alt": "alt", "meta": "alt",
              "s": "shift", "shift": "shift"}  # fmt: skip
_ORDER = ("alt", "ctrl", "shift")


def key_named(word: str) -> str | None:
    """Textual's name of a key: `^x`, `C-x`, `ctrl+x`, `esc`, `#`, `G`. None if there is no such key."""
    if len(word) == 1:
        return _character_to_key(word) if word.isprintable() and not word.isspace() else None
    if word[0] == "^" and len(word) == 2:
        return _with_modifiers(["ctrl"], word[1].lower())
    *modifiers, last = re.split(r"(?<=.)[+-](?=.)", word)
    names = [_MODIFIERS.get(modifier.lower(), "") for modifier in modifiers]
    if "" in names:
        return None
    key = _character_to_key(last) if len(last) == 1 else _NAMES.get(last.lower(), last.lower())
    if len(last) > 1 and key not in KNOWN:
        return None
    return _with_modifiers(names, key) if names else key


def _with_modifiers(names: list[str], key: str) -> str | None:
    if names == ["shift"] and len(key) == 1:
        return key.upper()
    if "shift" not in names:
        key = key.lower()
    full = "+".join([*sorted(set(names), key=_ORDER.index), key])
    return None if full in _TWINS else full


def keys_named(text: str) -> tuple[str, ...] | None:
    """The keys of a sequence such as `g d`; None with a word that is no key."""
    keys = [key_named(word) for word in text.split()]
    return tuple(key for key in keys if key) if keys and all(keys) else None


def nearest_key(text: str) -> str:
    """The key that may be meant by a word that is no key: `tab` for `^i`, the nearest name, or the first letter."""
    for word in text.split():
        if key_named(word) is None:
            twin = _TWINS.get("ctrl+" + word[-1:].lower()) if len(word) > 1 else None
            near = get_close_matches(word.lower().rpartition("+")[2], sorted(KNOWN), 1, 0.5)
            return twin or (near[0] if near else "")
    return ""
