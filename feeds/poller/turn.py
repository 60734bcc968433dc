"""One source's turn: listed → wanted → read → stored, and what is to be remembered of it.

Nothing is remembered before it is stored: whoever dies in the middle of a turn does it again. Only an article whose
page did not load is remembered first, because the feed will not name it as new a second time.
"""

import asyncio
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import aclosing
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from msgspec import Struct, structs

from feeds.addresses import needs_page
from feeds.answers.walls import digest_of_stray
from feeds.archive import Archive, Stored
from feeds.archive.naming.owners import Names
from feeds.assembly import without_text
from feeds.fetch import Fetcher
from feeds.identity import canonical_url, keys_of
from feeds.model import (
    Article,
    ArticleSetAside,
    ArticleStored,
    Entry,
    Fault,
    Instead,
    PollEvent,
    Source,
    Validators,
)
from feeds.poller.claims import Claims
from feeds.poller.clocks import is_ahead, is_misdated
from feeds.poller.doubts import sharers_of, waiting_for, with_stray, withdraw
from feeds.poller.gathering import Gathering
from feeds.poller.listing import Listing, Refused, files_of, listing_of, reading_order, stamp_of
from feeds.poller.matching import matched
from feeds.poller.memory import NAMING, WAITING, Memory
from feeds.poller.texts import Texts, Told, is_final, is_wall, wall_met
from feeds.schedule import Waiting, backoff, without_wrong_clock
from feeds.workers.pool import WorkerPool
from feeds.workers.tasks import Posts

BATCH = 50  # articles stored together; each day's file is written once for them
KNOWN = 400  # entries remembered of a source, or all that it lists at once
SHARED = 1000  # names of a source that are remembered to be none
TRIES = 12  # of a page that does not load; with their pauses the better part of a day
ASIDE = 200  # articles of a source that are left out
EMPTY_TRIES = 6  # of a page that loads and holds no text; with their pauses two hours
PLAYER_TRIES = 3  # of a page that holds a film and no text


class Desk(Struct, frozen=True):
    """What the turns of all sources share."""

    archive: Archive
    gathering: Gathering
    fetcher: Fetcher
    workers: WorkerPool
    memory: Memory
    claims: Claims
    clock: Callable[[], datetime]
    chance: Callable[[], float]
    tell: Callable[[PollEvent], None]


class Turn:
    """One turn of one source. `state` is what is known of the source, before it and then after it."""

    def __init__(self, source: Source, desk: Desk) -> None:
        self.source = source
        self.state = without_wrong_clock(desk.memory.begin(source.name), desk.clock())
        self.new = 0
        self.changed = 0
        self.unchanged = False
        self.fault: Fault | None = None  # of a page: the turn itself goes on
        self._desk = desk
        self._refused: set[str] = set()  # keys of what could not be stored: it is read again at the next turn
        self._textless: dict[str, tuple[Article, Waiting]] = {}
        self._late: list[Waiting] = []

    async def take(self) -> None:
        """The whole turn. Raises FeedError when the source gave nothing, or less than was asked."""
        if self.source.kind == "posts":
            await self._take_posts()
            return
        try:
            listing = await listing_of(self.source, self.state, self._desk.fetcher, self._desk.workers)
        except Refused as refused:
            self.state = structs.replace(self.state, refusal=refused.refusal)
            raise
        self.unchanged = listing.unchanged
        self.fault = listing.unread
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
            await self._read(await self._entries_in({name: files[name] for name in names}))
            if not self._refused:
                known.update({name: files[name][1] for name in names})
            self.state = structs.replace(self.state, known=dict(known), naming=NAMING)
            await self._leave_waiting()
            self._desk.memory.keep(self.source.name, self.state)
        self.state = structs.replace(self.state, known=known, naming=NAMING)
        await self._leave_waiting()

    async def _entries_in(self, files: Mapping[str, tuple[Path, str]]) -> list[Entry]:
        """The posts in files by name, each with its stamp; where there are none to be had, that is told."""
        files = {name: told for name, told in files.items() if self.state.set_aside.get(name) != told[1]}
        tasks = [Posts(os.fsencode(file), self.source.name) for file, _ in files.values()]
        answers = await self._desk.workers.read(tasks)
        for (name, (_, stamp)), answer in zip(files.items(), answers, strict=True):
            if answer.deadly:
                self._set_aside(name, name, stamp, answer.fault)
            elif answer.fault:
                self._desk.tell(ArticleSetAside(self._desk.clock(), name, answer.fault))
        return [entry for answer in answers for entry in answer.entries]

    # Which entries are wanted

    def _due_again(self) -> list[Waiting]:
        now = self._desk.clock()
        return [late for late in self.state.waiting if late.due <= now]

    async def _read_wanted(self, entries: Sequence[Entry]) -> None:
        """Reads what is new. What another source is reading at this moment is looked at again when it has."""
        listed = entries
        while entries:
            wanted, joining = self._wanted(entries, listed)
            holders = [self._desk.claims.holder_of(entry) for entry in wanted]
            entries = [entry for entry, holder in zip(wanted, holders, strict=True) if holder]
            mine = [entry for entry, holder in zip(wanted, holders, strict=True) if not holder]
            with self._desk.claims.held(mine):
                await self._store(joining)
                await self._read([*reading_order(mine)])
            if busy := {holder for holder in holders if holder}:
                await asyncio.wait(busy)

    def _wanted(self, entries: Iterable[Entry], listed: Sequence[Entry]) -> tuple[list[Entry], list[Article]]:
        """The entries to be read; and what another source brought, to be filed under this source as well."""
        wanted, joining = [], []
        known = self.state.known
        fresh = [entry for entry in entries if known.get(keys_of(entry)[0]) != stamp_of(entry)]
        for match in matched(fresh, listed, Names(self._desk.archive)):
            if match.article is None or self._is_news(match.entry, match.article):
                wanted.append(match.entry)
            elif joined := self._joined(match.entry, match.article):
                joining.append(joined)
        return wanted, joining

    def _is_news(self, entry: Entry, archived: Article) -> bool:
        """Whether the entry brings more than the archive has: a text, the whole after the flash, a later state."""
        if archived.flash != entry.flash:
            return archived.flash
        if archived.instead and keys_of(entry)[0] not in self.state.known:
            return archived.instead.is_page and self._has_forgotten(entry, archived)
        if not archived.blocks or keys_of(entry)[0] in self.state.known:
            return True
        misdated = is_misdated(entry, archived, self._desk.clock())
        if misdated or (self._brought(archived) and _is_elsewhere(entry, archived)):
            return True
        if entry.updated and archived.updated:
            return entry.updated > archived.updated
        return self.source.name in archived.sources and entry.title != archived.title

    def _brought(self, archived: Article) -> bool:
        """Whether this source was the first to list an article, so that it says where and of when it is."""
        return archived.sources[:1] == (self.source.name,)

    def _has_forgotten(self, entry: Entry, archived: Article) -> bool:
        """Whether this source brought an article whose text is missing and does not wait for it any more."""
        key = keys_of(entry)[0]
        waits = any(keys_of(late.entry)[0] == key for late in self.state.waiting)
        return self.source.name in archived.sources and not waits

    def _joined(self, entry: Entry, archived: Article) -> Article | None:
        """The archived article with this source and its address of now, None where it has them."""
        paths = tuple(path for path in (self.source.category, entry.category) if path)
        keys = tuple(dict.fromkeys((*archived.keys, *keys_of(entry))))
        url = entry.url if entry.url and self._brought(archived) else archived.url
        known = self.source.name in archived.sources and {*paths} <= {*archived.categories}
        if known and keys == archived.keys and canonical_url(url) == canonical_url(archived.url):
            return None
        return structs.replace(archived, keys=keys, sources=(self.source.name,), categories=paths, url=url)

    # Reading and storing

    async def _read(self, entries: Sequence[Entry]) -> None:
        """Entries to articles on disk, in batches; nothing that is read waits for a page that is not there yet."""
        desk = self._desk
        aside = self.state.set_aside
        wanted = [entry for entry in entries if not aside or aside.get(keys_of(entry)[0]) != stamp_of(entry)]
        texts = Texts(self.source, wanted, desk.fetcher, desk.workers, desk.clock)
        batch: list[Article] = []
        async with aclosing(texts.rows()) as rows:
            async for row in rows:
                articles = [await self._article_of(told) for told in row]
                batch += filter(None, articles)
                if len(batch) >= BATCH or not texts.ready:
                    await self._store(batch)
                    batch = []

    async def _article_of(self, told: Told) -> Article | None:
        """The article, or None when it is not to be had, or has no text yet: then it stands in `_textless`."""
        entry, article = told.entry, told.answer.article
        key = keys_of(entry)[0]
        fault = told.unfetched.fault if told.unfetched else told.answer.fault
        if article is None:
            self._set_aside(entry.title or key, key, stamp_of(entry), fault)
            return None
        if told.answer.stray and (article := await self._doubted(article, told.answer.stray)) is None:
            return None
        if article.instead and is_wall(article.instead) and needs_page(entry):
            fault = wall_met(entry).fault
        self.fault = fault or self.fault
        if article.blocks or not needs_page(entry):
            return article
        if (told.unfetched and is_final(told.unfetched)) or (article.instead and not article.instead.is_page):
            return article
        before = next((late.tries for late in self.state.waiting if keys_of(late.entry)[0] == key), 0)
        if before + 1 >= _tries_of(article, fault):
            return article
        pause = backoff(before + 1, self.source.interval, self._desk.chance())
        due = self._desk.clock() + timedelta(seconds=pause)
        self._textless[key] = (article, Waiting(entry, due, before + 1))
        return None

    async def _doubted(self, article: Article, digest: str) -> Article | None:
        """A text that fits no title: stored, and None; the article without it where others of the source share it."""
        desk = self._desk
        name = desk.archive.find(article.keys) or article.id
        sharers = sharers_of(article, name, self.state.strays.get(digest, ()), desk.archive)
        if not sharers:
            name = (await self._store([article]))[0].id
        self.state = structs.replace(self.state, strays=with_stray(self.state.strays, digest, name))
        if not sharers:
            return None
        wrong = [other for other in sharers if digest_of_stray(other) == digest]
        withdraw(desk.archive, wrong)
        self._late += waiting_for(wrong, self.source.name, desk.clock())
        return without_text(article, Instead("same"))

    def _set_aside(self, name: str, key: str, stamp: str, fault: Fault | None) -> None:
        """What ends whoever reads it is left out until its feed says something else of it."""
        aside = {**self.state.set_aside, key: stamp}
        self.state = structs.replace(self.state, set_aside=dict(list(aside.items())[-ASIDE:]))
        self._desk.memory.keep(self.source.name, self.state, at_once=True)
        if fault:
            self._desk.tell(ArticleSetAside(self._desk.clock(), name, fault))

    async def _store(self, articles: Sequence[Article]) -> list[Stored]:
        if not articles:
            return []
        stored = await self._desk.gathering.store(articles)
        for article, kept in zip(articles, stored, strict=True):
            if kept.fault:
                self.fault = kept.fault
                self._refused.update(article.keys)
            self.new += kept.new
            self.changed += kept.changed
            if kept.new or kept.changed:
                now = self._desk.clock()
                name, instead = self.source.name, article.instead
                self._desk.tell(ArticleStored(now, kept.id, name, article.title, kept.new, instead))
        return stored

    # What is remembered

    def _remember(self, listing: Listing) -> None:
        now = self._desk.clock()
        dates = [entry.published for entry in listing.entries if entry.published and entry.published <= now]
        newest = max((when for when in (self.state.newest, *dates) if when), default=None)
        self.state = structs.replace(self.state, newest=newest)
        if listing.gap:
            return  # the next turn must page back through these again, to reach what lies behind them
        known = self.state.known
        if not listing.unchanged:
            stamps = {keys_of(entry)[0]: stamp_of(entry) for entry in listing.entries}
            older = ((key, stamp) for key, stamp in known.items() if key not in stamps)
            # A date that is still to come is looked at again: until then the article has none.
            ahead = {keys_of(entry)[0] for entry in listing.entries if is_ahead(entry.published, now)}
            stamps = {key: stamp for key, stamp in stamps.items() if key not in self._refused | ahead}
            known = {**stamps, **dict(islice(older, max(0, KNOWN - len(stamps))))}
        shared = tuple(dict.fromkeys((*listing.shared, *self.state.shared)))[:SHARED]
        validators = Validators() if self._refused else listing.validators  # the same answer is wanted once more
        self.state = structs.replace(self.state, known=known, naming=NAMING, shared=shared, validators=validators)
        self.state = structs.replace(self.state, refusal=None)

    async def _leave_waiting(self) -> None:
        """Remembers the articles whose page did not load, then stores them as the feed tells them."""
        now = self._desk.clock()
        waiting = [late for late in self.state.waiting if late.due > now]
        waiting += [*(late for _, late in self._textless.values()), *self._late]
        self._late = []
        last = {keys_of(late.entry)[0]: late for late in waiting}
        self.state = structs.replace(self.state, waiting=tuple(last.values())[-WAITING:])
        if self._textless:
            self._desk.memory.keep(self.source.name, self.state, at_once=True)
            await self._store([article for article, _ in self._textless.values()])
            self._textless = {}


def _is_elsewhere(entry: Entry, archived: Article) -> bool:
    """Whether an article has moved to another path, or was given another date."""
    paths = [canonical_url(url).partition("?")[0] for url in (entry.url, archived.url)]
    moved = bool(paths[0] and paths[1]) and paths[0] != paths[1]
    dated = entry.published and archived.dated and not entry.counted
    return moved or bool(dated and entry.published != archived.published)


def _tries_of(article: Article, fault: Fault | None) -> int:
    """How often a page without the text is asked for in all."""
    if fault:
        return TRIES
    return PLAYER_TRIES if article.instead and article.instead.kind == "player" else EMPTY_TRIES
