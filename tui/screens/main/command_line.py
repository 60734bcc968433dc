"""The lines that are written behind `:`: a position, a verb with its argument, or a command of the table.

A verb is carried out by the method `action_line_<verb>(argument)` of a part. Bulk work by a filter is one step, done in
a thread with its own view of the archive, and undone as a whole.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence

from feeds.archive import Engine
from feeds.config import Pipe
from feeds.errors import FeedError
from feeds.query import Query
from tui.command_line.history import add_to_history, load_history
from tui.command_line.outputs import COPIES, word_named
from tui.command_line.tags import tags_and_query
from tui.screens.context import ScreenContext
from tui.screens.main.parts.filtering import Filtering
from tui.screens.main.parts.marking import Marking
from tui.screens.main.parts.open_article import OpenArticle
from tui.screens.main.state import StatefulScreen
from tui.widgets.article_list import ArticleList
from tui.words import _, ngettext, sentence_of, sentences

CURRENT = "%"
"""A query that stands for the filter in force."""


class CommandLine:
    """Checks lines, carries them out, and keeps them. `run` carries out a command of the table, `do` an action."""

    def __init__(
        self,
        screen: StatefulScreen,
        context: ScreenContext,
        open_article: OpenArticle,
        filtering: Filtering,
        marking: Marking,
        run: Callable[[str | None], Awaitable[None]],
        do: Callable[[str, str], Awaitable[None]],
    ) -> None:
        self._screen = screen
        self._context = context
        self._archive = context.archive
        self._open_article = open_article
        self._filtering = filtering
        self._marking = marking
        self._run = run
        self._do = do

    def action_palette(self) -> None:
        """Write a command: a part of its name, or one with arguments."""
        self._open_line("")

    def action_sort(self) -> None:
        """Choose the order of the list."""
        self._open_line(_("sort") + " ")

    def _open_line(self, text: str) -> None:
        from tui.screens.dialogs.palette import PaletteScreen

        history = load_history(self._archive.path)
        config = self._context.config
        screen = PaletteScreen(config.views, self._archive.names, history, self.reason_against, text, config.pipes)
        self._screen.app.push_screen(screen, self._take_answer)

    async def _take_answer(self, answer: str | None) -> None:
        from tui.screens.dialogs.palette import LINE, VIEW

        if answer and answer.startswith(VIEW):
            self.action_line_view(answer.removeprefix(VIEW))
        elif answer and answer.startswith(LINE):
            add_to_history(self._archive.path, answer.removeprefix(LINE))
            await self.run_line(answer.removeprefix(LINE))
        else:
            await self._run(answer)

    def reason_against(self, text: str) -> str:
        """The mistake in a line as a sentence, or ""."""
        from tui.command_line.verbs import (  # when a line is written
            Misunderstanding,
            misspelt,
            read_line,
            reason_against_order,
        )

        line = read_line(text)
        if isinstance(line, Misunderstanding):
            return line.sentence
        wrong = ""
        try:
            match line.verb.argument if line.verb else "":
                case "query":
                    self._query_of(line.argument)
                case "tags":
                    self._query_of(tags_and_query(line.argument)[2])
                case "order":
                    wrong = reason_against_order(line.argument)
                case "export" | "pipe" | "copy" as kind:
                    wrong = reason_against_output(kind, line.argument, self._context.config.pipes)
                case "view" if line.argument not in (names := [view.name for view in self._context.config.views]):
                    wrong = misspelt(_("There is no view “{given}”."), line.argument, names)
        except FeedError as error:
            return sentence_of(error.fault)
        return wrong

    async def run_line(self, text: str) -> None:
        """Carry out a line that has no mistake; say the mistake of another."""
        from tui.command_line.verbs import Misunderstanding, read_line

        if wrong := self.reason_against(text):
            self._screen.notify(wrong, severity="error", markup=False)
            return
        line = read_line(text)
        if isinstance(line, Misunderstanding):
            return
        if line.number:
            self._screen.query_one(ArticleList).move_to(line.number - 1)
        elif line.verb is not None:
            await self._do(f"line_{line.verb.name}", line.argument)
        elif line.command is not None:
            await self._run(line.command.id)

    def _query_of(self, text: str) -> Query:
        """The filter that a line names; `%` is the one in force."""
        return self._screen.state.query if text == CURRENT else self._filtering.query_of(text)

    # What the verbs do

    def action_line_tag(self, argument: str) -> None:
        """Add and take away tags."""
        added, gone, text = tags_and_query(argument)
        words = " ".join([*(f"+{tag}" for tag in added), *(f"-{tag}" for tag in gone)])
        changes = (("-", added), ("", gone))
        lacking = (f"{sign}{Query().with_term('tag', tag)}" for sign, tags in changes for tag in tags)
        self._mark(text, lacking, _("Tags: {tags}").format(tags=words), tag=added, untag=gone)

    def action_line_read(self, argument: str) -> None:
        """Mark read."""
        self._mark(argument, ["is:unread"], _("Marked read."), read=True)

    def action_line_unread(self, argument: str) -> None:
        """Mark unread."""
        self._mark(argument, ["is:read"], _("Marked unread."), read=False)

    def action_line_star(self, argument: str) -> None:
        """Star."""
        self._mark(argument, ["-is:starred"], _("Starred."), starred=True)

    def action_line_unstar(self, argument: str) -> None:
        """Take stars away."""
        self._mark(argument, ["is:starred"], _("Star taken away."), starred=False)

    def action_line_hide(self, argument: str) -> None:
        """Hide."""
        self._mark(argument, ["-is:hidden"], _("Hidden; is:hidden lists it."), hidden=True)

    def action_line_unhide(self, argument: str) -> None:
        """List hidden articles again."""
        self._mark(argument, ["is:hidden"], _("Listed again."), hidden=False)

    def action_line_filter(self, argument: str) -> None:
        """Show what a filter finds."""
        self._filtering.apply(self._query_of(argument))
        self._open_article.go("list")

    def action_line_view(self, name: str) -> None:
        """Show a saved view."""
        self.action_line_filter(self._context.config.view(name).query)

    def action_line_sort(self, argument: str) -> None:
        """Sort the list."""
        self._filtering.apply(self._screen.state.query.with_term("order", argument))

    async def action_line_copy(self, name: str) -> None:
        """Copy what is named."""
        if word := word_named(COPIES, name):
            await self._run(word.command)

    def _mark(self, text: str, lacking: Iterable[str], words: str, **change: bool | tuple[str, ...]) -> None:
        """Mark the article under the cursor, or all that a filter finds and that `lacking` says have to change."""
        if not text:
            self._marking.mark_current(words, **change)
            return
        asked = self._query_of(text)
        query = asked.and_also(self._filtering.query_of(" or ".join(lacking)))

        def words_of(count: int) -> str:
            articles = ngettext("{n} article", "{n} articles", count)
            return _("{what} ({articles}).").format(what=words.rstrip(".。"), articles=articles)

        self._marking.mark_found(query, words_of, lambda archive: _reason_of_none(archive, asked), **change)


def _reason_of_none(archive: Engine, asked: Query) -> str:
    """Why no article was marked: none is found by what was asked, or all of them have the mark already."""
    from tui.filters.reasons import reasons_of_none  # few filters find nothing

    def count(query: Query) -> int:
        return archive.listing(query).count()

    if count(asked):
        return _("No article needs that.")
    return sentences(_("Nothing matches this filter."), *reasons_of_none(asked, archive.names, count)[:1])


def reason_against_output(kind: str, argument: str, pipes: Sequence[Pipe] = ()) -> str:
    """The mistake in what stands behind `export`, `pipe` or `copy` as a sentence, or "". Raises FeedError."""
    from feeds.export.files import FORMATS
    from tui.command_line.outputs import names_of, pipe_words
    from tui.command_line.verbs import misspelt
    from tui.outside.piping import wish_of

    first = argument.partition(" ")[0]
    if kind == "pipe":
        wish_of(pipe_words(argument)[1], "", pipes)
    elif kind == "copy" and word_named(COPIES, argument) is None:
        return misspelt(_("There is nothing to copy that is called “{given}”."), argument, names_of(COPIES))
    elif kind == "export" and first not in (names := [form.name for form in FORMATS]):
        return misspelt(_("There is no format “{given}”."), first, names)
    return ""
