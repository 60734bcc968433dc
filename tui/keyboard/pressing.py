"""The meaning of a key after the keys before it: a digit of a count, a part of a sequence, or the end of one. Pure."""

from typing import Literal

from msgspec import Struct

from tui.keyboard.tables import Keys, KeyTable

MOST = 6
"""Digits of a count; further ones are left out."""

Outcome = Literal["passed", "held", "dropped", "ended", "whole"]
"""The answer to a key.

passed: it waits for nothing. held: it waits for more keys. dropped: it ends what waited, and nothing runs.
ended: the keys that waited are run, then this one is pressed again. whole: it completes a sequence, which is run.
"""


class Waiting(Struct, frozen=True):
    """Keys that were pressed and wait for more: the digits of a count, then keys of a sequence."""

    digits: str = ""
    keys: Keys = ()

    def __bool__(self) -> bool:
        return bool(self.digits or self.keys)

    @property
    def times(self) -> int:
        """The count; 0 without one."""
        return int(self.digits or 0)


def press(key: str, waiting: Waiting, table: KeyTable) -> tuple[Outcome, Waiting]:
    """Say what becomes of a key, and which keys wait then. For `ended` and `whole` the keys are those to run."""
    if waiting and key == "escape":
        return "dropped", Waiting()
    if not waiting.keys:
        if table.is_count(key, waiting.digits):
            return "held", Waiting((waiting.digits + key)[:MOST])
        return ("held", Waiting(waiting.digits, (key,))) if (key,) in table.prefixes else ("passed", waiting)
    keys = (*waiting.keys, key)
    if keys in table.prefixes:
        return "held", Waiting(waiting.digits, keys)
    if keys in table.actions:
        return "whole", Waiting(waiting.digits, keys)
    return ("ended", waiting) if waiting.keys in table.actions else ("dropped", Waiting(keys=keys))
