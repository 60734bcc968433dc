"""The one table: everything in it can be done, and nothing can be done by key that is not in it."""

from collections import Counter
from itertools import product

import pytest
from textual.binding import Binding

from tui.app import DashboardApp
from tui.commands import (
    COMMANDS,
    GROUPS,
    HANDED_ON,
    SCREENS,
    Command,
    Place,
    bindings_of,
    commands_of,
    footer_of,
    shown_key,
)
from tui.screens.calendar import CalendarScreen
from tui.screens.compare import CompareScreen
from tui.screens.dialogs.dialog import Dialog
from tui.screens.dialogs.export import ExportScreen
from tui.screens.dialogs.filters import FilterScreen
from tui.screens.dialogs.help import HelpScreen
from tui.screens.dialogs.name import NameScreen
from tui.screens.dialogs.note import NoteScreen
from tui.screens.dialogs.palette import PaletteScreen
from tui.screens.dialogs.pipe import PipeScreen
from tui.screens.dialogs.views import ViewsScreen
from tui.screens.documents.page import DocumentScreen
from tui.screens.documents.table import DocumentsScreen
from tui.screens.lasting import LastingScreen, screen_class
from tui.screens.main import MainScreen
from tui.screens.main.screen import PARTS
from tui.screens.sources import SourcesScreen
from tui.screens.table_screen import TableScreen
from tui.screens.targets import TargetsScreen
from tui.widgets.article_list import ArticleList
from tui.widgets.bars.find_bar import FindBar
from tui.widgets.bars.written_line import WrittenLine
from tui.widgets.choosing.choice_bar import ChoiceBar
from tui.widgets.menus.facet_tree import FacetTree
from tui.widgets.menus.row_list import RowList
from tui.widgets.plan_tree import PlanTree
from tui.widgets.reader import Reader

OWNERS: dict[Place, type] = {
    "list": ArticleList,
    "last": MainScreen,
    "reader": Reader,
    "changes": MainScreen,
    "text": MainScreen,
    "choosing": ChoiceBar,
    "hits": Reader,
    "plan": PlanTree,
    "main": MainScreen,
    "app": DashboardApp,
    "line": WrittenLine,
    "find": FindBar,
    "name": NameScreen,
    "rows": RowList,
    "facets": FacetTree,
    "dialog": Dialog,
    "filters": FilterScreen,
    "views": ViewsScreen,
    "note": NoteScreen,
    "export": ExportScreen,
    "pipe": PipeScreen,
    "sources": SourcesScreen,
    "compare": CompareScreen,
    "table": TableScreen,
    "targets": TargetsScreen,
    "calendar": CalendarScreen,
    "documents": DocumentsScreen,
    "document": DocumentScreen,
    "palette": PaletteScreen,
    "help": HelpScreen,
}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_can_be_done_where_the_table_says(command: Command) -> None:
    if command.screen:
        assert issubclass(screen_class(command), LastingScreen if command in SCREENS else HelpScreen)
        assert hasattr(DashboardApp, "action_open_screen")
        return
    for place in command.where:
        owners = PARTS if place in HANDED_ON else (OWNERS[place],)
        assert [owner for owner in owners if hasattr(owner, f"action_{command.action}")], place


@pytest.mark.parametrize("place", OWNERS)
def test_a_key_means_one_thing_in_one_place(place: Place) -> None:
    keys = Counter(key for command in commands_of(place) for key in command.keys)
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize(("pane", "outer"), [*product(("list", "reader", "plan"), ("main", "app"))])
def test_no_pane_takes_a_key_from_the_main_screen_or_the_app(pane: Place, outer: Place) -> None:
    # In the plan h and l fold first; where nothing can be folded, the main screen gets them. `hits` is no pane: while a
    # search is in force it has n and N in the text, else the main screen gets them as well.
    inner = {key for command in commands_of(pane) if command.id not in {"fold", "unfold"} for key in command.keys}
    assert inner & {key for command in commands_of(outer) for key in command.keys} == set()


@pytest.mark.parametrize("place", OWNERS)
def test_the_owners_take_their_keys_from_the_table(place: Place) -> None:
    owner = OWNERS[place]
    places = [other for other in OWNERS if OWNERS[other] is owner]
    made = {binding.id for binding in bindings_of(*places) if isinstance(binding, Binding)}
    theirs = {binding.id for binding in owner.BINDINGS}  # type: ignore[attr-defined]
    assert theirs == made


def test_the_keys_of_vim_and_newsboat() -> None:
    keys = {
        key: command.id for command in COMMANDS if set(command.where) & {"list", "main", "app"} for key in command.keys
    }
    wanted = {
        "j": "cursor-down", "k": "cursor-up", "g": "top", "G": "bottom", "ctrl+d": "half-page-down",
        "ctrl+u": "half-page-up", "ctrl+f": "page-down", "ctrl+b": "page-up", "space": "read-on", "h": "pane-left",
        "l": "pane-right", "tab": "next-pane", "shift+tab": "previous-pane", "enter": "open", "q": "back",
        "n": "next-unread", "N": "previous-unread", "r": "reload", "R": "reload-all", "m": "toggle-read",
        "A": "read-all", "f": "toggle-star", "u": "undo", "o": "browse", "y y": "copy-url", "slash": "search",
        "F": "filter", "t": "today", "T": "this-week", "c": "clear-filter", "question_mark": "help",
        "colon": "palette", "z": "zoom", "equals_sign": "part",
    }  # fmt: skip
    assert {key: keys.get(key) for key in wanted} == wanted


def test_every_command_has_a_place_in_the_help_and_words() -> None:
    assert {command.group for command in COMMANDS} == set(GROUPS)
    assert all(command.label and command.tooltip and command.id for command in COMMANDS)
    assert all(command.keys or command.palette for command in COMMANDS)


def test_ids_are_unique() -> None:
    assert max(Counter(command.id for command in COMMANDS).values()) == 1


def test_the_footer_offers_help_and_the_way_back_first() -> None:
    shown = [command.id for command in footer_of("list", "main")]
    assert shown.index("help") < 4
    assert "back" in shown


def test_a_key_of_the_footer_is_that_of_the_inner_place() -> None:
    assert "next-hit" in [command.id for command in footer_of("reader", "hits", "main")]
    assert "next-unread" not in [command.id for command in footer_of("reader", "hits", "main")]
    assert "next-unread" in [command.id for command in footer_of("reader", "main")]


def test_a_line_shows_the_keys_that_it_takes() -> None:
    assert [command.id for command in footer_of(FindBar.PLACE)] == ["take-text", "find-nothing"]
    assert [command.id for command in footer_of(*NameScreen.PLACES)] == ["take-name", "close"]


@pytest.mark.parametrize(
    ("key", "shown"), [("ctrl+d", "^d"), ("question_mark", "?"), ("G", "G"), ("enter", "Enter"), ("alt+left", "Alt-←")]
)
def test_keys_are_shown_as_they_are_printed(key: str, shown: str) -> None:
    assert shown_key(key) == shown


def test_no_two_parts_of_the_main_screen_have_one_action() -> None:
    actions = Counter(name for part in PARTS for name in dir(part) if name.startswith("action_"))
    assert [name for name, times in actions.items() if times > 1] == []
