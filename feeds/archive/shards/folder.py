"""The folder of day files, `shards/2022/2022-01-12.json`.

Reading needs neither lock nor TinyDB. The writer replaces a file as a whole, so a process that opens it sees one state
of it. Only the writer sets a damaged file aside: it renames it. Nothing here deletes or overwrites a damaged file.
"""

import errno
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from feeds.archive.records import Record
from feeds.archive.shards import file as dayfile
from feeds.archive.shards.lines import VERSION, article_of_line, record_of_line
from feeds.errors import ArchiveError, DayUnusable, NoSuchArticle, ShardDamaged, reason_of
from feeds.model import BEIJING, Article, Fault

_NAMES = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].json"
# Failures that say nothing of the next file.
_OF_ONE_FILE = (errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EEXIST, errno.EISDIR, errno.ELOOP)


@contextmanager
def _writing(path: Path) -> Iterator[Path]:
    try:
        yield path
    except OSError as fault:
        if fault.errno in _OF_ONE_FILE:
            raise DayUnusable("{name} cannot be written: {reason}", name=path.name, reason=reason_of(fault)) from fault
        raise ArchiveError("{name} cannot be written: {reason}", name=path.name, reason=reason_of(fault)) from fault


class Shards:
    """The day files under one folder. `set_aside` names what was found damaged or unusable since it was opened."""

    def __init__(self, folder: Path, *, write: bool) -> None:
        self.folder = folder
        self.set_aside: list[Fault] = []
        self._write = write
        self._left: dict[date, DayUnusable] = {}
        self._faults: dict[date, Fault] = {}

    def path_of(self, day: date) -> Path:
        """Where a day's file is or would be."""
        return self.folder / f"{day.year:04}" / f"{day.isoformat()}.json"

    def years(self) -> list[Path]:
        """The folders of the years, the latest first."""
        found = [path for path in self.folder.glob("[0-9][0-9][0-9][0-9]") if path.name != "0000" and path.is_dir()]
        return sorted(found, reverse=True)

    def files_of(self, year: Path) -> Iterator[tuple[date, Path]]:
        """The day files of a year's folder, the latest first."""
        for path in sorted(year.glob(_NAMES), reverse=True):
            try:
                day = date.fromisoformat(path.stem)
            except ValueError:
                continue  # 2022-02-31.json is somebody else's file
            if path == self.path_of(day):  # and so is a day in another year's folder
                yield day, path

    def aside(self) -> list[Path]:
        """Every file that was ever set aside as damaged."""
        return sorted(path for year in self.years() for path in year.glob("*.json.damaged-*"))

    def article(self, day: date, name: str) -> Article:
        """One article; NoSuchArticle, ShardDamaged, DayUnusable."""
        path = self.path_of(day)
        data = dayfile.read(path) or b""
        line = dayfile.line_of(data, name)
        if line is None:
            raise NoSuchArticle("no article {id} in {name}", id=name, name=path.name)
        try:
            return article_of_line(line, dayfile.version_of(data))
        except (msgspec.DecodeError, RecursionError) as fault:
            raise ShardDamaged("{name} is damaged: {reason}", name=path.name, reason=str(fault)) from fault

    def articles(self, day: date, names: Collection[str]) -> list[Article]:
        """Those of these articles that a day's file holds. Raises ShardDamaged, DayUnusable."""
        path = self.path_of(day)
        data = dayfile.read(path) or b""
        try:
            return [article_of_line(line, dayfile.version_of(data)) for line in dayfile.lines_of(data, names)]
        except (msgspec.DecodeError, RecursionError) as fault:
            raise ShardDamaged("{name} is damaged: {reason}", name=path.name, reason=str(fault)) from fault

    def records(self, day: date, names: Collection[str] | None = None) -> dict[str, Record] | None:
        """A day's records by id, all or those in `names`.

        None if the file is damaged, which sets it aside, or if the file is left as it is, see `check`.
        """
        path = self.path_of(day)
        self._left.pop(day, None)
        self._faults.pop(day, None)
        try:
            data = dayfile.read(path) or b""
            version = dayfile.version_of(data)
            found = [record_of_line(line, version) for line in dayfile.lines_of(data, names)]
        except DayUnusable as fault:
            self._leave(day, fault)
            return None
        except (ShardDamaged, msgspec.DecodeError, RecursionError) as fault:
            self._put_aside(day, str(fault))
            return None
        return {record.id: record for record in found}

    def check(self, day: date) -> None:
        """Raise DayUnusable where the day's file, as it was last read, is left where it is."""
        if day in self._left:
            raise self._left[day]

    def is_left(self, day: date) -> bool:
        """Whether the day's file, as it was last read, is neither used nor set aside."""
        return day in self._left

    def is_later(self, day: date) -> bool:
        """Whether that is because a later version wrote it."""
        return day in self._left and "version" in self._left[day].fault.values

    def days(self) -> list[date]:
        """Every day that has a file, the latest first."""
        return [day for year in self.years() for day, _ in self.files_of(year)]

    def is_old(self, day: date) -> bool:
        """Whether an earlier version wrote the day's file."""
        try:
            return dayfile.version_in(self.path_of(day)) < VERSION
        except OSError:
            return False

    def write(self, day: date, records: Mapping[str, Any]) -> None:
        """Put records (plain, by id) into a day's file. They are on disk when this returns. Raises ArchiveError."""
        from feeds.archive.shards.storage import rewrite  # the reading path starts without TinyDB

        with _writing(self.path_of(day)) as path:
            rewrite(path, records)

    def remove(self, day: date, names: Collection[str]) -> None:
        """Remove records from a day's file, and the file with its last record. It is on disk when this returns."""
        from feeds.archive.shards.storage import remove

        with _writing(self.path_of(day)) as path:
            remove(path, names)

    def migrate(self, day: date) -> None:
        """Rewrite a day's file in this version. Raises ShardDamaged."""
        from feeds.archive.shards.storage import migrate

        with _writing(self.path_of(day)) as path:
            migrate(path)

    def fault_of(self, day: date) -> Fault | None:
        """The fault of the day's file when it was last read."""
        return self._faults.get(day)

    def _leave(self, day: date, fault: DayUnusable) -> None:
        """Note a day that is not touched."""
        self._left[day] = fault
        self._note(day, fault.fault)

    def _put_aside(self, day: date, reason: str) -> None:
        """Rename a damaged file out of the way, if we are the writer, and note it."""
        path = self.path_of(day)
        if not self._write:
            self._note(day, ShardDamaged("{name} is damaged: {reason}", name=path.name, reason=reason).fault)
            return
        stamp = datetime.now(BEIJING).strftime("%Y%m%dT%H%M%S.%f")
        aside = path.with_name(f"{path.name}.damaged-{stamp}")
        with _writing(path):
            path.rename(aside)
        told = ShardDamaged("{name} is damaged and was set aside as {aside}", name=path.name, aside=aside.name)
        self._note(day, told.fault)

    def _note(self, day: date, fault: Fault) -> None:
        """Note a fault, once as long as it stays the same."""
        self._faults[day] = fault
        if fault not in self.set_aside:
            self.set_aside.append(fault)
