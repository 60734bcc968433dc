"""A line in cells: what stands in each, and which of them differ from those before. Seen in Textual 8.2.8."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import compress, pairwise
from operator import is_not, ne, or_

import rich.cells
from msgspec import Struct
from rich.color import ColorSystem
from textual.strip import Strip

from tui.textual_fixes.looks import USUAL, Look, look_of

# Characters that every terminal draws as wide as Textual believes. Behind another one the columns may be others than we
# think, so a stretch is written without a gap from the first such character on.
_CERTAIN = ((0x20, 0x7E), (0x3000, 0x30FF), (0x3400, 0x9FFF), (0xFF01, 0xFF60))
# More characters whose width does not depend on their neighbours. A stretch with others (emoji) is written whole.
_COUNTABLE = ((0xA0, 0x2FF), (0x370, 0x482), (0x2010, 0x2027), (0x2030, 0x2BFF), (0x3100, 0x33FF), (0xFFE0, 0xFFE6))
_GAP = 4  # cells that are written again rather than jumped over: a jump costs six to eight bytes


class Cells(Struct):
    """A stretch of cells: the character in each, "" in the second cell of a wide one, and the look of each.

    A character None is not known.
    """

    signs: list[str | None]
    looks: list[Look]


class _Signs(dict[str, tuple[str, ...] | None]):
    """The cells of each character that was looked up; None where its width depends on its neighbours."""

    def __init__(self) -> None:
        super().__init__()
        self.doubtful: set[str | None] = set()
        """The characters that a terminal may draw wider or narrower than Textual believes."""

    def __missing__(self, character: str) -> tuple[str, ...] | None:
        is_certain = _is_among(character, _CERTAIN)
        if not is_certain and not _is_among(character, _COUNTABLE):
            return None
        width = rich.cells.get_character_cell_size(character)
        if not is_certain:
            self.doubtful.add(character)
        self[character] = found = (character, "")[:width] if width else None
        return found


_SIGNS = _Signs()


def _is_among(character: str, ranges: Iterable[tuple[int, int]]) -> bool:
    return any(first <= ord(character) <= last for first, last in ranges)


def cells_of(strip: Strip, width: int, system: ColorSystem) -> Cells | None:
    """The cells of a strip. None where it is not known what stands in which cell, or where it has a link."""
    signs: list[str | None] = []
    looks: list[Look] = []
    for text, style, _control in strip:
        found = _signs_of(text)
        if found is None:
            return None
        look = USUAL
        if style is not None:
            if style.link:
                return None
            look = look_of(Strip.render_ansi(style, system) if style._ansi is None else style._ansi)  # noqa: SLF001 -- as Strip.render_style
        signs += found
        looks += [look] * len(found)
    return Cells(signs, looks) if len(signs) == width else None


@lru_cache(4096)
def _signs_of(text: str) -> Sequence[str] | None:
    if text.isascii():
        return tuple(text)
    signs: list[str] = []
    for character in text:
        found = _SIGNS[character]
        if found is None:
            return None
        signs += found
    return tuple(signs) if len(signs) == rich.cells.cell_len(text) else None


def changed_runs(old: Cells, new: Cells) -> Iterable[tuple[int, int]]:
    """The stretches to write, without the unchanged cells between them where a jump is shorter."""
    before, after, old_looks, new_looks = old.signs, new.signs, old.looks, new.looks
    differ = map(or_, map(ne, before, after), map(is_not, old_looks, new_looks))
    changed = [
        n
        for n in compress(range(len(after)), differ)
        if after[n] != " " or before[n] != " " or old_looks[n].on_blank != new_looks[n].on_blank
    ]
    if not changed:
        return ()
    first, last = changed[0], changed[-1] + 1
    doubtful = _SIGNS.doubtful
    if doubtful.isdisjoint(after) and doubtful.isdisjoint(before):
        jumps = [(a + 1, b) for a, b in pairwise(changed) if b - a > _GAP]
        return zip([first, *(b for _a, b in jumps)], [*(a for a, _b in jumps), last], strict=True)
    if not doubtful.isdisjoint(after[first:last]) or not doubtful.isdisjoint(before[first:last]):
        last = len(after)
    return ((next((n for n in range(first) if after[n] in doubtful), first), last),)
