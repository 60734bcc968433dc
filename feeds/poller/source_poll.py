"""One poll of one source: list → choose → read → store, and the state to keep.

The state is kept after the articles are stored. If the poller dies during a poll, the next run repeats it. Only an
article whose page did not load is kept before it is stored, because the feed does not list it as new a second time.
"""

import asyncio
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import aclosing
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from msgspec import Struct, structs

from feeds.answers.walls import digest_of_stray
from feeds.archive import Stored, WritingEngine
from feeds.assembly import without_text
from feeds.events import ArticleSetAside, ArticleStored, PollEvent
from feeds.fetch import Fetcher
from feeds.identity import canonical_url, keys_of
from feeds.kinds import kind_of
from feeds.model import Article, Entry, Fault, Instead, Source, Validators
from feeds.pages import needs_page
from feeds.poller.batches import ArrivedArticle, BatchStore
from feeds.poller.claims import Claims
from feeds.poller.clocks import is_ahead, is_misdated
from feeds.poller.matching import matches_of
from feeds.poller.source_list import Refused, SourceList, fetch_list, files_of, reading_order, stamp_of
from feeds.poller.states import NAMING, WAITING, StateStore
from feeds.poller.texts import ReadEntry, TextReader, is_final, is_wall, wall_error
from feeds.poller.wrong_texts import sharers_of, waiting_entries_of, with_stray, withdraw_texts
from feeds.schedule import WaitingArticle, backoff, without_wrong_clock
from feeds.workers.pool import WorkerPool
from feeds.workers.tasks import PostsTask

BATCH = 50  # articles stored together; each day's file is written once for them
KNOWN = 400  # entries kept for a source, or all that it lists at once
SHARED = 1000  # keys kept for a source that several entries have
TRIES = 12  # requests for a page that does not load; with the pauses most of a day
ASIDE = 200  # articles set aside for a source
EMPTY_TRIES = 6  # requests for a page that loads and has no text; with the pauses two hours
PLAYER_TRIES = 3  # requests for a page that has a film and no text


class PollContext(Struct, frozen=True):
    """The objects that the polls of all sources share."""

    archive: WritingEngine
    batches: BatchStore
    fetcher: Fetcher
    workers: WorkerPool
    states: StateStore
    claims: Claims
    clock: Callable[[], datetime]
    chance: Callable[[], float]
    emit: Callable[[PollEvent], None]


class SourcePoll:
    """One poll of one source. `state` is the source's state before `run`, and after it."""

    def __init__(self, source: Source, context: PollContext) -> None:
        self.source = source
        self.state = without_wrong_clock(context.states.begin(source.name), context.clock())
        self.new = 0
        self.changed = 0
        self.unchanged = False
        # Faults of one article, of the list and of one page, with which the poll goes on.
        self._unkept: Fault | None = None
        self._unread: Fault | None = None
        self._pageless: Fault | None = None
        self._context = context
        self._unstored: set[str] = set()  # keys of articles that could not be stored; the next poll reads them again
        self._textless: dict[str, tuple[ArrivedArticle, WaitingArticle]] = {}
        self._wrong: list[WaitingArticle] = []

    @property
    def fault(self) -> Fault | None:
        """The gravest fault: an article that was not stored, entries that are missing, a page that did not load."""
        return self._unkept or self._unread or self._pageless

    async def run(self) -> None:
        """Poll the source. Raises FeedError if the source gives nothing, or less than was requested."""
        if kind_of(self.source.kind).has_files:
            await self._read_posts()
            return
        try:
            listing = await fetch_list(self.source, self.state, self._context.fetcher, self._context.workers)
        except Refused as refused:
            self.state = structs.replace(self.state, refusal=refused.refusal)
            raise
        self.unchanged = listing.unchanged
        self._unread = listing.unread
        await self._read([waiting.entry for waiting in self._due_waiting()])
        await self._read_wanted(listing.entries)
        self._update_state(listing)
        await self._store_textless()
        if listing.gap:
            raise listing.gap

    async def _read_posts(self) -> None:
        files = await asyncio.to_thread(files_of, Path(self.source.url))
        known = {name: stamp for name, stamp in self.state.known.items() if name in files}
        changed = [name for name, (_, stamp) in files.items() if known.get(name) != stamp]
        self.unchanged = not changed
        await self._read([waiting.entry for waiting in self._due_waiting()])
        for start in range(0, len(changed), BATCH):
            names = changed[start : start + BATCH]
            await self._read(await self._entries_in({name: files[name] for name in names}))
            if not self._unstored:
                known.update({name: files[name][1] for name in names})
            self.state = structs.replace(self.state, known=dict(known), naming=NAMING)
            await self._store_textless()
            self._context.states.keep(self.source.name, self.state)
        self.state = structs.replace(self.state, known=known, naming=NAMING)
        await self._store_textless()

    async def _entries_in(self, files: Mapping[str, tuple[Path, str]]) -> list[Entry]:
        """Read the posts in files by name, each with its stamp. Emit an event for a file that cannot be read."""
        files = {
            name: (file, stamp) for name, (file, stamp) in files.items() if self.state.set_aside.get(name) != stamp
        }
        tasks = [PostsTask(os.fsencode(file), self.source.name) for file, _ in files.values()]
        answers = await self._context.workers.read(tasks)
        for (name, (_, stamp)), answer in zip(files.items(), answers, strict=True):
            if answer.deadly:
                self._set_aside(name, name, stamp, answer.fault)
            elif answer.fault:
                self._context.emit(ArticleSetAside(self._context.clock(), name, answer.fault))
        return [entry for answer in answers for entry in answer.entries]

    # Which entries are read

    def _due_waiting(self) -> list[WaitingArticle]:
        now = self._context.clock()
        return [waiting for waiting in self.state.waiting if waiting.due <= now]

    async def _read_wanted(self, entries: Sequence[Entry]) -> None:
        """Read what is new. Wait for entries that another source is reading now, and then check them again."""
        listed = entries
        while entries:
            wanted, refiled = self._choose_wanted(entries, listed)
            holders = [self._context.claims.holder_of(entry) for entry in wanted]
            entries = [entry for entry, holder in zip(wanted, holders, strict=True) if holder]
            mine = [entry for entry, holder in zip(wanted, holders, strict=True) if not holder]
            with self._context.claims.hold(mine):
                await self._store([ArrivedArticle(article) for article in refiled])
                await self._read([*reading_order(mine)])
            if busy := {holder for holder in holders if holder}:
                await asyncio.wait(busy)

    def _choose_wanted(self, entries: Iterable[Entry], listed: Sequence[Entry]) -> tuple[list[Entry], list[Article]]:
        """The entries to read, and archived articles of other sources that now belong to this source too."""
        wanted, refiled = [], []
        known = self.state.known
        fresh = [entry for entry in entries if known.get(keys_of(entry)[0]) != stamp_of(entry)]
        for match in matches_of(fresh, listed, self._context.archive):
            if match.article is None or self._is_news(match.entry, match.article):
                wanted.append(match.entry)
            elif article := self._refiled_article(match.entry, match.article):
                refiled.append(article)
        return wanted, refiled

    def _is_news(self, entry: Entry, archived: Article) -> bool:
        """Whether the entry gives more than the archive has: a text, the article after a flash, a later revision."""
        if archived.flash != entry.flash:
            return archived.flash
        if archived.instead and keys_of(entry)[0] not in self.state.known:
            return archived.instead.is_page and self._has_given_up(entry, archived)
        if not archived.blocks or keys_of(entry)[0] in self.state.known:
            return True
        misdated = is_misdated(entry, archived, self._context.clock())
        if misdated or (self._listed_first(archived) and _is_elsewhere(entry, archived)):
            return True
        if entry.updated and archived.updated:
            return entry.updated > archived.updated
        return self.source.name in archived.sources and entry.title != archived.title

    def _listed_first(self, archived: Article) -> bool:
        """Whether this source listed the article first. Its address and date then apply."""
        return archived.sources[:1] == (self.source.name,)

    def _has_given_up(self, entry: Entry, archived: Article) -> bool:
        """Whether this source listed an article without a text and no longer waits for its page."""
        key = keys_of(entry)[0]
        waits = any(keys_of(waiting.entry)[0] == key for waiting in self.state.waiting)
        return self.source.name in archived.sources and not waits

    def _refiled_article(self, entry: Entry, archived: Article) -> Article | None:
        """The archived article with this source and its present address, or None if it has them already."""
        paths = tuple(path for path in (self.source.category, entry.category) if path)
        keys = tuple(dict.fromkeys((*archived.keys, *keys_of(entry))))
        url = entry.url if entry.url and self._listed_first(archived) else archived.url
        known = self.source.name in archived.sources and {*paths} <= {*archived.categories}
        if known and keys == archived.keys and canonical_url(url) == canonical_url(archived.url):
            return None
        return structs.replace(archived, keys=keys, sources=(self.source.name,), categories=paths, url=url)

    # Reading and storing

    async def _read(self, entries: Sequence[Entry]) -> None:
        """Read entries and store them in batches. An article that is read does not wait for a page of another."""
        context = self._context
        aside = self.state.set_aside
        wanted = [entry for entry in entries if not aside or aside.get(keys_of(entry)[0]) != stamp_of(entry)]
        texts = TextReader(self.source, wanted, context.fetcher, context.workers, context.clock)
        batch: list[ArrivedArticle] = []
        async with aclosing(texts.rows()) as rows:
            async for row in rows:
                taken = [await self._take_article(read) for read in row]
                batch += filter(None, taken)
                if len(batch) >= BATCH or not texts.ready:
                    await self._store(batch)
                    batch = []

    async def _take_article(self, read: ReadEntry) -> ArrivedArticle | None:
        """The article to store now. None if it cannot be read, or has no text yet: then it goes to `_textless`."""
        entry, article = read.entry, read.answer.article
        key = keys_of(entry)[0]
        fault = read.page_error.fault if read.page_error else read.answer.fault
        if article is None:
            self._set_aside(entry.title or key, key, stamp_of(entry), fault)
            return None
        arrived = ArrivedArticle(article, read.answer.ready)
        if read.answer.stray:
            article = await self._check_stray(arrived, read.answer.stray)
            if article is None:
                return None
            arrived = ArrivedArticle(article)
        asked = needs_page(entry, page=self.source.page)
        if article.instead and is_wall(article.instead) and asked:
            fault = wall_error(entry).fault
        self._pageless = fault or self._pageless
        if article.blocks or not asked:
            return arrived
        if (read.page_error and is_final(read.page_error)) or (article.instead and not article.instead.is_page):
            return arrived
        before = next((waiting.tries for waiting in self.state.waiting if keys_of(waiting.entry)[0] == key), 0)
        if before + 1 >= _tries_of(article, fault):
            return arrived
        pause = backoff(before + 1, self.source.interval, self._context.chance())
        due = self._context.clock() + timedelta(seconds=pause)
        self._textless[key] = (arrived, WaitingArticle(entry, due, before + 1))
        return None

    async def _check_stray(self, arrived: ArrivedArticle, digest: str) -> Article | None:
        """Handle a text that does not fit its title.

        If other articles of the source share the text, it is wrong: return the article without it. Otherwise store
        the article and return None.
        """
        context, article = self._context, arrived.article
        name = context.archive.find(article.keys) or article.id
        sharers = sharers_of(article, name, self.state.strays.get(digest, ()), context.archive)
        if not sharers:
            name = (await self._store([arrived]))[0].id
        self.state = structs.replace(self.state, strays=with_stray(self.state.strays, digest, name))
        if not sharers:
            return None
        wrong = [other for other in sharers if digest_of_stray(other) == digest]
        withdraw_texts(context.archive, wrong)
        self._wrong += waiting_entries_of(wrong, self.source.name, context.clock())
        return without_text(article, Instead("same"))

    def _set_aside(self, name: str, key: str, stamp: str, fault: Fault | None) -> None:
        """Remember an entry that kills the worker. Skip it until its stamp changes."""
        aside = {**self.state.set_aside, key: stamp}
        self.state = structs.replace(self.state, set_aside=dict(list(aside.items())[-ASIDE:]))
        self._context.states.keep(self.source.name, self.state, at_once=True)
        if fault:
            self._context.emit(ArticleSetAside(self._context.clock(), name, fault))

    async def _store(self, arrived: Sequence[ArrivedArticle]) -> list[Stored]:
        if not arrived:
            return []
        stored = await self._context.batches.store(arrived)
        for article, kept in zip((one.article for one in arrived), stored, strict=True):
            if kept.fault:
                self._unkept = kept.fault
                self._unstored.update(article.keys)
            self.new += kept.new
            self.changed += kept.changed
            if kept.new or kept.changed:
                now = self._context.clock()
                name, instead = self.source.name, article.instead
                self._context.emit(ArticleStored(now, kept.id, name, article.title, kept.new, instead))
        return stored

    # The state to keep

    def _update_state(self, listing: SourceList) -> None:
        now = self._context.clock()
        dates = [entry.published for entry in listing.entries if entry.published and entry.published <= now]
        newest = max((when for when in (self.state.newest, *dates) if when), default=None)
        self.state = structs.replace(self.state, newest=newest)
        if listing.gap:
            return  # the next poll must page through these entries again to reach the older ones
        known = self.state.known
        if not listing.unchanged:
            stamps = {keys_of(entry)[0]: stamp_of(entry) for entry in listing.entries}
            older = ((key, stamp) for key, stamp in known.items() if key not in stamps)
            # An entry with a date in the future is read again; until then the article has no date.
            ahead = {keys_of(entry)[0] for entry in listing.entries if is_ahead(entry.published, now)}
            stamps = {key: stamp for key, stamp in stamps.items() if key not in self._unstored | ahead}
            known = {**stamps, **dict(islice(older, max(0, KNOWN - len(stamps))))}
        shared = tuple(dict.fromkeys((*listing.shared, *self.state.shared)))[:SHARED]
        validators = Validators() if self._unstored else listing.validators  # the next poll needs the same answer again
        self.state = structs.replace(self.state, known=known, naming=NAMING, shared=shared, validators=validators)
        self.state = structs.replace(self.state, refusal=None)

    async def _store_textless(self) -> None:
        """Keep the articles whose page did not load in the state, then store them as the feed describes them."""
        now = self._context.clock()
        waiting = [one for one in self.state.waiting if one.due > now]
        waiting += [*(one for _, one in self._textless.values()), *self._wrong]
        self._wrong = []
        last = {keys_of(one.entry)[0]: one for one in waiting}
        self.state = structs.replace(self.state, waiting=tuple(last.values())[-WAITING:])
        if self._textless:
            self._context.states.keep(self.source.name, self.state, at_once=True)
            await self._store([arrived for arrived, _ in self._textless.values()])
            self._textless = {}


def _is_elsewhere(entry: Entry, archived: Article) -> bool:
    """Whether the article moved to another path, or has another date now."""
    paths = [canonical_url(url).partition("?")[0] for url in (entry.url, archived.url)]
    moved = bool(paths[0] and paths[1]) and paths[0] != paths[1]
    dated = entry.published and archived.dated and not entry.counted
    return moved or bool(dated and entry.published != archived.published)


def _tries_of(article: Article, fault: Fault | None) -> int:
    """The number of requests for a page without a text, in all."""
    if fault:
        return TRIES
    return PLAYER_TRIES if article.instead and article.instead.kind == "player" else EMPTY_TRIES
