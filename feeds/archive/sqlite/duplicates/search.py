"""The search for duplicates: the writer compares each new text with known ones and notes the pairs."""

import sqlite3
from collections.abc import Sequence
from itertools import combinations

from feeds.archive.duplicates import similarity
from feeds.archive.duplicates.printings import Printing, are_duplicates, is_common
from feeds.archive.duplicates.signatures import Signature, signature_of
from feeds.archive.duplicates.similarity import ComparedText
from feeds.archive.sqlite import grams
from feeds.archive.sqlite.duplicates.bands import Bands
from feeds.archive.sqlite.duplicates.groups import DuplicateGroups


class DuplicateSearch:
    """Compares the texts of one index. `slots` is the number of row numbers in a second."""

    def __init__(self, connection: sqlite3.Connection, groups: DuplicateGroups, slots: int) -> None:
        self._execute = connection.execute
        self._many = connection.executemany
        self._groups = groups
        self._bands = Bands(connection, slots)

    def compare_waiting(self, limit: int) -> None:
        """Compare up to `limit` waiting texts that are in the search, the newest first. Inside a transaction."""
        waiting = self._execute(
            "SELECT at FROM fresh WHERE at NOT IN (SELECT at FROM todo) ORDER BY at DESC LIMIT ?", (limit,)
        ).fetchall()
        for (at,) in reversed(waiting):  # rows in the order of time fill SQLite's pages
            self._compare(at)
        self._many("DELETE FROM fresh WHERE at = ?", waiting)

    def _compare(self, at: int) -> None:
        new = self._printing(at)
        signature = signature_of(new.text.features) if new else None
        if signature:
            self.compare(at, signature)

    def compare(self, at: int, signature: Signature) -> None:
        """Compare an article that is in the search, whose text has this signature. Inside a transaction."""
        if near := self._bands.candidates_for(signature, at):
            self._add_pairs(at, near)
        self._bands.add(signature, at)

    def _add_pairs(self, at: int, near: Sequence[int]) -> None:
        """Note the pairs of an article among those that may be its duplicates."""
        new = self._printing(at)
        if new is None:
            return
        candidates = filter(None, map(self._printing, near))
        similar = [
            old for old in candidates if similarity.is_same_text(new.text, old.text, abs(new.published - old.published))
        ]
        common = is_common([new, *similar])
        for old in similar:
            if are_duplicates(new, old, common=common):
                self._groups.add_pair(at, old.at)
        if common:
            for one, other in combinations(similar, 2):
                if not are_duplicates(one, other, common=True):
                    self._groups.remove_pair(one.at, other.at)

    def _printing(self, at: int) -> Printing | None:
        """An article as it is compared; None if it is no longer in the index."""
        columns = "published, flash, text, source, origin"
        row = self._execute(
            f"SELECT {columns} FROM member WHERE at = :at UNION ALL SELECT {columns} "  # noqa: S608 -- our own columns
            "FROM article JOIN body ON body.at = article.at WHERE article.at = :at LIMIT 1",
            {"at": at},
        ).fetchone()
        if row is None:
            return None
        published, flash, packed, *publisher = row
        title, _, text = grams.unpack(packed).partition("\n")
        return Printing(at, published, title, tuple(publisher), ComparedText(text, flash=bool(flash)))
