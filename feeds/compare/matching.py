"""Which of two lists' members belong together, and which of them stand in another order."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import chain, pairwise

_COMMON = 40  # members that hold one pair of characters: more make it no help in finding counterparts
_TRIED = 8  # counterparts of a member that are looked at more closely
Pair = tuple[int, int]


def grams_of(plain: str) -> frozenset[str]:
    """The characters of a text and each two that stand together."""
    return frozenset(plain) | {first + second for first, second in pairwise(plain)}


def likeness(left: frozenset[str], right: frozenset[str]) -> float:
    """0 for sets without a common member, 1 for equal sets (Dice)."""
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def equal_pairs(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[Pair]:
    """Members with equal keys, each used once, the first with the first. A key of "" or None pairs with nothing."""
    places: dict[Hashable, list[int]] = defaultdict(list)
    for number, key in reversed(list(enumerate(right))):
        places[key].append(number)
    return [(number, places[key].pop()) for number, key in enumerate(left) if key and places.get(key)]


def like_pairs(left: Sequence[frozenset[str]], right: Sequence[frozenset[str]], floor: float) -> list[Pair]:
    """Members alike by at least `floor`, the most alike first, each used once."""
    return best_pairs(
        (score, first, second)
        for first, second in _candidates(left, right)
        if (score := likeness(left[first], right[second])) >= floor
    )


def best_pairs(scored: Iterable[tuple[float, int, int]]) -> list[Pair]:
    """The pairs of the highest scores, each member used once; of equal scores the ones nearest in place."""
    found: list[Pair] = []
    lefts: set[int] = set()
    rights: set[int] = set()
    for _score, first, second in sorted(scored, key=lambda entry: (-entry[0], abs(entry[1] - entry[2]), entry)):
        if first not in lefts and second not in rights:
            found.append((first, second))
            lefts.add(first)
            rights.add(second)
    return found


def _candidates(left: Sequence[frozenset[str]], right: Sequence[frozenset[str]]) -> Iterator[Pair]:
    """For each member the few that share the most pairs of characters with it; pairs that many hold do not count."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, grams in enumerate(right):
        for gram in grams:
            if len(gram) > 1:
                holders[gram].append(number)
    for first, grams in enumerate(left):
        lists = [holders[gram] for gram in grams if gram in holders]
        shared = Counter(chain.from_iterable(numbers for numbers in lists if len(numbers) <= _COMMON))
        best = sorted(shared.items(), key=lambda entry: (-entry[1], abs(entry[0] - first), entry[0]))
        yield from ((first, second) for second, _count in best[:_TRIED])


def moved_of(pairs: Iterable[Pair]) -> set[Pair]:
    """The pairs to take out so that the others stand in one order on both sides.

    As few as possible; of several such choices the one that takes out what is furthest from its old place.
    """
    ordered = sorted(pairs, key=lambda pair: (pair[1], pair[0]))
    if all(first[0] < second[0] for first, second in pairwise(ordered)):
        return set()
    ranks = {first: rank for rank, first in enumerate(sorted(pair[0] for pair in ordered), 1)}
    # best[rank]: the heaviest run that ends at or in front of a rank, as a tree of prefix maxima (Fenwick).
    best: list[tuple[int, int, int]] = [(0, 0, -1)] * (len(ranks) + 1)
    behind: list[int] = []
    for number, (first, _second) in enumerate(ordered):
        rank = ranks[first]
        length, distance, last = max(best[node] for node in _prefix(rank - 1))
        behind.append(last)
        run = (length + 1, distance - abs(rank - 1 - number), number)
        for node in _cover(rank, len(best)):
            best[node] = max(best[node], run)
    kept: set[int] = set()
    number = max(best[node] for node in _prefix(len(ranks)))[2]
    while number >= 0:
        kept.add(number)
        number = behind[number]
    return {pair for number, pair in enumerate(ordered) if number not in kept}


def _prefix(rank: int) -> Iterable[int]:
    """The nodes that together hold the ranks up to one; node 0 holds the empty run."""
    yield 0
    while rank > 0:
        yield rank
        rank -= rank & -rank


def _cover(rank: int, size: int) -> Iterable[int]:
    """The nodes that hold a rank."""
    while rank < size:
        yield rank
        rank += rank & -rank
