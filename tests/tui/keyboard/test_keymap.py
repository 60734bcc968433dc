"""The keys of a reader's own: what is taken, what is told, and which keys are in force."""

from typing import Any

import pytest
from textual.binding import Binding

from feeds.config import Macro, View
from tui.commands import COMMANDS, Place, bindings_of, command_named, shown_key
from tui.keyboard.in_force import KeyMap
from tui.keyboard.keymap import CONTEXTS, PLACES, keymap_of, view_faults
from tui.keyboard.names import key_named, keys_named, nearest_key
from tui.keyboard.presets import PRESETS
from tui.keyboard.tables import KeyTable, Level, places_of, table_of


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("x", "x"), ("G", "G"), ("#", "number_sign"), ("^x", "ctrl+x"), ("C-x", "ctrl+x"), ("ctrl+X", "ctrl+x"),
        ("esc", "escape"), ("Enter", "enter"), ("PgDn", "pagedown"), ("S-Tab", "shift+tab"), ("shift+g", "G"),
        ("alt+left", "alt+left"), ("M-x", "alt+x"), ("f5", "f5"), ("-", "minus"), ("+", "plus"),
        ("ctrl+-", "ctrl+minus"),
        ("文", "文"), ("contrl+x", None), ("entr", None), ("^i", None), ("ctrl+m", None), ("\t", None), ("xy", None),
    ],
)  # fmt: skip
def test_a_key_is_named_as_readers_write_it(word: str, key: str | None) -> None:
    assert key_named(word) == key


def test_a_sequence_is_written_with_blanks_and_the_nearest_key_is_known() -> None:
    assert keys_named("g d") == ("g", "d")
    assert keys_named("ctrl+w <") == ("ctrl+w", "less_than_sign")
    assert keys_named("g entr") is None
    assert [nearest_key(word) for word in ("entr", "escpe", "^i", "pgdwn")] == ["enter", "escape", "tab", "pgdn"]


def told(**written: Any) -> list[str]:
    return [str(fault) for fault in keymap_of(written)[1]]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ({"toggle_star": "x"}, ["keys.toggle_star", "perhaps toggle-star"]),
        ({"star": "x", "read": "x"}, ["command star; perhaps toggle-star", "command read; perhaps toggle-read"]),
        ({"view": "x", "theme": "x"}, ["command view; perhaps views", "command theme; perhaps toggle-theme"]),
        ({"brwose": "x"}, ["there is no command brwose; perhaps browse"]),
        ({"qqqqqq": "x"}, ["there is no command qqqqqq"]),
        ({"lst": {"open": "x"}}, ["keys.lst: there is no place lst; perhaps list"]),
        ({"preset": "vmi"}, ["no preset vmi; there are newsboat, vim"]),
        ({"preset": ["vim"]}, ["keys.preset"]),
        ({"zoom": "spcae"}, ["keys.zoom: spcae is no key; perhaps space"]),
        ({"zoom": "j"}, ["keys.zoom: j is also a key of cursor-down here"]),
        ({"list": {"zoom": "m"}}, ["keys.list.zoom: m is also a key of toggle-read here"]),
        ({"reader": {"open": "x"}}, ["keys.reader.open: there is no command open in this place"]),
        ({"sources": "S", "zoom": "S"}, ["S is also a key of"]),
        ({"numbered-view": ["1", "2"]}, ["needs a key for each of the numbers"]),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_what_is_near(written: dict[str, Any], words: list[str]) -> None:
    faults = told(**written)
    assert faults
    assert all(any(word in fault for fault in faults) for word in words), faults


@pytest.mark.parametrize(
    "written",
    [
        {"zoom": "Z"}, {"zoom": ""}, {"zoom": ["Z", "g z"]}, {"toggle-star": "s", "sources": "f"},
        {"list": {"toggle-star": "x", "compare": ""}}, {"preset": "vim"}, {"preset": "newsboat"},
        {"next-unread": "J", "next-hit": "J"}, {"toggle-theme": "ctrl+t"}, {"reader": {"zoom": "Z"}},
        {"numbered-view": [f"alt+{digit}" for digit in range(1, 10)]}, {"back": "alt+q"},
    ],
)  # fmt: skip
def test_what_is_right_is_taken_without_a_word(written: dict[str, Any]) -> None:
    assert told(**written) == []


def table(written: dict[str, Any], *levels: tuple[Place, ...]) -> KeyTable:
    keys, _faults = keymap_of(written)
    made = [
        Level(
            [
                one
                for made in bindings_of(*places)
                if isinstance(made, Binding)
                for one in Binding.make_bindings([made])
            ],
            lambda _key: False,
        )
        for places in levels
    ]
    return table_of(made, keys.of_binding, keys.of_keyless(places_of(made)))


LIST: tuple[tuple[Place, ...], ...] = (("list",), ("changes", "main", "last"), ("app",))
READER: tuple[tuple[Place, ...], ...] = (("reader", "hits"), ("changes", "main", "last"), ("app",))


def commands_at(keys: str, found: KeyTable) -> list[str]:
    return [action.command for action in found.actions.get(keys_named(keys) or (), ())]


def test_the_keys_of_a_place_work_there_and_the_old_ones_do_not() -> None:
    written = {"list": {"toggle-star": ["x", "g s"], "compare": ""}, "zoom": "Z", "toggle-theme": "ctrl+t"}
    there, elsewhere = table(written, *LIST), table(written, *READER)
    assert (commands_at("x", there), commands_at("g s", there), commands_at("f", there)) == (
        ["toggle-star"], ["toggle-star"], [],
    )  # fmt: skip
    assert (commands_at("x", elsewhere), commands_at("f", elsewhere)) == (["compare"], ["toggle-star"])
    assert (commands_at("z", there), commands_at("Z", there)) == ([], ["zoom"])
    assert there.actions["ctrl+t",][0].action == "app.toggle_theme"
    assert ("g",) in there.prefixes
    assert commands_at("g", there) == ["top"]  # alone it waits a moment


def test_a_key_of_the_readers_comes_before_another_command_that_has_it() -> None:
    assert commands_at("n", table({"browse": "n"}, *READER)) == ["browse", "next-hit", "next-change", "next-unread"]
    digits = table({"numbered-view": [f"alt+{digit}" for digit in range(1, 10)]}, *LIST)
    assert digits.actions["alt+4",][0].action == "do('numbered_view', '4')"
    assert ("apostrophe", "4") not in digits.actions


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_has_no_key_twice_and_loses_no_command(name: str) -> None:
    made = KeyMap(preset=PRESETS[name])
    assert all(keys for keys in PRESETS[name].values())
    for context in CONTEXTS.values():
        owners: dict[tuple[str, ...], list[str]] = {}
        for command in COMMANDS:
            if set(command.where) & set(context) and command.id != "leave":
                for keys in made.keys_of(command, context)[0]:
                    owners.setdefault(keys, []).append(command.id)
        for keys, names in owners.items():
            shared = set.intersection(*(set(command_named(one).keys) for one in names))
            pairs = len(names) == 1 or shared or set(names) <= SHARING
            assert pairs, f"{context[0]}: {shown_key(' '.join(keys))} is {names}"


SHARING = {
    "next-hit",
    "next-change",
    "next-unread",
    "previous-hit",
    "previous-change",
    "previous-unread",
    "toggle-read",
}


def test_newsboats_and_vims_keys_are_there() -> None:
    newsboat, vim = table({"preset": "newsboat"}, *LIST), table({"preset": "vim"}, *LIST)
    assert [commands_at(key, newsboat)[-1] for key in ("N", "p", "A", "R", "Q", "l")] == [
        "toggle-read", "previous-unread", "read-all", "reload-all", "quit", "unread-only",
    ]  # fmt: skip
    assert [commands_at(keys, vim) for keys in ("g g", "g x", "y y", "ctrl+w l", "Z Z", "g")] == [
        ["top"], ["browse"], ["copy-url"], ["pane-right"], ["quit"], [],
    ]  # fmt: skip


def test_the_keys_in_force_are_shown() -> None:
    keys, _faults = keymap_of({"zoom": ["Z", "g z"], "list": {"zoom": "X"}, "compare": ""})
    assert keys.labels_of(command_named("zoom"), "list", "main") == ("X",)
    assert keys.labels_of(command_named("zoom"), "reader", "main") == ("Z", "gz")
    assert keys.labels_of(command_named("compare")) == ()
    assert keys.labels_of(command_named("numbered-view")) == ("'1…9",)


def test_a_view_whose_key_is_a_commands_is_told() -> None:
    views = [View(name="新", query="is:unread", key="j"), View(name="星", query="is:starred", key="b")]
    assert [str(fault) for fault in view_faults(views, KeyMap())] == [
        "view[1].key: j is a key of cursor-down, which comes first"
    ]


@pytest.mark.parametrize(
    ("macro", "words"),
    [
        (Macro(name="甲", commands=("zoom", "pln")), "macro[1].commands: there is no command pln; perhaps plan"),
        (Macro(name="甲", commands=("zoom",), key="g entr"), "macro[1].key: g entr is no key; perhaps enter"),
        (Macro(name="甲", commands=("zoom",), key="m"), "keys.macro:甲: m is also a key of toggle-read here"),
        (Macro(name="甲", commands=("zoom", "plan"), key="ctrl+x m"), ""),
    ],
)
def test_a_mistake_in_a_macro_is_told(macro: Macro, words: str) -> None:
    made, faults = keymap_of({}, [macro])
    assert [str(fault).startswith(words) for fault in faults] == [True] * bool(words)
    assert [command.label for command in made.macros] == ["甲"] * ("commands" not in words)


def test_every_place_of_a_context_is_a_place() -> None:
    assert {place for places in CONTEXTS.values() for place in places} <= set(PLACES)
