"""The states of the sources between polls and runs: SourceStates, which the archive stores as JSON.

If a state is lost, no article is lost: the poller fetches again, and the archive recognises its articles. So states are
written at most once a second. Two things are only here, so they are written at once: an article whose page must still
be fetched, and an article that is set aside.
"""

from collections.abc import Callable, Sequence

import msgspec
from msgspec import structs

from feeds.archive import WritingEngine
from feeds.identity import keys_of
from feeds.model import Validators
from feeds.schedule import SourceState, WaitingArticle

WAITING = 300  # articles of a source whose page is still to be fetched
_SECONDS_BETWEEN_WRITES = 1.0
NAMING = 1  # version of the rules that make an entry's keys; raise it when they change


class StateStore:
    """The state of every source by name. `ticks` gives the seconds of a clock that never goes back."""

    def __init__(self, archive: WritingEngine, ticks: Callable[[], float]) -> None:
        self._archive = archive
        self._ticks = ticks
        self._last_write = float("-inf")
        self._dirty = False
        self._added: dict[str, tuple[WaitingArticle, ...]] = {}
        self._states = {name: _state_of(kept) for name, kept in archive.load_state().items()}

    def of(self, name: str) -> SourceState:
        """The state of a source; an empty state for a new source."""
        return self._states.get(name) or SourceState()

    def begin(self, name: str) -> SourceState:
        """The state of a source whose poll starts now. The poll then fetches the waiting articles."""
        state = self.of(name)
        self._added.pop(name, None)
        return state

    def add_waiting(self, name: str, waiting: Sequence[WaitingArticle]) -> None:
        """Keep articles whose text the source's next poll fetches. A poll that is running does not lose them."""
        self._added[name] = (*waiting, *self._added.get(name, ()))
        self.keep(name, self.of(name), at_once=True)

    def keep(self, name: str, state: SourceState, *, at_once: bool = False) -> None:
        """Keep the state. With `at_once` it is on disk when this returns, otherwise after one of the next polls."""
        if added := self._added.get(name):
            waiting = {keys_of(one.entry)[0]: one for one in (*added, *state.waiting)}
            state = structs.replace(state, waiting=tuple(waiting.values())[-WAITING:])
        self._states[name] = state
        self._dirty = True
        if at_once or self._ticks() - self._last_write >= _SECONDS_BETWEEN_WRITES:
            self.save()

    def save(self) -> None:
        """Write the states if any changed."""
        if self._dirty:
            self._archive.save_state(self._states)
            self._last_write = self._ticks()
            self._dirty = False


def _state_of(kept: object) -> SourceState:
    """The stored state; an empty one if another version wrote it in a form that does not fit.

    If other rules made the keys of its entries, the poller reads everything that the source lists again.
    """
    try:
        state = msgspec.convert(kept, SourceState)
    except msgspec.ValidationError:
        return SourceState()
    if state.naming == NAMING or not state.known:
        return state
    return structs.replace(state, known={}, shared=(), validators=Validators())
