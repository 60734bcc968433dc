"""The rows of one condition, read with the connection of the thread that reads. It keeps no position and no count."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from feeds.archive.sqlite.conditions import Condition
from feeds.archive.sqlite.index import Index
from feeds.model import BEIJING
from feeds.query.results import Row

COLUMNS = (
    "a.id, a.title, a.source, a.category, a.origin, a.agency, a.badge, a.published, a.unread, a.starred, a.url, "
    "a.flash, a.has_plan, a.copies, a.tags, a.changed, a.marks, a.tasks, a.targets, a.end_year, a.files"
)
Values = tuple[str | int, ...]


def row_of(values: Sequence[str | int]) -> Row:
    """A row of a list from its COLUMNS."""
    name, title, source, category, origin, agency, badge, published, *rest = values
    unread, starred, url, flash, has_plan, copies, tags, changed, marks, tasks, targets, end_year, files = rest
    return Row(
        id=str(name),
        title=str(title),
        source=str(source),
        category=tuple(str(category).split("/")) if category else (),
        origin=str(origin),
        agency=str(agency),
        badge=str(badge),
        published=datetime.fromtimestamp(int(published), UTC).astimezone(BEIJING),
        unread=bool(unread),
        starred=bool(starred),
        url=str(url),
        flash=bool(flash),
        has_plan=bool(has_plan),
        copies=int(copies),
        tags=() if tags == "[]" else tuple(json.loads(str(tags))),
        changed=datetime.fromtimestamp(int(changed), UTC).astimezone(BEIJING) if changed else None,
        noted='"note":' in str(marks),  # a quotation mark of a tag or a text has a backslash there
        tasks=int(tasks),
        targets=int(targets),
        end_year=int(end_year),
        files=int(files),
    )


class Selection:
    """The rows that a condition selects, newest first. Any thread may use it."""

    def __init__(self, index: Index, condition: Condition) -> None:
        self._index = index
        self.condition = condition
        self.at = condition.at

    def select(self, what: str, rest: str = "", values: Values = (), *, of_article: bool = False) -> list[Values]:
        """The answer to a statement. `of_article` says that it names columns of the articles, `a`."""
        text = self.condition.select(what, rest, of_article=of_article)
        return self._index.connection.execute(text, (*self.condition.parameters, *values)).fetchall()

    def rowid_of(self, name: str) -> int | None:
        """The rowid of an article, or of the leader of its duplicate group; None if it is not selected."""
        found = self._index.connection.execute(
            "SELECT at FROM article WHERE id = ? UNION ALL SELECT CASE WHEN hidden THEN at ELSE leader END "
            "FROM member WHERE id = ? LIMIT 1",
            (name, name),
        ).fetchone()
        if found is None or not self.select("1", f"AND {self.at} = ?", (found[0],)):
            return None
        return int(found[0])

    def count(self, bottom: int | None, top: int | None) -> int:
        """The number of rows above the rowid `bottom`, up to the rowid `top`. None is an open end."""
        bounds = [(f"{self.at} > ?", bottom), (f"{self.at} <= ?", top)]
        asked = "".join(f" AND {text}" for text, value in bounds if value is not None)
        found = self.select("COUNT(*)", asked, tuple(value for _, value in bounds if value is not None))
        return int(found[0][0])

    def rows(self, top: int | None, skipped: int, count: int, bottom: int | None = None) -> list[Values]:
        """`count` rows with their rowid before them: from the rowid `top` down, without the first `skipped`."""
        after, values = "", []
        if top is not None:
            after, values = f"AND {self.at} <= ?", [top]
        if self.condition.unordered and bottom is not None:
            after, values = f"{after} AND {self.at} > ?", [*values, bottom]
        return self.select(
            f"{self.at}, {COLUMNS}",
            f"{after} ORDER BY {self.at} DESC LIMIT ? OFFSET ?",
            (*values, count, skipped),
            of_article=True,
        )

    def last_rows(self, skipped: int, count: int) -> list[Values]:
        """`count` rows as in `rows`, counted from the end of the list and read backwards."""
        rows = self.select(
            f"{self.at}, {COLUMNS}", f"ORDER BY {self.at} ASC LIMIT ? OFFSET ?", (count, skipped), of_article=True
        )
        rows.reverse()
        return rows

    def rowid(self, top: int | None, skipped: int) -> int | None:
        """The rowid from `top` down, without the first `skipped`; None behind the end."""
        after, values = (f"AND {self.at} <= ?", (top,)) if top is not None else ("", ())
        rows = self.select(self.at, f"{after} ORDER BY {self.at} DESC LIMIT 1 OFFSET ?", (*values, skipped))
        return int(rows[0][0]) if rows else None

    def unread(self, beside: int | None, *, below: bool) -> int | None:
        """The nearest unread rowid below or above a rowid. None stands for the top or for the end of the list."""
        sign, order = ("<", "DESC") if below else (">", "ASC")
        bound, values = (f"AND {self.at} {sign} ?", (beside,)) if beside is not None else ("", ())
        asked = f"AND a.unread = 1 {bound} ORDER BY {self.at} {order} LIMIT 1"
        rows = self.select(self.at, asked, values, of_article=True)
        return int(rows[0][0]) if rows else None

    def ids(self) -> list[str]:
        """Every id. The time grows with the list."""
        return [str(row[0]) for row in self.select("a.id", f"ORDER BY {self.at} DESC", of_article=True)]

    def maintained_count(self, kept: Sequence[int]) -> int:
        """The number of rows by the counts that the index maintains (see `Condition.counted`), with the kept rows."""
        column = "unread" if self.condition.unread else "total"
        text = f"SELECT {column} FROM label WHERE id = ?"  # noqa: S608 -- one of two words
        row = self._index.connection.execute(text, (self.condition.counted,)).fetchone()
        return (int(row[0]) if row else 0) + self._read_since(kept)

    def _read_since(self, kept: Sequence[int]) -> int:
        """The number of kept rows that the maintained count of unread rows no longer has."""
        if not (kept and self.condition.unread):
            return 0
        asked = f"AND a.unread = 0 AND {self.at} IN (SELECT value FROM json_each(?))"  # noqa: S608 -- a column of ours
        return int(self.select("COUNT(*)", asked, (json.dumps(kept),), of_article=True)[0][0])

    def days(self) -> list[tuple[str, int]]:
        """Each Beijing day that has articles with its number of articles, the latest first, in the whole archive."""
        return self._index.connection.execute(
            "SELECT value, total FROM label WHERE kind = 'day' AND total > 0 ORDER BY value DESC"
        ).fetchall()

    def slice(self, bound: int | None, size: int) -> tuple[int, int, int]:
        """The number of looked-at rows below a rowid, of selected ones among them, and the lowest rowid."""
        text, values = self.condition.slice(bound, size, "COUNT(*), TOTAL(hit), MIN(at)")
        rows, hits, lowest = self._index.connection.execute(text, values).fetchone()
        return rows, int(hits), lowest
