"""The article's text. A cursor line moves through it, so that the place of reading is known even where all is in view.

The page is set once a width (tui/widgets/layout/page.py); only the lines in view are drawn.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip

from feeds.model import Article, Flags, Span
from feeds.query.results import Duplicate
from tui.commands import bindings_of
from tui.text import cells, sentence_around
from tui.widgets.choosing.chosen_text import ChosenText
from tui.widgets.hit_walk import HitWalk
from tui.widgets.layout.marks import Marks
from tui.widgets.layout.page import HEADER, Measure, PageLine, blocks_of, page_of
from tui.widgets.layout.page_lines import PageLines
from tui.widgets.line_view import component_classes
from tui.words import _

if TYPE_CHECKING:
    from feeds.compare import VersionChange

_CURSOR = "▎"


class Comparing(NamedTuple):
    """Two versions of the article in comparison, and how many versions there are."""

    change: "VersionChange"
    versions: int


def _shown_of(flags: Flags) -> tuple[object, ...]:
    """The flags that the page shows: not whether it is read."""
    return flags.starred, flags.tags, flags.note


class Reader(HitWalk):
    """One article, or a sentence that asks to choose one."""

    PREFIX = "reader"
    KEPT = 2
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("reader", "hits")
    COMPONENT_CLASSES: ClassVar[set[str]] = component_classes(
        "reader",
        "page title meta url rule text heading item row row-head caption strong bullet cursor cursor-focus marked hit "
        "hit-now chosen caret empty new gone changed moved",
    )

    class PlaceChanged(Message):
        """The cursor came to text `start` to `end` of paragraph `p`, by the reader's hand."""

        def __init__(self, reader: "Reader", p: int, start: int, end: int) -> None:
            super().__init__()
            self.reader = reader
            self.p = p
            self.start = start
            self.end = end

        @property
        def control(self) -> "Reader":
            """The pane it happened in."""
            return self.reader

    def __init__(
        self,
        *,
        ambiguous: int = 1,
        id: str | None = None,  # noqa: A002 -- Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(ambiguous=ambiguous, id=id, classes=classes)
        self.article: Article | None = None
        """The article that is shown."""
        self._flags = Flags()
        self._twins: Sequence[Duplicate] = ()
        self._page = PageLines()
        self._width = -1
        self._cursor = 0
        self._marks = Marks()
        self.compared: Comparing | None = None
        """The comparison of two versions that is shown instead of the article."""
        self.starts: Sequence[int] = ()
        """The lines at which its differences begin."""
        self.chosen = ChosenText()
        """The text that the reader chooses."""
        self._left = (HEADER, 0)
        self.places: dict[str, tuple[int, int]] = {}
        """The places of reading in articles by their ids, those read last at the end."""

    # What it shows

    def show(self, article: Article | None, flags: Flags | None = None, twins: Sequence[Duplicate] = ()) -> None:
        """Show an article where it was left, its twins in its head; one shown already (starred) keeps its place."""
        before = self.article
        same = article is not None and before is not None and article.id == before.id
        flags = flags or Flags()
        if article is before and twins == self._twins and _shown_of(flags) == _shown_of(self._flags):
            return
        if article is not before:
            self.compared = None
        self.article, self._flags, self._twins = article, flags, twins
        blocks = blocks_of(article) if article else ()
        if not same or blocks != self._marks.blocks:
            self._marks = Marks(blocks)
            self.search(self._sought if same else (), here=True)
            self.chosen = ChosenText(blocks, self.ambiguous)
        if not same:
            self._page = PageLines()
        self._typeset(keep=True)

    def compare(self, change: "VersionChange | None", count: int = 0) -> None:
        """Show what differs between two of the article's `count` versions; None shows the article where it was left."""
        if not self.compared:
            self._left = self._page.place_of(self._cursor, self._marks.marked)
        leaves, self.compared = change is None, Comparing(change, count) if change else None
        self._typeset(keep=False)
        self._cursor = self._page.line_of(*self._left) if leaves else self._page.nearest_line(0, 1)
        self.scroll_to_line(max(self._cursor - self.room.height // 3, 0) if leaves else 0)

    def _typeset(self, *, keep: bool) -> None:
        """Set the page for the pane's width; `keep` the place of reading and its height in the view."""
        place, row = self._page.place_of(self._cursor, self._marks.marked), self._cursor - self.scroll_offset.y
        if self.article and not self._page.lines and not self._marks.marked:
            place, row = self.places.get(self.article.id, (HEADER, 0)), self.room.height // 3
        self._width = self.room.width
        measure = Measure.of_pane(self._width, self.ambiguous)
        # A hidden pane has no width; its page is set when it is shown.
        shown = self.article if self._width else None
        if shown and self.compared:
            from tui.widgets.layout.changes import changes_page  # with the comparison, which no first frame needs

            page = changes_page(self.compared.change, self.compared.versions, measure)
            number = bisect_right(self.starts, self._cursor) - 1
            self._page, self.starts = PageLines(page.lines), page.starts
            place = (HEADER, self.starts[number] if 0 <= number < len(self.starts) else place[1])
        else:
            self._page = PageLines(page_of(shown, self._flags, measure, self._twins) if shown else ())
        self.chosen.lines = () if self.compared else self._page.lines
        self.set_lines(len(self._page.lines))
        if keep:
            self._cursor = self._page.line_of(*place)
            self.scroll_to_line(self._cursor - min(max(row, 0), max(self.room.height - 1, 0)))
        self.redraw()

    def on_resize(self, _event: events.Resize) -> None:
        """A new width sets the page again; the place of reading stays."""
        if self.room.width not in (0, self._width):
            self._typeset(keep=True)

    # Marks and hits

    def mark(self, span: Span | None) -> None:
        """Mark this stretch of the text and bring it into the upper third; None takes the mark away."""
        if span is not None and self.compared:
            self.compare(None)
        self._marks.marked = span
        if span is not None and self.article:
            self.places[self.article.id] = (span.p, span.start)
        if span is not None and self._page.lines:
            self._cursor = self._page.line_of(span.p, span.start)
            self.scroll_to_line(self._cursor - self.room.height // 4)
        self.redraw()

    @property
    def sentence(self) -> Span | None:
        """The marked part of the text, else the sentence at which the line of reading begins."""
        if self.article is None or self.compared:
            return None
        if self._marks.marked:
            return self._marks.marked
        p, offset = self._page.place_of(self._cursor, None)
        if not 0 <= p < len(self._marks.blocks):
            return None
        text = self._marks.blocks[p].text
        end = min(offset + 1, len(text))
        return Span(p, *sentence_around(text, min(offset, end), end))

    # How it is drawn

    def line_at(self, number: int, width: int) -> Strip:
        """One line of the page; the first picture is drawn before any Resize tells its width."""
        if self.article and width != self._width:
            self._typeset(keep=True)
        if self.article is None:
            style = self.painter.look("page", "empty")
            return self.painter.sentence_line(number, _("Choose an article in the list."), style)
        page = self.painter.look("page")
        if number >= len(self._page.lines):
            return Strip.blank(width, page)
        key = (number, width, number == self._cursor)
        strip = self.painter.strips.get(key)
        if strip is None:
            parts = self._parts(self._page.lines[number], number == self._cursor)
            strip = self.painter.strips[key] = self.painter.strip_of(parts, page)
        return strip

    def _parts(self, line: PageLine, under_cursor: bool) -> list[tuple[str, Style]]:  # noqa: FBT001 -- private, one caller
        page = self.painter.look("page")
        parts: list[tuple[str, Style]] = []
        at = 0
        if under_cursor and line.stretches and (gutter := Measure.of_pane(self.room.width).left - 2) >= 0:
            parts = [(" " * gutter, page), (_CURSOR, self.painter.look("page", "cursor"))]
            at = gutter + 1
        for stretch in line.stretches:
            parts.append((" " * (stretch.x - at), page))
            at = stretch.x + cells(stretch.text, self.ambiguous)
            parts += [
                (text, self.painter.look("page", stretch.kind or line.kind, *names))
                for text, names in self._marks.cut(stretch.kind or line.kind, stretch, self.chosen.layers(stretch))
            ]
        return parts

    # How it moves

    @property
    def cursor(self) -> int:
        """The line of reading."""
        return self._cursor

    @property
    def count(self) -> int:
        """How many lines the page has."""
        return len(self._page.lines)

    def move_to(self, place: int) -> None:
        """Put the cursor on a line; the view follows when it leaves its middle third."""
        if not self._page.lines:
            return
        self._stand(self._page.nearest_line(place, 1 if place > self._cursor else -1))
        self.keep_in_view(self._cursor, self._cursor, margin=self.room.height // 3)

    def _stand(self, line: int) -> None:
        """The cursor's new line; tells where in the text that is."""
        if line == self._cursor:
            return
        self._cursor = line
        texts = [stretch for stretch in self._page.lines[line].stretches if stretch.p != HEADER]
        if self._marks.leaves(texts):
            self._marks.marked = None
            self.painter.strips.clear()
        if self.article and not self.compared:
            self.places.pop(self.article.id, None)
            if texts:
                self.places[self.article.id] = (texts[0].p, texts[0].start)
        if texts:
            self.post_message(self.PlaceChanged(self, texts[0].p, texts[0].start, texts[-1].end))
        self.refresh()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Wheel and scroll bar take the cursor along."""
        super().watch_scroll_y(old_value, new_value)
        top = self.scroll_offset.y
        if self._page.lines and not top <= self._cursor < top + max(self.room.height, 1):
            line = top if self._cursor < top else top + self.room.height - 1
            self._stand(self._page.nearest_line(line, 1 if self._cursor < top else -1))

    def move_by(self, step: int) -> None:
        """Scroll by so many lines, the cursor keeping its height; at the page's end only the cursor moves."""
        top = self.scroll_offset.y
        moved = min(max(top + step, 0), self.max_scroll_y) - top
        if not self._page.lines:
            return
        if not moved:
            self.move_to(self.count - 1 if step > 0 else 0)
            return
        self._stand(self._page.nearest_line(self._cursor + moved, 1 if step > 0 else -1))
        self.scroll_to_line(top + moved)

    def on_click(self, event: events.Click) -> None:
        """The cursor goes where one clicks; nothing scrolls."""
        offset = event.get_content_offset(self)
        if offset is not None and self._page.lines and offset.y + self.scroll_offset.y < len(self._page.lines):
            self._stand(self._page.nearest_line(offset.y + self.scroll_offset.y, -1))
