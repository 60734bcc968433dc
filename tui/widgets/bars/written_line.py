"""A line that a reader writes, with what may stand at its cursor offered beside it: the filter, an article's tags.

Tab takes an offer, ↓ and ↑ choose among them, Enter keeps the line. Nothing is offered for what is not begun, unless
Tab or ↓ asks for it. Text from an input method arrives whole and is read like any other text.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from tui.commands import Place, bindings_of
from tui.text import cells
from tui.widgets.bars.offers import OfferList

if TYPE_CHECKING:
    from feeds.query.completion import Completion  # imported when a reader writes; the first frame does not need it

Labels = Callable[[str], Sequence[tuple[str, int]]]
"""The values that a field has in the archive, each with its number of articles."""


class LineInput(Input):
    """An Input that takes all of a pasted text. A line break in it becomes a blank; Textual drops what follows it."""

    def _on_paste(self, event: events.Paste) -> None:
        event.text = " ".join(line for line in event.text.splitlines() if line)  # Input's own handler runs after this


class WrittenLine(Widget):
    """A bar with an Input while it is being written, and with none otherwise."""

    BINDINGS = bindings_of("line")
    PLACE: ClassVar[Place] = "line"
    """The place whose keys are shown while the line is written."""

    class Left(Message):
        """The line was closed."""

    def __init__(self, *, ambiguous: int = 1, id: str | None = None) -> None:  # noqa: A002 -- Textual's own name
        super().__init__(id=id)
        self._ambiguous = ambiguous

    # What each line says for itself

    def offers_at(self, text: str, cursor: int) -> "Sequence[Completion]":
        """The words that may stand at the cursor."""
        raise NotImplementedError

    def place_of_offers(self, lines: int) -> int:
        """The line of the bar, counted from its top, where so many lines of offers begin."""
        raise NotImplementedError

    async def keep(self) -> None:
        """Take what is written as it stands."""
        raise NotImplementedError

    async def leave(self) -> None:
        """Leave everything as it was."""
        raise NotImplementedError

    # The line

    @property
    def editing(self) -> bool:
        """Whether the line is being written."""
        return bool(self.query_children("Input"))

    @property
    def line(self) -> Input:
        """The Input, while the line is being written."""
        return self.query_one(Input)

    async def open_line(self, text: str, *beside: Widget) -> None:
        """Put up the line with `text` in it and the cursor at its end."""
        line = LineInput(text, compact=True, select_on_focus=False)
        await self.mount(line, *beside, OfferList(self._ambiguous))
        line.cursor_position = len(text)
        self.screen.set_focus(line, scroll_visible=False)
        self.watch(line, "selection", self._follow_line, init=False)
        self._offer()

    async def close_line(self) -> None:
        """Put the line away, and what stood beside it."""
        await self.query_children("Input, FilterHint, OfferList, .beside").remove()
        self.post_message(self.Left())

    # What is offered

    @on(Input.Changed)
    def _follow_line(self) -> None:
        if self.editing:
            self._offer()

    def _offer(self, *, asked: bool = False) -> None:
        """Offer what fits at the cursor; where nothing is begun, only if `asked`."""
        text, cursor = self.line.value, self.line.cursor_position
        offers = self.offers_at(text, cursor)
        if offers and not asked and offers[0].start == cursor and (not cursor or text[cursor - 1].isspace()):
            offers = ()
        listed = self.query_one(OfferList)
        if tuple(offers) == listed.offers:
            return
        begin = cells(text[: offers[0].start], self._ambiguous) if offers else 0
        listed.offer(offers, max(0, self.line.region.x - self.region.x + begin - self.line.scroll_offset.x))
        if offers:
            listed.styles.offset = (0, self.place_of_offers(listed.lines))

    def _take(self, number: int) -> None:
        """Write an offer into the line; a blank follows what is whole."""
        offer, line = self.query_one(OfferList).offers[number], self.line
        word = offer.text if offer.text.endswith((":", "=")) else offer.text + " "
        rest = line.value[offer.end :]
        line.value = line.value[: offer.start] + word + (rest.lstrip() if word.endswith(" ") else rest)
        line.cursor_position = offer.start + len(word)

    @on(OfferList.Taken)
    def _clicked(self, event: OfferList.Taken) -> None:
        event.stop()
        self._take(event.number)
        self.screen.set_focus(self.line)

    @on(Input.Submitted)
    async def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        await self.action_accept()

    async def action_accept(self) -> None:
        """Take the chosen offer; where none is chosen, keep what is written."""
        if not self.editing:
            return
        if (chosen := self.query_one(OfferList).chosen) >= 0:
            self._take(chosen)
        else:
            await self.keep()

    async def action_cancel(self) -> None:
        """Choose no offer after all; where none was chosen, leave everything as it was."""
        if not self.editing:
            return
        listed = self.query_one(OfferList)
        if listed.chosen >= 0:
            listed.offer(())
        else:
            await self.leave()

    def action_complete(self) -> None:
        """Take the chosen offer, or the first one; show what there is where nothing is offered yet."""
        listed = self.query_one(OfferList)
        if listed.offers:
            self._take(max(listed.chosen, 0))
        else:
            self._offer(asked=True)

    async def action_next_offer(self) -> None:
        """Choose the next offer; without offers, keep the line."""
        await self._choose(1)

    async def action_previous_offer(self) -> None:
        """Choose the offer before."""
        await self._choose(-1)

    async def _choose(self, step: int) -> None:
        listed = self.query_one(OfferList)
        if not listed.offers:
            self._offer(asked=True)
        if listed.offers:
            listed.choose(step)
        elif step > 0:
            await self.keep()
