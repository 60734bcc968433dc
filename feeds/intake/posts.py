"""The import of folders of posts: find files, sort them, let the workers read them, store batches, note them.

The caller walks the import batch by batch and shows its progress. It may stop after any batch, and may be killed at any
moment: what was stored is on disk, and the next run continues there.
"""

import os
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from feeds.archive import Stored, WritingEngine
from feeds.archive.writer import mark_edited_unread
from feeds.errors import ArchiveError, reason_of
from feeds.flags import new_values
from feeds.intake.folders import PostFile, by_day, files_under
from feeds.intake.journal import Journal
from feeds.model import Fault, Flags
from feeds.query.rules import StoreRule
from feeds.workers.pool import WorkerPool
from feeds.workers.tasks import PostTask, WorkerAnswer

LOG_NAME = "import.log"  # the workers' tracebacks
_ROW = 25  # files that a worker gets at a time
_BATCH = 500  # articles that are stored together
_ROW_BYTES = 1_000_000
_BATCH_BYTES = 10_000_000


class ImportProgress(Struct, frozen=True):
    """The progress of an import. An earlier run stored `earlier` of `total` files. `faults` are of the last batch."""

    total: int
    earlier: int
    new: int = 0
    changed: int = 0
    same: int = 0
    failed: int = 0
    faults: tuple[Fault, ...] = ()

    @property
    def done(self) -> int:
        """The number of files that are stored or cannot be read."""
        return self.earlier + self.new + self.changed + self.same + self.failed


def import_posts(
    paths: Iterable[Path],
    archive: WritingEngine,
    seen: datetime,
    *,
    most: int = 8,
    unread_when_changed: bool = False,
    rules: Sequence[StoreRule] = (),
) -> Generator[ImportProgress, None, None]:
    """Store the posts in files and folders, with at most `most` workers. Yield the progress after each batch.

    The texts enter the search later, by `Archive.upkeep`. Raises ArchiveError. A file that is not a post gives a fault.
    With `unread_when_changed` an edited article is unread again. A new article gets the marks of the `rules`.
    """
    journal = Journal(archive.path)
    found = list(files_under(paths))
    files = by_day(file for file in found if file not in journal)
    total, earlier = len(found), len(found) - len(files)
    del found
    tally: Counter[str] = Counter()
    yield _progress(total, earlier, tally, ())
    with WorkerPool(archive.path / LOG_NAME, most) as workers:
        for batch in _batches(files, workers, seen):
            faults, stored = _store_batch(batch, archive, journal, tally, rules)
            if unread_when_changed:
                mark_edited_unread(archive, stored)
            yield _progress(total, earlier, tally, faults)
    if not tally["failed"]:
        journal.remove()


def _progress(total: int, earlier: int, tally: Counter[str], faults: tuple[Fault, ...]) -> ImportProgress:
    return ImportProgress(total, earlier, tally["new"], tally["changed"], tally["same"], tally["failed"], faults)


def _batches(
    files: Sequence[PostFile], workers: WorkerPool, seen: datetime
) -> Iterator[list[tuple[PostFile, WorkerAnswer]]]:
    """The files with the workers' answers, in batches that are stored together."""
    rows = list(_rows(files))
    tasks = ([PostTask(os.fsencode(file.path), file.source, seen) for file in row] for row in rows)
    batch: list[tuple[PostFile, WorkerAnswer]] = []
    size = 0
    for row, answers in zip(rows, workers.read_rows(tasks), strict=True):
        batch += zip(row, answers, strict=True)
        size += sum(file.size for file in row)
        if len(batch) >= _BATCH or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _rows(files: Iterable[PostFile]) -> Iterator[list[PostFile]]:
    """The files in rows that are small enough for the memory."""
    row: list[PostFile] = []
    size = 0
    for file in files:
        if row and (len(row) >= _ROW or size >= _ROW_BYTES):
            yield row
            row, size = [], 0
        row.append(file)
        size += file.size
    if row:
        yield row


def _distinct(faults: Iterable[Fault]) -> list[Fault]:
    """The faults without repeats. A Fault cannot be hashed."""
    return list({str(fault): fault for fault in faults}.values())


def _store_batch(
    batch: Sequence[tuple[PostFile, WorkerAnswer]],
    archive: WritingEngine,
    journal: Journal,
    tally: Counter[str],
    rules: Sequence[StoreRule],
) -> tuple[tuple[Fault, ...], list[Stored]]:
    """Store a batch and count its outcomes. Return its faults, and what became of each article."""
    found = [(file, answer.article, answer) for file, answer in batch if answer.article]
    articles, ready = [article for _, article, _ in found], [answer.ready for *_, answer in found]
    stored = archive.store_many(articles, search_later=True, ready=ready, rules=rules)
    _keep_marks(zip(stored, (answer.flags for *_, answer in found), strict=True), archive)
    refused = _distinct(result.fault for result in stored if result.fault)  # one day may refuse many articles
    tally.update(result.outcome for result in stored if not result.fault)
    faults = tuple(answer.fault for _, answer in batch if answer.fault)
    tally["failed"] += len(faults) + sum(result.fault is not None for result in stored)
    try:
        journal.add(file for (file, *_), result in zip(found, stored, strict=True) if not result.fault)
    except OSError as error:
        raise ArchiveError("the archive cannot be written: {reason}", reason=reason_of(error)) from error
    return (*faults, *refused), stored


def _keep_marks(stored: Iterable[tuple[Stored, Flags]], archive: WritingEngine) -> None:
    """Give the stored articles the marks that their files have. A mark that the archive has stays."""
    marked: dict[Flags, list[str]] = {}
    for result, flags in stored:
        if flags != Flags() and not result.fault:
            marked.setdefault(flags, []).append(result.id)
    for flags, names in marked.items():
        told = new_values(Flags(), flags)
        values = {name: value for name, value in told.items() if not isinstance(value, tuple)}
        noted = [name for name in names if flags.note and archive.flags(name).note]  # the archive's note stays
        archive.set_flags([name for name in names if name not in noted], tag=flags.tags, untag=(), **values)
        values.pop("note", None)
        archive.set_flags(noted, tag=flags.tags, untag=(), **values)
