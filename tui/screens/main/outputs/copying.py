"""Copies of the article that the reader is at (address, title, sentence, plan, id), and notes on it."""

from feeds.archive import Engine
from feeds.errors import FeedError
from feeds.model import BEIJING, Article, Span
from tui.outside.clipboard import copy_text
from tui.screens.main.parts.marking import Marking
from tui.screens.main.parts.web_page import WebPage
from tui.screens.main.state import StatefulScreen
from tui.text import clip
from tui.widgets.reader import Reader
from tui.words import _

_SHOWN = 60  # cells of what was copied that are shown


class Copying:
    """Copies to the clipboard, and says what."""

    def __init__(self, screen: StatefulScreen, archive: Engine, web_page: WebPage) -> None:
        self._screen = screen
        self._archive = archive
        self._web_page = web_page

    def action_copy_url(self) -> None:
        """Copy the article's address."""
        self.copy(self._web_page.address())

    def action_copy_title(self) -> None:
        """Copy the title and the address, a line each."""
        if article := self.article():
            self.copy("\n".join(filter(None, (article.title, article.url))))

    def action_copy_quotation(self) -> None:
        """Copy the chosen or marked sentence with its source; in the list the title with its source."""
        if article := self.article():
            span = self.sentence()
            text = article.paragraph(span.p)[span.start : span.end] if span else article.title
            self.copy(f"{text}\n{source_of(article)}")

    def action_copy_plan(self) -> None:
        """Copy the plan as a Markdown outline."""
        if article := self.article():
            if not article.plan:
                self._screen.say(_("No plan in this article."))
                return
            from feeds.export.files import format_named
            from feeds.model import Flags

            self.copy(format_named("plan-md").part(article, Flags()))

    def action_copy_id(self) -> None:
        """Copy the article's id, by which the command line finds it."""
        self.copy(self._screen.state.current_id or "")

    def article(self) -> Article | None:
        """The article that is being read, else the selected one. If it cannot be read, the reason is shown."""
        state = self._screen.state
        name = state.current_id
        if not name or (state.article and state.article.id == name):
            return state.article if name else None
        try:
            return self._archive.get(name)
        except FeedError as error:
            self._screen.complain(error)
            return None

    def sentence(self) -> Span | None:
        """The text that is chosen in one paragraph, else the sentence at which the reader is, outside of the list."""
        reader = self._screen.query_one(Reader)
        return reader.chosen.span or reader.sentence if self._screen.state.pane != "list" else None

    def chosen_text(self) -> str:
        """The text that is chosen in the reader, or ""."""
        return self._screen.query_one(Reader).chosen.text

    def copy(self, text: str) -> None:
        """Copy a text, and say what was copied."""
        if text:
            copied = copy_text(self._screen.app, text)
            self._screen.say(_("Copied: {what}").format(what=clip(" ".join(copied.split()), _SHOWN)))


class Notes:
    """Writes the note of the article that the reader is at. It is one text; a sentence stands in it as a quotation."""

    def __init__(self, screen: StatefulScreen, archive: Engine, marking: Marking, copying: Copying) -> None:
        self._screen = screen
        self._archive = archive
        self._marking = marking
        self._copying = copying

    def action_note(self) -> None:
        """Write a note on the article; in the text or the plan, on the sentence."""
        from tui.screens.dialogs.note import NoteScreen

        if not (article := self._copying.article()):
            return
        try:
            before = self._archive.flags(article.id).note
        except FeedError as error:
            self._screen.complain(error)
            return
        span = self._copying.sentence()
        quotation = article.paragraph(span.p)[span.start : span.end] if span else ""
        text = note_with(before, quotation)

        def keep(note: str | None) -> None:
            if note is not None and note.strip() != text.strip():
                self._marking.set_note(article.id, note)
            elif note is not None and quotation:
                self._screen.say(_("Nothing was written."))

        self._screen.app.push_screen(NoteScreen(article.title, text), keep)


def note_with(note: str, sentence: str) -> str:
    """A note with a sentence as a quotation at its end, under which the reader writes; one that is there stays once."""
    quotation = f"> {sentence}"
    if not sentence or quotation in note.split("\n"):
        return note
    return f"{note}\n\n{quotation}\n".lstrip("\n")


def source_of(article: Article) -> str:
    """Where a sentence comes from: title, publisher, day, address."""
    day = article.published.astimezone(BEIJING).date().isoformat() if article.dated else ""
    parts = (f"《{article.title}》", article.origin, day, article.url)
    return "——" + " · ".join(filter(None, parts))
