"""Every expected failure, in one tree.

    FeedError
    ├── ConfigError        config.toml: which file, which key, what was expected
    ├── FetchError         no usable answer
    │   ├── Unreachable    no connection, no such host, a connection that broke
    │   ├── TimedOut       the whole-request deadline passed
    │   ├── WallMet        a page that asks for something instead of giving the text
    │   ├── TooLarge       more bytes than the cap, after decompression
    │   ├── BadAddress     not http(s), no host, or redirected too often
    │   └── BadStatus      an HTTP error; carries `status` and `retry_after` (seconds or None)
    ├── ParseError         an answer that is not what the source's kind says
    │   └── NoText         a file or a wall in the place of an article
    ├── ArchiveError
    │   ├── ArchiveLocked  another process writes this archive
    │   ├── ArchiveGone    its folder is no longer there
    │   ├── ArchiveChanged it must be opened again, because what a reader of it saw is not what is there now
    │   ├── DiskRefused    the disk is full, read only or faulty, or another process held the index for too long
    │   ├── DayUnusable    a day's file cannot be read at present; it is left where it is
    │   ├── IndexDamaged   the index, which is derived, holds a page that cannot be read
    │   ├── ShardDamaged   a day's file fails its checksum or is no JSON; it was set aside
    │   ├── NoSuchArticle  no article has that id
    │   └── AmbiguousId    several ids begin with what was given
    └── QueryError         the filter language: `position` says where (code points)

A failure carries a template and its values instead of a finished sentence, because feeds knows no language: the
template is the catalogue's key, and tui translates it before it is filled.
"""

from typing import Self

from feeds.model import Fault, Instead


def phrase(message: str) -> str:
    """Mark a phrase that fills `{expected}` in a template: it is a key of the catalogue like the template itself."""
    return message


def quoted(text: str, limit: int = 200) -> str:
    """Text from outside as a message may hold it: one line that steers no terminal, at most `limit` code points."""
    text = text[:limit]
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else " " if char.isspace() else "�" for char in text)


class FeedError(Exception):
    """An expected failure. `str()` is its English sentence; `fault` is the same as a value."""

    def __init__(self, template: str, **values: str | int | Fault) -> None:
        super().__init__(template, values)
        self.fault = Fault(template, values)

    def __str__(self) -> str:
        return str(self.fault)


class ConfigError(FeedError):
    """config.toml cannot be used as it stands."""


class FetchError(FeedError):
    """No usable answer came."""


class Unreachable(FetchError):
    """The host did not answer, or the connection broke."""


class TimedOut(FetchError):
    """The whole-request deadline passed."""


class WallMet(FetchError):
    """The page is a check, a login or an error and not what was asked for."""


class TooLarge(FetchError):
    """The body grew past the cap."""


class BadAddress(FetchError):
    """The address, or one it redirected to, is not one we follow."""


class BadStatus(FetchError):
    """The server refused. `retry_after` is in seconds, None where it gave none."""

    def __init__(self, template: str, *, status: int, retry_after: float | None = None, **values: str | int) -> None:
        super().__init__(template, status=status, **values)
        self.status = status
        self.retry_after = retry_after


class ParseError(FeedError):
    """The answer is not what the source's kind says it is.

    `costly` says that finding it out takes long: the same answer is not to be read again.
    """

    costly = False

    def as_costly(self) -> Self:
        """The same failure, costly."""
        self.costly = True
        return self

    @classmethod
    def of(cls, fault: Fault) -> Self:
        """The failure that a value tells of."""
        return cls(fault.template, **fault.values)


class NoText(ParseError):
    """What was asked for is no article: a file, or a wall. `instead` says what it is."""

    def __init__(self, name: str, instead: Instead) -> None:
        super().__init__("{name} holds no article text", name=name)
        self.name = name
        self.instead = instead


class ArchiveError(FeedError):
    """The archive cannot do what was asked."""


class ArchiveLocked(ArchiveError):
    """Another process writes this archive."""


class ArchiveGone(ArchiveError):
    """The archive's folder was removed, or its disk unmounted. Nobody makes a new one in its place."""

    @classmethod
    def at(cls, path: str) -> Self:
        """The failure for the archive in a folder."""
        return cls(phrase("the archive in {path} is no longer there: it was removed or unmounted"), path=path)


class ArchiveChanged(ArchiveError):
    """What was opened for reading alone is out of date, or may be written to by now. Open the archive again."""


class DiskRefused(ArchiveError):
    """The disk or another process keeps SQLite from reading or writing. The index itself may be sound."""


class DayUnusable(ArchiveError):
    """A day's file is of a later version, or cannot be opened. It stays where it is; other days are not touched."""


class IndexDamaged(ArchiveError):
    """The index cannot be trusted. Whoever opens the archive next makes it anew from the day files."""


class ShardDamaged(ArchiveError):
    """A day's file cannot be trusted; it was set aside, never overwritten."""


class NoSuchArticle(ArchiveError):
    """No article has that id."""


class AmbiguousId(ArchiveError):
    """Several ids begin with what was given."""


class QueryError(FeedError):
    """A filter that cannot be understood. `position` counts code points from 0."""

    def __init__(self, template: str, *, position: int, **values: str | int) -> None:
        super().__init__(template, position=position, **values)
        self.position = position
