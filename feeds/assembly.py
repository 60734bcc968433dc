"""Entry + Reading → Article: combine what the feed and the page say, and add the plan that the text describes. Pure.

The poller, the import and the command line all use this, so that they make the same article.
"""

from datetime import datetime, timedelta

from msgspec import structs

from feeds.answers.walls import instead_of_article
from feeds.attachments import joined_attachments
from feeds.identity import canonical_url, docid_of, id_of, keys_of
from feeds.model import Article, Entry, Instead, Plan, Reading
from feeds.posts import KeptPost

_AHEAD = timedelta(days=1)  # a later time is a mistake, and would be first in every list until then
_TITLE = 60  # code points of the text that replace a missing title


def article_of(entry: Entry, reading: Reading, seen: datetime, filed: tuple[str, ...] = ()) -> Article:
    """The article, with its plan. `seen` is now; `filed` is the category of its source."""
    entry_docid = docid_of(entry.docid, entry.url)
    page_docid = docid_of(reading.docid, reading.url)
    keys = keys_of(entry)
    if page_docid and not entry_docid and (not entry.url or canonical_url(entry.url) in keys):
        # The page belongs to this entry alone. Its key comes after the entry's own keys, because the next poll knows
        # only those, and the first key makes the id.
        keys = (*keys, page_docid)
    published = _believable(entry.published, seen) or _believable(reading.published, seen)
    article = Article(
        id=id_of(keys[0]),
        keys=keys,
        title=_title_of(entry, reading),
        published=published or seen,
        dated=published is not None,
        seen=seen,
        url=entry.url or reading.url,
        guid=entry.guid,
        sources=(entry.source,) if entry.source else (),
        categories=tuple(dict.fromkeys(path for path in (filed, entry.category) if path)),
        origin=entry.origin or reading.origin,
        author=entry.author or reading.author,
        editor=reading.editor,
        keywords=tuple(dict.fromkeys((*entry.keywords, *reading.keywords))),
        updated=_believable(entry.updated, seen) or _believable(reading.updated, seen),
        summary=entry.summary,
        headimg=entry.headimg or reading.headimg,
        thumbnail=entry.thumbnail,
        flash=entry.flash,
        # Leave out a caption that repeats the article's title.
        blocks=tuple(
            block for block in reading.blocks if block.kind != "caption" or block.text != f"〔图：{entry.title}〕"
        ),
        instead=None if reading.blocks else reading.instead,
        attachments=joined_attachments(entry.attachments, reading.attachments),
    )
    return structs.replace(article, plan=_plan_of(article))


def article_of_post(kept: KeptPost, seen: datetime, source: str = "") -> Article:
    """The article of a post that zhengwen wrote, with the plan in its text. `seen` is now; `source` reads the file."""
    article = kept.article
    believed = _believable(article.published, seen)
    article = structs.replace(
        article,
        sources=article.sources or ((source,) if source else ()),
        published=believed or seen,
        dated=article.dated and believed is not None,
        updated=_believable(article.updated, seen),
        seen=min(article.seen, seen),
    )
    return structs.replace(article, plan=_plan_of(article))


def entry_of(article: Article) -> Entry:
    """The entry of an archived article, as far as it is still known, so that its page can be fetched again."""
    return Entry(
        source=article.sources[0] if article.sources else "",
        title=article.title,
        url=article.url,
        guid=article.guid,
        docid=next((key for key in article.keys if key.startswith("comos:")), ""),
        author=article.author,
        origin=article.origin,
        keywords=article.keywords,
        published=article.published if article.dated else None,
        updated=article.updated,
        summary=article.summary,
        headimg=article.headimg,
        thumbnail=article.thumbnail,
        keys=article.keys,
        attachments=article.attachments,
    )


def without_text(article: Article, instead: Instead) -> Article:
    """The article without a wrong text: with its last right revision, or without a text.

    The wrong text is not kept as a revision.
    """
    earlier = tuple(
        past
        for past in article.earlier
        if past.blocks != article.blocks and not instead_of_article(structs.replace(article, blocks=past.blocks))
    )
    if not earlier:
        return structs.replace(article, blocks=(), plan=Plan(), earlier=(), instead=instead)
    right = structs.replace(article, title=earlier[-1].title, blocks=earlier[-1].blocks, earlier=earlier[:-1])
    return structs.replace(right, plan=_plan_of(right), instead=None)


def with_earlier_plans(article: Article) -> Article:
    """The article with the plan of each earlier text, also of one that was stored before plans were kept with them."""
    earlier = tuple(
        past
        if past.plan is not None
        else structs.replace(past, plan=_plan_of(structs.replace(article, title=past.title, blocks=past.blocks)))
        for past in article.earlier
    )
    return structs.replace(article, earlier=earlier)


def _plan_of(article: Article) -> Plan:
    from feeds.plan import plan_of  # only a process that reads texts needs the plan room: 80 ms to import

    return plan_of(article)


def _believable(when: datetime | None, seen: datetime) -> datetime | None:
    return when if when and when <= seen + _AHEAD else None


def _title_of(entry: Entry, reading: Reading) -> str:
    """The feed's title, or the page's if that is missing or cut. Otherwise the text's beginning, or the address."""
    title = " ".join(entry.title.split())
    for end in ("…", "..."):
        if title.endswith(end) and reading.title.startswith(title.rstrip(".…")):
            title = reading.title
    beginning = next((block.text[:_TITLE] for block in reading.blocks if block.text.strip()), "")
    return title or reading.title or beginning or entry.url or entry.guid
