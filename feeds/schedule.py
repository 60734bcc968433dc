"""When a source is due. Pure: the time and a random number between 0 and 1 are passed in.

A source that answers is asked again after its interval, a little later each time by chance, so that many readers and
many sources do not knock in step. One that fails is asked ever more seldom, up to an hour apart (or its interval, where
that is longer). What a server asks with Retry-After holds in any case, also against a reader's `reload`.
"""

from datetime import date, datetime, timedelta

from msgspec import Struct, structs

from feeds.model import CLOCK_SLACK, FIRST_CLOCK, Entry, Fault, Source, Validators

LONGEST_BACKOFF = 3600.0
LONGEST_HOLD = 86_400.0  # a day; a Retry-After beyond it is a mistake more often than a wish
JITTER = 0.1
BACKOFF_JITTER = 0.25


class Waiting(Struct, frozen=True, omit_defaults=True):
    """An article that was stored without its text, because its page did not load; it is fetched again when `due`."""

    entry: Entry
    due: datetime
    tries: int = 1


class Refusal(Struct, frozen=True):
    """An answer that is not read again while it is the same: the digest of its bytes, and why."""

    digest: str
    fault: Fault


class SourceState(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is kept of a source from turn to turn and run to run.

    `failures` counts those in a row. `hold` is the time before which the server wants no request. `known` maps the
    first key of each entry of the last turns to a stamp of what the feed said of it (for posts: each file to its
    stamp). `set_aside` are those that end whoever reads them, left out unless their stamp changes. `shared` are names
    that several entries of one answer had. `naming` is the version of the rules that made the keys. `strays` maps the
    digest of a text that fits no title to the articles that had it. `rules` is the version of the rules about wrong
    texts by which the stored articles were looked through, down to the day `reviewed` while that goes on. `refusal` is
    of the last answer that was not read.
    """

    failures: int = 0
    due: datetime | None = None
    hold: datetime | None = None
    last_checked: datetime | None = None
    newest: datetime | None = None
    validators: Validators = Validators()
    fault: Fault | None = None
    known: dict[str, str] = {}
    waiting: tuple[Waiting, ...] = ()
    set_aside: dict[str, str] = {}
    shared: tuple[str, ...] = ()
    naming: int = 0
    strays: dict[str, tuple[str, ...]] = {}
    rules: int = 0
    reviewed: date | None = None
    refusal: Refusal | None = None


def without_wrong_clock(state: SourceState, now: datetime) -> SourceState:
    """The state without what a wrong clock has put into it, where the clock was wrong at the last turn and is no more.

    Then all that the source lists is looked at again: its dates were taken by that clock, or compared with it.
    """
    last = state.last_checked
    if last is None or now < FIRST_CLOCK or FIRST_CLOCK <= last <= now + CLOCK_SLACK:
        return state
    newest = state.newest if state.newest and state.newest <= now else None
    waiting = tuple(structs.replace(late, due=min(late.due, now)) for late in state.waiting)
    return structs.replace(state, known={}, validators=Validators(), newest=newest, waiting=waiting)


def next_due(
    now: datetime, interval: float, *, failures: int, chance: float, retry_after: float | None = None
) -> datetime:
    """The source's next turn. `failures` counts those in a row, this one included; `chance` is in [0, 1)."""
    wait = backoff(failures, interval, chance) if failures else interval * (1 + JITTER * chance)
    return now + timedelta(seconds=max(wait, held(retry_after)))


def backoff(failures: int, interval: float, chance: float) -> float:
    """Seconds to wait after so many failures in a row: the interval, doubled each time, plus up to a quarter."""
    longest = max(LONGEST_BACKOFF, interval)
    doubled = interval * 2.0 ** min(failures - 1, 30)
    return min(doubled, longest) * (1 + BACKOFF_JITTER * chance)


def held(retry_after: float | None) -> float:
    """Seconds for which a Retry-After is obeyed."""
    return min(retry_after or 0.0, LONGEST_HOLD)


def due_of(state: SourceState, source: Source, now: datetime) -> datetime:
    """When a source read from the archive's state is due in this run.

    A clock that was wrong when the state was written, or an interval shortened since, must not leave it waiting.
    """
    if state.due is None:
        return now
    longest = max(LONGEST_BACKOFF, source.interval) * (1 + BACKOFF_JITTER) if state.failures else source.interval
    due = min(state.due, now + timedelta(seconds=longest * (1 + JITTER)))
    return max(due, hold_of(state, now) or due)


def hold_of(state: SourceState, now: datetime) -> datetime | None:
    """The time until which the server wants no request, None when it may be asked now."""
    if state.hold is None or not now < state.hold <= now + timedelta(seconds=LONGEST_HOLD):
        return None
    return state.hold
