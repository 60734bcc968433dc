"""The ground behind the text, which follows the mouse while it is drawn over the text."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events

from tui.widgets.layout.ground import Ground
from tui.widgets.reader import Reader

if TYPE_CHECKING:
    from tui.widgets.choosing.text_choice import TextPlace

Begin = Callable[["TextPlace"], None]


class DragGround(Ground):
    """A ground that holds the reader. It calls `begin` with the first place of the text over which the mouse goes."""

    def __init__(self, begin: Begin, extend: Begin, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's own name
        super().__init__(id=id)
        self._begin = begin
        self._extend = extend
        self._pressed: TextPlace | None = None
        self._drags = False

    def _place_of(self, event: events.MouseEvent, *, inside: bool = False) -> "TextPlace | None":
        """The place of the text nearest to the mouse; with `inside` only if the mouse is over the page."""
        reader = self.query_one(Reader)
        x, y = event.screen_x - reader.region.x, event.screen_y - reader.region.y
        if inside and not (0 <= x < reader.room.width and 0 <= y < reader.room.height):
            return None
        return reader.chosen.place_at(int(y) + reader.scroll_offset.y, int(x))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember where the left button was pressed."""
        self._pressed, self._drags = self._place_of(event, inside=True) if event.button == 1 else None, False

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Choose the text from there to the mouse; at the edge of the pane the text scrolls."""
        if self._pressed is None or not event.button:
            return
        place = self._place_of(event)
        if place is None or (place == self._pressed and not self._drags):
            return
        if not self._drags:
            self._drags = True
            self.query_one(Reader).capture_mouse()
            self._begin(self._pressed)
        self._extend(place)

    def on_mouse_up(self) -> None:
        """Leave what is chosen as it is."""
        if self._drags:
            self.query_one(Reader).release_mouse()
        self._pressed, self._drags = None, False
