"""Text as it is compared: width, letter case and traditional characters made one; and back to where it stood.

It stands below the archive, which searches by it, and below the screen, which marks what was found: both must mean the
same. Folding may change a text's length (㎡ is m2), so a place in a folded text is no place in the text; `spans_of`
knows the way back.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path

_MOST_CHARACTERS = 20_000  # of these the folds are kept: hostile text must not fill the memory
_JAMO = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff]")


@cache
def _simplified() -> dict[int, int]:
    """Traditional to simplified: of several the commonest, which stands first; 覆, itself the commonest, stays."""
    table: dict[int, int] = {}
    for line in Path(__file__).with_name("traditional.txt").read_text("utf-8").splitlines():
        traditional, *simplified = line.split()
        if traditional not in ("#", simplified[0]):
            table[ord(traditional)] = ord(simplified[0])
    return table


def folded_text(text: str) -> str:
    """Full and half width, compatibility forms, letter case and traditional characters made one."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold().translate(_simplified())


class _Folds(dict[str, str]):
    """Each piece of text with its fold, looked up once."""

    def __missing__(self, piece: str) -> str:
        fold = folded_text(piece)
        if len(self) < _MOST_CHARACTERS:
            self[piece] = fold
        return fold


_folds = _Folds()


def _joins(char: str) -> bool:
    """Whether a character may become one with what stands before it: a mark, or a Korean vowel or ending."""
    return unicodedata.category(char).startswith("M") or _JAMO.match(char) is not None


def _pieces(text: str) -> Sequence[str]:
    """The text in pieces that fold by themselves: its characters, each with the marks that join it."""
    if text.isascii() or "".join(map(_folds.__getitem__, text)) == folded_text(text):
        return text
    pieces: list[str] = []
    for char in text:
        if pieces and _joins(char):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def spans_of(text: str, needles: Iterable[str]) -> list[tuple[int, int]]:
    """Where any of the needles stands in a text, both folded, as (start, end) in the text itself, in order and apart.

    Of needles that begin at one place the longest is found. Of a character that folds to several, and is met by a
    part of them, the whole is meant.
    """
    wanted = sorted({folded_text(needle) for needle in needles if needle}, key=len, reverse=True)
    if not wanted or not text:
        return []
    pieces = _pieces(text)
    folds = [_folds[piece] for piece in pieces]
    found = [match.span() for match in re.finditer("|".join(map(re.escape, wanted)), "".join(folds))]
    if not found or len(folds) == len(text) == sum(map(len, folds)):
        return found
    # Which piece each folded character came from, and where each piece begins in the text.
    origin = [number for number, fold in enumerate(folds) for _ in fold]
    begins = [0, *accumulate(map(len, pieces))]
    spans: list[tuple[int, int]] = []
    for start, end in found:
        span = begins[origin[start]], begins[origin[end - 1] + 1]
        if spans and span[0] < spans[-1][1]:
            spans[-1] = spans[-1][0], max(span[1], spans[-1][1])
        else:
            spans.append(span)
    return spans
