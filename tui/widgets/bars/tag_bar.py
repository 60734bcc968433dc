"""The line in which an article's tags are written: a list of words, or what is added (`+a`) and taken away (`-b`)."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import structs
from textual import events, on
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.widgets.bars.written_line import Labels, WrittenLine
from tui.words import _
from tui.written_tags import BEFORE_NAME, written_tags

if TYPE_CHECKING:
    from feeds.query.completion import Completion

_PARTING = re.compile(r"[\s,，、;；]+")
_WORD = re.compile(r"[^\s,，、;；]*")


class TagBar(WrittenLine):
    """Shown while it is being written. `labels` gives the tags that there are, with their numbers."""

    class TagsWritten(Message):
        """The reader wrote the tags of an article."""

        def __init__(self, article: str, tags: tuple[str, ...]) -> None:
            super().__init__()
            self.article = article
            self.tags = tags

    def __init__(self, labels: Labels, *, ambiguous: int = 1) -> None:
        super().__init__(ambiguous=ambiguous)
        self._labels = labels
        self._article = ""
        self._before: tuple[str, ...] = ()
        self._from: Widget | None = None
        self.display = False

    async def ask(self, article: str, tags: tuple[str, ...]) -> None:
        """Write the tags of an article, which has these so far."""
        if self.editing:
            self.screen.set_focus(self.line)
            return
        self._article, self._before, self._from = article, tags, self.screen.focused
        self.display = True
        await self.mount(Static(Content(f" {_('Tags')}"), classes="beside"))
        await self.open_line("".join(f"{tag} " for tag in tags))

    def offers_at(self, text: str, cursor: int) -> "Sequence[Completion]":
        """Tags that were given before."""
        return tag_offers(text, cursor, self._labels)

    def place_of_offers(self, lines: int) -> int:
        """Above the line: below it the window ends."""
        return -lines

    async def keep(self) -> None:
        """Give the article what is written."""
        self.post_message(self.TagsWritten(self._article, tags_after(self.line.value, self._before)))
        await self._put_away()

    async def leave(self) -> None:
        """Leave its tags as they were."""
        await self._put_away()

    async def _put_away(self) -> None:
        if self.line.has_focus:
            self.screen.set_focus(self._from, scroll_visible=False)
        await self.close_line()
        self.display = False

    @on(Input.Blurred)
    async def _blurred(self, event: events.Event) -> None:
        """Who goes elsewhere leaves the tags as they were; a window that loses the focus is not elsewhere."""
        event.stop()
        if self.editing and self.app.app_focus and not self.line.has_focus:
            await self.leave()


def tags_after(text: str, before: Sequence[str]) -> tuple[str, ...]:
    """The tags that a line asks for: its plain words, with what it adds and without what it takes away.

    A line of nothing but `+a` and `-b` changes those that were there before.
    """
    written = written_tags(_PARTING.split(text))
    names = {sign: [tag.name for tag in written if tag.sign == sign] for sign in ("", "+", "-")}
    start = before if written and not names[""] else names[""]
    return tuple(dict.fromkeys(tag for tag in (*start, *names["+"]) if tag not in names["-"]))


def tag_offers(text: str, cursor: int, labels: Labels) -> "list[Completion]":
    """Known tags for the word at the cursor that do not stand in the line, the commonest first."""
    from feeds.query.completion import completions

    start = next(found.start() for found in _WORD.finditer(text) if found.end() >= cursor)
    start += len(text[start:cursor]) - len(text[start:cursor].lstrip(BEFORE_NAME))
    end = cursor + len(_PARTING.split(text[cursor:])[0])
    written = {tag.name for tag in written_tags(_PARTING.split(text[:start] + " " + text[end:]))}
    typed = text[start:cursor]
    found = completions(f"tag:{typed}", len(typed) + 4, labels)
    fitting = [offer for offer in found if offer.start == 4 and _WORD.fullmatch(offer.text)]
    return [structs.replace(offer, start=start, end=end) for offer in fitting if offer.text not in written]
