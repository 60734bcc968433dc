"""A text that is found in the open article: written in a line, its places are marked and walked with n and N."""

from textual.actions import SkipAction

from tui.screens.main.state import StatefulScreen
from tui.widgets.bars.status_line import StatusLine
from tui.widgets.reader import Reader
from tui.words import _, ngettext


class Finding:
    """Asks for the text, and moves the reader to it."""

    def __init__(self, screen: StatefulScreen, ambiguous: int) -> None:
        self._screen = screen
        self._ambiguous = ambiguous

    async def action_find(self) -> None:
        """Ask for a text to find in the article. Outside of the text the key goes on."""
        reader = self._screen.query_one(Reader)
        if self._screen.state.pane != "reader" or reader.article is None or reader.compared:
            raise SkipAction
        from tui.widgets.bars.find_bar import FindBar  # no first frame needs it

        bar = FindBar(self._follow, ambiguous=self._ambiguous)
        await self._screen.mount(bar, before=self._screen.query_one(StatusLine))
        await bar.ask()

    def _follow(self, text: str, is_last: bool) -> None:  # noqa: FBT001 -- a callback
        reader = self._screen.query_one(Reader)
        sought = text.strip()
        count = reader.search((sought,) if sought else (), here=True)
        if not is_last or not sought:
            return
        if not count:
            reader.search((), here=True)
            self._screen.say(_("The text has no “{text}”.").format(text=sought))
            return
        reader.action_next_hit()
        self._screen.say(ngettext("{n} place", "{n} places", count))
