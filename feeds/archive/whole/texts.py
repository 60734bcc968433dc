"""Stored texts, looked through day by day and taken away where they are wrong.

It stands beside the archive's door, because only the poller's search for wrong texts asks for it.
"""

from collections.abc import Sequence
from datetime import date

from feeds.archive import Archive
from feeds.model import Article


def set_texts(archive: Archive, articles: Sequence[Article]) -> None:
    """Give stored articles the title, text, plan, earlier texts and `instead` of these; on disk when this returns.

    Unlike `Archive.store` it takes a text away. What is not in the archive is passed over. ArchiveError.
    """
    _, _, writer = archive.parts
    writer.set_texts(articles)


def days_of(archive: Archive) -> list[date]:
    """Every day that has articles, the latest first."""
    _, shards, _ = archive.parts
    return shards.days()


def articles_of(archive: Archive, day: date) -> list[Article]:
    """A day's articles, in the order of its file; none where it is damaged, it is then set aside."""
    _, _, writer = archive.parts
    return list(writer.articles_of(day))
