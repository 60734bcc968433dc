"""A part of the clean text that a reader chooses, and the motions by which its end moves. Pure.

A place is a paragraph and an offset in it, so that what is chosen has no line breaks of the page. Up and down go by
lines of the page; all other motions go by the text.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from msgspec import Struct

from feeds.model import Block
from tui.text import cells, grapheme_end, grapheme_start, reach
from tui.widgets.layout.page import HEADER, PageLine, Stretch

_CJK = "\u2e80-\u2fff\u3005\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"


@cache
def _runs() -> re.Pattern[str]:
    """A run of Chinese characters, or of letters and digits. Compiling takes milliseconds, and the start needs none."""
    return re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+")


class TextPlace(NamedTuple):
    """A place of the text: a paragraph, and the offset of a character in it."""

    p: int
    offset: int


class TextChoice(Struct, frozen=True):
    """The text from `anchor` to `caret`, both included, in whichever order they stand.

    `column` is the cell that the caret keeps while it goes up and down.
    """

    anchor: TextPlace
    caret: TextPlace
    column: int = -1

    def bounds(self, blocks: Sequence[Block]) -> tuple[TextPlace, TextPlace]:
        """Where the chosen text begins, and the place behind its end."""
        first, last = sorted((self.anchor, self.caret))
        return first, TextPlace(last.p, grapheme_end(blocks[last.p].text, last.offset))

    def text(self, blocks: Sequence[Block]) -> str:
        """The chosen text, a line for each paragraph."""
        first, end = self.bounds(blocks)
        if first.p == end.p:
            return blocks[first.p].text[first.offset : end.offset]
        between = (block.text for block in blocks[first.p + 1 : end.p])
        return "\n".join((blocks[first.p].text[first.offset :], *between, blocks[end.p].text[: end.offset]))

    def layers(self, blocks: Sequence[Block], stretch: Stretch) -> list[tuple[int, int, str]]:
        """The layers over a stretch, as in `Marks.layers`: what is chosen of it, and the caret."""
        first, end = self.bounds(blocks)
        if not first.p <= stretch.p <= end.p or stretch.p == HEADER:
            return []
        start = first.offset if stretch.p == first.p else 0
        stop = end.offset if stretch.p == end.p else stretch.end
        found = [(start - stretch.start, stop - stretch.start, "chosen")]
        if stretch.p == self.caret.p:
            at = self.caret.offset
            stop = grapheme_end(blocks[stretch.p].text, at)
            found.append((at - stretch.start, stop - stretch.start, "caret"))
        return found


def place_at(lines: Sequence[PageLine], number: int, column: int, ambiguous: int = 1) -> TextPlace | None:
    """The place of the text in a line of the page at a cell; in a line without text, of the nearest line with text."""
    number = min(max(number, 0), len(lines) - 1)
    for distance in range(len(lines)):
        for near in dict.fromkeys((number + distance, number - distance)):
            if 0 <= near < len(lines) and (texts := _texts_of(lines[near])):
                return _place_in(texts, column, ambiguous)
    return None


def _texts_of(line: PageLine) -> list[Stretch]:
    return [stretch for stretch in line.stretches if stretch.p != HEADER and stretch.text]


def _place_in(texts: Sequence[Stretch], column: int, ambiguous: int) -> TextPlace:
    stretch = next((one for one in reversed(texts) if one.x <= column), texts[0])
    inside = reach(stretch.text, 0, column - stretch.x, ambiguous)
    if inside >= len(stretch.text):
        inside = grapheme_start(stretch.text, len(stretch.text))
    return TextPlace(stretch.p, stretch.start + inside)


class ChoiceMotions:
    """The motions of a caret in the `blocks` of an article that is set in `lines`."""

    def __init__(self, blocks: Sequence[Block], lines: Sequence[PageLine], ambiguous: int = 1) -> None:
        self._blocks = blocks
        self._lines = lines
        self._ambiguous = ambiguous

    def after(self, choice: TextChoice, motion: str, count: int = 1) -> TextChoice:
        """The choice after a motion of its caret: `back`, `down`, `word`, … (the methods below), so many times."""
        move: Callable[[TextPlace, int], TextPlace] = getattr(self, motion)
        caret, column = choice.caret, -1
        if motion in ("up", "down"):
            column = choice.column if choice.column >= 0 else self._column_of(caret)
        for _time in range(max(count, 1)):
            before, caret = caret, move(caret, column)
            if caret == before:
                break
        return TextChoice(choice.anchor, caret, column)

    def _text(self, p: int) -> str:
        return self._blocks[p].text

    def _last_of(self, p: int) -> TextPlace:
        text = self._text(p)
        return TextPlace(p, grapheme_start(text, len(text)))

    def forward(self, place: TextPlace, _column: int = -1) -> TextPlace:
        """The next character; behind the last one the next paragraph."""
        end = grapheme_end(self._text(place.p), place.offset)
        if end < len(self._text(place.p)):
            return TextPlace(place.p, end)
        return TextPlace(place.p + 1, 0) if place.p + 1 < len(self._blocks) else place

    def back(self, place: TextPlace, _column: int = -1) -> TextPlace:
        """The character before."""
        if place.offset:
            return TextPlace(place.p, grapheme_start(self._text(place.p), place.offset))
        return self._last_of(place.p - 1) if place.p else place

    def word(self, place: TextPlace, _column: int = -1) -> TextPlace:
        """The beginning of the next run of letters and digits, or of Chinese characters."""
        for p in range(place.p, len(self._blocks)):
            for found in _runs().finditer(self._text(p)):
                if (p, found.start()) > place:
                    return TextPlace(p, found.start())
        return self._last_of(len(self._blocks) - 1)

    def word_back(self, place: TextPlace, _column: int = -1) -> TextPlace:
        """The beginning of this run, or of the run before."""
        for p in range(place.p, -1, -1):
            starts = [found.start() for found in _runs().finditer(self._text(p)) if (p, found.start()) < place]
            if starts:
                return TextPlace(p, starts[-1])
        return TextPlace(0, 0)

    def paragraph(self, place: TextPlace, _column: int = -1) -> TextPlace:
        """The beginning of the next paragraph; in the last one its end."""
        return TextPlace(place.p + 1, 0) if place.p + 1 < len(self._blocks) else self._last_of(place.p)

    def paragraph_back(self, place: TextPlace, _column: int = -1) -> TextPlace:
        """The beginning of this paragraph, or of the one before."""
        return TextPlace(place.p if place.offset else max(place.p - 1, 0), 0)

    def first(self, _place: TextPlace, _column: int = -1) -> TextPlace:
        """The beginning of the text."""
        return TextPlace(0, 0)

    def last(self, _place: TextPlace, _column: int = -1) -> TextPlace:
        """The end of the text."""
        return self._last_of(len(self._blocks) - 1)

    # By lines of the page

    def down(self, place: TextPlace, column: int = -1) -> TextPlace:
        """The place below, in the next line that has text."""
        return self._vertical(place, 1, column)

    def up(self, place: TextPlace, column: int = -1) -> TextPlace:
        """The place above."""
        return self._vertical(place, -1, column)

    def line_start(self, place: TextPlace, _column: int = -1) -> TextPlace:
        """The first character of the paragraph in this line of the page."""
        stretch = self._stretch_of(place)[1]
        return TextPlace(place.p, stretch.start) if stretch else place

    def line_end(self, place: TextPlace, _column: int = -1) -> TextPlace:
        """The last character of the paragraph in this line of the page."""
        stretch = self._stretch_of(place)[1]
        return TextPlace(place.p, grapheme_start(self._text(place.p), stretch.end)) if stretch else place

    def line_of(self, place: TextPlace) -> int:
        """The line of the page in which a place stands."""
        return self._stretch_of(place)[0]

    def _stretch_of(self, place: TextPlace) -> tuple[int, Stretch | None]:
        """The line and the stretch that hold a place; a blank between two lines belongs to the line before it."""
        found: tuple[int, Stretch | None] = (0, None)
        for number, line in enumerate(self._lines):
            for stretch in _texts_of(line):
                start = (stretch.p, stretch.start)
                if start <= place and (found[1] is None or start >= (found[1].p, found[1].start)):
                    found = (number, stretch)
        return found

    def _column_of(self, place: TextPlace) -> int:
        stretch = self._stretch_of(place)[1]
        if stretch is None:
            return 0
        return stretch.x + cells(stretch.text[: place.offset - stretch.start], self._ambiguous)

    def _vertical(self, place: TextPlace, way: int, column: int) -> TextPlace:
        number = self._stretch_of(place)[0] + way
        while 0 <= number < len(self._lines):
            if texts := _texts_of(self._lines[number]):
                return _place_in(texts, column, self._ambiguous)
            number += way
        return place
