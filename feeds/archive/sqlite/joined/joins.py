"""Which mentions are one document and which statements are one row, kept in the index as articles come and go.

feeds.documents.join_mentions decides about all mentions that titles and numbers connect, or of which one has a short
form of the other's title. So after a change those that are connected with a changed one are joined again, and the
result is that of all at once. A statement's row follows from its document and from `shared`, see
feeds.targets.row_key_of. `leads` marks the latest statement of each row.

Everything runs in the caller's transaction. Where much is stored at once, the names are noted in `unjoined`, and
`join_waiting` joins them later. Until then a statement has a row of its own, and a new mention no document.
"""

import json
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from feeds.archive.sqlite.hashes import hash_of
from feeds.archive.sqlite.joined.near_titles import NearTitles
from feeds.archive.sqlite.rowids import numbers_of, place_of
from feeds.archive.sqlite.rows.tables import TableRows, names_in, settled_in

if TYPE_CHECKING:  # a reader's start needs none of them
    from feeds.archive.sqlite.schema.connection import Connection
    from feeds.documents import DocumentMention, JoinedDocument, Separation

_MOST_NOW = 1000  # names: more than these are joined later
_LARGE = 300  # mentions that are connected: more are joined later
Loaded = dict[int, tuple["DocumentMention", int | None, str]]
"""Mentions by their numbers, with the document and the rule that the index has for each."""


class Joins:
    """The joined tables of one index, for its writers. `begin` and `settle` enclose each change."""

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._execute = connection.execute
        self.begin()

    def begin(self) -> None:
        """Forget what a transaction noted that failed."""
        self.later = False
        self._names: set[str] = set()
        self._rows: set[int] = set()
        self._left: set[int] = set()

    # -- what changes

    def note_new(self, rows: TableRows) -> None:
        """Note the rows of an article that were inserted."""
        self._names |= names_in(rows)
        self._rows |= settled_in(rows)

    def note_names(self, names: Iterable[str]) -> None:
        """Note titles and numbers whose mentions are to be joined again."""
        self._names.update(names)

    def note_gone(self, at: int) -> None:
        """Note an article whose rows are removed next."""
        bounds = numbers_of(at)
        for key, number, doc in self._execute("SELECT key, number, doc FROM mention WHERE id BETWEEN ? AND ?", bounds):
            self._names.update(filter(None, (key, number)))
            if doc is not None and doc not in self._left:
                self._left.add(doc)
                self._names.update(_keys_in(self._connection, doc))  # those of its short titles may leave it
        rows = self._execute("SELECT row FROM statement WHERE id BETWEEN ? AND ? AND row IS NOT NULL", bounds)
        self._rows.update(row[0] for row in rows)

    def settle(self) -> None:
        """Join what changed. The last step of every change."""
        if not (self._names or self._rows):
            return
        if self.later or len(self._names) > _MOST_NOW:
            self._postpone(self._names)
        else:
            self._postpone(self._join_all(self._names, _LARGE)[1])
        self._drop_empty()
        self._mark_leading()
        self._note_change()
        self.begin()

    def _note_change(self) -> None:
        self._execute("UPDATE meta SET value = value + 1 WHERE name = 'joined'")

    def _postpone(self, names: Iterable[str]) -> None:
        self._connection.executemany("INSERT OR IGNORE INTO unjoined VALUES (?)", [(name,) for name in names])

    # -- the postponed work

    def join_waiting(self, limit: int) -> int:
        """Join up to `limit` names that wait. Return how many still wait. Inside a change."""
        # In the order of time, so that the titles near each are read once for all. What has no document is new.
        waiting = (
            "SELECT DISTINCT key FROM (SELECT key FROM mention WHERE doc IS NULL "
            "AND key IN (SELECT name FROM unjoined) ORDER BY id LIMIT ?)"
        )
        names = [row[0] for row in self._execute(waiting, (limit,))]
        names = names or [row[0] for row in self._execute("SELECT name FROM unjoined LIMIT ?", (limit,))]
        joined, _large = self._join_all(names, None)
        self._connection.executemany("DELETE FROM unjoined WHERE name = ?", [(name,) for name in joined])
        self._mark_leading()
        self._note_change()
        return int(self._execute("SELECT COUNT(*) FROM unjoined").fetchone()[0])

    # -- documents

    def _join_all(self, names: Collection[str], most: int | None) -> tuple[set[str], list[str]]:
        """Join the mentions that each of these names connects.

        Return all names that are joined now, and those of `names` that connect more than `most`.
        """
        seen: set[str] = set()
        large: list[str] = []
        separations = self._separations() if names else ()
        titles = NearTitles(self._connection)
        for name in names:
            if name in seen:
                continue
            loaded, connected = self._load_connected(name, most, titles)
            seen |= connected
            if loaded is None:
                large.append(name)
            else:
                self._join(loaded, separations)
        return seen - set(large), large

    def _load_connected(self, name: str, most: int | None, titles: NearTitles) -> tuple[Loaded | None, set[str]]:
        """All mentions that a title or number connects, and all their names. No mentions where they are too many."""
        from feeds.archive.sqlite.rows.mentions import COLUMNS, SOURCE, mention_of

        loaded: Loaded = {}
        seen, rest = {name}, [name]
        searched: set[object] = set()
        while rest or (rest := sorted(_like_named(titles, self._connection, loaded, searched) - seen)):
            wanted = rest.pop()
            seen.add(wanted)
            # The index of numbers has only those that are none "", and SQLite must be told.
            for same in ("m.key = ?", "m.number = ? AND m.number <> ''"):
                rows = self._execute(
                    f"SELECT m.id, m.doc, m.rule, {COLUMNS} FROM {SOURCE} WHERE {same}",  # noqa: S608 -- our own columns
                    (wanted,),
                ).fetchall()
                if most is not None and len(rows) + len(loaded) > most:
                    return None, {name}
                for number, doc, rule, *values in rows:
                    if number not in loaded:
                        mention = mention_of(values)
                        loaded[number] = (mention, doc, rule)
                        names = {mention.key.key, *filter(None, [mention.number])} - seen
                        seen |= names
                        rest += names
        return loaded, seen

    def _join(self, loaded: Loaded, separations: "Collection[Separation]") -> None:
        """Give connected mentions their documents, and each document its row."""
        from feeds.documents import join_mentions

        numbers = {mention.name: number for number, (mention, _doc, _rule) in loaded.items()}
        found = join_mentions((mention for mention, _doc, _rule in loaded.values()), separations)
        gone = {doc for _mention, doc, _rule in loaded.values() if doc is not None}
        changed: set[int] = set()
        for document in found:
            doc = hash_of(document.key)
            gone.discard(doc)
            for member in document.members:
                number = numbers[member.mention.name]
                if loaded[number][1:] != (doc, member.rule):
                    changed.add(doc)
                    self._place(number, doc, member.rule, moved=loaded[number][1] != doc)
        for document in found:
            doc = hash_of(document.key)
            self._write_document(document, doc, changed=doc in changed)
        self._drop(gone)

    def _place(self, number: int, doc: int, rule: str, *, moved: bool) -> None:
        """Note the document of a mention, and the rule. The statements about it follow where it is another one."""
        self._execute("UPDATE mention SET doc = ?, rule = ? WHERE id = ?", (doc, rule, number))
        if moved:
            self._move_statements(number, doc)

    def _separations(self) -> "Collection[Separation]":
        from feeds.archive.separations import load_separations

        return load_separations(self._connection.path.parent)

    def _write_document(self, document: "JoinedDocument", doc: int, *, changed: bool) -> None:
        """Write a document's row if one of its members changed or left it, or if it keeps out others than before."""
        refused = json.dumps(document.refused, ensure_ascii=False)
        row = self._execute("SELECT members, refused FROM document WHERE id = ?", (doc,)).fetchone()
        if not changed and row == (len(document.members), refused):
            return
        from feeds.documents import STAGES, end_of

        alone = self._execute(
            "SELECT complete, counted, targets, largest, deadlines FROM mention WHERE doc = ? AND alone "
            "ORDER BY fullness DESC",
            (doc,),
        ).fetchall()
        told = {deadline for row in alone for deadline in json.loads(row[4])}
        deadlines = sorted(told, key=lambda deadline: (end_of(deadline), deadline))
        complete, counted, targets, largest = alone[0][:4] if alone else (0, 0, 0, "")
        values = (
            doc,
            document.key,
            document.title,
            max(STAGES.index(member.mention.stage) for member in document.members),
            -document.members[-1].mention.published.timestamp(),
            refused,
            len(document.members),
            json.dumps(deadlines, ensure_ascii=False),
            *(complete, counted, targets, 0, largest),
            len(alone) <= 1,
        )
        marks = ", ".join("?" * len(values))
        self._execute(f"INSERT OR REPLACE INTO document VALUES ({marks})", values)  # noqa: S608 -- marks are question marks
        self._execute("DELETE FROM ending WHERE doc = ?", (doc,))
        days = {end_of(deadline) for deadline in deadlines}
        age = -document.members[-1].mention.published.timestamp()
        self._connection.executemany("INSERT INTO ending VALUES (?, ?, ?)", [(day, age, doc) for day in days])

    def _drop(self, docs: Iterable[int]) -> None:
        """Remove documents."""
        for doc in docs:
            self._execute("DELETE FROM document WHERE id = ?", (doc,))
            self._execute("DELETE FROM ending WHERE doc = ?", (doc,))

    def _drop_empty(self) -> None:
        """Remove documents that have lost their last mention."""
        find = "SELECT 1 FROM mention WHERE doc = ? LIMIT 1"
        self._drop([doc for doc in self._left if self._execute(find, (doc,)).fetchone() is None])

    # -- rows of statements

    def _move_statements(self, number: int, doc: int) -> None:
        """Give the statements about a mention the document, and the rows that follow from it."""
        at, place = place_of(number)
        found = self._execute(
            "SELECT id, row, shared FROM statement WHERE id BETWEEN ? AND ? AND mention = ?", (*numbers_of(at), place)
        ).fetchall()
        for statement, old, shared in found:
            row = old if shared is None else shared ^ doc
            self._execute("UPDATE statement SET doc = ?, row = ? WHERE id = ?", (doc, row, statement))
            self._rows.update(value for value in (old, row) if value is not None)

    def _mark_leading(self) -> None:
        """Mark the latest statement of each row that changed."""
        text = (
            "UPDATE statement SET leads = id = (SELECT MIN(id) FROM statement WHERE row = :row) "
            "WHERE row = :row AND leads <> (id = (SELECT MIN(id) FROM statement WHERE row = :row))"
        )
        self._connection.executemany(text, [{"row": row} for row in self._rows])
        self._rows.clear()


def _like_named(titles: NearTitles, connection: "Connection", loaded: Loaded, searched: set[object]) -> set[str]:
    """Titles that are short or long forms of those loaded, or have one document with them.

    `searched` has the documents, and the titles with their times, that an earlier call searched for; note the new.
    """
    from feeds.documents.joining import beginnings

    docs = {doc for _mention, doc, _rule in loaded.values() if doc is not None} - searched
    found = {key for doc in docs for key in _keys_in(connection, doc)}
    searched |= docs
    for beginning in beginnings(mention for mention, _doc, _rule in loaded.values()):
        if beginning not in searched:
            searched.add(beginning)
            found |= titles.forms_of(*beginning)
    return found


def _keys_in(connection: "Connection", doc: int) -> list[str]:
    """The keys of the titles that a document has in the index."""
    return [row[0] for row in connection.execute("SELECT DISTINCT key FROM mention WHERE doc = ?", (doc,))]
