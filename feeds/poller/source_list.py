"""The present list of a source: pages of its feed back to known entries, or the files of a folder of posts."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path

from msgspec import Struct, structs

from feeds.attachments import attachment_key
from feeds.controls import excerpt, printable
from feeds.errors import FeedError, ParseError, phrase, reason_of
from feeds.fetch import Fetcher
from feeds.identity import canonical_url, keys_of, name_entries
from feeds.kinds import address_of, kind_of
from feeds.model import Entry, Fault, Page, Source, Validators
from feeds.pages import SUFFIXES
from feeds.schedule import Refusal, SourceState
from feeds.workers.pool import WorkerPool
from feeds.workers.tasks import FeedTask, WorkerAnswer

_FURTHER = phrase("{source} lists more than {pages} pages since it was last asked; what stands behind them is not read")
_EMPTY = phrase("{source} lists nothing at present")


class Refused(ParseError):
    """The answer is not read, because reading it takes too long or kills the worker."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.fault.template, **refusal.fault.values)
        self.refusal = refusal


class SourceList(Struct, frozen=True):
    """The entries that one poll lists, in the order of the source, each once, with its distinct keys.

    `shared` are the keys that several of them have. `gap` is the error that stopped the paging before known entries.
    `unread` is the fault of entries that could not be read or were too many.
    """

    entries: tuple[Entry, ...] = ()
    validators: Validators = Validators()
    unchanged: bool = False
    gap: FeedError | None = None
    shared: frozenset[str] = frozenset()
    unread: Fault | None = None


async def fetch_list(source: Source, state: SourceState, fetcher: Fetcher, workers: WorkerPool) -> SourceList:
    """Fetch the source's list, the first page conditionally. Raises FetchError or ParseError for the first page."""
    found = SourceList()
    for number in range(1, source.pages + 1 if kind_of(source.kind).has_pages else 2):
        address = address_of(source, number)
        if not address:
            break
        try:
            validators = state.validators if number == 1 else Validators()
            page = await fetcher.get(address, validators, settings=source.request)
            if page.not_modified:
                return SourceList(validators=page.validators, unchanged=True)
            answer = await _read(FeedTask(source.plain, page), state, workers)
        except FeedError as error:
            if number == 1:
                raise
            return structs.replace(found, validators=Validators(), gap=error)
        if number == 1 and not answer.entries:
            return _empty_list(source, page, state)
        # Entries that arrive while we page move the rows: the end of one page is then the beginning of the next.
        naming = name_entries((*found.entries, *answer.entries), state.shared)
        fresh = len(naming.entries) > len(found.entries)
        already_known = state.known.keys() & {
            keys_of(entry)[0] for entry in name_entries(answer.entries, naming.shared).entries
        }
        validators = page.validators if number == 1 else found.validators
        unread = found.unread or answer.unread
        found = SourceList(naming.entries, validators, shared=naming.shared, unread=unread)
        if not fresh or already_known:
            return found
    if state.known and kind_of(source.kind).has_pages and not found.unread:
        values: dict[str, str | int | Fault] = {"source": source.name, "pages": source.pages}
        return structs.replace(found, unread=Fault(_FURTHER, values))
    return found


async def _read(task: FeedTask, state: SourceState, workers: WorkerPool) -> WorkerAnswer:
    """Read the entries of an answer. The same answer is not read again after a refusal. Raises ParseError."""
    if state.refusal and state.refusal.digest == _digest_of(task.page):
        raise Refused(state.refusal)
    (answer,) = await workers.read([task])
    if answer.fault and answer.deadly:
        raise Refused(Refusal(_digest_of(task.page), answer.fault))
    if fault := answer.fault or (None if answer.entries else answer.unread):
        raise ParseError.of(fault)
    return answer


def _digest_of(page: Page) -> str:
    return hashlib.blake2b(page.body, digest_size=12).hexdigest()


def _empty_list(source: Source, page: Page, state: SourceState) -> SourceList:
    """A valid list without entries. A new feed may be empty; otherwise it gets a fault.

    Raises ParseError if a list of its kind is never empty.
    """
    if not kind_of(source.kind).may_be_empty:
        raise ParseError(_EMPTY, source=source.name)
    if not state.known:
        return SourceList(validators=page.validators)
    return SourceList(unread=Fault(_EMPTY, {"source": source.name}))


def reading_order(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries in the order in which they are stored. Entries of the same time are in reverse.

    The dashboard shows articles of the same time with the last stored one on top. So the feed's first entry is
    on top, and an entry of a later poll is above it.
    """
    moments: dict[datetime | None, list[Entry]] = {}
    for entry in entries:
        moments.setdefault(entry.published, []).append(entry)
    return chain.from_iterable(map(reversed, moments.values()))


def stamp_of(entry: Entry) -> str:
    """A digest of what the feed says of an article. If it changes, the article is read again."""
    published = None if entry.counted else entry.published
    moments = (moment.isoformat() if moment else "" for moment in (published, entry.updated))
    files = map(attachment_key, entry.attachments)
    data = (entry.title, *moments, canonical_url(entry.url), entry.body or "", *files)
    # The body is as the feed sent it. A JSON escape may leave a lone surrogate in it.
    return hashlib.blake2b("\0".join(data).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def files_of(folder: Path) -> dict[str, tuple[Path, str]]:
    """The files of posts at or below a path, by a printable name, each with a stamp of its size and time."""
    try:
        if not folder.exists():
            raise ParseError("there is no {path}", path=excerpt(printable(folder)))
        return {printable(path.relative_to(folder.parent)): (path, stamp) for path, stamp in _files_with_stamps(folder)}
    except OSError as error:  # the name is too long, the links form a loop, or the folder was removed
        where = excerpt(printable(folder))
        raise ParseError("{path} cannot be read: {reason}", path=where, reason=reason_of(error)) from error


def _files_with_stamps(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(folder.rglob("*")) if folder.is_dir() else [folder]:
        if folder.is_dir() and path.suffix.lower() not in SUFFIXES:
            continue
        try:
            status = path.stat()
        except OSError:
            continue  # the file was removed, or is a broken link
        if path.is_file():
            yield path, f"{status.st_size:x}.{status.st_mtime_ns:x}"
