"""The events of the poller, which its process writes as lines of JSON: frozen values like those of `feeds.model`."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from feeds.model import Fault, Instead

Outcome = Literal["ok", "unchanged", "failed"]


class PollerStarted(Struct, frozen=True, tag_field="event", tag="started"):
    """The poller has the archive's lock and begins."""

    at: datetime
    sources: tuple[str, ...]


class SourcesChanged(Struct, frozen=True, tag_field="event", tag="sources"):
    """config.toml was changed: these sources are polled from now on. With a `fault` it cannot be used; all stay."""

    at: datetime
    sources: tuple[str, ...]
    fault: Fault | None = None


class SourceAsked(Struct, frozen=True, tag_field="event", tag="asked"):
    """The poller fetches a source now."""

    at: datetime
    source: str


class SourceAnswered(Struct, frozen=True, tag_field="event", tag="answered"):
    """The poll of a source has ended, with or without success. `due` is the time of the next one.

    `failures` counts the failures in a row with this one, `failing_since` is the time of the first of them.
    """

    at: datetime
    source: str
    outcome: Outcome
    due: datetime
    new: int = 0
    changed: int = 0
    newest: datetime | None = None
    fault: Fault | None = None
    failures: int = 0
    failing_since: datetime | None = None


class ArticleStored(Struct, frozen=True, tag_field="event", tag="stored"):
    """An article is on disk. `new` is False if it was there and changed. `instead` is what it has instead of a text."""

    at: datetime
    id: str
    source: str
    title: str
    new: bool = True
    instead: Instead | None = None


class ArticleFetched(Struct, frozen=True, tag_field="event", tag="fetched"):
    """A reader's request for an article's page has ended: with the text, with `instead`, or with a `fault`."""

    at: datetime
    id: str
    title: str
    changed: bool = False
    instead: Instead | None = None
    fault: Fault | None = None


class ArticleSetAside(Struct, frozen=True, tag_field="event", tag="set-aside"):
    """An article, or a damaged file of the archive, was set aside. `name` says which."""

    at: datetime
    name: str
    fault: Fault


class ArticlesTold(Struct, frozen=True, tag_field="event", tag="told"):
    """Watches told of `count` articles, of several as one digest. `titles` are the first ones, cleaned and cut."""

    at: datetime
    watches: tuple[str, ...]
    count: int
    titles: tuple[str, ...] = ()


class TellingFailed(Struct, frozen=True, tag_field="event", tag="telling-failed"):
    """A program of [notify] ended with a failure, or the journal of the watches cannot be used."""

    at: datetime
    fault: Fault


class PollerStopped(Struct, frozen=True, tag_field="event", tag="stopped"):
    """The poller ends. This is its last event."""

    at: datetime
    fault: Fault | None = None


PollEvent = (
    PollerStarted
    | SourcesChanged
    | SourceAsked
    | SourceAnswered
    | ArticleStored
    | ArticleFetched
    | ArticleSetAside
    | ArticlesTold
    | TellingFailed
    | PollerStopped
)
