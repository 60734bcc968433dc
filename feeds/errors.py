"""Every expected failure, in one tree; and why the system refuses a file, a folder or a program, in words.

    FeedError
    ├── ConfigError        config.toml: which file, which key, what was expected
    ├── FetchError         there is no usable answer
    │   ├── Unreachable    no connection, no such host, a connection that broke
    │   ├── TimedOut       the whole-request deadline passed
    │   ├── WallMet        a page that asks the reader for something and does not give the text
    │   ├── TooLarge       more bytes than the cap, after decompression
    │   ├── BadAddress     not http(s), no host, or redirected too often
    │   └── BadStatus      an HTTP error; carries `status` and `retry_after` (seconds or None)
    ├── ParseError         the answer is not what the source's kind says
    │   └── NoText         the answer is a file or a wall instead of an article
    ├── ArchiveError
    │   ├── ArchiveLocked  another process writes this archive
    │   ├── ArchiveGone    its folder does not exist any more
    │   ├── ArchiveChanged it must be opened again, because its files changed after it was opened
    │   ├── DiskRefused    the disk is full, read only or faulty, or another process held the index for too long
    │   ├── DayUnusable    a day's file cannot be read at present; it stays where it is
    │   ├── IndexDamaged   the index, which is derived, has a page that cannot be read
    │   ├── ShardDamaged   a day's file does not match its checksum or is not JSON; it was set aside
    │   ├── NoSuchArticle  no article has that id
    │   └── AmbiguousId    several ids begin with what was given
    └── QueryError         the filter language: `position` says where (code points)

A failure has a template and values instead of a finished sentence, because feeds does not know the reader's language.
The template is a key of the catalogue. tui translates it and fills in the values.
"""

import errno
from typing import Self

from feeds.controls import excerpt
from feeds.model import Fault, Instead


def phrase(message: str) -> str:
    """The message, unchanged. The call shows that it is a key of the catalogue which fills a place of a template."""
    return message


_REASONS = {
    errno.ENOSPC: phrase("no space is left on the disk"),
    errno.EDQUOT: phrase("no space is left on the disk"),
    errno.EROFS: phrase("the file system is read-only"),
    errno.EACCES: phrase("permission is denied"),
    errno.EPERM: phrase("permission is denied"),
    errno.EIO: phrase("the disk reports an error"),
    errno.ELOOP: phrase("its links lead in a circle"),
    errno.EISDIR: phrase("it is a folder"),
    errno.ENOTDIR: phrase("a file stands where a folder should be"),
    errno.EEXIST: phrase("a file stands where a folder should be"),
    errno.ENOENT: phrase("it is not there"),
    errno.ENAMETOOLONG: phrase("its name is too long"),
    errno.EFBIG: phrase("the file is too large"),
    errno.ENOEXEC: phrase("it is no program"),
    errno.EMFILE: phrase("too many files are open"),
    errno.ENFILE: phrase("too many files are open"),
}


def reason_of(error: OSError | ValueError) -> Fault:
    """The reason of a system's error; where there are no words for it, the system's own.

    Python raises ValueError for a name that no file can have.
    """
    number, own = (error.errno, error.strerror) if isinstance(error, OSError) else (None, None)
    if words := _REASONS.get(number or 0):
        return Fault(words)
    return Fault("{error}", {"error": excerpt(own or str(error)).strip() or type(error).__name__})


class FeedError(Exception):
    """An expected failure. `str()` is its English sentence; `fault` is the same as a value."""

    def __init__(self, template: str, **values: str | int | Fault) -> None:
        super().__init__(template, values)
        self.fault = Fault(template, values)

    @classmethod
    def of(cls, fault: Fault) -> Self:
        """The failure for a fault."""
        return cls(fault.template, **fault.values)

    def __str__(self) -> str:
        return str(self.fault)


class ConfigError(FeedError):
    """config.toml cannot be used."""


class FetchError(FeedError):
    """No usable answer came."""


class Unreachable(FetchError):
    """The host does not answer, or the connection broke."""


class TimedOut(FetchError):
    """The whole request took longer than its deadline."""


class WallMet(FetchError):
    """The page is a check, a login or an error instead of the article."""


class TooLarge(FetchError):
    """The body is larger than the limit."""


class BadAddress(FetchError):
    """The address, or an address that it redirects to, is not one that we follow."""


class BadStatus(FetchError):
    """The server refused. `retry_after` is in seconds, or None if the server gave none."""

    def __init__(self, template: str, *, status: int, retry_after: float | None = None, **values: str | int) -> None:
        super().__init__(template, status=status, **values)
        self.status = status
        self.retry_after = retry_after


class ParseError(FeedError):
    """The answer is not what the source's kind says.

    `costly` says that reading takes long, so the same answer must not be read again.
    """

    costly = False

    def as_costly(self) -> Self:
        """Set `costly`. Return the failure itself."""
        self.costly = True
        return self


class NoText(ParseError):
    """The answer is a file or a wall, not an article. `instead` says which."""

    def __init__(self, name: str, instead: Instead) -> None:
        super().__init__("{name} holds no article text", name=name)
        self.name = name
        self.instead = instead


class ArchiveError(FeedError):
    """The archive cannot do this."""


class ArchiveLocked(ArchiveError):
    """Another process writes this archive."""


class ArchiveGone(ArchiveError):
    """The archive's folder was removed, or its disk unmounted. No new archive is made in its place."""

    @classmethod
    def at(cls, path: str) -> Self:
        """The failure for the archive in a folder."""
        return cls(phrase("the archive in {path} is no longer there: it was removed or unmounted"), path=path)


class ArchiveChanged(ArchiveError):
    """An archive that was opened read-only is out of date, or can be written to now. Open it again."""


class DiskRefused(ArchiveError):
    """The disk or another process keeps SQLite from reading or writing. The index itself may be sound."""


class DayUnusable(ArchiveError):
    """A day's file is of a later version, or cannot be opened. It stays where it is; other days are not touched."""


class IndexDamaged(ArchiveError):
    """The index cannot be trusted. The next process that opens the archive rebuilds it from the day files."""


class ShardDamaged(ArchiveError):
    """A day's file cannot be trusted. It was set aside, and is never overwritten."""


class NoSuchArticle(ArchiveError):
    """No article has that id."""


class NoSuchVersion(NoSuchArticle):
    """An article has no version of this number."""


class AmbiguousId(ArchiveError):
    """Several ids begin with what was given."""


class QueryError(FeedError):
    """The filter cannot be understood. `position` counts code points from 0."""

    def __init__(self, template: str, *, position: int, **values: str | int) -> None:
        super().__init__(template, position=position, **values)
        self.position = position
