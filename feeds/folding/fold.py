"""Text with one width, one letter case and simplified characters, and the way back to the text itself.

The archive searches folded text, and the screen marks what was found, so both use these functions. Folding may change
the length of a text (㎡ becomes m2), so a position in the folded text is not a position in the text; `spans_of` finds
the positions in the text itself.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path

_MOST_CHARACTERS = 20_000  # whose folds are kept: hostile text must not fill the memory


@cache
def _simplified_characters() -> dict[int, int]:
    """Traditional to simplified characters. If there are several, the most frequent; it is first in the file.

    A character that is itself the most frequent (覆) stays.
    """
    table: dict[int, int] = {}
    for line in Path(__file__).with_name("traditional.txt").read_text("utf-8").splitlines():
        traditional, *simplified = line.split()
        if traditional not in ("#", simplified[0]):
            table[ord(traditional)] = ord(simplified[0])
    return table


def folded_text(text: str) -> str:
    """The text in half width and lower case, with simplified characters and without compatibility forms."""
    if text.isascii():
        return text.lower()
    try:
        return "".join(map(_own_folds.__getitem__, text))  # 60 µs for 800 characters, against 200 for the whole text
    except KeyError:
        return _fold_whole(text)


def _fold_whole(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().translate(_simplified_characters())


class _Folds(dict[str, str]):
    """The fold of each character that was looked up."""

    def __missing__(self, character: str) -> str:
        fold = folded_text(character)
        if len(self) < _MOST_CHARACTERS:
            self[character] = fold
        return fold


class _OwnFolds(dict[str, str]):
    """The same of characters that never combine with a neighbour. Raises KeyError for any other.

    A text of such characters is folded when each is: no two of them make one.
    """

    def __missing__(self, character: str) -> str:
        if any(map(_is_combining, unicodedata.normalize("NFKC", character))):
            raise KeyError(character)
        fold = _fold_whole(character)
        if len(self) < _MOST_CHARACTERS:
            self[character] = fold
        return fold


_folds = _Folds()
_own_folds = _OwnFolds()


def _is_combining(char: str) -> bool:
    """Whether a character may combine with the one before it: a mark, or a Korean vowel or ending."""
    return unicodedata.category(char).startswith("M") or "\u1160" <= char <= "\u11ff" or "\ud7b0" <= char <= "\ud7ff"


def _characters_of(text: str) -> Sequence[str]:
    """The characters of a text, each with the marks that combine with it, so that each can be folded alone."""
    if text.isascii() or "".join(map(_folds.__getitem__, text)) == folded_text(text):
        return text
    characters: list[str] = []
    for char in text:
        if characters and _is_combining(char):
            characters[-1] += char
        else:
            characters.append(char)
    return characters


def spans_of(text: str, needles: Iterable[str]) -> list[tuple[int, int]]:
    """Start and end of each place in a text where one of the needles is found, in order and without overlaps.

    Text and needles are folded; start and end count in the text itself. If several needles begin at one place, the
    longest is found. If a needle covers only a part of a character's fold (㎡, m2), the place has the whole character.
    """
    wanted = sorted({folded_text(needle) for needle in needles if needle}, key=len, reverse=True)
    if not wanted or not text:
        return []
    characters = _characters_of(text)
    folds = [_folds[character] for character in characters]
    found = [match.span() for match in re.finditer("|".join(map(re.escape, wanted)), "".join(folds))]
    if not found or len(folds) == len(text) == sum(map(len, folds)):
        return found
    # The character from which each folded character comes, and the start of each character in the text.
    origin = [number for number, fold in enumerate(folds) for _ in fold]
    begins = [0, *accumulate(map(len, characters))]
    spans: list[tuple[int, int]] = []
    for start, end in found:
        span = begins[origin[start]], begins[origin[end - 1] + 1]
        if spans and span[0] < spans[-1][1]:
            spans[-1] = spans[-1][0], max(span[1], spans[-1][1])
        else:
            spans.append(span)
    return spans
