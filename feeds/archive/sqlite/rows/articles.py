"""Articles in the index: put a record with all its rows, change its flags, remove it, and do the postponed work."""

import json
from collections.abc import Iterable, Sequence
from datetime import date

from feeds.archive.records import Record
from feeds.archive.sqlite.duplicates.search import DuplicateSearch
from feeds.archive.sqlite.flag_columns import columns_of, pending_columns, pending_of
from feeds.archive.sqlite.hashes import hash_of
from feeds.archive.sqlite.index import Index
from feeds.archive.sqlite.labels import LED
from feeds.archive.sqlite.rowids import PER_SECOND, first_rowid
from feeds.archive.sqlite.rows.prepared import PreparedArticle, prepared_article
from feeds.archive.sqlite.rows.store import Columns
from feeds.flags import apply_change
from feeds.model import Flags


class ArticleRows:
    """The articles of one index, for its writers. Except for the postponed work, everything runs inside a change."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def put(self, record: Record, day: date, *, later: bool = False) -> None:
        """Add or replace an article's rows. With `later` its text enters the search in `index_texts`."""
        self.put_prepared(prepared_article(record, grams_too=not later), day, later=later)

    def put_prepared(self, article: PreparedArticle, day: date, *, later: bool = False) -> None:
        """Do as `put`."""
        execute, store = self._index.connection.execute, self._index.rows
        store.joins.later |= later
        row = execute("SELECT at, published FROM known WHERE id = ?", (article.id,)).fetchone()
        stays = False
        if row:
            self._index.duplicates.release(row[0])
            stays = row[1] == article.published and store.texts.packed_text(row[0]) == article.text
            if not stays:
                self._index.duplicates.forget_text(row[0])
            store.hide(row[0], text_too=not stays)
        at = row[0] if row and row[1] == article.published else self._free_rowid(article.published)
        flags = self._current_flags(article)
        labels = {label: store.labels.number_of(label) for label in article.labels.complete(flags.tags, at)}
        led = [number for (kind, _), number in labels.items() if kind in LED]
        store.put(article_row(article, flags, at, day, list(labels.values())), article.rows, led)
        self._index.connection.executemany(
            "INSERT OR REPLACE INTO name VALUES (?, ?)", [(number, article.id) for number in article.names]
        )
        if not stays:
            store.texts.add(at, article.text, later=later, words=article.grams)
            execute("INSERT INTO fresh VALUES (?)", (at,))
        if flags.hidden:
            self._index.duplicates.mark_stale((at,))

    def _free_rowid(self, seconds: int) -> int:
        """The first free row number from a second on. If the second is full, it is in the next one."""
        at = first_rowid(seconds)
        for (taken,) in self._index.connection.execute("SELECT at FROM known WHERE at >= ? ORDER BY at", (at,)):
            if taken != at:
                break
            at += 1
        return at

    def _current_flags(self, article: PreparedArticle) -> Flags:
        """The article's flags with the pending flags."""
        row = self._index.connection.execute(
            f"SELECT {pending_columns()} FROM flags.pending WHERE id = ?",  # noqa: S608 -- columns of ours
            (article.id,),
        ).fetchone()
        return apply_change(pending_of(row).values, article.flags) if row else article.flags

    def remove(self, at: int) -> None:
        """Remove an article's rows and its text."""
        self._index.duplicates.release(at)
        self._index.duplicates.forget_text(at)
        self._index.rows.hide(at)

    def drop(self, records: Iterable[Record]) -> None:
        """Remove articles with their keys and pending flags. Inside a transaction."""
        for record in records:
            row = self._index.connection.execute("SELECT at FROM known WHERE id = ?", (record.id,)).fetchone()
            if row:
                self.remove(row[0])
            names = [(hash_of(key), record.id) for key in record.keys]
            self._index.connection.executemany("DELETE FROM name WHERE hash = ? AND id = ?", names)
            self._index.connection.execute("DELETE FROM flags.pending WHERE id = ?", (record.id,))

    def set_flags(self, name: str, flags: Flags) -> None:
        """Set an article's flags, inside a transaction. `set_tag_labels` sets what it is counted under."""
        values = columns_of(flags)
        if self._index.duplicates.update_member(name, values):
            return
        columns = ", ".join(f"{column} = ?" for column in values)
        rows = self._index.connection.execute(
            f"UPDATE article SET {columns} WHERE id = ? RETURNING at",  # noqa: S608 -- our own columns
            (*values.values(), name),
        ).fetchall()
        for (at,) in rows:
            self._index.touch(at)
        self._index.duplicates.mark_stale(row[0] for row in rows)

    def set_tag_labels(self, name: str, tags: Sequence[str]) -> None:
        """Count an article under its tags, inside a transaction."""
        execute = self._index.connection.execute
        row = execute("SELECT at, labels FROM member WHERE id = ?", (name,)).fetchone()
        member = row is not None
        at, labels = row or execute("SELECT at, labels FROM article WHERE id = ?", (name,)).fetchone()
        marks = ", ".join("?" * len(numbers := json.loads(labels)))
        self._index.touch(at)
        old = {
            row[0]
            for row in execute(f"SELECT id FROM label WHERE kind = 'tag' AND id IN ({marks})", numbers)  # noqa: S608 -- marks are question marks
        }
        new = [self._index.rows.labels.number_of(("tag", tag)) for tag in tags]
        kept = [number for number in numbers if number not in old]
        if member:
            self._index.duplicates.update_member(name, {"labels": json.dumps(kept + new)})
            return
        execute("UPDATE article SET labels = ? WHERE at = ?", (json.dumps(kept + new), at))
        self._index.rows.remove_labels(at, old)
        self._index.rows.add_labels(at, new)

    # -- the postponed work, in changes of its own

    def index_texts(self, limit: int) -> int:
        """Put up to `limit` waiting texts into the search, the newest first. Return how many still wait."""
        if self._index.connection.execute("SELECT 1 FROM todo LIMIT 1").fetchone() is None:
            return 0
        with self._index.change():
            self._index.rows.texts.index_waiting(limit)
        return int(self._index.connection.execute("SELECT COUNT(*) FROM todo").fetchone()[0])

    def compare(self, limit: int) -> int:
        """Search duplicates of up to `limit` waiting texts, the newest first. Return how many still wait."""
        if self._index.connection.execute("SELECT 1 FROM fresh LIMIT 1").fetchone() is None:
            return 0
        with self._index.change() as connection:
            DuplicateSearch(connection, self._index.duplicates, PER_SECOND).compare_waiting(limit)
        return int(self._index.connection.execute("SELECT COUNT(*) FROM fresh").fetchone()[0])

    def join_documents(self, limit: int) -> int:
        """Join documents of up to `limit` waiting titles and numbers. Return how many still wait."""
        if self._index.connection.execute("SELECT 1 FROM unjoined LIMIT 1").fetchone() is None:
            return 0
        with self._index.change():
            return self._index.rows.joins.join_waiting(limit)


def article_row(article: PreparedArticle, flags: Flags, at: int, day: date, labels: list[int]) -> Columns:
    """An article's row in `article`."""
    return {
        "at": at,
        "id": article.id,
        "shard": day.toordinal(),
        "published": article.published,
        **article.columns,
        "labels": json.dumps(labels),
        **columns_of(flags),
    }
