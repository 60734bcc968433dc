"""The truth: a folder of days, `shards/2022/2022-01-12.json`.

Reading needs neither lock nor TinyDB: a file is replaced whole, so whoever opens it sees one state of it. Only the
writer sets a damaged file aside, by renaming it; nothing here ever deletes or overwrites one.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from feeds.archive.records import Record
from feeds.archive.shards import file as dayfile
from feeds.archive.shards.lines import VERSION, article_of_line, record_of_line
from feeds.errors import ArchiveError, NoSuchArticle, ShardDamaged
from feeds.model import BEIJING, Article, Fault

_NAMES = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].json"


@contextmanager
def _writing(path: Path) -> Iterator[Path]:
    try:
        yield path
    except OSError as fault:
        raise ArchiveError("{name} cannot be written: {reason}", name=path.name, reason=str(fault)) from fault


class Shards:
    """The day files under one folder. `set_aside` names what was found damaged since it was opened."""

    def __init__(self, folder: Path, *, write: bool) -> None:
        self.folder = folder
        self.set_aside: list[Fault] = []
        self._write = write

    def path_of(self, day: date) -> Path:
        """Where a day's file is or would be."""
        return self.folder / f"{day.year:04}" / f"{day.isoformat()}.json"

    def years(self) -> list[Path]:
        """The folders of the years, the latest first."""
        if not self.folder.is_dir():
            return []
        return sorted((path for path in self.folder.glob("[0-9][0-9][0-9][0-9]") if path.is_dir()), reverse=True)

    def files_of(self, year: Path) -> Iterator[tuple[date, Path]]:
        """The day files of a year's folder, the latest first."""
        for path in sorted(year.glob(_NAMES), reverse=True):
            try:
                yield date.fromisoformat(path.stem), path
            except ValueError:
                continue  # 2022-02-31.json is somebody else's file

    def article(self, day: date, name: str) -> Article:
        """One article; NoSuchArticle, ShardDamaged."""
        path = self.path_of(day)
        data = dayfile.read(path) or b""
        line = dayfile.line_of(data, name)
        if line is None:
            raise NoSuchArticle("no article {id} in {name}", id=name, name=path.name)
        try:
            return article_of_line(line, dayfile.version_of(data))
        except msgspec.DecodeError as fault:
            raise ShardDamaged("{name} is damaged: {reason}", name=path.name, reason=str(fault)) from fault

    def records(self, day: date, names: Collection[str] | None = None) -> dict[str, Record] | None:
        """A day's records by id, all or those named; None when the file is damaged, it is then set aside."""
        path = self.path_of(day)
        try:
            data = dayfile.read(path) or b""
            version = dayfile.version_of(data)
            found = [record_of_line(line, version) for line in dayfile.lines_of(data, names)]
        except (ShardDamaged, msgspec.DecodeError) as fault:
            self._put_aside(path, str(fault))
            return None
        return {record.id: record for record in found}

    def days(self) -> list[date]:
        """Every day that has a file, the latest first."""
        return [day for year in self.years() for day, _ in self.files_of(year)]

    def is_old(self, day: date) -> bool:
        """Whether an earlier version wrote the day's file."""
        return dayfile.version_in(self.path_of(day)) < VERSION

    def write(self, day: date, records: Mapping[str, Any]) -> None:
        """Put records (plain, by id) into a day's file: on disk when this returns; ArchiveError when it cannot be."""
        from feeds.archive.shards.storage import rewrite  # the reading path starts without TinyDB

        with _writing(self.path_of(day)) as path:
            rewrite(path, records)

    def remove(self, day: date, names: Collection[str]) -> None:
        """Take records out of a day's file, which goes with its last one; as lasting as `write`."""
        from feeds.archive.shards.storage import remove

        with _writing(self.path_of(day)) as path:
            remove(path, names)

    def migrate(self, day: date) -> None:
        """Write a day's file anew in this version; ShardDamaged."""
        from feeds.archive.shards.storage import migrate

        with _writing(self.path_of(day)) as path:
            migrate(path)

    def _put_aside(self, path: Path, reason: str) -> None:
        """Rename a damaged file out of the way, if we are the writer, and note it."""
        if not self._write:
            self.set_aside.append(ShardDamaged("{name} is damaged: {reason}", name=path.name, reason=reason).fault)
            return
        stamp = datetime.now(BEIJING).strftime("%Y%m%dT%H%M%S.%f")
        aside = path.with_name(f"{path.name}.damaged-{stamp}")
        path.rename(aside)
        self.set_aside.append(
            ShardDamaged("{name} is damaged and was set aside as {aside}", name=path.name, aside=aside.name).fault
        )
