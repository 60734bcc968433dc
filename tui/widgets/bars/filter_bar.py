"""The filter over the list: what is shown at present, term by term, and the line where a filter is written.

There is one filter, a Query; the `/` line, the filter screen and the one-key filters all change it, and it always
stands here. While it is written the list follows, and fields and what they may hold are offered; a query that cannot be
understood says where and why below the line. A field that is half written is no query yet: the list holds, and nothing
is said against it before Enter.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual import events, on
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
from tui.widgets.bars.written_line import Labels, WrittenLine
from tui.words import N_, _, ngettext, sentence_of

if TYPE_CHECKING:
    from feeds.query.completion import Completion

HINT_LINES = 3
PAUSE = 0.15  # seconds after the last key before the list follows

_ENDING = N_("Tab completes, Enter keeps the filter, Esc leaves it as it was")
_STATES = {
    "is:unread": N_("unread"),
    "is:read": N_("read"),
    "is:starred": N_("starred"),
    "is:changed": N_("edited"),
    "is:plan": N_("with a plan"),
    "has:plan": N_("with a plan"),
    "date:today": N_("today"),
    "date:yesterday": N_("yesterday"),
    "date:week": N_("this week"),
    "date:month": N_("this month"),
    "order:rank": N_("best first"),
}


def term_words(term: str) -> list[tuple[str, str]]:
    """A term as it is shown: a word for what has one, else field and value as they are typed."""
    if known := _STATES.get(term):
        return [(_(known), "bold $accent")]
    field, colon, value = term.partition(":")
    if not colon or not field.isalpha():
        return [(term, "bold $accent")]
    return [(field + colon, "$quiet"), (value, "bold $accent")]


CountWords = Callable[[int, bool], str]
"""How many there are, in words; with False there may be more."""


def article_count(total: int, exact: bool) -> str:  # noqa: FBT001 -- the one form of CountWords
    """The number of articles."""
    if exact:
        return ngettext("{n} article", "{n} articles", total)
    return ngettext("{n}+ article", "{n}+ articles", total)


class FilterTerms(Widget):
    """One line: the terms of the filter, those of a saved view by its name, and how many articles it leaves."""

    title: reactive[str] = reactive("")
    view: reactive[str] = reactive("")
    terms: reactive[tuple[str, ...]] = reactive(())
    total: reactive[int] = reactive(0)
    exact: reactive[bool] = reactive(default=True)
    above: reactive[int] = reactive(0)

    class TermPressed(Message):
        """A term was clicked, or what is not a term ("")."""

        def __init__(self, term: str) -> None:
            super().__init__()
            self.term = term

    def __init__(self, ambiguous: int, count_words: CountWords = article_count) -> None:
        super().__init__()
        self._ambiguous = ambiguous
        self._count_words = count_words

    def render(self) -> Content:
        """Terms on the left, numbers on the right."""
        numbers = self._count_words(self.total, self.exact)
        if self.above:
            numbers = ngettext("↑ {n} new", "↑ {n} new", self.above) + "  " + numbers
        parts: list[tuple[str, str]] = [(" ", "")]
        if self.title:
            parts += [(self.title, "bold $primary"), ("  ", "")]
        if self.view:
            parts += [(self.view, "bold $primary"), ("  ", "")]
        for term in self.terms:
            parts += [*term_words(term), ("  ", "")]
        if not self.terms and not self.view:
            parts.append((_("All articles"), "$quiet"))
        room = self.size.width - cells(numbers, self._ambiguous) - 2
        if room < 4:
            numbers, room = "", self.size.width
        left = Content.assemble(*parts).truncate(max(room, 0), ellipsis=True, pad=True)
        return Content.assemble(left, (f" {numbers} " if numbers else "", "$quiet"))

    def on_click(self, event: events.Click) -> None:
        """Say which term is under the mouse."""
        event.stop()
        column = 1 + sum(cells(words, self._ambiguous) + 2 for words in (self.title, self.view) if words)
        for term in self.terms:
            width = cells("".join(text for text, _style in term_words(term)), self._ambiguous)
            if column <= event.x < column + width:
                self.post_message(self.TermPressed(term))
                return
            column += width + 2
        self.post_message(self.TermPressed(""))


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
            self.line.focus()
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

        return completions(text, cursor, self._labels_of)

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
        if event.term:
            kept = " ".join(term for term in self._query.terms() if term != event.term)
            self.post_message(self.Changed(parse(kept, self._today()), final=True))
        else:
            await self.edit()
