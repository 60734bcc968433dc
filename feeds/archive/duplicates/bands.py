"""Where to look for a text's duplicates: its MinHash signature is cut into bands, and similar texts share band keys.

rensa makes the signature. It is imported when the first text is compared, which only the writer does. Each `ROWS`
numbers of a signature make a key, `BANDS` keys in all. Two texts of similarity s share a given key with probability s³.
A key begins with a period of time that is twice as long as the widest span. So all candidates lie in the text's own
period or in the nearer neighbour, and articles that are stored one after the other lie together on disk.

A text is compared with few others, however large the archive is. Of each key only the nearest in time are candidates.
If many texts have a key (sentences that a whole series of notices shares), a candidate must share another key too. The
signatures of the candidates are compared next, and only then their texts.
"""

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import chain

from msgspec import Struct

from feeds.archive.duplicates.similarity import SPAN

BANDS = 6
ROWS = 3
PERIOD = 2 * SPAN  # seconds
NEAREST = 4  # entries of a key that are read on each side in time
CANDIDATES = 16  # articles whose signatures are compared
COMPARED = 8  # articles whose texts are compared
AGREEING = 17  # numbers, of `_SLOTS`, in which the signatures of duplicates agree; 99 % of duplicates do
_SLOTS = 32  # numbers in a signature: rensa is fastest at powers of two
_BITS = 21  # of a key below its period: the key takes four bytes, and different texts of a month seldom share one

_PRIME, _FACTOR = (1 << 61) - 1, 0x1F3D_5B79_9E37_79B9
_NIBBLES = int("1" * _SLOTS, 16)


def _near(side: str) -> str:
    """The statement that finds articles under a key around a place, and under the key of the neighbouring period.

    Its parameters, in order: base, key and place; the same again; the neighbour's base and key.
    """
    parts = (
        ("AND place < ?", "DESC"),
        ("AND place > ?", "ASC"),
        ("", side),
    )
    return " UNION ALL ".join(
        f"SELECT * FROM (SELECT ? + place FROM band WHERE key = ? {bound} "  # noqa: S608 -- our own words
        f"ORDER BY place {order} LIMIT {NEAREST})"
        for bound, order in parts
    )


_EARLY, _LATE = (
    _near("DESC"),
    _near("ASC"),
)  # of an earlier period the latest are near, of a later one the earliest


class Signature(Struct, frozen=True):
    """A text's keys without their period, and the last four bits of each number of the signature."""

    bands: tuple[int, ...]
    numbers: bytes

    def agreeing(self, numbers: bytes) -> int:
        """The number of numbers in which another signature agrees. One in sixteen different ones counts too."""
        differing = int.from_bytes(self.numbers) ^ int.from_bytes(numbers)
        differing |= differing >> 2
        return _SLOTS - ((differing | differing >> 1) & _NIBBLES).bit_count()


def signature_of(features: Collection[str]) -> Signature | None:
    """The signature of a set of strings; None for an empty set."""
    if not features:
        return None
    from rensa import RMinHash  # the dashboard starts, reads and lists without it

    hashed = RMinHash(num_perm=_SLOTS, seed=1)
    hashed.update(list(features))
    numbers = hashed.digest()
    parts = (numbers[band * ROWS : (band + 1) * ROWS] for band in range(BANDS))
    return Signature(tuple(_key_of(band, part) for band, part in enumerate(parts)), _low_bits(numbers))


def _key_of(band: int, numbers: Iterable[int]) -> int:
    """A band's numbers as one of `_BITS` bits: a polynomial over a prime field, the same on every machine."""
    key = band + 1
    for number in numbers:
        key = (key * _FACTOR + number) % _PRIME
    return key & (1 << _BITS) - 1


def _low_bits(numbers: Sequence[int]) -> bytes:
    """The last four bits of each number, two numbers a byte."""
    return bytes((first & 15) << 4 | second & 15 for first, second in zip(numbers[::2], numbers[1::2], strict=True))


class Bands:
    """The tables of keys and of signatures. `slots` is the number of row numbers in a second."""

    def __init__(self, connection: sqlite3.Connection, slots: int) -> None:
        self._connection = connection
        self._length = PERIOD * slots

    def add(self, signature: Signature, at: int) -> None:
        """Store an article's keys and signature."""
        period, place = divmod(at, self._length)
        keys = [(period << _BITS | band, place) for band in signature.bands]
        self._connection.executemany("INSERT OR IGNORE INTO band VALUES (?, ?)", keys)
        self._connection.execute("INSERT OR REPLACE INTO sketch VALUES (?, ?)", (at, signature.numbers))

    def candidates_for(self, signature: Signature, at: int) -> list[int]:
        """The articles to compare with the one at `at`: most keys shared first, then nearest in time."""
        lists = [self._near(band, at) for band in signature.bands]
        shared = Counter(chain.from_iterable(lists))
        del shared[at]  # an earlier text of the article itself
        rare = {other for found in lists if len(found) <= NEAREST for other in found}  # found under a rare key
        wanted = [other for other, count in shared.items() if count > 1 or other in rare]
        if len(wanted) > 1:
            wanted.sort(key=lambda other: (-shared[other], abs(other - at), other))
        return self._agreeing(signature, wanted[:CANDIDATES])[:COMPARED] if wanted else []

    def _near(self, band: int, at: int) -> list[int]:
        """Articles under a key around a moment, in its period and in the nearer neighbouring period."""
        period, place = divmod(at, self._length)
        late = place * 2 > self._length
        other = period + (1 if late else -1)
        own = (period * self._length, period << _BITS | band, place)
        neighbour = (other * self._length, other << _BITS | band)
        rows = self._connection.execute(_LATE if late else _EARLY, (*own, *own, *neighbour))
        return [row[0] for row in rows]

    def _agreeing(self, signature: Signature, wanted: Sequence[int]) -> list[int]:
        """The candidates whose signature agrees, in their order."""
        marks = ", ".join("?" * len(wanted))
        rows = self._connection.execute(f"SELECT at, numbers FROM sketch WHERE at IN ({marks})", wanted)  # noqa: S608 -- question marks
        agreeing = {at for at, numbers in rows if signature.agreeing(numbers) >= AGREEING}
        return [at for at in wanted if at in agreeing]
