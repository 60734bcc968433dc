"""The status of the poller and of each source, computed from events. Status line and sources screen show it. Pure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct, ValidationError, convert
from msgspec.structs import replace

from feeds.events import (
    ArticleFetched,
    ArticleSetAside,
    ArticlesTold,
    ArticleStored,
    PollerStarted,
    PollerStopped,
    PollEvent,
    SourceAnswered,
    SourceAsked,
    SourcesChanged,
    TellingFailed,
)
from feeds.model import Fault, Source

PollingState = Literal["off", "starting", "running", "waiting", "reading-only", "stopped"]
KEPT_ASIDE = 20  # only the last are kept; the log has all


class PollingChanged(Struct, frozen=True):
    """A change of the poller's process. `restarts` counts its deaths, `retry` is the time of its next start."""

    state: PollingState
    at: datetime
    fault: Fault | None = None
    restarts: int = 0
    retry: datetime | None = None


PollingEvent = PollEvent | PollingChanged


class SourceStatus(Struct, frozen=True, kw_only=True):
    """One source: its newest article, its last answer, its next poll, its fault, the number of new articles.

    `failures` counts the failures in a row, `failing_since` is the time of the first of them.
    """

    name: str
    asking: bool = False
    newest: datetime | None = None
    answered: datetime | None = None
    due: datetime | None = None
    fault: Fault | None = None
    new: int = 0
    paused: bool = False
    failures: int = 0
    failing_since: datetime | None = None


class PollingStatus(Struct, frozen=True, kw_only=True):
    """All data of the status line. `aside` has the articles and files that were set aside, the latest last."""

    sources: tuple[SourceStatus, ...] = ()
    state: PollingState = "off"
    fault: Fault | None = None
    restarts: int = 0
    retry: datetime | None = None
    aside: tuple[ArticleSetAside, ...] = ()
    holder: str = ""
    """The other process that polls this archive, if it is known."""

    @property
    def failing(self) -> list[SourceStatus]:
        """The sources whose last poll failed."""
        return [source for source in self.sources if source.fault]

    @property
    def asking(self) -> list[SourceStatus]:
        """The sources that are polled at this moment."""
        return [source for source in self.sources if source.asking]

    @property
    def next_due(self) -> datetime | None:
        """When the next source is polled."""
        return min((source.due for source in self.sources if source.due), default=None)

    def source(self, name: str) -> SourceStatus:
        """The status of one source, a new one if the name is not known."""
        return next((source for source in self.sources if source.name == name), SourceStatus(name=name))


def status_after(status: PollingStatus, event: PollingEvent) -> PollingStatus:
    """The status after this event."""
    match event:
        case PollingChanged(state, _, fault, restarts, retry):
            # A poller that has ended polls no source.
            sources = tuple(replace(source, asking=False) for source in status.sources)
            return replace(status, state=state, fault=fault, restarts=restarts, retry=retry, sources=sources)
        case PollerStarted(_, names) | SourcesChanged(_, names):
            return replace(status, sources=tuple(status.source(name) for name in names))
        case SourceAsked(_, name):
            return _with_source(status, replace(status.source(name), asking=True))
        case SourceAnswered():
            return _with_source(status, _source_after_answer(status.source(event.source), event))
        case ArticleSetAside():
            return replace(status, aside=(*status.aside, event)[-KEPT_ASIDE:])
        case PollerStopped() | ArticleStored() | ArticleFetched() | ArticlesTold() | TellingFailed():
            return status


def _source_after_answer(source: SourceStatus, event: SourceAnswered) -> SourceStatus:
    newest = max((when for when in (source.newest, event.newest) if when), default=None)
    return SourceStatus(
        name=source.name,
        newest=newest,
        answered=source.answered if event.fault else event.at,
        due=event.due,
        fault=event.fault,
        new=source.new + event.new,
        paused=source.paused,
        failures=event.failures,
        failing_since=event.failing_since,
    )


def with_sources(status: PollingStatus, sources: Sequence[Source]) -> PollingStatus:
    """The status of these sources of config.toml. A paused one is not polled, so it is neither due nor failing."""
    found = []
    for source in sources:
        known = replace(status.source(source.name), paused=source.paused)
        found.append(replace(known, due=None, fault=None, asking=False) if source.paused else known)
    return replace(status, sources=tuple(found))


def _with_source(status: PollingStatus, changed: SourceStatus) -> PollingStatus:
    if all(source.name != changed.name for source in status.sources):
        return replace(status, sources=(*status.sources, changed))
    sources = tuple(changed if source.name == changed.name else source for source in status.sources)
    return replace(status, sources=sources)


class _SavedSource(Struct):
    """The part of the saved state of a source that the status shows."""

    newest: datetime | None = None
    last_checked: datetime | None = None
    due: datetime | None = None
    fault: Fault | None = None
    answered: datetime | None = None
    failures: int = 0
    failing_since: datetime | None = None


def with_saved_states(status: PollingStatus, state: dict[str, object]) -> PollingStatus:
    """The status with the saved states of the archive (`load_state()`), from earlier runs or another process."""
    sources = []
    for source in status.sources:
        try:
            kept = convert(state.get(source.name, {}), _SavedSource)
        except ValidationError:  # another version saved it
            kept = _SavedSource()
        if source.paused:
            kept = _SavedSource(newest=kept.newest, answered=kept.answered)
        answered = kept.answered or (source.answered if kept.fault else kept.last_checked)
        sources.append(
            replace(
                source,
                newest=kept.newest or source.newest,
                answered=answered or source.answered,
                due=kept.due or source.due,
                fault=kept.fault,
                failures=kept.failures,
                failing_since=kept.failing_since,
            )
        )
    return replace(status, sources=tuple(sources))
