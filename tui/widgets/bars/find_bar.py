"""The line in which a text is written that is found in the article."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import events, on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.commands import bindings_of
from tui.widgets.bars.written_line import WrittenLine
from tui.words import _

if TYPE_CHECKING:
    from feeds.query.completion import Completion


class FindBar(WrittenLine):
    """It is there while a text is written. `follow` gets the text at each change, and whether it is the last."""

    BINDINGS = bindings_of("find")
    PLACE = "find"

    def __init__(self, follow: Callable[[str, bool], None], *, ambiguous: int = 1) -> None:
        super().__init__(ambiguous=ambiguous)
        self._follow = follow
        self._from: Widget | None = None

    async def ask(self) -> None:
        """Write a text."""
        self._from = self.screen.focused
        await self.mount(Static(Content(f" {_('Find in the text')}"), classes="beside"))
        await self.open_line("")

    def offers_at(self, text: str, cursor: int) -> "Sequence[Completion]":  # noqa: ARG002 -- any text may be sought
        """No completions."""
        return ()

    def place_of_offers(self, lines: int) -> int:
        """The line of the first completion, above the line that is written."""
        return -lines

    async def action_take_text(self) -> None:
        """Go to the next place of what is written."""
        await self.action_accept()

    async def action_find_nothing(self) -> None:
        """Mark nothing in the text."""
        await self.action_cancel()

    async def keep(self) -> None:
        """Go to the text that is written."""
        await self._end(self.line.value)

    async def leave(self) -> None:
        """Find nothing."""
        await self._end("")

    async def _end(self, text: str) -> None:
        if self.line.has_focus:
            self.screen.set_focus(self._from, scroll_visible=False)
        await self.close_line()
        self._follow(text, True)
        await self.remove()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        if self.editing:
            self._follow(event.value, False)

    @on(Input.Blurred)
    async def _blurred(self, event: events.Event) -> None:
        """Find nothing if the keys go to another widget. A window that loses the focus changes nothing."""
        event.stop()
        if self.editing and self.app.app_focus and not self.line.has_focus:
            await self.leave()
