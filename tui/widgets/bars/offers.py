"""The words that may be written next, each with its number of articles or a hint, over the panes below the line.

It takes no focus and moves nothing: the line keeps the keys, the list keeps its place. Its rows are as wide as the
line, so that no rest of a row below stands beside an offer and reads as if it belonged to it.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tui.text import cells, pad
from tui.words import _, ngettext

if TYPE_CHECKING:
    from feeds.query.completion import Completion  # imported when a reader writes; the first frame does not need it

MOST = 8  # offers that stand there at once
WIDEST = 40  # cells of a word
_NARROWEST = 12


class OfferList(Widget):
    """The offers, the chosen one lit; at first no offer is chosen. Hidden without offers."""

    class Taken(Message):
        """An offer was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, ambiguous: int) -> None:
        super().__init__()
        self._ambiguous = ambiguous
        self.offers: tuple[Completion, ...] = ()
        self.chosen = -1
        self._indent = 0
        self.display = False

    def offer(self, offers: "Sequence[Completion]", indent: int = 0) -> None:
        """Show these `indent` cells from the left, none chosen."""
        self.offers, self.chosen, self._indent = tuple(offers), -1, indent
        self.display = bool(offers)
        self.styles.height = self.lines
        self.refresh()

    @property
    def lines(self) -> int:
        """How many lines it takes, the rule at its end among them."""
        return min(len(self.offers), MOST) + 1

    def choose(self, step: int) -> None:
        """Light the next one or the one before, round the ends; before the first and behind the last stands none."""
        self.chosen = (self.chosen + 1 + step) % (len(self.offers) + 1) - 1
        self.refresh()

    @property
    def _first(self) -> int:
        return max(0, self.chosen - MOST + 1)

    @property
    def _word_width(self) -> int:
        widest = max((cells(offer.text, self._ambiguous) for offer in self.offers), default=0)
        return max(_NARROWEST, min(widest, WIDEST))

    @property
    def _hint_width(self) -> int:
        return max((cells(hint_of(offer), self._ambiguous) for offer in self.offers), default=0)

    def render(self) -> Content:
        """A line an offer: the word, and what is said of it."""
        width, word, hint = self.size.width, self._word_width, self._hint_width
        indent = max(0, min(self._indent, width - word - hint - 4))
        lines = []
        for number, offer in enumerate(self.offers[self._first : self._first + MOST], self._first):
            said = pad(hint_of(offer), hint, self._ambiguous, right=offer.total is not None)
            begin = f"{' ' * indent} {pad(offer.text, word, self._ambiguous)}"
            end = pad(f"  {said}", max(width - cells(begin, self._ambiguous), 0), self._ambiguous)
            back = " on $primary-muted" if number == self.chosen else ""
            lines.append(Content.assemble((begin, f"$text{back}"), (end, f"$quiet{back}")))
        return Content("\n").join(lines)

    def on_click(self, event: events.Click) -> None:
        """Say which one is under the mouse."""
        event.stop()
        number = self._first + event.y
        if number < len(self.offers):
            self.post_message(self.Taken(number))


def hint_of(offer: "Completion") -> str:
    """How many articles there are, or what the word is for."""
    if offer.total is not None:
        return ngettext("{n} article", "{n} articles", offer.total)
    return _(offer.hint) if offer.hint else ""
