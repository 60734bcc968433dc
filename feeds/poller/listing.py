"""What a source lists now: pages of its feed, back to what is known, or the files of a folder of posts."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from feeds.addresses import SUFFIXES, address_of, printable
from feeds.crew.pool import Crew
from feeds.crew.tasks import Feed
from feeds.errors import FeedError, ParseError
from feeds.fetch import Fetcher
from feeds.identity import keys_of
from feeds.model import Entry, Fault, Source, Validators
from feeds.schedule import SourceState


class Listing(Struct, frozen=True):
    """The entries of one turn, newest first, each once. `gap` is what kept us from paging back to known ones.

    `unread` tells of entries that could not be read.
    """

    entries: tuple[Entry, ...] = ()
    validators: Validators = Validators()
    unchanged: bool = False
    gap: FeedError | None = None
    unread: Fault | None = None


async def listing_of(source: Source, state: SourceState, fetcher: Fetcher, crew: Crew) -> Listing:
    """Asks the source, the first page conditionally. Raises FetchError and ParseError where that page is no use."""
    found: dict[str, Entry] = {}
    validators = Validators()
    unread: Fault | None = None
    for number in range(1, source.pages + 1 if source.kind == "roll" else 2):
        address = address_of(source, number)
        if not address:
            break
        try:
            page = await fetcher.get(address, state.validators if number == 1 else Validators())
            if page.not_modified:
                return Listing(validators=page.validators, unchanged=True)
            (answer,) = await crew.read([Feed(source, page)])
            unread = unread or answer.unread
            if fault := answer.fault or (None if answer.entries else answer.unread):
                raise ParseError.of(fault)
        except FeedError as error:
            if number == 1:
                raise
            return Listing(tuple(found.values()), gap=error, unread=unread)
        if number == 1:
            validators = page.validators
            if not answer.entries:
                raise ParseError("{source} lists nothing at present", source=source.name)
        keyed = {keys_of(entry)[0]: entry for entry in answer.entries}
        # What arrives while we page moves the rows: the end of one page is the beginning of the next.
        fresh = keyed.keys() - found.keys()
        for key, entry in keyed.items():
            found.setdefault(key, entry)
        if not fresh or state.known.keys() & keyed.keys():
            break
    return Listing(tuple(found.values()), validators, unread=unread)


def stamp_of(entry: Entry) -> str:
    """A short name for what the feed says of an article; another one means that it is to be read again."""
    said = (entry.title, entry.updated.isoformat() if entry.updated else "", entry.body or "")
    # A body is as the feed sent it, half a surrogate pair from a JSON escape included.
    return hashlib.blake2b("\0".join(said).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def files_of(folder: Path) -> dict[str, tuple[Path, str]]:
    """The post files at or below a path, by a printable name, each with a stamp of its size and time."""
    if not folder.exists():
        raise ParseError("there is no {path}", path=str(folder))
    return {printable(path.relative_to(folder.parent)): (path, stamp) for path, stamp in _stamped(folder)}


def _stamped(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(folder.rglob("*")) if folder.is_dir() else [folder]:
        if folder.is_dir() and path.suffix.lower() not in SUFFIXES:
            continue
        try:
            status = path.stat()
        except OSError:
            continue  # gone, or a link to nowhere: no post of now
        if path.is_file():
            yield path, f"{status.st_size:x}.{status.st_mtime_ns:x}"
