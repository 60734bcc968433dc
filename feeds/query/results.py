"""The answers of an archive to a query: rows of a list, labels with their counts, duplicates of a row. Values only.

An archive makes them, a screen or the command line draws them.
"""

from datetime import datetime

from msgspec import Struct


class Row(Struct, frozen=True):
    """One row of a list: an article, or a duplicate group by its leader.

    `agency` is the leading one; `badge` is the plan's (二五六三, 4/4); `copies` counts the printings in the archive.
    `changed` is when its publisher last edited it, if ever. `noted`: the reader wrote a note about it. `tasks` and
    `targets` count those of its plan, which ends in `end_year` (0: no time is given). `files` counts its attachments.
    """

    id: str
    title: str
    source: str
    category: tuple[str, ...]
    origin: str
    agency: str
    badge: str
    published: datetime
    unread: bool
    starred: bool
    url: str
    flash: bool
    has_plan: bool
    copies: int = 1
    tags: tuple[str, ...] = ()
    changed: datetime | None = None
    noted: bool = False
    tasks: int = 0
    targets: int = 0
    end_year: int = 0
    files: int = 0


class Facet(Struct, frozen=True):
    """One label with its counts. `path` has one part; of a category it has one part a level.

    If `exact` is False, there may be more articles than the counts say.
    """

    path: tuple[str, ...]
    total: int
    unread: int
    exact: bool = True


class Duplicate(Struct, frozen=True):
    """Another article of a duplicate group: where it was printed and under which title."""

    id: str
    title: str
    source: str
    origin: str
    url: str
    published: datetime
