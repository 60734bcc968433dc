"""Which files an import reads, and in which order: day by day, the earliest first.

The archive writes a day's file once for all articles that are stored together, so files of one day are read together.
The day serves only for the order. It comes from places that are cheap to read: the file's name, its folders, the head
of its front matter. A file without a day there is read last.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from msgspec import Struct

from feeds.pages import SUFFIXES

_NAMED = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<part>[-_./年]?)(?P<month>\d\d)(?:(?P=part)|月)(?P<day>\d\d)(?!\d)"
)
_WRITTEN = re.compile(rb"^date[ \t]*:[ \t]*['\"]?([^\r\n'\"]{8,60})", re.MULTILINE)
_PLAIN = re.compile(rb"\d{4}-\d\d-\d\d(?![\d])")
_HEAD = 1500  # bytes at the beginning, which usually contain the date of the front matter
_UNKNOWN = date.max.toordinal()


class PostFile(Struct, frozen=True):
    """One file to read. `source` is the source of its articles; `size` and `modified` (ns) show a change."""

    path: str
    source: str
    size: int
    modified: int


def files_under(paths: Iterable[Path]) -> Iterator[PostFile]:
    """All files of posts among these files and folders, with all subfolders, each file once."""
    seen: set[str] = set()
    for given in paths:
        source = given.resolve().name
        folder = given.is_dir()
        for file in given.rglob("*") if folder else (given,):
            if folder and file.suffix.lower() not in SUFFIXES:
                continue
            path = str(file.absolute())
            try:
                state = file.stat()
            except OSError:
                state = None  # a broken link or a removed file: reading it gives the fault
            if path in seen or (folder and file.is_dir()):
                continue
            seen.add(path)
            yield PostFile(path, source, state.st_size if state else -1, state.st_mtime_ns if state else -1)


def by_day(files: Iterable[PostFile]) -> list[PostFile]:
    """The files day by day, within a day by path."""
    return sorted(files, key=lambda file: (_day_of(file.path), file.path))


def _day_of(path: str) -> int:
    """The probable day of a file's article, as an ordinal."""
    return _named_day(path) or _written_day(path) or _UNKNOWN


def _named_day(path: str) -> int | None:
    """The last date in the path: 2021-12-28-title.md, 20211228.md, 2021/12/28/title.md."""
    for found in reversed(list(_NAMED.finditer(path))):
        try:
            return date(int(found["year"]), int(found["month"]), int(found["day"])).toordinal()
        except ValueError:
            continue
    return None


def _written_day(path: str) -> int | None:
    """The date in the front matter's first lines."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 -- a Path for each of 100,000 is half of the time
            found = _WRITTEN.search(file.read(_HEAD))
    except OSError:
        return None
    if not found:
        return None
    if plain := _PLAIN.match(found[1]):
        with suppress(ValueError):
            return date.fromisoformat(plain[0].decode()).toordinal()
    from feeds.parse.dates import time_of  # few files write their day in another way

    moment = time_of(found[1].decode("utf-8", "replace"))
    return moment.toordinal() if moment else None
