"""When a source is due. Pure: the time and a random number between 0 and 1 are passed in.

A source that answers is polled again after its interval plus a small random delay, so that many readers and sources do
not send requests at the same time. A source that fails is polled less and less often, at least once an hour (or once an
interval, if that is longer). A server's Retry-After is always obeyed, also if the reader asks for a `reload`.
"""

from datetime import date, datetime, timedelta

from msgspec import Struct, structs

from feeds.model import CLOCK_SLACK, FIRST_CLOCK, Entry, Fault, Source, Validators

LONGEST_BACKOFF = 3600.0
LONGEST_HOLD = 86_400.0  # a day; a longer Retry-After is probably a mistake
JITTER = 0.1
BACKOFF_JITTER = 0.25


class WaitingArticle(Struct, frozen=True, omit_defaults=True):
    """An article that is stored without its text, because its page did not load. It is fetched again when `due`."""

    entry: Entry
    due: datetime
    tries: int = 1


class Refusal(Struct, frozen=True):
    """An answer that is not read again while it stays the same: the digest of its bytes, and the reason."""

    digest: str
    fault: Fault


class SourceState(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The state of a source between polls and runs.

    `failures` counts failures in a row. `hold` is the time before which the server wants no request. `known` maps the
    first key of each entry of the last polls to a stamp of what the feed said of it (for posts: each file to its
    stamp). `set_aside` has the entries that kill the worker; they are skipped until their stamp changes. `shared` has
    keys that several entries of one answer had. `naming` is the version of the rules that made the keys. `strays` maps
    the digest of a text that fits no title to the articles that had it. `rules` is the version of the rules for wrong
    texts by which the stored articles were searched; during a search, `reviewed` is the day that it reached.
    `refusal` describes the last answer that was not read. `failing_since` is the time of the first failure of the
    present row, `answered` that of the last success.
    """

    failures: int = 0
    failing_since: datetime | None = None
    answered: datetime | None = None
    due: datetime | None = None
    hold: datetime | None = None
    last_checked: datetime | None = None
    newest: datetime | None = None
    validators: Validators = Validators()
    fault: Fault | None = None
    known: dict[str, str] = {}
    waiting: tuple[WaitingArticle, ...] = ()
    set_aside: dict[str, str] = {}
    shared: tuple[str, ...] = ()
    naming: int = 0
    strays: dict[str, tuple[str, ...]] = {}
    rules: int = 0
    reviewed: date | None = None
    refusal: Refusal | None = None


def without_wrong_clock(state: SourceState, now: datetime) -> SourceState:
    """The state without the values of a wrong clock, if the clock was wrong at the last poll and is right now.

    Everything that the source lists is then read again, because that clock made its dates or judged them.
    """
    last = state.last_checked
    if last is None or now < FIRST_CLOCK or FIRST_CLOCK <= last <= now + CLOCK_SLACK:
        return state
    newest = state.newest if state.newest and state.newest <= now else None
    waiting = tuple(structs.replace(article, due=min(article.due, now)) for article in state.waiting)
    return structs.replace(state, known={}, validators=Validators(), newest=newest, waiting=waiting)


def next_due(
    now: datetime, interval: float, *, failures: int, chance: float, retry_after: float | None = None
) -> datetime:
    """When the source is polled next. `failures` counts failures in a row with this one; `chance` is in [0, 1)."""
    wait = backoff(failures, interval, chance) if failures else interval * (1 + JITTER * chance)
    return now + timedelta(seconds=max(wait, obeyed_wait(retry_after)))


def backoff(failures: int, interval: float, chance: float) -> float:
    """Seconds to wait after failures in a row: the interval, doubled each time, plus at most a quarter."""
    longest = max(LONGEST_BACKOFF, interval)
    doubled = interval * 2.0 ** min(failures - 1, 30)
    return min(doubled, longest) * (1 + BACKOFF_JITTER * chance)


def obeyed_wait(retry_after: float | None) -> float:
    """Seconds for which a Retry-After is obeyed."""
    return min(retry_after or 0.0, LONGEST_HOLD)


def due_of(state: SourceState, source: Source, now: datetime) -> datetime:
    """When a source with a state of an earlier run is due.

    It must not wait too long if the clock was wrong when the state was written, or if its interval is shorter now.
    """
    if state.due is None:
        return now
    longest = max(LONGEST_BACKOFF, source.interval) * (1 + BACKOFF_JITTER) if state.failures else source.interval
    due = min(state.due, now + timedelta(seconds=longest * (1 + JITTER)))
    return max(due, hold_until(state, now) or due)


def hold_until(state: SourceState, now: datetime) -> datetime | None:
    """The time until which the server wants no request; None if a request is allowed now."""
    if state.hold is None or not now < state.hold <= now + timedelta(seconds=LONGEST_HOLD):
        return None
    return state.hold
