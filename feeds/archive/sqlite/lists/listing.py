"""Lists, newest first, at a cost that does not grow with the archive.

A listing never holds its articles. It knows its number of rows, and a few anchors: positions whose row number it has
met. A window is read from the nearest anchor, forwards or backwards; the whole list has an anchor at every day's
begin, from the days' counts. Positions hold until `refresh` says that something changed; then only where it changed
they are looked for again.

What no maintained count knows is counted in slices, from the newest on, each about ten milliseconds: `total` is what
has been counted so far until it is `exact`, and each `count_on` adds a slice. Every slice leaves an anchor behind.
"""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from feeds.archive.sqlite.conditions import Condition, at_of, condition_of
from feeds.archive.sqlite.index import Index
from feeds.archive.sqlite.schema import SLOTS
from feeds.model import BEIJING
from feeds.query import Query
from feeds.query.results import Row

_TEXTS, _ROWS, _SURE = 400, 5_000, 20_000  # rows a slice: of which the text is read, something asked, nothing asked
_PAGE = 64  # rows that a list begins with
_MENDED = 2000  # rows: where more than these lie between the anchors around a change, the list begins anew
_NEAR = 500  # rows: nearer than this to an anchor, no better one is looked for
COLUMNS = (
    "a.id, a.title, a.source, a.category, a.origin, a.agency, a.badge, a.published, a.unread, a.starred, a.url, "
    "a.flash, a.has_plan, a.copies, a.tags"
)


def row_of(values: Sequence[str | int]) -> Row:
    """A line of a list from its COLUMNS."""
    name, title, source, category, origin, agency, badge, published, *rest = values
    unread, starred, url, flash, has_plan, copies, tags = rest
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
    )


class Listing:
    """The articles that a query finds, newest first, by position from 0."""

    FIRST_SLICES = 8
    """A list begins with so many slices at most, until it has a page."""

    def __init__(self, index: Index, query: Query | None = None) -> None:
        self.query = query
        self._index = index
        self._whole = not (query and query.root.nodes)
        self._change_count = index.change_count
        self._kept: list[int] = []
        self._condition = condition_of(query, index.connection)
        self._begin()

    @contextmanager
    def steady(self) -> Iterator[None]:
        """All that is asked meanwhile is answered as of one moment, whatever a writer does."""
        connection = self._index.connection
        connection.execute("BEGIN")
        try:
            yield
        finally:
            if connection.in_transaction:  # SQLite ends it by itself where the file is rotten
                connection.execute("COMMIT")

    def refresh(self) -> bool:
        """Take in what changed since; False when nothing did."""
        count = self._index.change_count
        if count == self._change_count:
            return False
        condition, touched = self._asked(), self._index.touched(self._change_count)
        self._change_count = count
        if touched is None or condition != self._condition:
            self._condition = condition
            self._begin()
        elif touched[1]:  # else nothing that a list shows
            self._mend(*touched)
        return True

    def keep(self, names: Iterable[str]) -> None:
        """Keep these articles, those of them that are listed, in the list whatever flags they are given from now on.

        So that under `is:unread` what one reads stays where one reads it.
        """
        ats = [self._listed_at(name) for name in names]
        if fresh := [at for at in ats if at is not None and at not in self._kept]:
            self._kept += fresh
            self._condition = self._asked()

    def _asked(self) -> Condition:
        return condition_of(self.query, self._index.connection, self._kept)

    def _listed_at(self, name: str) -> int | None:
        """The row number of an article, or of the one whose twin it is; None when it is not in this list."""
        found = self._index.connection.execute(
            "SELECT at FROM article WHERE id = ? UNION ALL SELECT piece FROM member WHERE id = ? LIMIT 1", (name, name)
        ).fetchone()
        if found is None or not self._select("1", f"AND {self._condition.at} = ?", (found[0],)):
            return None
        return int(found[0])

    def _begin(self) -> None:
        """Know nothing but the first page, or that in so many slices there is none."""
        self._anchors: list[tuple[int, int]] = []  # (position, row number), descending in row number
        self._days_known = False
        self._counted, self._exact = 0, False
        self._bound: int | None = None
        self._slices = 0
        while not self._exact and self._counted < _PAGE and self._slices < self.FIRST_SLICES:
            self._count_on()

    def _mend(self, low: int, high: int) -> None:
        """Look again at the rows between the anchors around those that changed; what is below moves by as much."""
        above = [anchor for anchor in self._anchors if anchor[1] >= high]
        below = [anchor for anchor in self._anchors if anchor[1] < low]
        begin, top = above[-1] if above else (0, None)
        last = None if self._exact or self._bound is None else self._bound - 1
        end, bottom = below[0] if below else (self._counted, last)
        if end - begin > _MENDED:
            self._begin()
            return
        column = self._condition.at
        bounds = [(f"{column} <= ?", top), (f"{column} > ?", bottom)]
        asked = "".join(f" AND {text}" for text, value in bounds if value is not None)
        found = self._select("COUNT(*)", asked, tuple(value for _, value in bounds if value is not None))
        shift = begin + int(found[0][0]) - end
        self._anchors = above + [(position + shift, at) for position, at in below]
        self._counted += shift
        if self._condition.counted is not None:
            self._count_on()

    @property
    def total(self) -> int:
        """How many articles there are, as far as is known: `exact` says whether that is all."""
        return self._counted

    @property
    def exact(self) -> bool:
        """Whether `total` is the number of all."""
        return self._exact

    def count_on(self, slices: int = 1) -> bool:
        """Count so many slices further; False when `total` was exact already."""
        if self._exact:
            return False
        for _slice in range(slices):
            if not self._exact:
                self._count_on()
        return True

    def count(self) -> int:
        """How many articles there are, counted to the end. Grows with the list."""
        while self.count_on():
            pass
        return self._counted

    def window(self, start: int, count: int) -> list[Row]:
        """The rows at `start` and the `count` - 1 after it, fewer at the end."""
        start, count = max(start, 0), max(count, 0)
        while not self._exact and self._counted < start + count:
            self._count_on()
        count = min(count, self._counted - start)
        if count <= 0:
            return []
        begin, at = self._anchor_before(start)
        if self._exact and start - begin > _NEAR and self._counted - start < start - begin:
            return self._from_end(start, count)
        after = f"AND {self._condition.at} <= ?" if at is not None else ""
        values: tuple[int, ...] = () if at is None else (at,)
        if self._condition.unordered and (last := self._anchor_behind(start + count)) is not None:
            after, values = f"{after} AND {self._condition.at} > ?", (*values, last)
        rows = self._select(
            f"{self._condition.at}, {COLUMNS}",
            f"{after} ORDER BY {self._condition.at} DESC LIMIT ? OFFSET ?",
            (*values, count, start - begin),
            of_article=True,
        )
        self._remember(start, rows)
        return [row_of(row[1:]) for row in rows]

    def index_of(self, name: str) -> int | None:
        """The position of an article, or of the one whose twin it is; None when it is not in this list."""
        at = self._listed_at(name)
        return None if at is None else self._position_of(at)

    def next_unread(self, after: int) -> int | None:
        """The position of the first unread article below `after`; -1 begins at the top."""
        return self._unread(after, "<", "DESC") if after >= 0 else self._unread_from(None, "<", "DESC")

    def previous_unread(self, before: int) -> int | None:
        """The position of the last unread article above `before`."""
        while not self._exact and self._counted < before:
            self._count_on()
        if before >= self._counted:
            return self._unread_from((self._bound or 0) - 1, ">", "ASC")
        return self._unread(before, ">", "ASC") if before > 0 else None

    def ids(self) -> list[str]:
        """Every id of the list, for what is done to all of it (mark all as read). Grows with the list."""
        return [str(row[0]) for row in self._select("a.id", f"ORDER BY {self._condition.at} DESC", of_article=True)]

    # -- positions and row numbers

    def _count_on(self) -> None:
        """The maintained count, or another slice."""
        self._slices += 1
        condition, connection = self._condition, self._index.connection
        if condition.counted is not None:
            column = "unread" if condition.unread else "total"
            text = f"SELECT {column} FROM label WHERE id = ?"  # noqa: S608 -- one of two words
            row = connection.execute(text, (condition.counted,)).fetchone()
            self._counted, self._exact = (int(row[0]) if row else 0) + self._read_since(), True
            return
        size = _TEXTS if condition.costly else _SURE if condition.sure else _ROWS
        text, values = condition.slice(self._bound, size, "COUNT(*), TOTAL(hit), MIN(at)")
        rows, hits, lowest = connection.execute(text, values).fetchone()
        self._counted += int(hits)
        self._exact = rows < size
        if self._exact:
            self._bound = None
        else:
            self._bound = lowest
            self._anchor(self._counted, lowest - 1)  # what comes next is not above this

    def _read_since(self) -> int:
        """How many rows are kept that the maintained count of unread ones counts no more."""
        if not (self._kept and self._condition.unread):
            return 0
        asked = f"AND a.unread = 0 AND {self._condition.at} IN (SELECT value FROM json_each(?))"  # noqa: S608 -- a column of ours
        return int(self._select("COUNT(*)", asked, (json.dumps(self._kept),), of_article=True)[0][0])

    def _select(
        self, what: str, rest: str, values: tuple[str | int, ...] = (), *, of_article: bool = False
    ) -> list[tuple[str | int, ...]]:
        text = self._condition.select(what, rest, of_article=of_article)
        return self._index.connection.execute(text, (*self._condition.parameters, *values)).fetchall()

    def _remember(self, start: int, rows: list[tuple[str | int, ...]]) -> None:
        for position, row in ((start, rows[0]), (start + len(rows) - 1, rows[-1])) if rows else ():
            self._anchor(position, int(row[0]))

    def _anchor(self, position: int, at: int) -> None:
        place = bisect_right(self._anchors, position, key=lambda known: known[0])
        if place == 0 or self._anchors[place - 1][0] != position:
            self._anchors.insert(place, (position, at))

    def _know_days(self) -> None:
        """An anchor at the begin of every day, from the days' counts."""
        if self._days_known or not self._whole:
            return
        self._days_known = True
        rows = self._index.connection.execute(
            "SELECT value, total FROM label WHERE kind = 'day' AND total > 0 ORDER BY value DESC"
        )
        position = 0
        anchors = []
        for value, total in rows:
            # The highest row number a day can have: the list goes on from there.
            anchors.append((position, at_of(datetime.fromisoformat(value).date()) + (86_400 << SLOTS) - 1))
            position += total
        self._anchors = anchors

    def _anchor_before(self, position: int) -> tuple[int, int | None]:
        """The last known (position, row number) at or before a position; (0, None) is the top."""
        for _ in range(2):
            place = bisect_right(self._anchors, position, key=lambda known: known[0])
            found: tuple[int, int | None] = self._anchors[place - 1] if place else (0, None)
            if position - found[0] < _NEAR:
                break
            self._know_days()
        return found

    def _anchor_behind(self, position: int) -> int | None:
        """A row number below which there is nothing before a position."""
        place = bisect_left(self._anchors, position, key=lambda known: known[0])
        return self._anchors[place][1] if place < len(self._anchors) else None

    def _from_end(self, start: int, count: int) -> list[Row]:
        """A window that is nearer to the end than to an anchor, read backwards."""
        rows = self._select(
            f"{self._condition.at}, {COLUMNS}",
            f"ORDER BY {self._condition.at} ASC LIMIT ? OFFSET ?",
            (count, self._counted - start - count),
            of_article=True,
        )
        rows.reverse()
        self._remember(start, rows)
        return [row_of(row[1:]) for row in rows]

    def _at(self, position: int) -> int | None:
        """The row number at a position, None outside the list."""
        begin, at = self._anchor_before(position)
        column = self._condition.at
        after, values = (f"AND {column} <= ?", (at,)) if at is not None else ("", ())
        rows = self._select(column, f"{after} ORDER BY {column} DESC LIMIT 1 OFFSET ?", (*values, position - begin))
        self._remember(position, rows)
        return int(rows[0][0]) if rows else None

    def _position_of(self, at: int) -> int:
        """The position of a row number that is in the list; it is counted as far as that."""
        while not self._exact and (self._bound is None or self._bound > at):
            self._count_on()
        for _ in range(2):
            place = bisect_right(self._anchors, -at, key=lambda known: -known[1])
            begin, above = self._anchors[place - 1] if place else (0, None)
            if place:
                break
            self._know_days()
        column = self._condition.at
        if above is None:
            count = self._select("COUNT(*)", f"AND {column} > ?", (at,))
        else:
            count = self._select("COUNT(*)", f"AND {column} > ? AND {column} <= ?", (at, above))
        return begin + int(count[0][0])

    def _unread(self, position: int, side: str, order: str) -> int | None:
        at = self._at(position)
        return None if at is None else self._unread_from(at, side, order)

    def _unread_from(self, at: int | None, side: str, order: str) -> int | None:
        column = self._condition.at
        bound, values = (f"AND {column} {side} ?", (at,)) if at is not None else ("", ())
        asked = f"AND a.unread = 1 {bound} ORDER BY {column} {order} LIMIT 1"
        rows = self._select(column, asked, values, of_article=True)
        return self._position_of(int(rows[0][0])) if rows else None
