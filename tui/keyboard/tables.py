"""Which keys run which actions where the reader is, as one table for a chain of widgets. Pure.

Textual has a binding for each single key. Here the keys of a binding may be a sequence, written with blanks
(`apostrophe 1`), and some actions take a count. The inner widget comes first, as in Textual.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from textual.binding import Binding

from tui.commands import TAKE_COUNTS

Keys = tuple[str, ...]
"""A sequence of keys, by Textual's names."""

DIGITS = frozenset("0123456789")


class KeyAction(NamedTuple):
    """An action of the widget at `level` of the chain, 0 the innermost.

    `counted`: it takes a count. `own`: it runs by keys that the reader gave it, which are tried first.
    """

    level: int
    action: str
    command: str = ""
    counted: bool = False
    own: bool = False

    def with_count(self, count: int) -> str:
        """The action as it runs after a count; 0 is no count."""
        if not count or not self.counted:
            return self.action
        name, given = self.action.removesuffix(")"), self.action.endswith(")")
        return f"{name}, {count})" if given else f"{name}({count})"


class KeyTable(NamedTuple):
    """The actions of each sequence of keys, in the order in which they are tried; `prefixes` begin longer sequences.

    `counts`: digits are a count. `written`: a widget of the chain writes keys itself.
    """

    actions: Mapping[Keys, Sequence[KeyAction]]
    prefixes: frozenset[Keys] = frozenset()
    counts: bool = False
    written: bool = False

    def is_count(self, key: str, count: str) -> bool:
        """Whether a key is a digit of a count. A place that has digits as keys takes no counts."""
        return self.counts and key in DIGITS and (key != "0" or bool(count)) and (key,) not in self.actions


class Level(NamedTuple):
    """A widget of the chain: its bindings, and whether it writes a key itself, so that no outer widget gets the key."""

    bindings: Sequence[Binding]
    writes: Callable[[str], bool]


KeysOf = Callable[[Binding, Sequence[str]], tuple[Sequence[Keys], bool]]
"""The sequences that run a binding where these places are in force, and whether they are the reader's own."""


def default_keys(binding: Binding, _places: Sequence[str] = ()) -> tuple[Sequence[Keys], bool]:
    """The keys of the table of commands."""
    return [tuple(binding.key.split(" "))], False


def command_in(binding: Binding) -> str:
    """The id of a binding's command; "" for a binding of Textual's own. A binding's id is `place.command`."""
    return binding.id.split(".")[1] if binding.id else ""


def places_of(levels: Sequence[Level]) -> dict[str, int]:
    """The places whose keys work in a chain, each with the level of its widget."""
    places: dict[str, int] = {}
    for number, level in enumerate(levels):
        for binding in level.bindings:
            if binding.id:
                places.setdefault(binding.id.partition(".")[0], number)
    return places


def table_of(
    levels: Sequence[Level],
    keys_of: KeysOf = default_keys,
    more: Iterable[tuple[KeyAction, Sequence[Keys]]] = (),
) -> KeyTable:
    """The table of a chain of widgets, the innermost first; `more` are actions without a binding."""
    found: dict[Keys, list[KeyAction]] = {}
    places = tuple(places_of(levels))
    bound: list[tuple[KeyAction, Sequence[Keys]]] = []
    for number, level in enumerate(levels):
        for binding in level.bindings:
            command = command_in(binding)
            keys, own = keys_of(binding, places)
            bound.append((KeyAction(number, binding.action, command, command in TAKE_COUNTS, own), keys))
    for action, sequences in (*bound, *more):
        inner = levels[: action.level]
        for sequence in sequences:
            if not any(behind.writes(sequence[0]) for behind in inner) and action not in found.setdefault(sequence, []):
                found[sequence].append(action)
    actions = {keys: tuple(sorted(those, key=lambda one: not one.own)) for keys, those in found.items() if those}
    written = any(level.writes("1") for level in levels)
    return KeyTable(actions, prefixes_of(actions), not written and takes_counts(actions.values()), written)


def prefixes_of(sequences: Iterable[Keys]) -> frozenset[Keys]:
    """The beginnings of sequences that have more than one key."""
    return frozenset(keys[:length] for keys in sequences for length in range(1, len(keys)))


def takes_counts(actions: Iterable[Sequence[KeyAction]]) -> bool:
    """Whether some action takes a count."""
    return any(one.counted for those in actions for one in those)
