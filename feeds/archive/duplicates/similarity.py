"""Whether two texts are one report that two publishers print. Pure.

Two questions decide. The first is how much the texts share: the Jaccard similarity of their sets of `WIDTH` successive
letters, without punctuation and blanks. The second is whether they give the same figures. A market's bulletins of two
days are equal except for their numbers, and must stay two. So two texts are different if a clause stands in both with
different figures. They are also different if each says a word often that the other never says, as the notices of two
companies from one template do. The dateline of a news agency (新华社北京1月12日电) counts only by its date.
`tests/benchmarks/duplicates.py` measures every bound here; docs/archive.md gives the results.
"""

import re
from collections import Counter
from collections.abc import Set as AbstractSet
from functools import cached_property
from operator import add

WIDTH = 8  # characters of a shingle: long enough that what all official prose has in common counts little
ALIKE = 0.6  # least similarity of two texts that are one report
SHORT = 120  # characters: shorter texts, and flashes, must be almost equal
ALIKE_SHORT = 0.95
PREFILTER = 0.35  # similarity of the features below which the texts are not compared
WORD = 3  # characters of a possible name
OFTEN = 3  # how often a text says a name of its own; one less in a text under `LONG` letters
LONG = 300
LEAST = 20  # characters: a shorter text says too little to be recognised
DAY = 86_400
SPAN = 14 * DAY  # seconds between two printings at most
SPAN_SHORT = DAY // 2
SPAN_FLASH = DAY // 24

_PUNCTUATION = re.compile(r"[\W_]+")
_BLOCK = re.compile(rf"[^\W_]{{1,{WIDTH}}}")
_HEAD = re.compile(
    r"[【\[]?[^。，；\n]{0,20}?(?:(\d{1,2})月)?(\d{1,2})日(?:电|讯|消息)[】\]]?\s{0,3}(?:[（(][^（）()\n]{0,40}[）)])?"
)
_NO_WORD = re.compile(r"[\W_\d]+")
_FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_CLAUSE = re.compile(r"[。，；：、！？!?,;:()\[\]“”\"《》<>|\s]+")


class ComparedText:
    """A folded text without its title, in the form that is compared."""

    def __init__(self, text: str, *, flash: bool = False) -> None:
        head = _HEAD.match(text)
        self.dateline = head.groups() if head else None
        self.text = text[head.end() :] if head else text
        self.flash = flash

    @cached_property
    def _blocks(self) -> list[str]:
        """Each run of letters and digits, cut from its beginning into blocks of up to `WIDTH` characters."""
        return _BLOCK.findall(self.text)

    @cached_property
    def length(self) -> int:
        """The number of letters and digits."""
        return sum(map(len, self._blocks))

    @property
    def short(self) -> bool:
        """Whether it must be almost equal to another text to be its duplicate."""
        return self.flash or self.length < SHORT

    @property
    def span(self) -> int:
        """Seconds around its time in which a duplicate may lie."""
        return SPAN_FLASH if self.flash else SPAN_SHORT if self.short else SPAN

    @cached_property
    def features(self) -> AbstractSet[str]:
        """The strings for the signature: pairs of neighbouring blocks. A text that is too short has none.

        Each run has blocks of its own. So a changed character moves only the blocks behind it in the same run.
        """
        if len(self._blocks) < LEAST and self.length < LEAST:  # a block has one letter at least
            return frozenset()
        return frozenset(map(add, self._blocks, self._blocks[1:])) or frozenset(self._blocks)

    @cached_property
    def shingles(self) -> AbstractSet[str]:
        """All sequences of `WIDTH` letters."""
        letters = _PUNCTUATION.sub("", self.text)
        return frozenset(letters[at : at + WIDTH] for at in range(len(letters) - WIDTH + 1))

    @cached_property
    def figures(self) -> dict[str, set[tuple[str, ...]]]:
        """The numbers of each clause with numbers, by the clause without them."""
        found: dict[str, set[tuple[str, ...]]] = {}
        for clause in _CLAUSE.split(_FIGURE.sub(_delimited_number, self.text)):
            parts = clause.split("\x00")
            if len(parts) > 1:
                found.setdefault("#".join(parts[::2]), set()).add(tuple(parts[1::2]))
        return found

    @cached_property
    def words(self) -> Counter[str]:
        """The count of every sequence of `WORD` letters."""
        runs = _NO_WORD.split(self.text)
        return Counter(run[at : at + WORD] for run in runs for at in range(len(run) - WORD + 1))


def _delimited_number(figure: re.Match[str]) -> str:
    """A number without its thousands separators, between two characters that no text has."""
    return f"\x00{figure[0].replace(',', '')}\x00"


def _jaccard(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    shared = len(one & other)
    return shared / ((len(one) + len(other) - shared) or 1)


def similarity(one: ComparedText, other: ComparedText) -> float:
    """Jaccard similarity, 0 to 1."""
    return _jaccard(one.shingles, other.shingles)


def have_different_figures(one: ComparedText, other: ComparedText) -> bool:
    """Whether a clause stands in both texts, and each has numbers in it that the other does not have."""
    if one.dateline and other.dateline and one.dateline != other.dateline:
        return True
    theirs = other.figures
    return any(
        clause in theirs and numbers - theirs[clause] and theirs[clause] - numbers
        for clause, numbers in one.figures.items()
    )


def have_different_names(one: ComparedText, other: ComparedText) -> bool:
    """Whether each text says a word often that the other never says."""
    pairs = ((one.words, other.words), (other.words, one.words))
    often = OFTEN if min(one.length, other.length) >= LONG else OFTEN - 1
    return all(any(count >= often and word not in theirs for word, count in ours.items()) for ours, theirs in pairs)


def is_same_text(one: ComparedText, other: ComparedText, apart: int) -> bool:
    """Whether two texts, printed `apart` seconds from each other, are one report."""
    if apart > min(one.span, other.span):
        return False
    bound = ALIKE_SHORT if one.short or other.short else ALIKE
    fewer, more = sorted((one.length, other.length))
    if fewer < LEAST or fewer < bound * 0.9 * more:  # a length also counts repeated parts; a set does not
        return False
    if _jaccard(one.features, other.features) < PREFILTER:
        return False
    return similarity(one, other) >= bound and not (
        have_different_figures(one, other) or have_different_names(one, other)
    )
