"""The terminal as the app leaves it: what is written, where the cursor stands, how the app ends. Seen in Textual 8.2.8.

- Every line of a widget that is drawn again is written (`changed_cells`).
- The terminal's cursor, at which an input method opens its window, stands where an Input was before it was laid out,
  a cell too far at the end of its text.
- A panic, which is how a crash in the thread that reads keys ends, leaves the exit code at 0.
"""

from rich.console import RenderableType
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.geometry import Offset
from textual.screen import Screen
from textual.widgets import Input

from tui.textual_fixes.changed_cells import ChangedCells


class SteadyTerminal(App[None], inherit_bindings=False):
    """Writes what changed, keeps the cursor at the caret, and never ends with 0 after a crash."""

    def __init__(self) -> None:
        self._cells = ChangedCells()
        self._caret = Offset()
        self._crashed = False
        super().__init__()

    # What is written

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Write only what differs from what stands on the terminal."""
        if isinstance(renderable, ChopsUpdate | LayoutUpdate) and self._is_shown:
            rest = self._cells.rest_of(renderable, self.console)
            if not rest.text and self.cursor_position == self._previous_cursor_position:
                self.post_display_hook()
                return
            renderable = rest
        elif renderable is not None:
            self._cells.forget()
        super()._display(screen, renderable)

    @property
    def _is_shown(self) -> bool:
        """Whether what Textual displays now is written."""
        return bool(self._running and not self._closed and not self._batch_count and self._driver is not None)

    def on_resize(self) -> None:
        """A terminal that tells its size may have been cleared: by `fg`, by another window, by its own user."""
        self._cells.forget()

    def forget_drawn(self) -> None:
        """Write everything that is drawn next."""
        self._cells.forget()

    def write_sequence(self, sequence: str) -> None:
        """Write a sequence that draws nothing, such as a title. Without a terminal it is dropped."""
        if self._driver is not None:
            self._driver.write(sequence)

    # Where the cursor stands

    @property
    def cursor_position(self) -> Offset:
        """The cell of the caret of the line being written; its last cell while no line is written."""
        focused = self.screen.focused if self._screen_stack_is_set else None
        if isinstance(focused, Input) and focused.is_attached:
            self._caret = caret_of(focused)
        return self._caret

    @cursor_position.setter
    def cursor_position(self, _position: Offset) -> None:
        """Textual's own widgets set what is computed here."""

    @property
    def _screen_stack_is_set(self) -> bool:
        return bool(self._running and self._screen_stack)

    # How it ends

    def panic(self, *renderables: RenderableType) -> None:
        """End the app because of a bug."""
        self._crashed = True
        super().panic(*renderables)

    def _fatal_error(self) -> None:
        self._crashed = True
        super()._fatal_error()

    @property
    def return_code(self) -> int | None:
        """The exit code; never 0 after a crash."""
        return super().return_code or (1 if self._crashed else super().return_code)


def caret_of(line: Input) -> Offset:
    """The cell of the screen in which the next character will stand."""
    x, y, width, _height = line.content_region
    column = line._position_to_cell(line.cursor_position) - line.scroll_offset.x  # noqa: SLF001 -- Input has no public way
    return Offset(x + max(0, min(column, width - 1)), y)
