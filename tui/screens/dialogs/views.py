"""The saved views of config.toml to choose from: by Enter, by number, or by the key that a view was given.

Here a view is renamed, given a key, moved and removed, with undo. The number of unread articles stands beside each.
"""

import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.events import Mount
from textual.widgets import Static

from feeds.archive import Engine
from feeds.config import View
from feeds.errors import ConfigError
from tui.commands import bindings_of
from tui.filters.editing import ViewEditor
from tui.keyboard.dispatch import has_key
from tui.screens.archive_reading import read_in_thread
from tui.screens.dialogs.dialog import Dialog
from tui.screens.dialogs.filters import count_some
from tui.screens.dialogs.name import NameScreen
from tui.text import cells
from tui.widgets.lists.article_table import TOLD
from tui.widgets.menus.row_list import RowList
from tui.words import _, sentence_of

T = TypeVar("T")
KEY_CELLS = 4
NUMBERED = 9
_BUDGET = 0.1  # seconds of counting until the numbers are shown, and one view more


class ViewsScreen(Dialog[str]):
    """Views by name. Answers the name of the view to show."""

    BINDINGS = bindings_of("views")
    PLACES = ("rows", "views", "dialog")

    def __init__(
        self, editor: ViewEditor, archive: Path, today: date, shown: str = "", told: Mapping[str, int] | None = None
    ) -> None:
        super().__init__()
        self._editor = editor
        self._archive = archive
        self._today = today
        self._shown = shown
        self._told = told or {}
        self._unread: dict[str, int] = {}

    def heading(self) -> str:
        """The box's title."""
        return _("Views")

    def compose_box(self) -> ComposeResult:
        """The rows, and a note where there is no view."""
        yield RowList()
        if not self._editor.views:
            yield Static(Content(_("There are no views yet. S keeps the filter in force as one.")), id="note")

    @on(Mount)
    def _begin(self) -> None:
        names = [view.name for view in self._editor.views]
        self._fill(names.index(self._shown) if self._shown in names else 0)
        self._count()

    def _fill(self, cursor: int | None = None) -> None:
        width = max((cells(view.name) for view in self._editor.views), default=0)
        rows = [
            row_of(view, number, width, self._unread.get(view.name), self._told.get(view.name, 0))
            for number, view in enumerate(self._editor.views, 1)
        ]
        self.query_one(RowList).show(rows, cursor=cursor)

    def _count(self) -> None:
        """Count some views that have no number yet, from the cursor on. Their numbers are shown before the next."""
        place, views = self._place(), self._editor.views
        waiting = [view for view in (*views[place:], *views[:place]) if view.name not in self._unread]
        if not waiting:
            return
        end, today = time.monotonic() + _BUDGET, self._today

        def count(archive: Engine) -> dict[str, int]:
            return count_some(archive, waiting, today, lambda: time.monotonic() > end)

        read_in_thread(self, self._archive, count, self._take_counts)

    def _take_counts(self, counts: dict[str, int]) -> None:
        self._unread |= counts
        self._fill()
        self._count()

    @on(RowList.RowChosen)
    def _answer(self, event: RowList.RowChosen) -> None:
        self.dismiss(self._editor.views[event.index].name)

    def on_key(self, event: events.Key) -> None:
        """Show the view that has this key, if no command has it."""
        view = self._editor.view_with_key(event.character)
        if view and not has_key(self, event.key):
            event.stop()
            self.dismiss(view.name)

    def action_take(self, number: str) -> None:
        """The view with this number."""
        if int(number) <= len(self._editor.views):
            self.dismiss(self._editor.views[int(number) - 1].name)

    # How views are changed

    def _place(self) -> int:
        return self.query_one(RowList).cursor

    def _change(self, change: Callable[[], T]) -> T | None:
        """Change views, and show them. Return the result; None where it cannot be done, and say why."""
        result = None
        try:
            result = change()
        except ConfigError as error:
            self.notify(sentence_of(error.fault), severity="error", markup=False)
        self._fill()
        self._count()  # a renamed view has no number yet
        return result

    def action_rename_view(self) -> None:
        """Write another name for the view."""
        if not self._editor.views:
            return
        place = self._place()

        def take(name: str | None) -> None:
            if name:
                self._change(lambda: self._editor.rename(place, name))

        view = self._editor.views[place]
        self.app.push_screen(NameScreen(_("Rename"), view.query, view.name), take)

    def action_give_key(self) -> None:
        """Write one character that shows the view; nothing takes its key away."""
        if not self._editor.views:
            return
        place = self._place()

        def take(key: str | None) -> None:
            if key is not None:
                self._change(lambda: self._editor.set_key(place, key))

        view = self._editor.views[place]
        self.app.push_screen(NameScreen(_("Key"), _("One character that shows this view, or nothing"), view.key), take)

    def action_move_down(self) -> None:
        """Move the view down."""
        self._move(1)

    def action_move_up(self) -> None:
        """Move the view up."""
        self._move(-1)

    def _move(self, step: int) -> None:
        if self._editor.views:
            place = self._place()
            moved = self._change(lambda: self._editor.move(place, step))
            self.query_one(RowList).cursor = place if moved is None else moved

    def action_remove_view(self) -> None:
        """Take the view out of config.toml."""
        if self._editor.views:
            place = self._place()
            if view := self._change(lambda: self._editor.remove(place)):
                self.notify(_("View {name} is removed; u puts it back.").format(name=view.name), markup=False)

    def action_undo_view(self) -> None:
        """Undo the last change of the views."""
        if self._change(self._editor.undo) is False:
            self.notify(_("There is nothing to undo."), markup=False)


def row_of(view: View, number: int, width: int, unread: int | None = None, told: int = 0) -> Content:
    """Its key or number, its name, its number of unread articles, what it told of these as a watch, its filter."""
    key = view.key or (str(number) if number <= NUMBERED else "")
    name = view.name + " " * (width - cells(view.name))
    count = f"{unread:>7}" if unread else " " * 7
    watch = f" {TOLD}{told or ''}" if view.is_watch else ""
    gap = " " * (KEY_CELLS - cells(key))
    return Content.assemble(
        (key, "bold $accent"), gap, name, (count, "bold"), (watch, "bold $accent"), (f"  {view.query}", "$quiet")
    )
