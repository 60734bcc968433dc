"""The list of articles: only the rows in view are asked for and drawn, so a million articles cost what a screen costs.

The selection is an article, not a line: when new ones arrive above, selection and view stay where the reader is.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from feeds.model import BEIJING
from tui.commands import bindings_of
from tui.widgets.layout.row import RowLayout, parts_of
from tui.widgets.line_view import LineView, component_classes
from tui.widgets.rows import Listing, Row, RowWindow
from tui.words import _

_MINUTE_HAND = 30.0
_HEIRS = 12
_SLICES = 10  # counted at once on the way to the end of a list that is not counted yet
_HURRIED = 4  # counted at a time while the reader waits there


def _now() -> datetime:
    return datetime.now(BEIJING)


class ArticleList(LineView):
    """The rows of a listing. `clock` tells the time that "5 min ago" is counted from."""

    PREFIX = "article-list"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("list")
    COMPONENT_CLASSES: ClassVar[set[str]] = component_classes(
        "article-list",
        "row cursor cursor-focus unread read mark star time tag place agency code kept short plan hit empty bar",
    )

    position: reactive[tuple[int, int]] = reactive((-1, 0), init=False, repaint=False)
    """(index of the selected row from 0, total); (-1, 0) when there is none."""

    above: reactive[int] = reactive(0, init=False, repaint=False)
    """How many articles have arrived above the view and have not been scrolled to."""

    class ArticleSelected(Message):
        """Another article is selected; `row` is None when the list is empty."""

        def __init__(self, articles: "ArticleList", row: Row | None, index: int) -> None:
            super().__init__()
            self.articles = articles
            self.row = row
            self.index = index

        @property
        def control(self) -> "ArticleList":
            """The list it happened in."""
            return self.articles

    class ArticleOpened(ArticleSelected):
        """The reader wants to read this article: Enter or a double click."""

    def __init__(
        self,
        *,
        ambiguous: int = 1,
        clock: Callable[[], datetime] = _now,
        id: str | None = None,  # noqa: A002 -- Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(ambiguous=ambiguous, id=id, classes=classes)
        self._clock = clock
        self._rows = RowWindow()
        self._words: tuple[str, ...] = ()
        self._empty = ""
        self._index = -1
        self._row: Row | None = None
        self._shape = RowLayout(ambiguous=ambiguous)
        self._lines_before = 0  # lines in view before the last resize
        self._to_end = False  # the reader went to the end of a list that was not counted yet, and stays at it

    def on_mount(self) -> None:
        """Times grow old while nothing moves."""
        self.set_interval(_MINUTE_HAND, self.redraw)

    # What it shows

    @property
    def selected(self) -> Row | None:
        """The row under the cursor."""
        return self._row

    def show(self, listing: Listing | None, *, empty: str = "") -> None:
        """Show another listing, its first article selected; `empty` is said when it has none."""
        self._rows = RowWindow(listing)
        self._empty = empty
        self._to_end = False
        self.above = 0
        self._strips.clear()
        self._fit()
        self.scroll_to_line(0)
        self._select(0 if self._rows.total else -1)
        self.refresh()

    def refresh_listing(self) -> None:
        """Ask the listing again. The selected article, and what is in view, stay where they are."""
        top = self.scroll_offset.y // self._shape.height
        in_view = self._in_view(self._index)
        heirs = self._heirs(self._index)
        anchors = heirs if in_view else self._heirs(top)
        index, row = self._index, self._row
        with self._rows.steady():  # a place and who stands there are two questions, and the poller goes on writing
            self._rows.renew()
            heir = self._survivor(heirs)
            anchor = heir if in_view else self._survivor(anchors)
            same = self._rows[heir[1]] if heir else None
        self._strips.clear()
        self._fit()
        # An heir takes the place of the row that vanished, not its own.
        if anchor and (shift := anchor[1] - (index if in_view else top)):
            self.scroll_to_line(self.scroll_offset.y + shift * self._shape.height)
            self.above += max(shift, 0)
        if row and heir and same and same.id == row.id:  # a copy's own row goes when its piece is put together
            self._index, self._row = heir[1], same
            self.position = (heir[1], self._rows.total)
        else:
            self._select(heir[1] if heir else min(max(index, 0), self._rows.total - 1))
        self.refresh()

    def count_on(self) -> None:
        """Let a listing that is not counted yet count a little further; the list grows at its end."""
        before = self._rows.total
        followed = self._to_end and self._in_view(self._index)  # not one who scrolled away
        growing = False
        for _slice in range(_HURRIED if followed else 1):
            growing = self._rows.grow()
        if self._rows.total != before:
            self._fit()
            if self._index < 0:
                self._select(0)
            self.position = (self._index, self._rows.total)
            if followed:
                super().action_bottom()
            self.refresh()
        self._to_end = followed and growing

    def action_bottom(self) -> None:
        """To the last article; of a long search to the last found in a tenth of a second, and on as more are found."""
        for _slice in range(_SLICES):
            self.count_on()
        super().action_bottom()
        self._to_end = self._rows.listing is not None and not self._rows.listing.exact

    def select(self, article: str) -> bool:
        """Select the article with this id; False when the listing does not hold it."""
        index = self._rows.listing.index_of(article) if self._rows.listing else None
        if index is not None:
            self.move_to(index)
        return index is not None

    def mark_words(self, words: Sequence[str]) -> None:
        """Mark these words in the titles."""
        self._words = tuple(words)
        self.redraw()

    def _in_view(self, index: int) -> bool:
        top = self.scroll_offset.y // self._shape.height
        return top <= index <= top + self.lines_in_view // self._shape.height

    def _heirs(self, index: int) -> list[tuple[int, str]]:
        """Rows at hand from `index` on and then those before it, as (index, id): who follows if it vanishes."""
        order = [*range(index, index + _HEIRS), *range(index - 1, index - 1 - _HEIRS, -1)]
        return [(place, row.id) for place in order if (row := self._rows.kept(place))]

    def _survivor(self, heirs: list[tuple[int, str]]) -> tuple[int, int] | None:
        """The first that is still listed, as (index then, index now)."""
        if self._rows.listing is None:
            return None
        for before, article in heirs:
            if (now := self._rows.listing.index_of(article)) is not None:
                return before, now
        return None

    # How it is drawn

    def _fit(self) -> None:
        """Take the layout and the length that the pane's size and the listing ask for."""
        self._shape = RowLayout.fitting(self.room, self.ambiguous)
        self.set_lines(self._rows.total * self._shape.height)

    def on_resize(self, _event: events.Resize) -> None:
        """The selected row keeps its place in the view, also where rows change their height."""
        if not self.room:
            return
        height = self._shape.height
        offset = self._index * height - self.scroll_offset.y
        was_in_view = 0 <= offset < max(self._lines_before, 1) or self._index < 1
        self._lines_before = self.lines_in_view
        self._fit()
        if self._shape.height != height:
            top = self.scroll_offset.y // height
            self.scroll_to_line(top * self._shape.height)
            self.redraw()
        if was_in_view:
            self._follow()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """What has been scrolled to is no longer news above."""
        super().watch_scroll_y(old_value, new_value)
        self.above = min(self.above, round(new_value) // self._shape.height)

    def line_at(self, number: int, width: int) -> Strip:
        """One line of a row."""
        if width != self._shape.width:
            # A scroll bar came or went, of which no Resize tells.
            self._shape = replace(RowLayout.fitting(self.room, self.ambiguous), height=self._shape.height)
        if not self._rows.total:
            counting = self._rows.listing is not None and not self._rows.listing.exact
            sentence = (
                _("Searching…")
                if counting
                else self._empty or _("No articles here yet. New ones appear by themselves.")
            )
            return self.sentence_line(number, sentence, self.look("row", "empty"))
        index, part = divmod(number, self._shape.height)
        state = "cursor" if index == self._index else "row"
        key = (number, width, index == self._index)
        strip = self._strips.get(key)
        if strip is None:
            row = self._rows[index]
            parts = parts_of(row, part, self._shape, self._clock(), self._words) if row else []
            pieces = [(text, self.look(state, name)) for text, name in parts]
            strip = self.strip_of(pieces, self.look(state))
            strip = self._strips[key] = self.barred(strip) if state == "cursor" else strip
        return strip

    # How it moves

    def _select(self, index: int) -> None:
        """Make `index` the selected row, in view or not, and say so."""
        self._index = index
        self._row = self._rows[index]
        self.position = (index, self._rows.total)
        self.post_message(self.ArticleSelected(self, self._row, index))

    @property
    def cursor(self) -> int:
        """The selected row."""
        return self._index

    @property
    def count(self) -> int:
        """How many articles are listed."""
        return self._rows.total

    @property
    def page(self) -> int:
        """Rows in view."""
        return max(1, self.lines_in_view // self._shape.height)

    def move_to(self, place: int) -> None:
        """Select the row at `place` and bring it into view."""
        self._to_end = False
        index = min(max(place, 0), self._rows.total - 1)
        if index != self._index:
            self._select(index)
            self.refresh()
        self._follow()

    def _follow(self) -> None:
        height = self._shape.height
        first = max(self._index, 0) * height
        self.keep_in_view(first, first + height - 1, margin=height)

    def next_unread(self) -> bool:
        """Select the next unread article, past the end on again from the start; False when all are read."""
        listing = self._rows.listing
        if listing is None:
            return False
        found = listing.next_unread(self._index)
        return self._found(listing.next_unread(-1) if found is None else found)

    def previous_unread(self) -> bool:
        """Select the unread article before, past the start on again from the end; False when all are read."""
        listing = self._rows.listing
        if listing is None:
            return False
        found = listing.previous_unread(self._index)
        return self._found(listing.previous_unread(self._rows.total) if found is None else found)

    def _found(self, index: int | None) -> bool:
        if index is not None:
            self.move_to(index)
        return index is not None

    def action_open(self) -> None:
        """Say that the selected article is to be read."""
        if self._row is not None:
            self.post_message(self.ArticleOpened(self, self._row, self._index))

    def on_click(self, event: events.Click) -> None:
        """A click selects, a second one opens."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        index = (offset.y + self.scroll_offset.y) // self._shape.height
        if 0 <= index < self._rows.total:
            self.move_to(index)
            if event.chain == 2:
                self.action_open()
