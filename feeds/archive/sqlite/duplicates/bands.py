"""Where to look for a text's duplicates: the tables of the signatures' band keys, and of the signatures.

A key begins with a period of time that is twice as long as the widest span. So all candidates lie in the text's own
period or in the nearer neighbour, and articles that are stored one after the other lie together on disk.

A text is compared with few others, however large the archive is. Candidates are the nearest in time under a key.
If many texts have a key (sentences that a whole series of notices shares), a candidate must share another key too. The
signatures of the candidates are compared next, and only then their texts.
"""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from itertools import chain

from feeds.archive.duplicates.signatures import AGREEING, KEY_BITS, Signature
from feeds.archive.duplicates.similarity import SPAN

PERIOD = 2 * SPAN  # seconds
NEAREST = 4  # entries of a key that are read on each side in time
CANDIDATES = 16  # articles whose signatures are compared
COMPARED = 8  # articles whose texts are compared


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


class Bands:
    """The tables of keys and of signatures. `slots` is the number of row numbers in a second."""

    def __init__(self, connection: sqlite3.Connection, slots: int) -> None:
        self._connection = connection
        self._length = PERIOD * slots

    def add(self, signature: Signature, at: int) -> None:
        """Store an article's keys and signature."""
        period, place = divmod(at, self._length)
        keys = [(period << KEY_BITS | band, place) for band in signature.bands]
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
        own = (period * self._length, period << KEY_BITS | band, place)
        neighbour = (other * self._length, other << KEY_BITS | band)
        rows = self._connection.execute(_LATE if late else _EARLY, (*own, *own, *neighbour))
        return [row[0] for row in rows]

    def _agreeing(self, signature: Signature, wanted: Sequence[int]) -> list[int]:
        """The candidates whose signature agrees, in their order."""
        marks = ", ".join("?" * len(wanted))
        rows = self._connection.execute(f"SELECT at, numbers FROM sketch WHERE at IN ({marks})", wanted)  # noqa: S608 -- question marks
        agreeing = {at for at, numbers in rows if signature.agreeing(numbers) >= AGREEING}
        return [at for at in wanted if at in agreeing]
