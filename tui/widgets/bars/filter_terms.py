"""The filter in force, term by term: each term is a chip with a ✕, which a click takes out."""

from collections.abc import Callable

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.filters.words import REMOVE, Part, term_words
from tui.text import cells
from tui.words import _, ngettext

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
        """A term was clicked; with `view`, the name of the saved view; "" is what is neither."""

        def __init__(self, term: str, *, view: bool = False) -> None:
            super().__init__()
            self.term = term
            self.view = view

    def __init__(self, ambiguous: int, count_words: CountWords = article_count) -> None:
        super().__init__()
        self._ambiguous = ambiguous
        self._count_words = count_words

    def render(self) -> Content:
        """Terms on the left, numbers on the right."""
        numbers = self._count_words(self.total, self.exact)
        if self.above:
            numbers = ngettext("↑ {n} new", "↑ {n} new", self.above) + "  " + numbers
        parts: list[Part] = [(" ", "")]
        if self.title:
            parts += [(self.title, "bold $primary"), ("  ", "")]
        for chip in self._chips():
            parts += [*chip, ("  ", "")]
        if not self.terms and not self.view:
            parts.append((_("All articles"), "$quiet"))
        room = self.size.width - cells(numbers, self._ambiguous) - 2
        if room < 4:
            numbers, room = "", self.size.width
        left = Content.assemble(*parts).truncate(max(room, 0), ellipsis=True, pad=True)
        return Content.assemble(left, (f" {numbers} " if numbers else "", "$quiet"))

    def _chips(self) -> list[list[Part]]:
        """The saved view and each term, with their ✕."""
        shown = [[(self.view, "bold $primary")]] if self.view else []
        shown += [term_words(term) for term in self.terms]
        return [[*words, (REMOVE, "$quiet")] for words in shown]

    def on_click(self, event: events.Click) -> None:
        """Say which term is under the mouse."""
        event.stop()
        column = 1 + (cells(self.title, self._ambiguous) + 2 if self.title else 0)
        names = [self.view, *self.terms] if self.view else self.terms
        for number, (name, chip) in enumerate(zip(names, self._chips(), strict=True)):
            width = cells("".join(text for text, _style in chip), self._ambiguous)
            if column <= event.x < column + width:
                self.post_message(self.TermPressed(name, view=bool(self.view) and number == 0))
                return
            column += width + 2
        self.post_message(self.TermPressed(""))
