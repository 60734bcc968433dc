"""Finds documents of an archive by a title as somebody types it."""

from collections.abc import Iterator
from datetime import date

from feeds.archive import Engine
from feeds.documents import JoinedDocument, printed_core, title_key
from feeds.model import Article
from feeds.query import Query

_MOST = 60  # articles that are read, the newest first


def articles_naming(archive: Engine, title: str, today: date) -> Iterator[Article]:
    """The newest articles that print the core of a title."""
    naming = Query(today=today).with_term("text", printed_core(title))
    return archive.get_many([row.id for row in archive.listing(naming).window(0, _MOST)])


def documents_named(archive: Engine, title: str, today: date) -> list[JoinedDocument]:
    """The documents that have this title, with or without what changes from article to article.

    Years in brackets count if the title has some. The one that was named last comes first.
    """
    wanted = title_key(title)
    found: dict[str, JoinedDocument] = {}
    for article in articles_naming(archive, title, today):
        for key in archive.document_of(article.id):
            if key not in found and (document := archive.document(key)) is not None:
                keys = [member.mention.key for member in document.members]
                years = {one.years for one in keys if one.years}
                if any(one.key == wanted.key for one in keys) and (
                    not wanted.years or not years or wanted.years in years
                ):
                    found[key] = document
    return list(found.values())
