"""What the poller remembers of its sources between turns and runs: SourceStates, kept by the archive as JSON.

Losing it loses no article: what is not known is asked again, and the archive knows its own. So it is written at most
once a second, except where it is the only witness (an article whose page is still to come, one that is set aside).
"""

from collections.abc import Callable

import msgspec
from msgspec import structs

from feeds.archive import Archive
from feeds.model import Validators
from feeds.schedule import SourceState

_EVERY = 1.0
NAMING = 1  # of the rules by which entries are named: with them this changes


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


def _state_of(kept: object) -> SourceState:
    """A state written by another version may not fit: then the source begins anew.

    Where entries were named by other rules, all that the source lists is looked at once more.
    """
    try:
        state = msgspec.convert(kept, SourceState)
    except msgspec.ValidationError:
        return SourceState()
    if state.naming == NAMING or not state.known:
        return state
    return structs.replace(state, known={}, shared=(), validators=Validators())
