"""Folders of posts into the archive: found, put in order, read by the workers, stored in batches, noted in the journal.

It is walked a batch at a time by whoever shows how far it is, and may be left between two batches or killed at any
moment: what was stored is on disk, and the next run begins where this one ended.
"""

import os
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from feeds.archive import Archive
from feeds.errors import ArchiveError
from feeds.intake.folders import PostFile, files_under, in_order
from feeds.intake.journal import Journal
from feeds.model import Article, Fault
from feeds.workers.pool import WorkerPool
from feeds.workers.tasks import Answer, Post

LOG_NAME = "import.log"  # what the processes that read posts complained about
_ROW = 25  # files a process is handed at a time
_BATCH = 500  # articles that are stored together
_ROW_BYTES = 1_000_000
_BATCH_BYTES = 10_000_000


class Taken(Struct, frozen=True):
    """How far an import is: of `total` files `earlier` came in by a run before. `faults` are the last batch's."""

    total: int
    earlier: int
    new: int = 0
    changed: int = 0
    same: int = 0
    failed: int = 0
    faults: tuple[Fault, ...] = ()

    @property
    def done(self) -> int:
        """Files that nobody has to look at again, or that cannot be read."""
        return self.earlier + self.new + self.changed + self.same + self.failed


def imported(paths: Iterable[Path], archive: Archive, seen: datetime, *, most: int = 8) -> Generator[Taken, None, None]:
    """Store the posts in files and folders, read by at most so many processes; tells how far it is after each batch.

    The search takes the texts later, by `Archive.upkeep`. Raises ArchiveError; a file that is no post is a fault.
    """
    journal = Journal(archive.path)
    found = list(files_under(paths))
    files = in_order(file for file in found if file not in journal)
    total, earlier = len(found), len(found) - len(files)
    del found
    tally: Counter[str] = Counter()
    yield _taken(total, earlier, tally, ())
    with WorkerPool(archive.path / LOG_NAME, most) as workers:
        for batch in _batches(files, workers, seen):
            faults = _stored(batch, archive, journal, tally)
            yield _taken(total, earlier, tally, faults)
    if not tally["failed"]:
        journal.end()


def _taken(total: int, earlier: int, tally: Counter[str], faults: tuple[Fault, ...]) -> Taken:
    return Taken(total, earlier, tally["new"], tally["changed"], tally["same"], tally["failed"], faults)


def _batches(files: Sequence[PostFile], workers: WorkerPool, seen: datetime) -> Iterator[list[tuple[PostFile, Answer]]]:
    """The files with what is in them, so many together as are stored together."""
    rows = list(_rows(files))
    asked = ([Post(os.fsencode(file.path), file.source, seen) for file in row] for row in rows)
    batch: list[tuple[PostFile, Answer]] = []
    size = 0
    for row, answers in zip(rows, workers.read_rows(asked), strict=True):
        batch += zip(row, answers, strict=True)
        size += sum(file.size for file in row)
        if len(batch) >= _BATCH or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _rows(files: Iterable[PostFile]) -> Iterator[list[PostFile]]:
    """Files that follow one another, few enough to be held in memory."""
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


def _each_once(faults: Iterable[Fault]) -> list[Fault]:
    """The faults without repeats; a Fault cannot be hashed."""
    return list({str(fault): fault for fault in faults}.values())


def _stored(
    batch: Sequence[tuple[PostFile, Answer]], archive: Archive, journal: Journal, tally: Counter[str]
) -> tuple[Fault, ...]:
    """Store a batch and count it; the faults in it."""
    found: list[tuple[PostFile, Article]] = [(file, answer.article) for file, answer in batch if answer.article]
    stored = archive.store_many([article for _, article in found], search_later=True)
    refused = _each_once(told.fault for told in stored if told.fault)  # each once: a day may refuse many
    tally.update(told.outcome for told in stored if not told.fault)
    faults = tuple(answer.fault for _, answer in batch if answer.fault)
    tally["failed"] += len(faults) + sum(told.fault is not None for told in stored)
    try:
        journal.add(file for (file, _), told in zip(found, stored, strict=True) if not told.fault)
    except OSError as error:
        raise ArchiveError("the archive cannot be written: {reason}", reason=str(error.strerror)) from error
    return (*faults, *refused)
