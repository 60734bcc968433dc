"""The sources that an address can be: its kind is recognised, its feeds are found, each is fetched once as a test.

A reader gives a feed, a page that names its feeds, a channel of Sina, or a folder of posts.
"""

import asyncio
import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from msgspec import structs

from feeds.config import Candidate
from feeds.controls import excerpt, printable
from feeds.errors import FeedError, ParseError, reason_of
from feeds.fetch import Fetcher
from feeds.fetch.permission import is_sina
from feeds.intake.folders import files_under
from feeds.kinds import address_of, entries_of, kind_of
from feeds.model import Entry, FetchLimits, Page, Source
from feeds.parse.elements import elements_as_written
from feeds.parse.encoding import text_of
from feeds.parse.post import entry_of
from feeds.parse.safety import clean, link_of

_MOST_FEEDS = 8  # feeds of one page that are tried
_NAME_LENGTH = 60
_FEED_TYPES = {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}
_LIVE_PATHS = re.compile(r"/7x24\b|/finance/globalnews")
_DEFAULT_LIVE = "152"  # the 7x24 feed of Sina Finance
_LARGEST_POST = 4_000_000


def find_candidates(address: str, limits: FetchLimits, kind: str = "") -> tuple[Candidate, ...]:
    """The sources that an address or path can be, each tested. With `kind` only this one. Raises FeedError."""
    return asyncio.run(_find(address.strip(), limits, kind))


def test_source(source: Source, limits: FetchLimits) -> Candidate:
    """Ask for a source's list once. A failure is in the candidate."""

    async def ask() -> Candidate:
        async with Fetcher(limits) as fetcher:
            return await _test(source, fetcher)

    return asyncio.run(ask())


async def _find(address: str, limits: FetchLimits, kind: str) -> tuple[Candidate, ...]:
    if posts := _posts_of(address):
        return (posts,)
    if "://" not in address:
        address = f"https://{address}"
    known = _sina_of(address)
    async with Fetcher(limits) as fetcher:
        if kind:
            return (await _test(Source(name=_name_of_address(address), kind=kind, url=address), fetcher),)
        if known:
            return (await _test(known, fetcher),)
        page = await fetcher.get(address)
        try:
            return (_candidate_of(Source(name=_name_of_address(address), kind="rss", url=address), page),)
        except ParseError as error:
            feeds = _feeds_named_by(page)
            if not feeds:
                raise ParseError(
                    "{address} is no feed, and names none", address=excerpt(printable(page.url), 200)
                ) from error
        tested = [await _test(source, fetcher, page.url) for source in feeds[:_MOST_FEEDS]]
    return tuple(sorted(tested, key=lambda candidate: candidate.fault is not None))


def _posts_of(address: str) -> Candidate | None:
    """The folder or file of posts at a path of this machine; None for anything else. Raises ParseError."""
    if address.startswith(("http://", "https://")):
        return None
    path = Path(address).expanduser()
    try:
        if not path.exists():
            if address.startswith(("/", ".", "~")) or "." not in address:
                raise ParseError("there is no {path}", path=excerpt(printable(path)))
            return None
        files = [file for file in files_under((path,)) if file.size >= 0 and Path(file.path).is_file()]
        newest = max(files, key=lambda file: file.modified, default=None)
        body = _beginning_of(Path(newest.path)) if newest else b""
    except (OSError, ValueError) as error:
        where = excerpt(printable(path))
        raise ParseError("{path} cannot be read: {reason}", path=where, reason=reason_of(error)) from None
    entry = entry_of(text_of(body)) if body else None
    name = clean(path.resolve().name, _NAME_LENGTH) or "posts"
    return Candidate(
        Source(name=name, kind="posts", url=str(path.resolve())),
        len(files),
        entry.title if entry else "",
        entry.published if entry else None,
    )


def _beginning_of(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(_LARGEST_POST)


def _sina_of(address: str) -> Source | None:
    """The roll or the live feed that an address of Sina shows, by the numbers in its query or after its #."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return None
    fields = dict(parse_qsl(parts.query)) | dict(parse_qsl(parts.fragment))
    own = "" if is_sina(host) else urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))
    if fields.get("pageid", "").isdecimal() and fields.get("lid", "").isdecimal():
        channel = f"{fields['pageid']}/{fields['lid']}"
        return Source(name=f"新浪 {channel}", kind="roll", channel=channel, url=own)
    if fields.get("zhibo_id", "").isdecimal():
        return Source(name="7x24", kind="live", channel=fields["zhibo_id"], url=own)
    if is_sina(host) and _LIVE_PATHS.search(parts.path):
        return Source(name="7x24", kind="live", channel=_DEFAULT_LIVE)
    return None


def _feeds_named_by(page: Page) -> list[Source]:
    """The feeds that a page names in its head: `<link rel="alternate" type="application/rss+xml" href="…">`."""
    found: dict[str, Source] = {}
    try:
        links = elements_as_written(text_of(page.body, page.content_type), "link[rel][type][href]")
    except ValueError:
        return []
    for link in links:
        kinds = (link.attributes.get("rel") or "").lower().split()
        url = link_of(link.attributes.get("href"), page.url)
        if "alternate" in kinds and url and (link.attributes.get("type") or "").strip().lower() in _FEED_TYPES:
            name = clean(link.attributes.get("title") or "", _NAME_LENGTH) or _name_of_address(url)
            found.setdefault(url, Source(name=name, kind="rss", url=url))
    return list(found.values())


async def _test(source: Source, fetcher: Fetcher, linked_from: str | None = None) -> Candidate:
    if kind_of(source.kind).has_files:
        return _posts_of(source.url) or Candidate(source)
    try:
        page = await fetcher.get(address_of(source), linked_from=linked_from, settings=source.request)
        return _candidate_of(source.plain, page)
    except FeedError as error:
        return Candidate(source.plain, fault=error.fault)


def _candidate_of(source: Source, page: Page) -> Candidate:
    """The candidate with what the answer of its source lists. A feed gives the name. Raises ParseError."""
    entries = entries_of(page, source, lambda _bug: None)
    if source.kind == "rss":
        from feeds.kinds.rss.reading import title_of

        source = structs.replace(source, name=clean(title_of(page), _NAME_LENGTH) or source.name)
    newest = _newest_of(entries)
    return Candidate(source, len(entries), newest.title if newest else "", newest.published if newest else None)


def _newest_of(entries: Sequence[Entry]) -> Entry | None:
    dated = [entry for entry in entries if entry.published]
    return max(dated, key=lambda entry: (entry.published, 0), default=None) if dated else next(iter(entries), None)


def _name_of_address(address: str) -> str:
    return clean(urlsplit(address).hostname or address, _NAME_LENGTH)
