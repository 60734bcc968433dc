"""The text that is chosen on a reader's page: nothing, or a choice that motions and the mouse change."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from feeds.model import Block, Span
from tui.widgets.layout.page import PageLine, Stretch

if TYPE_CHECKING:  # no first frame needs the module
    from tui.widgets.choosing.text_choice import ChoiceMotions, TextChoice, TextPlace


class ChosenText:
    """The choice in an article's `blocks`, if there is one. The reader sets `lines` to those of its page."""

    def __init__(self, blocks: Sequence[Block] = (), ambiguous: int = 1) -> None:
        self._blocks = blocks
        self._ambiguous = ambiguous
        self.lines: Sequence[PageLine] = ()
        self.choice: TextChoice | None = None

    @property
    def _motions(self) -> "ChoiceMotions":
        from tui.widgets.choosing.text_choice import ChoiceMotions

        return ChoiceMotions(self._blocks, self.lines, self._ambiguous)

    def place_at(self, number: int, column: int) -> "TextPlace | None":
        """The place in a line of the page at a cell; None in a page without text."""
        from tui.widgets.choosing.text_choice import place_at

        return place_at(self.lines, number, column, self._ambiguous)

    def begin(self, place: "TextPlace") -> None:
        """Choose the character at a place."""
        from tui.widgets.choosing.text_choice import TextChoice

        self.choice = TextChoice(place, place)

    def end(self) -> None:
        """Choose nothing."""
        self.choice = None

    def extend(self, place: "TextPlace") -> None:
        """Choose as far as a place."""
        if self.choice:
            self.choice = replace(self.choice, caret=place, column=-1)

    def swap(self) -> None:
        """Move the other end from now on."""
        if self.choice:
            self.choice = replace(self.choice, anchor=self.choice.caret, caret=self.choice.anchor, column=-1)

    def move(self, motion: str, count: int = 1) -> None:
        """Move the end of the choice, as `ChoiceMotions.after`."""
        if self.choice:
            self.choice = self._motions.after(self.choice, motion, count)

    @property
    def caret_line(self) -> int:
        """The line of the page in which the end that moves stands."""
        return self._motions.line_of(self.choice.caret) if self.choice else 0

    @property
    def text(self) -> str:
        """The chosen text, a line for each paragraph, without the line breaks of the page."""
        return self.choice.text(self._blocks) if self.choice else ""

    @property
    def span(self) -> Span | None:
        """The place of the choice, where it lies in one paragraph."""
        if self.choice is None:
            return None
        first, end = self.choice.bounds(self._blocks)
        return Span(first.p, first.offset, end.offset) if first.p == end.p else None

    def layers(self, stretch: Stretch) -> list[tuple[int, int, str]]:
        """The chosen part of a stretch, as layers over it."""
        return self.choice.layers(self._blocks, stretch) if self.choice else []
