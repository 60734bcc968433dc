"""The saved views of config.toml to choose from: by Enter, by number, or by the key that a view was given."""

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.events import Mount
from textual.widgets import Static

from feeds.config import Config, View
from tui.commands import bindings_of
from tui.keyboard.dispatch import has_key
from tui.screens.dialogs.dialog import Dialog
from tui.text import cells
from tui.widgets.menus.row_list import RowList
from tui.words import _

KEY_CELLS = 4
NUMBERED = 9


class ViewsScreen(Dialog[str]):
    """Views by name. Answers the name of the view to show."""

    BINDINGS = bindings_of("views")
    PLACES = ("rows", "views", "dialog")

    def __init__(self, config: Config, shown: str = "") -> None:
        super().__init__()
        self._config = config
        self._views = config.views
        self._names = [view.name for view in config.views]
        self._shown = shown

    def heading(self) -> str:
        """The box's title."""
        return _("Views")

    def compose_box(self) -> ComposeResult:
        """The rows. If there is no view, a note says how to write one."""
        yield RowList()
        if not self._views:
            note = _("There are no views yet. Each [[view]] table of config.toml is one: a name and a filter.")
            yield Static(Content(note), id="note")

    @on(Mount)
    def _fill(self) -> None:
        width = max(map(cells, self._names), default=0)
        rows = [row_of(view, number, width) for number, view in enumerate(self._views, 1)]
        self.query_one(RowList).show(rows, cursor=self._names.index(self._shown) if self._shown in self._names else 0)

    @on(RowList.RowChosen)
    def _answer(self, event: RowList.RowChosen) -> None:
        self.dismiss(self._names[event.index])

    def on_key(self, event: events.Key) -> None:
        """Show the view that has this key, if no command has it."""
        view = self._config.view_with_key(event.character)
        if view and not has_key(self, event.key):
            event.stop()
            self.dismiss(view.name)

    def action_take(self, number: str) -> None:
        """The view with this number."""
        if int(number) <= len(self._views):
            self.dismiss(self._names[int(number) - 1])


def row_of(view: View, number: int, width: int) -> Content:
    """Its key or number, its name, its filter."""
    key = view.key or (str(number) if number <= NUMBERED else "")
    name = view.name + " " * (width - cells(view.name))
    return Content.assemble((key, "bold $accent"), " " * (KEY_CELLS - cells(key)), name, (f"  {view.query}", "$quiet"))
