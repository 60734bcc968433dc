"""What the poller remembers of its sources between turns and runs: SourceStates, kept by the archive as JSON.

Losing it loses no article: what is not known is asked again, and the archive knows its own. So it is written at most
once a second, except where it is the only witness (an article whose page is still to come, one that is set aside).
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec
from msgspec import structs

from feeds.archive import Archive
from feeds.model import Fault
from feeds.poller.hazard import InHand
from feeds.schedule import SourceState, backoff

STRIKES = 2  # a process may be killed once with an innocent article in hand; twice with the same one is no chance
_EVERY = 1.0
_FEED_PAUSE = 60.0
_ASIDE = 200


class Memory:
    """The state of every source by name. `ticks` gives the seconds of a clock that only runs forward."""

    def __init__(self, archive: Archive, ticks: Callable[[], float]) -> None:
        self._archive = archive
        self._ticks = ticks
        self._saved = float("-inf")
        self._dirty = False
        self._states = {name: _state_of(kept) for name, kept in archive.load_state().items()}

    def of(self, name: str) -> SourceState:
        """What is known of a source; a blank state for one that is new."""
        return self._states.get(name) or SourceState()

    def keep(self, name: str, state: SourceState, *, at_once: bool = False) -> None:
        """Remember; on disk when this returns if `at_once`, else within the next turns."""
        self._states[name] = state
        self._dirty = True
        if at_once or self._ticks() - self._saved >= _EVERY:
            self.save()

    def save(self) -> None:
        """Write what changed."""
        if self._dirty:
            self._archive.save_state(self._states)
            self._saved = self._ticks()
            self._dirty = False

    def blame(self, thing: InHand, now: datetime, chance: float) -> Fault | None:
        """A strike against what was in hand when the last process died; says what became of it if it is out now.

        An article that has them all is left out until its feed says something else of it. A feed that has been in
        hand is asked again later each time.
        """
        state = self.of(thing.source)
        strikes = STRIKES if thing.certain else state.strikes.get(thing.key, 0) + 1
        others = {key: count for key, count in state.strikes.items() if key != thing.key}
        fault = None
        if not thing.key:
            strikes = state.strikes.get("", 0) + 1
            fault = Fault("reading its feed ended the program")
            due = now + timedelta(seconds=backoff(strikes, _FEED_PAUSE, chance))
            state = structs.replace(state, strikes={**others, "": strikes}, failures=strikes, due=due, fault=fault)
        elif strikes < STRIKES:
            state = structs.replace(state, strikes={**others, thing.key: strikes})
        else:
            fault = Fault("reading it ended the program; it is left out until it changes")
            aside = {**state.set_aside, thing.key: thing.stamp}
            state = structs.replace(state, strikes=others, set_aside=dict(list(aside.items())[-_ASIDE:]))
        self.keep(thing.source, state, at_once=True)
        return fault


def _state_of(kept: object) -> SourceState:
    """A state written by another version may not fit: then the source begins anew."""
    try:
        return msgspec.convert(kept, SourceState)
    except msgspec.ValidationError:
        return SourceState()
