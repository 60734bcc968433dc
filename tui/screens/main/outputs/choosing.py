"""Text that is chosen in the reader, by keys or by the mouse, and copied."""

from typing import TYPE_CHECKING

from textual.actions import SkipAction

from tui.screens.main.outputs.copying import Copying
from tui.screens.main.parts.panes import Panes
from tui.screens.main.state import StatefulScreen
from tui.widgets.bars.status_line import StatusLine
from tui.widgets.reader import Reader
from tui.words import _

if TYPE_CHECKING:
    from tui.widgets.choosing.choice_bar import ChoiceBar
    from tui.widgets.choosing.text_choice import TextPlace


class Choosing:
    """Begins a choice, moves its end, copies it, ends it. The bar below the panes has the keys meanwhile."""

    def __init__(self, screen: StatefulScreen, panes: Panes, copying: Copying, ambiguous: int) -> None:
        self._screen = screen
        self._panes = panes
        self._copying = copying
        self._ambiguous = ambiguous
        self._bar: ChoiceBar | None = None

    @property
    def _reader(self) -> Reader:
        return self._screen.query_one(Reader)

    def action_choose_text(self) -> None:
        """Choose text from the line of reading on. Outside of the text the key goes on."""
        if self._screen.state.pane != "reader":
            raise SkipAction
        reader = self._reader
        place = reader.chosen.place_at(reader.cursor, 0)
        if place is None:
            self._screen.say(_("There is no text to choose here."))
        else:
            self.begin(place)

    def begin(self, place: "TextPlace") -> None:
        """Choose the character at a place, and give the keys to the bar."""
        self._reader.chosen.begin(place)
        if self._bar is None:
            from tui.widgets.choosing.choice_bar import ChoiceBar  # no first frame needs it

            self._bar = ChoiceBar(self._go_elsewhere, ambiguous=self._ambiguous)
            self._screen.mount(self._bar, before=self._screen.query_one(StatusLine))
        self._bar.display = True
        self._screen.set_focus(self._bar)
        self._show()

    def _go_elsewhere(self) -> None:
        self.leave()
        self._panes.arrange()

    def extend(self, place: "TextPlace") -> None:
        """Choose as far as a place."""
        self._reader.chosen.extend(place)
        self._show()

    def move(self, motion: str, count: int = 1) -> None:
        """Move the end of the choice, as `ChoiceMotions.after`."""
        self._reader.chosen.move(motion, count)
        self._show()

    def _show(self) -> None:
        reader = self._reader
        if reader.chosen.choice is None:  # another text took its place
            self.action_end_choice()
            return
        if self._bar is not None:
            self._bar.text = reader.chosen.text
        line = reader.chosen.caret_line
        reader.keep_in_view(line, line)
        reader.redraw()

    def leave(self) -> None:
        """Choose nothing, and put the bar away; the keys are elsewhere."""
        self._reader.chosen.end()
        self._reader.redraw()
        if self._bar is not None:
            self._bar.display = False

    def action_end_choice(self) -> None:
        """Choose nothing."""
        self.leave()
        self._screen.set_focus(self._reader, scroll_visible=False)

    def action_copy_choice(self) -> None:
        """Copy what is chosen, as the text has it, without the line breaks of the page."""
        if text := self._reader.chosen.text:
            self._copying.copy(text)
        self.action_end_choice()

    def action_other_end(self) -> None:
        """Move the other end from now on."""
        self._reader.chosen.swap()
        self._show()


class Motions:
    """The keys that move the end of the chosen text."""

    def __init__(self, choosing: Choosing) -> None:
        self._move = choosing.move

    def action_cursor_down(self, count: int = 1) -> None:
        """So many lines down."""
        self._move("down", count)

    def action_cursor_up(self, count: int = 1) -> None:
        """So many lines up."""
        self._move("up", count)

    def action_top(self) -> None:
        """To the beginning of the text."""
        self._move("first")

    def action_bottom(self) -> None:
        """To the end of the text."""
        self._move("last")

    def action_next_character(self, count: int = 1) -> None:
        """So many characters on."""
        self._move("forward", count)

    def action_previous_character(self, count: int = 1) -> None:
        """So many characters back."""
        self._move("back", count)

    def action_next_word(self, count: int = 1) -> None:
        """So many words on."""
        self._move("word", count)

    def action_previous_word(self, count: int = 1) -> None:
        """So many words back."""
        self._move("word_back", count)

    def action_line_start(self) -> None:
        """To the beginning of the line."""
        self._move("line_start")

    def action_line_end(self) -> None:
        """To the end of the line."""
        self._move("line_end")

    def action_next_paragraph(self, count: int = 1) -> None:
        """So many paragraphs on."""
        self._move("paragraph", count)

    def action_previous_paragraph(self, count: int = 1) -> None:
        """So many paragraphs back."""
        self._move("paragraph_back", count)
