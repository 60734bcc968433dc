"""A list of rows of any kind. Only the rows in view are drawn, so a million rows cost what a screen costs.

The selection is a row, not a line: when new rows arrive above, selection and view stay where the reader is. Drawing
asks the source of the rows nothing: rows around the view are read ahead in a thread. A row that has not been read yet
is a blank line and is drawn when it comes. A key waits for rows a moment, so that in normal use no line is ever blank.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar, Generic, TypeVar

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from tui.commands import bindings_of
from tui.widgets.line_view import LineView, component_classes
from tui.widgets.lists.followers import Followers
from tui.widgets.lists.reading_thread import ReadingThread
from tui.widgets.lists.row_source import RowSource
from tui.widgets.lists.row_window import RowWindow
from tui.widgets.lists.table import RowLayout, RowTable
from tui.widgets.row_range import RowRange
from tui.words import _

T = TypeVar("T")

_AHEAD = 32  # rows that are read before and behind those in view
_PATIENCE = 0.05  # seconds that a key waits for rows which are read for it
_LAST_WAIT = 1.0  # seconds that the end waits for the rows that the thread is reading
_SLICES = 10  # counted at once on the way to the end of a source that is not counted yet
_HURRIED = 4  # counted at a time while the reader waits there


def _now() -> datetime:
    return datetime.now(UTC)


class ListPane(LineView, Generic[T]):
    """The rows of a source in the columns of a table. `clock` tells the time that "5 min ago" is counted from."""

    PREFIX = "list-pane"
    HAS_OWN_ROOM = False
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("rows")
    COMPONENT_CLASSES: ClassVar[set[str]] = component_classes(
        "list-pane", "row cursor cursor-focus bar empty heading plain quiet accent success warning error failure"
    )

    position: reactive[tuple[int, int]] = reactive((-1, 0), init=False, repaint=False)
    """(index of the selected row from 0, total); (-1, 0) without rows."""

    above: reactive[int] = reactive(0, init=False, repaint=False)
    """How many rows have arrived above the view and have not been scrolled to."""

    empty: reactive[str] = reactive("", init=False)
    """The text of a list without rows; "" stands for that of the table."""

    class SelectionMoved(Message):
        """Another row is selected. An empty list has None as its `row`."""

        def __init__(self, pane: "ListPane[Any]", row: Any, index: int) -> None:
            super().__init__()
            self.pane = pane
            self.row = row
            self.index = index

        @property
        def control(self) -> "ListPane[Any]":
            """The list it happened in."""
            return self.pane

    class RowOpened(SelectionMoved):
        """The reader wants what this row stands for: Enter or a double click."""

    def __init__(
        self,
        table: RowTable[T],
        *,
        ambiguous: int = 1,
        clock: Callable[[], datetime] = _now,
        id: str | None = None,  # noqa: A002 -- Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(ambiguous=ambiguous, id=id, classes=classes)
        self.set_class(not self.HAS_OWN_ROOM, "-table")
        self.table = table
        self.selected: T | None = None
        """The row under the cursor; None also while it is being read."""
        self.range = RowRange()
        """The rows that the reader chooses together, if any."""
        self._words: tuple[str, ...] = ()
        self._clock = clock
        self._thread = ReadingThread()
        self._rows: RowWindow[T] = RowWindow()
        self._index = -1
        self._awaited = ""  # "selection" or "opening": what is to be said of the selected row once it has been read
        self._shape = RowLayout(ambiguous=ambiguous)
        self._lines_before = 0  # lines in view before the last resize
        self._to_end = False  # the reader went to the end of a source that was not counted yet, and stays at it

    # What it shows

    def show(self, source: RowSource[T] | None, *, empty: str = "", words: Sequence[str] = ()) -> None:
        """Show another source, its first row selected; `empty` is said when it has none, `words` are marked."""
        self._rows.close()
        self.table = self.table.for_new_list()
        self._rows = RowWindow(source, self._thread, lambda: self.call_later(self._take_rows), self.table)
        self.empty, self._words = empty, tuple(words)
        self._to_end = False
        self.range.end()
        self.above = 0
        self.painter.strips.clear()
        self.set_lines(self._rows.total)
        self.scroll_to_line(0)
        self._rows.read_now(0, self.app.size.height)
        self._select(0 if self._rows.total else -1)
        self.call_after_refresh(self._read_view)
        self.refresh()

    def refresh_rows(self) -> None:
        """Ask the source again. The selected row, and what is in view, stay where they are."""
        top = self.scroll_offset.y // self._shape.height
        in_view = self._index in self._view
        followers = Followers(self._rows, self.table.id_of, self._index)
        anchors = followers if in_view else Followers(self._rows, self.table.id_of, top)
        index, row = self._index, self.selected
        with self._rows.steady():  # a position and the row there are two questions, and the poller goes on writing
            self._rows.renew()
            if self._rows.source:
                self.range.follow(self._rows.source.index_of)
            heir = followers.survivor(self._rows)
            anchor = heir if in_view else anchors.survivor(self._rows)
            index_now = heir[1] if heir else min(max(index, 0), self._rows.total - 1)
            self._rows.read_now(index_now, index_now)
            same = self._rows[index_now] if heir else None
        self.painter.strips.clear()
        self.set_lines(self._rows.total)
        # An heir takes the place of the row that vanished, not its own.
        if anchor and (shift := anchor[1] - (index if in_view else top)):
            self.scroll_to_line(self.scroll_offset.y + shift * self._shape.height)
            self.above += max(shift, 0)
        self._read_view(_PATIENCE)
        if row is not None and heir and same is not None and self.table.id_of(same) == self.table.id_of(row):
            self._index, self.selected = heir[1], same  # a duplicate's own row goes when its group is put together
            self.position = (heir[1], self._rows.total)
        else:
            self._select(index_now)
        self.refresh()

    def count_on(self) -> None:
        """Let a source that is not counted yet count a little further; the list grows at its end."""
        before = self._rows.total
        followed = self._to_end and self._index in self._view  # not a reader who scrolled away
        growing = False
        for _slice in range(_HURRIED if followed else 1):
            growing = self._rows.grow()
        if self._rows.total != before:
            self.set_lines(self._rows.total)
            if self._index < 0:
                self._select(0)
            self.position = (self._index, self._rows.total)
            if followed:
                super().action_bottom()
            self._read_view()
            self.refresh()
        self._to_end = followed and growing

    def action_bottom(self, count: int = 0) -> None:
        """To the last row; of a long search to the last found in a tenth of a second, and on as more are found.

        With a count, to the row with this number.
        """
        if count:
            super().action_bottom(count)
            return
        for _slice in range(_SLICES):
            self.count_on()
        super().action_bottom()
        self._to_end = self._rows.source is not None and not self._rows.source.exact

    def select(self, name: str) -> bool:
        """Select the row with this id; False when the source does not list it."""
        index = self._rows.source.index_of(name) if self._rows.source else None
        if index is not None:
            self.move_to(index)
        return index is not None

    @property
    def _view(self) -> range:
        """The positions in view."""
        top = self.scroll_offset.y // self._shape.height
        return range(top, top + self.room.height // self._shape.height + 1)

    # What is read ahead

    def _read_view(self, patience: float = 0.0) -> None:
        """Have the rows in view read, and those around them; wait for the first of them for `patience` seconds."""
        top, last = self._view[0], self._view[-1]
        self._rows.read(top, last, patience=patience)
        self._rows.read(top - _AHEAD, last + _AHEAD)

    def _take_rows(self) -> None:
        """Take the rows that the thread has read: it has said that there are some."""
        if self._rows.take():
            self._read_view()  # what came may hold no longer
            self.refresh()
        if self._awaited and (row := self._rows[self._index]) is not None:
            self.selected, opening = row, self._awaited == "opening"
            self._awaited = ""
            self.post_message(self.SelectionMoved(self, row, self._index))
            if opening:
                self.post_message(self.RowOpened(self, row, self._index))

    def on_unmount(self) -> None:
        """End the thread before its source is closed."""
        self._rows.close()
        self._thread.close(_LAST_WAIT)

    # How it is drawn

    def set_lines(self, count: int) -> None:
        """Scroll through `count` rows, in the layout that the pane's size asks for."""
        self._shape = self.table.layout_for(self.room, self.ambiguous)
        self.lines_per_place = self._shape.height
        super().set_lines(count * self._shape.height)

    def on_resize(self, _event: events.Resize) -> None:
        """The selected row keeps its place in the view, also where rows change their height."""
        if not self.room:
            return
        height = self._shape.height
        offset = self._index * height - self.scroll_offset.y
        was_in_view = 0 <= offset < max(self._lines_before, 1) or self._index < 1
        self._lines_before = self.room.height
        self.set_lines(self._rows.total)
        if self._shape.height != height:
            top = self.scroll_offset.y // height
            self.scroll_to_line(top * self._shape.height)
            self.redraw()
        if was_in_view:
            self.move_to(self._index)
        self._read_view(_PATIENCE)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Count the rows above that are still new, and read ahead from here."""
        super().watch_scroll_y(old_value, new_value)
        self.above = min(self.above, round(new_value) // self._shape.height)
        self._read_view(_PATIENCE)

    def line_at(self, number: int, width: int) -> Strip:
        """One line of a row; a blank one while the row is being read."""
        table = self._rows.table or self.table
        if width != self._shape.width or table is not self.table:
            # A scroll bar came or went, of which no Resize tells, or rows were read from which the table learned.
            if table is not self.table:
                self.painter.strips.clear()
                self.table = table
            height = self._shape.height
            self._shape = table.layout_for(self.room, self.ambiguous)._replace(height=height)
        if not self._rows.total:
            counting = self._rows.source is not None and not self._rows.source.exact
            sentence = _("Searching…") if counting else self.empty or (_(self.table.empty) if self.table.empty else "")
            return self.painter.sentence_line(number, sentence, self.painter.look("row", "empty"))
        index, part = divmod(number, self._shape.height)
        is_selected = index == self._index
        key = (number, width, is_selected)
        strip = self.painter.strips.get(key)
        if strip is None:
            row = self._rows[index]
            parts = [] if row is None else self.table.parts(row, part, self._shape, self._clock(), self._words)
            look, state = self.painter.look, "cursor" if is_selected else "row"
            strip = self.painter.strip_of([(text, look(state, name)) for text, name in parts], look(state))
            if row is not None:
                self.painter.strips[key] = strip
        # Whether a row is in the range depends on the cursor, so the bar is no part of what is kept.
        return self.painter.with_bar(strip) if is_selected or index in self.range.positions(self._index) else strip

    # How it moves

    def _select(self, index: int) -> None:
        """Make `index` the selected row, in view or not, and say so once the row has been read."""
        self._index = index
        self._rows.read(index, index, patience=_PATIENCE)
        self.selected = self._rows[index]
        self._awaited = "selection" if self.selected is None and index >= 0 else ""
        self.position = (index, self._rows.total)
        if not self._awaited:
            self.post_message(self.SelectionMoved(self, self.selected, index))

    @property
    def cursor(self) -> int:
        """The selected row."""
        return self._index

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._rows.total

    def move_to(self, place: int) -> None:
        """Select the row at `place` and bring it into view."""
        index = min(max(place, 0), self._rows.total - 1)
        if index != self._index:
            self._to_end = False
            self._select(index)
            self.refresh()
        height = self._shape.height
        first = max(self._index, 0) * height
        self.keep_in_view(first, first + height - 1, margin=height)

    def action_choose(self) -> None:
        """Say that the reader wants what the selected row stands for."""
        if self.selected is not None:
            self.post_message(self.RowOpened(self, self.selected, self._index))
        elif self._awaited:
            self._awaited = "opening"

    def on_click(self, event: events.Click) -> None:
        """A click selects, a second one opens."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        index = (offset.y + self.scroll_offset.y) // self._shape.height
        if 0 <= index < self._rows.total:
            self.move_to(index)
            if event.chain == 2:
                self.action_choose()
