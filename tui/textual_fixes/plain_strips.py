"""No control character reaches the terminal in a text that is drawn. Seen in Textual 8.2.8.

Textual takes BEL, BS, VT, FF and CR out of a Content and passes ESC, the C1 controls and the overrides of the direction
on to the terminal. Texts are cleaned where they enter; this is the last place before the terminal, for all of them:
lists, dialogs, notices, and a line that a reader pastes into.
"""

from rich.console import Console
from rich.segment import Segment
from textual.strip import Strip

HARMFUL = dict.fromkeys(
    [*range(0x20), *range(0x7F, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A)], "\ufffd"
)
_render = Strip.render


def _render_plain(strip: Strip, console: Console) -> str:
    """The strip as it is written; looked through once, as Textual keeps what was rendered."""
    if strip._render_cache is None and not all(text.isprintable() for text, _style, _control in strip):  # noqa: SLF001
        plain = [Segment(text.translate(HARMFUL), style) for text, style, _control in strip]
        strip._render_cache = _render(Strip(plain), console)  # noqa: SLF001
    return _render(strip, console)


def render_plainly() -> None:
    """Replace controls by U+FFFD in all that is drawn from now on."""
    Strip.render = _render_plain  # type: ignore[assignment, method-assign]
