"""Fetching articles again at a reader's command, whether they have a text or not."""

from collections.abc import Mapping, Sequence
from contextlib import aclosing
from datetime import timedelta

from msgspec import structs

from feeds.answers.walls import digest_of_stray, instead_of_article
from feeds.archive import WritingEngine
from feeds.assembly import entry_of, without_text
from feeds.errors import ArchiveError, FeedError, phrase
from feeds.events import ArticleFetched, ArticleStored
from feeds.model import Article, Fault, Source
from feeds.pages import needs_page
from feeds.poller.batches import ArrivedArticle
from feeds.poller.source_poll import PollContext
from feeds.poller.texts import ReadEntry, TextReader, is_wall, wall_error
from feeds.poller.wrong_texts import waiting_entries_of, withdraw_texts
from feeds.schedule import backoff

_NO_ADDRESS = phrase("this article has no address to ask")


async def fetch_again(names: Sequence[str], sources: Mapping[str, Source], context: PollContext) -> None:
    """Fetch the pages of these articles (ids), and emit an event for each."""
    wanted: dict[str, list[Article]] = {}
    for name in dict.fromkeys(names):
        try:
            article = context.archive.get(name)
        except ArchiveError as error:
            context.emit(ArticleFetched(context.clock(), name, "", fault=error.fault))
            continue
        if needs_page(entry_of(article)):
            wanted.setdefault(next(iter(article.sources), ""), []).append(article)
        else:
            context.emit(ArticleFetched(context.clock(), name, article.title, fault=Fault(_NO_ADDRESS)))
    for name, articles in wanted.items():
        try:
            await _fetch(sources.get(name) or Source(name=name, kind="rss"), articles, context, retry=name in sources)
        except FeedError as error:  # no worker can be started
            for article in articles:
                context.emit(ArticleFetched(context.clock(), article.id, article.title, fault=error.fault))


async def _fetch(source: Source, articles: Sequence[Article], context: PollContext, *, retry: bool) -> None:
    """Fetch the pages of one source's articles. If a wall comes and `retry` is set, the source's polls try again."""
    entries = [structs.replace(entry_of(article), source=source.name) for article in articles]
    known = {id(entry): article for entry, article in zip(entries, articles, strict=True)}
    asked = structs.replace(source, category=(), page=None)
    texts = TextReader(asked, entries, context.fetcher, context.workers, context.clock)
    async with aclosing(texts.rows()) as rows:
        async for row in rows:
            for read in row:
                article = known[id(read.entry)]
                try:
                    event = await _store(read, article, source, context, retry=retry)
                except ArchiveError as error:
                    event = ArticleFetched(context.clock(), article.id, article.title, fault=error.fault)
                context.emit(event)


async def _store(
    read: ReadEntry, before: Article, source: Source, context: PollContext, *, retry: bool
) -> ArticleFetched:
    """Store what was fetched for an article. Return the event that reports it."""
    found, entry = read.answer.article, read.entry
    fault = read.page_error.fault if read.page_error else read.answer.fault
    if found is None or not (found.blocks or found.instead):
        return ArticleFetched(context.clock(), before.id, before.title, instead=before.instead, fault=fault)
    # The archive's own keys of the article, not the keys of the entry.
    found = structs.replace(found, id=before.id, keys=before.keys, sources=before.sources[:1], categories=())
    _remove_wrong_text(before, found, context.archive)
    changed = (await context.batches.store([ArrivedArticle(found)]))[0].changed
    if changed:
        context.emit(ArticleStored(context.clock(), before.id, source.name, found.title, new=False))
    instead = found.instead
    if instead and instead.is_page and retry and not context.archive.get(before.id).blocks:
        due = context.clock() + timedelta(seconds=backoff(1, source.interval, context.chance()))
        context.states.add_waiting(source.name, waiting_entries_of([before], source.name, due))
    if instead and is_wall(instead):
        fault = wall_error(entry).fault
    return ArticleFetched(context.clock(), before.id, found.title, changed, instead, fault)


def _remove_wrong_text(before: Article, found: Article, archive: WritingEngine) -> None:
    """Remove the stored text if it is a wall, or if it does not fit the title and the new text does."""
    if instead := instead_of_article(before):
        archive.set_texts([without_text(before, instead)])
    elif found.blocks and digest_of_stray(before) and not digest_of_stray(found):
        withdraw_texts(archive, [before])
