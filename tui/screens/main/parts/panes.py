"""The widgets of the panes: they follow the layout, and one of them has the keys."""

from msgspec.structs import replace
from textual.geometry import Size
from textual.widget import Widget

from tui.commands import Place
from tui.screens.main.layout import PANES, STEP, Pane, PaneLayout, shape_of
from tui.screens.main.state import StatefulScreen
from tui.widgets.bars.key_line import KeyLine
from tui.widgets.bars.written_line import WrittenLine
from tui.widgets.reader import Reader

_WIDGETS: dict[Pane, str] = {"list": "ArticleList", "reader": "Reader", "plan": "PlanTree"}


class Panes:
    """The three panes as widgets of a screen. `arrange()` makes them follow the state."""

    def __init__(self, screen: StatefulScreen) -> None:
        self._screen = screen
        self._given = ("", "")  # the list's width and height in its own styles

    @property
    def layout(self) -> PaneLayout:
        """The layout in force."""
        return self._screen.state.layout

    @layout.setter
    def layout(self, layout: PaneLayout) -> None:
        """Change the layout; the widgets follow with `arrange()`."""
        self._screen.state = replace(self._screen.state, layout=layout)

    def prepare(self, list_pane: Widget) -> None:
        """Take the window's shape before anything is mounted, so that the first picture is the right one."""
        self.layout = replace(self.layout, shape=shape_of(self._screen.app.size))
        self._screen.set_classes(self.layout.classes)
        self._give_room(list_pane)

    @property
    def written_line(self) -> WrittenLine | None:
        """The line that is being written: the filter's or the tags'."""
        return next((line for line in self._screen.query(WrittenLine) if line.editing), None)

    @property
    def own_keys(self) -> Place | None:
        """The place of a line that has the keys instead of a pane: one that is written, or that of the chosen text."""
        if line := self.written_line:
            return line.PLACE
        return "choosing" if any(bar.display for bar in self._screen.query("ChoiceBar")) else None

    def widget_of(self, pane: Pane) -> Widget:
        """The widget that takes a pane's keys."""
        return self._screen.query_one(_WIDGETS[pane])

    @property
    def places(self) -> tuple[Place, ...]:
        """The places whose keys work now, the innermost first."""
        if own := self.own_keys:
            return (own,)
        layout = self.layout
        reader = self._screen.query_one(Reader)
        hits: tuple[Place, ...] = ()
        if layout.pane == "reader" and (reader.searching or reader.compared):
            hits = ("changes",) if reader.compared else ("hits",)
        last: tuple[Place, ...] = ("last",) if layout.pane == "list" and not layout.zoomed else ()
        text: tuple[Place, ...] = ("text",) if layout.pane == "reader" else ()
        return (layout.pane, *last, *hits, *text, "main")

    def arrange(self) -> None:
        """Make classes, sizes and the line of keys follow the state. The styles do the rest."""
        classes = self.layout.classes
        if classes != self._screen.classes:  # each change of classes styles the whole screen again
            self._screen.set_classes(classes)
        self._give_room(self._screen.query_one("#list-pane"))
        self._light()
        self._screen.query_one(KeyLine).places = self.places

    def _give_room(self, list_pane: Widget) -> None:
        sizes = self.layout.list_size(self._screen.app.size.height)
        for name, size, given in zip(("width", "height"), sizes, self._given, strict=True):
            if given != size:  # each setting lays the whole screen out again
                setattr(list_pane.styles, name, size or None)
        self._given = sizes

    def _light(self) -> None:
        """Light the line before the pane that has the keys. The widgets in the pane look the same either way."""
        for name, pane in (("#text-panes", "reader"), ("#plan-pane", "plan")):
            ground, lit = self._screen.query_one(name), pane == self.layout.pane
            if ground.has_class("-lit") != lit:
                ground.set_class(lit, "-lit", update=False)
                self._screen.app.stylesheet.apply(ground)

    def enter(self, pane: Pane) -> None:
        """Give the keys to a pane."""
        self.layout = replace(self.layout, pane=pane)
        self.arrange()
        self._screen.set_focus(self.widget_of(pane))

    def resize(self, size: Size) -> None:
        """Take the shape that a window of this size asks for."""
        self.layout = replace(self.layout, shape=shape_of(size))

    def follow_focus(self, focused: Widget) -> None:
        """Follow a focus that a click moved."""
        for pane in PANES:
            if self.widget_of(pane) is focused and pane != self.layout.pane:
                self.layout = replace(self.layout, pane=pane)
        self.arrange()

    def action_narrower(self) -> None:
        """Give the list less room."""
        self._widen(-STEP)

    def action_wider(self) -> None:
        """Give the list more room."""
        self._widen(STEP)

    def _widen(self, step: int) -> None:
        self.layout = self.layout.with_step(step)
        self.arrange()
