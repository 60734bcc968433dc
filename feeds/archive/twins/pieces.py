"""Who is whose twin, and the one row that stands for them. All of it inside the caller's transaction.

`pair` holds what comparing found, both ways round. Articles that pairs connect are one piece, those left out that a
reader took apart. A piece's leader is the earliest printed: later copies come every hour, and with any other choice
the row that a reader has seen would change under him. The others leave the table of articles, so that a list, a
count and a search meet a piece once and cost what they cost without twins. What each article says for itself stands in
`member` meanwhile, and comes back from there.

The leader's row is made of all: labels and tags of every member, read and starred when any of them is, and its text
in the search is every line that any of them has. So a search for what only one house printed finds the piece.
Which pieces there are follows from the pairs alone, in whatever order they were found.
"""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from feeds.archive import grams
from feeds.archive.labels import LED, SHARED
from feeds.model import BEIJING

Columns = dict[str, Any]
_OWN = ("piece", "text", "due")  # of a member's columns those that no article has


class Twin(Struct, frozen=True):
    """Another printing of an article: where it stands and under which title."""

    id: str
    title: str
    source: str
    origin: str
    url: str
    published: datetime


class Pieces:
    """The tables `pair` and `member` of one index. `touch` is told each row number whose row changed."""

    def __init__(self, connection: sqlite3.Connection, touch: Callable[[int], object]) -> None:
        self._connection = connection
        self._execute = connection.execute
        self._touch = touch
        self._doubtful: set[int] = set()

    # -- what there is

    def mates(self, name: str) -> list[str]:
        """The ids of an article's piece, the leader first; its own alone where it has no twin."""
        rows = self._execute(
            "SELECT other.id FROM member JOIN member AS other ON other.piece = member.piece WHERE member.id = ? "
            "ORDER BY other.published, other.id",
            (name,),
        )
        return [row[0] for row in rows] or [name]

    def twins(self, name: str) -> list[Twin]:
        """The other articles of an article's piece, the earliest first."""
        rows = self._execute(
            "SELECT o.id, o.title, o.source, o.origin, o.url, o.published FROM member m JOIN member o "
            "ON o.piece = m.piece WHERE m.id = ? AND o.id <> ? ORDER BY o.published, o.id",
            (name, name),
        )
        return [
            Twin(name, title, source, origin, url, datetime.fromtimestamp(published, UTC).astimezone(BEIJING))
            for name, title, source, origin, url, published in rows
        ]

    def parted(self, name: str) -> list[str]:
        """The ids of all that are connected with an article and were taken apart."""
        row = self._execute("SELECT at FROM known WHERE id = ?", (name,)).fetchone()
        relatives = self.relatives(row[0]) if row else ()
        found = (self._execute("SELECT id FROM known WHERE at = ? AND apart", (at,)).fetchone() for at in relatives)
        return sorted(row[0] for row in found if row)

    def kin(self, at: int) -> list[int]:
        """The articles that a pair connects with one, taken apart or not."""
        return [row[0] for row in self._execute("SELECT other FROM pair WHERE one = ?", (at,))]

    def relatives(self, at: int) -> set[int]:
        """All that pairs connect with an article, itself too, taken apart or not."""
        found, rest = {at}, [at]
        while rest:
            new = set(self.kin(rest.pop())) - found
            found |= new
            rest += new
        return found

    # -- what changes

    def add(self, one: int, other: int) -> None:
        """Note that two are one piece."""
        self._connection.executemany("INSERT OR IGNORE INTO pair VALUES (?, ?)", [(one, other), (other, one)])
        self._doubtful.update((one, other))

    def sever(self, one: int, other: int) -> None:
        """Note that two are no piece after all."""
        pairs = [(one, other), (other, one)]
        self._connection.executemany("DELETE FROM pair WHERE one = ? AND other = ?", pairs)
        self._doubtful.update((one, other))

    def begin(self) -> None:
        """Forget what a transaction that failed has left undone."""
        self._doubtful.clear()

    def doubt(self, ats: Iterable[int]) -> None:
        """Note articles whose pieces may no longer be what the pairs say; `settle` looks."""
        for at in ats:
            self._doubtful.add(at)
            self._doubtful.update(self.kin(at))

    def mark(self, name: str, values: Columns) -> bool:
        """Change what a member says for itself; False when the article is in no piece."""
        names = ", ".join(f"{column} = ?" for column in values)
        rows = self._execute(
            f"UPDATE member SET {names} WHERE id = ? RETURNING at, piece",  # noqa: S608 -- our own columns
            (*values.values(), name),
        ).fetchall()
        for at, piece in rows:
            self.doubt((at, piece))
        return bool(rows)

    def release(self, at: int) -> None:
        """Give an article its own row again, until it is settled."""
        member = self._row("member", at)
        self.doubt((at,))
        if member is None:
            return
        mates = self._execute("SELECT at FROM member WHERE piece = ?", (member["piece"],)).fetchall()
        self._doubtful.update(row[0] for row in mates)
        self._execute("DELETE FROM member WHERE at = ?", (at,))
        self._show(at, member)

    def forget(self, at: int) -> None:
        """Drop what is known of an article's text: it is gone, or another."""
        kin = self.kin(at)
        self._doubtful.update(kin)
        self._execute("DELETE FROM pair WHERE one = ?", (at,))
        self._connection.executemany("DELETE FROM pair WHERE one = ? AND other = ?", [(other, at) for other in kin])
        self._execute("DELETE FROM sketch WHERE at = ?", (at,))
        self._execute("DELETE FROM fresh WHERE at = ?", (at,))

    def hide(self, at: int, *, text_too: bool = True) -> None:
        """Take an article out of every list and count, and its text out of the search unless that stays as it is."""
        row = self._row("article", at)
        if row is not None:
            self._touch(at)
            self._take_row(at, row["labels"])
            if text_too:
                self._forget_words(at)
                self._execute("DELETE FROM body WHERE at = ?", (at,))

    def settle(self) -> None:
        """Make the pieces that were doubted what the pairs say: the last thing in every transaction."""
        done: set[int] = set()
        while self._doubtful:
            seed = self._doubtful.pop()
            if seed not in done and self._apart(seed) is not None:
                group = self._together(seed)
                done |= group
                self._form(group)

    # -- pieces

    def _apart(self, at: int) -> bool | None:
        """Whether a reader took an article out of its piece; None if there is none such."""
        row = self._execute("SELECT apart FROM known WHERE at = ?", (at,)).fetchone()
        return bool(row[0]) if row else None

    def _together(self, seed: int) -> set[int]:
        """All that pairs connect with an article over such as are not taken apart."""
        found, rest = {seed}, [] if self._apart(seed) else [seed]
        while rest:
            new = [at for at in self.kin(rest.pop()) if at not in found and self._apart(at) is False]
            found.update(new)
            rest += new
        return found

    def _form(self, group: Collection[int]) -> None:
        """Make one piece of these; of one alone an article like any other."""
        if len(group) == 1:
            at = next(iter(group))
            member = self._row("member", at)
            if member:
                self._execute("DELETE FROM member WHERE at = ?", (at,))
                self._show(at, member)
            return
        for at in group:
            if self._row("member", at) is None:
                self._enrol(at)
        members = sorted((row for at in group if (row := self._row("member", at))), key=_rank)
        leader = members[0]["at"]
        self._connection.executemany("UPDATE member SET piece = ? WHERE at = ?", [(leader, at) for at in group])
        for row in members[1:]:
            self.hide(row["at"])
        self._show(leader, self._joined(members))

    def _enrol(self, at: int) -> None:
        """Keep what an article says for itself."""
        row = self._row("article", at) or {}
        text = self._execute("SELECT text FROM body WHERE at = ?", (at,)).fetchone()[0]
        due = [day for (day,) in self._execute("SELECT day FROM due WHERE at = ? ORDER BY day", (at,))]
        self._insert("member", {**row, "piece": at, "text": text, "due": json.dumps(due)})

    def _joined(self, members: Sequence[Columns]) -> Columns:
        """The row of a piece, from its members', the leader's first."""
        lines: dict[str, None] = {}
        for row in members:
            lines.update(dict.fromkeys(grams.unpacked(row["text"]).split("\n")))
        text = "\n".join(lines) if len(lines) > len(grams.unpacked(members[0]["text"]).split("\n")) else None
        labels: dict[int, None] = dict.fromkeys(json.loads(members[0]["labels"]))
        for row in members[1:]:
            labels.update(dict.fromkeys(self._labels_of(row["labels"], SHARED)))
        tags = dict.fromkeys(tag for row in members for tag in json.loads(row["tags"]))
        return {
            **members[0],
            "text": members[0]["text"] if text is None else grams.packed(text),
            "labels": json.dumps(list(labels)),
            "unread": min(row["unread"] for row in members),
            "starred": max(row["starred"] for row in members),
            "tags": json.dumps(list(tags), ensure_ascii=False),
            "copies": len(members),
        }

    # -- rows

    def _row(self, table: str, at: int) -> Columns | None:
        cursor = self._execute(f"SELECT * FROM {table} WHERE at = ?", (at,))  # noqa: S608 -- our own tables
        found = cursor.fetchone()
        return dict(zip((column[0] for column in cursor.description), found, strict=True)) if found else None

    def _insert(self, table: str, row: Columns) -> None:
        marks = ", ".join("?" * len(row))
        self._execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))  # noqa: S608 -- the table's columns

    def _labels_of(self, labels: str, kinds: Sequence[str]) -> list[int]:
        """The numbers of an article's labels of some kinds, in their order."""
        marks = ", ".join("?" * len(kinds))
        rows = self._execute(
            f"SELECT j.value FROM json_each(?) j JOIN label ON label.id = j.value WHERE kind IN ({marks}) "  # noqa: S608 -- question marks
            "ORDER BY j.key",
            (labels, *kinds),
        )
        return [row[0] for row in rows]

    def _show(self, at: int, wanted: Columns) -> None:
        """Make the table of articles, and all that follows it, say this of an article."""
        row = {name: value for name, value in wanted.items() if name not in _OWN}
        old = self._row("article", at)
        if old is None:
            self._execute("INSERT INTO body VALUES (?, ?)", (at, wanted["text"]))
            self._execute("INSERT INTO gram (rowid, word) VALUES (?, ?)", (at, _words(wanted["text"])))
        else:
            self._retext(at, wanted["text"])
            if old == row:
                return
            self._take_row(at, old["labels"])
        self._touch(at)
        self._insert("article", row)
        tagged = [(number, at) for number in self._labels_of(row["labels"], LED)]
        self._connection.executemany("INSERT INTO tagged VALUES (?, ?)", tagged)
        self._connection.executemany("INSERT INTO due VALUES (?, ?)", [(day, at) for day in json.loads(wanted["due"])])

    def _take_row(self, at: int, labels: str) -> None:
        self._connection.executemany(
            "DELETE FROM tagged WHERE label = ? AND at = ?", [(number, at) for number in json.loads(labels)]
        )
        self._execute("DELETE FROM due WHERE at = ?", (at,))
        self._execute("DELETE FROM article WHERE at = ?", (at,))

    # -- texts

    def _retext(self, at: int, text: bytes) -> None:
        """Another text for the search."""
        if self._execute("SELECT text FROM body WHERE at = ?", (at,)).fetchone()[0] != text:
            waiting = self._forget_words(at)
            self._execute("UPDATE body SET text = ? WHERE at = ?", (text, at))
            if waiting:
                self._execute("INSERT INTO todo VALUES (?)", (at,))
            else:
                self._execute("INSERT INTO gram (rowid, word) VALUES (?, ?)", (at, _words(text)))

    def _forget_words(self, at: int) -> bool:
        """Take a text out of the search; whether it was still waiting to come in."""
        if self._execute("DELETE FROM todo WHERE at = ?", (at,)).rowcount:
            return True
        text = self._execute("SELECT text FROM body WHERE at = ?", (at,)).fetchone()[0]
        # A table without content forgets a document only when it is told every word of it.
        self._execute("INSERT INTO gram (gram, rowid, word) VALUES ('delete', ?, ?)", (at, _words(text)))
        return False


def _rank(row: Columns) -> tuple[int, str]:
    """By which the leader is the first: not by the row's number, which tells who was stored first in a second."""
    return row["published"], row["id"]


def _words(text: bytes) -> str:
    return grams.grams_of(grams.unpacked(text))
