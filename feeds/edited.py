"""Which stored articles become unread again, where the reader wants that of edited ones (`unread_when_changed`)."""

from collections.abc import Iterable
from contextlib import suppress

from feeds.archive import Stored, WritingEngine
from feeds.errors import ArchiveError


def mark_edited_unread(archive: WritingEngine, stored: Iterable[Stored]) -> None:
    """Mark those unread that were stored with an earlier text. A full disk leaves them as they are."""
    changed = [one.id for one in stored if one.changed]
    edited = [article.id for article in archive.get_many(changed) if article.earlier]
    if edited:
        with suppress(ArchiveError):  # the articles themselves are on disk
            archive.set_flags(edited, read=False)
