"""A terminal for the sequences of which frames consist: it knows what stands in each cell, and in which look."""

import re

from rich.cells import cell_len, get_character_cell_size

Cell = tuple[str, frozenset[tuple[str, object]]]
_TOKEN = re.compile(
    r"\x1b\[(?P<numbers>[0-9;]*)(?P<kind>[Hm])|(?P<newline>\n)|(?P<text>[^\x1b\x00-\x1f]+)"
    r"|\x1b\[[0-9;?<>=$ ]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[P_^][^\x1b]*\x1b\\|."  # what draws nothing
)
_COLOURS = {38: "colour", 48: "ground"}
_SEEN_ON_BLANKS = {"4", "7", "9", "21", "51", "52", "53"}
_OFF = {22: "12", 23: "3", 24: ("4", "21"), 25: "56", 27: "7", 28: "8", 29: "9", 54: ("51", "52"), 55: ("53",)}


class ReplayedTerminal:
    """Takes what is written to a terminal of so many cells. What it does not know it passes over."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.cells: list[list[Cell]] = [[(" ", frozenset())] * width for _ in range(height)]
        self._x = self._y = 0
        self._look: dict[str, object] = {}

    def feed(self, text: str) -> None:
        """Take what is written, in whole sequences."""
        for token in _TOKEN.finditer(text):
            if token["text"]:
                self._write(token["text"])
            elif token["newline"]:
                self._x, self._y = 0, min(self._y + 1, self.height - 1)
            elif token["kind"] == "H":
                places = [int(number or 1) for number in token["numbers"].split(";")]
                self._y, self._x = min(places[0], self.height) - 1, min(places[-1], self.width) - 1
            elif token["kind"] == "m":
                self._take_look([int(number or 0) for number in token["numbers"].split(";")])

    def _write(self, text: str) -> None:
        line, look = self.cells[self._y], frozenset(self._look.items())
        while text:
            length = 1  # of a character with its marks: emoji, joiners, accents
            while length < len(text) and _joins(text[:length], text[length]):
                length += 1
            sign, text = text[:length], text[length:]
            width = cell_len(sign)
            if self._x + width > self.width:
                return
            self._clear_half(self._x)
            self._clear_half(self._x + width)
            line[self._x : self._x + width] = [(sign, look), ("", look)][:width]
            self._x += width

    def _clear_half(self, x: int) -> None:
        """A wide character of which a half is written over goes."""
        line = self.cells[self._y]
        if x < self.width and line[x][0] == "":
            line[x - 1] = (" ", line[x - 1][1])
            line[x] = (" ", line[x][1])

    def _take_look(self, codes: list[int]) -> None:
        while codes:
            code = codes.pop(0)
            if code == 0:
                self._look.clear()
            elif code in _COLOURS:
                count = {2: 4, 5: 2}[codes[0]]
                self._look[_COLOURS[code]], codes = tuple(codes[:count]), codes[count:]
            elif code in (39, 49):
                self._look.pop(_COLOURS[code - 1], None)
            elif code in _OFF:
                for attribute in _OFF[code]:
                    self._look.pop(attribute, None)
            elif code // 10 in (3, 9):
                self._look["colour"] = code
            elif code // 10 in (4, 10):
                self._look["ground"] = code
            else:
                self._look[str(code)] = True

    @property
    def seen(self) -> list[list[Cell]]:
        """What a reader sees: a blank without what is not seen on it."""
        return [[_seen(cell) for cell in line] for line in self.cells]

    @property
    def lines(self) -> list[str]:
        """The text of each line."""
        return ["".join(sign for sign, _look in line) for line in self.cells]


def _joins(sign: str, character: str) -> bool:
    return sign[-1] == "\u200d" or not get_character_cell_size(character) or character == "\ufe0f"


def _seen(cell: Cell) -> Cell:
    sign, look = cell
    if sign != " ":
        return cell
    attributes = {name for name, _value in look} & _SEEN_ON_BLANKS
    return sign, frozenset(item for item in look if item[0] in ("ground", *attributes) or attributes)
