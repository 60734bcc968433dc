"""The article's text. A cursor line moves through it, so that the place of reading is known even where all is in view.

The page is set once a width (tui/widgets/layout/page.py); only the lines in view are drawn.
"""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.actions import SkipAction
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from feeds.model import Article, Flags, Span
from tui.commands import bindings_of
from tui.text import cells
from tui.widgets.layout.marks import Marks
from tui.widgets.layout.page import HEADER, Measure, PageLine, blocks_of, page_of
from tui.widgets.line_view import LineView, component_classes
from tui.widgets.rows import Duplicate
from tui.words import _

_CURSOR = "▎"


def _shown_of(flags: Flags) -> tuple[object, ...]:
    """What the page says of an article's flags: not whether it is read."""
    return flags.starred, flags.tags


class Reader(LineView):
    """One article, or a sentence that asks to choose one."""

    PREFIX = "reader"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("reader", "hits")
    COMPONENT_CLASSES: ClassVar[set[str]] = component_classes(
        "reader",
        "page title meta url rule text heading item row row-head caption strong bullet cursor cursor-focus marked hit "
        "hit-now empty",
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

    class HitsPassed(Message):
        """There is no further hit here in the direction `way`, 1 or -1."""

        def __init__(self, way: int) -> None:
            super().__init__()
            self.way = way

    def __init__(
        self,
        *,
        ambiguous: int = 1,
        id: str | None = None,  # noqa: A002 -- Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(ambiguous=ambiguous, id=id, classes=classes)
        self._article: Article | None = None
        self._flags = Flags()
        self._twins: Sequence[Duplicate] = ()
        self._lines: list[PageLine] = []
        self._width = -1
        self._cursor = 0
        self._marks = Marks()

    # What it shows

    @property
    def article(self) -> Article | None:
        """The article on the main screen."""
        return self._article

    def show(self, article: Article | None, flags: Flags | None = None, twins: Sequence[Duplicate] = ()) -> None:
        """Show an article from its beginning, its twins in its head; one shown already (starred) keeps its place."""
        before = self._article
        same = article is not None and before is not None and article.id == before.id
        flags = flags or Flags()
        if article is before and twins == self._twins and _shown_of(flags) == _shown_of(self._flags):
            return
        self._article, self._flags, self._twins = article, flags, twins
        blocks = blocks_of(article) if article else ()
        if not same or blocks != self._marks.blocks:
            words = self._marks.words
            self._marks = Marks(blocks)
            self._marks.search(words)
        self._typeset(keep=same)
        if not same:
            self._cursor = self._solid(0, 1)
            self.scroll_to_line(0)

    def _typeset(self, *, keep: bool) -> None:
        """Set the page for the pane's width; `keep` the place of reading and its height in the view."""
        place, row = self._place(), self._cursor - self.scroll_offset.y
        self._width = self.room.width
        measure = Measure.of_pane(self._width, self.ambiguous)
        # A hidden pane has no width; its page is set when it is shown.
        self._lines = page_of(self._article, self._flags, measure, self._twins) if self._article and self._width else []
        self.set_lines(len(self._lines))
        if keep:
            self._cursor = self._line_of(*place)
            self.scroll_to_line(self._cursor - min(max(row, 0), max(self.lines_in_view - 1, 0)))
        self.redraw()

    def on_resize(self, _event: events.Resize) -> None:
        """A new width sets the page anew; the place of reading stays."""
        if self.room.width not in (0, self._width):
            self._typeset(keep=True)

    def _place(self) -> tuple[int, int]:
        """Where the cursor is in the text: paragraph and offset; in the header its line stands for the offset."""
        if not 0 <= self._cursor < len(self._lines):
            marked = self._marks.marked
            return (marked.p, marked.start) if marked else (HEADER, 0)
        for stretch in self._lines[self._cursor].stretches:
            if stretch.p != HEADER:
                return stretch.p, stretch.start
        return HEADER, self._cursor

    def _line_of(self, p: int, offset: int) -> int:
        """The line that holds this place of the text, or the last one before it."""
        if p == HEADER:
            return self._solid(offset, 1)
        found = 0
        for number, line in enumerate(self._lines):
            for stretch in line.stretches:
                if stretch.p == p and stretch.end > offset:
                    return number
                if HEADER < stretch.p <= p:
                    found = number
        return self._solid(found, 1)

    def _solid(self, line: int, step: int) -> int:
        """The nearest line from `line` on that is not blank, in the direction of `step` if there is one."""
        line = min(max(line, 0), len(self._lines) - 1)
        for way in (step, -step):
            at = line
            while 0 <= at < len(self._lines):
                if self._lines[at].stretches:
                    return at
                at += way
        return max(line, 0)

    # Marks and hits

    def mark(self, span: Span | None) -> None:
        """Mark this stretch of the text and bring it into the upper third; None takes the mark away."""
        self._marks.marked = span
        if span is not None and self._lines:
            self._cursor = self._line_of(span.p, span.start)
            self.scroll_to_line(self._cursor - self.lines_in_view // 4)
        self.redraw()

    def search(self, words: Iterable[str]) -> int:
        """Mark every hit of these words, in this article and in those shown next; how many there are in the text."""
        found = self._marks.search(words)
        self.redraw()
        return found

    @property
    def searching(self) -> bool:
        """Whether a search is in force whose hits can be walked."""
        return self._article is not None and bool(self._marks.words)

    def action_next_hit(self) -> None:
        """To the next hit; behind the last one the next article is wanted. Without a search the key goes on."""
        self._step_hit(1)

    def action_previous_hit(self) -> None:
        """To the hit before; before the first one the article before is wanted."""
        self._step_hit(-1)

    def to_hit(self, number: int) -> None:
        """To a hit of the article, -1 the last, if it has any."""
        self._show_hit(self._marks.stand(number))

    def _step_hit(self, way: int) -> None:
        if not self.searching:
            raise SkipAction
        now = self._marks.current
        if now and self._line_of(now.p, now.start) != self._cursor:
            self._marks.forget()  # one read on from there
        if hit := self._marks.step(*self._place(), way):
            self._show_hit(hit)
        else:
            self.post_message(self.HitsPassed(way))

    def _show_hit(self, hit: Span | None) -> None:
        if hit and self._lines:
            self.move_to(self._line_of(hit.p, hit.start))
        self.redraw()

    # How it is drawn

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lines of the view; the first picture is drawn before any Resize tells its width."""
        if self._article and self.room.width != self._width:
            self._typeset(keep=True)
        return super().render_lines(crop)

    def line_at(self, number: int, width: int) -> Strip:
        """One line of the page."""
        if self._article is None:
            return self.sentence_line(number, _("Choose an article in the list."), self.look("page", "empty"))
        page = self.look("page")
        if number >= len(self._lines):
            return Strip.blank(width, page)
        key = (number, width, number == self._cursor)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = self.strip_of(self._pieces(self._lines[number], number == self._cursor), page)
        return strip

    def _pieces(self, line: PageLine, under_cursor: bool) -> list[tuple[str, Style]]:  # noqa: FBT001 -- private, one caller
        page = self.look("page")
        pieces: list[tuple[str, Style]] = []
        at = 0
        if under_cursor and line.stretches and (gutter := Measure.of_pane(self.room.width).left - 2) >= 0:
            pieces = [(" " * gutter, page), (_CURSOR, self.look("page", "cursor"))]
            at = gutter + 1
        for stretch in line.stretches:
            pieces.append((" " * (stretch.x - at), page))
            at = stretch.x + cells(stretch.text, self.ambiguous)
            pieces += [
                (text, self.look("page", line.kind, *names)) for text, names in self._marks.cut(line.kind, stretch)
            ]
        return pieces

    # How it moves

    @property
    def cursor(self) -> int:
        """The line of reading."""
        return self._cursor

    @property
    def count(self) -> int:
        """How many lines the page has."""
        return len(self._lines)

    @property
    def at_end(self) -> bool:
        """Whether the page's last line is in view."""
        return self.scroll_offset.y >= self.max_scroll_y

    def move_to(self, place: int) -> None:
        """Put the cursor on a line; the view follows when it leaves its middle third."""
        if not self._lines:
            return
        self._stand(self._solid(place, 1 if place > self._cursor else -1))
        self.keep_in_view(self._cursor, self._cursor, margin=self.lines_in_view // 3)

    def _stand(self, line: int) -> None:
        """The cursor's new line; tells where in the text that is."""
        if line == self._cursor:
            return
        self._cursor = line
        texts = [stretch for stretch in self._lines[line].stretches if stretch.p != HEADER]
        if self._marks.leaves(texts):
            self._marks.marked = None
            self._strips.clear()
        if texts:
            self.post_message(self.PlaceChanged(self, texts[0].p, texts[0].start, texts[-1].end))
        self.refresh()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Wheel and scroll bar take the cursor along."""
        super().watch_scroll_y(old_value, new_value)
        top = self.scroll_offset.y
        if self._lines and not top <= self._cursor < top + max(self.lines_in_view, 1):
            line = top if self._cursor < top else top + self.lines_in_view - 1
            self._stand(self._solid(line, 1 if self._cursor < top else -1))

    def page_by(self, lines: int) -> bool:
        """Scroll by so many lines, the cursor keeping its height; False at the page's end, where it only moves."""
        top = self.scroll_offset.y
        moved = min(max(top + lines, 0), self.max_scroll_y) - top
        if not self._lines:
            return False
        if not moved:
            self.move_to(self.count - 1 if lines > 0 else 0)
            return False
        self._stand(self._solid(self._cursor + moved, 1 if lines > 0 else -1))
        self.scroll_to_line(top + moved)
        return True

    def action_page_down(self) -> None:
        """A view further, two lines of it kept."""
        self.page_by(max(1, self.page - 2))

    def action_page_up(self) -> None:
        """A view back, two lines of it kept."""
        self.page_by(-max(1, self.page - 2))

    def action_half_page_down(self) -> None:
        """Half a view further."""
        self.page_by(max(1, self.page // 2))

    def action_half_page_up(self) -> None:
        """Half a view back."""
        self.page_by(-max(1, self.page // 2))

    def on_click(self, event: events.Click) -> None:
        """The cursor goes where one clicks; nothing scrolls."""
        offset = event.get_content_offset(self)
        if offset is not None and self._lines and offset.y + self.scroll_offset.y < len(self._lines):
            self._stand(self._solid(offset.y + self.scroll_offset.y, -1))
