"""The filter over the list: what is shown at present, term by term, and the line where a filter is written.

There is one filter, a Query; the `/` line, the filter screen and the one-key filters all change it, and it always
stands here. While it is written the list follows, and fields and what they may hold are offered; a query that cannot be
understood says where and why below the line. A field that is half written is no query yet: the list holds, and nothing
is said against it before Enter.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from feeds.errors import QueryError
from feeds.query import Query, parse
from tui.text import cells, wrap
from tui.widgets.bars.filter_terms import CountWords, FilterTerms, article_count
from tui.widgets.bars.written_line import Labels, WrittenLine
from tui.words import N_, _, is_chinese, sentence_of

if TYPE_CHECKING:
    from feeds.query.completion import Completion

HINT_LINES = 3
PAUSE = 0.15  # seconds after the last key before the list follows

_ENDING = N_("Tab completes, Enter keeps the filter, Esc leaves it as it was")


class FilterHint(Widget):
    """Below the line being written: where and why it is wrong, else how it is ended."""

    lines: reactive[tuple[str, ...]] = reactive((), layout=True)
    wrong: reactive[bool] = reactive(default=False)

    def tell(self, error: QueryError | None, column: int, width: int) -> None:
        """Say what is wrong at `column`, in the lines that a window of `width` needs; None: nothing is."""
        self.wrong = error is not None
        self.lines = hint_of(sentence_of(error.fault), column, width) if error else (_ENDING,)
        self.styles.height = len(self.lines)

    def render(self) -> Content:
        """The reason in the colour of errors."""
        told = "\n".join(_(line) if line == _ENDING else line for line in self.lines)
        return Content.styled(told, "$error" if self.wrong else "$quiet")


def hint_of(reason: str, column: int, width: int) -> tuple[str, ...]:
    """The reason beside an arrow that points up at `column`, or below it where it is longer than the line."""
    column = max(0, min(column, width - 1))
    size = cells(reason)
    if column + 2 + size <= width:
        return (f"{' ' * column}↑ {reason}",)
    if size + 1 <= column:
        return (f"{' ' * (column - 1 - size)}{reason} ↑",)
    lines = [reason[start:end] for start, end in wrap(reason, max(width - 2, 2))]
    return (f"{' ' * column}↑", *(f" {line}" for line in lines[:HINT_LINES]))


class FilterBar(WrittenLine):
    """The filter, shown or being written. `tell()` gives it the query in force; `labels` what fields may hold.

    `title` says what the table below lists, if that is not the articles; `count_words` says how many there are.
    """

    class Changed(Message):
        """Another query is wished for. `final` is False while it is being written."""

        def __init__(self, query: Query, *, final: bool) -> None:
            super().__init__()
            self.query = query
            self.final = final

    def __init__(
        self,
        today: Callable[[], date],
        labels: Labels,
        *,
        ambiguous: int = 1,
        title: str = "",
        count_words: CountWords = article_count,
    ) -> None:
        super().__init__(ambiguous=ambiguous)
        self._title = title
        self._count_words = count_words
        self._today = today
        self._labels = labels
        self._known: dict[str, Sequence[tuple[str, int]]] = {}
        self._query = Query()
        self._before = Query()
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        """The shown filter; the line to write in comes when it is wanted."""
        terms = FilterTerms(self._ambiguous, self._count_words)
        terms.set_reactive(FilterTerms.title, self._title)
        yield terms

    def tell(self, query: Query, view: str = "", rest: tuple[str, ...] | None = None) -> None:
        """Show the query in force; where it holds a saved view, by that name and the `rest` of its terms."""
        self._query = query
        terms = self.query_one(FilterTerms)
        terms.view, terms.terms = view, query.terms() if rest is None else rest

    def count(self, total: int, above: int = 0, *, exact: bool = True) -> None:
        """Show what the query leaves; not `exact`: or more."""
        terms = self.query_one(FilterTerms)
        terms.total, terms.exact, terms.above = total, exact, above

    # -- writing

    async def edit(self, addition: str = "") -> None:
        """Open the line, with the query in force and `addition` in it."""
        if self.editing:
            self.screen.set_focus(self.line)
            return
        self._before = self._query
        self._known.clear()
        text = " ".join(part for part in (str(self._query), addition) if part)
        hint = FilterHint()
        hint.tell(None, 0, self.size.width)
        self.query_one(FilterTerms).display = False
        await self.open_line(text + " " if text and not addition else text, hint)

    async def close(self) -> None:
        """Put the line away."""
        if self._pause:
            self._pause.stop()
            self._pause = None
        if self.editing:
            self.query_one(FilterTerms).display = True
            await self.close_line()

    def offers_at(self, text: str, cursor: int) -> "Sequence[Completion]":
        """Fields, and what the archive has for them."""
        from feeds.query.completion import completions

        return completions(text, cursor, self._labels_of, chinese=is_chinese())

    def _labels_of(self, field: str) -> Sequence[tuple[str, int]]:
        if field not in self._known:  # asked of the archive once while the line is open
            self._known[field] = self._labels(field)
        return self._known[field]

    def place_of_offers(self, _lines: int) -> int:
        """Below the line and what is said of it."""
        return 1 + len(self.query_one(FilterHint).lines)

    @on(Input.Changed)
    def _follow_later(self, event: Input.Changed) -> None:
        event.stop()
        if self._pause:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._follow)

    def _follow(self) -> None:
        from feeds.query.completion import is_half_written

        line = self.line
        if is_half_written(line.value, line.cursor_position, self._today(), self._labels_of):
            self.query_one(FilterHint).tell(None, 0, self.size.width)
            return
        if (query := self._query_in_line()) is not None and str(query) != str(self._query):
            self.post_message(self.Changed(query, final=False))

    def _query_in_line(self) -> Query | None:
        """The query in the line, None where it is wrong, which is then said."""
        line, hint = self.line, self.query_one(FilterHint)
        try:
            query = parse(line.value, self._today())
        except QueryError as error:
            column = 1 + cells(line.value[: error.position], self._ambiguous) - line.scroll_offset.x
            hint.tell(error, column, self.size.width)
            return None
        hint.tell(None, 0, self.size.width)
        return query

    @on(Input.Blurred)
    async def _blurred(self, event: Input.Blurred) -> None:
        """Keep what is written when the reader goes elsewhere; a window that loses the focus is not elsewhere."""
        event.stop()
        if self.editing and self.app.app_focus and not event.input.has_focus:
            query = self._query_in_line()
            self.post_message(self.Changed(query or self._before, final=False))
            await self.close()

    async def keep(self) -> None:
        """Keep what is written, unless it is wrong."""
        if self._pause:
            self._pause.stop()  # it would take back what is said now
        if (query := self._query_in_line()) is not None:
            self.post_message(self.Changed(query, final=True))
            await self.close()

    async def leave(self) -> None:
        """Leave the filter as it was."""
        self.post_message(self.Changed(self._before, final=True))
        await self.close()

    @on(FilterTerms.TermPressed)
    async def _pressed(self, event: FilterTerms.TermPressed) -> None:
        event.stop()
        if not event.term:
            await self.edit()
            return
        shown = self.query_one(FilterTerms).terms
        kept = shown if event.view else [term for term in self._query.terms() if term != event.term]
        self.post_message(self.Changed(parse(" ".join(kept), self._today()), final=True))

    def drop_term(self) -> bool:
        """Take out the last term of what is shown, or the saved view. Return False where nothing is shown."""
        terms = self._query.terms()
        if not terms:
            return False
        shown = self.query_one(FilterTerms).terms
        kept = [term for term in terms if term != shown[-1]] if shown else []
        self.post_message(self.Changed(parse(" ".join(kept), self._today()), final=True))
        return True
