"""Whether two texts are one piece: the same report as two houses print it. Pure.

Two things are asked. How much they share: the Jaccard similarity of their sets of `WIDTH` successive characters, marks
and blanks left out, so that punctuation says nothing. And whether they tell the same figures: a market's bulletin
of two days is one text but for its numbers, and must stay two. So where a clause stands in both with other figures,
they are two pieces however much they share; and so they are where each says a word over and over that the other
never says, as two companies' notices from one template do. A wire's head (新华社北京1月12日电) belongs to neither
question but for its date. Every bound here is measured by `tests/benchmarks/twins.py`; docs/archive.md says with what
result.
"""

import re
from collections import Counter
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import pairwise

WIDTH = 8  # characters of a shingle: long enough that what all official prose has in common counts little
ALIKE = 0.6  # similarity from which two texts are one piece
SHORT = 120  # characters: shorter texts, and flashes, must be all but the same
ALIKE_SHORT = 0.95
AKIN = 0.35  # similarity of the marks below which the texts need not be gone through
WORD = 3  # characters of what may be a name
OFTEN = 3  # times that a text says a name of its own, one less in a text under `LONG` letters
LONG = 300
LEAST = 20  # characters: a shorter text says too little to know it by
DAY = 86_400
SPAN = 14 * DAY  # seconds that may lie between two printings
SPAN_SHORT = DAY // 2
SPAN_FLASH = DAY // 24

_MARKS = re.compile(r"[\W_]+")
_BLOCK = re.compile(rf"[^\W_]{{1,{WIDTH}}}")
_HEAD = re.compile(
    r"[【\[]?[^。，；\n]{0,20}?(?:(\d{1,2})月)?(\d{1,2})日(?:电|讯|消息)[】\]]?\s{0,3}(?:[（(][^（）()\n]{0,40}[）)])?"
)
_NO_WORD = re.compile(r"[\W_\d]+")
_FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_CLAUSE = re.compile(r"[。，；：、！？!?,;:()\[\]“”\"《》<>|\s]+")


class Body:
    """A folded text without its title, as it is compared."""

    def __init__(self, text: str, *, flash: bool = False) -> None:
        head = _HEAD.match(text)
        self.dateline = head.groups() if head else None
        self.text = text[head.end() :] if head else text
        self.flash = flash

    @cached_property
    def _blocks(self) -> list[str]:
        """Each run of letters and digits cut into blocks of up to `WIDTH`, counted from its begin."""
        return _BLOCK.findall(self.text)

    @cached_property
    def length(self) -> int:
        """Letters and digits in it."""
        return sum(map(len, self._blocks))

    @property
    def short(self) -> bool:
        """Whether it must be all but the same as another to be its twin."""
        return self.flash or self.length < SHORT

    @property
    def span(self) -> int:
        """Seconds within which a twin is looked for."""
        return SPAN_FLASH if self.flash else SPAN_SHORT if self.short else SPAN

    @cached_property
    def marks(self) -> AbstractSet[str]:
        """What it is looked for by: neighbouring blocks two by two, some of its shingles; none of too short a text.

        Blocks begin anew with each run, so that a changed character moves no other block than those behind it there.
        """
        if len(self._blocks) < LEAST and self.length < LEAST:  # a block is a letter at least
            return frozenset()
        return frozenset(map("".join, pairwise(self._blocks))) or frozenset(self._blocks)

    @cached_property
    def shingles(self) -> AbstractSet[str]:
        """Every `WIDTH` successive letters."""
        letters = _MARKS.sub("", self.text)
        return frozenset(letters[at : at + WIDTH] for at in range(len(letters) - WIDTH + 1))

    @cached_property
    def figures(self) -> dict[str, set[tuple[str, ...]]]:
        """The numbers of each clause that has any, by the clause without them."""
        found: dict[str, set[tuple[str, ...]]] = {}
        for clause in _CLAUSE.split(_FIGURE.sub(_set_apart, self.text)):
            parts = clause.split("\x00")
            if len(parts) > 1:
                found.setdefault("#".join(parts[::2]), set()).add(tuple(parts[1::2]))
        return found

    @cached_property
    def words(self) -> Counter[str]:
        """How often every `WORD` successive letters stand in it."""
        runs = _NO_WORD.split(self.text)
        return Counter(run[at : at + WORD] for run in runs for at in range(len(run) - WORD + 1))


def _set_apart(figure: re.Match[str]) -> str:
    """A number between two marks that no text has, its thousands written together."""
    return f"\x00{figure[0].replace(',', '')}\x00"


def _jaccard(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    shared = len(one & other)
    return shared / ((len(one) + len(other) - shared) or 1)


def likeness(one: Body, other: Body) -> float:
    """Jaccard similarity, 0 to 1."""
    return _jaccard(one.shingles, other.shingles)


def other_figures(one: Body, other: Body) -> bool:
    """Whether their figures say that they are two: a clause of both in which each has numbers the other has not."""
    if one.dateline and other.dateline and one.dateline != other.dateline:
        return True
    theirs = other.figures
    return any(
        clause in theirs and numbers - theirs[clause] and theirs[clause] - numbers
        for clause, numbers in one.figures.items()
    )


def other_names(one: Body, other: Body) -> bool:
    """Whether each has a word of its own, said often, that the other never says."""
    pairs = ((one.words, other.words), (other.words, one.words))
    often = OFTEN if min(one.length, other.length) >= LONG else OFTEN - 1
    return all(any(count >= often and word not in theirs for word, count in ours.items()) for ours, theirs in pairs)


def same(one: Body, other: Body, apart: int) -> bool:
    """Whether two texts, printed `apart` seconds from each other, are one piece."""
    if apart > min(one.span, other.span):
        return False
    bound = ALIKE_SHORT if one.short or other.short else ALIKE
    fewer, more = sorted((one.length, other.length))
    if fewer < LEAST or fewer < bound * 0.9 * more:  # a length, unlike a set, counts what is repeated
        return False
    if _jaccard(one.marks, other.marks) < AKIN:
        return False
    return likeness(one, other) >= bound and not (other_figures(one, other) or other_names(one, other))
