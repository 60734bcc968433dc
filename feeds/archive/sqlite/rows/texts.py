"""The texts of articles in the search: the tables `body` and `gram`, and `todo` for texts that wait to enter it.

Everything runs in the caller's transaction.
"""

import sqlite3
from collections.abc import Sequence

from feeds.archive.sqlite import grams

_ADD_WORDS = "INSERT INTO gram (rowid, word) VALUES (?, CAST(? AS TEXT))"


class SearchTexts:
    """The texts of one index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._execute = connection.execute

    def packed_text(self, at: int) -> bytes | None:
        """The packed text of an article; None if it has none."""
        row = self._execute("SELECT text FROM body WHERE at = ?", (at,)).fetchone()
        return row[0] if row else None

    def add(self, at: int, packed: bytes, *, later: bool = False, words: bytes | None = None) -> None:
        """Add an article's text. With `later` it enters the search in `index_waiting`. `words` are its grams."""
        self._execute("INSERT INTO body VALUES (?, ?)", (at, packed))
        if later:
            self._execute("INSERT INTO todo VALUES (?)", (at,))
        else:
            self._add_words(at, _words(packed) if words is None else words)

    def add_many(self, texts: Sequence[tuple[int, bytes, bytes | None]]) -> None:
        """Add articles' texts, with their grams, in the order of their rowids. A text without grams waits for them."""
        many = self._connection.executemany
        many("INSERT INTO body VALUES (?, ?)", [(at, packed) for at, packed, _ in texts])
        many("INSERT INTO todo VALUES (?)", [(at,) for at, _, words in texts if words is None])
        many(_ADD_WORDS, [(at, words) for at, _, words in texts if words is not None])

    def replace(self, at: int, packed: bytes) -> None:
        """Give the search another text of an article, if it differs."""
        if self.packed_text(at) != packed:
            waits = self._remove_words(at)
            self._execute("UPDATE body SET text = ? WHERE at = ?", (packed, at))
            if waits:
                self._execute("INSERT INTO todo VALUES (?)", (at,))
            else:
                self._add_words(at, _words(packed))

    def remove(self, at: int) -> None:
        """Remove an article's text."""
        self._remove_words(at)
        self._execute("DELETE FROM body WHERE at = ?", (at,))

    def index_waiting(self, limit: int) -> None:
        """Put up to `limit` waiting texts into the search, the newest first."""
        rows = self._execute(
            "SELECT todo.at, body.text FROM todo JOIN body ON body.at = todo.at ORDER BY todo.at DESC LIMIT ?",
            (limit,),
        ).fetchall()
        rows.reverse()  # FTS5 starts a new list for each document that is below the one before
        self._connection.executemany(
            "INSERT INTO gram (rowid, word) VALUES (?, ?)", ((at, _words(text)) for at, text in rows)
        )
        self._connection.executemany("DELETE FROM todo WHERE at = ?", [(at,) for at, _ in rows])

    def _add_words(self, at: int, words: str | bytes) -> None:
        self._execute(_ADD_WORDS, (at, words))

    def _remove_words(self, at: int) -> bool:
        """Remove a text from the search. Return whether it still waited to enter it."""
        if self._execute("DELETE FROM todo WHERE at = ?", (at,)).rowcount:
            return True
        # A table without content deletes a document only if it gets every word of it.
        words = _words(self.packed_text(at) or grams.pack(""))
        self._execute("INSERT INTO gram (gram, rowid, word) VALUES ('delete', ?, ?)", (at, words))
        return False


def _words(packed: bytes) -> str:
    return grams.grams_of(grams.unpack(packed))
