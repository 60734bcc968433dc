"""One source's turn: listed → wanted → read → stored, and what is to be remembered of it.

Nothing is remembered before it is stored: whoever dies in the middle of a turn does it again. Only an article whose
page did not load is remembered first, because the feed will not name it as new a second time.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import aclosing
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from msgspec import Struct, structs

from feeds.archive import Archive
from feeds.assembly import article_of
from feeds.errors import ArchiveError, FeedError, FetchError, ParseError
from feeds.fetch import Fetcher
from feeds.identity import keys_of
from feeds.model import Article, ArticleSetAside, ArticleStored, Block, Entry, Fault, Page, PollEvent, Reading, Source
from feeds.parse import address_of, posts_of, reading_of_body, reading_of_page
from feeds.poller.claims import Claims
from feeds.poller.gathering import Gathering
from feeds.poller.hazard import Hazard, InHand
from feeds.poller.listing import Listing, files_of, listing_of, stamp_of
from feeds.poller.memory import Memory
from feeds.poller.pages import Answer, Pages, is_final, needs_page
from feeds.schedule import Waiting, backoff

BATCH = 50  # articles stored together; each day's file is written once for them
KNOWN = 400  # entries remembered of a source, or all that it lists at once
WAITING = 300  # articles of a source whose page is still to come
TRIES = 12  # of a page that does not load; with their pauses the better part of a day
TEXTLESS_TRIES = 3  # of a page that loads and holds no text, as one of a film does


class Desk(Struct, frozen=True):
    """What the turns of all sources share."""

    archive: Archive
    gathering: Gathering
    fetcher: Fetcher
    hazard: Hazard
    memory: Memory
    claims: Claims
    clock: Callable[[], datetime]
    chance: Callable[[], float]
    tell: Callable[[PollEvent], None]


class Turn:
    """One turn of one source. `state` is what is known of the source, before it and then after it."""

    def __init__(self, source: Source, desk: Desk) -> None:
        self.source = source
        self.state = desk.memory.of(source.name)
        self.new = 0
        self.changed = 0
        self.unchanged = False
        self.fault: Fault | None = None  # of a page: the turn itself goes on
        self._desk = desk
        self._textless: dict[str, tuple[Article, Waiting]] = {}

    async def take(self) -> None:
        """The whole turn. Raises FeedError when the source gave nothing, or less than was asked."""
        if self.source.kind == "posts":
            await self._take_posts()
            return
        listing = await listing_of(self.source, self.state, self._desk.fetcher, self._desk.hazard)
        self.unchanged = listing.unchanged
        await self._read([late.entry for late in self._due_again()])
        await self._read_wanted(listing.entries)
        self._remember(listing)
        await self._leave_waiting()
        if listing.gap:
            raise listing.gap

    async def _take_posts(self) -> None:
        files = await asyncio.to_thread(files_of, Path(self.source.url))
        known = {name: stamp for name, stamp in self.state.known.items() if name in files}
        changed = [name for name, (_, stamp) in files.items() if known.get(name) != stamp]
        self.unchanged = not changed
        await self._read([late.entry for late in self._due_again()])
        for start in range(0, len(changed), BATCH):
            names = changed[start : start + BATCH]
            await self._read([entry for name in names for entry in self._posts_in(name, *files[name])])
            known.update({name: files[name][1] for name in names})
            self.state = structs.replace(self.state, known=dict(known))
            await self._leave_waiting()
            self._desk.memory.keep(self.source.name, self.state)
        self.state = structs.replace(self.state, known=known, strikes={})
        await self._leave_waiting()

    def _posts_in(self, name: str, file: Path, stamp: str) -> list[Entry]:
        if self.state.set_aside.get(name) == stamp:
            return []
        try:
            with self._desk.hazard.holding(InHand(self.source.name, name, stamp, name)):
                return list(posts_of(file, self.source.name))
        except ParseError as error:
            self._desk.tell(ArticleSetAside(self._desk.clock(), name, error.fault))
            return []

    # Which entries are wanted

    def _due_again(self) -> list[Waiting]:
        now = self._desk.clock()
        return [late for late in self.state.waiting if late.due <= now]

    async def _read_wanted(self, entries: Sequence[Entry]) -> None:
        """Reads what is new. What another source is reading at this moment is looked at again when it has."""
        while entries:
            wanted, joining = self._wanted(entries)
            holders = [self._desk.claims.holder_of(entry) for entry in wanted]
            entries = [entry for entry, holder in zip(wanted, holders, strict=True) if holder]
            mine = [entry for entry, holder in zip(wanted, holders, strict=True) if not holder]
            with self._desk.claims.held(mine):
                await self._store(joining)
                await self._read(mine)
            if busy := {holder for holder in holders if holder}:
                await asyncio.wait(busy)

    def _wanted(self, entries: Iterable[Entry]) -> tuple[list[Entry], list[Article]]:
        """The entries to be read; and what another source brought, to be filed under this source as well."""
        wanted, joining = [], []
        for entry in entries:
            key = keys_of(entry)[0]
            if self.state.known.get(key) == stamp_of(entry):
                continue
            archived = self._archived(entry)
            if archived is None or self._is_news(entry, archived):
                wanted.append(entry)
            elif joined := self._joined(entry, archived):
                joining.append(joined)
        return wanted, joining

    def _archived(self, entry: Entry) -> Article | None:
        name = self._desk.archive.find(keys_of(entry))
        try:
            return self._desk.archive.get(name) if name else None
        except ArchiveError:
            return None  # its day's file is damaged; storing sets that aside

    def _is_news(self, entry: Entry, archived: Article) -> bool:
        """Whether the entry brings more than the archive has: a text, the whole after the flash, a later state."""
        if archived.flash != entry.flash:
            return archived.flash
        if not archived.blocks or keys_of(entry)[0] in self.state.known:
            return True
        if entry.updated and archived.updated:
            return entry.updated > archived.updated
        return self.source.name in archived.sources and entry.title != archived.title

    def _joined(self, entry: Entry, archived: Article) -> Article | None:
        """The archived article filed under this source too, None where it already is."""
        paths = tuple(path for path in (self.source.category, entry.category) if path)
        keys = tuple(dict.fromkeys((*archived.keys, *keys_of(entry))))
        if self.source.name in archived.sources and {*paths} <= {*archived.categories} and keys == archived.keys:
            return None
        return structs.replace(archived, keys=keys, sources=(self.source.name,), categories=paths)

    # Reading and storing

    async def _read(self, entries: Sequence[Entry]) -> None:
        """Entries to articles on disk, in batches; nothing that is read waits for a page that is not there yet."""
        entries = [entry for entry in entries if self.state.set_aside.get(keys_of(entry)[0]) != stamp_of(entry)]
        pages = Pages(self._desk.fetcher, entries, address_of(self.source))
        batch: list[Article] = []
        async with aclosing(pages.answers()) as answers:
            async for entry, answer in answers:
                if article := self._article_of(entry, answer):
                    batch.append(article)
                if len(batch) >= BATCH or not pages.ready:
                    await self._store(batch)
                    batch = []
                await asyncio.sleep(0)  # commands and signals are heard between two articles

    def _article_of(self, entry: Entry, answer: Answer) -> Article | None:
        """The article, or None when it has no text yet: then it stands in `_textless`."""
        key = keys_of(entry)[0]
        now = self._desk.clock()
        reading = Reading()
        fault: FeedError | None = answer if isinstance(answer, FetchError) else None
        with self._desk.hazard.holding(InHand(self.source.name, key, stamp_of(entry), entry.title)):
            try:
                reading = _reading_of(entry, answer)
            except ParseError as error:
                fault = error
            article = article_of(entry, reading, now, self.source.category)
        if reading.blocks or not needs_page(entry):
            return article
        if fault:
            self.fault = fault.fault
        if isinstance(fault, FetchError) and is_final(fault):
            return article
        before = next((late.tries for late in self.state.waiting if keys_of(late.entry)[0] == key), 0)
        if before + 1 >= (TRIES if fault else TEXTLESS_TRIES):
            return article
        pause = backoff(before + 1, self.source.interval, self._desk.chance())
        self._textless[key] = (article, Waiting(entry, now + timedelta(seconds=pause), before + 1))
        return None

    async def _store(self, articles: Sequence[Article]) -> None:
        if not articles:
            return
        stored = await self._desk.gathering.store(articles)
        for article, kept in zip(articles, stored, strict=True):
            self.new += kept.new
            self.changed += kept.changed
            if kept.new or kept.changed:
                now = self._desk.clock()
                self._desk.tell(ArticleStored(now, kept.id, self.source.name, article.title, kept.new))

    # What is remembered

    def _remember(self, listing: Listing) -> None:
        now = self._desk.clock()
        dates = [entry.published for entry in listing.entries if entry.published and entry.published <= now]
        newest = max((when for when in (self.state.newest, *dates) if when), default=None)
        self.state = structs.replace(self.state, newest=newest, strikes={})
        if listing.gap:
            return  # the next turn must page back through these again, to reach what lies behind them
        known = self.state.known
        if not listing.unchanged:
            stamps = {keys_of(entry)[0]: stamp_of(entry) for entry in listing.entries}
            older = ((key, stamp) for key, stamp in known.items() if key not in stamps)
            known = {**stamps, **dict(islice(older, max(0, KNOWN - len(stamps))))}
        self.state = structs.replace(self.state, known=known, validators=listing.validators)

    async def _leave_waiting(self) -> None:
        """Remembers the articles whose page did not load, then stores them as the feed tells them."""
        now = self._desk.clock()
        waiting = [late for late in self.state.waiting if late.due > now]
        waiting += [late for _, late in self._textless.values()]
        last = {keys_of(late.entry)[0]: late for late in waiting}
        self.state = structs.replace(self.state, waiting=tuple(last.values())[-WAITING:])
        if self._textless:
            self._desk.memory.keep(self.source.name, self.state, at_once=True)
            await self._store([article for article, _ in self._textless.values()])
            self._textless = {}


def _reading_of(entry: Entry, answer: Answer) -> Reading:
    if isinstance(answer, Page):
        return reading_of_page(answer)
    if entry.body:
        return reading_of_body(entry.body)
    # Where no page is to be had the summary is the text.
    return Reading(blocks=(Block(entry.summary),)) if entry.summary and not needs_page(entry) else Reading()
