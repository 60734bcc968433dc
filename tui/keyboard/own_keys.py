"""The reader's own keys: from config.toml into force."""

from feeds.config import Config
from feeds.model import Fault
from tui.keyboard.in_force import KeyMap, use


def take_keys(config: Config) -> list[Fault]:
    """Put [keys] and [[macro]] of config.toml in force, as far as they are right. Return the mistakes in them."""
    if not (config.keys or config.macros):
        use(KeyMap())
        return []
    from tui.keyboard.keymap import keymap_of  # only a reader with keys of his own needs it

    made, faults = keymap_of(config.keys, config.macros)
    use(made)
    return faults
