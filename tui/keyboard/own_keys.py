"""The reader's own keys: from config.toml into force."""

from feeds.config import WrittenKeys
from feeds.model import Fault
from tui.keyboard.in_force import KeyMap, use


def take_keys(written: WrittenKeys) -> list[Fault]:
    """Put the [keys] of config.toml in force, as far as they are right. Return the mistakes in them."""
    if not written:
        use(KeyMap())
        return []
    from tui.keyboard.keymap import keymap_of  # only a reader with keys of his own needs it

    made, faults = keymap_of(written)
    use(made)
    return faults
