"""What the poller remembers of its sources between turns and runs: SourceStates, kept by the archive as JSON.

Losing it loses no article: what is not known is asked again, and the archive knows its own. So it is written at most
once a second, except where it is the only witness (an article whose page is still to come, one that is set aside).
"""

from collections.abc import Callable, Sequence

import msgspec
from msgspec import structs

from feeds.archive import Archive
from feeds.identity import keys_of
from feeds.model import Validators
from feeds.schedule import SourceState, Waiting

WAITING = 300  # articles of a source whose page is still to come
_EVERY = 1.0
NAMING = 1  # of the rules by which entries are named: with them this changes


class Memory:
    """The state of every source by name. `ticks` gives the seconds of a clock that only runs forward."""

    def __init__(self, archive: Archive, ticks: Callable[[], float]) -> None:
        self._archive = archive
        self._ticks = ticks
        self._saved = float("-inf")
        self._dirty = False
        self._late: dict[str, tuple[Waiting, ...]] = {}
        self._states = {name: _state_of(kept) for name, kept in archive.load_state().items()}

    def of(self, name: str) -> SourceState:
        """What is known of a source; a blank state for one that is new."""
        return self._states.get(name) or SourceState()

    def begin(self, name: str) -> SourceState:
        """The same for a turn, which then answers for what is waited for."""
        state = self.of(name)
        self._late.pop(name, None)
        return state

    def wait(self, name: str, waiting: Sequence[Waiting]) -> None:
        """Remember articles whose text is to be asked for by the source's next turn; a turn that runs loses none."""
        self._late[name] = (*waiting, *self._late.get(name, ()))
        self.keep(name, self.of(name), at_once=True)

    def keep(self, name: str, state: SourceState, *, at_once: bool = False) -> None:
        """Remember; on disk when this returns if `at_once`, else within the next turns."""
        if late := self._late.get(name):
            waiting = {keys_of(one.entry)[0]: one for one in (*late, *state.waiting)}
            state = structs.replace(state, waiting=tuple(waiting.values())[-WAITING:])
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
