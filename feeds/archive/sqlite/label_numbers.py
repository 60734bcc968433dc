"""The numbers of labels, and how many articles each label has.

A label keeps its number as long as the index has its tables. So the numbers of committed labels are kept, and most
labels of an article are found without a question to SQLite: an article has about fourteen.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from feeds.archive.sqlite.labels import Label
from feeds.archive.sqlite.schema.connection import Connection

_MOST_KEPT = 20_000  # labels; of a million articles most are indicators and documents that one article has


class LabelNumbers:
    """The table `label` of one index, for its writers. `begin` and `keep` enclose each change."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._kept: dict[Label, int] = {}
        self._new: dict[Label, int] = {}
        self._tables = 0

    def begin(self) -> None:
        """Forget the labels of a transaction that failed, and all labels if another process has made new tables."""
        self._new = {}
        tables = self._connection.execute("PRAGMA main.schema_version").fetchone()[0]
        if tables != self._tables or len(self._kept) > _MOST_KEPT:
            self._kept = {}
            self._tables = tables

    def keep(self) -> None:
        """Keep the numbers that the last change asked for. It is committed."""
        self._kept |= self._new
        self._new = {}

    def number_of(self, label: Label) -> int:
        """The number of a label. A new label gets one."""
        number = self._kept.get(label) or self._new.get(label)
        if number is None:
            row = self._connection.execute("SELECT id FROM label WHERE kind = ? AND value = ?", label).fetchone()
            if row is None:
                added = self._connection.execute("INSERT INTO label (kind, value) VALUES (?, ?)", label)
                number = int(added.lastrowid or 0)
            else:
                number = int(row[0])
            self._new[label] = number
        return number

    def count(self, articles: Iterable[tuple[Sequence[int], bool]]) -> None:
        """Count new rows of `article` by their labels: the numbers of each row's labels, and whether it is unread.

        The triggers of the schema count what happens to a row later.
        """
        total, unread = Counter[int](), Counter[int]()
        for numbers, is_unread in articles:
            total.update(numbers)
            if is_unread:
                unread.update(numbers)
        self._connection.executemany(
            "UPDATE label SET total = total + ?, unread = unread + ? WHERE id = ?",
            [(count, unread[number], number) for number, count in total.items()],
        )
