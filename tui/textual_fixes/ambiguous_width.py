"""The width of characters that some terminals draw otherwise than Textual believes. Seen in Textual 8.2.8.

Some Chinese terminals draw “ ” … — and the other "ambiguous" characters of Unicode (UAX #11) two cells wide. Textual
measures by `rich.cells`, which knows one width only, so every line with a quotation mark would run over its neighbour.
There is no setting for it; what rich asks for the width of a character is replaced, once, before the first frame.
"""

import sys
from collections.abc import Callable
from functools import lru_cache

import rich.cells

from tui.text import is_ambiguous


def widen_ambiguous() -> None:
    """Let the whole screen count ambiguous characters as two cells; lines and blocks stay one."""
    width_of: Callable[..., int] = rich.cells.get_character_cell_size

    @lru_cache(4096)
    def width_on_terminal(character: str, unicode_version: str = "auto") -> int:
        return 2 if is_ambiguous(character) else width_of(character, unicode_version)

    def is_narrow(text: str) -> bool:
        # Latin-1 holds ambiguous characters too (· × °).
        return text.isascii() and text.isprintable()

    instead = {"get_character_cell_size": width_on_terminal, "_is_single_cell_widths": is_narrow}
    # Whoever has imported a name by now keeps the old function; later imports get the new one from rich.cells.
    for module in [module for name, module in sys.modules.items() if name.startswith(("rich.", "textual."))]:
        for name, function in instead.items():
            if name in vars(module):
                setattr(module, name, function)
    rich.cells.cached_cell_len.cache_clear()
