"""Articles whose page is asked for again because a reader says so: whatever text they have, now."""

from collections.abc import Mapping, Sequence
from contextlib import aclosing
from datetime import timedelta

from msgspec import structs

from feeds.addresses import needs_page
from feeds.answers.walls import digest_of_stray, instead_of_article
from feeds.archive import Archive
from feeds.archive.whole.texts import set_texts
from feeds.assembly import entry_of, without_text
from feeds.errors import ArchiveError, FeedError, phrase
from feeds.model import Article, ArticleFetched, ArticleStored, Fault, Source
from feeds.poller.doubts import waiting_for, withdraw
from feeds.poller.texts import Texts, Told, is_wall, wall_met
from feeds.poller.turn import Desk
from feeds.schedule import backoff

_NO_ADDRESS = phrase("this article has no address to ask")


async def fetch_again(names: Sequence[str], sources: Mapping[str, Source], desk: Desk) -> None:
    """Ask for the pages of these articles (ids), and tell of each what came."""
    wanted: dict[str, list[Article]] = {}
    for name in dict.fromkeys(names):
        try:
            article = desk.archive.get(name)
        except ArchiveError as error:
            desk.tell(ArticleFetched(desk.clock(), name, "", fault=error.fault))
            continue
        if needs_page(entry_of(article)):
            wanted.setdefault(next(iter(article.sources), ""), []).append(article)
        else:
            desk.tell(ArticleFetched(desk.clock(), name, article.title, fault=Fault(_NO_ADDRESS)))
    for name, articles in wanted.items():
        try:
            await _fetch(sources.get(name) or Source(name=name, kind="rss"), articles, desk, waits=name in sources)
        except FeedError as error:  # no process can be started
            for article in articles:
                desk.tell(ArticleFetched(desk.clock(), article.id, article.title, fault=error.fault))


async def _fetch(source: Source, articles: Sequence[Article], desk: Desk, *, waits: bool) -> None:
    """Ask for the pages of one source's articles; where a wall is still there, its turns ask on if it `waits`."""
    entries = [structs.replace(entry_of(article), source=source.name) for article in articles]
    known = {id(entry): article for entry, article in zip(entries, articles, strict=True)}
    texts = Texts(structs.replace(source, category=()), entries, desk.fetcher, desk.workers, desk.clock)
    async with aclosing(texts.rows()) as rows:
        async for row in rows:
            for told in row:
                article = known[id(told.entry)]
                try:
                    event = await _take(told, article, source, desk, waits=waits)
                except ArchiveError as error:
                    event = ArticleFetched(desk.clock(), article.id, article.title, fault=error.fault)
                desk.tell(event)


async def _take(told: Told, before: Article, source: Source, desk: Desk, *, waits: bool) -> ArticleFetched:
    """Keep what came for an article; the event that tells of it."""
    found, entry = told.answer.article, told.entry
    fault = told.unfetched.fault if told.unfetched else told.answer.fault
    if found is None or not (found.blocks or found.instead):
        return ArticleFetched(desk.clock(), before.id, before.title, instead=before.instead, fault=fault)
    # Under the names that the archive knows it by, whatever the entry's own are.
    found = structs.replace(found, id=before.id, keys=before.keys, sources=before.sources[:1], categories=())
    _take_wrong_away(before, found, desk.archive)
    changed = (await desk.gathering.store([found]))[0].changed
    if changed:
        desk.tell(ArticleStored(desk.clock(), before.id, source.name, found.title, new=False))
    instead = found.instead
    if instead and instead.is_page and waits and not desk.archive.get(before.id).blocks:
        due = desk.clock() + timedelta(seconds=backoff(1, source.interval, desk.chance()))
        desk.memory.wait(source.name, waiting_for([before], source.name, due))
    if instead and is_wall(instead):
        fault = wall_met(entry).fault
    return ArticleFetched(desk.clock(), before.id, found.title, changed, instead, fault)


def _take_wrong_away(before: Article, found: Article, archive: Archive) -> None:
    """A text that is a wall's goes; so does one that fits no title when one that does comes in its place."""
    if instead := instead_of_article(before):
        set_texts(archive, [without_text(before, instead)])
    elif found.blocks and digest_of_stray(before) and not digest_of_stray(found):
        withdraw(archive, [before])
