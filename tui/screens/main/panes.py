"""The main screen's ground: three panes in whatever room there is, and which of them has the keys.

Wide windows show list, text and plan side by side; from 80 columns on the list stands over the text, and the plan
beside the text when it is wanted; smaller ones show one pane at a time. A zoomed pane has any window to itself.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Literal

from textual import events
from textual.app import ComposeResult
from textual.geometry import Size, clamp
from textual.screen import Screen
from textual.widget import Widget

from feeds.config import Config
from feeds.model import BEIJING
from tui.commands import Place, bindings_of
from tui.widgets.article_list import ArticleList
from tui.widgets.bars.filter_bar import FilterBar
from tui.widgets.bars.key_line import KeyLine
from tui.widgets.bars.status_line import StatusLine
from tui.widgets.bars.tag_bar import TagBar
from tui.widgets.bars.written_line import WrittenLine
from tui.widgets.layout.ground import Ground
from tui.widgets.plan_tree import PlanTree
from tui.widgets.reader import Reader

Shape = Literal["wide", "stacked", "one"]
Pane = Literal["list", "reader", "plan"]
PANES: tuple[Pane, ...] = ("list", "reader", "plan")
SHARES = {"wide": (24, 40, 60), "stacked": (20, 42, 75)}  # the list's part in percent: least, at first, most
STEP = 4
ROOMY = 44  # lines of window from which list and text both have room enough


def shape_of(size: Size) -> Shape:
    """How the panes stand in a window of this size."""
    if size.width >= 140 and size.height >= 10:
        return "wide"
    return "stacked" if size.width >= 80 and size.height >= 20 else "one"


class Panes(Screen[None]):
    """Composes the panes and moves the focus between them."""

    BINDINGS = bindings_of("main", "last")
    BLANK = True  # there is nothing of it to be seen
    AUTO_FOCUS = "ArticleList"

    def __init__(self, config: Config, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._config = config
        self._now = now
        self._shape: Shape = "wide"
        self._pane: Pane = "list"
        self._zoomed = False
        self._plan_wish: bool | None = None  # None: shown where there is room for three
        self._given: dict[str, str] = {}  # the list's size in its own styles
        self._resumed = False
        self._shares = {shape: first for shape, (_least, first, _most) in SHARES.items()}

    def compose(self) -> ComposeResult:
        """The list with its filter, the text and the plan; below them status and keys."""
        ambiguous = self._config.ambiguous_width
        self._shape = shape_of(self.app.size)  # so that the first picture is the right one
        self.set_classes(self._looks)
        with Ground(id="panes"):
            with Ground(id="list-pane") as list_pane:
                self._share(list_pane)
                yield FilterBar(self.today, self.labels, ambiguous=ambiguous)
                yield ArticleList(ambiguous=ambiguous, clock=self._now)
            with Ground(id="text-panes"):
                yield Reader(ambiguous=ambiguous)
                with Ground(id="plan-pane"):
                    yield PlanTree(ambiguous=ambiguous)
        yield TagBar(self.labels, ambiguous=ambiguous)
        yield StatusLine(self._now, ambiguous=ambiguous)
        yield KeyLine()

    def update_node_styles(self, animate: bool = True) -> None:  # noqa: FBT001, FBT002 -- Textual's signature
        """Style everything anew; not before the first frame, for which each widget was styled as it was mounted."""
        if self._resumed:
            super().update_node_styles(animate)

    def on_screen_resume(self) -> None:
        """The first frame is drawn with this event, or was long ago."""
        self.call_next(self._resume)

    def _resume(self) -> None:
        self._resumed = True

    def labels(self, field: str) -> Sequence[tuple[str, int]]:
        """What a field of the filter may hold, with numbers of articles."""
        raise NotImplementedError

    @property
    def line_written(self) -> WrittenLine | None:
        """The line that is being written: the filter's or the tags'."""
        return next((line for line in self.query(WrittenLine) if line.editing), None)

    def today(self) -> date:
        """The Beijing day."""
        return self._now().astimezone(BEIJING).date()

    @property
    def pane(self) -> Pane:
        """The pane that has the keys."""
        return self._pane

    def widget_of(self, pane: Pane) -> Widget:
        """The widget that takes a pane's keys."""
        return self.query_one({"list": "ArticleList", "reader": "Reader", "plan": "PlanTree"}[pane])

    @property
    def plan_shown(self) -> bool:
        """Whether the plan has a place in the window."""
        if self._shape == "one":
            return True
        return self._shape == "wide" if self._plan_wish is None else self._plan_wish

    @property
    def alone(self) -> bool:
        """Whether one pane has the window to itself."""
        return self._zoomed or self._shape == "one"

    def shows(self, pane: Pane) -> bool:
        """Whether a pane is in view."""
        return pane == self._pane if self.alone else pane != "plan" or self.plan_shown

    @property
    def _looks(self) -> set[str]:
        """The classes by which the styles know shape and zoom; the pane where it stands alone."""
        names = {"-alone", f"-on-{self._pane}"} if self.alone else {f"-{self._shape}"}
        return names | {"-with-plan"} if self.plan_shown else names

    def _share(self, list_pane: Widget) -> None:
        """Give the list its part of the window."""
        share = None if self.alone else self._shares[self._shape]
        if share and self._shape == "stacked" and self._pane != "list" and self.app.size.height < ROOMY:
            share = max(share // 2, SHARES["stacked"][0])  # while one reads, the text has the room
        sizes = (f"{share}%" if share and self._shape == shape else "" for shape in ("wide", "stacked"))
        for name, size in zip(("width", "height"), sizes, strict=True):
            if self._given.get(name, "") != size:  # each setting lays the whole main screen out anew
                setattr(list_pane.styles, name, size or None)
                self._given[name] = size

    def fold(self) -> None:
        """Bring classes and sizes into line with shape, zoom and pane; the styles do the rest."""
        if self._looks != self.classes:  # each change of classes restyles the whole main screen
            self.set_classes(self._looks)
        self._share(self.query_one("#list-pane"))
        self._light()
        self.query_one(KeyLine).places = self.places

    def _light(self) -> None:
        """Light the line before the pane that has the keys; what stands behind it looks the same either way."""
        for name, pane in (("#text-panes", "reader"), ("#plan-pane", "plan")):
            ground, lit = self.query_one(name), pane == self._pane
            if ground.has_class("-lit") != lit:
                ground.set_class(lit, "-lit", update=False)
                self.app.stylesheet.apply(ground)

    @property
    def places(self) -> tuple[Place, ...]:
        """Where the keys go at present."""
        if self.line_written:
            return ("line",)
        hits: tuple[Place, ...] = ("hits",) if self._pane == "reader" and self.query_one(Reader).searching else ()
        last: tuple[Place, ...] = ("last",) if self._pane == "list" and not self._zoomed else ()
        return (self._pane, *last, *hits, "main")

    def go(self, pane: Pane) -> None:
        """Give the keys to a pane."""
        self._pane = pane
        self.fold()
        self.widget_of(pane).focus()

    def on_resize(self, event: events.Resize) -> None:
        """Fold or unfold the panes."""
        self._shape = shape_of(event.size)
        if self._pane == "plan" and not self.plan_shown:
            self.go("reader")
        self.fold()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Follow a focus that a click moved."""
        for pane in PANES:
            if self.widget_of(pane) is event.widget and pane != self._pane:
                self._pane = pane
        self.fold()

    def _neighbour(self, step: int, *, around: bool = False) -> Pane:
        order = [pane for pane in PANES if pane != "plan" or self.plan_shown]
        place = order.index(self._pane) + step if self._pane in order else 0
        return order[place % len(order) if around else clamp(place, 0, len(order) - 1)]

    def action_pane_right(self) -> None:
        """To the pane on the right."""
        self.go(self._neighbour(1))

    def action_pane_left(self) -> None:
        """To the pane on the left."""
        self.go(self._neighbour(-1))

    def action_next_pane(self) -> None:
        """To the next pane, from the last to the first."""
        self.go(self._neighbour(1, around=True))

    def action_previous_pane(self) -> None:
        """To the pane before, from the first to the last."""
        self.go(self._neighbour(-1, around=True))

    def action_plan(self) -> None:
        """Show or hide the plan; where one pane stands alone, go to it or leave it."""
        if self.alone:
            self.go("reader" if self._pane == "plan" else "plan")
            return
        self._plan_wish = not self.plan_shown
        if self._pane == "plan" and not self._plan_wish:
            self.go("reader")
        self.fold()

    def action_zoom(self) -> None:
        """Give the window to one pane, or back."""
        self._zoomed = not self._zoomed
        self.go(self._pane)

    def action_narrower(self) -> None:
        """Give the list less room."""
        self._widen(-STEP)

    def action_wider(self) -> None:
        """Give the list more room."""
        self._widen(STEP)

    def _widen(self, step: int) -> None:
        if not self.alone:
            least, _first, most = SHARES[self._shape]
            self._shares[self._shape] = clamp(self._shares[self._shape] + step, least, most)
            self.fold()
