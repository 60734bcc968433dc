"""The writer's work: each new text is looked for among those that are known, and joined with its twins."""

import sqlite3
from itertools import combinations

from feeds.archive import grams
from feeds.archive.twins import likeness
from feeds.archive.twins.bands import Bands, signature_of
from feeds.archive.twins.likeness import Body
from feeds.archive.twins.pieces import Pieces
from feeds.archive.twins.printings import Printing, are_twins, is_common


class Comparing:
    """One index's texts being compared. `slots` is how many row numbers a second has."""

    def __init__(self, connection: sqlite3.Connection, pieces: Pieces, slots: int) -> None:
        self._execute = connection.execute
        self._many = connection.executemany
        self._pieces = pieces
        self._bands = Bands(connection, slots)

    def go_on(self, limit: int) -> None:
        """Compare up to `limit` texts that wait for it and are in the search, the newest first. In a transaction."""
        waiting = self._execute(
            "SELECT at FROM fresh WHERE at NOT IN (SELECT at FROM todo) ORDER BY at DESC LIMIT ?", (limit,)
        ).fetchall()
        for (at,) in reversed(waiting):  # pages are filled by what comes in time's order
            self._compare(at)
        self._many("DELETE FROM fresh WHERE at = ?", waiting)

    def _compare(self, at: int) -> None:
        new = self._known(at)
        signature = signature_of(new.body.marks) if new else None
        if new is None or signature is None:
            return
        met = filter(None, map(self._known, self._bands.met(signature, at)))
        alike = [old for old in met if likeness.same(new.body, old.body, abs(new.published - old.published))]
        common = is_common([new, *alike])
        for old in alike:
            if are_twins(new, old, common=common):
                self._pieces.add(at, old.at)
        if common:
            for one, other in combinations(alike, 2):
                if not are_twins(one, other, common=True):
                    self._pieces.sever(one.at, other.at)
        self._bands.add(signature, at)

    def _known(self, at: int) -> Printing | None:
        """An article as it is compared; None where there is none any more."""
        columns = "published, flash, text, source, origin"
        row = self._execute(
            f"SELECT {columns} FROM member WHERE at = :at UNION ALL SELECT {columns} "  # noqa: S608 -- our own columns
            "FROM article JOIN body ON body.at = article.at WHERE article.at = :at LIMIT 1",
            {"at": at},
        ).fetchone()
        if row is None:
            return None
        published, flash, packed, *house = row
        title, _, text = grams.unpacked(packed).partition("\n")
        return Printing(at, published, title, tuple(house), Body(text, flash=bool(flash)))
