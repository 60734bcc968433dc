"""Counts and sequences: what each key becomes after the keys before it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.binding import Binding

from tui.commands import TAKE_COUNTS, bindings_of, command_named, shown_key
from tui.keyboard.pressing import MOST, Waiting, press
from tui.keyboard.tables import KeyAction, KeyTable, Level, prefixes_of, table_of

ACTIONS = {
    ("j",): (KeyAction(0, "cursor_down", "cursor-down", counted=True),),
    ("g",): (KeyAction(0, "top", "top", counted=True),),
    ("g", "d"): (KeyAction(1, "do('documents')", "documents"),),
    ("z", "a", "b"): (KeyAction(1, "zoom", "zoom"),),
    ("apostrophe", "1"): (KeyAction(1, "do('numbered_view', '1')", "numbered-view"),),
}
TABLE = KeyTable(ACTIONS, prefixes_of(ACTIONS), counts=True)
ODD = ("0", "1", "7", "9", "j", "g", "d", "z", "a", "b", "x", "apostrophe", "escape")


def typed(keys: str, table: KeyTable = TABLE) -> list[tuple[str, str]]:
    """What is run of these keys: (count, keys); `-` marks keys that were dropped. A passed key runs with the count."""
    ran: list[tuple[str, str]] = []
    waiting = Waiting()
    for key in keys.split():
        outcome, after = press(key, waiting, table)
        if outcome == "ended":
            ran.append((after.digits, " ".join(after.keys)))
            outcome, after = press(key, Waiting(), table)
        if outcome == "passed":
            ran.append((after.digits, key))
        elif outcome == "whole":
            ran.append((after.digits, " ".join(after.keys)))
        elif outcome == "dropped":
            ran.append(("-", " ".join(after.keys)))
        waiting = after if outcome == "held" else Waiting()
    if waiting:
        ran.append((waiting.digits, " ".join(waiting.keys) + " …"))
    return ran


@pytest.mark.parametrize(
    ("keys", "ran"),
    [
        ("j", [("", "j")]),
        ("5 j", [("5", "j")]),
        ("1 2 j j", [("12", "j"), ("", "j")]),
        ("1 0 5 j", [("105", "j")]),
        ("0 j", [("", "0"), ("", "j")]),
        ("g d", [("", "g d")]),
        ("3 g d", [("3", "g d")]),
        ("g j", [("", "g"), ("", "j")]),
        ("4 g j", [("4", "g"), ("", "j")]),
        ("g g d", [("", "g"), ("", "g d")]),
        ("apostrophe 1", [("", "apostrophe 1")]),
        ("7 apostrophe 1", [("7", "apostrophe 1")]),
        ("apostrophe 8 j", [("-", "apostrophe 8"), ("", "j")]),
        ("z a b", [("", "z a b")]),
        ("z a c", [("-", "z a c")]),
        ("z a", [("", "z a …")]),
        ("5 escape j", [("-", ""), ("", "j")]),
        ("2 z a escape escape", [("-", ""), ("", "escape")]),
        ("9 9", [("99", " …")]),
    ],
)
def test_keys_become_counts_and_sequences(keys: str, ran: list[tuple[str, str]]) -> None:
    assert typed(keys) == ran


def test_where_a_digit_is_a_key_no_digit_is_a_count() -> None:
    table = KeyTable({("2",): ACTIONS["g",], **ACTIONS}, counts=True)
    assert typed("2 j", table) == [("", "2"), ("", "j")]
    assert typed("5 j", KeyTable(ACTIONS, counts=False)) == [("", "5"), ("", "j")]


@given(st.lists(st.sampled_from(ODD), max_size=12))
@settings(max_examples=100)
def test_escape_ends_whatever_waits_and_a_count_stays_a_number(keys: list[str]) -> None:
    waiting = Waiting()
    for key in keys:
        outcome, after = press(key, waiting, TABLE)
        waiting = after if outcome == "held" else Waiting()
        assert 0 <= waiting.times < 10**MOST
    if waiting:
        assert press("escape", waiting, TABLE) == ("dropped", Waiting())


@pytest.mark.parametrize(
    ("action", "counted", "count", "run"),
    [
        ("top", True, 12, "top(12)"), ("do('next_unread')", True, 3, "do('next_unread', 3)"),
        ("top", True, 0, "top"), ("zoom", False, 4, "zoom"),
    ],
)  # fmt: skip
def test_a_count_becomes_an_argument(action: str, counted: bool, count: int, run: str) -> None:  # noqa: FBT001
    assert KeyAction(0, action, "", counted).with_count(count) == run


def level(*places: str, writes: str = "") -> Level:
    bindings = bindings_of(*places)  # type: ignore[arg-type]
    single = [one for made in bindings if isinstance(made, Binding) for one in Binding.make_bindings([made])]
    return Level(single, lambda key: len(key) == 1 and key in writes)


def test_the_table_of_a_place_has_the_inner_widget_first() -> None:
    table = table_of([level("reader", "hits"), level("main")])
    assert [action.command for action in table.actions["n",]] == ["next-hit", "next-unread"]
    assert [action.level for action in table.actions["n",]] == [0, 1]
    assert table.actions["apostrophe", "4"][0].action == "do('numbered_view', '4')"
    assert ("apostrophe",) in table.prefixes
    assert table.counts


def test_a_widget_that_writes_a_key_keeps_it_from_outer_ones() -> None:
    table = table_of([level("line", writes="mnxyz123456789"), level("main")])
    assert ("m",) not in table.actions
    assert ("f",) in table.actions
    assert not table.counts


def test_every_command_that_takes_a_count_exists_and_sequences_are_shown_as_typed() -> None:
    assert {command_named(name).id for name in TAKE_COUNTS} == TAKE_COUNTS
    assert command_named("numbered-view").shown_keys == ("'1…9",)
    assert shown_key("g d") == "gd"
    assert shown_key("ctrl+x s") == "^x s"
