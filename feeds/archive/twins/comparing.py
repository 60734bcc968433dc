"""The writer's work: each new text is looked for among those that are known, and joined with its twins."""

import sqlite3

from feeds.archive import grams
from feeds.archive.twins import likeness
from feeds.archive.twins.bands import Bands, signature_of
from feeds.archive.twins.likeness import Body
from feeds.archive.twins.pieces import Pieces


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
        found = self._known(at)
        signature = signature_of(found[1].marks) if found else None
        if found is None or signature is None:
            return
        published, body = found
        for other in self._bands.met(signature, at):
            known = self._known(other)
            if known and likeness.same(body, known[1], abs(published - known[0])):
                self._pieces.add(at, other)
        self._bands.add(signature, at)

    def _known(self, at: int) -> tuple[int, Body] | None:
        """When an article was published, and its text; None where there is none any more."""
        row = self._execute(
            "SELECT published, flash, text FROM member WHERE at = ? UNION ALL SELECT published, flash, text "
            "FROM article JOIN body ON body.at = article.at WHERE article.at = ? LIMIT 1",
            (at, at),
        ).fetchone()
        if row is None:
            return None
        published, flash, text = row
        return published, Body(grams.unpacked(text).partition("\n")[2], flash=bool(flash))
