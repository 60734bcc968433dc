"""An export as steps: read some articles, write them, say how far it is. The walk may stop after any step."""

import os
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from feeds.errors import FeedError
from feeds.export.files import FileFormat, file_name
from feeds.model import Article
from tui.exporting.outfile import exist_already, files_in, new_file, refusal

if TYPE_CHECKING:
    from feeds.archive import Engine
    from feeds.query import Query

_STEP = 50  # articles that are read together


class ByteSink(Protocol):
    """A sink that takes bytes."""

    def write(self, data: bytes, /) -> object:
        """Take some bytes."""


class ExportJob(Struct, frozen=True, kw_only=True):
    """An export: the articles or rows, the format, and the target, a path or a stream of bytes.

    `names` are ids of articles; without them all of `query` are meant. With `is_folder` each article gets a file of its
    own in `target`. `copies` takes the other copies of an article too.
    """

    form: FileFormat
    title: str
    now: datetime
    target: Path | ByteSink
    query: "Query | None" = None
    names: tuple[str, ...] = ()
    is_folder: bool = False
    force: bool = False
    copies: bool = False


class Written(Struct, frozen=True):
    """How far an export is: `done` of `total` articles or rows, and the files that are complete.

    An export that finds nothing ends with 0 of 0. It writes no file, and no folder is made.
    """

    done: int
    total: int
    files: int = 0


def run_export(archive: "Engine", job: ExportJob) -> Generator[Written, None, None]:
    """Write, and yield how far it is. If the walk ends early, no file is left that is not whole. Raises FeedError."""
    if job.form.of == "articles":
        names = _names_of(archive, job)
        if not names and isinstance(job.target, Path):
            yield Written(0, 0)
        elif job.is_folder and isinstance(job.target, Path):
            yield from _into_folder(archive, job, names, job.target)
        else:
            yield from _into_file(archive, job, names)
        return
    if job.is_folder:
        raise FeedError("{format} is one table: name a file, not a folder", format=job.form.name)
    if job.form.of == "workbook" and not isinstance(job.target, Path):
        raise FeedError("{format} needs a file: name one", format=job.form.name)
    found = int(_finds_any(archive, job))
    if found or not isinstance(job.target, Path):
        with ExitStack() as stack:
            yield from _table_steps(archive, job, _output_of(job, stack))
    yield Written(found, found, found and _files(job))


def _finds_any(archive: "Engine", job: ExportJob) -> bool:
    """Whether an export has an article, or a row."""
    if job.form.of == "articles":
        return bool(_names_of(archive, job))
    from tui.exporting.tables import has_rows

    return has_rows(archive, job.query, job.form.of)


def _files(job: ExportJob) -> int:
    return int(isinstance(job.target, Path))


def _table_steps(archive: "Engine", job: ExportJob, out: ByteSink) -> Iterator[Written]:
    from tui.exporting.tables import write_csv, write_workbook

    steps = (
        write_workbook(archive, job.query, out, job.now)
        if job.form.of == "workbook"
        else write_csv(archive, job.query, job.form.of, out, job.now)
    )
    for done, total in steps:
        yield Written(done, total + 1)  # the file is not there yet


def _names_of(archive: "Engine", job: ExportJob) -> Sequence[str]:
    names = job.names or archive.listing(job.query).ids()
    if not job.copies:
        return names
    others = ([name, *(copy.id for copy in archive.duplicates(name))] for name in names)
    return list(dict.fromkeys(name for group in others for name in group))


def _output_of(job: ExportJob, stack: ExitStack) -> ByteSink:
    if not isinstance(job.target, Path):
        return job.target
    return stack.enter_context(new_file(job.target, force=job.force))


def _into_file(archive: "Engine", job: ExportJob, names: Sequence[str]) -> Iterator[Written]:
    form, total = job.form, len(names)
    if form.alone and total > 1 and isinstance(job.target, Path):
        raise FeedError("{format} has one article a file: name a folder for several", format=form.name)
    with ExitStack() as stack:
        out = _output_of(job, stack)
        if total == 1 and form.bare:
            for article in archive.get_many(names):
                out.write(_bytes(form.whole(article, archive.flags(article.id), job.now)))
        else:
            out.write(_bytes(form.head(job.title, job.now)))
            for done, article in enumerate(archive.get_many(names)):
                part = form.part(article, archive.flags(article.id))
                out.write(_bytes(form.between + part if done else part))
                if not done % _STEP:
                    yield Written(done, total + 1)  # the file is not there yet
            out.write(_bytes(form.tail))
    yield Written(total, total, _files(job))


def _into_folder(archive: "Engine", job: ExportJob, names: Sequence[str], folder: Path) -> Iterator[Written]:
    form, total = job.form, len(names)
    was_there = folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refusal(folder, error) from error
    if not job.force and (count := len(_files_of(folder, form, names))):
        raise exist_already(folder, count)
    done = 0
    try:
        for article in archive.get_many(names):
            _write_file(archive, job, article, folder / file_name(article, form.suffix))
            done += 1
            if not done % _STEP or done == total:
                yield Written(done, total, done)
    finally:
        if not was_there and not done:
            with suppress(OSError):  # somebody else has put something there
                folder.rmdir()
    if done < total:
        yield Written(total, total, done)


def files_there(archive: "Engine", job: ExportJob) -> int:
    """How many files an export would replace. Raises FeedError."""
    if not isinstance(job.target, Path):
        return 0
    if not job.is_folder:
        return int(os.path.lexists(job.target) and _finds_any(archive, job))
    return len(_files_of(job.target, job.form, _names_of(archive, job))) if job.form.of == "articles" else 0


def _files_of(folder: Path, form: FileFormat, names: Sequence[str]) -> list[str]:
    """The articles that have a file in the folder, perhaps under an earlier title: the id is the end of the name."""
    there = {
        name.removesuffix(form.suffix).rpartition("-")[2] for name in files_in(folder) if name.endswith(form.suffix)
    }
    return [name for name in names if name in there]


def _write_file(archive: "Engine", job: ExportJob, article: Article, path: Path) -> None:
    with new_file(path, force=job.force, lasting=False) as out:
        out.write(_bytes(job.form.whole(article, archive.flags(article.id), job.now)))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
