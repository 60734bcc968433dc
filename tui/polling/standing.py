"""How the poller and each source stand: a pure fold over events, from which status line and sources are drawn."""

from datetime import datetime
from typing import Literal

from msgspec import Struct, ValidationError, convert
from msgspec.structs import replace

from feeds.model import (
    ArticleFetched,
    ArticleSetAside,
    ArticleStored,
    Fault,
    PollerStarted,
    PollerStopped,
    PollEvent,
    SourceAnswered,
    SourceAsked,
)

PollingState = Literal["off", "starting", "running", "waiting", "reading-only", "stopped"]
KEPT_ASIDE = 20  # the last few are named; the log has them all


class PollingChanged(Struct, frozen=True):
    """What became of the poller process. `restarts` counts deaths since the start, `retry` is when it is tried next."""

    state: PollingState
    at: datetime
    fault: Fault | None = None
    restarts: int = 0
    retry: datetime | None = None


PollingEvent = PollEvent | PollingChanged


class SourceStanding(Struct, frozen=True, kw_only=True):
    """One source: its newest article, when it answered last, when it is due, what went wrong, how many came so far."""

    name: str
    asking: bool = False
    newest: datetime | None = None
    answered: datetime | None = None
    due: datetime | None = None
    fault: Fault | None = None
    new: int = 0


class Standing(Struct, frozen=True, kw_only=True):
    """Everything the status line tells. `aside` holds what was put out of the way, the latest last."""

    sources: tuple[SourceStanding, ...] = ()
    state: PollingState = "off"
    fault: Fault | None = None
    restarts: int = 0
    retry: datetime | None = None
    aside: tuple[ArticleSetAside, ...] = ()

    @property
    def failing(self) -> list[SourceStanding]:
        """The sources whose last turn went wrong."""
        return [source for source in self.sources if source.fault]

    @property
    def asking(self) -> list[SourceStanding]:
        """The sources being fetched at this moment."""
        return [source for source in self.sources if source.asking]

    @property
    def next_due(self) -> datetime | None:
        """When the next source is polled."""
        return min((source.due for source in self.sources if source.due), default=None)

    def source(self, name: str) -> SourceStanding:
        """One source by name, a blank one if it is not known."""
        return next((source for source in self.sources if source.name == name), SourceStanding(name=name))


def after(standing: Standing, event: PollingEvent) -> Standing:
    """The standing once this event has happened."""
    match event:
        case PollingChanged(state, _, fault, restarts, retry):
            # A poller that is gone asks nobody; only a running one has turns to come.
            sources = tuple(replace(source, asking=False) for source in standing.sources)
            return replace(standing, state=state, fault=fault, restarts=restarts, retry=retry, sources=sources)
        case PollerStarted(_, names):
            return replace(standing, sources=tuple(standing.source(name) for name in names))
        case SourceAsked(_, name):
            return _with(standing, replace(standing.source(name), asking=True))
        case SourceAnswered():
            return _with(standing, _answered(standing.source(event.source), event))
        case ArticleSetAside():
            return replace(standing, aside=(*standing.aside, event)[-KEPT_ASIDE:])
        case PollerStopped() | ArticleStored() | ArticleFetched():
            return standing


def _answered(source: SourceStanding, event: SourceAnswered) -> SourceStanding:
    newest = max((when for when in (source.newest, event.newest) if when), default=None)
    return SourceStanding(
        name=source.name,
        newest=newest,
        answered=source.answered if event.fault else event.at,
        due=event.due,
        fault=event.fault,
        new=source.new + event.new,
    )


def _with(standing: Standing, changed: SourceStanding) -> Standing:
    if all(source.name != changed.name for source in standing.sources):
        return replace(standing, sources=(*standing.sources, changed))
    sources = tuple(changed if source.name == changed.name else source for source in standing.sources)
    return replace(standing, sources=sources)


class _Kept(Struct):
    """What the poller keeps of a source between runs, as far as it is told here."""

    newest: datetime | None = None
    last_checked: datetime | None = None
    due: datetime | None = None
    fault: Fault | None = None


def remembered(standing: Standing, state: dict[str, object]) -> Standing:
    """The standing with what the archive's `load_state()` tells of earlier runs, or of another process's."""
    sources = []
    for source in standing.sources:
        try:
            kept = convert(state.get(source.name, {}), _Kept)
        except ValidationError:  # another version's state: as good as none
            kept = _Kept()
        answered = source.answered if kept.fault else kept.last_checked
        sources.append(
            replace(
                source,
                newest=kept.newest or source.newest,
                answered=answered or source.answered,
                due=kept.due or source.due,
                fault=kept.fault,
            )
        )
    return replace(standing, sources=tuple(sources))
