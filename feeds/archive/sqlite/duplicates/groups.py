"""Groups of duplicates, and the one row that stands for each group. Everything runs in the caller's transaction.

The table `pair` has the pairs that the search found, in both directions. Articles that pairs connect are one group,
except those that a reader split off (`apart`). The leader of a group is the article that was printed first. Later
copies come every hour, so with another choice the row that a reader has seen would change. The other members have no
row in the table of articles. So a list, a count and a search meet a group once and cost no more than without
duplicates. The table `member` keeps each article's own row (its column `leader` is the leader's row number), and the
article gets it back when it leaves the group. A hidden article has its own row there too, and is in no group.

The leader's row combines the group: labels and flags of every member (see feeds.flags.joined_flags). Its text in the
search has every line of every member. So a search for a line that only one publisher printed finds the group.
The groups follow from the pairs alone. The order in which the pairs were found does not matter.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime

from feeds.archive.sqlite import grams
from feeds.archive.sqlite.flag_columns import columns_of, flags_of
from feeds.archive.sqlite.labels import SHARED
from feeds.archive.sqlite.rowids import hidden_leader
from feeds.archive.sqlite.rows.store import Columns, RowStore
from feeds.flags import joined_flags
from feeds.model import BEIJING
from feeds.query.results import Duplicate

_MEMBER_ONLY = ("leader", "text", "rows")  # columns of `member` that `article` does not have


class DuplicateGroups:
    """The tables `pair` and `member` of one index. The row store writes the rows of articles."""

    def __init__(self, connection: sqlite3.Connection, store: RowStore) -> None:
        self._connection = connection
        self._execute = connection.execute
        self._store = store
        self._stale: set[int] = set()

    # -- reading

    def members_of(self, name: str) -> list[str]:
        """The ids of an article's group, the leader first. Its own id alone if it has no duplicate."""
        rows = self._execute(
            "SELECT other.id FROM member JOIN member AS other ON other.leader = member.leader WHERE member.id = ? "
            "ORDER BY other.published, other.id",
            (name,),
        )
        return [row[0] for row in rows] or [name]

    def duplicates_of(self, name: str) -> list[Duplicate]:
        """The other articles of an article's group, the earliest first."""
        rows = self._execute(
            "SELECT o.id, o.title, o.source, o.origin, o.url, o.published FROM member m JOIN member o "
            "ON o.leader = m.leader WHERE m.id = ? AND o.id <> ? ORDER BY o.published, o.id",
            (name, name),
        )
        return [
            Duplicate(name, title, source, origin, url, datetime.fromtimestamp(published, UTC).astimezone(BEIJING))
            for name, title, source, origin, url, published in rows
        ]

    def apart_from(self, name: str) -> list[str]:
        """The ids of all articles that pairs connect with an article and that a reader split off."""
        row = self._execute("SELECT at FROM known WHERE id = ?", (name,)).fetchone()
        connected = self.connected_with(row[0]) if row else ()
        found = (self._execute("SELECT id FROM known WHERE at = ? AND apart", (at,)).fetchone() for at in connected)
        return sorted(row[0] for row in found if row)

    def paired_with(self, at: int) -> list[int]:
        """The articles that form a pair with one, split off or not."""
        return [row[0] for row in self._execute("SELECT other FROM pair WHERE one = ?", (at,))]

    def connected_with(self, at: int) -> set[int]:
        """All articles that pairs connect with one, itself too, split off or not."""
        found, rest = {at}, [at]
        while rest:
            new = set(self.paired_with(rest.pop())) - found
            found |= new
            rest += new
        return found

    # -- changing

    def add_pair(self, one: int, other: int) -> None:
        """Note that two articles are duplicates."""
        self._connection.executemany("INSERT OR IGNORE INTO pair VALUES (?, ?)", [(one, other), (other, one)])
        self._stale.update((one, other))

    def remove_pair(self, one: int, other: int) -> None:
        """Note that two articles are not duplicates."""
        pairs = [(one, other), (other, one)]
        self._connection.executemany("DELETE FROM pair WHERE one = ? AND other = ?", pairs)
        self._stale.update((one, other))

    def begin(self) -> None:
        """Forget the stale articles of a transaction that failed."""
        self._stale.clear()

    def mark_stale(self, ats: Iterable[int]) -> None:
        """Note articles whose group may no longer fit the pairs. `rebuild_groups` checks them."""
        for at in ats:
            self._stale.add(at)
            self._stale.update(self.paired_with(at))

    def update_member(self, name: str, values: Columns) -> bool:
        """Change a member's own row. False if the article is in no group."""
        names = ", ".join(f"{column} = ?" for column in values)
        rows = self._execute(
            f"UPDATE member SET {names} WHERE id = ? RETURNING at, leader",  # noqa: S608 -- our own columns
            (*values.values(), name),
        ).fetchall()
        for at, leader in rows:
            self.mark_stale((at, leader))
        return bool(rows)

    def release(self, at: int) -> None:
        """Give an article its own row again, until `rebuild_groups`."""
        member = self._store.row("member", at)
        self.mark_stale((at,))
        if member is None:
            return
        members = self._execute("SELECT at FROM member WHERE leader = ?", (member["leader"],)).fetchall()
        self._stale.update(row[0] for row in members)
        self._execute("DELETE FROM member WHERE at = ?", (at,))
        self._put(member)

    def forget_text(self, at: int) -> None:
        """Drop an article's pairs and signature, because its text changed or is gone."""
        paired = self.paired_with(at)
        self._stale.update(paired)
        self._execute("DELETE FROM pair WHERE one = ?", (at,))
        self._connection.executemany("DELETE FROM pair WHERE one = ? AND other = ?", [(other, at) for other in paired])
        self._execute("DELETE FROM sketch WHERE at = ?", (at,))
        self._execute("DELETE FROM fresh WHERE at = ?", (at,))

    def rebuild_groups(self) -> None:
        """Rebuild the groups of stale articles from the pairs. This is the last step of every transaction."""
        rebuilt: set[int] = set()
        while self._stale:
            seed = self._stale.pop()
            if seed not in rebuilt and self._is_alone(seed) is not None:
                group = self._group_of(seed)
                rebuilt |= group
                self._form_group(group)

    # -- groups

    def _is_alone(self, at: int) -> bool | None:
        """Whether an article is in no group, split off by a reader or hidden; None if there is no such article."""
        row = _own_marks(self._connection, at)
        return any(row) if row else None

    def _group_of(self, seed: int) -> set[int]:
        """All articles that pairs connect with one, without those that are split off."""
        found, rest = {seed}, [] if self._is_alone(seed) else [seed]
        while rest:
            new = [at for at in self.paired_with(rest.pop()) if at not in found and self._is_alone(at) is False]
            found.update(new)
            rest += new
        return found

    def _form_group(self, group: Collection[int]) -> None:
        """Make these articles one group. A single article becomes a plain article; a hidden one has no row there."""
        if len(group) == 1:
            at = next(iter(group))
            _apart, hidden = _own_marks(self._connection, at) or (0, 0)
            if hidden:
                if self._store.row("member", at) is None:
                    self._add_member(at)
                self._execute("UPDATE member SET leader = ? WHERE at = ?", (hidden_leader(at), at))
                self._store.hide(at)
            elif member := self._store.row("member", at):
                self._execute("DELETE FROM member WHERE at = ?", (at,))
                self._put(member)
            return
        for at in group:
            if self._store.row("member", at) is None:
                self._add_member(at)
        members = sorted((row for at in group if (row := self._store.row("member", at))), key=_leader_order)
        leader = members[0]["at"]
        self._connection.executemany("UPDATE member SET leader = ? WHERE at = ?", [(leader, at) for at in group])
        for row in members[1:]:
            self._store.hide(row["at"])
        self._put(self._combined_row(members))

    def _add_member(self, at: int) -> None:
        """Keep an article's own row in `member`."""
        row = self._store.row("article", at) or {}
        rows = json.dumps(self._store.rows_of(at), ensure_ascii=False)
        self._store.insert_many(
            "member", [{**row, "leader": at, "text": self._store.texts.packed_text(at), "rows": rows}]
        )

    def _put(self, member: Columns) -> None:
        """Make a member's row, or the combined row of a group, the row of the article."""
        row = {name: value for name, value in member.items() if name not in _MEMBER_ONLY}
        self._store.replace(row, json.loads(member["rows"]), member["text"])

    def _combined_row(self, members: Sequence[Columns]) -> Columns:
        """The row of a group, from its members' rows, the leader's first."""
        lines: dict[str, None] = {}
        for row in members:
            lines.update(dict.fromkeys(grams.unpack(row["text"]).split("\n")))
        text = "\n".join(lines) if len(lines) > len(grams.unpack(members[0]["text"]).split("\n")) else None
        labels: dict[int, None] = dict.fromkeys(json.loads(members[0]["labels"]))
        for row in members[1:]:
            labels.update(dict.fromkeys(self._store.labels_of(row["labels"], SHARED)))
        return {
            **members[0],
            "text": members[0]["text"] if text is None else grams.pack(text),
            "labels": json.dumps(list(labels)),
            **columns_of(joined_flags([flags_of(row["marks"]) for row in members])),
            "changed": max(row["changed"] for row in members),
            "copies": len(members),
        }


def _own_marks(connection: sqlite3.Connection, at: int) -> tuple[int, int] | None:
    """`apart` and `hidden` of an article's own row, which is not that of its group; None without the article."""
    found: tuple[int, int] | None = connection.execute(
        "SELECT apart, hidden FROM member WHERE at = :at UNION ALL "
        "SELECT apart, hidden FROM article WHERE at = :at LIMIT 1",
        {"at": at},
    ).fetchone()
    return found


def _leader_order(row: Columns) -> tuple[int, str]:
    """The key that sorts the leader first. The row number will not do: it depends on the order of storing."""
    return row["published"], row["id"]
