"""The [keys] of config.toml as a KeyMap. Mistakes are values, so that one wrong line costs only itself. Pure.

Start-up imports this only where a reader has keys of his own.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import permutations
from typing import get_args

from feeds.config import Macro, View, WrittenKeys
from feeds.controls import excerpt
from feeds.errors import phrase
from feeds.model import Fault
from tui.commands import COMMANDS, MACRO, WINDOW, Command, Place, shown_key
from tui.keyboard.in_force import FOLLOWERS, KeyMap
from tui.keyboard.names import key_named, keys_named, nearest_key
from tui.keyboard.presets import PRESETS
from tui.keyboard.tables import Keys

_NO_COMMAND = (phrase("there is no command {name}"), phrase("there is no command {name}; perhaps {near}"))
_NO_PRESET = phrase("there is no preset {name}; there are {choices}")
_NO_PLACE = (phrase("there is no place {name}"), phrase("there is no place {name}; perhaps {near}"))
_NO_KEY = (phrase("{name} is no key"), phrase("{name} is no key; perhaps {near}"))
PLACES: tuple[str, ...] = get_args(Place)
_BY_ID = {command.id: command for command in COMMANDS}
_MAIN = ("changes", "main", "last", "app")
_SCREEN = ("dialog", "lasting", "app")
CONTEXTS: Mapping[str, tuple[str, ...]] = {
    "list": ("list", *_MAIN),
    "reader": ("reader", "hits", *_MAIN),
    "plan": ("plan", *_MAIN),
    "line": ("line", "app"),
    "find": ("find", "app"),
    "name": ("name", "dialog", "app"),
    "rows": ("rows", "dialog", "app"),
    "filters": ("facets", "rows", "filters", "dialog", "app"),
    "views": ("rows", "views", "dialog", "app"),
    "palette": ("palette", "dialog", "app"),
    **{screen: ("rows", screen, *_SCREEN) for screen in ("sources", "compare")},
    **{screen: ("rows", screen, "table", *_SCREEN) for screen in ("targets", "calendar", "documents")},
    "document": ("plan", "document", *_SCREEN),
}
"""The places whose keys work at the same time, by the innermost one that names them."""


def keymap_of(written: WrittenKeys, macros: Sequence[Macro] = ()) -> tuple[KeyMap, list[Fault]]:
    """The keys and macros that config.toml gives, and the mistakes in them."""
    faults: list[Fault] = []
    own: dict[tuple[str, str], tuple[Keys, ...]] = {}
    preset: Mapping[tuple[str, str], tuple[Keys, ...]] = {}
    for name, value in written.items():
        if name == "preset":
            if isinstance(value, str) and value in PRESETS:
                preset = PRESETS[value]
            else:
                faults.append(_fault("keys.preset", _NO_PRESET, value, ", ".join(PRESETS)))
        elif isinstance(value, dict):
            if name not in PLACES:
                faults.append(_unknown(f"keys.{name}", _NO_PLACE, name, PLACES))
                continue
            for command, keys in value.items():
                _take(own, faults, name, command, keys)
        else:
            _take(own, faults, "", name, value)
    read = [_macro(own, faults, number, macro) for number, macro in enumerate(macros, 1)]
    made = KeyMap(own, preset, tuple(command for command in read if command))
    return made, [*faults, *_conflicts(made)]


def _fault(key: str, template: str, name: object, choices: str = "", near: str = "") -> Fault:
    """A mistake in the line `key` of config.toml, such as `keys.list.zoom`."""
    reason = Fault(template, {"name": excerpt(str(name)), "choices": choices, "near": near})
    return Fault("{key}: {reason}", {"key": excerpt(key), "reason": reason})


def _unknown(key: str, templates: tuple[str, str], name: str, known: Sequence[str]) -> Fault:
    near = nearest_name(name, known)
    return _fault(key, templates[bool(near)], name, near=near)


def nearest_name(name: str, known: Sequence[str]) -> str:
    """The known name that is meant: one with few other letters, or one that has the word (`star`: toggle-star)."""
    wanted = name.lower().replace("_", "-")
    toggles = [one for one in known if one == f"toggle-{wanted}"]
    with_word = [one for one in known if wanted in one.split("-")]
    close = [
        *toggles,
        *get_close_matches(wanted, known, 1, 0.75),
        *with_word,
        *get_close_matches(wanted, known, 1, 0.5),
    ]
    return close[0] if close else ""


def _no_key(key: str, written: str) -> Fault:
    near = nearest_key(written)
    return _fault(key, _NO_KEY[bool(near)], written, near=near)


def _take(
    own: dict[tuple[str, str], tuple[Keys, ...]], faults: list[Fault], place: str, name: str, value: str | list[str]
) -> None:
    """Take the keys of one line, or its mistake."""
    key = ".".join(filter(None, ("keys", place, name)))
    command = _BY_ID.get(name)
    if command is None:
        faults.append(_unknown(key, _NO_COMMAND, name, list(_BY_ID)))
        return
    there = CONTEXTS.get(place, (place, "dialog", "app"))
    if place and not set(command.where) & {*there, "lasting" if "lasting" in there else place}:
        faults.append(_fault(key, phrase("there is no command {name} in this place"), name))
        return
    found = []
    for text in [value] if isinstance(value, str) else value:
        keys = keys_named(text) if text else ()
        if keys is None:
            faults.append(_no_key(key, text))
            return
        found += [keys] if keys else []
    if command.gets_key and found and len(found) != len(command.keys):
        faults.append(_fault(key, phrase("{name} needs a key for each of the numbers 1 to 9, or none"), name))
        return
    own[place, name] = tuple(found)


def _macro(
    own: dict[tuple[str, str], tuple[Keys, ...]], faults: list[Fault], number: int, macro: Macro
) -> Command | None:
    """A macro as a command, whose keys are taken; None with a mistake in it."""
    place = f"macro[{number}]"
    for name in macro.commands:
        if name not in _BY_ID:
            faults.append(_unknown(f"{place}.commands", _NO_COMMAND, name, list(_BY_ID)))
            return None
    keys = keys_named(macro.key) if macro.key else ()
    if keys is None:
        faults.append(_no_key(f"{place}.key", macro.key))
    elif keys:
        own["", MACRO + macro.name] = (keys,)
    return Command(MACRO + macro.name, (), macro.name, " · ".join(macro.commands), ("main",), WINDOW)


def _conflicts(made: KeyMap) -> Iterator[Fault]:
    """Keys of the reader that another command has in the same place. Commands that share a key by default may share."""
    told: set[tuple[Keys, frozenset[str]]] = set()
    for context in CONTEXTS.values():
        owners: dict[Keys, list[tuple[Command, bool]]] = defaultdict(list)
        for command in (*COMMANDS, *made.macros):
            if set(command.where) & set(context) and command.id not in FOLLOWERS:
                keys, own = made.keys_of(command, context)
                for sequence in keys:
                    owners[sequence].append((command, own))
        for sequence, those in owners.items():
            for one, other in permutations(those, 2):
                pair = (sequence, frozenset({one[0].id, other[0].id}))
                if one[1] and not set(one[0].keys) & set(other[0].keys) and pair not in told:
                    told.add(pair)
                    yield _conflict(made, context, one[0], other[0], sequence)


def _conflict(made: KeyMap, context: Sequence[str], one: Command, other: Command, keys: Keys) -> Fault:
    place = next((place for place in (*context, "") if (place, one.id) in made.own), "")
    reason = Fault(
        '{keys} is also a key of {name} here; give {name} another key, or "" for none',
        {"keys": shown_key(" ".join(keys)), "name": other.id},
    )
    return Fault("{key}: {reason}", {"key": ".".join(filter(None, ("keys", place, one.id))), "reason": reason})


def view_faults(views: Sequence[View], made: KeyMap) -> list[Fault]:
    """The views whose key is a command's in the list, where it can never show the view."""
    context = CONTEXTS["list"]
    taken = {
        sequence[0]: command
        for command in reversed(COMMANDS)
        if set(command.where) & set(context)
        for sequence in made.keys_of(command, context)[0]
    }
    return [
        Fault(
            "{key}: {keys} is a key of {name}, which comes first",
            {"key": f"view[{number}].key", "keys": view.key, "name": taken[key].id},
        )
        for number, view in enumerate(views, 1)
        if view.key and (key := key_named(view.key)) in taken
    ]
