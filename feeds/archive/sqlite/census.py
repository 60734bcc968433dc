"""The contents of the index: of the whole archive, and of each day."""

from datetime import date

from feeds.archive.files import FileState
from feeds.archive.sqlite.flag_columns import KEPT
from feeds.archive.sqlite.index import Index
from feeds.archive.sqlite.rowids import day_start


def days_in(index: Index) -> list[date]:
    """Every day that has articles here, the latest first."""
    rows = index.connection.execute("SELECT DISTINCT shard FROM known ORDER BY shard DESC")
    return [date.fromordinal(row[0]) for row in rows]


def days_before(index: Index, before: date) -> list[date]:
    """The days whose files hold articles published before a Beijing day, the earliest first."""
    rows = index.connection.execute(
        "SELECT DISTINCT shard FROM known WHERE at < ? ORDER BY shard", (day_start(before),)
    )
    return [date.fromordinal(row[0]) for row in rows]


def counts_before(index: Index, before: date) -> tuple[int, int]:
    """How many articles were published before a Beijing day, and how many of them have flags that keep them."""
    row = index.connection.execute(
        f"SELECT COUNT(*), COUNT(CASE WHEN {KEPT} THEN 1 END) FROM known WHERE at < ?",  # noqa: S608 -- a condition of ours
        (day_start(before),),
    ).fetchone()
    return int(row[0]), int(row[1])


def counts_of(index: Index) -> tuple[int, int]:
    """How many rows it has counted, and how many it has, at one moment."""
    counted, held = index.connection.execute(
        "SELECT (SELECT total FROM label WHERE kind = 'all'), (SELECT COUNT(*) FROM article)"
    ).fetchone()
    return int(counted or 0), int(held)


def is_blank(index: Index) -> bool:
    """Whether the index was only just made, and knows of no day file yet."""
    return index.connection.execute("SELECT 1 FROM shard UNION ALL SELECT 1 FROM known LIMIT 1").fetchone() is None


def rows_of(index: Index, day: date) -> dict[str, tuple[str, int]]:
    """Title and time (seconds) of each article in a day's file, by id."""
    rows = index.connection.execute(
        "SELECT id, title, published FROM known WHERE shard = ?", (day.toordinal(),)
    ).fetchall()
    return {name: (title, published) for name, title, published in rows}


def noted_state(index: Index, day: date) -> FileState:
    """The state of a day's file that was read last."""
    row = index.connection.execute("SELECT size, modified FROM shard WHERE day = ?", (day.toordinal(),)).fetchone()
    return (row[0], row[1]) if row else None


def is_dirty(index: Index, day: date) -> bool:
    """Whether a day is being written, or was when its writer died."""
    found = index.connection.execute("SELECT 1 FROM dirty WHERE day = ?", (day.toordinal(),)).fetchone()
    return found is not None


def titles_waiting(index: Index) -> int:
    """How many titles and numbers wait until their mentions are joined to documents."""
    return int(index.connection.execute("SELECT COUNT(*) FROM unjoined").fetchone()[0])


def texts_waiting(index: Index) -> int:
    """How many texts the search has not taken in yet."""
    return int(index.connection.execute("SELECT COUNT(*) FROM todo").fetchone()[0])
