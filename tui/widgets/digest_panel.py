"""The panel of what happened since the reader left. It lies over the panes, takes no focus and no key."""

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from tui.text import cells, clip
from tui.words import _

_WIDEST = 76
_FRAME = 4  # cells beside the text, of border and padding


class DigestPanel(Widget):
    """A titled box with sections of lines, as large as they need and as the window allows."""

    DEFAULT_CSS = """
    DigestPanel {
        layer: over; position: absolute; padding: 0 1; border: round $primary; background: $surface; color: $text;
        border-title-color: $accent; border-subtitle-color: $text-muted;
    }
    """

    def __init__(self, title: str, sections: list[tuple[str, list[str]]], *, ambiguous: int = 1) -> None:
        super().__init__()
        self.border_title = Content(title)
        self.border_subtitle = Content(_("any key goes on"))
        self._sections = sections
        self._ambiguous = ambiguous

    def on_mount(self) -> None:
        """Take the room that the window has."""
        self.fit(self.app.size)

    def fit(self, window: Size) -> None:
        """Stand in the middle of a window of this size."""
        room = max(min(_WIDEST, window.width - 2) - _FRAME, 1)
        lines = self._lines(room)
        width = min(max([cells(text, self._ambiguous) for text, _style in lines], default=1), room)
        width = max(width, min(room, cells(str(self.border_title), self._ambiguous) + 2))
        height = max(min(len(lines), window.height - 4), 1)
        self._shown = lines[:height] if len(lines) <= height else [*lines[: height - 1], ("…", "$text-muted")]
        self.styles.width, self.styles.height = width + _FRAME, height + 2
        self.styles.offset = (max((window.width - width - _FRAME) // 2, 0), max((window.height - height - 2) // 2, 0))
        self.refresh()

    def _lines(self, room: int) -> list[tuple[str, str]]:
        """The lines with their styles, clipped to the room."""
        found: list[tuple[str, str]] = []
        for heading, lines in self._sections:
            found += [("", "")] if found else []
            found.append((clip(heading, room, self._ambiguous), "bold $primary"))
            found += [(clip(f"  {line}", room, self._ambiguous), "") for line in lines]
        return found

    def render(self) -> Content:
        """The lines that the window has room for."""
        return Content("\n").join(Content.styled(text, style) for text, style in self._shown)

    def on_click(self, event: events.Click) -> None:
        """Leave the click to the screen, which puts the panel away."""
        event.prevent_default()
